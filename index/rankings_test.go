package index_test

import (
	"context"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.org/attache/corpus"
	"example.org/attache/index"
)

var update = flag.Bool("update", false, "write the golden files anew")

// What stands where for each question that the other tests ask: a change of
// weights, words or features shows in a diff what it moved. Confidences are
// rounded, so that only what a reader would notice shows.
func TestRankings(t *testing.T) {
	var got strings.Builder
	for _, set := range []struct {
		documents fs.FS
		questions string
	}{
		{corpus.Builtin(), "builtin_questions.jsonl"},
		{corpus.Builtin(), "builtin_typed_questions.jsonl"},
		{os.DirFS("testdata/quality"), "quality_questions.jsonl"},
		{os.DirFS("testdata/typed"), "typed_questions.jsonl"},
	} {
		ix := indexed(t, set.documents)
		fmt.Fprintf(&got, "== %s\n", set.questions)
		for _, a := range readAskings(t, set.questions) {
			answers, err := ix.Ask(context.Background(), index.Question{Text: a.Question})
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&got, "\n%s\n", a.Question)
			for i, q := range answers.Quotes {
				mark := "near"
				if answers.Answered {
					mark = "answer"
				}
				if a.right(q) {
					mark = "right " + mark
				}
				fmt.Fprintf(&got, "  %d %.1f %s: %s\n", i+1, q.Score, mark, beginning(q.Text))
			}
		}
		got.WriteString("\n")
	}
	name := filepath.Join("testdata", "rankings.golden")
	if *update {
		if err := os.WriteFile(name, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if got.String() != string(want) {
		t.Errorf("the rankings have changed; look at the diff after go test ./index -run TestRankings -update:\n%s", differing(string(want), got.String()))
	}
}

// beginning is the first words of a quote.
func beginning(s string) string {
	if r := []rune(s); len(r) > 70 {
		return string(r[:70]) + "…"
	}
	return s
}

// differing lists the first lines that differ.
func differing(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	var all []string
	for i := range min(len(w), len(g)) {
		if w[i] != g[i] && len(all) < 20 {
			all = append(all, "-"+w[i], "+"+g[i])
		}
	}
	return strings.Join(all, "\n")
}
