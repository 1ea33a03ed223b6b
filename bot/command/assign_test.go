package command_test

import (
	"strings"
	"testing"
	"testing/fstest"
)

func TestWordsGoToTheOptionsTheyFit(t *testing.T) {
	b := newBot(t, fstest.MapFS{"meeting.txt": file("A meeting\n\n" +
		"“The bridge must be paid for,” said Finance Minister Clara Anne Vogel on Monday.\n\n" +
		"“The ferry is enough,” replied Harbour Master Otto Brandt. “We need no bridge.”\n\n" +
		"“We agree with neither,” said Clara Anne Vogel.\n")})
	for line, want := range map[string]string{
		`said Vogel`:                                      "speaker=Vogel",
		`said Vogel bridge`:                               "speaker=Vogel topic=bridge",
		`said Clara Anne Vogel the new bridge`:            "speaker=Clara Anne Vogel topic=the new bridge",
		`said Vogle bridge`:                               "speaker=Vogle topic=bridge",
		`said "Otto Brandt" bridge`:                       "speaker=Otto Brandt topic=bridge",
		`said Vogel "the new bridge"`:                     "speaker=Vogel topic=the new bridge",
		`said Nobody Known`:                               "speaker=Nobody Known",
		`said "Nobody Known" bridge`:                      "speaker=Nobody Known topic=bridge",
		`said Nobody Known "the new bridge"`:              "speaker=Nobody Known topic=the new bridge",
		`compare bridge Vogel Brandt`:                     "speaker_a=Vogel speaker_b=Brandt topic=bridge",
		`compare new bridge Clara Anne Vogel Otto Brandt`: "speaker_a=Clara Anne Vogel speaker_b=Otto Brandt topic=new bridge",
		`compare bridge "Clara Anne Vogel" "Otto Brandt"`: "speaker_a=Clara Anne Vogel speaker_b=Otto Brandt topic=bridge",
		`compare "new bridge" "Nobody" "No One"`:          "speaker_a=Nobody speaker_b=No One topic=new bridge",
		`compare bridge Vogel`:                            "topic=bridge Vogel",
		`ask What did "Otto Brandt" say of it?`:           `question=What did "Otto Brandt" say of it?`,
		`who Otto Brandt`:                                 "name=Otto Brandt",
		`sources the meeting`:                             "query=the meeting",
		`help me`:                                         "",
		`dance with me`:                                   "",
	} {
		typed := typed(line)
		options := map[string]string{}
		b.Assign(t.Context(), typed[0], typed[1:], options)
		var got []string
		for _, o := range []string{"name", "query", "question", "speaker", "speaker_a", "speaker_b", "topic"} {
			if v := options[o]; v != "" {
				got = append(got, o+"="+v)
			}
		}
		if got := strings.Join(got, " "); got != want {
			t.Errorf("%s: %s, want %s", line, got, want)
		}
	}
	given := map[string]string{"speaker": "Vogel"}
	if b.Assign(t.Context(), "said", []string{"the", "bridge"}, given); given["topic"] != "the bridge" || given["speaker"] != "Vogel" {
		t.Errorf("got %v", given)
	}
}

// typed cuts a line at its spaces, but for those in quotation marks.
func typed(line string) (all []string) {
	for i, part := range strings.Split(line, `"`) {
		if i%2 == 1 {
			all = append(all, `"`+part+`"`)
		} else {
			all = append(all, strings.Fields(part)...)
		}
	}
	return all
}
