// Package rank decides which sentences answer a question, and how surely.
//
// [Understand] reads the question: its words with how rare they are, what may
// stand for them, the kind of thing asked for. [Rank] weighs every sentence of
// the candidate passages by a small set of named [Features] in a linear model.
// [Confidence] judges the best of them by the same features. The weights of
// both are data, in model.json, fitted by the command in index/internal/fit.
// The package knows words and passages; it has never heard of an index.
package rank

import (
	"cmp"
	"slices"

	"attache/corpus/text"
)

// Passage is a run of sentences with some of those around it.
type Passage struct {
	Document    string
	Number      int         // of the document; the caller's
	Offset      int         // of Text in the document
	Text        string      // the sentences
	Sentences   []text.Span // of Text
	First, Last int         // the sentences to judge; the others are what stands around them
	Title       string      // of the document, and the heading above the passage
	Score       float64     // of the retrieval, in any unit
}

// Candidate is one sentence of a passage, judged.
type Candidate struct {
	Passage  *Passage
	Span     text.Span // of the passage's text
	Features Features
	Score    float64   // of the model: higher is better, for one question
	Matches  []Matched // the words that bear on the question
}

// Matched is a word of a sentence that bears on the question.
type Matched struct {
	Span  text.Span // in the passage's text
	Unit  int       // which unit of the question
	Level float64   // how well, 0 to 1
}

// Rank judges every sentence of the passages, best first. Equal scores are
// ordered by document and place, so that the order never changes.
func Rank(q *Question, passages []Passage) []Candidate {
	r := newReader(q)
	r.survey(passages)
	var all []Candidate
	for i := range passages {
		all = r.passage(all, &passages[i])
	}
	r.settle(all)
	for i := range all {
		all[i].Score = model.Ranking.score(all[i].Features[:])
	}
	slices.SortFunc(all, compare)
	return all
}

func compare(a, b Candidate) int {
	return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Passage.Document, b.Passage.Document),
		cmp.Compare(a.start(), b.start()))
}

// start is where the sentence begins in its document.
func (c *Candidate) start() int { return c.Passage.Offset + c.Span.Start }
