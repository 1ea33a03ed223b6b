package followup

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"example.org/attache/corpus/language"
	"example.org/attache/corpus/text"
	"example.org/attache/index/lexis"
)

// words are what a language makes follow-ups with, as people write them, in any
// case; the sections of language.FollowUps say what each list is.
type words struct {
	leads, glued, trails []string // the longest first
	about                []string // of the leads, those before another topic
	pairs                []string // particles that follow a name, with both their forms
	owner                string
	elides, timeLeads    bool
	unspaced             []string // pronouns of a script without spaces, and never

	language                 string
	topics, little, articles map[string]bool
	pronouns                 map[string]pronoun
	same                     []map[string]bool
	particles                []string
	places, never            map[string]bool // of unspaced: stand for a place; hold what looks like a pronoun, and are none
}

var (
	mu    sync.Mutex
	known = map[string]*words{}
)

// wordsOf returns the words of a language; one without a file has those of
// English, which people who ask in many languages mix in.
func wordsOf(code string) *words {
	if !language.Has(code, language.FollowUps) {
		code = "en"
	}
	mu.Lock()
	defer mu.Unlock()
	if known[code] == nil {
		known[code] = newWords(code)
	}
	return known[code]
}

func newWords(code string) *words {
	file := language.Of(code, language.FollowUps)
	w := &words{
		language: code, about: file.Entries("about"), leads: append(file.Entries("leads"), file.Entries("about")...), glued: file.Entries("glued"), trails: file.Entries("trails"),
		pairs: file.Entries("particles"), owner: strings.Join(file.Entries("owner"), ""), elides: file.Says("elides"),
		timeLeads: file.Says("time leads"), places: file.Set("there"), never: file.Set("never"),
	}
	w.install(lexis.For(code), file)
	return w
}

// install makes the lists quick to look up.
func (w *words) install(a *lexis.Analyzer, file language.Words) {
	set := func(entries ...string) map[string]bool {
		m := map[string]bool{}
		for _, s := range entries {
			for _, t := range a.Tokens(nil, s) {
				m[t.Word] = true
			}
		}
		return m
	}
	w.topics, w.articles = set(file.Entries("topics")...), set(file.Entries("articles")...)
	w.little = set(append(file.Entries("topics"), file.Entries("little")...)...)
	for _, line := range file.Lines("same") {
		w.same = append(w.same, set(line...))
	}
	w.pronouns = map[string]pronoun{}
	for word := range set(file.Entries("it")...) {
		w.pronouns[word] = pronoun{kind: it}
	}
	for word := range set(file.Entries("there")...) {
		w.pronouns[word] = pronoun{kind: there}
	}
	for word := range set(file.Entries("he")...) {
		w.pronouns[word] = pronoun{kind: he}
	}
	for word := range set(file.Entries("his")...) {
		p, both := w.pronouns[word]
		w.pronouns[word] = pronoun{kind: he, owns: true, only: !both || p.kind != he}
	}
	for _, p := range w.pairs {
		w.particles = append(w.particles, strings.Split(p, "|")...)
	}
	longest := func(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) }
	for _, p := range slices.Concat(file.Entries("he"), file.Entries("there"), file.Entries("never")) {
		if r, _ := utf8.DecodeRuneInString(p); text.Unspaced(r) {
			w.unspaced = append(w.unspaced, p)
		}
	}
	for _, list := range [][]string{w.leads, w.glued, w.trails, w.particles, w.unspaced} {
		slices.SortFunc(list, longest)
	}
}

// alike reports whether two little words are one, or mean the same.
func (w *words) alike(a, b string) bool {
	return a == b || a != "" && slices.ContainsFunc(w.same, func(set map[string]bool) bool { return set[a] && set[b] })
}

// pronoun reports whether a word is one.
func (w *words) pronoun(word string) bool {
	_, ok := w.pronouns[word]
	return ok
}

// pronounAt returns the pronoun that a text of a script without spaces begins with,
// and how many bytes it has. What only looks like one has its bytes as well.
func (w *words) pronounAt(s string) (p pronoun, n int, ok bool) {
	for _, word := range w.unspaced {
		if strings.HasPrefix(s, word) {
			if p.kind = he; w.places[word] {
				p.kind = there
			}
			return p, len(word), !w.never[word]
		}
	}
	return p, 0, false
}

// lead returns what a text begins with that makes it a follow-up, and how many
// bytes that has.
func (w *words) lead(s string) (lead string, n int) {
	start := len(s) - len(strings.TrimLeft(s, " ¿¡"))
	rest := s[start:]
	for _, l := range w.leads {
		if n, ok := prefix(rest, l); ok && (ends(rest, n) || written(l)) {
			return l, start + n
		}
	}
	for _, g := range w.glued {
		n, ok := prefix(rest, g)
		if !ok {
			continue
		}
		tokens := lexis.For(w.language).Question(rest[n:])
		if len(tokens) == 0 {
			continue
		}
		if at, asks, _ := lexis.For(w.language).Asked(tokens); w.little[tokens[0].Word] || asks > 0 && at == 0 {
			return g, start + n
		}
	}
	return "", 0
}

// trail cuts what makes a text a follow-up from its end.
func (w *words) trail(s string) (rest, trail string) {
	for _, t := range w.trails {
		n, ok := suffix(s, t)
		if !ok || n == len(s) {
			continue
		}
		r, _ := utf8.DecodeLastRuneInString(s[:len(s)-n])
		if w.glues(t) || !unicode.IsLetter(r) {
			return strings.TrimRight(s[:len(s)-n], " ,"), t
		}
	}
	return s, ""
}

// glues reports whether a trailing word is written together with what is before
// it: in Korean and in scripts without spaces.
func (w *words) glues(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.Is(unicode.Hangul, r) || text.Unspaced(r)
}

// written reports whether a word is of a script without spaces.
func written(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return text.Unspaced(r)
}

// ends reports whether a word ends at s[n:].
func ends(s string, n int) bool {
	r, _ := utf8.DecodeRuneInString(s[n:])
	return n == len(s) || !unicode.IsLetter(r) && !unicode.IsDigit(r)
}

// prefix returns how many bytes of s are the word, in any case.
func prefix(s, word string) (int, bool) {
	n := 0
	for _, w := range word {
		r, size := utf8.DecodeRuneInString(s[n:])
		if size == 0 || unicode.ToLower(r) != unicode.ToLower(w) {
			return 0, false
		}
		n += size
	}
	return n, n > 0
}

// suffix is prefix for the end of s.
func suffix(s, word string) (int, bool) {
	n := 0
	for len(word) > 0 {
		w, wn := utf8.DecodeLastRuneInString(word)
		r, size := utf8.DecodeLastRuneInString(s[:len(s)-n])
		if size == 0 || unicode.ToLower(r) != unicode.ToLower(w) {
			return 0, false
		}
		n, word = n+size, word[:len(word)-wn]
	}
	return n, n > 0
}

// particle returns how many bytes at the end of a word are a particle: of one that
// leaves two characters at least.
func (w *words) particle(word string) int {
	for _, p := range w.particles {
		if strings.HasSuffix(word, p) && utf8.RuneCountInString(word)-utf8.RuneCountInString(p) >= 2 {
			return len(p)
		}
	}
	return 0
}

// agree returns what follows a name, with the form of a particle there that the
// name takes: it differs after a consonant and after a vowel.
func (w *words) agree(name, rest string) string {
	last, _ := utf8.DecodeLastRuneInString(name)
	if !unicode.Is(unicode.Hangul, last) {
		return rest
	}
	closed := last >= 0xAC00 && last <= 0xD7A3 && (last-0xAC00)%28 != 0 // a syllable that ends with a consonant
	for _, pair := range w.pairs {
		after, open, ok := strings.Cut(pair, "|")
		if !ok {
			continue
		}
		for _, have := range []string{after, open} {
			tail, found := strings.CutPrefix(rest, have)
			if !found || tail != "" && !strings.HasPrefix(tail, " ") {
				continue
			}
			if closed {
				return after + tail
			}
			return open + tail
		}
	}
	return rest
}
