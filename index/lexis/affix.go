package lexis

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// affixes are the prefixes and suffixes of a language that has no stemmer but builds
// words plainly: "menulis", "penulis", "ditulis" are all of "tulis". They are cut
// where two vowels at least are left.
type affixes struct {
	prefixes []prefix // the longest first
	suffixes []string // the same
}

// prefix takes the first letter of some words with it: where a vowel follows,
// that letter is put back.
type prefix struct{ written, swallows string }

const vowels = "aeiou"

func newAffixes(prefixes, suffixes []string) affixes {
	var x affixes
	for _, p := range byLength(prefixes) {
		written, swallows, _ := strings.Cut(p, "+")
		x.prefixes = append(x.prefixes, prefix{written, swallows})
	}
	slices.SortStableFunc(x.prefixes, func(a, b prefix) int { return len(b.written) - len(a.written) })
	x.suffixes = byLength(suffixes)
	return x
}

// cut returns a word without one suffix and one prefix.
func (x affixes) cut(w string) string {
	for _, s := range x.suffixes {
		if rest, ok := strings.CutSuffix(w, s); ok && isStem(rest) {
			w = rest
			break
		}
	}
	for _, p := range x.prefixes {
		rest, ok := strings.CutPrefix(w, p.written)
		if !ok {
			continue
		}
		if p.swallows != "" && rest != "" && strings.ContainsRune(vowels, rune(rest[0])) {
			rest = p.swallows + rest
		}
		if isStem(rest) {
			return rest
		}
	}
	return w
}

// isStem reports whether what is left of a word can be one.
func isStem(w string) bool {
	n := 0
	for _, v := range vowels {
		n += strings.Count(w, string(v))
	}
	return n >= 2
}

// stemmed is the stem of a word, without its particles and endings.
func (a *Analyzer) stemmed(w string) string {
	if whole, ok := a.whole[w]; ok {
		return whole
	}
	if noun := cutEnd(w, a.endings); noun != w {
		w = noun
	} else {
		w = cutEnd(w, a.particles)
	}
	return a.stem.Stem(a.row.affixes.cut(w))
}

// cutEnd cuts the longest of some endings that w has, which come the longest
// first, from it. Two letters at least are left, or one before an ending that
// nothing but a noun takes.
func cutEnd(w string, endings []string) string {
	for _, e := range endings {
		if rest, ok := strings.CutSuffix(w, e); ok && rest != "" {
			if n := utf8.RuneCountInString(rest); n >= 2 || n == 1 && utf8.RuneCountInString(e) >= 2 {
				return rest
			}
			return w
		}
	}
	return w
}
