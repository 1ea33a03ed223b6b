package text

import (
	"embed"
	"path"
	"strings"
	"sync"
)

// One file a language: a word list a line, "name: words". The lists are
// explained in languages/en.txt.
//
//go:embed languages/*.txt
var languageFiles embed.FS

// language is what is known of how one language is written.
type language struct {
	code     string
	never    map[string]bool // abbreviations that no sentence ends with
	foreign  map[string]bool // those of English, which any language takes over with names
	number   map[string]bool // abbreviations before a number
	may      map[string]bool // abbreviations that a sentence may end with
	start    map[string]bool // words that begin a sentence after one of them
	said     map[string]bool // what tells who speaks, after a closing mark
	common   map[string]bool // the commonest words
	letters  map[string]bool // those beside a to z, where the encoding of a text is told by them
	ordinals bool            // "3. Oktober"
}

var languages = sync.OnceValue(func() map[string]*language {
	all := map[string]*language{}
	files, err := languageFiles.ReadDir("languages")
	if err != nil {
		panic(err) // the folder is part of the build
	}
	for _, f := range files {
		data, err := languageFiles.ReadFile(path.Join("languages", f.Name()))
		if err != nil {
			panic(err)
		}
		l := parseLanguage(string(data))
		l.code = strings.TrimSuffix(f.Name(), ".txt")
		all[l.code] = l
	}
	for _, l := range all {
		l.foreign = all["en"].never
	}
	return all
})

func parseLanguage(data string) *language {
	l := &language{}
	lists := map[string]*map[string]bool{
		"never": &l.never, "number": &l.number, "may": &l.may,
		"start": &l.start, "said": &l.said, "common": &l.common, "letters": &l.letters,
	}
	for line := range strings.Lines(data) {
		name, words, _ := strings.Cut(line, ":")
		if name == "ordinals" {
			l.ordinals = true
		}
		list := lists[name]
		if list == nil {
			continue
		}
		*list = map[string]bool{}
		for _, w := range strings.Fields(words) {
			(*list)[w] = true
		}
	}
	return l
}

// lookup returns what is known of the language with an ISO 639-1 code. Of an
// unknown one the English habits are assumed.
func lookup(code string) *language {
	if l := languages()[code]; l != nil {
		return l
	}
	return languages()["en"]
}
