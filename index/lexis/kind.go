package lexis

import (
	"slices"
	"strings"
)

// Kind is a kind of thing that a question asks for and a sentence tells.
type Kind uint8

// The kinds. Thing is the open kind of "what" and "which".
const (
	Unasked Kind = iota
	Person
	Place
	Time
	Number
	Duration
	Reason
	Manner
	Definition
	Name
	Thing
	Speech
	Whether // yes or no
	Kinds   // how many there are
)

var kindNames = [Kinds]string{"", "person", "place", "time", "number", "duration", "reason", "manner", "definition", "name", "thing", "speech", "whether"}

// String names the kind as the data files do.
func (k Kind) String() string { return kindNames[k] }

func kindNamed(s string) (Kind, bool) {
	i := slices.Index(kindNames[:], s)
	return Kind(max(i, 0)), i > 0
}

// KindSet is a set of kinds.
type KindSet uint16

// Has reports whether k is in the set.
func (s KindSet) Has(k Kind) bool { return s&(1<<k) != 0 }

func (s KindSet) with(k Kind) KindSet { return s | 1<<k }

// phrase is a few words that ask for, or tell, a kind.
type phrase struct {
	words []string
	kind  Kind
	opens bool // only where a question or a part of it begins
	alone bool // never before the noun asked for
}

// phrases are kept by their first word, the longest first.
type phrases map[string][]phrase

func (p phrases) add(a *Analyzer, s string, k Kind) {
	s, opens := strings.CutPrefix(s, "^")
	s, alone := strings.CutSuffix(s, "!")
	words := a.words(s)
	if len(words) == 0 {
		return
	}
	p[words[0]] = append(p[words[0]], phrase{words, k, opens, alone})
	slices.SortStableFunc(p[words[0]], func(a, b phrase) int { return len(b.words) - len(a.words) })
}

// at returns the longest phrase that the tokens begin with.
func (p phrases) at(tokens []Token) (phrase, bool) {
	return first(p[tokens[0].Word], tokens)
}

// first returns the first of some phrases that the tokens begin with.
func first(all []phrase, tokens []Token) (phrase, bool) {
	for _, f := range all {
		if f.begins(tokens) {
			return f, true
		}
	}
	return phrase{}, false
}

func (f phrase) begins(tokens []Token) bool {
	if len(tokens) < len(f.words) {
		return false
	}
	for i, w := range f.words {
		if tokens[i].Word != w {
			return false
		}
	}
	return true
}

// markTells adds the kinds that phrases show to their first tokens.
func markTells(tokens []Token) {
	for i := range tokens {
		if f, ok := first(tokens[i].known.phrases, tokens[i:]); ok {
			tokens[i].Tells = tokens[i].Tells.with(f.kind)
		}
	}
}
