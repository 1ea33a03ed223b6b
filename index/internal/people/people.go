// Package people keeps who the documents of a generation name or quote, and finds
// them by name.
//
// An [Entry] is a person, or a body or country that is quoted. [Gathering] makes the
// entries when a generation is written, from the people of each document;
// [People] reads them.
package people

import (
	"iter"
	"sort"
	"strings"
	"sync"

	"example.org/attache/corpus"
	"example.org/attache/corpus/identity"
	"example.org/attache/corpus/speech"
	"example.org/attache/index/internal/pack"
	"example.org/attache/index/internal/store"
)

// People are the entries of a generation. Those that most documents name come first,
// so that the number of an entry is also its rank. Everything stays packed in one
// string but for where things begin.
type People struct {
	entries pack.List       // of entries
	quotes  []uint32        // how many statements each entry has
	docs    pack.List       // for each document: the entries of its people, in their order there
	names   namesList       // folded keys of whole names, for finding one
	starts  namesList       // folded names from each of their words on, for completing one
	titled  namesList       // terms of titles, for finding who holds an office
	words   func() []string // the different words of names, in order
}

// Entry is one of the people.
type Entry struct {
	Name      string
	Aliases   []string
	body      bool // not a person
	Documents int  // how many name it
	First     corpus.Date
	Last      corpus.Date
	With      []int // entries it shares most documents with
	Titles    []Title
	Quoted    int    // how many statements it has
	seen      string // documents that name it, packed: see sightings
	said      string // its statements, packed: see remarks
}

// Ref refers to something in a document: the row of the document in the table, and
// the number of the thing in it.
type Ref struct{ Doc, N int }

// Where returns the reference itself, for what embeds one.
func (r Ref) Where() Ref { return r }

// Sighting is a document that names an entry, with the number of the person
// there. What is known of it beforehand keeps documents from being fetched
// that show nothing.
type Sighting struct {
	Ref
	About Aboutness
}

// Aboutness is how well the sentences of a document that name a person, and are not
// the person's own words, can be shown as mentions.
type Aboutness uint8

const (
	unmentioned Aboutness = iota // there is none
	Touched                      // one names the person somewhere
	Mentioned                    // one begins with the name
)

// Remark is a statement of an entry, with the number of the statement in its
// document.
type Remark struct {
	Ref
	Passage, Passages int // the first passage that it touches, and how many it touches
	kind              speech.StatementKind
	Telling           bool // it is more than a scrap
}

// Own reports whether it is the speaker's own words.
func (r Remark) Own() bool { return r.kind != speech.Reported }

// Title is what documents call a person.
type Title struct {
	Evidence    []Evidence // one a document, the newest first
	First, Last corpus.Date
}

// Evidence is where a document calls a person something.
type Evidence struct {
	At      Ref  // the document, and its person
	Mention int  // of that person
	Also    bool // the mention's second title
}

// Sightings are the documents that name the entry, newest first.
func (e *Entry) Sightings() iter.Seq[Sighting] {
	return func(yield func(Sighting) bool) {
		for u := (pack.Reader{Rest: e.seen}); u.Rest != ""; {
			if s := (Sighting{Ref{u.Uint(), u.Uint()}, Aboutness(u.Uint())}); u.Err != nil || !yield(s) {
				return
			}
		}
	}
}

// Remarks are the statements of the entry, newest first.
func (e *Entry) Remarks() iter.Seq[Remark] {
	return func(yield func(Remark) bool) {
		for u := (pack.Reader{Rest: e.said}); u.Rest != ""; {
			if r := (Remark{Ref{u.Uint(), u.Uint()}, u.Uint(), u.Uint(), speech.StatementKind(u.Uint()), u.Uint() == 1}); u.Err != nil || !yield(r) {
				return
			}
		}
	}
}

func packSightings(all []Sighting) string {
	var p pack.Writer
	for _, s := range all {
		p.Uint(s.Doc)
		p.Uint(s.N)
		p.Uint(int(s.About))
	}
	return pack.String(p.Bytes)
}

func packRemarks(all []Remark) string {
	var p pack.Writer
	for _, r := range all {
		p.Uint(r.Doc)
		p.Uint(r.N)
		p.Uint(r.Passage)
		p.Uint(r.Passages)
		p.Uint(int(r.kind))
		p.Bool(r.Telling)
	}
	return pack.String(p.Bytes)
}

func packEntry(p *pack.Writer, e *Entry) {
	p.String(e.Name)
	p.Strings(e.Aliases)
	p.Bool(e.body)
	p.Uint(e.Documents)
	p.Date(e.First)
	p.Date(e.Last)
	p.Ints(e.With)
	p.Uint(len(e.Titles))
	for _, t := range e.Titles {
		p.Uint(len(t.Evidence))
		for _, e := range t.Evidence {
			p.Uint(e.At.Doc)
			p.Uint(e.At.N)
			p.Uint(e.Mention)
			p.Bool(e.Also)
		}
		p.Date(t.First)
		p.Date(t.Last)
	}
	p.Uint(e.Quoted)
	p.String(e.seen)
	p.String(e.said)
}

func unpackEntry(u *pack.Reader) *Entry {
	e := &Entry{Name: u.String(), Aliases: u.Strings(), body: u.Uint() == 1, Documents: u.Uint(), First: u.Date(), Last: u.Date(), With: u.Ints()}
	e.Titles = make([]Title, u.Count())
	for i := range e.Titles {
		seen := make([]Evidence, u.Count())
		for j := range seen {
			seen[j] = Evidence{Ref{u.Uint(), u.Uint()}, u.Uint(), u.Uint() == 1}
		}
		e.Titles[i] = Title{seen, u.Date(), u.Date()}
	}
	e.Quoted, e.seen, e.said = u.Uint(), u.String(), u.String()
	return e
}

// namesList is folded names in order, each with an entry.
type namesList struct {
	pack.List
	entries []uint32
}

// keyed is a folded name and the entry that bears it.
type keyed struct {
	key   string
	entry int
}

func (l *namesList) key(i int) string {
	u := l.Record(i)
	return u.String()
}

// with returns the places of the names that begin with prefix.
func (l *namesList) with(prefix string) (from, to int) {
	from = sort.Search(l.Len(), func(i int) bool { return l.key(i) >= prefix })
	n := sort.Search(l.Len()-from, func(i int) bool { return !strings.HasPrefix(l.key(from+i), prefix) })
	return from, from + n
}

// same returns the entries that bear exactly the name key.
func (l *namesList) same(key string) (all []int) {
	for i := sort.Search(l.Len(), func(i int) bool { return l.key(i) >= key }); i < l.Len() && l.key(i) == key; i++ {
		all = append(all, int(l.entries[i]))
	}
	return all
}

func packNames(p *pack.Writer, all []keyed) {
	p.List(len(all), func(q *pack.Writer, i int) { q.String(all[i].key) })
	p.Fixed(len(all), func(i int) int { return all[i].entry })
}

func unpackNames(u *pack.Reader) namesList {
	l := namesList{u.List(), u.Fixed()}
	if len(l.entries) != l.Len() {
		u.Fail()
	}
	return l
}

// firstWords returns the different first words of the names.
func (l *namesList) firstWords() (all []string) {
	for i := range l.Len() {
		w, _, _ := strings.Cut(l.key(i), " ")
		if len(all) == 0 || w != all[len(all)-1] {
			all = append(all, w)
		}
	}
	return all
}

// Unpack reads what Gathering.Pack wrote.
func Unpack(all string) (*People, error) {
	u := pack.Reader{Rest: all}
	p := &People{entries: u.List(), quotes: u.Fixed(), docs: u.List(), names: unpackNames(&u), starts: unpackNames(&u), titled: unpackNames(&u)}
	p.words = sync.OnceValue(p.starts.firstWords)
	if len(p.quotes) != p.entries.Len() {
		u.Fail()
	}
	return p, u.Err
}

// Entry unpacks entry i.
func (p *People) Entry(i int) *Entry {
	u := p.entries.Record(i)
	return unpackEntry(&u)
}

// Name is the name of an entry.
func (p *People) Name(i int) string {
	u := p.entries.Record(i)
	return u.String()
}

// OfDocument returns the entries of a document's people, in their order there.
func (p *People) OfDocument(doc int) []int {
	u := p.docs.Record(doc)
	return u.Ints()
}

// Len is how many entries there are.
func (p *People) Len() int { return p.entries.Len() }

// Documents is how many documents there are.
func (p *People) Documents() int { return p.docs.Len() }

// Quoted is how many statements an entry has.
func (p *People) Quoted(i int) int { return int(p.quotes[i]) }

// WithTitle returns the entries with a term in one of their titles.
func (p *People) WithTitle(term string) []int { return p.titled.same(term) }

// Complete returns the n entries of most documents that keep takes and that have a
// name with a word that begins with prefix, which is folded.
func (p *People) Complete(prefix string, n int, keep func(entry int) bool) []int {
	return p.best(prefix, n, func(i int) bool { return keep(int(p.starts.entries[i])) })
}

// Has reports whether an entry has just a name.
func (p *People) Has(name string) bool {
	keys := append(identity.Keys(name), "")
	return len(p.names.same(keys[0])) > 0 || len(p.names.same(bodyKey(store.Spaced(name)))) > 0
}
