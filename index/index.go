// Package index finds what a corpus says.
//
// An [Index] answers from one generation of the corpus: the postings of the
// passages' words with the documents' texts, statements and people beside them,
// so that an answer always comes from what was indexed. [Build] makes a new
// generation beside the one that is being read, from what changed, and
// [Index.Refresh] takes it up without failing a question that is under way.
//
// A generation is a folder that never changes once it has its name: the postings
// (internal/postings); the table of documents and their records, compressed, in files
// that rebuilds share (internal/store); the people (internal/people); and a manifest
// with the size and the checksum of each file.
//
// The finders return slices of the documents' texts with their places; they
// compose nothing.
package index

import (
	"time"

	"example.org/attache/corpus"
	"example.org/attache/corpus/text"
	"example.org/attache/index/internal/store"
	"example.org/attache/index/rank"
)

// Source is the document that a quote comes from.
type Source = store.Source

// Quote is a slice of a document's text.
type Quote struct {
	Text    string      // the slice, white space folded
	Span    text.Span   // its place in the document's text
	Page    int         // the page that its paragraph begins on, from 1; 0 where there are no pages
	Second  int         // of a recording: the second that its paragraph begins in, from 1; 0 where there is none
	Source  Source      // where it is printed
	Speaker string      // who says it, where it is a statement; else empty
	Kind    string      // of that statement: "quotation", "turn", "speech" or "reported"; empty where it is none
	Bold    []text.Span // what bears on the question, as places in Text
	Score   float64     // 0 to 1: how sure it answers, never above that of a quote before it; means the same for every question
	Also    []string    // other documents that print the same, but for capitals, marks and small edits
	Context string      // for a statement: the sentences that contain it

	Reasons []Reason // what the score rests on; only when the question asks to explain
}

// Reason is one thing that a score rests on.
type Reason = rank.Reason

// Filter narrows what is searched. Zero fields do not narrow.
type Filter struct {
	Since, Until corpus.Date // of publication, both included
	Source       string      // words of the title, publisher or document name
	Speaker      string      // any spelling of the speaker's name

	among *among // nil: all
}

// Question is what Ask answers.
type Question struct {
	Text   string
	Limit  int // how many quotes at most; 0 means 3
	Filter Filter

	Now     time.Time // what "last year" is before; zero means the present
	Explain bool      // say what the scores rest on
	Apart   bool      // give the ranked sentences alone, each by itself, and those far below the first too: for fitting
}

// Answers are the quotes that bear on a question, best first.
type Answers struct {
	Language string // that the question is asked in, an ISO 639-1 code; quotes may be in another
	Answered bool   // false when the documents do not hold the answer; Quotes then are the nearest passages
	Quotes   []Quote
}

// Title is what a document calls a person, with the sentence that does.
type Title struct {
	Title       string
	Quote       Quote       // of the newest document that does
	Documents   int         // how many do
	First, Last corpus.Date // when they were published, as far as known
}

// Profile is what the documents say of one person.
type Profile struct {
	Name        string
	Titles      []Title // newest first
	Aliases     []string
	Quotes      []Quote     // what the person says, the newest own words first, then what is reported
	Mentions    []Quote     // what others' sentences say of the person, newest first
	With        []string    // who is named in most of the same documents
	Documents   int         // how many name the person
	First, Last corpus.Date // when they were published, as far as known
}
