package lexis

import (
	"slices"
	"unicode"
)

// Guess tells in which of the languages a question is asked: the one whose
// small words it uses, and whose script. Of equally good ones it takes the
// first.
func Guess(question string, among []string) string {
	best, most := "", -1.0
	for _, l := range among {
		if n := For(l).familiar(question); n > most {
			best, most = l, n
		}
	}
	return best
}

// familiar tells how much of a text looks like the analyzer's language.
func (a *Analyzer) familiar(s string) float64 {
	own, all := 0.0, 0.0
	for _, t := range a.cut(nil, s) {
		all++
		_, asks := a.asks[t.Word]
		if !a.writes(t.Word) {
			continue
		}
		own += 0.1
		if asks || t.Is(Stop) && !t.Is(Acronym) {
			own++
		}
	}
	return own / max(all, 1)
}

// writes reports whether a word is in a script of the language.
func (a *Analyzer) writes(w string) bool {
	scripts, ok := a.row.scripts, len(a.row.scripts) > 0
	if !ok {
		scripts = latin
	}
	for _, r := range w {
		return slices.ContainsFunc(scripts, func(t *unicode.RangeTable) bool { return unicode.Is(t, r) })
	}
	return false
}

var latin = []*unicode.RangeTable{unicode.Latin}
