package index_test

import (
	"strings"
	"testing"

	"example.org/attache/index"
)

// alliance is what a correspondent might file, with names in capitals.
var alliance = map[string]string{
	"briefing.md": "---\ntitle: A briefing in Lund\ndate: 2024-02-10\n---\n" +
		"Foreign Minister Karin Aldous spoke to reporters in Lund on Friday.\n\n" +
		"“NATO will open a depot in Lund next year,” said Karin Aldous.\n\n" +
		"“The fighters of ISIS have lost their last road to the sea,” said Karin Aldous.\n\n" +
		"“We expect the DPRK to return our fishermen before the winter,” said Karin Aldous.\n",
	"harvest.md": "---\ntitle: Harvest\ndate: 2024-03-01\n---\n" +
		"“The harvest was poor, and the mills stand still,” said Karin Aldous.\n",
}

// How a name is typed doesn't decide what is found.
func TestLetterCaseDoesNotDecide(t *testing.T) {
	ix := indexed(t, folder(alliance))
	for name, want := range map[string]string{"ISIS": "last road to the sea", "NATO": "a depot in Lund", "DPRK": "return our fishermen"} {
		for _, typed := range []string{name, strings.ToLower(name), name[:1] + strings.ToLower(name[1:])} {
			for _, question := range []string{"what did aldous say about " + typed, "What did Karin Aldous say about " + typed + "?", "What about " + typed + " in Lund?"} {
				if got := first(t, ix, question); !strings.Contains(got, want) {
					t.Errorf("%s: %q", question, got)
				}
			}
			said, err := ix.Said(t.Context(), "Aldous", typed, index.Filter{}, 1)
			if err != nil {
				t.Fatal(err)
			}
			if len(said.Quotes) != 1 || !strings.Contains(said.Quotes[0].Text, want) {
				t.Errorf("said on %s: %+v", typed, said.Quotes)
			}
		}
	}
}

// Who asks for the latest wants the newest document, and not a sentence with
// that word.
func TestTheLatestIsTheNewest(t *testing.T) {
	ix := indexed(t, folder(map[string]string{
		"old.md":    "---\ntitle: Strike\ndate: 2023-01-10\n---\nThe latest offer on the ferry strike was refused by the sailors in Vell.\n",
		"middle.md": "---\ntitle: Strike\ndate: 2023-02-11\n---\nThe sailors of Vell went on with the ferry strike in its fifth week.\n",
		"new.md":    "---\ntitle: Strike\ndate: 2023-05-20\n---\nThe ferry strike in Vell ended after the owners gave way.\n",
		"other.md":  "---\ntitle: Fair\ndate: 2023-06-30\n---\nThe summer fair of Vell opened with a parade of carts.\n",
	}))
	for _, question := range []string{"what's the latest on the ferry strike", "Any news on the ferry strike in Vell?", "whats new with the ferry strike", "ferry strike this week"} {
		if got := first(t, ix, question); !strings.Contains(got, "owners gave way") {
			t.Errorf("%s: %q", question, got)
		}
	}
}

// Of whatever, the newest is what the newest document says.
func TestWhatIsNew(t *testing.T) {
	ix := indexed(t, folder(map[string]string{
		"old.md": "---\ntitle: Strike\ndate: 2023-01-10\n---\nThe sailors of Vell have begun a strike on the ferries.\n",
		"new.md": "---\ntitle: Fair\ndate: 2023-06-30\n---\nThe summer fair of Vell opened with a parade of carts.\n",
	}))
	for _, question := range []string{"what's new", "Whats new?", "any news"} {
		if got := first(t, ix, question); !strings.Contains(got, "summer fair") {
			t.Errorf("%s: %q", question, got)
		}
	}
}

// Two names in one sentence answer no question of yes or no, nor does a question
// or a headline of the text answer anything.
func TestWhatIsNoAnswerIsNotClaimed(t *testing.T) {
	ix := indexed(t, folder(map[string]string{
		"force.md":    "---\ntitle: Readiness\n---\nNATO sent a response force towards Ukraine in the spring, and its ships left Lund.\n\nDid the Duchess of Arle sign the charter of Vell?\n",
		"headline.md": "---\ntitle: Wire\n---\nDuke Orlo opens the granary of Sarn to the poor\n\nMore on this story will follow from our office.\n",
	}))
	for _, question := range []string{"is ukraine in nato", "Did the Duchess of Arle sign the charter of Vell?", "Who opens the granary of Sarn to the poor?"} {
		if a := answers(t, ix, index.Question{Text: question}); a.Answered {
			t.Errorf("%s: claims %q (%.2f)", question, a.Quotes[0].Text, a.Quotes[0].Score)
		}
	}
}
