package terminal

import (
	"strings"
	"testing"
	"testing/fstest"

	"example.org/attache/bot/command"
	"example.org/attache/index"
)

// port is a bot over documents that name people of one first name.
func port(t *testing.T) *command.Bot {
	t.Helper()
	dir := t.TempDir()
	docs := fstest.MapFS{"port.txt": {Data: []byte("Port talks\n\n“The port is open,” said Minister Ada Quist on Monday.\n\nGovernor Ada Lund and Mayor Ørjan Blix met her.\n\nThe envoy, Karin Blixt, came late.\n")}}
	if _, err := index.Build(t.Context(), dir, docs, index.Options{}); err != nil {
		t.Fatal(err)
	}
	ix, err := index.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ix.Close() })
	return &command.Bot{Index: func() *index.Index { return ix }}
}

func TestTabNeverDeletesWhatWasTyped(t *testing.T) {
	p := Prompt{Bot: port(t)}
	for line, want := range map[string]string{
		"/who Bli":              "/who Bli [Ørjan Blix, Karin Blixt]",
		"/who ada":              "/who Ada  []",
		"/who Ada ":             "/who Ada  [Ada Quist, Ada Lund]",
		"/who Ada L":            "/who Ada Lund []",
		"/who Lund":             "/who Ada Lund []",
		"/who Zebulon":          "/who Zebulon []",
		"/who Ørjan":            "/who Ørjan Blix []",
		"/wh":                   "/who  []",
		"/admin re":             "/admin re [admin reindex , admin remove , admin restore ]",
		"/dance":                "/dance []",
		"/ask Who came? --si":   "/ask Who came? --since  []",
		"/ask Who? --speaker a": "/ask Who? --speaker Ada Quist []",
		"Who came to Bli":       "Who came to Bli []",
		"":                      " []",
	} {
		longer, list := p.complete(t.Context(), line)
		if got := longer + " [" + strings.Join(list, ", ") + "]"; got != want {
			t.Errorf("%q becomes %q, want %q", line, got, want)
		}
	}
}

func TestListsAreLaidOutInColumns(t *testing.T) {
	list := []string{"Ada", "Ørjan Blix", "漢字", "Karin"}
	for width, want := range map[int]string{
		0:  "Ada\nØrjan Blix\n漢字\nKarin\n",
		24: "Ada         漢字\nØrjan Blix  Karin\n",
		80: "Ada         Ørjan Blix  漢字        Karin\n",
	} {
		if got := columns(list, width); got != want {
			t.Errorf("in %d columns:\n%s", width, got)
		}
	}
}
