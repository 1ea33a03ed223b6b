package index

import (
	"strings"
	"unicode/utf8"

	"example.org/attache/corpus/text"
	"example.org/attache/index/internal/store"
	"example.org/attache/index/rank"
)

// aboutAsGood is how much less the runner-up may score, in the unit of the
// ranking, to be about as good as the best.
const aboutAsGood = 0.5

// adjoin joins the runner-up to the first quote where it is the adjacent sentence
// and scores about as well: two such sentences read better together. It returns the
// probability that either answers, 0 where they were not joined.
func (a *asking) adjoin(quotes []Quote, candidates []rank.Candidate) (sure float64) {
	if len(quotes) < 2 || candidates[0].Score-candidates[1].Score > aboutAsGood {
		return 0
	}
	c, q, o := &candidates[0], &quotes[0], &quotes[1]
	d := a.docs[c.Passage.Number]
	if q.Source.Document != o.Source.Document || !a.asked.CanAnswer(c) || !a.asked.CanAnswer(&candidates[1]) || d.statementAt(q.Span) != d.statementAt(o.Span) {
		return 0
	}
	s := text.Span{Start: min(q.Span.Start, o.Span.Start), End: max(q.Span.End, o.Span.End)}
	in := text.Span{Start: s.Start - c.Passage.Offset, End: s.End - c.Passage.Offset}
	if in.Start < 0 || in.End > len(c.Passage.Text) {
		return 0 // the passage ends between them
	}
	between := d.In(text.Span{Start: min(q.Span.End, o.Span.End), End: max(q.Span.Start, o.Span.Start)})
	printed := store.Spaced(d.In(s))
	if strings.TrimSpace(between) != "" || strings.Contains(between, "\n") || utf8.RuneCountInString(printed) > store.MaxQuote {
		return 0
	}
	first, second := rank.Confidence(a.asked, candidates, 0), rank.Confidence(a.asked, candidates, 1)
	q.Text, q.Span, c.Span = printed, s, in
	for _, also := range o.Also {
		q.alsoIn(also)
	}
	return 1 - (1-first)*(1-second)
}
