package speech

import (
	"strings"
	"sync"

	"example.org/attache/corpus/language"
	"example.org/attache/corpus/text"
)

// class is what the word lists say of a word: a set, for a word can be many
// things.
type class uint64

const (
	givenMale class = 1 << iota
	givenFemale
	givenEither
	weakName // also an everyday word or a place
	familyName
	commonFamily // shared by many people
	familyFirst
	honorific
	honorificMale
	honorificFemale
	titleWord
	typedTitle // only where a name is asked for
	regnal
	titleModifier
	termWord // when or how an office is held
	pastWord // not any more
	kinWord  // relation, no office
	stateHead
	rankWord // makes a lower office of one
	roleWord
	roleMale
	roleFemale
	suffix
	particle
	bodyWord
	placeWord
	countryWord
	demonym
	calendar
	speakingBody
	bodyNoun
	quantity
	strongCue
	coreCue
	reportsNothing
	bareCue
	speechNoun
	listener
	auxiliary
	adverb
	functionWord
	verbWord
	compoundHead
	compoundTail

	given   = givenMale | givenFemale | givenEither
	anyRole = roleWord | roleMale | roleFemale
)

// sections names the classes as the data files do.
var sections = map[string]class{
	"male": givenMale, "female": givenFemale, "either": givenEither, "weak": weakName,
	"family": familyName, "common": familyName | commonFamily, "first": familyName | commonFamily | familyFirst,
	"honorific": honorific, "honorific male": honorific | honorificMale, "honorific female": honorific | honorificFemale,
	"title": titleWord, "regnal": regnal | titleWord, "typed": typedTitle, "modifier": titleModifier, "term": titleModifier | termWord, "past": pastWord, "kin": kinWord, "head of state": stateHead, "rank": titleModifier | rankWord, "role": roleWord, "role male": roleMale, "role female": roleFemale,
	"suffix": suffix, "particle": particle,
	"body": bodyWord, "place": placeWord, "country": countryWord, "demonym": demonym, "calendar": calendar,
	"speaking body": speakingBody, "body noun": bodyNoun, "quantity": quantity,
	"strong": strongCue, "core": coreCue | strongCue, "reports nothing": reportsNothing, "bare": bareCue,
	"speech noun": speechNoun, "listener": listener, "auxiliary": auxiliary, "adverb": adverb, "function": functionWord,
	"verb": verbWord, "compound head": compoundHead, "compound tail": compoundTail,
}

// lexicon is everything the data files hold.
type lexicon struct {
	words     map[string]class
	acronyms  map[string]class    // written in capitals only: WHO is a body, "who" is none
	nicknames map[string][]string // a short or full form of a given name: the full forms it can stand for
	holders   map[string][]string // a title: the everyday nouns for who holds it
	countries map[string]string   // "french": "france", where the words do not begin alike
	works     map[string]string   // a word of office: the kind of work
	seats     map[string]string   // a word of an office of which a person holds one at a time: the office
	attribute [][]string          // "according to": after these the speaker stands
}

var words = sync.OnceValue(func() *lexicon {
	l := &lexicon{words: make(map[string]class, 8000), acronyms: map[string]class{}, nicknames: map[string][]string{}, holders: map[string][]string{},
		countries: map[string]string{}, works: map[string]string{}, seats: map[string]string{}}
	for _, file := range []struct {
		code  string
		topic language.Topic
	}{
		{language.Shared, language.Given}, {language.Shared, language.Family},
		{"en", language.Titles}, {"en", language.Bodies}, {"en", language.Cues},
	} {
		eachEntry(file.code, file.topic, l.add)
	}
	return l
})

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
			panic("speech: data files name no section " + section) // part of the build
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

// eachEntry calls f for every entry of a language's file.
func eachEntry(code string, topic language.Topic, f func(section, entry string)) {
	for _, s := range language.Of(code, topic) {
		for _, line := range s.Lines {
			for _, entry := range line {
				f(s.Name, entry)
			}
		}
	}
}

// sameGiven reports whether two folded given names can be of one person:
// equal, a nickname, or an initial.
func (l *lexicon) sameGiven(a, b string) bool {
	if a == b {
		return true
	}
	a, b = strings.TrimSuffix(a, "."), strings.TrimSuffix(b, ".")
	if len(a) == 0 || len(b) == 0 {
		return false
	}
	if len(a) == 1 || len(b) == 1 {
		return a[0] == b[0]
	}
	if strings.ReplaceAll(a, "-", "") == strings.ReplaceAll(b, "-", "") {
		return true
	}
	for _, x := range l.nicknames[a] {
		for _, y := range l.nicknames[b] {
			if x == y {
				return true
			}
		}
	}
	return false
}
