package lexis

import (
	"slices"
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
	if capitals {
		markUncased(tokens)
	}
	for i := range tokens {
		tokens[i].Shape = typed[i]
		a.markAcronym(&tokens[i])
	}
	return tokens
}

// markUncased marks the names of several words that are typed without their
// capitals beside others that have them: "what did Lind say about north korea".
// A single word without a capital may be no name: "turkey".
func markUncased(tokens []Token) {
	for i := range tokens {
		for _, run := range tokens[i].known.names {
			if run.capital && len(run.terms) > max(1, int(tokens[i].Words)-1) && !isName(tokens[i].Concept) && run.hasTerms(tokens[i:]) {
				tokens[i].Concept, tokens[i].Words = run.concept, int8(len(run.terms))
				break
			}
		}
	}
}

// isName reports whether a concept is a name's rather than a phrase's.
func isName(concept string) bool {
	return concept != "" && !strings.HasPrefix(concept, phraseMark)
}

// markAcronym marks a name of the vocabulary that is written in capitals where
// it is typed without: "nato". Small words and those of two letters are not
// taken for one.
func (a *Analyzer) markAcronym(t *Token) {
	if t.Concept != "" || t.Is(Stop) || t.Is(Acronym) || len(t.Word) < 3 {
		return
	}
	if _, asks := a.asks[t.Word]; asks || a.classes.held[t.Term] != 0 || a.synonyms[t.Term] != nil {
		return // "car"
	}
	for _, run := range a.remember(strings.ToUpper(t.Word)).names {
		if run.upper && len(run.terms) == 1 {
			t.Concept, t.Words = run.concept, 1
		}
	}
}

// Recased returns the terms that a word has when it is written in other letters,
// small or capital, where they are others: names in capitals are not stemmed.
func (a *Analyzer) Recased(t *Token) (terms []string) {
	for _, w := range []string{strings.ToUpper(t.Word), t.Word} {
		if term := a.remember(w).term; term != "" && term != t.Term && !slices.Contains(terms, term) {
			terms = append(terms, term)
		}
	}
	return terms
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

// Asked finds the words that ask, where they are in a question, how many they are and
// what for. There may be none where the noun asked for comes last: "the capital of
// Peru?" in Turkish.
func (a *Analyzer) Asked(question []Token) (at, n int, k Kind) {
	request, _ := first(a.requests, question)
	begin := len(request.words)
	for i := begin; i < len(question); i++ {
		if i > 0 && question[i].Is(Capital) && question[i-1].Is(Capital) && !question[i].Is(Stop) {
			continue // "Doctor Who"
		}
		f, ok := a.asking(question[i:])
		if ok && (!f.opens || i == begin || question[i].Start > question[i-1].End+1) {
			if !f.alone {
				f.kind = a.narrowed(f.kind, question[i+len(f.words):])
			}
			if a.row.nounBefore && f.kind == Thing && i > 0 {
				f.kind = a.measured(f.kind, question[:i])
			}
			return i, len(f.words), f.kind
		}
	}
	if a.row.nounBefore && len(question) > 0 { // "the capital of Peru?"
		return 0, 0, a.measured(Unasked, question)
	}
	return 0, 0, Unasked
}

// asking returns the words that ask which the tokens begin with. A character
// of a pair may ask alone; the second of one begins the next pair, if any.
func (a *Analyzer) asking(tokens []Token) (phrase, bool) {
	f, ok := a.asks.at(tokens)
	if bare := cutEnd(tokens[0].Word, a.particles); !ok && bare != tokens[0].Word {
		for i := 0; i < mostParticles && !ok && bare != ""; i++ {
			f, ok = a.asks.at([]Token{{Word: bare}})
			bare = cutEnd(bare, a.particles)
		}
		return f, ok
	}
	if ok || !tokens[0].Is(Gram) {
		return f, ok
	}
	_, size := utf8.DecodeRuneInString(tokens[0].Word)
	if f, ok = a.asks.at([]Token{{Word: tokens[0].Word[:size]}}); ok || len(tokens) > 1 && tokens[1].Start < tokens[0].End {
		return f, ok
	}
	return a.asks.at([]Token{{Word: tokens[0].Word[size:]}})
}

// mostApart is how many words may be between those that ask and the noun
// asked for: "what large Swiss political party".
const mostApart = 2

// narrowed is the kind of the noun that the rest of a question begins with,
// where the words that ask leave the kind open.
func (a *Analyzer) narrowed(k Kind, rest []Token) Kind {
	if k == Definition {
		return a.headOf(k, rest)
	}
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

// mostParticles is how many particles a word that asks may end in.
const mostParticles = 2

// told are the kinds that "what is the …" asks for where the noun is of one: the
// others are as likely to be explained as to be named.
var told = KindSet(0).with(Person).with(Place).with(Time).with(Number)

// headOf is the kind of the noun that "what is" asks for when more is said of
// it: "what is the largest city of Peru" asks for a place.
func (a *Analyzer) headOf(k Kind, rest []Token) Kind {
	end := 0
	for end < len(rest) && (!rest[end].Is(Stop) || end == 0) {
		end++
	}
	last := a.row.nounLast && end > 1
	if end == 0 || end == len(rest) && !last || end == 1 && rest[0].Is(Stop) {
		return k
	}
	return a.measured(k, rest[:end])
}

// measured is the kind of the noun that some words end in, where it is one of
// those that are told.
func (a *Analyzer) measured(k Kind, words []Token) Kind {
	if of, ok := a.nouns[words[len(words)-1].Term]; ok && told.Has(of) {
		return of
	}
	return k
}
