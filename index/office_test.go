package index_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"attache/index"
)

// Who holds an office is told by the titles that documents give, the newest
// first; whoever held it before only where that is asked for.
func TestOffices(t *testing.T) {
	ix := indexed(t, fstest.MapFS{
		"old.md": {Data: []byte("---\ndate: 2019-05-01\n---\n\nIndian Foreign Minister Asha Mehta met traders on Monday in the old harbour town.")},
		"new.md": {Data: []byte("---\ndate: 2023-05-01\n---\n\nThe ferry left at noon. Indian Foreign Minister Ravi Nair opened the new harbour on Monday.")},
		"ex.md":  {Data: []byte("---\ndate: 2024-05-01\n---\n\nFormer Indian Foreign Minister Asha Mehta praised the harbour in a talk on Friday.")},
		"jp.md":  {Data: []byte("---\ndate: 2023-06-01\n---\n\nJapanese Foreign Minister Yumi Sato did not come to the harbour, her office said.")},
	})
	tests := map[string]string{
		"foreign minister of India":        "Ravi Nair, Asha Mehta",
		"the Japanese foreign minister":    "Yumi Sato",
		"former foreign minister of India": "Asha Mehta",
		"foreign minister of Peru":         "",
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
	a, err := ix.Ask(t.Context(), index.Question{Text: "who is India's foreign minister?"})
	if err != nil || !a.Answered || !strings.Contains(a.Quotes[0].Text, "Ravi Nair opened") {
		t.Errorf("%+v, %v", a, err)
	}
}
