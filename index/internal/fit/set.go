package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"attache/index"
	"attache/index/lexis"
	"attache/index/rank"
)

// question is a line of questions.jsonl.
type question struct {
	Question  string   `json:"question"`
	Answers   []string `json:"answers"`
	Documents []string `json:"documents"`
	Paragraph string   `json:"paragraph"`
}

// asked is a question with the candidates that the index gave for it.
type asked struct {
	set        string
	question   question
	half       int     // of the documents
	removed    bool    // asked of a corpus that lacks its documents
	altered    bool    // with a name that is not its own
	weight     float64 // in the fit
	candidates []candidate

	order []int   // of the candidates, once ranked
	sure  float64 // confidence in the first
}

type candidate struct {
	features []float64
	evidence []float64
	right    bool
	length   int
	document string
}

// english is how much a question in English weighs: most are asked in it, and
// sets in other languages together hold many more.
const english = 3

// keep bounds the candidates a question is fitted on.
const keep = 120

// part is the share of a set's documents that its questions are asked of.
type part struct {
	name  string
	lays  string                 // a folder whose documents are laid among them; empty for none
	holds func(name string) bool // the documents
	whole bool                   // it holds what the set does: what it lacks, the set doesn't answer
	asks  func(q question, held bool) bool
}

// groups is into how many small folders the documents of a set are dealt, as
// few to a folder as somebody has who begins.
const groups = 8

// partsOf returns the whole of a set, its halves, and its small folders.
func partsOf(folder, with string) []part {
	name := filepath.Base(folder)
	all := []part{{name: name, lays: with, whole: true,
		holds: func(string) bool { return true },
		asks:  func(question, bool) bool { return true }}}
	for half := range 2 {
		all = append(all, part{name: name, lays: with,
			holds: func(d string) bool { return halfOf(d) == half },
			asks:  func(q question, held bool) bool { return !held && len(q.Answers) > 0 }})
	}
	for group := range groups {
		all = append(all, part{name: name + " few",
			holds: func(d string) bool { return dealt(d)%groups == group },
			asks:  func(q question, held bool) bool { return held || dealt(q.document())%groups == (group+1)%groups }})
	}
	return all
}

// askSet asks the questions of a set: of all its documents, of the half that a
// question's own are not in, and of two small folders, one of which lacks them.
func askSet(ctx context.Context, folder, with string) ([]asked, error) {
	questions, err := readQuestions(filepath.Join(folder, "questions.jsonl"))
	if err != nil {
		return nil, err
	}
	var all []asked
	for _, p := range partsOf(folder, with) {
		found, err := p.ask(ctx, folder, questions)
		if err != nil {
			return nil, fmt.Errorf("asking %s: %w", folder, err)
		}
		all = append(all, found...)
	}
	return all, nil
}

// ask asks the questions of a part.
func (p part) ask(ctx context.Context, folder string, questions []question) ([]asked, error) {
	dir, err := os.MkdirTemp("", "fit")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	ix, err := p.build(ctx, dir, folder)
	if err != nil {
		return nil, err
	}
	defer ix.Close()
	var all []asked
	for _, q := range questions {
		held := slices.ContainsFunc(q.Documents, p.holds)
		if !p.asks(q, held) {
			continue
		}
		a := asked{set: p.name, question: q, half: halfOf(q.document()), removed: !p.whole && !held}
		if err := a.ask(ctx, ix); err != nil {
			return nil, err
		}
		all = append(all, a)
		if a.removed || len(q.Answers) == 0 {
			continue
		}
		if other, ok := alter(q, questions); ok {
			b := asked{set: p.name, question: q, half: a.half, altered: true}
			b.question.Question = other
			if err := b.ask(ctx, ix); err != nil {
				return nil, err
			}
			all = append(all, b)
		}
	}
	return all, nil
}

// build indexes the documents of a part in dir.
func (p part) build(ctx context.Context, dir, folder string) (*index.Index, error) {
	docs := filepath.Join(dir, "documents")
	if err := lay(docs, filepath.Join(folder, "corpus"), p.holds); err != nil {
		return nil, err
	}
	if p.lays != "" {
		if err := lay(docs, p.lays, func(string) bool { return true }); err != nil {
			return nil, err
		}
	}
	if _, err := index.Build(ctx, filepath.Join(dir, "index"), os.DirFS(docs), index.Options{}); err != nil {
		return nil, err
	}
	return index.Open(filepath.Join(dir, "index"))
}

// document is the first that answers, or for a question that none does what
// stands for it.
func (q question) document() string { return append(slices.Clone(q.Documents), q.Question)[0] }

// alter puts a name from a question about another document in the place of
// the last name of q, which makes a question that nothing answers.
func alter(q question, questions []question) (string, bool) {
	from, to := lastName(q.Question)
	if to == 0 {
		return "", false
	}
	h := fnv.New32a()
	h.Write([]byte(q.Question))
	for i := range questions {
		o := questions[(int(h.Sum32()>>1)+i)%len(questions)]
		a, b := lastName(o.Question)
		if b > 0 && !slices.Equal(o.Documents, q.Documents) && !strings.Contains(q.Question, o.Question[a:b]) {
			name := o.Question[a:b]
			if h.Sum32()&1 == 0 {
				name = unheard(name)
			}
			return q.Question[:from] + name + q.Question[to:], true
		}
	}
	return "", false
}

// unheard makes a name that no document holds: one spelled backwards.
func unheard(name string) string {
	r := []rune(strings.ToLower(name))
	slices.Reverse(r)
	return strings.ToUpper(string(r[:1])) + string(r[1:])
}

// lastName finds the last run of names in a question.
func lastName(s string) (from, to int) {
	a := lexis.For(lexis.Guess(s, lexis.Languages()))
	tokens := a.Tokens(nil, s)
	for i := len(tokens) - 1; i > 0; i-- {
		switch name := a.Name(tokens, i); {
		case name && to == 0:
			from, to = int(tokens[i].Start), int(tokens[i].End)
		case name:
			from = int(tokens[i].Start)
		case to > 0:
			return from, to
		}
	}
	return from, to
}

func (a *asked) ask(ctx context.Context, ix *index.Index) error {
	a.weight = 1
	if lexis.Guess(a.question.Question, lexis.Languages()) == "en" {
		a.weight = english
	}
	found, err := ix.Ask(ctx, index.Question{Text: a.question.Question, Limit: keep, Explain: true})
	if err != nil {
		return err
	}
	for _, q := range found.Quotes {
		c := candidate{features: values(q.Features, rank.FeatureNames()), evidence: values(q.Features, rank.EvidenceNames()), length: len([]rune(q.Text)), document: q.Source.Document}
		if !a.removed && slices.Contains(a.question.Documents, q.Source.Document) {
			text, err := ix.Text(q.Source.Document)
			if err != nil {
				return err
			}
			c.right = a.held() && a.question.right(q, fold(text))
		}
		a.candidates = append(a.candidates, c)
	}
	return nil
}

func values(m map[string]float64, names []string) []float64 {
	v := make([]float64, len(names))
	for i, n := range names {
		v[i] = m[n]
	}
	return v
}

// right reports whether a quote, from a document with the given text, answers.
func (q question) right(quote index.Quote, text string) bool {
	if !slices.Contains(q.Documents, quote.Source.Document) || !q.over(quote.Text, text) {
		return false
	}
	low := strings.ToLower(quote.Text)
	return slices.ContainsFunc(q.Answers, func(a string) bool { return strings.Contains(low, strings.ToLower(fold(a))) })
}

// over reports whether a quote touches the question's paragraph.
func (q question) over(quote, text string) bool {
	paragraph := fold(q.Paragraph)
	begin := strings.Index(text, paragraph)
	for at := 0; ; at++ {
		next := strings.Index(text[at:], quote)
		if next < 0 {
			return false
		}
		at += next
		if at < begin+len(paragraph) && at+len(quote) > begin || paragraph == "" {
			return true
		}
	}
}

func fold(s string) string { return strings.Join(strings.Fields(s), " ") }

// halfOf splits documents by the end of their path: the same article is in
// the same half of every set.
func halfOf(name string) int { return dealt(name) % 2 }

func dealt(name string) int {
	h := fnv.New32a()
	h.Write([]byte(path.Base(filepath.ToSlash(name))))
	return int(h.Sum32() >> 3)
}

func readQuestions(file string) ([]question, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var all []question
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var q question
		if err := json.Unmarshal(lines.Bytes(), &q); err != nil {
			return nil, fmt.Errorf("reading %s: %w", file, err)
		}
		all = append(all, q)
	}
	return all, lines.Err()
}

// lay copies the documents of a folder that are wanted.
func lay(to, from string, want func(name string) bool) error {
	return filepath.WalkDir(from, func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || !want(name) {
			return err
		}
		rel, err := filepath.Rel(from, name)
		if err != nil {
			return err
		}
		b, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		target := filepath.Join(to, rel)
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			return err
		}
		return os.WriteFile(target, b, 0o644)
	})
}
