package index_test

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"example.org/attache/corpus"
	"example.org/attache/index"
)

// asking is a line of a file of questions: what to ask, and either what the
// first quote holds and in which documents, or that there is no answer.
type asking struct {
	Question  string
	Answer    []string
	Document  string
	Documents []string
	Refuse    bool
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
	return slices.Contains(append(a.Documents, a.Document), q.Source.Document) &&
		slices.ContainsFunc(a.Answer, func(s string) bool { return strings.Contains(q.Text, s) })
}

// goodness is how good answers are.
type goodness struct{ first, answerable, refused, unanswerable int }

// below reports whether less comes first right, or is refused, than a floor
// says.
func (m goodness) below(first, refused int) bool { return m.first < first || m.refused < refused }

// quality asks everything. What order puts first of a question's answers is
// judged; nil leaves them as they are.
func quality(t *testing.T, documents fs.FS, questions string, order func([]index.Quote)) (m goodness) {
	t.Helper()
	ix := indexed(t, documents)
	limit := 0
	if order != nil {
		limit = 100
	}
	for _, a := range readAskings(t, questions) {
		got, err := ix.Ask(context.Background(), index.Question{Text: a.Question, Limit: limit, Apart: order != nil})
		if err != nil {
			t.Fatal(err)
		}
		if order != nil {
			order(got.Quotes)
		}
		m.judge(t, a, got)
	}
	t.Logf("%d of %d right first, %d of %d refused", m.first, m.answerable, m.refused, m.unanswerable)
	return m
}

func (m *goodness) judge(t *testing.T, a asking, got index.Answers) {
	first := index.Quote{}
	if len(got.Quotes) > 0 {
		first = got.Quotes[0]
	}
	switch {
	case a.Refuse:
		m.unanswerable++
		if !got.Answered {
			m.refused++
			return
		}
		t.Logf("not refused: %s\n\t%.2f %s", a.Question, first.Score, first.Text)
	case a.right(first):
		m.answerable++
		m.first++
	default:
		m.answerable++
		t.Logf("not first: %s\n\twant %s\n\t%.2f %s", a.Question, a.Answer[0], first.Score, first.Text)
	}
}

// The floors are what was measured when they were set, less about two
// questions. Raise them when answers become better.
func TestQualityOfBuiltinDocuments(t *testing.T) {
	if quality(t, corpus.Builtin(), "builtin_questions.jsonl", nil).below(37, 16) {
		t.Error("answers from the built-in documents are worse than they were")
	}
}

// As members type on a phone, and about the same people and places what the
// documents don't hold. These questions were written without knowing how the
// program answers.
func TestQualityOfTypedQuestions(t *testing.T) {
	if quality(t, corpus.Builtin(), "builtin_typed_questions.jsonl", nil).below(42, 23) {
		t.Error("answers to questions as they are typed are worse than they were")
	}
}

func TestQualityOfTestDocuments(t *testing.T) {
	if quality(t, os.DirFS("testdata/quality"), "quality_questions.jsonl", nil).below(46, 9) {
		t.Error("answers from the test documents are worse than they were")
	}
}

// A ranker that is blind to its features falls below the floor, far enough
// that the floor means something.
func TestQualityNoticesABrokenRanker(t *testing.T) {
	blind := func(quotes []index.Quote) {
		slices.SortFunc(quotes, func(a, b index.Quote) int {
			return cmp.Or(cmp.Compare(a.Source.Document, b.Source.Document), cmp.Compare(a.Span.Start, b.Span.Start))
		})
	}
	if !quality(t, os.DirFS("testdata/quality"), "quality_questions.jsonl", blind).below(30, 0) {
		t.Error("a blind ranker passes for a good one")
	}
}

// How sure a quote is doesn't depend on how many are asked for: a reply is
// turned page by page.
func TestScoresAreTheSameOnEveryPage(t *testing.T) {
	ix := indexed(t, os.DirFS("testdata/quality"))
	for _, a := range readAskings(t, "quality_questions.jsonl") {
		few, err := ix.Ask(context.Background(), index.Question{Text: a.Question, Limit: 3})
		if err != nil {
			t.Fatal(err)
		}
		many, err := ix.Ask(context.Background(), index.Question{Text: a.Question, Limit: 20})
		if err != nil {
			t.Fatal(err)
		}
		for i, q := range few.Quotes {
			if other := many.Quotes[i]; q.Score != other.Score || q.Text != other.Text {
				t.Errorf("%s: quote %d is %q with %v of three, %q with %v of twenty", a.Question, i, q.Text, q.Score, other.Text, other.Score)
			}
		}
	}
}

// What is claimed holds: as members type on a phone, half of it about what the
// documents tell nothing of though they are on the subject.
func TestWhatIsClaimedHolds(t *testing.T) {
	ix := indexed(t, os.DirFS("testdata/typed"))
	claimed, wrong, first, answerable := 0, 0, 0, 0
	all := readAskings(t, "typed_questions.jsonl")
	for _, a := range all {
		got, err := ix.Ask(context.Background(), index.Question{Text: a.Question})
		if err != nil {
			t.Fatal(err)
		}
		right := len(got.Quotes) > 0 && !a.Refuse && a.right(got.Quotes[0])
		if !a.Refuse {
			answerable++
		}
		if right {
			first++
		}
		if got.Answered {
			claimed++
			if !right {
				wrong++
				t.Logf("wrong but claimed: %s\n\t%.2f %s", a.Question, got.Quotes[0].Score, got.Quotes[0].Text)
			}
		}
	}
	t.Logf("%d questions: %d claimed, %d of them wrong; %d of %d right first", len(all), claimed, wrong, first, answerable)
	if wrong*20 > len(all) {
		t.Errorf("%d of %d are wrong but claimed, more than 5 %%", wrong, len(all))
	}
	if first < 40 || claimed-wrong < 15 {
		t.Errorf("%d of %d right first, %d claimed and right", first, answerable, claimed-wrong)
	}
}
