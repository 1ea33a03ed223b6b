package speech

import (
	"example.org/attache/corpus/text"
)

// Text is what Read needs to know of a text.
type Text struct {
	Body       string
	Paragraphs []text.Span // in order, without overlap
	Sentences  []text.Span // in order, without overlap, each within a paragraph
	Language   string      // ISO 639-1, empty when unknown
	Voices     []Voice     // who speaks in it, where its structure or layout says so
	Said       []Said      // what they say, in order
	Over       func() bool // asked now and then: whether to give up; nil: never
}

// Person is somebody a text names.
type Person struct {
	Name     string   // the fullest spelling in the text, without titles
	Aliases  []string // the other spellings, with honorifics, as they occur
	Gender   Gender
	Traits   []string // what could distinguish namesakes, from the titles: "country:korea", "work:politics"
	Mentions []Mention
}

// The kinds of traits, which their values follow.
const (
	CountryTrait = "country:" // that somebody acts for
	WorkTrait    = "work:"    // politics, sport, science …
	OfficeTrait  = "office:"  // a title without the country, the time and small words
	SeatTrait    = "seat:"    // an office of which a person holds one at a time, "mayor of springfield"
)

// Mention is one place that names a person.
type Mention struct {
	Span  text.Span // the name with its honorific: "Mr. Chang"
	Title text.Span // what the text calls the person there: "South Korean Foreign Minister"; empty when nothing
	Also  text.Span // a second title, behind the name: "the State Department's assistant secretary"
}

// Voice is somebody who speaks in a text whose structure or layout says who speaks.
type Voice struct {
	Name   string // without honorific and office, perhaps a family name alone; empty where it is nobody to be named
	Office string // "Minister for Foreign Affairs"; may be empty
	For    string // the body or country that speaks, or for which the person does; may be empty
	Gender Gender // as far as an honorific or an office shows it
}

// Said is what a voice says in one go.
type Said struct {
	Voice      int         // index into the voices of the text
	Label      text.Span   // the words that name the speaker; empty where a heading or a column does
	Paragraphs []text.Span // in order
	Kind       StatementKind
}

// Gender is a person's gender as far as a text shows it; the zero value is unknown.
type Gender uint8

// The genders that pronouns distinguish.
const (
	Male Gender = 1 << iota
	Female
)
