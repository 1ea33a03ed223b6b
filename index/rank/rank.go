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
	"context"
	"math"
	"slices"
	"time"

	"example.org/attache/corpus/text"
	"example.org/attache/index/lexis"
)

// Passage is a run of sentences with some of those around it.
type Passage struct {
	Document    string
	Language    string      // of the document
	Number      int         // of the document; the caller's
	Offset      int         // of Text in the document
	Text        string      // the sentences
	Sentences   []text.Span // of Text
	First, Last int         // the sentences to judge; the others are what stands around them
	Title       string      // of the document, and the heading above the passage
	Year        int         // of publication; what is not known of it is 0
	Month, Day  int
	Voices      []Voice     // what of Text is quoted speech, and whose
	Asked       []text.Span // what of Text is a question to whoever speaks next
	OnlyVoices  bool        // judge only sentences that the voices speak
	Score       float64     // of the retrieval, in any unit
}

// Voice is a stretch of quoted speech.
type Voice struct {
	Span text.Span // of the passage's text
	Name string    // of who speaks
}

// Candidate is one sentence of a passage, judged.
type Candidate struct {
	Passage  *Passage
	Span     text.Span // of the passage's text
	Features Features
	Score    float64 // of the model: higher is better, for one question
}

// Rank judges every sentence of the passages, best first. Of equally good ones
// the newer is first, and what is still equal is ordered by document and place,
// so that the order never changes. Of a question typed without capitals, what
// the first passages write as names is a name in q from then on; its terms were
// looked up before that. The only error is the context's.
func Rank(ctx context.Context, q *Question, passages []Passage) ([]Candidate, error) {
	r := newReader(q)
	defer r.close()
	r.survey(passages)
	if q.uncased {
		r.recase(passages[:min(len(passages), recasedBy)])
	}
	sentences := 0
	for i := range passages {
		sentences += passages[i].Last - passages[i].First
	}
	sentences += sentences / 8 // long ones are judged in parts
	all := make([]Candidate, 0, sentences)
	r.noted = make([]noted, 0, sentences)
	for i := range passages {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		all = r.passage(all, &passages[i])
	}
	r.settle(all)
	q.judge(all)
	weights := model.Ranking.under(q.traits[:])
	for i := range all {
		all[i].Score = weights.score(all[i].Features[:])
	}
	if q.newest {
		refresh(all)
	}
	slices.SortFunc(all, compare)
	return all, nil
}

// fresh is how much a sentence of the newest document gains where the newest is
// asked for, and staleAfter in how many days what it gains falls to a third.
const (
	fresh      = 4
	staleAfter = 60
)

// refresh lifts the candidates by how new their documents are, beside the newest
// that are about as much on the topic as the best.
func refresh(all []Candidate) {
	best, newest := math.Inf(-1), 0
	for i := range all {
		best = max(best, all[i].Score)
	}
	for i := range all {
		if all[i].Score > best-fresh {
			newest = max(newest, all[i].Passage.day())
		}
	}
	for i := range all {
		if day := all[i].Passage.day(); day > 0 {
			all[i].Score += fresh * math.Exp(-float64(max(0, newest-day))/staleAfter)
		}
	}
}

// day numbers the days, 0 for no date.
func (p *Passage) day() int {
	if p.Year == 0 {
		return 0
	}
	return int(time.Date(p.Year, time.Month(max(p.Month, 1)), max(p.Day, 1), 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// recasedBy is how many of the best passages tell what is a name.
const recasedBy = 5

// recase finds the names of the question: what the passages mostly write with a
// capital where no sentence begins.
func (r *reader) recase(passages []Passage) {
	capital, seen := make([]int, len(r.q.Units)), make([]int, len(r.q.Units))
	for i := range passages {
		p := &passages[i]
		if lexis.For(p.Language).NounsAreCapital() {
			continue
		}
		r.read(p.Text, p.Language)
		for _, m := range r.marks {
			t := &r.tokens[m.token]
			begins := slices.ContainsFunc(p.Sentences, func(s text.Span) bool { return s.Start == int(t.Start) })
			if m.level == 1 && !begins {
				seen[m.unit]++
				capital[m.unit] += int(truth(t.Is(lexis.Capital)))
			}
		}
	}
	for i := range r.q.Units {
		if u := &r.q.Units[i]; seen[i] > 0 && 4*capital[i] >= 3*seen[i] && !u.phrase {
			u.Name = true
		}
	}
}

func compare(a, b Candidate) int {
	return cmp.Or(cmp.Compare(grade(b.Score), grade(a.Score)), cmp.Compare(b.Passage.date(), a.Passage.date()), cmp.Compare(b.Score, a.Score), cmp.Compare(a.Passage.Document, b.Passage.Document),
		cmp.Compare(a.start(), b.start()))
}

// date is a number that is higher for later days.
func (p *Passage) date() int { return p.Year*512 + p.Month*32 + p.Day }

// grade rounds a score: what differs less is equally good.
func grade(score float64) float64 { return math.Round(score * 20) }

// start is where the sentence begins in its document.
func (c *Candidate) start() int { return c.Passage.Offset + c.Span.Start }
