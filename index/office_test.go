package index_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"example.org/attache/index"
)

// Who holds an office is told by the titles that documents give, the newest
// first; whoever held it before only where that is asked for.
func TestOffices(t *testing.T) {
	ix := indexed(t, fstest.MapFS{
		"old.md": {Data: []byte("---\ndate: 2019-05-01\n---\n\nIndian Foreign Minister Asha Mehta met traders on Monday in the old harbour town.")},
		"new.md": {Data: []byte("---\ndate: 2023-05-01\n---\n\nThe ferry left at noon. Indian Foreign Minister Ravi Nair opened the new harbour on Monday.")},
		"ex.md":  {Data: []byte("---\ndate: 2024-05-01\n---\n\nFormer Indian Foreign Minister Asha Mehta praised the harbour in a talk on Friday.")},
		"jp.md":  {Data: []byte("---\ndate: 2023-06-01\n---\n\nJapanese Foreign Minister Yumi Sato did not come to the harbour, her office said.")},
		"fr.md":  {Data: []byte("---\ndate: 2023-03-01\n---\n\nHarbour Master Brian Kenya, harbour chief, and Lena Peru came to the fish market on Sunday. Port director Lena Peru said: \"The market opens soon.\"")},
		"gov.md": {Data: []byte("---\ndate: 2023-04-02\n---\n\nMora Gov. Ivo Pell came late to the fish market, since the ferry had waited for his car.")},
		"pr.md":  {Data: []byte("---\ndate: 2023-04-01\n---\n\nIndian President Uma Bose opened the fish market. Dora Finch, president of the India Chamber of Ships, watched it.")},
		"ea.md":  {Data: []byte("---\ndate: 2023-02-01\n---\n\nKenyan External Affairs Minister Bina Rai came to the harbour by boat on Sunday.")},
	})
	tests := map[string]string{
		"foreign minister of Kenya":        "Bina Rai",
		"Kenyan external affairs minister": "Bina Rai",
		"foreign minister of India":        "Ravi Nair, Asha Mehta",
		"the Japanese foreign minister":    "Yumi Sato",
		"former foreign minister of India": "Asha Mehta",
		"foreign minister of Peru":         "",
		"president of india":               "Uma Bose",
		"prime minister of India":          "",
		"president of kenya":               "",
		"governor of Mora":                 "Ivo Pell",
		"ferry of India":                   "",
	}
	for office, want := range tests {
		found, err := ix.Who(t.Context(), office, index.Filter{}, 0)
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, p := range found.Profiles {
			names = append(names, p.Name)
		}
		if got := strings.Join(names, ", "); got != want || want != "" && !found.Office {
			t.Errorf("%s: got %q, want %q", office, got, want)
		}
	}
	for _, question := range []string{"who is India's foreign minister?", "Who’s the current foreign minister of India now?"} {
		a, err := ix.Ask(t.Context(), index.Question{Text: question})
		if err != nil || !a.Answered || !strings.Contains(a.Quotes[0].Text, "Ravi Nair opened") {
			t.Errorf("%s: %+v, %v", question, a, err)
		}
	}
}

// Who somebody is, is answered by a sentence that gives the one whom the name means a
// title, the newest, and by none where the name may mean several or nobody has one.
func TestWhoSomebodyIs(t *testing.T) {
	ix := indexed(t, fstest.MapFS{
		"old.md": {Data: []byte("---\ndate: 2019-05-01\n---\n\nIndian Trade Minister Asha Mehta met traders on Monday. The traders waited for Asha Mehta in the old harbour.")},
		"new.md": {Data: []byte("---\ndate: 2023-05-01\n---\n\nThe harbour was reopened at noon. Indian Foreign Minister Asha Mehta cut the ribbon with Bina Rai.")},
		"two.md": {Data: []byte("---\ndate: 2023-06-01\n---\n\nKenyan Trade Minister Tom Otieno came with Kenyan Health Minister Grace Otieno to the harbour.")},
	})
	for question, want := range map[string]string{
		"who is asha mehta":    "Indian Foreign Minister Asha Mehta cut",
		"Who's Mehta?":         "Indian Foreign Minister Asha Mehta cut",
		"Who is Grace Otieno?": "Grace Otieno",
		"Who is Otieno?":       "",
		"Who is Bina Rai?":     "",
	} {
		a, err := ix.Ask(t.Context(), index.Question{Text: question})
		if err != nil {
			t.Fatal(err)
		}
		if a.Answered != (want != "") || a.Answered && !strings.Contains(a.Quotes[0].Text, want) {
			t.Errorf("%s: answered %v, %+v; want %q", question, a.Answered, a.Quotes, want)
		}
	}
}

// In Chinese words are pairs of characters that overlap: what tells the answer,
// and whom a question names, is found there too.
func TestQuestionsWithoutSpaces(t *testing.T) {
	ix := indexed(t, fstest.MapFS{"a.txt": {Data: []byte("林文博说，港口在2019年5月3日停用，第二年重新开放，美国首位港务局长出席了仪式。\n")}})
	for _, q := range []string{"港口哪一年停用了？", "美国首位港务局长是？", "林文博说了什么？"} {
		if _, err := ix.Ask(t.Context(), index.Question{Text: q}); err != nil {
			t.Errorf("%s: %v", q, err)
		}
		if _, err := ix.About(t.Context(), q); err != nil {
			t.Errorf("%s: %v", q, err)
		}
	}
}
