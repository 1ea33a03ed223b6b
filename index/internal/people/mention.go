package people

import (
	"cmp"
	"iter"
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"example.org/attache/corpus"
	"example.org/attache/corpus/speech"
	"example.org/attache/corpus/text"
	"example.org/attache/index/internal/store"
)

// What makes a profile's sentences worth showing is judged when the index is
// built, so that only documents that show something are fetched.

// mention is a sentence that names a person, and the name's place.
type mention struct{ Sentence, Name text.Span }

// aboutWithin is how near to its beginning, in bytes, a sentence names whom it
// is about.
const aboutWithin = 40

// aboutLeast is the least length, in bytes, of a sentence worth showing.
const aboutLeast = 30

// About reports whether the sentence is about the person and long enough to show.
func (m mention) About() bool {
	return m.Name.Start-m.Sentence.Start <= aboutWithin && m.Sentence.Len() >= aboutLeast
}

// OwnWords returns what each person of a document is quoted with, by the number
// of the person: spans in order, without overlap.
func OwnWords(said []speech.Statement) map[int][]text.Span {
	own := map[int][]text.Span{}
	for _, s := range said {
		if s.Person != speech.NoPerson && s.Kind != speech.Reported {
			own[s.Person] = append(own[s.Person], s.Span)
		}
	}
	for person, spans := range own {
		slices.SortFunc(spans, func(a, b text.Span) int { return cmp.Compare(a.Start, b.Start) })
		joined := spans[:1]
		for _, s := range spans[1:] {
			if last := &joined[len(joined)-1]; s.Start < last.End {
				last.End = max(last.End, s.End)
				continue
			}
			joined = append(joined, s)
		}
		own[person] = joined
	}
	return own
}

// Mentions are the sentences of running text that name one of the document's
// people and aren't that person's own words.
func Mentions(d *store.Record, who *speech.Person, own []text.Span) iter.Seq[mention] {
	return func(yield func(mention) bool) {
		for _, m := range who.Mentions {
			s := d.Sentence(m.Span)
			at := sort.Search(len(own), func(i int) bool { return own[i].End > s.Start })
			quoted := at < len(own) && own[at].Overlaps(s)
			if !quoted && d.Kind(s) == corpus.Body && !yield(mention{s, m.Span}) {
				return
			}
		}
	}
}

// aboutIn grades how well the document's sentences can be shown as mentions.
func aboutIn(d *store.Record, who *speech.Person, own []text.Span) Aboutness {
	best := unmentioned
	for m := range Mentions(d, who, own) {
		if m.About() {
			return Mentioned
		}
		best = Touched
	}
	return best
}

// telling reports whether a quotation is more than a scrap: a sentence's worth
// of words from the beginning of a sentence.
func telling(quote string) bool {
	first, _ := utf8.DecodeRuneInString(quote)
	return !unicode.IsLower(first) && (len(strings.Fields(quote)) >= 6 || utf8.RuneCountInString(quote) >= 40)
}
