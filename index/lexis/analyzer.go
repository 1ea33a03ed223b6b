package lexis

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"example.org/attache/corpus/language"
	"example.org/attache/corpus/text"
	"example.org/attache/index/internal/stem"
)

// Analyzer makes terms of one language's words. It is safe for concurrent use.
type Analyzer struct {
	code     string // ISO 639-1, empty for an unknown language
	row      dialect
	stem     stem.Stemmer
	forms    map[string]string // irregular forms, with the word they are of
	whole    map[string]string // forms that are not stemmed, with the word they are of
	lists    map[string]entry  // words of the language's lists, in lower case
	asks     phrases
	when     []when
	newest   []phrase // the longest first
	requests []phrase // the same
	months   map[string]int
	nouns    map[string]Kind // by term: "actor" is a person
	tells    phrases         // of several words; single ones are in lists
	classes  classes
	concepts concepts
	synonyms map[string]map[string]float64
	foreign  string // characters that foreign names are written with

	particles, endings []string // cut from the end of a word, the longest first

	known *memory
}

// entry is what is known of a word.
type entry struct {
	term, word string
	consonants string // of the term; see Token
	tells      KindSet
	shape      Shape
}

var (
	analyzersMu sync.Mutex
	analyzers   = map[string]*Analyzer{}
)

// For returns the analyzer of a language, an ISO 639-1 code. The words of an
// unknown language are folded and not stemmed.
func For(lang string) *Analyzer {
	analyzersMu.Lock()
	defer analyzersMu.Unlock()
	if !slices.Contains(languages(), lang) {
		lang = ""
	}
	a := analyzers[lang]
	if a == nil {
		a = newAnalyzer(lang)
		analyzers[lang] = a
	}
	return a
}

func newAnalyzer(lang string) *Analyzer {
	file := language.Of(lang, language.Questions)
	a := &Analyzer{code: lang, row: dialectOf(lang, file), forms: map[string]string{}, whole: map[string]string{}, lists: map[string]entry{}, known: newMemory(), months: map[string]int{}, asks: phrases{}, nouns: map[string]Kind{}, tells: phrases{}}
	var err error
	if a.stem, err = stem.New(a.row.filters...); err != nil {
		panic(fmt.Sprintf("corpus/language/%s: %v", lang, err)) // part of the build; a test reads every file
	}
	a.readStops()
	w, err := readWords(file, language.Of(lang, language.Dates))
	if err != nil {
		panic(fmt.Sprintf("corpus/language/%s: %v", lang, err))
	}
	w.install(a)
	a.known = newMemory() // the lists were not complete yet
	a.classes = classesFor(a, w.classes)
	a.concepts = conceptsFor(a, w.synonyms)
	a.known = newMemory()
	a.synonyms = w.synonymsFor(a)
	return a
}

func (a *Analyzer) readStops() {
	for _, name := range a.row.stop {
		words, err := stem.Stops(name)
		if err != nil {
			panic(fmt.Sprintf("corpus/language/%s: %v", a.code, err))
		}
		for w := range words {
			a.list(w, Stop, 0)
		}
	}
}

// list adds a word to the language's lists.
func (a *Analyzer) list(word string, shape Shape, tells KindSet) {
	word = text.Simplified(word)
	e := a.lists[word]
	e.shape |= shape
	e.tells |= tells
	a.lists[word] = e
}

// Tokens appends the tokens of s to dst.
func (a *Analyzer) Tokens(dst []Token, s string) []Token {
	from := len(dst)
	dst = a.cut(dst, s)
	markConcepts(dst[from:])
	markTells(dst[from:])
	return dst
}

func (a *Analyzer) cut(dst []Token, s string) []Token {
	from := len(dst)
	add := func(start, end int, extra Shape) {
		if k := a.remember(s[start:end]); k.term != "" {
			shape := k.shape
			if n := len(dst); n > from && shape.is(Stop|Capital) && dst[n-1].Is(Capital) && !dst[n-1].Is(Stop) && start == int(dst[n-1].End)+1 && s[start-1] == ' ' {
				shape &^= Stop // "Doctor Who"
			}
			dst = append(dst, Token{Start: int32(start), End: int32(end), Term: k.term, Word: k.word, Tells: k.tells, Shape: shape | extra, Written: k.number, known: k})
		}
	}
	cut(s, func(start, end int) { add(start, end, 0) }, func(start, end int) { add(start, end, Gram) })
	return dst
}

// remember returns what is known of a word as written.
func (a *Analyzer) remember(written string) *known {
	return a.known.get(written, func(written string) known {
		e := a.analyse(written)
		return known{entry: e, names: a.concepts[e.term], phrases: a.tells[e.word]}
	})
}

func (a *Analyzer) analyse(written string) entry {
	shape := shape(written)
	low := text.Simplified(strings.ToLower(norm.NFKC.String(plain(written, shape))))
	if low == "s" || low == "" {
		return entry{} // what an apostrophe leaves of a possessive
	}
	e, listed := a.lists[low]
	if !listed {
		e = a.lists[cutEnd(low, a.particles)]
	}
	if shape.is(Acronym) {
		e = entry{}
	}
	e.shape |= shape
	if first, size := utf8.DecodeRuneInString(low); text.Unspaced(first) && size < len(low) {
		a.readPair(&e, low)
	}
	e.word = fold(low)
	e.term = e.word
	if e.shape&(Digits|Acronym) == 0 {
		e.term = fold(a.stemmed(cmp.Or(a.forms[low], low)))
	}
	e.consonants = a.consonants(e.term)
	return e
}

// readPair adds what the characters of a pair tell each by itself.
func (a *Analyzer) readPair(e *entry, pair string) {
	foreign := true
	for _, r := range pair {
		e.tells |= a.lists[string(r)].tells
		foreign = foreign && strings.ContainsRune(a.foreign, r)
	}
	if foreign {
		e.shape |= Capital
	}
}

// fold drops accents where they are ornament; in other scripts the marks are
// part of the letter.
func fold(w string) string {
	for i := 0; i < len(w); i++ {
		if w[i] < utf8.RuneSelf {
			continue
		}
		r, _ := utf8.DecodeRuneInString(w[i:])
		switch {
		case unicode.In(r, unicode.Latin, unicode.Greek, unicode.Arabic, unicode.Hebrew):
			return text.Fold(w)
		case unicode.Is(unicode.Cyrillic, r):
			return strings.ReplaceAll(w, "ё", "е")
		}
		return w
	}
	return w
}
