// Package corpus reads a folder of source documents.
//
// A [Document] is what one file says, in clean text: its paragraphs and
// sentences, the direct quotations in it and the people it names. All of them
// are byte offsets into that text, so that a quote is always a slice of it.
// [Read] walks a folder and hands over one [Result] a file: a document, or why
// the file could not be read.
//
// The work is done by packages below this one: format turns the bytes of a
// file into clean text and metadata, text cuts it, speech reads who says what.
package corpus

import (
	"fmt"

	"attache/corpus/speech"
	"attache/corpus/text"
)

// Document is one source document. Empty fields are unknown, never guessed.
type Document struct {
	ID         string             `json:"id"` // its path below the corpus, with slashes
	Title      string             `json:"title,omitempty"`
	Publisher  string             `json:"publisher,omitempty"`
	Author     string             `json:"author,omitempty"`
	URL        string             `json:"url,omitempty"`
	Published  Date               `json:"published,omitzero"`
	Language   string             `json:"language,omitempty"` // ISO 639-1
	Text       string             `json:"-"`                  // clean text, UTF-8, a paragraph a line
	Paragraphs []Paragraph        `json:"paragraphs"`
	Sentences  []text.Span        `json:"sentences"` // in order, each within one paragraph
	Quotations []speech.Quotation `json:"quotations,omitempty"`
	People     []speech.Person    `json:"people,omitempty"`
	Hash       string             `json:"hash"` // of the file's content: the same hash, the same document
}

// Paragraph is a line of a document's text.
type Paragraph struct {
	text.Span
	Kind Kind `json:"kind,omitempty"`
}

// Kind tells running text from the rest.
type Kind uint8

// The kinds of paragraphs. Only Body is quoted as an answer; a title or a
// heading tells what the paragraphs below it are about.
const (
	Body Kind = iota
	Title
	Heading
)

// Date is a day, a month (Day 0) or a year (Month and Day 0). The zero Date is
// unknown.
type Date struct {
	Year, Month, Day int
}

// IsZero reports whether the date is unknown.
func (d Date) IsZero() bool { return d.Year == 0 }

// String writes the date as far as it is known: 2024-08-28, 2024-08, 2024.
func (d Date) String() string {
	switch {
	case d.Year == 0:
		return ""
	case d.Month == 0:
		return fmt.Sprintf("%04d", d.Year)
	case d.Day == 0:
		return fmt.Sprintf("%04d-%02d", d.Year, d.Month)
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// MarshalText writes the date like String.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (d *Date) UnmarshalText(b []byte) error {
	*d = Date{}
	if len(b) == 0 {
		return nil
	}
	n, err := fmt.Sscanf(string(b), "%d-%d-%d", &d.Year, &d.Month, &d.Day)
	if n == 0 {
		return fmt.Errorf("reading the date %q: %w", b, err)
	}
	return nil
}
