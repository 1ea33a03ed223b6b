package index

import (
	"context"
	"iter"

	"example.org/attache/corpus"
	"example.org/attache/index/internal/people"
	"example.org/attache/index/internal/store"
)

// Statement is something that a document lets somebody say, as it prints it.
type Statement struct {
	Quote          // Text is all of it, of any length
	Written string // the words of the document that name the speaker
	Cue     string // the words that say it is speech
}

// Statements lists the statements of the documents that the filter takes, in the
// order of the documents and of their texts. Of a Filter with a Speaker only
// those of that speaker are listed.
func (ix *Index) Statements(ctx context.Context, f Filter) iter.Seq2[Statement, error] {
	return func(yield func(Statement, error) bool) {
		g, err := ix.acquire()
		if err != nil {
			yield(Statement{}, err)
			return
		}
		defer g.release()
		accept := g.accept(f)
		var by map[people.Ref]bool
		if f.Speaker != "" {
			by = g.spokenBy(f.Speaker)
		}
		for doc := range g.documents.Len() {
			if err := ctx.Err(); err != nil {
				yield(Statement{}, err)
				return
			}
			if accept != nil && !accept(doc) {
				continue
			}
			if !g.statementsOf(doc, by, yield) {
				return
			}
		}
	}
}

// statementsOf lists the statements of a document; by are those to list, nil for
// all of them.
func (g *generation) statementsOf(doc int, by map[people.Ref]bool, yield func(Statement, error) bool) bool {
	d, err := g.documents.Record(doc)
	if err != nil {
		return yield(Statement{}, err)
	}
	said, err := d.Statements()
	if err != nil {
		return yield(Statement{}, err)
	}
	for i := range said {
		if by != nil && !by[people.Ref{Doc: doc, N: i}] {
			continue
		}
		s := &said[i]
		found := Statement{
			Quote: Quote{Text: store.Spaced(d.In(s.Span)), Span: s.Span, Page: d.Page(s.Span), Second: d.Paragraph(s.Span).Second, Source: g.source(doc),
				Kind: s.Kind.String(), Speaker: g.speaker(doc, d, s)},
			Written: store.Spaced(d.In(s.Written)), Cue: store.Spaced(d.In(s.Cue)),
		}
		if !yield(found, d.Fault()) {
			return false
		}
	}
	return true
}

// Everybody lists the people that the documents name, those of most documents
// first, with their titles; quotations and mentions are left out.
func (ix *Index) Everybody(ctx context.Context, f Filter) iter.Seq2[Profile, error] {
	return func(yield func(Profile, error) bool) {
		g, err := ix.acquire()
		if err != nil {
			yield(Profile{}, err)
			return
		}
		defer g.release()
		accept := g.accept(f)
		for e := range g.People {
			p := g.profiler(e, accept, map[int]*store.Record{})
			err := p.titles()
			if err == nil {
				err = ctx.Err()
			}
			if p.Documents == 0 && err == nil {
				continue
			}
			if !yield(p.Profile, err) || err != nil {
				return
			}
		}
	}
}

var noDate corpus.Date
