package lexis

import "strings"

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
func (a *Analyzer) Name(tokens []Token, i int) bool {
	return tokens[i].Is(Acronym) || tokens[i].Is(Capital) && i > 0 && !a.row.nouns
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
		if f, ok := a.asks.at(question[i:]); ok {
			return i, len(f.words), a.narrowed(f.kind, question[i+len(f.words):])
		}
	}
	return 0, 0, Unasked
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
	for i := range min(len(rest), mostApart+1) {
		if rest[i].Is(Stop) {
			break
		}
		if of, ok := a.nouns[rest[i].Term]; ok {
			return of
		}
	}
	return k
}
