// Package format turns the bytes of a file into text and metadata.
//
// Every format has a reader, and every reader ends in the same model, a
// [Document] of blocks. What a file says about itself is taken over as it
// stands; nothing is guessed here, and nothing is cleaned. Plain text is kept
// as slices of the file, so that what is quoted of it is the file's own text.
package format

import (
	"context"
	"errors"
	"fmt"
	"image"
	"iter"
	"path"
	"strings"

	"example.org/attache/corpus/date"
)

// Document is what a file, or a part of one, says. Empty fields are unknown.
type Document struct {
	Part       string // which part of the file: "", "#3" of a table, "/notes.txt" of an archive
	Title      string
	Publisher  string
	Author     string
	Maker      string // whom the file names as its maker: perhaps the author, perhaps who typed or converted it
	URL        string
	Published  date.Date
	Language   string // ISO 639-1
	Tags       []string
	Blocks     []Block // in reading order
	Voices     []Voice
	Sidecars   []Sidecar
	Recognised bool   // its text was recognised in pictures of pages, not written in the file
	Explain    bool   // note in Left what is left out
	Left       []Left // what was left out, in no order
}

// Left is text of a file that is none of the document.
type Left struct {
	Text string
	Why  Why
}

// Why says why text was left out.
type Why string

// The reasons to leave text out.
const (
	Frame    Why = "frame"    // it stands around the article of a page
	Hidden   Why = "hidden"   // the page does not show it, or its author struck it
	Answered Why = "answered" // it is a mail that another one answers, or a signature
	Notice   Why = "notice"   // a site prints it around articles
	Field    Why = "field"    // it tells title, author or date, and is kept as such
	Repeated Why = "repeated" // it comes again and again, as the header of a page does
	Below    Why = "below"    // it stands below the end of the document
	Excess   Why = "excess"   // it is more than a title, a name or an address has
)

// Leave notes what was left out, where that is asked for.
func (d *Document) Leave(text string, why Why) {
	if text = strings.Join(strings.Fields(text), " "); d.Explain && text != "" {
		d.Left = append(d.Left, Left{text, why})
	}
}

// SidecarSuffix ends the name of a sidecar: a file NAME.meta.toml beside NAME
// says what NAME itself does not.
const SidecarSuffix = ".meta.toml"

// MaxSidecar is how many bytes a sidecar has at most.
const MaxSidecar = 64 << 10

// Sidecar is a sidecar that lies in an archive, beside the document or beside
// an archive or table that holds it. The nearest comes first.
type Sidecar struct {
	Name string // below the file that is read
	Data []byte
	Part bool // it is beside what holds the document, not beside the document
}

// Block is a paragraph, a heading or the like.
type Block struct {
	Text string // without line ends
	Kind Kind
	Page int  // the page it begins on, from 1; 0 where there are no pages
	Row  bool // the file marks it as a row of a table; its cells are joined by " | "
	Lead int  // bytes at the beginning of Text that are set off in bold or italics, as a speaker's name is

	Voice  int // who says it: one of the document's voices, from 1; 0 for nobody known
	Second int // of a recording: the second that it begins in, from 1; 0 where there is none
}

// Voice is somebody who speaks in a document, as its structure or its layout
// tells.
type Voice struct {
	Name   string // without honorific and office; empty where it is nobody to be named
	Office string // as the document writes it: "Minister for Foreign Affairs"
	For    string // the body or country that speaks, or for which the person does
	Female bool   // an honorific or an office tells that it is a woman
	Male   bool   // … a man
	Whole  bool   // the document, or a part of it, is this one's speech, not turns in a talk
}

// Kind tells running text from the rest.
type Kind uint8

// The kinds of blocks. Only Body is ever quoted as an answer.
const (
	Body Kind = iota
	Title
	Heading
	Label    // names who says what follows: "MS. VARNHOLT:"
	Question // what a reporter or an interviewer asks
	Aside    // what happens, in brackets: "(Laughter.)"
)

// File is what a reader is given.
type File struct {
	Path    string // its name decides on the reader, unless its first bytes do
	Data    []byte
	Explain bool   // note what is left out
	charset string // what the server says of the encoding, empty when nothing
	depth   int    // in how many archives it lies

	// Recognize finds the text in a picture of a page, as paragraphs of lines; nil
	// where pictures are not read. The language is ISO 639-1, or empty.
	Recognize func(ctx context.Context, picture *image.Gray, language string) ([][]string, error)
	Language  string // ISO 639-1, of what it says, where that is known; else empty
	Alive     func() // called now and then while a reader works long; may be nil
}

// Errors that say what kind of thing is wrong with a file.
var (
	ErrUnknown = errors.New("files of this kind are not read")
	ErrEmpty   = errors.New("there is no text in it")
	ErrTooBig  = errors.New("it is too big")
	ErrUnready = errors.New("what reads files of this kind could not be started") // the file may be good
	errTwice   = errors.New("another part of the file has the same name; only the first is read")
)

// Read reads the documents of a file, in order. A part that can't be read is a
// Document with only Part set, and an error; the others follow. A file without
// any document is an error.
func Read(ctx context.Context, f File) iter.Seq2[Document, error] {
	return func(yield func(Document, error) bool) {
		r, err := readerOf(f)
		if err == nil && len(f.Data) == 0 {
			err = ErrEmpty
		}
		if err != nil {
			yield(Document{}, err)
			return
		}
		var read parts
		var faults alike
		for d, err := range r.read(ctx, f) {
			d.Explain = f.Explain
			again := read.again(d.Part)
			switch {
			case err == nil && read.count > maxDocuments:
				err = fmt.Errorf("%w: only the first %s documents of the file are read; split it", ErrTooBig, thousands(maxDocuments))
			case err == nil:
				err = d.check(again)
			}
			if err != nil && f.depth == 0 && !faults.tell(d.Part, err) {
				continue
			}
			if !yield(d, err) {
				return
			}
			if read.count > maxDocuments {
				break
			}
		}
		if read.count == 0 {
			yield(Document{}, ErrEmpty)
			return
		}
		faults.rest(yield)
	}
}

// check makes sure that what a reader read is text, and a part of its own.
func (d *Document) check(again bool) error {
	var used budget
	if n := len(d.Blocks); n > maxBlocks {
		return fmt.Errorf("%w: it has %s paragraphs, and at most %s are read as one document; split it", ErrTooBig, thousands(n), thousands(maxBlocks))
	}
	for i, b := range d.Blocks {
		if err := used.spend(b.Text); err != nil {
			return err
		}
		d.Blocks[i].Text = strings.ToValidUTF8(b.Text, "\ufffd")
	}
	switch {
	case again:
		return errTwice
	case !d.hasText():
		return ErrEmpty
	}
	return nil
}

func (d Document) hasText() bool {
	for _, b := range d.Blocks {
		if strings.TrimSpace(b.Text) != "" {
			return true
		}
	}
	return false
}

// one makes a reader of several documents of a function that reads one.
func one(read func(context.Context, File) (Document, error)) func(context.Context, File) iter.Seq2[Document, error] {
	return func(ctx context.Context, f File) iter.Seq2[Document, error] {
		return func(yield func(Document, error) bool) { yield(read(ctx, f)) }
	}
}

// extension returns the ending of a file's name, in lower case. Programs that
// copy web sites call what they save as its address is: "page.html?id=3",
// "index.php@id=3", "page.html.1".
func (f File) extension() string {
	name := path.Base(f.Path)
	name, query, saved := strings.Cut(name, "?")
	if at := strings.IndexByte(name, '@'); !saved && at > 0 && strings.Contains(name[at:], "=") {
		name, query, saved = name[:at], name[at+1:], true
	}
	ext := strings.ToLower(path.Ext(name))
	if rest := strings.TrimSuffix(name, path.Ext(name)); len(ext) > 1 && strings.Trim(ext[1:], "0123456789") == "" && path.Ext(rest) != "" {
		ext = strings.ToLower(path.Ext(rest)) // a second copy
	}
	if saved && ext == "" {
		ext = strings.ToLower(path.Ext(query))
	}
	return ext
}

// readerOf picks the reader of a file: by its first bytes if they leave no
// doubt, else by the ending of its name. A file without an ending may be plain
// text.
func readerOf(f File) (reader, error) {
	ext := f.extension()
	named, known := reader{loose: true}, false
	for _, r := range readers() {
		if r.has(ext) {
			named, known = r, true
			break
		}
	}
	for _, r := range readers() {
		if r.begins != nil && named.loose && r.begins(f.Data) {
			return r, nil
		}
		if n := len(r.magic); n > 0 && len(f.Data) >= n && strings.EqualFold(string(f.Data[:n]), r.magic) {
			return r, nil
		}
	}
	if !known {
		return reader{}, unknown(ext)
	}
	return named, nil
}
