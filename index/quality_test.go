package index_test

import (
	"bufio"
	"context"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"attache/corpus"
	"attache/index"
)

// asking is a line of a file of questions: what to ask, and either what the
// first quote holds and in which documents, or that there is no answer.
type asking struct {
	Question  string
	Answer    []string
	Document  string
	Documents []string
	Refuse    bool
	Kind      string
}

func readAskings(t *testing.T, name string) (all []asking) {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		var a asking
		if err := json.Unmarshal(lines.Bytes(), &a); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		all = append(all, a)
	}
	return all
}

// right reports whether the quote is what the question wants.
func (a asking) right(q index.Quote) bool {
	documents := append(slices.Clone(a.Documents), a.Document)
	return slices.Contains(documents, q.Source.Document) &&
		slices.ContainsFunc(a.Answer, func(s string) bool { return strings.Contains(q.Text, s) })
}

// quality asks everything and counts what comes first right, and what is
// rightly refused.
func quality(t *testing.T, documents fs.FS, questions string) (first, answerable, refused, unanswerable int) {
	t.Helper()
	dir := t.TempDir()
	build(t, dir, documents)
	ix := open(t, dir)
	for _, a := range readAskings(t, questions) {
		got, err := ix.Ask(context.Background(), index.Question{Text: a.Question})
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case a.Refuse:
			unanswerable++
			if !got.Answered {
				refused++
				continue
			}
			t.Logf("not refused: %s\n\t%.2f %s", a.Question, got.Quotes[0].Score, got.Quotes[0].Text)
		case len(got.Quotes) > 0 && a.right(got.Quotes[0]):
			answerable++
			first++
			if !got.Answered {
				t.Logf("right, not answered: %s\n\t%.2f %s", a.Question, got.Quotes[0].Score, got.Quotes[0].Text)
			}
		default:
			answerable++
			t.Logf("not first: %s\n\twant %s", a.Question, a.Answer[0])
			for _, q := range got.Quotes {
				t.Logf("\t%.2f %s", q.Score, q.Text)
			}
		}
	}
	return first, answerable, refused, unanswerable
}

func TestQualityOfBuiltinDocuments(t *testing.T) {
	first, _, refused, _ := quality(t, corpus.Builtin(), "builtin_questions.jsonl")
	t.Logf("%d right first, %d refused", first, refused)
	if first < 20 || refused < 10 {
		t.Error("worse than it was")
	}
}
