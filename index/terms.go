package index

import (
	"slices"

	"example.org/attache/index/internal/postings"
	"example.org/attache/index/lexis"
)

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
