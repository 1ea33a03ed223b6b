// Package corpus reads a folder of source documents.
//
// A [Document] is what one file says, in clean text: its paragraphs and
// sentences, who says what in it and the people it names. All of them
// are byte offsets into that text, so that a quote is always a slice of it.
// [Read] walks a folder and hands over a [Result] for every document and for
// every file that could not be read; [ReadChanged] passes over what is known.
//
// The work is done by packages below this one: format turns the bytes of a
// file into text and metadata, clean takes out what is not the document's own,
// record reads the layout of transcripts and speeches, text cuts it, date reads dates, speech reads who says what.
package corpus

import (
	"example.org/attache/corpus/date"
	"example.org/attache/corpus/format"
	"example.org/attache/corpus/speech"
	"example.org/attache/corpus/text"
)

// Document is one source document. Empty fields are unknown, never guessed.
type Document struct {
	ID         string // its file's path below the corpus, with slashes; of a part of a file also which: PATH#3, ARCHIVE/PATH
	Title      string
	Publisher  string
	Author     string
	URL        string
	Published  Date
	Language   string // ISO 639-1
	Tags       []string
	Text       string // clean text, UTF-8, a paragraph a line
	Paragraphs []Paragraph
	Sentences  []text.Span        // in order, each within one paragraph
	Statements []speech.Statement // in order
	People     []speech.Person
	Recognised bool   // its text was recognised in pictures of pages, and may have errors
	Hash       string // of the file's content: the same hash, the same document
	Left       []Left // what of the file is none of the document, where Explain was asked

	exceeded []error // what of it is more than is read
}

// Paragraph is a line of a document's text.
type Paragraph struct {
	text.Span
	Kind   Kind
	Page   int // the page it begins on, from 1; 0 where there are no pages
	Second int // of a recording: the second it begins in, from 1; 0 where there is none
}

// Kind tells running text from the rest.
type Kind = format.Kind

// The kinds of paragraphs. Only Body is quoted as an answer; a title or a
// heading says what the paragraphs below it are about, a question what the next
// answers.
const (
	Body     = format.Body
	Title    = format.Title
	Heading  = format.Heading
	Label    = format.Label
	Question = format.Question
	Aside    = format.Aside
)

// Date is a day, a month or a year: as far as it is known.
type Date = date.Date

// Left is text of a file that was left out, and why.
type Left = format.Left
