package lexis

import (
	"slices"
	"unicode"
)

// Guess says in which of the languages a question is asked: the one whose
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

// clearly is by how much a question must look more like another language than like
// any of the documents' for it to be asked in that.
const clearly = 0.15

// AskedIn returns the language that a question is asked in, where that may be none of the
// documents: theirs, unless it is clearly another that the vocabulary has.
func AskedIn(question string, documents []string) string {
	own := Guess(question, documents)
	other := Guess(question, vocabulary().columns)
	like, unlike := For(other).familiar(question), For(own).familiar(question)
	if slices.Contains(documents, other) || like < unlike+clearly && (unlike > 0 || like == 0) {
		return own
	}
	return other
}

// familiar returns how much of a text looks like the analyzer's language.
func (a *Analyzer) familiar(s string) float64 {
	own, all := 0.0, 0.0
	for _, t := range a.cut(nil, s) {
		all++
		_, asks := a.asks[t.Word]
		if !a.writes(t.Word) {
			continue
		}
		own += 0.1
		switch {
		case asks || t.Is(Stop) && !t.Is(Acronym):
			own++
		case t.Tells.Has(Speech):
			own += 0.5 // "o que disse" is Portuguese, "o que dijo" Spanish
		}
	}
	return own / max(all, 1)
}

// Scripts are those that the language is written in.
func (a *Analyzer) Scripts() []*unicode.RangeTable {
	if len(a.row.scripts) == 0 {
		return latin
	}
	return a.row.scripts
}

// writes reports whether a word is in a script of the language.
func (a *Analyzer) writes(w string) bool {
	scripts := a.Scripts()
	for _, r := range w {
		return slices.ContainsFunc(scripts, func(t *unicode.RangeTable) bool { return unicode.Is(t, r) })
	}
	return false
}

var latin = []*unicode.RangeTable{unicode.Latin}
