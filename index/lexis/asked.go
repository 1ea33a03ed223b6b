package lexis

import (
	"strings"
	"unicode/utf8"
)

// Question returns the tokens of a question. One typed without capitals is
// taken to mean the names that need them: "us" is the United States. One of
// capitals only is as good as one without.
func (a *Analyzer) Question(s string) []Token {
	if low := strings.ToLower(s); s == strings.ToUpper(s) && len(low) == len(s) && strings.Contains(strings.TrimSpace(s), " ") {
		s = low
	}
	tokens := a.cut(nil, s)
	typed := make([]Shape, len(tokens))
	capitals := false
	for i, t := range tokens {
		typed[i] = t.Shape
		capitals = capitals || i > 0 && t.Is(Capital)
	}
	if !capitals {
		for i := range tokens {
			if _, asks := a.asks[tokens[i].Word]; !asks {
				tokens[i].Shape |= Capital | Acronym
			}
		}
	}
	markConcepts(tokens)
	for i := range tokens {
		tokens[i].Shape = typed[i]
	}
	return tokens
}

// Name reports whether the token at place i is a name, by how it is written.
// Where all nouns have capitals, two of them together are one.
func (a *Analyzer) Name(tokens []Token, i int) bool {
	capital := func(i int) bool {
		return i >= 0 && i < len(tokens) && tokens[i].Is(Capital) && (i > 0 || tokens[i].Is(Gram))
	}
	beside := func(i int) bool {
		return capital(i) && capital(i+1) && tokens[i+1].Start == tokens[i].End+1
	}
	return tokens[i].Is(Acronym) || capital(i) && (!a.row.nouns || beside(i-1) || beside(i))
}

// NounsAreCapital reports whether all nouns are written as names are.
func (a *Analyzer) NounsAreCapital() bool { return a.row.nouns }

// Asked finds the words that ask, where they stand in a question, how many
// they are and what for.
func (a *Analyzer) Asked(question []Token) (at, n int, k Kind) {
	for i := range question {
		if i > 0 && question[i].Is(Capital) && question[i-1].Is(Capital) && !question[i].Is(Stop) {
			continue // "Doctor Who"
		}
		f, ok := a.asking(question[i:])
		if ok && (!f.opens || i == 0 || question[i].Start > question[i-1].End+1) {
			if !f.alone {
				f.kind = a.narrowed(f.kind, question[i+len(f.words):])
			}
			return i, len(f.words), f.kind
		}
	}
	return 0, 0, Unasked
}

// asking returns the words that ask which the tokens begin with. A character
// of a pair may ask alone; the second of one begins the next pair, if any.
func (a *Analyzer) asking(tokens []Token) (phrase, bool) {
	f, ok := a.asks.at(tokens)
	if ok || !tokens[0].Is(Gram) {
		return f, ok
	}
	_, size := utf8.DecodeRuneInString(tokens[0].Word)
	if f, ok = a.asks.at([]Token{{Word: tokens[0].Word[:size]}}); ok || len(tokens) > 1 && tokens[1].Start < tokens[0].End {
		return f, ok
	}
	return a.asks.at([]Token{{Word: tokens[0].Word[size:]}})
}

// mostApart is how many words may stand between those that ask and the noun
// asked for: "what large Swiss political party".
const mostApart = 2

// narrowed is the kind of the noun that the rest of a question begins with,
// where the words that ask leave the kind open.
func (a *Analyzer) narrowed(k Kind, rest []Token) Kind {
	if k != Thing {
		return k
	}
	apart := mostApart
	if a.row.nounNext {
		apart = 0
	}
	for i := range min(len(rest), apart+1) {
		if rest[i].Is(Stop) || a.row.nouns && i > 0 && rest[i-1].Is(Capital) && !rest[i].Is(Capital) {
			break // the noun asked for was before it
		}
		if of, ok := a.nouns[rest[i].Term]; ok {
			return of
		}
	}
	return k
}
