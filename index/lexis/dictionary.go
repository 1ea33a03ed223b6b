package lexis

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"example.org/attache/corpus/language"
	"example.org/attache/corpus/text"
)

// meaning is a line of the vocabulary.
type meaning struct {
	columns []string
	part    part
}

// in is the usual word of a language; empty where it has none.
func (m *meaning) in(column int) string {
	s, _, _ := strings.Cut(m.columns[column], "|")
	if s == "*" {
		return ""
	}
	return s
}

// lexicon is the vocabulary: the field's words in several languages.
type lexicon struct {
	columns []string
	all     []meaning
	asks    map[string][]string // how a question of a kind is asked, a column a language

	mu sync.Mutex
	by map[string]*column
}

// column is one language's words, for finding them.
type column struct {
	words map[string][]wordsOf // by the term of the first
	signs map[rune][]signsOf   // by the first sign
}

type wordsOf struct {
	terms []string
	means *meaning
}

type signsOf struct {
	signs string
	means *meaning
}

var vocabulary = sync.OnceValue(func() *lexicon {
	w := language.Of(language.Shared, language.Vocabulary)
	v := &lexicon{columns: w.Entries("columns"), asks: map[string][]string{}, by: map[string]*column{}}
	for _, s := range w {
		p := word
		switch s.Name {
		case "columns":
			continue
		case "offices", "organisations", "states":
			p = speaker
		}
		for _, line := range s.Lines {
			if kind, ok := strings.CutPrefix(s.Name, "ask "); ok {
				v.asks[kind] = line
				continue
			}
			v.all = append(v.all, meaning{line, p})
		}
	}
	return v
})

// of returns the words of a language, sorted when they are first asked for.
func (v *lexicon) of(code string) *column {
	v.mu.Lock()
	defer v.mu.Unlock()
	if c := v.by[code]; c != nil {
		return c
	}
	c := &column{words: map[string][]wordsOf{}, signs: map[rune][]signsOf{}}
	a, at := For(code), slices.Index(v.columns, code)
	for i := range v.all {
		m := &v.all[i]
		for s := range strings.SplitSeq(m.columns[at], "|") {
			tokens := a.Tokens(nil, s)
			if s == "*" || len(tokens) == 0 || len(tokens) > mostWords && !tokens[0].Is(Gram) {
				continue
			}
			if tokens[0].Is(Gram) {
				s = text.Simplified(s)
				c.signs[firstRune(s)] = append(c.signs[firstRune(s)], signsOf{s, m})
				continue
			}
			w := wordsOf{means: m}
			for _, t := range tokens {
				w.terms = append(w.terms, t.Term)
			}
			c.words[w.terms[0]] = append(c.words[w.terms[0]], w)
		}
	}
	for _, l := range c.words {
		slices.SortStableFunc(l, func(x, y wordsOf) int { return cmp.Compare(len(y.terms), len(x.terms)) })
	}
	for _, l := range c.signs {
		slices.SortStableFunc(l, func(x, y signsOf) int { return cmp.Compare(len(y.signs), len(x.signs)) })
	}
	v.by[code] = c
	return c
}

// at is the longest entry that tokens begin with, and of how many it is.
func (c *column) at(tokens []Token) (*meaning, int) {
	for _, w := range c.words[tokens[0].Term] {
		if len(w.terms) <= len(tokens) && !slices.ContainsFunc(tokens[:len(w.terms)], func(t Token) bool { return t.Is(Gram) }) {
			same := true
			for i, term := range w.terms {
				same = same && (tokens[i].Term == term || i > 0 && inflected(tokens[i].Term, term))
			}
			if same {
				return w.means, len(w.terms)
			}
		}
	}
	return nil, 0
}

// inflected reports whether two terms are one but for what the stemmer left of an
// ending, as it does of short words.
func inflected(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	const least, most = 3, 2
	return utf8.RuneCountInString(a) >= least && strings.HasPrefix(b, a) && utf8.RuneCountInString(b[len(a):]) <= most
}

// prefix is the longest entry of two signs or more that s begins with, and of how many
// bytes it is.
func (c *column) prefix(s string) (*meaning, int) {
	for _, w := range c.signs[firstRune(s)] {
		if strings.HasPrefix(s, w.signs) && utf8.RuneCountInString(w.signs) > 1 {
			return w.means, len(w.signs)
		}
	}
	return nil, 0
}
