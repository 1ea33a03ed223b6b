package command

import (
	"maps"
	"testing"
	"time"
)

func FuzzSubjectIsReadBack(f *testing.F) {
	f.Add("What did he say?", "Park Jin", "2023-11")
	f.Add("a · since: b", "", "x · y")
	f.Add("source: x", ": ", "")
	f.Fuzz(func(t *testing.T, asked, speaker, since string) {
		b := &Bot{}
		cmd, _ := Find("ask")
		options, err := b.check(cmd, map[string]string{"question": asked, "speaker": speaker, "since": since})
		if err != nil {
			return
		}
		title := subject(cmd, &Call{Options: options})
		checked, err := b.check(cmd, parseSubject(cmd, title))
		if err != nil {
			t.Fatalf("%q is read back with %v", title, err)
		}
		if reread := subject(cmd, &Call{Options: checked}); reread != title {
			t.Errorf("%q is read back as %q: %v", title, reread, checked)
		}
	})
}

func TestSubjectIsReadBack(t *testing.T) {
	for _, c := range []struct {
		command string
		options map[string]string
		title   string
	}{
		{"ask", map[string]string{"question": "What: why who?", "speaker": "Park Jin", "since": "2023-11", "until": "2024-01-02", "source": "The Gazette"},
			"What: why who? · speaker: Park Jin · source: The Gazette · since: 2023-11 · until: 2024-01-02"},
		{"ask", map[string]string{"question": "source: who?"}, "source: who?"},
		{"sources", map[string]string{"query": ""}, ""},
		{"compare", map[string]string{"topic": "the port", "speaker_a": "Ada Quist", "speaker_b": "source: B", "since": "2024"}, "the port · Ada Quist · source: B · since: 2024"},
	} {
		cmd, _ := Find(c.command)
		title := subject(cmd, &Call{Options: c.options})
		if got := parseSubject(cmd, title); title != c.title || !maps.Equal(got, c.options) {
			t.Errorf("%v: title %q, read back as %v", c.options, title, got)
		}
	}
}

func TestParseDate(t *testing.T) {
	now := time.Date(2024, 9, 12, 15, 0, 0, 0, time.UTC) // a Thursday
	for written, want := range map[string]string{
		"2023-11-07": "2023-11-07", "Nov. 7, 2023": "2023-11-07", "7 November 2023": "2023-11-07",
		"March 2023": "2023-03", "2023-03": "2023-03", "2023": "2023",
		"yesterday": "2024-09-11", "last week": "2024-09-05", "last month": "2024-08", "last year": "2023",
		"Tuesday": "2024-09-10", "last tuesday": "2024-09-10", "December": "2023-12",
		"marzo de 2023": "2023-03", "2023년 11월 7일": "2023-11-07", "7 ноября 2023": "2023-11-07",
		"7.11.2023": "2023-11-07", "11/7/2023": "2023-11-07", "17/11/2023": "2023-11-17", "11/2023": "2023-11", "2023/11/07": "2023-11-07",
		"3 days ago": "2024-09-09", "two weeks ago": "2024-08-29", "a year ago": "2023", "this month": "2024-09", "Nov 7th": "2023-11-07",
		"7": "", "2023-13": "", "February 30, 2023": "", "13/13/2023": "", "2023-11-07-01": "", "1 May June 2023": "",
		"banana": "", "last": "", "0000-00-00": "",
	} {
		got, ok := parseDate(written, now)
		if ok != (want != "") || ok && got.String() != want {
			t.Errorf("parseDate(%q) = %q, %v; want %q", written, got, ok, want)
		}
	}
}
