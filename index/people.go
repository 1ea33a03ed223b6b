package index

import (
	"encoding/binary"
	"iter"
	"sort"
	"strings"
	"sync"

	"example.org/attache/corpus"
	"example.org/attache/corpus/speech"
)

// people is who the documents of a generation name or quote. An entry is a
// person, or a body or country that is quoted; the ones that most documents
// name come first, so that an entry's number is also its rank. Everything
// stays packed in one string but for where things begin.
type people struct {
	entries packed          // of entries
	quotes  []uint32        // how many statements each entry has
	docs    packed          // for each document: the entries of its people, in their order there
	names   namesList       // folded keys of whole names, for finding one
	starts  namesList       // folded names from each of their words on, for completing one
	titled  namesList       // terms of titles, for finding who holds an office
	words   func() []string // the different words of names, in order
}

// entry is one of the people.
type entry struct {
	name      string
	aliases   []string
	body      bool // not a person
	documents int  // how many name it
	first     corpus.Date
	last      corpus.Date
	with      []int // entries it shares most documents with
	titles    []title
	quoted    int    // how many statements it has
	seen      string // documents that name it, packed: see sightings
	said      string // its statements, packed: see remarks
}

// docRef refers to something in a document: the row of the document in the table, and
// the number of the thing in it.
type docRef struct{ doc, n int }

func (r docRef) where() docRef { return r }

// sighting is a document that names an entry, with the number of the person
// there. What is known of it beforehand keeps documents from being fetched
// that show nothing.
type sighting struct {
	docRef
	about aboutness
}

// aboutness is how well the sentences of a document that name a person, and
// aren't the person's own, can be shown as mentions.
type aboutness uint8

const (
	unmentioned aboutness = iota // there is none
	touched                      // one names the person somewhere
	mentioned                    // one begins with the name
)

// remark is a statement of an entry, with the number of the statement in its
// document.
type remark struct {
	docRef
	passage, passages int // the first passage that it touches, and how many it touches
	kind              speech.StatementKind
	telling           bool // it is more than a scrap
}

// own reports whether it is the speaker's own words.
func (r remark) own() bool { return r.kind != speech.Reported }

// title is what documents call a person.
type title struct {
	evidence    []evidence // one a document, the newest first
	first, last corpus.Date
}

// evidence is where a document calls a person something.
type evidence struct {
	at      docRef // the document, and its person
	mention int    // of that person
	also    bool   // the mention's second title
}

func (p *packer) date(d corpus.Date) {
	p.uint(d.Year)
	if d.Year != 0 {
		p.uint(d.Month<<5 | d.Day)
	}
}

func (u *unpacker) date() (d corpus.Date) {
	if d.Year = u.uint(); d.Year != 0 {
		n := u.uint()
		d.Month, d.Day = n>>5, n&31
	}
	return d
}

func (p *packer) flag(b bool) {
	n := 0
	if b {
		n = 1
	}
	p.uint(n)
}

// sightings are the documents that name the entry, newest first.
func (e *entry) sightings() iter.Seq[sighting] {
	return func(yield func(sighting) bool) {
		for u := (unpacker{b: e.seen}); u.b != ""; {
			if s := (sighting{docRef{u.uint(), u.uint()}, aboutness(u.uint())}); u.err != nil || !yield(s) {
				return
			}
		}
	}
}

// remarks are the statements of the entry, newest first.
func (e *entry) remarks() iter.Seq[remark] {
	return func(yield func(remark) bool) {
		for u := (unpacker{b: e.said}); u.b != ""; {
			if r := (remark{docRef{u.uint(), u.uint()}, u.uint(), u.uint(), speech.StatementKind(u.uint()), u.uint() == 1}); u.err != nil || !yield(r) {
				return
			}
		}
	}
}

func packSightings(all []sighting) string {
	var p packer
	for _, s := range all {
		p.uint(s.doc)
		p.uint(s.n)
		p.uint(int(s.about))
	}
	return bytesString(p.b)
}

func packRemarks(all []remark) string {
	var p packer
	for _, r := range all {
		p.uint(r.doc)
		p.uint(r.n)
		p.uint(r.passage)
		p.uint(r.passages)
		p.uint(int(r.kind))
		p.flag(r.telling)
	}
	return bytesString(p.b)
}

func (p *packer) ints(all []int) {
	p.uint(len(all))
	for _, n := range all {
		p.uint(n)
	}
}

func (u *unpacker) ints() []int {
	n := u.count()
	if n == 0 {
		return nil
	}
	all := make([]int, n)
	for i := range all {
		all[i] = u.uint()
	}
	return all
}

func (p *packer) entry(e *entry) {
	p.string(e.name)
	p.strings(e.aliases)
	p.flag(e.body)
	p.uint(e.documents)
	p.date(e.first)
	p.date(e.last)
	p.ints(e.with)
	p.uint(len(e.titles))
	for _, t := range e.titles {
		p.uint(len(t.evidence))
		for _, e := range t.evidence {
			p.uint(e.at.doc)
			p.uint(e.at.n)
			p.uint(e.mention)
			p.flag(e.also)
		}
		p.date(t.first)
		p.date(t.last)
	}
	p.uint(e.quoted)
	p.string(e.seen)
	p.string(e.said)
}

func (u *unpacker) entry() *entry {
	e := &entry{name: u.string(), aliases: u.strings(), body: u.uint() == 1, documents: u.uint(), first: u.date(), last: u.date(), with: u.ints()}
	e.titles = make([]title, u.count())
	for i := range e.titles {
		seen := make([]evidence, u.count())
		for j := range seen {
			seen[j] = evidence{docRef{u.uint(), u.uint()}, u.uint(), u.uint() == 1}
		}
		e.titles[i] = title{seen, u.date(), u.date()}
	}
	e.quoted, e.seen, e.said = u.uint(), u.string(), u.string()
	return e
}

// packed is a list of records of any length.
type packed struct {
	all string
	at  []uint32
}

func (l *packed) len() int { return len(l.at) }

func (l *packed) record(i int) unpacker { return unpacker{b: l.all[l.at[i]:]} }

// list writes records of any length and where each begins.
func (p *packer) list(n int, write func(q *packer, i int)) {
	var all packer
	begins := make([]int, n)
	for i := range n {
		begins[i] = len(all.b)
		write(&all, i)
	}
	p.fixed(n, func(i int) int { return begins[i] })
	p.part(&all)
}

func (u *unpacker) list() packed {
	l := packed{at: u.fixed()}
	l.all = u.string()
	for _, at := range l.at {
		if int(at) > len(l.all) {
			u.fail()
			return packed{}
		}
	}
	return l
}

// fixed writes numbers of four bytes each, which are read without being
// decoded one by one.
func (p *packer) fixed(n int, get func(i int) int) {
	p.uint(n)
	for i := range n {
		p.b = binary.LittleEndian.AppendUint32(p.b, uint32(get(i)))
	}
}

func (u *unpacker) fixed() []uint32 {
	n := u.count()
	if 4*n > len(u.b) {
		u.fail()
		return nil
	}
	all := make([]uint32, n)
	for i := range all {
		b := u.b[4*i : 4*i+4]
		all[i] = uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16 | uint32(b[3])<<24
	}
	u.b = u.b[4*n:]
	return all
}

// namesList is folded names in order, each with an entry.
type namesList struct {
	packed
	entries []uint32
}

// keyed is a folded name and the entry that bears it.
type keyed struct {
	key   string
	entry int
}

func (l *namesList) key(i int) string {
	u := l.record(i)
	return u.string()
}

// with returns the places of the names that begin with prefix.
func (l *namesList) with(prefix string) (from, to int) {
	from = sort.Search(l.len(), func(i int) bool { return l.key(i) >= prefix })
	n := sort.Search(l.len()-from, func(i int) bool { return !strings.HasPrefix(l.key(from+i), prefix) })
	return from, from + n
}

// same returns the entries that bear exactly the name key.
func (l *namesList) same(key string) (all []int) {
	for i := sort.Search(l.len(), func(i int) bool { return l.key(i) >= key }); i < l.len() && l.key(i) == key; i++ {
		all = append(all, int(l.entries[i]))
	}
	return all
}

func (p *packer) names(all []keyed) {
	p.list(len(all), func(q *packer, i int) { q.string(all[i].key) })
	p.fixed(len(all), func(i int) int { return all[i].entry })
}

func (u *unpacker) names() namesList {
	l := namesList{u.list(), u.fixed()}
	if len(l.entries) != l.len() {
		u.fail()
	}
	return l
}

// firstWords returns the different first words of the names.
func (l *namesList) firstWords() (all []string) {
	for i := range l.len() {
		w, _, _ := strings.Cut(l.key(i), " ")
		if len(all) == 0 || w != all[len(all)-1] {
			all = append(all, w)
		}
	}
	return all
}

func unpackPeople(all string) (*people, error) {
	u := unpacker{b: all}
	p := &people{entries: u.list(), quotes: u.fixed(), docs: u.list(), names: u.names(), starts: u.names(), titled: u.names()}
	p.words = sync.OnceValue(p.starts.firstWords)
	if len(p.quotes) != p.entries.len() {
		u.fail()
	}
	return p, u.err
}

func (p *people) entry(i int) *entry {
	u := p.entries.record(i)
	return u.entry()
}

// name is the name of an entry.
func (p *people) name(i int) string {
	u := p.entries.record(i)
	return u.string()
}

// ofDocument returns the entries of a document's people, in their order there.
func (p *people) ofDocument(doc int) []int {
	u := p.docs.record(doc)
	return u.ints()
}
