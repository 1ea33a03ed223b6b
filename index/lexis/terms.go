package lexis

import "slices"

// Terms returns what a text in a language is found by, each once and in
// order: the terms of its words, and the vocabulary's concepts.
func Terms(language, s string) []string {
	var found []string
	for _, t := range For(language).Tokens(nil, s) {
		if !t.Is(Stop) {
			found = append(found, t.Term)
		}
		if t.Concept != "" {
			found = append(found, t.Concept)
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}
