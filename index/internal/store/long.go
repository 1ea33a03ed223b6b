package store

import (
	"slices"
	"sync"
)

// mostLong is how many long documents stay unpacked.
const mostLong = 4

// longDocuments caches the long documents that were used last: unpacking the
// sentences and statements of a book takes longer than finding its quotes.
type longDocuments struct {
	mu   sync.Mutex
	docs []longDocument // the last one first
}

type longDocument struct {
	doc int
	*Record
}

// get returns a document, to be used by one question; nil when it isn't kept.
func (l *longDocuments) get(doc int) *Record {
	l.mu.Lock()
	defer l.mu.Unlock()
	for i, d := range l.docs {
		if d.doc == doc {
			copy(l.docs[1:i+1], l.docs[:i])
			l.docs[0] = d
			return d.own()
		}
	}
	return nil
}

// keep keeps a document in place of the one that was asked for longest ago.
func (l *longDocuments) keep(doc int, d *Record) error {
	if _, err := d.Statements(); err != nil {
		return err
	}
	kept := longDocument{doc, d.own()}
	l.mu.Lock()
	defer l.mu.Unlock()
	if slices.ContainsFunc(l.docs, func(o longDocument) bool { return o.doc == doc }) {
		return nil // another question was sooner
	}
	l.docs = append([]longDocument{kept}, l.docs[:min(len(l.docs), mostLong-1)]...)
	return nil
}

// own returns a copy of a long document that reads the text by itself. What is
// unpacked already is shared, and isn't changed.
func (d *Record) own() *Record {
	c := *d
	c.blocks = &textBlocks{from: d.blocks.from, ref: d.blocks.ref, loaded: map[int]string{}}
	return &c
}
