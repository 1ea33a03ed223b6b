package index

import "slices"

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
