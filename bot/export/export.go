// Package export writes quotes with their sources in the formats that others
// work with: documents to read (Markdown, Word), tables (CSV), and citations
// (RIS, CSL-JSON, BibTeX, and the styles of Chicago and APA).
//
// It knows neither commands nor replies: a [Dossier] is plain data, and every
// text in it may come from a document, so each format escapes what it would
// take for its own signs.
package export

import (
	"fmt"
	"io"
	"strings"
	"time"
	"unicode"

	"example.org/attache/bot/command/words"
	"example.org/attache/corpus"
	"example.org/attache/corpus/text"
)

// Dossier is quotes under a title, in groups.
type Dossier struct {
	Title    string // what was asked: a question, a speaker, a topic
	Narrowed string // how it was narrowed, in words; may be empty
	Remarks  []string
	Groups   []Group
	Made     time.Time       // when the documents were asked: the date of access
	Words    words.Catalogue // of the text around the quotes
}

// Group is quotes under one heading.
type Group struct {
	Heading string // may be empty
	Remarks []string
	Quotes  []Quote
	Passage bool // the quotes are paragraphs of one document that follow one another, cited once
}

// Quote is verbatim text with its source.
type Quote struct {
	Text     string      // white space folded
	Marked   []text.Span // the words that stand out, places in Text
	Label    string      // what the quote shows; may be empty
	Speaker  string      // who says it, where known
	Kind     string      // of the statement that it is, as index.Quote has it
	Reported bool        // the document tells of the words and doesn't quote them
	Span     text.Span   // its place in the document's text
	Also     []string    // other documents that print the same
	Citation
}

// Quotes counts the quotes of all groups; a passage is one.
func (d Dossier) Quotes() (n int) {
	for _, g := range d.Groups {
		n += g.count()
	}
	return n
}

func (g Group) count() int {
	if g.Passage {
		return min(len(g.Quotes), 1)
	}
	return len(g.Quotes)
}

// First returns the dossier with the first n quotes alone.
func (d Dossier) First(n int) Dossier {
	groups := d.Groups
	d.Groups = nil
	for _, g := range groups {
		if n <= 0 {
			break
		}
		if !g.Passage {
			g.Quotes = g.Quotes[:min(n, len(g.Quotes))]
		}
		n -= g.count()
		d.Groups = append(d.Groups, g)
	}
	return d
}

// dated is a date in words; empty where none is known.
func dated(w words.Catalogue, d corpus.Date) string {
	if d.IsZero() {
		return ""
	}
	return w.Date(d.Year, d.Month, d.Day)
}

// sources returns a citation for each document that is quoted, in the order of
// the quotes; without a place where the quotes of a document have several.
func (d Dossier) sources() (all []Citation) {
	known := map[string]int{}
	for _, g := range d.Groups {
		for _, q := range g.Quotes {
			i, ok := known[q.Source.Document]
			if !ok {
				known[q.Source.Document] = len(all)
				all = append(all, q.Citation)
				continue
			}
			c := &all[i]
			if c.Page != q.Page || c.Second != q.Second {
				c.Page, c.Second = 0, 0
			}
			if c.Link != q.Link {
				c.Link = ""
			}
		}
	}
	return all
}

// Format is a format of files.
type Format string

// The formats of dossiers.
const (
	CSV      Format = "csv"  // a table, a row for each quote
	Markdown Format = "md"   // text with footnotes
	Word     Format = "docx" // the same for Word, LibreOffice and the like
	RIS      Format = "ris"  // the sources, for Zotero, EndNote and the like
	CSL      Format = "csl"  // the sources as CSL-JSON, for Zotero, Pandoc and the like
)

// Extension is what names of files of the format end in, with the dot.
func (f Format) Extension() string {
	if f == CSL {
		return ".csl.json"
	}
	return "." + string(f)
}

// Write writes the dossier in a format.
func (d Dossier) Write(w io.Writer, f Format) error {
	write, ok := map[Format]func(Dossier, io.Writer) error{
		CSV: Dossier.csv, Markdown: Dossier.markdown, Word: Dossier.word, RIS: Dossier.ris, CSL: Dossier.csl,
	}[f]
	if !ok {
		return fmt.Errorf("exporting quotes: there is no format %q", f)
	}
	if err := write(d, w); err != nil {
		return fmt.Errorf("exporting quotes as %s: %w", f, err)
	}
	return nil
}

// FileName makes the name of a file, without an extension, of words: plain
// letters and digits, at most 60, so that every system and every chat takes it.
func FileName(words ...string) string {
	var parts []string
	for _, w := range words {
		parts = append(parts, strings.FieldsFunc(text.Fold(w), func(r rune) bool {
			return r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r)
		})...)
	}
	name := strings.Join(parts, "-")
	if len(name) > 60 {
		name = name[:60]
		if i := strings.LastIndexByte(name, '-'); i > 30 {
			name = name[:i]
		}
	}
	if name == "" {
		return "quotes"
	}
	return name
}

func (d Dossier) ris(w io.Writer) error {
	for _, c := range d.sources() {
		if _, err := io.WriteString(w, strings.Join(c.RIS(), "\r\n")+"\r\n\r\n"); err != nil {
			return err
		}
	}
	return nil
}

// pieces cuts the text of a quote into what stands out and what doesn't.
func (q Quote) pieces(yield func(piece string, marked bool) bool) {
	at := 0
	for _, s := range q.Marked {
		if s.Start > at && !yield(q.Text[at:s.Start], false) || !yield(q.Text[s.Start:s.End], true) {
			return
		}
		at = s.End
	}
	if at < len(q.Text) {
		yield(q.Text[at:], false)
	}
}

// cited reports whether the quote at i is where its group is cited: each is,
// but of a passage only one.
func (g Group) cited(i int) bool {
	if !g.Passage {
		return true
	}
	at := 0
	for n, q := range g.Quotes {
		if len(q.Marked) > 0 {
			at = n
			break
		}
	}
	return i == at
}
