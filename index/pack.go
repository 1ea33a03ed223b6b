package index

import (
	"encoding/binary"
	"errors"
	"unsafe"

	"example.org/attache/corpus"
	"example.org/attache/corpus/speech"
	"example.org/attache/corpus/text"
	"example.org/attache/index/internal/near"
)

// A stored document is packed as its cuts, its statements, its people and its
// sketch, each with its length before it, and its text. An answer needs the first and the
// last; the others are unpacked when asked for. A long text follows in blocks,
// of which only those that are asked for are read: a book is quoted as fast as
// a note.
// Numbers are varints and places are distances from the place before, so that
// most take one byte.

// packer writes the parts of a record.
type packer struct{ b []byte }

func (p *packer) uint(n int)      { p.b = binary.AppendUvarint(p.b, uint64(n)) }
func (p *packer) int(n int)       { p.b = binary.AppendVarint(p.b, int64(n)) }
func (p *packer) string(s string) { p.uint(len(s)); p.b = append(p.b, s...) }

func (p *packer) bool(b bool) {
	n := 0
	if b {
		n = 1
	}
	p.uint(n)
}

func (p *packer) strings(all []string) {
	p.uint(len(all))
	for _, s := range all {
		p.string(s)
	}
}

// span writes a span by its distance from the offset at.
func (p *packer) span(s text.Span, at int) {
	p.int(s.Start - at)
	p.int(s.Len())
}

// maybe writes a span that may be empty.
func (p *packer) maybe(s text.Span, at int) {
	p.uint(s.Len())
	if s.Len() > 0 {
		p.int(s.Start - at)
	}
}

// part appends q with its length.
func (p *packer) part(q *packer) {
	p.uint(len(q.b))
	p.b = append(p.b, q.b...)
}

var errPacked = errors.New("a stored record is damaged")

// unpacker reads what a packer wrote. After the first fault it returns zeros
// and keeps the fault.
type unpacker struct {
	b   string
	err error
}

func (u *unpacker) fail() {
	u.b, u.err = "", errPacked
}

func (u *unpacker) uint() int {
	n, at := uint64(0), 0
	for shift := 0; at < len(u.b) && shift < 63; shift += 7 {
		c := u.b[at]
		at++
		n |= uint64(c&0x7f) << shift
		if c < 0x80 {
			u.b = u.b[at:]
			return int(n)
		}
	}
	u.fail()
	return 0
}

func (u *unpacker) int() int {
	n := u.uint()
	return int(uint(n)>>1) ^ -(n & 1)
}

func (u *unpacker) string() string {
	n := u.uint()
	if n > len(u.b) {
		u.fail()
		return ""
	}
	s := u.b[:n]
	u.b = u.b[n:]
	return s
}

func (u *unpacker) strings() []string {
	n := u.count()
	if n == 0 {
		return nil
	}
	all := make([]string, n)
	for i := range all {
		all[i] = u.string()
	}
	return all
}

// count reads a number of things of which each takes at least a byte, so that
// a damaged record can't ask for more memory than it has bytes.
func (u *unpacker) count() int {
	n := u.uint()
	if n > len(u.b) {
		u.fail()
		return 0
	}
	return n
}

func (u *unpacker) span(at int) text.Span {
	start := at + u.int()
	return text.Span{Start: start, End: start + u.int()}
}

func (u *unpacker) maybe(at int) text.Span {
	n := u.uint()
	if n == 0 {
		return text.Span{}
	}
	start := at + u.int()
	return text.Span{Start: start, End: start + n}
}

// wholeText is how many bytes a text has at most to be stored whole, and
// textBlock how many of a longer one are compressed together.
const (
	wholeText = 32 << 10
	textBlock = 8 << 10
)

// packDocument returns the record of d without its text when that is long.
func packDocument(d *corpus.Document, passages []passage, drawn near.Sketch) []byte {
	var all, cuts, said, people, sketch packer
	packCuts(&cuts, d, passages)
	packStatements(&said, d.Statements)
	packPeople(&people, d.People)
	packSketch(&sketch, drawn)
	all.part(&cuts)
	all.part(&said)
	all.part(&people)
	all.part(&sketch)
	all.uint(len(d.Text))
	if len(d.Text) <= wholeText {
		all.b = append(all.b, d.Text...)
	}
	return all.b
}

func packCuts(p *packer, d *corpus.Document, passages []passage) {
	p.uint(len(d.Paragraphs))
	at := 0
	for _, g := range d.Paragraphs {
		p.span(g.Span, at)
		p.uint(int(g.Kind))
		p.uint(g.Page)
		p.uint(g.Second)
		at = g.End
	}
	p.uint(len(d.Sentences))
	at = 0
	for _, s := range d.Sentences {
		p.span(s, at)
		at = s.End
	}
	p.uint(len(passages))
	next := 0
	for _, g := range passages {
		p.uint(g.first - next)
		p.uint(g.last - g.first)
		next = g.last
	}
}

func (u *unpacker) cuts(d *stored) {
	at := 0
	d.Paragraphs = make([]corpus.Paragraph, u.count())
	for i := range d.Paragraphs {
		s := u.span(at)
		d.Paragraphs[i] = corpus.Paragraph{Span: s, Kind: corpus.Kind(u.uint()), Page: u.uint(), Second: u.uint()}
		at = s.End
	}
	at = 0
	d.Sentences = make([]text.Span, u.count())
	for i := range d.Sentences {
		d.Sentences[i] = u.span(at)
		at = d.Sentences[i].End
	}
	next := 0
	d.passages = make([]passage, u.count())
	for i := range d.passages {
		first := next + u.uint()
		next = first + u.uint()
		d.passages[i] = passage{first, next}
	}
}

func packStatements(p *packer, all []speech.Statement) {
	p.uint(len(all))
	at := 0
	for _, s := range all {
		p.uint(int(s.Kind))
		p.span(s.Span, at)
		p.uint(s.Person + 1) // NoPerson is -1
		p.string(s.Body)
		p.maybe(s.Written, s.Span.Start)
		p.maybe(s.Cue, s.Span.Start)
		at = s.Span.Start
	}
}

func (u *unpacker) statements() []speech.Statement {
	all := make([]speech.Statement, u.count())
	at := 0
	for i := range all {
		s := &all[i]
		if s.Kind = speech.StatementKind(u.uint()); s.Kind > speech.Reported {
			u.fail()
			return nil
		}
		s.Span = u.span(at)
		s.Person = u.uint() - 1
		s.Body = u.string()
		s.Written = u.maybe(s.Span.Start)
		s.Cue = u.maybe(s.Span.Start)
		at = s.Span.Start
	}
	return all
}

func packPeople(p *packer, all []speech.Person) {
	p.uint(len(all))
	for _, who := range all {
		p.string(who.Name)
		p.strings(who.Aliases)
		p.uint(int(who.Gender))
		p.strings(who.Traits)
		p.uint(len(who.Mentions))
		at := 0
		for _, m := range who.Mentions {
			p.span(m.Span, at)
			p.maybe(m.Title, m.Span.Start)
			p.maybe(m.Also, m.Span.Start)
			at = m.Span.Start
		}
	}
}

func (u *unpacker) people() []speech.Person {
	all := make([]speech.Person, u.count())
	for i := range all {
		all[i].Name = u.string()
		all[i].Aliases = u.strings()
		all[i].Gender = speech.Gender(u.uint())
		all[i].Traits = u.strings()
		all[i].Mentions = make([]speech.Mention, u.count())
		at := 0
		for j := range all[i].Mentions {
			m := &all[i].Mentions[j]
			m.Span = u.span(at)
			m.Title = u.maybe(m.Span.Start)
			m.Also = u.maybe(m.Span.Start)
			at = m.Span.Start
		}
	}
	return all
}

// stored is a document as the index keeps it: its Paragraphs and Sentences,
// the fields of its table row, and its speech still packed. Its Text is empty:
// see in.
type stored struct {
	corpus.Document
	passages                 []passage
	packedSaid, packedPeople string
	spoken                   []speech.Statement
	named                    []speech.Person
	drawn                    string // packed sketch
	size                     int    // of the text
	text                     string // the whole, when it is short
	blocks                   *textBlocks
}

// bytesString is b as a string without a copy; b is not used again.
func bytesString(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

// unpackDocument reads what packDocument wrote into d.
func unpackDocument(record string, d *stored) error {
	u := unpacker{b: record}
	cuts := unpacker{b: u.string()}
	d.packedSaid, d.packedPeople, d.drawn = u.string(), u.string(), u.string()
	if d.size = u.uint(); d.size <= wholeText {
		if d.text = u.b; d.size != len(u.b) {
			u.fail()
		}
	}
	cuts.cuts(d)
	return errors.Join(u.err, cuts.err)
}

// statements are what the document lets people say, unpacked once.
func (d *stored) statements() ([]speech.Statement, error) {
	if d.spoken != nil {
		return d.spoken, nil
	}
	u := unpacker{b: d.packedSaid}
	d.spoken = u.statements()
	return d.spoken, u.err
}

// people are those whom the document names, unpacked once.
func (d *stored) people() ([]speech.Person, error) {
	if d.named != nil {
		return d.named, nil
	}
	u := unpacker{b: d.packedPeople}
	d.named = u.people()
	return d.named, u.err
}
