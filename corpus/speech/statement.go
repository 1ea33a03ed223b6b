// Package speech holds what is read about who says what in a text: a [Statement]
// is a stretch of the text with its speaker, a [Person] is somebody whom the text
// names. Spans are byte offsets into the text.
//
// Package extract reads them; package names takes names apart and compares them.
package speech

import "example.org/attache/corpus/text"

// Statement is a stretch of a text with the one who says it.
type Statement struct {
	Span    text.Span
	Kind    StatementKind
	Person  int       // who says it: an index into the people of the text, NoPerson where it is none of them
	Body    string    // the body or country that says it, or that the person speaks for; empty when unknown
	Written text.Span // the words that name the speaker with the title before them, a pronoun too; empty when none
	Cue     text.Span // the words that say it is speech: "said", "according to"; empty when none
}

// NoPerson is the Person of a statement that nobody among the people of the
// text makes.
const NoPerson = -1

// Known reports whether it is known who makes the statement.
func (s *Statement) Known() bool { return s.Person != NoPerson || s.Body != "" }

// Speaker returns the speaker's name as the text gives it, a person's or a body's; empty
// when unknown. people are those of the text.
func (s *Statement) Speaker(people []Person) string {
	if s.Person != NoPerson {
		return people[s.Person].Name
	}
	return s.Body
}

// StatementKind is how a text gives somebody's words.
type StatementKind uint8

// The kinds of statements. All but the reported ones are the speaker's own
// words.
const (
	Quotation StatementKind = iota // the text inside one pair of quotation marks in one paragraph
	Turn                           // a paragraph under a speaker's label in a transcript, without the label
	Speech                         // a paragraph of a document, or a part of one, that is one person's words
	Reported                       // a sentence, or clauses of one, that reports what somebody said without quoting it
)

var kindNames = [...]string{"quotation", "turn", "speech", "reported"}

// String is the kind's name as JSON has it.
func (k StatementKind) String() string { return kindNames[k] }
