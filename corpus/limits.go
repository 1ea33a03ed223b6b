package corpus

import (
	"fmt"
	"slices"
	"strings"

	"example.org/attache/corpus/format"
	"example.org/attache/corpus/speech"
	"example.org/attache/corpus/text"
)

// The most bytes of what is told of a document. What is longer is no title and
// no name, but a text in the wrong place.
const (
	maxTitle = 1000
	maxName  = 300
	maxURL   = 2000
	maxTags  = 50
	maxPart  = 1000
	maxNoted = 4000 // of what is left out of these
)

// limitFields cuts the fields of a document behind a word, with an ellipsis, and
// notes what is cut off; an address that is too long leads nowhere when it is cut,
// and is left out.
func limitFields(f *format.Document) {
	limit := func(field *string, most int) {
		whole := *field
		if *field = cut(whole, most); len(*field) < len(whole) {
			f.Leave(cut(whole, maxNoted), format.Excess)
		}
	}
	limit(&f.Title, maxTitle)
	limit(&f.Publisher, maxName)
	limit(&f.Author, maxName)
	limit(&f.Maker, maxName)
	if len(f.URL) > maxURL {
		f.Leave(cut(f.URL, maxNoted), format.Excess)
		f.URL = ""
	}
	if len(f.Tags) > maxTags {
		f.Leave(cut(strings.Join(f.Tags[maxTags:], ", "), maxNoted), format.Excess)
	}
	f.Tags = slices.Clone(f.Tags[:min(len(f.Tags), maxTags)])
	for i := range f.Tags {
		limit(&f.Tags[i], maxName)
	}
}

// cut shortens s to about so many bytes, behind a word.
func cut(s string, most int) string {
	if len(s) <= most {
		return s
	}
	s = strings.ToValidUTF8(s[:most], "")
	if at := strings.LastIndexByte(s, ' '); at > most/2 {
		s = s[:at]
	}
	return strings.Clone(strings.TrimRight(s, " ,;:")) + "…"
}

// budget is the most of each that a document is read with, beside its bytes and
// words.
type budget struct{ sentences, people, statements int }

// usualBudget: a book of a million words has some 60,000 sentences, a tenth of the
// people and half of the statements.
var usualBudget = budget{sentences: 150_000, people: 20_000, statements: 50_000}

// addSentences adds those of a stretch of text as far as the budget goes, and
// reports whether it goes on.
func (d *Document) addSentences(all []text.Span, b budget) bool {
	room := b.sentences - len(d.Sentences)
	d.Sentences = append(d.Sentences, all[:min(len(all), room)]...)
	return len(all) <= room
}

// setSpoken sets the statements and the people of the document, those that come
// first, as far as the budget goes. Statements of people beyond it are nobody's.
func (d *Document) setSpoken(statements []speech.Statement, people []speech.Person, b budget) {
	if len(statements) > b.statements {
		d.exceed(b.statements, "statements")
		statements = slices.Clone(statements[:b.statements])
	}
	if len(people) > b.people {
		d.exceed(b.people, "people")
		people = slices.Clone(people[:b.people])
		for i := range statements {
			if statements[i].Person >= b.people {
				statements[i].Person = speech.NoPerson
			}
		}
	}
	d.Statements, d.People = statements, people
}

// exceed notes that a document is not read whole.
func (d *Document) exceed(most int, what string) {
	d.exceeded = append(d.exceeded, fmt.Errorf("%w: only its first %d %s are read; split it", format.ErrTooBig, most, what))
}
