package index

import (
	"slices"
	"strings"
	"unicode/utf8"

	"attache/corpus/text"
	"attache/index/rank"
)

// quotes are the best of the ranked sentences. One that several documents
// print is one quote, of the first of them.
func (a *asking) quotes() []Quote {
	var quotes []Quote
	for i := range a.ranked {
		c := &a.ranked[i]
		d := a.docs[c.Passage.Number]
		s := text.Span{Start: c.Passage.Offset + c.Span.Start, End: c.Passage.Offset + c.Span.End}
		printed := spaced(d.in(s))
		if at := slices.IndexFunc(quotes, func(q Quote) bool { return q.Text == printed }); at >= 0 {
			quotes[at].alsoIn(d.ID)
			continue
		}
		overlaps := func(q Quote) bool { return q.Source.Document == d.ID && q.Span.Overlaps(s) }
		if len(quotes) == a.Limit || utf8.RuneCountInString(printed) > maxQuote || slices.ContainsFunc(quotes, overlaps) {
			continue
		}
		q := Quote{Text: printed, Span: s, Source: a.source(c.Passage.Number), Speaker: a.speakerOf(c.Passage.Number, d, s),
			Bold: folded(c.Passage.Text, c.Span, rank.Bold(a.asked, c)), Score: rank.Confidence(a.asked, a.ranked, i)}
		if a.Explain {
			q.Features = rank.Explain(a.asked, a.ranked, i)
		}
		quotes = append(quotes, q)
	}
	return quotes
}

// alsoIn notes another document that prints the quote.
func (q *Quote) alsoIn(document string) {
	if document != q.Source.Document && !slices.Contains(q.Also, document) {
		q.Also = append(q.Also, document)
	}
}

// speakerOf returns who says most of what is quoted speech in s, where that is
// a good part of it.
func (a *asking) speakerOf(doc int, d *told, s text.Span) string {
	who, most := "", s.Len()/4
	for _, q := range d.said {
		if o := min(q.Span.End, s.End) - max(q.Span.Start, s.Start); o > most {
			who, most = q.Speaker, o
		}
	}
	return a.speaker(doc, d.stored, who)
}

// folded turns places in t into places in the slice s of t once its white
// space is folded. Places that meet are one.
func folded(t string, s text.Span, places []text.Span) []text.Span {
	var all []text.Span
	for _, p := range places {
		if !s.Contains(p) {
			continue
		}
		start := len(spaced(t[s.Start:p.Start]))
		if start > 0 && strings.TrimRight(t[s.Start:p.Start], " \n\t\u00a0") != t[s.Start:p.Start] {
			start++
		}
		f := text.Span{Start: start, End: start + len(spaced(p.In(t)))}
		if n := len(all); n > 0 && f.Start <= all[n-1].End+1 {
			all[n-1].End = max(all[n-1].End, f.End)
			continue
		}
		all = append(all, f)
	}
	return all
}
