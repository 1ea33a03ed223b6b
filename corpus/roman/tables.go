package roman

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"example.org/attache/corpus/language"
)

// table is the content of a language's file: letters, or several as one, with the ways to
// write them.
type table struct {
	letters                map[string][]string
	first, middle, last    map[string][]string // of syllables
	family, article, sound map[string][]string
	between                []string
	longest                int // how many runes the longest of the letters has
	longestFamily          int
}

var tables = sync.OnceValue(func() map[string]*table {
	all := map[string]*table{}
	for _, code := range language.With(language.Latin) {
		w := language.Of(code, language.Latin)
		t := &table{letters: ways(w, "letters"), first: ways(w, "first"), middle: ways(w, "middle"), last: ways(w, "last"),
			family: ways(w, "family"), sound: ways(w, "sound"), article: ways(w, "article"), between: written(w.Entries("between"))}
		t.longest, t.longestFamily = longestOf(t.letters), longestOf(t.family)
		all[code] = t
	}
	return all
})

func alphabet(code string) *table { return tables()[code] }

// ways are the lines of a section: what is written, then the ways to write it.
func ways(w language.Words, section string) map[string][]string {
	all := map[string][]string{}
	for _, line := range w.Lines(section) {
		all[line[0]] = append(all[line[0]], written(line[1:])...)
	}
	return all
}

// written are entries with nothing for a star.
func written(entries []string) []string {
	all := slices.Clone(entries)
	for i := range all {
		if all[i] == "*" {
			all[i] = ""
		}
	}
	return all
}

func longestOf(all map[string][]string) (n int) {
	for s := range all {
		n = max(n, utf8.RuneCountInString(s))
	}
	return n
}

// loose reports whether the letters leave out the short vowels, so that much fits.
func (t *table) loose() bool { return len(t.between) > 0 }

// read returns the way to write a word in the letters of the table, taking several
// letters as one where the table has them.
func (t *table) read(s string) (w way, ok bool) {
	for a, as := range t.article {
		if rest, found := strings.CutPrefix(s, a); found && utf8.RuneCountInString(rest) > 1 {
			w, s = append(w, as), rest
		}
	}
	for s != "" {
		n := t.longest
		for ; n > 0; n-- {
			letter, rest := firstRunes(s, n)
			if as := t.letters[letter]; as != nil {
				if len(w) > 0 && t.loose() {
					w = append(w, t.between)
				}
				w, s = append(w, as), rest
				break
			}
		}
		if n == 0 {
			return nil, false
		}
	}
	return w, len(w) > 0
}

// firstRunes cuts s behind its first n runes, or behind all.
func firstRunes(s string, n int) (first, rest string) {
	at := 0
	for range n {
		_, size := utf8.DecodeRuneInString(s[at:])
		at += size
	}
	return s[:at], s[at:]
}
