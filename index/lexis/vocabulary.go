package lexis

import (
	_ "embed"
	"iter"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// A name is one line of names.txt: every spelling of one thing.
type name struct {
	concept   string
	region    string // ISO 3166 code of a state
	spellings []spelling
	related   map[string]float64 // other concepts that may stand for it
}

type spelling struct {
	text  string
	upper bool // only as written: "US", not "us"
}

//go:embed names.txt
var namesFile string

// names reads names.txt once.
var names = sync.OnceValue(func() []name {
	var all []name
	for line := range lines(namesFile) {
		all = append(all, readName(line)...)
	}
	return all
})

// readName reads a line: spellings, and after a bar the names of what may
// stand for it (a capital for its government), which are a concept of their
// own.
func readName(line string) []name {
	own, capital, _ := strings.Cut(line, "|")
	n := name{related: map[string]float64{}}
	if code, rest, ok := strings.Cut(own, ":"); ok {
		n.region, own = code, rest
	}
	for _, s := range list(own) {
		n.spellings = append(n.spellings, newSpelling(s))
	}
	n.concept = "=" + fold(strings.ToLower(n.spellings[0].text))
	all := []name{n}
	if c := list(capital); len(c) > 0 {
		seat := name{concept: "@" + fold(strings.ToLower(c[0])), related: map[string]float64{n.concept: seatForState}}
		for _, s := range c {
			seat.spellings = append(seat.spellings, newSpelling(s))
		}
		n.related[seat.concept] = stateForSeat
		all = append(all, seat)
	}
	return all
}

// How much a capital says where the state is asked for, and the reverse.
const (
	stateForSeat = 0.8
	seatForState = 0.8
)

func newSpelling(s string) spelling {
	upper := !strings.ContainsFunc(s, unicode.IsLower) && len([]rune(s)) <= 5 && strings.ContainsFunc(s, unicode.IsUpper)
	return spelling{s, upper}
}

// Related returns the concepts that may stand for a concept, with how well.
func Related(concept string) map[string]float64 { return relations()[concept] }

var relations = sync.OnceValue(func() map[string]map[string]float64 {
	all := map[string]map[string]float64{}
	for _, n := range names() {
		if len(n.related) > 0 {
			all[n.concept] = n.related
		}
	}
	return all
})

// concepts finds the vocabulary's names in a run of tokens, by the term of
// their first word.
type concepts map[string][]conceptRun

type conceptRun struct {
	terms   []string
	upper   bool // all capitals: "US"
	capital bool // a capital first: "Turkey"
	concept string
}

// conceptsFor analyses every spelling as the language does, so that inflected
// names are found.
func conceptsFor(a *Analyzer, synonyms [][]string) concepts {
	c := concepts{}
	var tokens []Token
	for _, n := range names() {
		for _, s := range n.spellings {
			tokens = a.Tokens(tokens[:0], s.text)
			c.add(n.concept, s, tokens)
		}
		if local := localName(n.region, a.code); local != "" {
			c.add(n.concept, newSpelling(local), a.Tokens(tokens[:0], local))
		}
	}
	for _, set := range synonyms {
		for _, s := range set {
			if tokens = a.Tokens(tokens[:0], s); len(tokens) > 1 {
				c.add(phraseConcept(s), spelling{text: s}, tokens)
			}
		}
	}
	for _, runs := range c {
		longestFirst(runs)
	}
	return c
}

func (c concepts) add(concept string, s spelling, tokens []Token) {
	if len(tokens) == 0 || len(tokens) > 8 {
		return
	}
	run := conceptRun{concept: concept, upper: s.upper, capital: tokens[0].Shape.is(Capital)}
	for _, t := range tokens {
		run.terms = append(run.terms, t.Term)
	}
	c[run.terms[0]] = append(c[run.terms[0]], run)
}

// markConcepts writes the concepts into the tokens, the longest first, none
// over another.
func markConcepts(tokens []Token) {
	for i := 0; i < len(tokens); i++ {
		for _, run := range tokens[i].known.names {
			if run.matches(tokens[i:]) {
				tokens[i].Concept, tokens[i].Words = run.concept, int8(len(run.terms))
				i += len(run.terms) - 1
				break
			}
		}
	}
}

func (r conceptRun) matches(tokens []Token) bool {
	return (!r.upper || tokens[0].Is(Acronym)) && (!r.capital || tokens[0].Is(Capital)) && r.hasTerms(tokens)
}

// hasTerms reports whether tokens begin with the terms of the name, in whatever
// letters.
func (r conceptRun) hasTerms(tokens []Token) bool {
	if len(tokens) < len(r.terms) {
		return false
	}
	for i, t := range r.terms {
		if tokens[i].Term != t {
			return false
		}
	}
	return true
}

func longestFirst(runs []conceptRun) {
	for i := range runs {
		for j := i; j > 0 && len(runs[j].terms) > len(runs[j-1].terms); j-- {
			runs[j], runs[j-1] = runs[j-1], runs[j]
		}
	}
}

// localName is what a language calls a state; empty when not known.
func localName(region, lang string) string {
	r, err := language.ParseRegion(region)
	if err != nil || lang == "" {
		return ""
	}
	n := display.Regions(language.Make(lang))
	if n == nil {
		return ""
	}
	return n.Name(r)
}

// lines yields the lines of s that hold anything; # begins a comment.
func lines(s string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for line := range strings.Lines(s) {
			line, _, _ = strings.Cut(line, "#")
			if line = strings.TrimSpace(line); line != "" && !yield(line) {
				return
			}
		}
	}
}

// list splits a line at its commas.
func list(line string) []string {
	var all []string
	for _, w := range strings.Split(line, ",") {
		if w = strings.TrimSpace(w); w != "" {
			all = append(all, w)
		}
	}
	return all
}
