package lexis

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Synonyms returns the terms and concepts that may stand for a token's, with
// how well they do.
func (a *Analyzer) Synonyms(t Token) map[string]float64 {
	if t.Concept != "" {
		return a.synonyms[t.Concept]
	}
	return a.synonyms[t.Term]
}

// Similar finds the term among those with synonyms that a misspelt one was
// meant to be: one letter is missing, too many, or another. Of several it
// takes the first in the alphabet.
func (a *Analyzer) Similar(term string) (best string, found bool) {
	if len(term) < 6 {
		return "", false
	}
	for t := range a.synonyms {
		if t[0] == term[0] && (!found || t < best) && OneApart(t, term) {
			best, found = t, true
		}
	}
	return best, found
}

// OneApart reports whether two words differ by one letter.
func OneApart(s, t string) bool {
	a, b := []rune(s), []rune(t)
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	n := 0
	for n < len(a) && a[n] == b[n] {
		n++
	}
	rest := b[n+min(1, len(b)-n):]
	return slices.Equal(a[n:], rest) || len(a) == len(b) && n < len(a) && slices.Equal(a[n+1:], rest)
}

// consonants are the letters of a term that stay the same in its forms, for the
// languages that change a word from within.
func (a *Analyzer) consonants(term string) string {
	if a.row.weak == "" || !a.writes(term) {
		return ""
	}
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(a.row.weak, r) {
			return -1
		}
		return r
	}, term)
}

// Skeleton is the consonants of a token's term without a letter that may be
// written together with it; empty where too few are left.
func (a *Analyzer) Skeleton(t *Token) string {
	s := t.Consonants()
	if r, size := utf8.DecodeRuneInString(s); utf8.RuneCountInString(s) > leastSkeleton && strings.ContainsRune(a.row.proclitics, r) {
		s = s[size:]
	}
	if utf8.RuneCountInString(s) < leastSkeleton {
		return ""
	}
	return s
}

// Clitics returns the terms that a token's word is found by when a letter is
// written together with it, and, where one may be, the term without it: Arabic
// "in Melbourne" is one word.
func (a *Analyzer) Clitics(t Token) (with, without []string) {
	if first, _ := utf8.DecodeRuneInString(t.Word); !unicode.In(first, a.row.scripts...) {
		return nil, nil
	}
	for _, p := range a.row.proclitics {
		term := string(p) + t.Term
		with = append(with, term)
		if whole := fold(a.stemmed(string(p) + t.Word)); whole != term && whole != t.Term {
			with = append(with, whole)
		}
		rest, ok := strings.CutPrefix(t.Word, string(p))
		if !ok || a.lists[rest].shape.is(Stop) {
			continue
		}
		if term := fold(a.stemmed(rest)); utf8.RuneCountInString(term) >= leastSkeleton {
			without = append(without, term)
		}
	}
	return with, without
}

// leastSkeleton is the length of a root.
const leastSkeleton = 3
