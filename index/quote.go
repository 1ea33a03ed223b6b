package index

import (
	"example.org/attache/corpus/speech"
	"example.org/attache/corpus/text"
	"example.org/attache/index/internal/store"
)

// quote makes a quote of s, of which keep must be shown when it is too long.
func (g *generation) quote(doc int, d *store.Record, s, keep text.Span) Quote {
	s = d.Clip(s, keep)
	return Quote{Text: store.Spaced(d.In(s)), Span: s, Page: d.Page(s), Second: d.Paragraph(s).Second, Source: g.source(doc)}
}

// statement makes a quote of a statement, in the words that weigh most (nil: the
// first), with the sentences around it.
func (g *generation) statement(doc int, d *store.Record, s *speech.Statement, weigh func(s text.Span) float64) Quote {
	q := g.quote(doc, d, d.Shown(s.Span, weigh), text.Span{})
	q.Context = store.Spaced(d.In(d.Around(s.Span)))
	q.Speaker, q.Kind = g.speaker(doc, d, s), s.Kind.String()
	return q
}
