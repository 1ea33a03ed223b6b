package text

import (
	"sync"

	"example.org/attache/corpus/language"
)

// habits is how one language is written; the words are explained where the
// sections of language.Writing are.
type habits struct {
	code     string
	scripts  []string        // by their names in Unicode
	never    map[string]bool // abbreviations that no sentence ends with
	foreign  map[string]bool // those of English, which any language takes over with names
	number   map[string]bool // abbreviations before a number
	may      map[string]bool // abbreviations that a sentence may end with
	start    map[string]bool // words that begin a sentence after one of them
	said     map[string]bool // what tells who speaks, after a closing mark
	common   map[string]bool // the commonest words
	letters  map[string]bool // those beside a to z, where the encoding of a text is told by them
	own      string          // letters that no other language of its script has
	ordinals bool            // "3. Oktober"
}

var languages = sync.OnceValue(func() map[string]*habits {
	all := map[string]*habits{}
	for _, code := range language.With(language.Writing) {
		all[code] = habitsOf(code)
	}
	for _, l := range all {
		l.foreign = all["en"].never
	}
	return all
})

func habitsOf(code string) *habits {
	w := language.Of(code, language.Writing)
	h := &habits{
		code: code, scripts: w.Entries("script"),
		never: w.Set("abbreviations"), number: w.Set("abbreviations before numbers"), may: w.Set("abbreviations at ends"),
		start: w.Set("sentence starts"), said: w.Set("said"), common: w.Set("common"), letters: w.Set("letters"),
		ordinals: w.Says("ordinals"),
	}
	for _, letter := range w.Entries("letters of its own") {
		h.own += letter
	}
	return h
}

// lookup returns the habits of the language with an ISO 639-1 code. Where
// nothing is known but its script, the English habits are assumed.
func lookup(code string) *habits {
	if l := languages()[code]; l != nil && len(l.never)+len(l.said)+len(l.common) > 0 {
		return l
	}
	return languages()["en"]
}
