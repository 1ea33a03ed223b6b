package index

import "math"

// lexicon looks terms up in one field of a generation. It keeps the first
// error.
type lexicon struct {
	*generation
	field string
	err   error
}

// Frequency tells how many passages hold a term.
func (l *lexicon) Frequency(term string) int {
	n, err := l.frequency(way{l.field, []string{term}})
	l.keep(err)
	return n
}

// Size tells how many passages there are, in all languages.
func (l *lexicon) Size() int { return l.Passages }

func (l *lexicon) keep(err error) {
	if l.err == nil {
		l.err = err
	}
}

// Similar finds the term that a misspelt one was meant to be: the most
// frequent at the smallest distance, with the same first letter. Distances
// are of letters: 1, or 2 for long words.
func (l *lexicon) Similar(term string) (string, bool) {
	runes := []rune(term)
	if len(runes) < 5 {
		return "", false
	}
	for distance := 1; distance <= 2 && distance*8 <= len(runes)+7; distance++ {
		if best := l.similar(term, distance, string(runes[0])); best != "" {
			return best, true
		}
	}
	return "", false
}

func (l *lexicon) similar(term string, distance int, first string) string {
	dict, err := l.snapshot.FieldDictFuzzy(l.field, term, distance, first)
	if err != nil {
		l.keep(err)
		return ""
	}
	defer dict.Close()
	best, most := "", uint64(0)
	for range math.MaxInt16 {
		entry, err := dict.Next()
		if err != nil || entry == nil {
			l.keep(err)
			break
		}
		if entry.Count > most {
			best, most = entry.Term, entry.Count
		}
	}
	return best
}
