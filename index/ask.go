package index

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"attache/corpus"
	"attache/corpus/text"
	"attache/index/lexis"
	"attache/index/rank"
)

// How much a question may cost, and how long a quote may be.
const (
	mostPassages = 40
	longestQuote = 400 // characters
)

// Ask finds the sentences that answer a question.
func (ix *Index) Ask(ctx context.Context, q Question) (Answers, error) {
	if q.Limit == 0 {
		q.Limit = 3
	}
	g, err := ix.acquire()
	if err != nil {
		return Answers{}, err
	}
	defer g.release()
	a := asking{generation: g, Question: q, docs: map[int]*stored{}}
	if err := a.search(ctx); err != nil {
		return Answers{}, fmt.Errorf("searching for %q: %w", q.Text, err)
	}
	quotes := a.quotes()
	return Answers{Answered: len(quotes) > 0 && quotes[0].Score >= 0.5, Quotes: quotes}, nil
}

// asking is one question being answered.
type asking struct {
	*generation
	Question
	asked  *rank.Question
	docs   map[int]*stored // those fetched, by their place in the table
	ranked []rank.Candidate
}

// search ranks the sentences of the passages that hold most of what the
// question speaks of.
func (a *asking) search(ctx context.Context) error {
	language := lexis.Guess(a.Text, a.languages)
	lex := lexicon{generation: a.generation, field: field(language)}
	a.asked = rank.Understand(a.Text, language, &lex)
	if lex.err != nil {
		return lex.err
	}
	hits, err := a.generation.search(ctx, clauses(a.asked), mostPassages, a.accept(a.Filter))
	if err != nil {
		return err
	}
	passages := make([]rank.Passage, 0, len(hits))
	for _, h := range hits {
		d := a.docs[h.doc]
		if d == nil {
			if d, err = a.document(h.doc); err != nil {
				return err
			}
			a.docs[h.doc] = d
		}
		passages = append(passages, window(d, h))
	}
	a.ranked = rank.Rank(a.asked, passages)
	return nil
}

// clauses are what to look for: each unit of the question in its own forms,
// and, for less, in words of like meaning.
func clauses(q *rank.Question) []clause {
	var all []clause
	for _, u := range q.Units {
		own, like := clause{weight: 1}, clause{weight: 0.3}
		if u.Light {
			own.weight, like.weight = 0.4, 0.1
		}
		for _, f := range u.Terms() {
			c := &own
			if u.Forms[f] < rank.Own {
				c = &like
			}
			c.ways = append(c.ways, way{field(q.Language), []string{f}})
		}
		all = append(all, own, like)
	}
	return all
}

// What is read around a passage, in sentences.
const (
	readBefore = 2
	readAfter  = 1
)

// window is a passage with the sentences around it that belong to the same
// section.
func window(d *stored, h hit) rank.Passage {
	p := d.passages[h.passage]
	at := d.paragraph(p.first)
	from, to := p.first, p.last
	for from > max(0, p.first-readBefore) && d.Paragraphs[d.paragraph(from-1)].Kind == corpus.Body {
		from--
	}
	for to < min(len(d.Sentences), p.last+readAfter) && d.Paragraphs[d.paragraph(to)].Kind == corpus.Body {
		to++
	}
	start := d.Sentences[from].Start
	w := rank.Passage{Document: d.ID, Number: h.doc, Offset: start, Text: d.Text[start:d.Sentences[to-1].End], First: p.first - from, Last: p.last - from,
		Title: d.Title, Score: float64(h.score)}
	for _, s := range d.Sentences[from:to] {
		w.Sentences = append(w.Sentences, text.Span{Start: s.Start - start, End: s.End - start})
	}
	for at--; at >= 0; at-- {
		if d.Paragraphs[at].Kind == corpus.Heading {
			w.Title += "\n" + d.Paragraphs[at].In(d.Text)
			break
		}
	}
	return w
}

// paragraph returns which paragraph a sentence is in.
func (d *stored) paragraph(sentence int) int {
	at := d.Sentences[sentence].Start
	i, _ := slices.BinarySearchFunc(d.Paragraphs, at, func(p corpus.Paragraph, at int) int {
		if p.End <= at {
			return -1
		}
		return 1
	})
	return i
}

// quotes are the best of the ranked sentences. One that is printed in several
// documents is one quote.
func (a *asking) quotes() []Quote {
	var quotes []Quote
	for i := range a.ranked {
		c := &a.ranked[i]
		q := a.quote(c)
		if len([]rune(q.Text)) > longestQuote {
			continue
		}
		if at := slices.IndexFunc(quotes, func(o Quote) bool { return o.Text == q.Text }); at >= 0 {
			quotes[at].alsoIn(q.Source.Document)
			continue
		}
		if slices.ContainsFunc(quotes, q.overlaps) {
			continue
		}
		if len(quotes) == a.Limit {
			break
		}
		q.Score = rank.Confidence(a.asked, a.ranked, i)
		if a.Explain {
			q.Features = rank.Explain(a.asked, a.ranked, i)
		}
		quotes = append(quotes, q)
	}
	return quotes
}

func (a *asking) quote(c *rank.Candidate) Quote {
	span := text.Span{Start: c.Passage.Offset + c.Span.Start, End: c.Passage.Offset + c.Span.End}
	d := a.docs[c.Passage.Number]
	return Quote{Text: strings.Join(strings.Fields(span.In(d.Text)), " "), Span: span, Source: a.source(c.Passage.Number)}
}

// alsoIn notes another document that prints the quote.
func (q *Quote) alsoIn(document string) {
	if document != q.Source.Document && !slices.Contains(q.Also, document) {
		q.Also = append(q.Also, document)
	}
}

// overlaps reports whether the quote shares text with another.
func (q *Quote) overlaps(o Quote) bool {
	return q.Source.Document == o.Source.Document && q.Span.Overlaps(o.Span)
}
