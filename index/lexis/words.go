package lexis

import (
	"fmt"
	"slices"
	"strings"

	"example.org/attache/corpus/language"
	"example.org/attache/corpus/text"
)

// words is the file of a language: what it asks with, the words that show
// what kind of thing a sentence tells, and sets of synonyms. Every list is of
// single words or of short phrases, in lower case. What asks only where a
// question or a part of it begins has a ^ before it, what never precedes the
// noun asked for a ! behind it. In a script without spaces, a pair of characters
// says what either does.
type words struct {
	shapes   map[Shape][]string
	asks     map[Kind][]string
	tells    map[Kind][]string
	nouns    map[Kind][]string // what things of a kind are called: "which actor"
	classes  []class           // of things: "what language"
	forms    [][]string        // of one word, the first of which stands for all
	whole    [][]string        // the same of words whose stem is that of another
	kin      [][]string        // of one family
	months   [][]string        // their names, January first
	when     map[Period][]string
	requests []string // what comes before a question: "do you know"
	newest   []string // what asks for the newest that there is: "the latest on"
	synonyms [][]string
	foreign  string // characters that foreign names are written with

	particles []string // cut from the end of a word
	endings   []string // cut from the end of a verb that is made of a noun
}

func readWords(file, dates language.Words) (words, error) {
	w := words{months: dates.Lines("months"), shapes: map[Shape][]string{}, asks: map[Kind][]string{}, tells: map[Kind][]string{}, nouns: map[Kind][]string{}, when: map[Period][]string{}}
	for _, s := range file {
		w.open(s.Name)
		for _, line := range s.Lines {
			if err := w.add(s.Name, line); err != nil {
				return w, err
			}
		}
	}
	return w, nil
}

// open begins a section: one of a class names what asks for it.
func (w *words) open(section string) {
	if what, nouns, _ := strings.Cut(section, " "); what == "class" {
		w.classes = append(w.classes, class{nouns: strings.Fields(nouns)})
	}
}

var shapeSections = map[string]Shape{"stop": Stop, "light": Light, "pronouns": Pronoun, "strong": Strong}

func (w *words) add(section string, entries []string) error {
	what, of, _ := strings.Cut(section, " ")
	shape, isShape := shapeSections[section]
	kind, isKind := kindNamed(of)
	switch {
	case isShape:
		w.shapes[shape] = append(w.shapes[shape], entries...)
	case what == "asks" && isKind:
		w.asks[kind] = append(w.asks[kind], entries...)
	case what == "tells" && isKind:
		w.tells[kind] = append(w.tells[kind], entries...)
	case what == "nouns" && isKind:
		w.nouns[kind] = append(w.nouns[kind], entries...)
	case what == "class" && len(w.classes) <= mostClasses:
		last := &w.classes[len(w.classes)-1]
		last.members = append(last.members, entries...)
	case what == "particles":
		w.particles = append(w.particles, joined(entries)...)
	case what == "endings":
		w.endings = append(w.endings, joined(entries)...)
	case what == "foreign":
		w.foreign += strings.Join(entries, "")
	case what == "when":
		p, err := readPeriod(of)
		w.when[p] = append(w.when[p], entries...)
		return err
	case what == "requests":
		w.requests = append(w.requests, entries...)
	case what == "newest":
		w.newest = append(w.newest, entries...)
	case what == "forms":
		w.forms = append(w.forms, entries)
	case what == "whole":
		w.whole = append(w.whole, entries)
	case what == "kin":
		w.kin = append(w.kin, entries)
	case what == "synonyms":
		w.synonyms = append(w.synonyms, entries)
	case slices.Contains([]string{"stop list", "stemmer", "proclitics", "weak letters", "prefixes", "suffixes", "capital nouns", "noun asked for", "holder asked for", "beside office", "same office", "brief speech", "speech in full"}, section):
		// read elsewhere: the dialect, the questions for who holds an office
	default:
		return fmt.Errorf("unknown section [%s]", section)
	}
	return nil
}

// joined are the entries of a line; where one of them holds a plus, each before
// it followed by each behind it.
func joined(entries []string) (all []string) {
	at := slices.IndexFunc(entries, func(e string) bool { return strings.Contains(e, "+") })
	if at < 0 {
		return entries
	}
	last, first, _ := strings.Cut(entries[at], "+")
	for _, a := range append(slices.Clone(entries[:at]), strings.TrimSpace(last)) {
		for _, b := range append([]string{strings.TrimSpace(first)}, entries[at+1:]...) {
			all = append(all, a+b)
		}
	}
	return all
}

// byLength sorts entries, the longest first.
func byLength(entries []string) []string {
	slices.SortStableFunc(entries, func(a, b string) int { return len(b) - len(a) })
	return entries
}

// install gives the words to the language's analyzer.
func (w words) install(a *Analyzer) {
	for _, set := range w.forms {
		for _, f := range set[1:] {
			a.forms[f] = set[0]
		}
	}
	for _, set := range w.whole {
		for _, f := range set {
			a.whole[f] = set[0]
		}
	}
	a.foreign = text.Simplified(w.foreign)
	a.particles, a.endings = byLength(w.particles), byLength(w.endings)
	for i, set := range w.months {
		for _, m := range set {
			a.months[strings.Join(a.words(m), " ")] = i + 1
		}
	}
	for p, entries := range w.when {
		for _, e := range entries {
			a.when = append(a.when, when{a.words(e), p})
		}
	}
	a.newest, a.requests = a.phrases(w.newest), a.phrases(w.requests)
	for shape, entries := range w.shapes {
		for _, e := range entries {
			a.list(e, shape, 0)
		}
	}
	for k := range Kinds {
		for _, e := range w.tells[k] {
			if len(a.words(e)) > 1 {
				a.tells.add(a, e, k)
			} else {
				a.list(e, 0, KindSet(0).with(k))
			}
		}
		for _, e := range w.nouns[k] {
			a.nouns[formOf(a, e)] = k
		}
		for _, e := range w.asks[k] {
			a.asks.add(a, e, k)
		}
	}
}

// phrases are the words of some entries, the longest first.
func (a *Analyzer) phrases(entries []string) (all []phrase) {
	for _, e := range entries {
		all = append(all, phrase{words: a.words(e)})
	}
	slices.SortStableFunc(all, func(a, b phrase) int { return len(b.words) - len(a.words) })
	return all
}

// synonymsFor returns, by term or concept, what else may stand for it.
func (w words) synonymsFor(a *Analyzer) map[string]map[string]float64 {
	all := map[string]map[string]float64{}
	relate := func(sets [][]string, level float64) {
		for _, set := range sets {
			forms := make([]string, len(set))
			for i, s := range set {
				forms[i] = formOf(a, s)
			}
			for _, f := range forms {
				if all[f] == nil {
					all[f] = map[string]float64{}
				}
				for _, g := range forms {
					if g != f {
						all[f][g] = max(all[f][g], level)
					}
				}
			}
		}
	}
	relate(w.synonyms, synonymous)
	relate(w.kin, related)
	return all
}

// How well a word of the same set, or of the same family, stands for another.
const (
	synonymous = 0.3
	related    = 0.85
)

// formOf is the term of a word, the concept of a phrase or name.
func formOf(a *Analyzer, s string) string {
	tokens := a.Tokens(nil, s)
	switch {
	case len(tokens) == 0:
		return s
	case tokens[0].Concept != "" && int(tokens[0].Words) == len(tokens):
		return tokens[0].Concept
	case len(tokens) == 1:
		return tokens[0].Term
	}
	return phraseConcept(s)
}

// phraseMark begins the concepts of phrases, and of nothing else.
const phraseMark = "+"

func phraseConcept(s string) string { return phraseMark + s }
