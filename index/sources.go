package index

import (
	"context"
	"fmt"
	"strings"

	"example.org/attache/corpus/text"
	"example.org/attache/index/internal/store"
)

// Sources lists the documents whose title, publisher, author, tags or name hold
// every word of query, in the order of their names; all for an empty query.
func (ix *Index) Sources(ctx context.Context, query string) ([]store.Source, error) {
	g, err := ix.acquire()
	if err != nil {
		return nil, err
	}
	defer g.release()
	words := strings.Fields(text.Fold(query))
	var found []store.Source
	for i := range g.documents.Len() {
		if i%1024 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if len(words) == 0 || g.descriptions().hold(i, words) {
			found = append(found, g.source(i))
		}
	}
	return found, nil
}

// Source returns what is known of a document. The error is [ErrNoDocument]
// when there is no such document.
func (ix *Index) Source(document string) (store.Source, error) {
	g, err := ix.acquire()
	if err != nil {
		return store.Source{}, err
	}
	defer g.release()
	i, ok := g.documents.Find(document)
	if !ok {
		return store.Source{}, fmt.Errorf("%q: %w", document, ErrNoDocument)
	}
	return g.source(i), nil
}

// Text returns the text of a document as it was indexed: quotes are places in
// it. The error is [ErrNoDocument] when there is no such document.
func (ix *Index) Text(document string) (string, error) {
	g, err := ix.acquire()
	if err != nil {
		return "", err
	}
	defer g.release()
	i, ok := g.documents.Find(document)
	if !ok {
		return "", fmt.Errorf("%q: %w", document, ErrNoDocument)
	}
	d, err := g.documents.Record(i)
	if err != nil {
		return "", err
	}
	return d.In(text.Span{End: d.Size}), d.Fault()
}

// At returns the quote at a place of a document's text: on which page or at which
// second it stands and, where it lies in a statement, who says it. The error is
// [ErrNoDocument] when there is no such document, and [ErrNoPlace] when its text
// has no such place.
func (ix *Index) At(document string, span text.Span) (Quote, error) {
	g, err := ix.acquire()
	if err != nil {
		return Quote{}, err
	}
	defer g.release()
	i, ok := g.documents.Find(document)
	if !ok {
		return Quote{}, fmt.Errorf("%q: %w", document, ErrNoDocument)
	}
	d, err := g.documents.Record(i)
	if err != nil {
		return Quote{}, err
	}
	if n := d.Size; span.Start < 0 || span.End < span.Start || span.End > n {
		return Quote{}, fmt.Errorf("%q has %d bytes of text: %w", document, n, ErrNoPlace)
	}
	q := Quote{Text: store.Spaced(d.In(span)), Span: span, Page: d.Page(span), Second: d.Paragraph(span).Second, Source: g.source(i)}
	said, err := d.Statements()
	if err != nil {
		return Quote{}, err
	}
	length := d.Size + 1 // of the statement that it lies in; of several the shortest is meant
	for n := range said {
		if s := &said[n]; s.Span.Start <= span.Start && span.End <= s.Span.End && s.Span.Len() < length {
			length = s.Span.Len()
			q.Speaker, q.Kind = g.speaker(i, d, s), s.Kind.String()
		}
	}
	return q, d.Fault()
}
