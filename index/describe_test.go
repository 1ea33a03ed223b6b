package index_test

import (
	"fmt"
	"strings"
	"testing"

	"example.org/attache/index"
)

func TestTitlesBeginAsTyped(t *testing.T) {
	dir := t.TempDir()
	files := map[string]string{}
	for i, d := range [][2]string{
		{"The Ferry Gazette", "Ferries to Varde"}, {"The Ferry Gazette", "A café opens"}, {"Ostra Herald", "Ferries (and fares)"},
		{"Ostra Herald", "Ferries to Varde"}, {"Ostra Herald", "Snow"}, {"", "Ferries to Varde"},
	} {
		files[fmt.Sprintf("%d.md", i)] = fmt.Sprintf("---\ntitle: %s\npublisher: %q\n---\n\nThe ferry number %d goes on sailing to the island.\n", d[1], d[0], i)
	}
	build(t, dir, folder(files))
	ix := open(t, dir)
	for prefix, want := range map[string]string{
		"fer":      "The Ferry Gazette; Ferries to Varde; Ferries (and fares)",
		"FARE":     "Ferries (and fares)",
		"cafe":     "A café opens",
		"to  vard": "Ferries to Varde",
		"rry":      "",
		"zzz":      "",
		"":         "Ostra Herald; The Ferry Gazette; Ferries to Varde; A café opens; Ferries (and fares); Snow",
	} {
		got, err := ix.Titles(t.Context(), prefix, 25)
		if err != nil || strings.Join(got, "; ") != want {
			t.Errorf("%q: %q, %v; want %s", prefix, got, err, want)
		}
	}
	if got, err := ix.Titles(t.Context(), "", 2); err != nil || len(got) != 2 {
		t.Errorf("two at most: %q, %v", got, err)
	}
}

func TestSourcesAreFoundByWhatDescribesThem(t *testing.T) {
	ix := indexed(t, folder(map[string]string{
		"north/fares.md": "---\ntitle: Fährpreise\npublisher: Ostra Herald\nauthor: Ana Ruiz\ntags: [tariffs]\n---\n\nThe fares go up in May.\n",
		"south/snow.md":  "---\ntitle: Snow\n---\n\nIt snowed.\n",
	}))
	for query, want := range map[string]int{"": 2, "fahr herald": 1, "RUIZ": 1, "tariffs fares": 1, "north snow": 0, "h/sn": 1} {
		if got, err := ix.Sources(t.Context(), query); err != nil || len(got) != want {
			t.Errorf("%q: %v, %v", query, got, err)
		}
	}
	found, err := ix.Ask(t.Context(), index.Question{Text: "When do the fares go up?", Filter: index.Filter{Source: "fahr herald"}})
	if err != nil || len(found.Quotes) == 0 {
		t.Errorf("%+v, %v", found, err)
	}
}
