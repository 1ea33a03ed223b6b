package index

import (
	"strings"

	"example.org/attache/corpus/speech"
	"example.org/attache/corpus/text"
	"example.org/attache/index/internal/people"
	"example.org/attache/index/internal/store"
)

// accept returns which documents pass the filter; nil when all do. It is for
// one question at a time: of each document the names are compared once.
func (g *generation) accept(f Filter) func(doc int) bool {
	if f == (Filter{}) {
		return nil
	}
	words := strings.Fields(text.Fold(f.Source))
	var speaking map[int]bool
	if f.Speaker != "" {
		speaking = g.speaking(f.Speaker)
	}
	const unknown, yes, no = 0, 1, 2
	source := make([]uint8, g.documents.Len()) // whether the words are those of the document, once asked
	return func(doc int) bool {
		if f.among != nil && !f.among.docs[doc] || !f.includes(g.documents.Day[doc]) || speaking != nil && !speaking[doc] {
			return false
		}
		if len(words) == 0 {
			return true
		}
		if source[doc] == unknown {
			source[doc] = no
			if g.descriptions().hold(doc, words) {
				source[doc] = yes
			}
		}
		return source[doc] == yes
	}
}

// includes reports whether a day, as the table numbers it, lies in the
// filter's period. A month or a year does when a part of it may.
func (f Filter) includes(day int32) bool {
	if f.Since.IsZero() && f.Until.IsZero() {
		return true
	}
	if day == 0 {
		return false
	}
	return lastDay(day) >= store.DayNumber(f.Since) && (f.Until.IsZero() || day <= lastDay(store.DayNumber(f.Until)))
}

// lastDay is the last day that a day, a month or a year holds.
func lastDay(day int32) int32 {
	if day&31 == 0 {
		day |= 31
	}
	if day>>5&15 == 0 {
		day |= 15 << 5
	}
	return day
}

// speaking returns the documents with statements of whoever a name may mean.
func (g *generation) speaking(name string) map[int]bool {
	docs := map[int]bool{}
	found, _ := g.lookup(name)
	for _, e := range found {
		for at := range g.people.Entry(e).Remarks() {
			docs[at.Doc] = true
		}
	}
	return docs
}

// speaker returns the name of who makes a statement of the document numbered
// doc, as the document spells it; for a bare family name, the full one that other
// documents give that person.
func (g *generation) speaker(doc int, d *store.Record, s *speech.Statement) string {
	named, err := d.People()
	if err != nil || s.Person >= len(named) {
		return ""
	}
	name := s.Speaker(named)
	if s.Person == speech.NoPerson || strings.Contains(name, " ") {
		return name
	}
	if entries := g.people.OfDocument(doc); s.Person < len(entries) && entries[s.Person] != people.NoEntry {
		return g.people.Name(entries[s.Person] - 1)
	}
	return name
}
