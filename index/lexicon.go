package index

import (
	"slices"

	"example.org/attache/index/internal/postings"
	"example.org/attache/index/lexis"
)

// lexicon looks the terms of a question up in a generation: among the documents
// in its language, and among those of which the language isn't known, as may be
// with a short note or a table. It keeps the first error.
type lexicon struct {
	*generation
	fields []string
	words  map[string][]string // how the question writes a term: words of no known language are not stemmed
	err    error
}

func newLexicon(g *generation, language, question string) *lexicon {
	l := &lexicon{generation: g, fields: []string{field(language)}, words: map[string][]string{}}
	if language == "" || !slices.Contains(g.languages, "") {
		return l
	}
	l.fields = append(l.fields, field(""))
	for _, t := range lexis.For(language).Tokens(nil, question) {
		if t.Word != t.Term && !slices.Contains(l.words[t.Term], t.Word) {
			l.words[t.Term] = append(l.words[t.Term], t.Word)
		}
	}
	return l
}

// ways are the ways in which passages hold a term.
func (l *lexicon) ways(term string) (all []postings.Way) {
	for _, f := range l.fields {
		all = append(all, postings.Way{Field: f, Terms: []string{term}})
	}
	for _, w := range l.words[term] {
		all = append(all, postings.Way{Field: field(""), Terms: []string{w}})
	}
	return all
}

// Frequency returns how many passages contain a term.
func (l *lexicon) Frequency(term string) int {
	n, err := l.postings.Frequency(l.ways(term)...)
	l.keep(err)
	return n
}

// Size returns the number of passages, in all languages.
func (l *lexicon) Size() int { return l.postings.Size() }

func (l *lexicon) keep(err error) {
	if l.err == nil {
		l.err = err
	}
}
