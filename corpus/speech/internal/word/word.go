// Package word looks words up in the lists of corpus/language by which names,
// titles, cues and other parts of a text are recognised. A list gives its words a
// [Class]; a few lists say more, such as the full forms of a short given name.
// Words are looked up folded.
package word

import (
	"strings"
	"sync"

	"example.org/attache/corpus/language"
	"example.org/attache/corpus/text"
)

// Class is what the word lists say of a word: a set, for a word can be many
// things.
type Class uint64

// The classes. The lists of corpus/language name them in their section headings, as
// sections has it.
const (
	GivenMale Class = 1 << iota
	GivenFemale
	GivenEither
	WeakName // also an everyday word or a place
	FamilyName
	CommonFamily // shared by many people
	FamilyFirst
	Honorific
	HonorificMale
	HonorificFemale
	Title
	TypedTitle // only where a name is asked for
	Regnal
	Modifier
	Term // when or how an office is held
	Past // not any more
	Kin  // relation, no office
	StateHead
	Rank // makes a lower office of one
	Role
	RoleMale
	RoleFemale
	Suffix
	Particle
	Body
	Place
	Country
	Demonym
	Calendar
	SpeakingBody
	BodyNoun
	Quantity
	StrongCue
	CoreCue
	ReportsNothing
	BareCue
	SpeechNoun
	Listener
	Auxiliary
	Adverb
	Function
	Verb
	CompoundHead
	CompoundTail

	Given   = GivenMale | GivenFemale | GivenEither
	AnyRole = Role | RoleMale | RoleFemale
)

// sections names the classes as the data files do.
var sections = map[string]Class{
	"male": GivenMale, "female": GivenFemale, "either": GivenEither, "weak": WeakName,
	"family": FamilyName, "common": FamilyName | CommonFamily, "first": FamilyName | CommonFamily | FamilyFirst,
	"honorific": Honorific, "honorific male": Honorific | HonorificMale, "honorific female": Honorific | HonorificFemale,
	"title": Title, "regnal": Regnal | Title, "typed": TypedTitle, "modifier": Modifier, "term": Modifier | Term, "past": Past, "kin": Kin, "head of state": StateHead, "rank": Modifier | Rank, "role": Role, "role male": RoleMale, "role female": RoleFemale,
	"suffix": Suffix, "particle": Particle,
	"body": Body, "place": Place, "country": Country, "demonym": Demonym, "calendar": Calendar,
	"speaking body": SpeakingBody, "body noun": BodyNoun, "quantity": Quantity,
	"strong": StrongCue, "core": CoreCue | StrongCue, "reports nothing": ReportsNothing, "bare": BareCue,
	"speech noun": SpeechNoun, "listener": Listener, "auxiliary": Auxiliary, "adverb": Adverb, "function": Function,
	"verb": Verb, "compound head": CompoundHead, "compound tail": CompoundTail,
}

// lexicon is everything the data files hold.
type lexicon struct {
	words     map[string]Class
	acronyms  map[string]Class    // written in capitals only: WHO is a body, "who" is none
	nicknames map[string][]string // a short or full form of a given name: the full forms it can be of
	holders   map[string][]string // a title: the everyday nouns for who holds it
	countries map[string]string   // "french": "france", where the words do not begin alike
	works     map[string]string   // a word of office: the kind of work
	seats     map[string]string   // a word of an office of which a person holds one at a time: the office
	attribute [][]string          // "according to": after these a speaker follows
}

// words are the lists that every language shares, and those of English.
var words = sync.OnceValue(func() *lexicon {
	l := &lexicon{words: make(map[string]Class, 8000), acronyms: map[string]Class{}, nicknames: map[string][]string{}, holders: map[string][]string{},
		countries: map[string]string{}, works: map[string]string{}, seats: map[string]string{}}
	for _, file := range []struct {
		code  string
		topic language.Topic
	}{
		{language.Shared, language.Given}, {language.Shared, language.Family},
		{"en", language.Titles}, {"en", language.Bodies}, {"en", language.Cues},
	} {
		EachEntry(file.code, file.topic, l.add)
	}
	return l
})

// add takes up an entry of a section.
func (l *lexicon) add(section, entry string) {
	forms := strings.Fields(text.Fold(entry))
	if kind, ok := strings.CutPrefix(section, "work "); ok {
		l.works[forms[0]] = kind
		return
	}
	switch section {
	case "nicknames":
		for _, f := range forms {
			l.nicknames[f] = append(l.nicknames[f], forms[0])
		}
	case "seat":
		for _, f := range forms {
			l.seats[f] = forms[0]
		}
	case "short title":
		l.holders[forms[0]] = forms[1:]
	case "same country":
		for _, f := range forms {
			l.countries[f] = forms[0]
		}
	case "attribution":
		l.attribute = append(l.attribute, forms)
	default:
		c, ok := sections[section]
		if !ok {
			panic("word: the lists name no section " + section) // part of the build
		}
		if acronym(entry) {
			l.acronyms[entry] |= c
			return
		}
		l.words[text.Fold(entry)] |= c
	}
}

// acronym reports whether an entry is written in capitals only.
func acronym(entry string) bool {
	return len(entry) > 1 && strings.ToUpper(entry) == entry && strings.ToLower(entry) != entry
}

// EachEntry calls f for every entry of a language's file.
func EachEntry(code string, topic language.Topic, f func(section, entry string)) {
	for _, s := range language.Of(code, topic) {
		for _, line := range s.Lines {
			for _, entry := range line {
				f(s.Name, entry)
			}
		}
	}
}

// foreignOffices are the offices in other languages than English, folded.
var foreignOffices = sync.OnceValue(func() map[string]bool {
	all := map[string]bool{}
	for _, code := range language.With(language.Speech) {
		EachEntry(code, language.Speech, func(section, entry string) {
			if section == "office" {
				all[text.Fold(entry)] = true
			}
		})
	}
	return all
})

// ForeignOffice reports whether a folded word is an office in another language
// than English: "ministre".
func ForeignOffice(word string) bool { return foreignOffices()[word] }

// Of is what the lists say of a folded word; 0 where none has it.
func Of(word string) Class { return words().words[word] }

// Listed reports whether any list has a folded word.
func Listed(word string) bool {
	_, ok := words().words[word]
	return ok
}

// OfAcronym is what the lists say of a word that they have in capitals only.
func OfAcronym(w string) (Class, bool) {
	c, ok := words().acronyms[w]
	return c, ok
}

// FullForms are the given names of which a folded given name can be a form, itself
// among them where it is a full form: "william" for "bill".
func FullForms(given string) []string { return words().nicknames[given] }

// HoldersOf are the everyday nouns for who holds a folded title: "envoy" for
// "ambassador".
func HoldersOf(title string) []string { return words().holders[title] }

// WorkOf is the kind of work of a folded word of office: "sport" for
// "coach"; empty for none.
func WorkOf(office string) string { return words().works[office] }

// SeatOf is the office that a folded word names where only one person at a time
// holds it; empty for other words.
func SeatOf(office string) string { return words().seats[office] }

// CountryOf is the country that a folded word means where the two do not
// begin alike, "france" for "french"; false for other words.
func CountryOf(word string) (string, bool) {
	c, ok := words().countries[word]
	return c, ok
}

// Attributions are the phrases behind which a speaker follows, folded and cut
// into words: "according to".
func Attributions() [][]string { return words().attribute }
