package followup

import (
	"cmp"
	"embed"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2"

	"example.org/attache/corpus/text"
	"example.org/attache/index/lexis"
)

//go:embed data/*.toml
var data embed.FS

// words are what a language makes follow-ups with: a file in data. Words are as
// people write them, in any case.
type words struct {
	Leads     []string   `toml:"leads"`     // begin one: "and"
	About     []string   `toml:"about"`     // begin one that names another topic: "what about"
	Glued     []string   `toml:"glued"`     // begin one, written together with a little word or with one that asks
	Trails    []string   `toml:"trails"`    // end one: "then"
	Topics    []string   `toml:"topics"`    // little words before what is spoken of: "about"
	Little    []string   `toml:"little"`    // other little words before a name: "in"
	Same      [][]string `toml:"same"`      // little words that mean the same before different names
	Articles  []string   `toml:"articles"`  // may stand between the two: "the"
	He        []string   `toml:"he"`        // stand for somebody
	His       []string   `toml:"his"`       // stand for whose something is; those of He too, where they come before a noun
	There     []string   `toml:"there"`     // stand for a place
	It        []string   `toml:"it"`        // stand for anything
	Owner     string     `toml:"owner"`     // behind a name, whose something is: "'s"; empty where that takes more
	Elides    bool       `toml:"elides"`    // who acts may be left out
	Particles []string   `toml:"particles"` // are written behind a name, together with it; with a bar the forms after a consonant and after a vowel

	language                 string
	topics, little, articles map[string]bool
	pronouns                 map[string]pronoun
	same                     []map[string]bool
	particles                []string
}

var (
	mu    sync.Mutex
	known = map[string]*words{}
)

// wordsOf returns the words of a language; one without a file has those of
// English, which people who ask in many languages mix in.
func wordsOf(language string) *words {
	if !slices.Contains(Languages(), language) {
		language = "en"
	}
	mu.Lock()
	defer mu.Unlock()
	if w := known[language]; w != nil {
		return w
	}
	w, err := readWords(language)
	if err != nil {
		panic(err) // part of the build; a test reads every file
	}
	known[language] = w
	return w
}

func readWords(language string) (*words, error) {
	file := "data/" + language + ".toml"
	raw, err := data.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("reading the words of follow-ups: %w", err)
	}
	w := &words{language: language}
	d := toml.NewDecoder(strings.NewReader(string(raw))).DisallowUnknownFields()
	if err := d.Decode(w); err != nil {
		return nil, fmt.Errorf("reading %s: %w", file, err)
	}
	w.install(lexis.For(language))
	return w, nil
}

// install makes the lists quick to look up.
func (w *words) install(a *lexis.Analyzer) {
	set := func(lists ...[]string) map[string]bool {
		m := map[string]bool{}
		for _, s := range slices.Concat(lists...) {
			for _, t := range a.Tokens(nil, s) {
				m[t.Word] = true
			}
		}
		return m
	}
	w.topics, w.articles = set(w.Topics), set(w.Articles)
	w.little = set(w.Topics, w.Little)
	for _, list := range w.Same {
		w.same = append(w.same, set(list))
	}
	w.pronouns = map[string]pronoun{}
	for word := range set(w.It) {
		w.pronouns[word] = pronoun{kind: it}
	}
	for word := range set(w.There) {
		w.pronouns[word] = pronoun{kind: there}
	}
	for word := range set(w.He) {
		w.pronouns[word] = pronoun{kind: he}
	}
	for word := range set(w.His) {
		p, both := w.pronouns[word]
		w.pronouns[word] = pronoun{kind: he, owns: true, only: !both || p.kind != he}
	}
	for _, p := range w.Particles {
		w.particles = append(w.particles, strings.Split(p, "|")...)
	}
	longest := func(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) }
	w.Leads = append(w.Leads, w.About...)
	for _, list := range [][]string{w.Leads, w.Glued, w.Trails, w.particles} {
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

// lead returns what a text begins with that makes it a follow-up, and how many
// bytes that has.
func (w *words) lead(s string) (lead string, n int) {
	start := len(s) - len(strings.TrimLeft(s, " ¿¡"))
	rest := s[start:]
	for _, l := range w.Leads {
		if n, ok := prefix(rest, l); ok && (ends(rest, n) || written(l)) {
			return l, start + n
		}
	}
	for _, g := range w.Glued {
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
	for _, t := range w.Trails {
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

// prefix tells how many bytes of s are the word, in any case.
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

// particle tells how many bytes at the end of a word are a particle: of one that
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
	for _, pair := range w.Particles {
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
