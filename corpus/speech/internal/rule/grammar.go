package rule

import (
	"strings"
	"sync"

	"example.org/attache/corpus/language"
	"example.org/attache/corpus/speech"
	"example.org/attache/corpus/speech/internal/word"
	"example.org/attache/corpus/text"
)

// grammar holds the word lists by which a language other than English reports
// speech. Words are folded.
type grammar struct {
	said   map[string]speech.Gender // verbs; Male|Female where the form has no gender
	source [][]string               // phrases that the speaker follows
	he     map[string]speech.Gender // pronouns
	ends   map[string]speech.Gender // what words end in that hold a pronoun: "dit-elle"
	of     map[string]bool          // small words: what follows them is no subject
	that   map[string]bool          // words that open the reported clause
	quotes map[string]bool          // verbs that report nothing without a quotation
	which  map[string]bool          // words that open a clause
	comma  map[string]bool          // words that do behind a comma
	drops  bool                     // the subject can be left out
	bare   bool                     // the reported clause can follow the verb's comma with no word that opens it

	// Of a script without capitals.
	title      map[string]bool // offices
	department map[string]bool // words between an office and its country
	given      map[string]bool // given names
	joins      map[string]bool // words that begin or join a name: "bin"
	stop       map[string]bool // words at which a name has ended
	article    string          // the article that is written before a noun as one word
}

const anyGender = speech.Male | speech.Female

// languages are those other than English that a file of speech describes, by
// their code.
var languages = sync.OnceValue(func() map[string]*grammar {
	all := map[string]*grammar{}
	for _, code := range language.With(language.Speech) {
		l := newGrammar()
		word.EachEntry(code, language.Speech, func(section, entry string) { l.add(section, text.Fold(entry)) })
		all[code] = l
	}
	return all
})

func newGrammar() *grammar {
	set := func() map[string]bool { return map[string]bool{} }
	return &grammar{said: map[string]speech.Gender{}, he: map[string]speech.Gender{}, ends: map[string]speech.Gender{}, of: set(), that: set(), quotes: set(), which: set(), comma: set(),
		title: set(), department: set(), given: set(), joins: set(), stop: set()}
}

func (l *grammar) add(kind, entry string) {
	lists := map[string]map[string]bool{"of": l.of, "that": l.that, "reports nothing": l.quotes, "title": l.title, "department": l.department, "given": l.given,
		"joins": l.joins, "stop": l.stop, "which": l.which, "which behind comma": l.comma}
	if list := lists[kind]; list != nil {
		list[entry] = true
		return
	}
	switch kind {
	case "said":
		l.said[entry] = anyGender
	case "said male":
		l.said[entry] = speech.Male
	case "said female":
		l.said[entry] = speech.Female
	case "source":
		l.source = append(l.source, strings.Fields(entry))
	case "he":
		l.pronoun(entry, speech.Male)
	case "she":
		l.pronoun(entry, speech.Female)
	case "article":
		l.article = entry
	case "drops":
		l.drops = true
	case "bare":
		l.bare = true
	case "office": // for the word lists of tokens
	default:
		panic("speech: no reader knows the section " + kind) // part of the build
	}
}

func (l *grammar) pronoun(entry string, g speech.Gender) {
	if strings.HasPrefix(entry, "-") {
		l.ends[entry] = g
	} else {
		l.he[entry] = g
	}
}

// pronounOf is the gender of the pronoun that a word is or ends in; 0 for none.
func (l *grammar) pronounOf(key string) speech.Gender {
	if g := l.he[key]; g != 0 {
		return g
	}
	for end, g := range l.ends {
		if strings.HasSuffix(key, end) {
			return g
		}
	}
	return 0
}

// saidBy is the gender of a form of a verb of speech, all genders where it has
// none; 0 for another word. A pronoun can hang on it: "dit-elle".
func (l *grammar) saidBy(key string) speech.Gender {
	if g := l.said[key]; g != 0 {
		return g
	}
	for end := range l.ends {
		if verb, ok := strings.CutSuffix(key, end); ok {
			return l.said[strings.TrimSuffix(verb, "-t")]
		}
	}
	return 0
}
