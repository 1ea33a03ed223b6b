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

// mostSimilar bounds how many like spellings are looked at.
const mostSimilar = 50

// Similar finds the term that a misspelt one was meant to be: the most
// frequent of those with two neighbouring letters swapped, or else at the
// smallest distance, 1, or 2 for long words, with the same first letter.
func (l *lexicon) Similar(term string) (string, bool) {
	runes := []rune(term)
	if len(runes) < 5 {
		return "", false
	}
	if best := l.commonest(swapped(runes)); best != "" {
		return best, true
	}
	for distance := 1; distance <= 2 && distance*8 <= len(runes)+7; distance++ {
		if best := l.commonest(l.within(term, distance, string(runes[0]))); best != "" {
			return best, true
		}
	}
	return "", false
}

// commonest returns the most frequent of the terms; empty when none occurs.
func (l *lexicon) commonest(terms []string) (best string) {
	most := 0
	for _, t := range terms {
		if n := l.Frequency(t); n > most {
			best, most = t, n
		}
	}
	return best
}

// swapped returns the words with two neighbouring letters swapped.
func swapped(runes []rune) (all []string) {
	for i := 1; i+1 < len(runes); i++ {
		if w := slices.Clone(runes); w[i] != w[i+1] {
			w[i], w[i+1] = w[i+1], w[i]
			all = append(all, string(w))
		}
	}
	return all
}

// within returns terms at a distance of at most n letters.
func (l *lexicon) within(term string, n int, first string) (all []string) {
	for _, f := range l.fields {
		all = append(all, l.near(f, term, n, first)...)
	}
	return all
}

// longestMisspelt is how many bytes of a term are looked for misspelt.
const longestMisspelt = 80

// near returns the terms of one field that are similar to a misspelt one.
func (l *lexicon) near(field, term string, n int, first string) []string {
	if len(term) > longestMisspelt {
		return nil // the library refuses the longest, and nobody types them twice alike
	}
	all, err := l.postings.Similar(field, term, n, first, mostSimilar)
	l.keep(err)
	return all
}
