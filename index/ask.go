package index

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/search/query"

	"attache/corpus"
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
	asked := terms(q.Text)
	var any []query.Query
	for _, t := range asked {
		tq := query.NewTermQuery(t)
		tq.SetField("text")
		any = append(any, tq)
	}
	req := bleve.NewSearchRequestOptions(query.NewDisjunctionQuery(any), 20, 0, false)
	req.SortBy([]string{"-_score", "_id"})
	found, err := ix.bleve.SearchInContext(ctx, req)
	if err != nil {
		return Answers{}, fmt.Errorf("searching for %q: %w", q.Text, err)
	}
	var quotes []Quote
	for _, hit := range found.Hits {
		_, rest, _ := strings.Cut(hit.ID, "/")
		n, id, _ := strings.Cut(rest, "/")
		d, err := ix.document(id)
		if err != nil {
			return Answers{}, err
		}
		at, _ := strconv.Atoi(n)
		for _, s := range d.Sentences {
			if !d.Paragraphs[at].Contains(s) || s.Len() > 400 {
				continue
			}
			in := terms(s.In(d.Text))
			n := 0
			for _, t := range asked {
				if slices.Contains(in, t) {
					n++
				}
			}
			score := float64(n)/float64(len(asked)) + hit.Score/100
			quotes = append(quotes, Quote{Text: strings.Join(strings.Fields(s.In(d.Text)), " "), Span: s, Source: source(d), Score: math.Min(score, 1)})
		}
	}
	slices.SortStableFunc(quotes, func(a, b Quote) int { return cmp.Compare(b.Score, a.Score) })
	quotes = quotes[:min(len(quotes), q.Limit)]
	return Answers{Answered: len(quotes) > 0 && quotes[0].Score > 0.7, Quotes: quotes}, nil
}

func source(d *corpus.Document) Source {
	return Source{Document: d.ID, Title: d.Title, Publisher: d.Publisher, Author: d.Author, Published: d.Published,
		URL: d.URL, Language: d.Language, Words: len(strings.Fields(d.Text))}
}
