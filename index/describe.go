package index

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"example.org/attache/corpus/text"
	"example.org/attache/index/internal/store"
)

// descriptions are what the documents of a generation can be found by besides
// their text: names, titles, publishers, authors and tags, folded. They are made
// when they are first needed, since to fold them costs more than to look
// through them: at each key that somebody types they are looked through again.
type descriptions struct {
	once sync.Once
	all  string   // one document after another, a field a line
	ends []uint32 // of each document's, in all
}

func (g *generation) descriptions() *descriptions {
	d := &g.described
	d.once.Do(func() {
		var all strings.Builder
		d.ends = make([]uint32, g.documents.Len())
		for i := range g.documents.Len() {
			s := g.source(i)
			for _, field := range append([]string{s.Document, s.Title, s.Publisher, s.Author}, s.Tags...) {
				all.WriteString(text.Fold(store.Spaced(field)))
				all.WriteByte('\n')
			}
			d.ends[i] = uint32(all.Len())
		}
		d.all = all.String()
	})
	return d
}

// of is the description of a document.
func (d *descriptions) of(doc int) string {
	start := uint32(0)
	if doc > 0 {
		start = d.ends[doc-1]
	}
	return d.all[start:d.ends[doc]]
}

// hold reports whether the description of a document holds all words, which are
// folded.
func (d *descriptions) hold(doc int, words []string) bool {
	for _, w := range words {
		if !strings.Contains(d.of(doc), w) {
			return false
		}
	}
	return true
}

// named is a publisher or a title.
type named struct {
	folded    string
	publisher bool
	doc       int // one that has it
	count     int // how many have it
}

// beginning returns the publishers and titles that have a word beginning with
// prefix, which is folded.
func (d *descriptions) beginning(ctx context.Context, prefix string) ([]*named, error) {
	known := map[named]*named{}
	var found []*named
	for doc := range d.ends {
		if doc%1024 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		_, fields, _ := strings.Cut(d.of(doc), "\n") // behind the name of the document
		for _, publisher := range []bool{false, true} {
			key := named{publisher: publisher}
			key.folded, fields, _ = strings.Cut(fields, "\n")
			if key.folded == "" || !begins(key.folded, prefix) {
				continue
			}
			k := known[key]
			if k == nil {
				k = &named{folded: key.folded, publisher: key.publisher, doc: doc}
				known[key], found = k, append(found, k)
			}
			k.count++
		}
	}
	return found, nil
}

// Titles returns at most n publishers and titles that have a word beginning with
// what is typed so far, all for an empty prefix: publishers first, since they
// narrow less, and of both those of most documents.
func (ix *Index) Titles(ctx context.Context, prefix string, n int) ([]string, error) {
	g, err := ix.acquire()
	if err != nil {
		return nil, err
	}
	defer g.release()
	found, err := g.descriptions().beginning(ctx, text.Fold(store.Spaced(prefix)))
	if err != nil {
		return nil, err
	}
	slices.SortFunc(found, func(a, b *named) int {
		switch {
		case a.publisher && !b.publisher:
			return -1
		case b.publisher && !a.publisher:
			return 1
		}
		return cmp.Or(cmp.Compare(b.count, a.count), cmp.Compare(a.folded, b.folded))
	})
	names := make([]string, 0, min(n, len(found)))
	for _, k := range found[:min(n, len(found))] {
		s := g.source(k.doc)
		if k.publisher {
			names = append(names, s.Publisher)
		} else {
			names = append(names, s.Title)
		}
	}
	return names, nil
}

// begins reports whether a word of s begins with prefix; both are folded.
func begins(s, prefix string) bool {
	for at := 0; at <= len(s); at++ {
		i := strings.Index(s[at:], prefix)
		if i < 0 {
			return false
		}
		if at += i; at == 0 || !inWord(s[at-1]) {
			return true
		}
	}
	return false
}

// inWord reports whether a byte is part of a word.
func inWord(b byte) bool {
	return b >= utf8.RuneSelf || 'a' <= b && b <= 'z' || '0' <= b && b <= '9'
}
