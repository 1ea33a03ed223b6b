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

	"golang.org/x/sync/errgroup"

	"example.org/attache/corpus/text"
	"example.org/attache/index"
	"example.org/attache/index/lexis"
	"example.org/attache/index/rank"
)

// question is a line of questions.jsonl.
type question struct {
	Question  string   `json:"question"`
	Answers   []string `json:"answers"`
	Documents []string `json:"documents"`
	Paragraph string   `json:"paragraph"`
}

// way is how a question was asked.
type way int

const (
	plain   way = iota // of the set as it is
	near               // of the set without the sentences that answer
	lacking            // of the part of the set that lacks the question's documents
	few                // of a small folder that holds them
	altered            // with a name that is not its own
	ways
)

// asked is a question with the candidates that the index gave for it, best
// first.
type asked struct {
	Set        string
	Way        way
	Question   string
	Article    int  // a number for the article that the question is about
	Answerable bool // by the documents it was asked of
	Candidates []candidate

	q *question // that it is judged by
}

type candidate struct {
	Evidence []float32 // in the order of rank.EvidenceNames
	Right    bool
	Gold     bool // its document is one that answers
	Length   int
	Document string
}

// keep bounds the candidates that are kept of a question.
const keep = 30

// part is a share of a set's documents, and the questions that it is asked.
type part struct {
	way  way
	lays bool                                       // with the documents that are laid among them
	text func(document, text string) (string, bool) // what of a document's text it holds
	asks func(q *question) bool
	each int // asks each such question, or only every few
}

// How many questions of a paragraph miss their sentence, each in a copy of the
// documents of its own, and into how many small folders the documents are
// dealt, as few to a folder as somebody has who begins.
const (
	misses = 3
	groups = 12
)

func whole(_, text string) (string, bool) { return text, true }

// partsOf returns the set as it is, copies that lack sentences, a half, and
// some small folders.
func partsOf(questions []question) []part {
	answerable := func(q *question) bool { return len(q.Answers) > 0 }
	all := []part{{way: plain, lays: true, text: whole, asks: func(*question) bool { return true }, each: 1},
		{way: lacking, lays: true,
			text: func(d, text string) (string, bool) { return text, number(d)%2 == 0 },
			asks: func(q *question) bool { return answerable(q) && number(q.document())%2 == 1 }, each: 4}}
	for miss := range misses {
		all = append(all, nearMisses(questions, miss))
	}
	for group := range groups / 4 {
		in := func(d string) bool { return number(d)/2%groups == group }
		all = append(all, part{way: few,
			text: func(d, text string) (string, bool) { return text, in(d) },
			asks: func(q *question) bool { return answerable(q) && slices.ContainsFunc(q.Documents, in) }, each: 1})
	}
	return all
}

// nearMisses is the set without the sentences that answer one question of each
// paragraph, the miss-th: what is left is of the topic, and no answer.
func nearMisses(questions []question, miss int) part {
	byDocument := map[string][]*question{}
	chosen := map[*question]bool{}
	seen := map[string]int{}
	for i := range questions {
		q := &questions[i]
		if len(q.Answers) == 0 {
			continue
		}
		key := q.document() + "\n" + q.Paragraph
		if seen[key]++; seen[key] != miss+1 {
			continue
		}
		chosen[q] = true
		for _, d := range q.Documents {
			byDocument[d] = append(byDocument[d], q)
		}
	}
	return part{way: near, lays: true,
		text: func(document, text string) (string, bool) {
			for _, q := range byDocument[document] {
				text = q.without(text)
			}
			return text, true
		},
		asks: func(q *question) bool { return chosen[q] }, each: 1 + len(questions)/1000}
}

// without takes the sentences that hold an answer out of the question's
// paragraph, or where none is given of the whole text.
func (q *question) without(document string) string {
	language := lexis.Guess(q.Question, lexis.Languages())
	paragraph := fold(q.Paragraph)
	lines := strings.Split(document, "\n")
	for i, line := range lines {
		if i == 0 || paragraph != "" && !strings.Contains(fold(line), paragraph) && !strings.Contains(paragraph, fold(line)) {
			continue // the title stays
		}
		var kept []string
		for _, span := range text.Sentences(line, text.Span{End: len(line)}, language) {
			if s := span.In(line); !q.holdsAnswer(s) {
				kept = append(kept, s)
			}
		}
		lines[i] = strings.Join(kept, " ")
	}
	return strings.Join(lines, "\n")
}

func (q *question) holdsAnswer(s string) bool {
	low := strings.ToLower(fold(s))
	return slices.ContainsFunc(q.Answers, func(a string) bool { return strings.Contains(low, strings.ToLower(fold(a))) })
}

// askSet asks the questions of a set in all ways.
func askSet(ctx context.Context, name, folder, lays string) ([]asked, error) {
	questions, err := readQuestions(filepath.Join(folder, "questions.jsonl"))
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "fit")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	var all []asked
	for _, p := range partsOf(questions) {
		found, err := p.ask(ctx, dir, name, folder, lays, questions)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	return all, nil
}

// ask asks the questions of a part.
func (p part) ask(ctx context.Context, dir, set, folder, lays string, questions []question) ([]asked, error) {
	ix, err := p.build(ctx, dir, folder, lays)
	if err != nil {
		return nil, err
	}
	defer ix.Close()
	all := p.wordings(set, questions)
	workers, ctx := errgroup.WithContext(ctx)
	workers.SetLimit(atOnce)
	for i := range all {
		workers.Go(func() error { return all[i].ask(ctx, ix) })
	}
	return all, workers.Wait()
}

// atOnce is how many questions are asked at a time.
const atOnce = 4

// wordings are the questions that the part is asked, as they are and with other
// names.
func (p part) wordings(set string, questions []question) (all []asked) {
	n := 0
	for i := range questions {
		q := &questions[i]
		if !p.asks(q) {
			continue
		}
		if n++; n%p.each != 0 {
			continue
		}
		a := asked{Set: set, Way: p.way, Question: q.Question, Article: number(q.document()), q: q}
		a.Answerable = len(q.Answers) > 0 && (p.way == plain || p.way == few)
		all = append(all, a)
		if p.way != plain || len(q.Answers) == 0 || i%6 != 0 {
			continue
		}
		if other, ok := alter(q, questions); ok {
			all = append(all, asked{Set: set, Way: altered, Question: other, Article: a.Article, q: q})
		}
	}
	return all
}

// build indexes the documents of p in dir, over the index of the previous part, so that
// documents that did not change are not read again.
func (p part) build(ctx context.Context, dir, folder, lays string) (*index.Index, error) {
	docs := filepath.Join(dir, "documents")
	if err := os.RemoveAll(docs); err != nil {
		return nil, err
	}
	if err := lay(docs, filepath.Join(folder, "corpus"), p.text); err != nil {
		return nil, err
	}
	if p.lays && lays != "" {
		if err := lay(docs, lays, whole); err != nil {
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
func (q *question) document() string { return append(slices.Clone(q.Documents), q.Question)[0] }

// alter puts a name from a question about another document in the place of
// the last name of q, which makes a question that nothing answers.
func alter(q *question, questions []question) (string, bool) {
	from, to := lastName(q.Question)
	if to == 0 {
		return "", false
	}
	h := number(q.Question)
	for i := range questions {
		o := questions[(h+i)%len(questions)]
		a, b := lastName(o.Question)
		if b > 0 && !slices.Equal(o.Documents, q.Documents) && !strings.Contains(q.Question, o.Question[a:b]) {
			name := o.Question[a:b]
			if h&1 == 0 {
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

// ask asks the question of an index.
func (a *asked) ask(ctx context.Context, ix *index.Index) error {
	q := a.q
	found, err := ix.Ask(ctx, index.Question{Text: a.Question, Limit: keep, Explain: true, Apart: true})
	if err != nil {
		return err
	}
	for _, quote := range found.Quotes {
		c := candidate{Length: len([]rune(quote.Text)), Document: quote.Source.Document, Evidence: make([]float32, rank.Evidence)}
		for i := range c.Evidence {
			c.Evidence[i] = float32(quote.Reasons[i].Value)
		}
		if slices.Contains(q.Documents, quote.Source.Document) {
			c.Gold = true
			text, err := ix.Text(quote.Source.Document)
			if err != nil {
				return err
			}
			c.Right = a.Answerable && q.right(quote.Text, fold(text))
		}
		a.Candidates = append(a.Candidates, c)
	}
	return nil
}

// right reports whether a quote from a document with the given text answers.
func (q *question) right(quote, text string) bool {
	return q.holdsAnswer(quote) && q.over(quote, text)
}

// over reports whether a quote touches the question's paragraph.
func (q *question) over(quote, text string) bool {
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

// number is a number for a document by the end of its path: the same article has
// the same in every set.
func number(name string) int {
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

// lay copies the documents of a folder, with the text that is wanted of each.
func lay(to, from string, want func(document, text string) (string, bool)) error {
	return filepath.WalkDir(from, func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
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
		text, ok := want(filepath.ToSlash(rel), string(b))
		if !ok {
			return nil
		}
		target := filepath.Join(to, rel)
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			return err
		}
		return os.WriteFile(target, []byte(text), 0o644)
	})
}
