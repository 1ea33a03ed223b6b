package lexis

import (
	"slices"
	"strings"
	"testing"

	"example.org/attache/corpus/language"
)

// All that the lists hold can be found: where only single words are looked for
// there is no phrase, none stands twice, and what asks for one kind does not ask
// for another.
func TestWordsAreFound(t *testing.T) {
	for _, lang := range Languages() {
		a := For(lang)
		w, err := readWords(language.Of(lang, language.Questions), language.Of(lang, language.Dates))
		if err != nil {
			t.Errorf("%s: %v", lang, err)
		}
		single := func(section string, entries []string) {
			for i, e := range entries {
				if n := len(a.Tokens(nil, e)); n > 1 {
					t.Errorf("%s [%s]: %s are %d words", lang, section, e, n)
				}
				if slices.Contains(entries[:i], e) {
					t.Errorf("%s [%s]: %s stands twice", lang, section, e)
				}
			}
		}
		for name, s := range shapeSections {
			single(name, w.shapes[s])
		}
		for k := range Kinds {
			single("nouns "+k.String(), w.nouns[k])
			for _, e := range w.tells[k] {
				if found := a.Tokens(nil, e); len(found) > 0 && !found[0].Tells.Has(k) {
					t.Errorf("%s [tells %s]: %s does not", lang, k, e)
				}
			}
		}
		for i, set := range w.months {
			for _, m := range set {
				if got := a.Month(a.Tokens(nil, m)); got != i+1 {
					t.Errorf("%s [months]: %s is month %d, want %d", lang, m, got, i+1)
				}
			}
		}
		for k := range Kinds {
			for _, e := range w.asks[k] {
				q := a.Question(strings.Trim(e, "^!"))
				if f, _ := a.asks.at(q); f.kind != k || len(f.words) != len(q) || f.opens != strings.HasPrefix(e, "^") {
					t.Errorf("%s [asks %s]: %s asks for a %s", lang, k, e, f.kind)
				}
			}
		}
	}
}
