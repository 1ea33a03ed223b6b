package store

import (
	"encoding/binary"
	"errors"
	"sort"
	"strings"

	"example.org/attache/corpus"
	"example.org/attache/corpus/speech"
	"example.org/attache/corpus/text"
	"example.org/attache/index/internal/near"
	"example.org/attache/index/internal/pack"
)

// A stored document is packed as its cuts, its statements, its people and its
// sketch, each with its length before it, and its text. An answer needs the first and the
// last; the others are unpacked when asked for. A long text follows in blocks,
// of which only those that are asked for are read: a book is quoted as fast as
// a note.
// Numbers are varints and places are distances from the place before, so that
// most take one byte.

// wholeText is how many bytes a text has at most to be stored whole, and
// textBlock how many of a longer one are compressed together.
const (
	wholeText = 32 << 10
	textBlock = 8 << 10
)

// PackDocument returns the record of d without its text when that is long.
func PackDocument(d *corpus.Document, passages []Passage, drawn near.Sketch) []byte {
	var all, cuts, said, people, sketch pack.Writer
	packCuts(&cuts, d, passages)
	packStatements(&said, d.Statements)
	packPeople(&people, d.People)
	packSketch(&sketch, drawn)
	all.Part(&cuts)
	all.Part(&said)
	all.Part(&people)
	all.Part(&sketch)
	all.Uint(len(d.Text))
	if len(d.Text) <= wholeText {
		all.Bytes = append(all.Bytes, d.Text...)
	}
	return all.Bytes
}

func packCuts(p *pack.Writer, d *corpus.Document, passages []Passage) {
	p.Uint(len(d.Paragraphs))
	at := 0
	for _, g := range d.Paragraphs {
		p.Span(g.Span, at)
		p.Uint(int(g.Kind))
		p.Uint(g.Page)
		p.Uint(g.Second)
		at = g.End
	}
	p.Uint(len(d.Sentences))
	at = 0
	for _, s := range d.Sentences {
		p.Span(s, at)
		at = s.End
	}
	p.Uint(len(passages))
	next := 0
	for _, g := range passages {
		p.Uint(g.First - next)
		p.Uint(g.Last - g.First)
		next = g.Last
	}
}

func unpackCuts(u *pack.Reader, d *Record) {
	at := 0
	d.Paragraphs = make([]corpus.Paragraph, u.Count())
	for i := range d.Paragraphs {
		s := u.Span(at)
		d.Paragraphs[i] = corpus.Paragraph{Span: s, Kind: corpus.Kind(u.Uint()), Page: u.Uint(), Second: u.Uint()}
		at = s.End
	}
	at = 0
	d.Sentences = make([]text.Span, u.Count())
	for i := range d.Sentences {
		d.Sentences[i] = u.Span(at)
		at = d.Sentences[i].End
	}
	next := 0
	d.Passages = make([]Passage, u.Count())
	for i := range d.Passages {
		first := next + u.Uint()
		next = first + u.Uint()
		d.Passages[i] = Passage{first, next}
	}
}

func packStatements(p *pack.Writer, all []speech.Statement) {
	p.Uint(len(all))
	at := 0
	for _, s := range all {
		p.Uint(int(s.Kind))
		p.Span(s.Span, at)
		p.Uint(s.Person + 1) // NoPerson is -1
		p.String(s.Body)
		p.Maybe(s.Written, s.Span.Start)
		p.Maybe(s.Cue, s.Span.Start)
		at = s.Span.Start
	}
}

func unpackStatements(u *pack.Reader) []speech.Statement {
	all := make([]speech.Statement, u.Count())
	at := 0
	for i := range all {
		s := &all[i]
		if s.Kind = speech.StatementKind(u.Uint()); s.Kind > speech.Reported {
			u.Fail()
			return nil
		}
		s.Span = u.Span(at)
		s.Person = u.Uint() - 1
		s.Body = u.String()
		s.Written = u.Maybe(s.Span.Start)
		s.Cue = u.Maybe(s.Span.Start)
		at = s.Span.Start
	}
	return all
}

func packPeople(p *pack.Writer, all []speech.Person) {
	p.Uint(len(all))
	for _, who := range all {
		p.String(who.Name)
		p.Strings(who.Aliases)
		p.Uint(int(who.Gender))
		p.Strings(who.Traits)
		p.Uint(len(who.Mentions))
		at := 0
		for _, m := range who.Mentions {
			p.Span(m.Span, at)
			p.Maybe(m.Title, m.Span.Start)
			p.Maybe(m.Also, m.Span.Start)
			at = m.Span.Start
		}
	}
}

func unpackNamed(u *pack.Reader) []speech.Person {
	all := make([]speech.Person, u.Count())
	for i := range all {
		all[i].Name = u.String()
		all[i].Aliases = u.Strings()
		all[i].Gender = speech.Gender(u.Uint())
		all[i].Traits = u.Strings()
		all[i].Mentions = make([]speech.Mention, u.Count())
		at := 0
		for j := range all[i].Mentions {
			m := &all[i].Mentions[j]
			m.Span = u.Span(at)
			m.Title = u.Maybe(m.Span.Start)
			m.Also = u.Maybe(m.Span.Start)
			at = m.Span.Start
		}
	}
	return all
}

// Record is a document as the index keeps it: its Paragraphs and Sentences, the
// fields of its row, and its statements and people still packed. Its Text is empty:
// see In.
type Record struct {
	corpus.Document
	Passages                 []Passage
	packedSaid, packedPeople string
	spoken                   []speech.Statement
	named                    []speech.Person
	drawn                    string // packed sketch
	Size                     int    // of the text
	text                     string // the whole, when it is short
	blocks                   *textBlocks
}

// unpackDocument reads what packDocument wrote into d.
func unpackDocument(record string, d *Record) error {
	u := pack.Reader{Rest: record}
	cuts := pack.Reader{Rest: u.String()}
	d.packedSaid, d.packedPeople, d.drawn = u.String(), u.String(), u.String()
	if d.Size = u.Uint(); d.Size <= wholeText {
		if d.text = u.Rest; d.Size != len(u.Rest) {
			u.Fail()
		}
	}
	unpackCuts(&cuts, d)
	return errors.Join(u.Err, cuts.Err)
}

// Statements returns the statements of the document, unpacked once.
func (d *Record) Statements() ([]speech.Statement, error) {
	if d.spoken != nil {
		return d.spoken, nil
	}
	u := pack.Reader{Rest: d.packedSaid}
	d.spoken = unpackStatements(&u)
	return d.spoken, u.Err
}

// People returns the people whom the document names, unpacked once.
func (d *Record) People() ([]speech.Person, error) {
	if d.named != nil {
		return d.named, nil
	}
	u := pack.Reader{Rest: d.packedPeople}
	d.named = unpackNamed(&u)
	return d.named, u.Err
}

// Passage is a run of sentences of a document that is found as one: first and
// the number after the last, as places in Document.Sentences. It doesn't cross
// a heading.
type Passage struct{ First, Last int }

func packSketch(p *pack.Writer, s near.Sketch) {
	p.Uint(s.Words)
	p.Uint(len(s.Prints))
	for _, h := range s.Prints {
		p.Bytes = binary.LittleEndian.AppendUint32(p.Bytes, h)
	}
}

// Sketch returns the sketch by which documents of one story are recognised.
func (d *Record) Sketch() (s near.Sketch, err error) {
	u := pack.Reader{Rest: d.drawn}
	s.Words = u.Uint()
	n := u.Count()
	if len(u.Rest) != 4*n {
		u.Fail()
		return s, u.Err
	}
	s.Prints = make([]uint32, n)
	for i := range s.Prints {
		s.Prints[i] = binary.LittleEndian.Uint32([]byte(u.Rest[4*i : 4*i+4]))
	}
	return s, u.Err
}

// Keys returns the keys of the sentences of a passage.
func (d *Record) Keys(passage int) (all []uint64) {
	p := d.Passages[passage]
	for _, s := range d.Sentences[p.First:p.Last] {
		all = append(all, d.Wording(s).Key())
	}
	return all
}

// Wording is the wording of a span, to be compared with others.
func (d *Record) Wording(s text.Span) *near.Wording { return near.NewWording(d.In(s), d.Language) }

// In returns the text of a span; empty where the text has no such span.
func (d *Record) In(s text.Span) string {
	switch {
	case s.Start < 0 || s.End > d.Size || s.Start >= s.End:
		return ""
	case d.blocks != nil:
		return d.blocks.in(s.Start, s.End)
	case s.End > len(d.text):
		return ""
	}
	return d.text[s.Start:s.End]
}

// Fault is what kept a part of the text from being read.
func (d *Record) Fault() error {
	if d.blocks == nil {
		return nil
	}
	return d.blocks.err
}

// Touched returns the first passage that s touches, and how many it does.
func (d *Record) Touched(s text.Span) (first, n int) {
	first = sort.Search(len(d.Passages), func(i int) bool { return d.Sentences[d.Passages[i].Last-1].End > s.Start })
	for first+n < len(d.Passages) && d.Sentences[d.Passages[first+n].First].Start < s.End {
		n++
	}
	return first, n
}

// Sentence returns the sentence of d that holds the beginning of s, or s
// itself where none does.
func (d *Record) Sentence(s text.Span) text.Span {
	i := d.SentenceAt(s.Start)
	if i < len(d.Sentences) && d.Sentences[i].Start <= s.Start && s.Start < d.Sentences[i].End {
		return d.Sentences[i]
	}
	return s
}

// SentenceAt returns the place of the first sentence that ends after at.
func (d *Record) SentenceAt(at int) int {
	return sort.Search(len(d.Sentences), func(i int) bool { return d.Sentences[i].End > at })
}

// Kind returns the kind of the paragraph that contains s.
func (d *Record) Kind(s text.Span) corpus.Kind {
	return d.Paragraph(s).Kind
}

// Page returns the page that the paragraph of s begins on; 0 for none.
func (d *Record) Page(s text.Span) int { return d.Paragraph(s).Page }

// Paragraph returns the paragraph that s begins in; an empty one, of running
// text, where it begins in none.
func (d *Record) Paragraph(s text.Span) (p corpus.Paragraph) {
	i := sort.Search(len(d.Paragraphs), func(i int) bool { return d.Paragraphs[i].End > s.Start })
	if i < len(d.Paragraphs) && d.Paragraphs[i].Start <= s.Start {
		return d.Paragraphs[i]
	}
	return p
}

// LeadsTo reports whether the sentence before sentence i belongs with it: both are
// running text of one turn, or the one before is the question that the turn of
// sentence i answers.
func (d *Record) LeadsTo(i int) bool {
	before, s := d.Sentences[i-1], d.Sentences[i]
	switch d.Kind(before) {
	case corpus.Question:
		return true
	case corpus.Body:
		at := sort.Search(len(d.Paragraphs), func(n int) bool { return d.Paragraphs[n].Start >= before.End })
		for ; at < len(d.Paragraphs) && d.Paragraphs[at].Start < s.Start; at++ {
			if d.Paragraphs[at].Kind == corpus.Label {
				return false
			}
		}
		return true
	}
	return false
}

// Spaced is s with its white space folded.
func Spaced(s string) string { return strings.Join(strings.Fields(s), " ") }
