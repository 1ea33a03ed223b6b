// Package smalltalk says what people say to a bot for company from what they
// ask of its documents: greetings, thanks, who it is and what it can do, insults,
// calls to write something, questions for its opinion.
//
// What counts stands in data, a file a language. A text is small talk only where
// nothing of it is left over: "hello" is, "hello kitty museum treaty" is not.
package smalltalk

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
)

// Kind is what somebody says.
type Kind string

// The kinds, by which the files of data list phrases.
const (
	Greeting  Kind = "greeting"
	Thanks    Kind = "thanks"
	Farewell  Kind = "farewell"
	Wellbeing Kind = "wellbeing" // how the bot is
	Identity  Kind = "identity"  // who it is
	Ability   Kind = "ability"   // what it can do, help
	Documents Kind = "documents" // what it has read
	Adding    Kind = "adding"    // how documents are added
	Insult    Kind = "insult"
	Task      Kind = "task"    // to write, to joke
	Opinion   Kind = "opinion" // what it thinks
)

// courtesies go before or behind what somebody is really after.
var courtesies = []Kind{Greeting, Thanks, Farewell, Wellbeing}

// filler is the name under which data lists words that add nothing: "please".
const filler Kind = "filler"

//go:embed data/*.toml
var data embed.FS

// phrase is a few words, folded.
type phrase struct {
	words    string
	kind     Kind
	language string
	open     bool // whatever follows belongs to it
}

// phrases are all of them by their first letter, the longest first.
var phrases = sync.OnceValue(func() map[rune][]phrase {
	all, err := readAll()
	if err != nil {
		panic(err) // part of the build; a test reads every file
	}
	return all
})

func readAll() (map[rune][]phrase, error) {
	files, err := data.ReadDir("data")
	if err != nil {
		return nil, fmt.Errorf("reading the phrases of small talk: %w", err)
	}
	all := map[rune][]phrase{}
	for _, f := range files {
		raw, err := data.ReadFile("data/" + f.Name())
		if err != nil {
			return nil, fmt.Errorf("reading the phrases of small talk: %w", err)
		}
		var lists map[Kind][]string
		if err := toml.Unmarshal(raw, &lists); err != nil {
			return nil, fmt.Errorf("reading data/%s: %w", f.Name(), err)
		}
		for kind, list := range lists {
			for _, s := range list {
				s, open := strings.CutSuffix(s, "…")
				p := phrase{folded(s), kind, strings.TrimSuffix(f.Name(), ".toml"), open}
				first, _ := utf8.DecodeRuneInString(p.words)
				all[first] = append(all[first], p)
			}
		}
	}
	for _, list := range all {
		slices.SortFunc(list, func(a, b phrase) int {
			return cmp.Or(len(b.words)-len(a.words), strings.Compare(a.words, b.words), strings.Compare(a.language, b.language), strings.Compare(string(a.kind), string(b.kind)))
		})
	}
	return all, nil
}

// folded is a text in small letters, without accents, marks or emoji, its words
// one space apart.
func folded(s string) string {
	s = strings.NewReplacer("'", "", "’", "", "‘", "", "`", "").Replace(s)
	return strings.Join(strings.FieldsFunc(text.Fold(s), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.M, r)
	}), " ")
}

// mostFolded is the longest text that can be small talk, in bytes: a call to
// write something may say much of what.
const mostFolded = 1000

// Read says what somebody says and in which language (ISO 639-1). ok is false
// for everything that may be meant for the documents.
func Read(s string) (kind Kind, language string, ok bool) {
	s = folded(s)
	if s == "" || len(s) > mostFolded {
		return "", "", false
	}
	best := tile(s, map[int][]phrase{})
	said := slices.DeleteFunc(slices.Clone(best), func(p phrase) bool { return p.kind == filler })
	if len(said) == 0 {
		return "", "", false
	}
	kind, language = said[0].kind, said[0].language
	for _, p := range said { // "hi, what can you do?" is after what it can do
		if !slices.Contains(courtesies, p.kind) {
			return p.kind, p.language, true
		}
	}
	return kind, language, true
}

// tile covers a text with phrases; nil where some of it would be left over.
// tried remembers by the length of the rest what came of it.
func tile(s string, tried map[int][]phrase) []phrase {
	if s == "" {
		return []phrase{}
	}
	if all, done := tried[len(s)]; done {
		return all
	}
	tried[len(s)] = nil
	first, _ := utf8.DecodeRuneInString(s)
	for _, p := range phrases()[first] {
		rest, found := strings.CutPrefix(s, p.words)
		if !found || !parted(p.words, rest) {
			continue
		}
		if p.open {
			rest = ""
		}
		if further := tile(strings.TrimPrefix(rest, " "), tried); further != nil {
			tried[len(s)] = append([]phrase{p}, further...)
			break
		}
	}
	return tried[len(s)]
}

// parted reports whether a word ends where a phrase does. Scripts without spaces
// have no such place, and neither do Korean endings.
func parted(words, rest string) bool {
	last, _ := utf8.DecodeLastRuneInString(words)
	return rest == "" || rest[0] == ' ' || text.Unspaced(last)
}
