// Package pack writes values as compact bytes and reads them again: numbers are
// varints, and places are distances from the place before, so that most take one
// byte. Strings are read without a copy.
package pack

import (
	"encoding/binary"
	"errors"
	"unsafe"

	"example.org/attache/corpus"
	"example.org/attache/corpus/text"
)

// Writer appends values to Bytes.
type Writer struct{ Bytes []byte }

// Uint writes a number that is not negative.
func (p *Writer) Uint(n int) { p.Bytes = binary.AppendUvarint(p.Bytes, uint64(n)) }

func (p *Writer) int(n int) { p.Bytes = binary.AppendVarint(p.Bytes, int64(n)) }

// String writes a string with its length.
func (p *Writer) String(s string) { p.Uint(len(s)); p.Bytes = append(p.Bytes, s...) }

// Bool writes a truth value.
func (p *Writer) Bool(b bool) {
	n := 0
	if b {
		n = 1
	}
	p.Uint(n)
}

// Strings writes a list of strings.
func (p *Writer) Strings(all []string) {
	p.Uint(len(all))
	for _, s := range all {
		p.String(s)
	}
}

// Span writes a span by its distance from the offset at.
func (p *Writer) Span(s text.Span, at int) {
	p.int(s.Start - at)
	p.int(s.Len())
}

// Maybe writes a span that may be empty.
func (p *Writer) Maybe(s text.Span, at int) {
	p.Uint(s.Len())
	if s.Len() > 0 {
		p.int(s.Start - at)
	}
}

// Part appends q with its length.
func (p *Writer) Part(q *Writer) {
	p.Uint(len(q.Bytes))
	p.Bytes = append(p.Bytes, q.Bytes...)
}

// Date writes a date, also one without month or day, or none.
func (p *Writer) Date(d corpus.Date) {
	p.Uint(d.Year)
	if d.Year != 0 {
		p.Uint(d.Month<<5 | d.Day)
	}
}

// Ints writes a list of numbers that are not negative.
func (p *Writer) Ints(all []int) {
	p.Uint(len(all))
	for _, n := range all {
		p.Uint(n)
	}
}

// List writes n records of any length, each by write, and where each begins.
func (p *Writer) List(n int, write func(q *Writer, i int)) {
	var all Writer
	begins := make([]int, n)
	for i := range n {
		begins[i] = len(all.Bytes)
		write(&all, i)
	}
	p.Fixed(n, func(i int) int { return begins[i] })
	p.Part(&all)
}

// Fixed writes numbers of four bytes each, which are read without being
// decoded one by one.
func (p *Writer) Fixed(n int, get func(i int) int) {
	p.Uint(n)
	for i := range n {
		p.Bytes = binary.LittleEndian.AppendUint32(p.Bytes, uint32(get(i)))
	}
}

// ErrDamaged means that what is read is not what a Writer wrote.
var ErrDamaged = errors.New("a stored record is damaged")

// Reader reads from Rest what a Writer wrote, in the same order. After the first fault
// it returns zeros and keeps the fault in Err.
type Reader struct {
	Rest string
	Err  error
}

// Fail notes that what is read is damaged.
func (u *Reader) Fail() {
	u.Rest, u.Err = "", ErrDamaged
}

// Uint reads a number that is not negative.
func (u *Reader) Uint() int {
	n, at := uint64(0), 0
	for shift := 0; at < len(u.Rest) && shift < 63; shift += 7 {
		c := u.Rest[at]
		at++
		n |= uint64(c&0x7f) << shift
		if c < 0x80 {
			u.Rest = u.Rest[at:]
			return int(n)
		}
	}
	u.Fail()
	return 0
}

func (u *Reader) int() int {
	n := u.Uint()
	return int(uint(n)>>1) ^ -(n & 1)
}

// String reads a string, which shares the bytes that are read.
func (u *Reader) String() string {
	n := u.Uint()
	if n > len(u.Rest) {
		u.Fail()
		return ""
	}
	s := u.Rest[:n]
	u.Rest = u.Rest[n:]
	return s
}

// Strings reads a list of strings; nil for none.
func (u *Reader) Strings() []string {
	n := u.Count()
	if n == 0 {
		return nil
	}
	all := make([]string, n)
	for i := range all {
		all[i] = u.String()
	}
	return all
}

// Count reads a number of things of which each takes at least a byte, so that
// a damaged record can't ask for more memory than it has bytes.
func (u *Reader) Count() int {
	n := u.Uint()
	if n > len(u.Rest) {
		u.Fail()
		return 0
	}
	return n
}

// Span reads a span that was written by its distance from the offset at.
func (u *Reader) Span(at int) text.Span {
	start := at + u.int()
	return text.Span{Start: start, End: start + u.int()}
}

// Maybe reads a span that may be empty.
func (u *Reader) Maybe(at int) text.Span {
	n := u.Uint()
	if n == 0 {
		return text.Span{}
	}
	start := at + u.int()
	return text.Span{Start: start, End: start + n}
}

// Date reads a date.
func (u *Reader) Date() (d corpus.Date) {
	if d.Year = u.Uint(); d.Year != 0 {
		n := u.Uint()
		d.Month, d.Day = n>>5, n&31
	}
	return d
}

// Ints reads a list of numbers; nil for none.
func (u *Reader) Ints() []int {
	n := u.Count()
	if n == 0 {
		return nil
	}
	all := make([]int, n)
	for i := range all {
		all[i] = u.Uint()
	}
	return all
}

// List reads a list of records, which are read when they are asked for.
func (u *Reader) List() List {
	l := List{at: u.Fixed()}
	l.all = u.String()
	for _, at := range l.at {
		if int(at) > len(l.all) {
			u.Fail()
			return List{}
		}
	}
	return l
}

// Fixed reads numbers of four bytes each.
func (u *Reader) Fixed() []uint32 {
	n := u.Count()
	if 4*n > len(u.Rest) {
		u.Fail()
		return nil
	}
	all := make([]uint32, n)
	for i := range all {
		b := u.Rest[4*i : 4*i+4]
		all[i] = uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16 | uint32(b[3])<<24
	}
	u.Rest = u.Rest[4*n:]
	return all
}

// List is a list of records of any length.
type List struct {
	all string
	at  []uint32
}

// Len is how many records there are.
func (l *List) Len() int { return len(l.at) }

// Record returns a Reader of record i.
func (l *List) Record(i int) Reader { return Reader{Rest: l.all[l.at[i]:]} }

// String is b as a string without a copy; b is not used again.
func String(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }
