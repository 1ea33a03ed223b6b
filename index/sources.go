package index

import (
	"context"
	"fmt"
	"strings"

	"example.org/attache/corpus/text"
)

// Sources lists the documents whose title, publisher, author, tags or name hold
// every word of query, in the order of their names; all for an empty query.
func (ix *Index) Sources(ctx context.Context, query string) ([]Source, error) {
	g, err := ix.acquire()
	if err != nil {
		return nil, err
	}
	defer g.release()
	words := strings.Fields(text.Fold(query))
	var found []Source
	for i := range g.table.len() {
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
func (ix *Index) Source(document string) (Source, error) {
	g, err := ix.acquire()
	if err != nil {
		return Source{}, err
	}
	defer g.release()
	i, ok := g.table.find(document)
	if !ok {
		return Source{}, fmt.Errorf("%q: %w", document, ErrNoDocument)
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
	i, ok := g.table.find(document)
	if !ok {
		return "", fmt.Errorf("%q: %w", document, ErrNoDocument)
	}
	d, err := g.document(i)
	if err != nil {
		return "", err
	}
	return d.in(text.Span{End: d.size}), d.fault()
}

// Page returns the page on which the paragraph at a place of a document's text
// begins, from 1; 0 where there are no pages. The error is [ErrNoDocument] when
// there is no such document.
func (ix *Index) Page(document string, at int) (int, error) {
	g, err := ix.acquire()
	if err != nil {
		return 0, err
	}
	defer g.release()
	i, ok := g.table.find(document)
	if !ok {
		return 0, fmt.Errorf("%q: %w", document, ErrNoDocument)
	}
	d, err := g.document(i)
	if err != nil {
		return 0, err
	}
	return d.page(text.Span{Start: at, End: at}), d.fault()
}
