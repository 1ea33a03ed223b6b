package index

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"

	"attache/corpus/text"
)

// terms returns the terms of s, in order.
func terms(s string) []string {
	return strings.FieldsFunc(text.Fold(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
}

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
	asked := terms(q.Text)
	var clauses []clause
	for _, t := range asked {
		c := clause{weight: 1}
		for _, language := range g.languages {
			c.ways = append(c.ways, way{field(language), []string{t}})
		}
		clauses = append(clauses, c)
	}
	hits, err := g.search(ctx, clauses, 20, nil)
	if err != nil {
		return Answers{}, fmt.Errorf("searching for %q: %w", q.Text, err)
	}
	var quotes []Quote
	for _, hit := range hits {
		d, err := g.document(hit.doc)
		if err != nil {
			return Answers{}, err
		}
		p := d.passages[hit.passage]
		for _, s := range d.Sentences[p.first:p.last] {
			if s.Len() > 400 {
				continue
			}
			in := terms(s.In(d.Text))
			n := 0
			for _, t := range asked {
				if slices.Contains(in, t) {
					n++
				}
			}
			score := float64(n)/float64(len(asked)) + float64(hit.score)/100
			quotes = append(quotes, Quote{Text: strings.Join(strings.Fields(s.In(d.Text)), " "), Span: s, Source: g.source(hit.doc), Score: math.Min(score, 1)})
		}
	}
	slices.SortStableFunc(quotes, func(a, b Quote) int { return cmp.Compare(b.Score, a.Score) })
	quotes = quotes[:min(len(quotes), q.Limit)]
	return Answers{Answered: len(quotes) > 0 && quotes[0].Score > 0.7, Quotes: quotes}, nil
}
