package index

import (
	"slices"

	"example.org/attache/index/internal/postings"
	"example.org/attache/index/lexis"
)

// termsOf returns what a text in a language is found by, each once and in
// order: the terms of its words, and the vocabulary's concepts.
func termsOf(language, s string) []string {
	var found []string
	for _, t := range lexis.For(language).Tokens(nil, s) {
		if !t.Is(lexis.Stop) {
			found = append(found, t.Term)
		}
		if t.Concept != "" {
			found = append(found, t.Concept)
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// typed returns the terms of what somebody typed, each once and in order: of
// those that a word has in small letters and in capitals, the one that most
// passages hold.
func (g *generation) typed(language, s string) ([]string, error) {
	a := lexis.For(language)
	var found []string
	for _, t := range a.Question(s) {
		if t.Concept != "" {
			found = append(found, t.Concept)
		}
		if t.Is(lexis.Stop) {
			continue
		}
		best, most := t.Term, -1
		for _, term := range append([]string{t.Term}, a.Recased(&t)...) {
			n, err := g.postings.Frequency(postings.Way{Field: field(language), Terms: []string{term}})
			if err != nil {
				return nil, err
			}
			if n > most {
				best, most = term, n
			}
		}
		found = append(found, best)
	}
	slices.Sort(found)
	return slices.Compact(found), nil
}
