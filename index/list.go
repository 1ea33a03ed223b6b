package index

import (
	"context"
	"iter"

	"attache/corpus"
)

// Quotation is a direct quotation as a document prints it.
type Quotation struct {
	Quote          // Text is all of it, of any length
	Written string // the words of the document that name the speaker
	Cue     string // the words that say it is speech
}

// Quotations lists the direct quotations of the documents that the filter
// takes, in the order of the documents and of their texts.
func (ix *Index) Quotations(ctx context.Context, f Filter) iter.Seq2[Quotation, error] {
	return func(yield func(Quotation, error) bool) {
		g, err := ix.acquire()
		if err != nil {
			yield(Quotation{}, err)
			return
		}
		defer g.release()
		accept := g.accept(f)
		for doc := range g.table.len() {
			if err := ctx.Err(); err != nil {
				yield(Quotation{}, err)
				return
			}
			if accept != nil && !accept(doc) {
				continue
			}
			if !g.quotationsOf(doc, yield) {
				return
			}
		}
	}
}

func (g *generation) quotationsOf(doc int, yield func(Quotation, error) bool) bool {
	d, err := g.document(doc)
	if err != nil {
		return yield(Quotation{}, err)
	}
	said, err := d.quotations()
	if err != nil {
		return yield(Quotation{}, err)
	}
	for _, q := range said {
		found := Quotation{
			Quote:   Quote{Text: spaced(d.in(q.Span)), Span: q.Span, Page: d.page(q.Span), Source: g.source(doc), Speaker: g.speaker(doc, d, q.Speaker)},
			Written: spaced(d.in(q.Written)), Cue: spaced(d.in(q.Cue)),
		}
		if !yield(found, d.fault()) {
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
			p := g.profiler(e, accept, map[int]*stored{})
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
