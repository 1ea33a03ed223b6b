package index

import (
	"slices"

	"attache/index/lexis"
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
