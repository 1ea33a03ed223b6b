package record_test

import (
	"testing"

	"example.org/attache/corpus/record"
)

// The title of a record without metadata is the whole heading that names the event.
func TestTitleOfARecord(t *testing.T) {
	for want, head := range map[string][]string{
		"Remarks by Minister Nora Hale at the Harbour Forum":     {"Ministry of Ports - Speeches", "(Check against delivery)", "Remarks by Minister Nora Hale at the Harbour Forum", "Norport, 8 June 2030"},
		"BACKGROUND PRESS CALL BY SENIOR OFFICIALS ON THE DYKES": {"The Palace", "Office of the Press Secretary", "For Immediate Release", "May 19, 2030", "BACKGROUND PRESS CALL", "BY SENIOR OFFICIALS", "ON THE DYKES", "Via Teleconference"},
		"Doorstep statement by the Minister of Ports":            {"Doorstep statement", "by the Minister of Ports", "3 March 2030"},
		"12th plenary meeting":                                   {"United Nations", "Eighty-sixth session", "12th plenary meeting", "Friday, 5 December 2030, 10 a.m.", "New York"},
		"THE FUTURE OF THE DYKES":                                {"THE HARBOUR INSTITUTE", "THE FUTURE OF THE DYKES", "Norport, D.C.", "PARTICIPANTS:"},
		"Meet the Dykes - November 2, 2030":                      {"Meet the Dykes - November 2, 2030", "Full transcript"},
		"":                                                       {"House of Commons", "Tuesday 24 June 2030", "9.30 am", "The House met at half-past nine."},
	} {
		d := document("", append(head, "MR HALE: We are open.", "QUESTION: Until when?", "MR HALE: Until May.")...)
		record.Read(d)
		if d.Title != want {
			t.Errorf("the title of %q is %q, want %q", head, d.Title, want)
		}
	}
}
