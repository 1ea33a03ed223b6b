package index_test

import (
	"strings"
	"testing"

	"example.org/attache/index"
)

// briefly are records whose people members ask about in a word or two.
var briefly = map[string]string{
	"briefing.txt": "Press briefing by Spokesperson Karin Aldous\nLund, 10 February 2024\n\n" +
		"QUESTION: Will the depot in Lund be opened this year?\n\n" +
		"MS. ALDOUS: The depot in Lund opens in March, and it holds grain for a year.\n\n" +
		"QUESTION: And the ferry?\n\n" +
		"MS. ALDOUS: The ferry to Vell sails again from Monday, with two crews.\n\n" +
		"QUESTION: Is there news of the treaty?\n\n" +
		"MS. ALDOUS: We signed the treaty on herring in January.\n",
	"presser.txt": "Press conference by Minister Otto Ban\nVell, 12 February 2024\n\n" +
		"QUESTION: Is the harbour closed?\n\n" +
		"MR. BAN: The harbour of Vell is closed until the ice is gone.\n\n" +
		"QUESTION: For how long?\n\n" +
		"MR. BAN: Until the end of March, we think.\n",
	"ban.md": "---\ntitle: Exports\ndate: 2024-02-11\n---\nThe ban on exports of herring was lifted by the council of Vell on Tuesday.\n",
	"rede.txt": "Pressekonferenz mit Ministerin Grete Stahl\nBrod, 3. Mai 2024\n\n" +
		"Frage: Was wird aus der Brücke?\n\n" +
		"Stahl: Die Brücke über die Elster wird im Sommer gesperrt.\n\n" +
		"Frage: Und die Schleuse?\n\n" +
		"Stahl: Die Schleuse bleibt offen, wir haben drei Schichten.\n",
}

// Who asks briefly what somebody said is answered with that one's words.
func TestBriefQuestionsForWords(t *testing.T) {
	ix := indexed(t, folder(briefly))
	for question, want := range map[string]string{
		"aldous on the depot in lund":              "The depot in Lund opens",
		"Aldous about the ferry":                   "The ferry to Vell sails",
		"did aldous comment on the ferry to vell?": "The ferry to Vell sails",
		"did aldous say anything about herring":    "treaty on herring",
		"karin aldous ferry to vell":               "The ferry to Vell sails",
		"aldous' position on the herring treaty":   "treaty on herring",
		"Ban on the harbour of Vell":               "The harbour of Vell is closed",
		"did ban comment on the harbour of vell":   "The harbour of Vell is closed",
		"ban on exports of herring":                "The ban on exports of herring",
		"stahl zur schleuse":                       "Die Schleuse bleibt offen",
		"Hat sich Stahl zur Brücke geäußert?":      "Die Brücke über die Elster",
	} {
		a, err := ix.Ask(t.Context(), index.Question{Text: question})
		if err != nil {
			t.Fatal(err)
		}
		if !a.Answered || !strings.Contains(a.Quotes[0].Text, want) {
			t.Errorf("%s: %v %+v", question, a.Answered, a.Quotes)
		}
	}
	for _, question := range []string{"aldous on the harbour budget", "did ban comment on football", "karin aldous whales"} {
		a, err := ix.Ask(t.Context(), index.Question{Text: question})
		if err != nil {
			t.Fatal(err)
		}
		if a.Answered {
			t.Errorf("%s is answered by %+v", question, a.Quotes)
		}
	}
}
