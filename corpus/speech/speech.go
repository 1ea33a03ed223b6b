// Package speech reads who says what in a text: its direct quotations with
// their speakers, and the people it names with what it calls them.
//
// A [Quotation] is what stands inside one pair of quotation marks in one
// paragraph. A [Person] is everybody the text names, with every place where it
// does. Both carry byte offsets into the text. Where the text leaves a speaker
// open the speaker stays empty: naming nobody is better than naming the wrong
// one.
package speech

import "attache/corpus/text"

// Text is what Read needs to know of a text.
type Text struct {
	Body       string
	Paragraphs []text.Span // in order, without overlap
	Sentences  []text.Span // in order, without overlap, each within a paragraph
	Language   string      // ISO 639-1, empty when unknown
}

// Quotation is one direct quotation: one pair of marks in one paragraph.
type Quotation struct {
	Span    text.Span `json:"span"`              // what stands between the marks
	Speaker string    `json:"speaker,omitempty"` // full name as the text gives it, or the body or country that speaks; empty when unknown
	Written text.Span `json:"written"`           // the words that name the speaker, a pronoun too; empty when none
	Cue     text.Span `json:"cue"`               // the words that say it is speech: "said", "according to"; empty when none
}

// Person is somebody a text names.
type Person struct {
	Name     string    `json:"name"` // the fullest spelling in the text, without titles
	Mentions []Mention `json:"mentions"`
}

// Mention is one place that names a person.
type Mention struct {
	Span  text.Span `json:"span"`  // the name with its honorific: "Mr. Chang"
	Title text.Span `json:"title"` // what the text calls the person there: "South Korean Foreign Minister"; empty when nothing
}

// Read returns the direct quotations of t in the order of the text, and the
// people it names in the order of their first mention.
func Read(t Text) ([]Quotation, []Person) {
	return nil, nil
}
