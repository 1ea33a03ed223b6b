package lexis

import (
	"slices"
	"strings"
	"sync"
	"unicode"

	"example.org/attache/corpus/language"
)

// dialect is how the words of one language become terms: bleve's filters, by
// name, on the word in lower case, and what follows from how it is written.
type dialect struct {
	stop       []string              // bleve's lists of words without meaning
	filters    []string              // that stem
	proclitics string                // letters that are written together with the word they come before
	weak       string                // letters that come and go with a word's form
	nounNext   bool                  // the noun asked for stands right behind the words that ask
	nounBefore bool                  // … right before them
	nounLast   bool                  // … behind whatever belongs to it: "Mikä on Suomen pääkaupunki?"
	nouns      bool                  // all of them begin with a capital, not only names
	scripts    []*unicode.RangeTable // that it is written in
	affixes    affixes               // what is cut from words, where there is no stemmer
}

// dialectOf reads a language's dialect from its words.
func dialectOf(code string, w language.Words) dialect {
	d := dialect{
		stop: w.Entries("stop list"), filters: w.Entries("stemmer"),
		proclitics: strings.Join(w.Entries("proclitics"), ""), weak: strings.Join(w.Entries("weak letters"), ""),
		nouns: w.Says("capital nouns"), affixes: newAffixes(w.Entries("prefixes"), w.Entries("suffixes")),
	}
	where := w.Set("noun asked for")
	d.nounNext, d.nounBefore, d.nounLast = where["next"], where["before"], where["last"]
	writing := language.Of(code, language.Writing)
	for _, name := range slices.Concat(writing.Entries("script"), writing.Entries("borrowed script")) {
		d.scripts = append(d.scripts, unicode.Scripts[name])
	}
	return d
}

// Languages lists the languages whose questions are understood, in order. The
// words of another are folded and nothing else; scripts without spaces are cut
// into pairs in any language.
func Languages() []string { return languages() }

var languages = sync.OnceValue(func() []string { return language.With(language.Questions) })
