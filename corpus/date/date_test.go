package date_test

import (
	"testing"

	"attache/corpus/date"
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
