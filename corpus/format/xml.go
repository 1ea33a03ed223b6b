package format

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"golang.org/x/text/encoding/htmlindex"

	"example.org/attache/corpus/text"
)

// maxNesting is how deep elements may lie in each other.
const maxNesting = 500

var errNesting = errors.New("its elements are nested too deep; save it again from another program")

// xmlRules tell what the elements of an XML format mean, by local name.
type xmlRules struct {
	block map[string]Kind // elements that are a block of their own
	skip  map[string]bool // elements that hold nothing to read, or only in a parent: "parent/name"
	aside map[string]bool // elements whose blocks follow the block that they lie in
	notes map[string]bool // elements whose blocks follow all others
	space map[string]bool // elements that stand for white space
	cell  map[string]bool // elements whose blocks are joined to one row
	row   string          // the element that such a row is
	only  string          // the only element whose characters count; empty: all
	start func(*xmlWalker, xml.StartElement)
	chars func(*xmlWalker, string) // called before characters are taken
	end   func(*xmlWalker, string)
}

// xmlWalker gathers the blocks of an XML text.
type xmlWalker struct {
	rules xmlRules
	text  strings.Builder
	kind  Kind
	page  int // the page under way
	began int // the page that the block began on
	row   bool
	cells int      // of the row under way
	path  []string // the elements that are open
	out   []Block
	after []Block // what lies aside of the block under way
	ends  []Block // the notes
	outer []putBy
	look  look // of the characters under way
	lead  leadState
	muted int // of the elements that are open, how many hold nothing to read
}

// putBy is a block under way while another lies in it.
type putBy struct {
	written    string
	kind       Kind
	began      int
	row        bool
	cells      int
	lead       leadState
	out, after []Block
}

// unquoted is the kind of what is dropped: captions, tables of contents.
const unquoted Kind = 255

// walkXML reads an XML text to its end, or to that of ctx.
func walkXML(ctx context.Context, r io.Reader, rules xmlRules) (*xmlWalker, error) {
	w := &xmlWalker{rules: rules}
	dec := newXMLDecoder(asking{ctx, r})
	for {
		token, err := dec.Token()
		if err == io.EOF {
			w.flush()
			w.out = append(w.out, w.ends...)
			return w, nil
		}
		if errors.Is(err, ErrTooBig) {
			return w, err
		}
		if err != nil {
			return w, fmt.Errorf("taking its XML apart: %w; save it again", err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			if w.skips(token.Name.Local) {
				if err := dec.Skip(); err != nil {
					return w, fmt.Errorf("taking its XML apart: %w; save it again", err)
				}
				continue
			}
			if len(w.path) == maxNesting {
				return w, errNesting
			}
			w.open(token)
		case xml.EndElement:
			w.close(token.Name.Local)
		case xml.CharData:
			if rules.only == "" || len(w.path) > 0 && w.path[len(w.path)-1] == rules.only {
				w.chars(string(token))
			}
		}
	}
}

func (w *xmlWalker) skips(name string) bool {
	if n := len(w.path); n > 0 && w.rules.skip[w.path[n-1]+"/"+name] {
		return true
	}
	return w.rules.skip[name]
}

// attributeGuard stops reading XML where an element has too many attributes: it counts
// the equals signs since the last end of a tag.
type attributeGuard struct {
	from  io.Reader
	count int
}

var errAttributes = fmt.Errorf("%w: an element of it has more than %s attributes; save it again from another program", ErrTooBig, thousands(maxAttribute))

func (g *attributeGuard) Read(p []byte) (int, error) {
	if g.count > maxAttribute {
		return 0, errAttributes
	}
	n, err := g.from.Read(p)
	read := p[:n]
	if at := bytes.LastIndexByte(read, '>'); at >= 0 {
		g.count, read = 0, read[at+1:]
	}
	g.count += bytes.Count(read, []byte("="))
	return n, err
}

func newXMLDecoder(r io.Reader) *xml.Decoder {
	dec := xml.NewDecoder(&attributeGuard{from: r})
	dec.Strict = false
	dec.Entity = xml.HTMLEntity
	dec.CharsetReader = func(label string, in io.Reader) (io.Reader, error) {
		enc, err := htmlindex.Get(label)
		if err != nil {
			return nil, fmt.Errorf("its encoding %q is not known", label)
		}
		return enc.NewDecoder().Reader(in), nil
	}
	return dec
}

func (w *xmlWalker) open(e xml.StartElement) {
	name := e.Name.Local
	w.path = append(w.path, name)
	if w.rules.aside[name] || w.rules.notes[name] {
		w.enter()
	}
	if name == w.rules.row {
		w.flush()
		w.row = true
	}
	if kind, ok := w.rules.block[name]; ok && !w.row {
		w.flush()
		w.kind = kind
	}
	if w.rules.space[name] {
		w.write(" ")
	}
	if w.rules.start != nil {
		w.rules.start(w, e)
	}
}

func (w *xmlWalker) close(name string) {
	if len(w.path) > 0 {
		w.path = w.path[:len(w.path)-1]
	}
	_, block := w.rules.block[name]
	switch {
	case name == w.rules.row && name != "":
		w.row = false
		w.flush()
	case w.row && w.rules.cell[name]:
		w.cells++
		w.write(" | ")
	case w.row && block:
		w.write(" ")
	case block:
		w.flush()
	}
	if w.rules.end != nil {
		w.rules.end(w, name)
	}
	switch {
	case w.rules.aside[name]:
		found := w.leave()
		w.after = append(w.after, found...)
	case w.rules.notes[name]:
		found := w.leave()
		w.ends = append(w.ends, found...)
	}
}

// enter puts the block under way by, for one that lies in it.
func (w *xmlWalker) enter() {
	w.outer = append(w.outer, putBy{written: w.text.String(), kind: w.kind, began: w.began, row: w.row, cells: w.cells, lead: w.lead, out: w.out, after: w.after})
	w.text.Reset()
	w.kind, w.row, w.cells, w.lead, w.out, w.after = Body, false, 0, leadOpen, nil, nil
}

// leave goes on with the block that was put by, and returns the blocks since.
func (w *xmlWalker) leave() []Block {
	w.flush()
	found := w.out
	n := len(w.outer) - 1
	o := w.outer[n]
	w.outer = w.outer[:n]
	w.text.WriteString(o.written)
	w.kind, w.began, w.row, w.cells, w.lead, w.out, w.after = o.kind, o.began, o.row, o.cells, o.lead, o.out, o.after
	return found
}

func (w *xmlWalker) chars(t string) {
	if w.muted > 0 || w.look.isOut() {
		return
	}
	if w.rules.chars != nil {
		w.rules.chars(w, t)
	}
	if strings.TrimSpace(t) != "" && w.look.raised != on {
		w.follow(w.look.isSetOff())
	}
	if w.look.raised == on {
		t = raisedBegin + t + raisedEnd
	}
	w.write(t)
}

// follow notes whether the characters that come are set off.
func (w *xmlWalker) follow(setOff bool) {
	switch {
	case w.lead == leadOpen && setOff:
		w.lead = leads
	case w.lead == leadOpen:
		w.lead = leadOver
	case w.lead == leads && !setOff:
		w.lead = leadOver
		w.write(leadEnd)
	}
}

func (w *xmlWalker) write(t string) {
	if w.text.Len() == 0 {
		w.began = w.page
	}
	w.text.WriteString(t)
}

// flush ends the block under way.
func (w *xmlWalker) flush() {
	t, lead := takeLead(strings.Trim(settleRaised(text.JoinLines(w.text.String())), "| "))
	if t != "" && w.kind != unquoted {
		w.out = append(w.out, Block{Text: t, Kind: w.kind, Page: w.began, Row: w.cells > 1, Lead: lead})
	}
	w.out = append(w.out, w.after...)
	w.text.Reset()
	w.kind, w.after, w.cells, w.lead = Body, nil, 0, leadOpen
}

// leadEnd follows what is set off at the beginning of a block, until the
// block is known: see takeLead.
const leadEnd = "\x10"

// leadState reports whether the block under way began with what is set off.
type leadState uint8

const (
	leadOpen leadState = iota // there are no characters yet
	leads                     // all characters so far are
	leadOver
)

// takeLead returns a block's text without the mark behind what is set off at its
// beginning, and how many bytes that is.
func takeLead(t string) (string, int) {
	lead, rest, ok := strings.Cut(t, leadEnd)
	if !ok {
		return t, 0
	}
	return lead + strings.ReplaceAll(rest, leadEnd, ""), len(strings.TrimRight(lead, " "))
}

// within reports whether the element that begins lies in those elements,
// the innermost last.
func (w *xmlWalker) within(elements ...string) bool {
	n := len(w.path) - 1 // the last is the element itself
	return n >= len(elements) && slices.Equal(w.path[n-len(elements):n], elements)
}

// set makes a set of words.
func set(words string) map[string]bool {
	s := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		s[w] = true
	}
	return s
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
