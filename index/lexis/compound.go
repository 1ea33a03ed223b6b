package lexis

import (
	"unicode"
	"unicode/utf8"
)

// fewestSyllables is how many each part of a Korean compound has at least.
const fewestSyllables = 2

// isKorean reports whether a token is a Korean word that can be a compound or a part
// of one.
func (a *Analyzer) isKorean(t *Token) bool {
	first, _ := utf8.DecodeRuneInString(t.Term)
	return a.code == "ko" && !t.Is(Stop) && !t.Is(Light) && t.Concept == "" && unicode.Is(unicode.Hangul, first)
}

// Joined is the term of two words that are written as one: 타이타닉호 for 타이타닉 호.
// Empty where they can't be.
func (a *Analyzer) Joined(t, next Token) string {
	if !a.isKorean(&t) || !a.isKorean(&next) || t.Word != t.Term || next.Start != t.End+1 {
		return ""
	}
	return a.remember(t.Word + next.Word).term
}

// Split cuts compounds that the documents never use into two words that they do, the
// rarer of which is as common as can be.
func (a *Analyzer) Split(tokens []Token, frequency func(term string) int) []Token {
	if a.code != "ko" {
		return tokens
	}
	var all []Token
	for _, t := range tokens {
		first, second, ok := a.parts(&t, frequency)
		if !ok {
			all = append(all, t)
			continue
		}
		all = append(all, first, second)
	}
	return all
}

func (a *Analyzer) parts(t *Token, frequency func(term string) int) (first, second Token, ok bool) {
	_, asks := a.asks[t.Word]
	if n := utf8.RuneCountInString(t.Term); asks || !a.isKorean(t) || n < 2*fewestSyllables || frequency(t.Term) > 0 {
		return first, second, false
	}
	most, runes := 0, 0
	for at := range t.Term {
		if runes++; runes <= fewestSyllables || utf8.RuneCountInString(t.Term[at:]) < fewestSyllables {
			continue
		}
		x, y := a.remember(t.Term[:at]), a.remember(t.Word[at:])
		if n := min(frequency(x.term), frequency(y.term)); n > most {
			most, ok = n, true
			first = Token{Start: t.Start, End: t.Start + int32(at), Term: x.term, Word: x.word, Tells: x.tells, Shape: x.shape, Written: x.number, known: x}
			second = Token{Start: t.Start + int32(at), End: t.End, Term: y.term, Word: y.word, Tells: y.tells, Shape: y.shape, Written: y.number, known: y}
		}
	}
	return first, second, ok
}
