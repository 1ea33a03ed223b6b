package date_test

import (
	"cmp"
	"testing"

	"example.org/attache/corpus/date"
)

func TestParse(t *testing.T) {
	for in, want := range map[string]string{
		"2024-08-28":                      "2024-08-28",
		"2024-08-28T23:30:00+09:00":       "2024-08-28",
		"Wed, 28 Aug 2024 10:00:00 +0000": "2024-08-28",
		"August 28, 2024":                 "2024-08-28",
		"Aug. 28th, 2024 at 5 p.m.":       "2024-08-28",
		"28th of August 2024":             "2024-08-28",
		"28-Aug-2024":                     "2024-08-28",
		"3. Oktober 1990":                 "1990-10-03",
		"28 de agosto de 2024":            "2024-08-28",
		"1er mars 2024":                   "2024-03-01",
		"28 августа 2024 года":            "2024-08-28",
		"28 أغسطس 2024":                   "2024-08-28",
		"2024年8月28日":                      "2024-08-28",
		"2024년 8월 28일":                    "2024-08-28",
		"20240828":                        "2024-08-28",
		"28.08.2024":                      "2024-08-28",
		"28/08/2024":                      "2024-08-28",
		"08/28/2024":                      "2024-08-28",
		"03/04/2024":                      "2024", // a day and a month, but which?
		"August 2024":                     "2024-08",
		"2024-08":                         "2024-08",
		"2024":                            "2024",
		"November 7-8":                    "",
		"2024-13-45":                      "",
		"February 30, 2024":               "",
		"Room 2024":                       "",
		"":                                "",
	} {
		if got := date.Parse(in).String(); got != want {
			t.Errorf("Parse(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestReported(t *testing.T) {
	for in, want := range map[string]string{
		"The envoy said on Thursday (May 2, 2024) that talks go on.":  "2024-05-02",
		"The war ended on Tuesday, May 8, 1945.":                      "",
		"The forum will open on Thursday (May 2, 2024) in Bonn.":      "",
		"Talks will go on. The envoy left on Thursday (May 2, 2024).": "2024-05-02",
		"It was signed on Friday (May 2, 2024) in Bonn.":              "", // that was a Thursday
		"The war began on May 2, 1945.":                               "",
		"They meet on Thursday. In 2024 they met twice.":              "",
	} {
		if got := date.Reported(in).String(); got != want {
			t.Errorf("Reported(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestDateline(t *testing.T) {
	for in, want := range map[string]string{
		"OSLO, Aug. 28, 2024 (NTB) — The ministers met.":      "2024-08-28",
		"Bonn, Germany – 28 August 2024 – The ministers met.": "",
		"BONN, 28 August 2024 -- The ministers met.":          "2024-08-28",
		"OSLO, Aug. 28 (NTB) — The ministers met in 2024.":    "",
		"NEW YORK, N.Y., 28 August 2024 — The ministers met.": "2024-08-28",
		"The pact of May 2, 1945 ended the war.":              "",
		"Season dates ; Nov 12, 2020 · Part 1 - The Road":     "",
		"Nov 12, 2020 ... Part 1 – The Road":                  "",
	} {
		if got := date.Dateline(in).String(); got != want {
			t.Errorf("Dateline(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestPlaceAndDay(t *testing.T) {
	for in, want := range map[string]string{
		"Moss, 28 August 2024":              "2024-08-28",
		"St. Olav, Norway, August 28, 2024": "2024-08-28",
		"Санкт-Ольга, 28 августа 2024":      "2024-08-28",
		"Press Briefing, 28 August 2024":    "",
		"Harbour road reopens, 28 May 2024": "",
		"Moss, August 2024":                 "",
		"Moss, 28 August 2024 was a day":    "",
		"28 August 2024":                    "",
	} {
		if d, ok := date.PlaceAndDay(in); d.String() != want || ok != (want != "") {
			t.Errorf("PlaceAndDay(%q) = %q, %v, want %q", in, d, ok, want)
		}
	}
}

func TestClosing(t *testing.T) {
	for in, want := range map[string]string{
		"Press briefing – August 28, 2024":           "2024-08-28",
		"Memorandum of Conversation, 28 August 2024": "2024-08-28",
		"Remarks in Oslo (August 28, 2024)":          "2024-08-28",
		"The pact of August 28, 2024":                "",
		"August 28, 2024, and after":                 "",
		"Outlook, August 2024":                       "",
	} {
		if got := date.Closing(in).String(); got != want {
			t.Errorf("Closing(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestAlone(t *testing.T) {
	for in, want := range map[string]bool{
		"Wednesday, August 28, 2024":                     true,
		"Published 28 Aug 2024, 10:15 GMT":               true,
		"The pact of August 28, 2024 was signed in Bonn": false,
		"Press briefing, August 28, 2024":                false,
		"The pact was signed August 28, 2024.":           false,
		"Chapter 3":                                      false,
	} {
		if _, got := date.Alone(in); got != want {
			t.Errorf("Alone(%q) = %v, want %v", in, got, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("Wed, 28 Aug 2024")
	f.Add("OSLO, 2024年8月28日 — ")
	f.Fuzz(func(t *testing.T, s string) {
		d := date.Parse(s)
		var back date.Date
		if err := back.UnmarshalText([]byte(d.String())); err != nil || back != d {
			t.Errorf("%q: %v reads back as %v, %v", s, d, back, err)
		}
		date.Reported(s)
		date.Dateline(s)
	})
}

func TestParseIn(t *testing.T) {
	for in, want := range map[[2]string]string{
		{"03/04/2024", "en-US"}:         "2024-03-04",
		{"03/04/2024", "en-GB"}:         "2024-04-03",
		{"03/04/2024", "fr"}:            "2024-04-03",
		{"03/04/2024", "en"}:            "2024", // a day and a month, but which?
		{"03/28/2024", "fr"}:            "2024-03-28",
		{"Stand: 03.04.24", "de_DE"}:    "2024-04-03",
		{"03.04.24", ""}:                "",
		{"Version 3.4.2024.1", "de-AT"}: "2024-04-03",
	} {
		if got := date.ParseIn(in[0], in[1]).String(); got != want {
			t.Errorf("ParseIn(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestBeginning(t *testing.T) {
	for in, want := range map[string]string{
		"3.4.2024 – The ministers met.":           "2024-04-03",
		"03.04.2024 10:16 Uhr - Die Minister":     "2024-04-03",
		"3 April 2024 was the day that they met.": "",
		"In Bonn, 3 April 2024 – they met.":       "",
	} {
		if got := date.Beginning(in, "de").String(); got != want {
			t.Errorf("Beginning(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestDaysOfAddressesAndFiles(t *testing.T) {
	for in, want := range map[string]string{
		"https://pier.example/2024/02/06/open":        "2024-02-06",
		"https://pier.example/news/2024-02-06-open":   "2024-02-06",
		"https://pier.example/20240206/open.html?x=1": "2024-02-06",
		"https://pier.example/2024/02/open":           "",
		"https://pier.example/2024/13/45/open":        "",
		"https://pier.example/item/12024020699":       "",
		"https://pier.example/open?date=2024/02/06/":  "",
	} {
		if got := date.OfAddress(in).String(); got != want {
			t.Errorf("OfAddress(%q) = %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{
		"2024-02-06_open.txt": "2024-02-06", "2024-02-06-open.md": "2024-02-06", "open_20240206.pdf": "2024-02-06", "report-2024.txt": "", "99-12-31.txt": "",
	} {
		if got := date.OfPath(in).String(); got != want {
			t.Errorf("OfPath(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestOfName(t *testing.T) {
	for in, want := range map[[2]string]string{
		{"2024-02-06_pier.txt", date.AnyForm}:      "2024-02-06",
		{"2024-02-06-pier-opens.md", date.AnyForm}: "2024-02-06",
		{"notes/pier_20240206.pdf", date.AnyForm}:  "2024-02-06",
		{"2024-02-06/pier.txt", date.AnyForm}:      "", // the name of a folder
		{"pier 7.txt", date.AnyForm}:               "",
		{"06.02.2024 pier.txt", "DD.MM.YYYY*"}:     "2024-02-06",
		{"pier_06022024.txt", "*_DDMMYYYY"}:        "2024-02-06",
		{"report-2024-02.txt", "report-YYYY-MM"}:   "2024-02",
		{"report-2024-13.txt", "report-YYYY-MM"}:   "",
		{"other-2024-02.txt", "report-YYYY-MM"}:    "",
		{"2024-02-06.txt", "no pattern"}:           "",
	} {
		if got := date.OfName(in[0], in[1]).String(); got != want {
			t.Errorf("OfName(%q) = %q, want %q", in, got, want)
		}
	}
	for pattern, good := range map[string]bool{date.AnyForm: true, "YYYY": true, "*(YYYY-MM-DD)*": true, "": false, "MM-DD": false, "YYYY-DD": false, "YYYY YYYY": false} {
		if err := date.CheckPattern(pattern); (err == nil) != good {
			t.Errorf("CheckPattern(%q) = %v", pattern, err)
		}
	}
}

func TestCompare(t *testing.T) {
	inOrder := []date.Date{{}, {Year: 2023}, {Year: 2023, Month: 11}, {Year: 2023, Month: 11, Day: 7}, {Year: 2023, Month: 12}, {Year: 2024}}
	for i, a := range inOrder {
		for j, b := range inOrder {
			if got, want := a.Compare(b), cmp.Compare(i, j); got != want {
				t.Errorf("%v to %v: %d, want %d", a, b, got, want)
			}
		}
	}
}
