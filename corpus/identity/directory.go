// Package identity resolves which names in many documents mean one person.
//
// A [Directory] gathers the people of every document as records and links the
// records that are of one person: spellings of a full name first (join), then
// bare family names with their bearers (household), then names in two scripts.
// Namesakes are kept apart by what documents say of them (namesake), unless
// they keep the same company (company). [Keys] and [Near] find a person by a
// typed name.
//
// Time and memory grow with the number of records, however many share a name:
// candidates are found by blocking keys, and where more people than any real
// name has could be meant, nobody is.
package identity

import (
	"cmp"
	"hash/maphash"
	"slices"
	"strings"

	"example.org/attache/corpus/speech"
	"example.org/attache/corpus/speech/names"
)

// Directory gathers the people of many documents, so that one person stands
// behind all spellings. It keeps a line for every appearance, never a text.
//
// Spellings of one name meet when their given names agree (nicknames and
// initials too), unless what documents say of them can't be of one person:
// genders, offices of one time, countries, places. A bare family name is joined
// to a full name of another document only where something shows that it is the
// same person, and stays as written otherwise.
type Directory struct {
	families  map[string]*family
	inOrder   []*family          // as they came
	alike     map[uint64]*record // full names, by a hash of all that a document says of them
	seed      maphash.Seed
	documents []paper
	names     map[string]int32 // full names, folded: their numbers
	named     []int            // of each of them: in how many documents
	records   int
}

// paper is one of the documents; they are known by their numbers.
type paper struct {
	name, published string
	company         []int32 // whom it names in full, in order
}

// appearance is one of the people of a document.
type appearance struct{ document, person int32 }

// family is the records of one family name: of full names, those that are
// alike gathered, and of bare ones, each of one document.
type family struct {
	full, bare []*record
}

// Entry is one person of a Directory.
type Entry struct {
	Name        string        // the fullest spelling
	Aliases     []string      // the other spellings that occur, in the order of the alphabet
	Gender      speech.Gender // zero where unknown
	Appearances []Appearance  // newest first, then by document
}

// Appearance is one document that names a person.
type Appearance struct {
	Document  string
	Published string
	Person    int // index into the document's people
}

// Add gathers the people of one document. The date is a day, a month or a year
// (2006-01-02), or empty.
func (d *Directory) Add(name, published string, people []speech.Person) {
	if d.families == nil {
		d.families, d.alike, d.names, d.seed = map[string]*family{}, map[uint64]*record{}, map[string]int32{}, maphash.MakeSeed()
	}
	number := int32(len(d.documents))
	in := paper{name: name, published: published}
	full := map[string]bool{} // family names that the document gives with given names
	for i, p := range people {
		k := names.Parse(p.Name).Name
		if k.Family == "" {
			continue
		}
		r := &record{key: k, name: p.Name, aliases: p.Aliases, traits: p.Traits, gender: p.Gender, order: d.records}
		d.records++
		if k.Given != "" {
			full[k.Family] = true
			in.company = append(in.company, d.note(k))
		}
		d.keep(r, appearance{number, int32(i)})
	}
	in.company = sparse(in.company)
	d.documents = append(d.documents, in)
	for name := range full {
		for _, r := range slices.Backward(d.families[name].bare) {
			if r.seen[0].document != number {
				break
			}
			r.beside = true
		}
	}
}

// note counts a document that names somebody in full, and returns the number of
// the name.
func (d *Directory) note(k names.Name) int32 {
	name := k.Given + " " + k.Family
	n, ok := d.names[name]
	if !ok {
		n = int32(len(d.named))
		d.names[name], d.named = n, append(d.named, 0)
	}
	d.named[n]++
	return n
}

// keep adds an appearance to its family: to a record that is alike, or as a new
// record.
func (d *Directory) keep(r *record, at appearance) {
	f := d.families[r.key.Family]
	if f == nil {
		f = &family{}
		d.families[r.key.Family] = f
		d.inOrder = append(d.inOrder, f)
	}
	if r.key.Given == "" {
		r.seen = []appearance{at}
		f.bare = append(f.bare, r)
		return
	}
	hash := r.hash(d.seed)
	if o := d.alike[hash]; o != nil && o.like(r) {
		o.seen = append(o.seen, at)
		return
	}
	r.seen = []appearance{at}
	d.alike[hash] = r
	f.full = append(f.full, r)
}

// People returns everybody, those of most documents first. Directories can
// grow further afterwards.
func (d *Directory) People() []Entry {
	l := d.linker()
	var all []*person
	for _, f := range d.inOrder {
		all = append(all, l.family(f)...)
	}
	all = l.joinScripts(all)
	slices.SortFunc(all, func(a, b *person) int {
		return cmp.Or(cmp.Compare(len(b.seen), len(a.seen)), inOrder(a, b))
	})
	out := make([]Entry, len(all))
	for i, p := range all {
		out[i] = d.entry(p)
		all[i] = nil // the entry takes its place in memory
	}
	return out
}

func (d *Directory) entry(p *person) Entry {
	e := Entry{Gender: p.gender, Appearances: make([]Appearance, len(p.seen))}
	for i, a := range p.seen {
		in := &d.documents[a.document]
		e.Appearances[i] = Appearance{in.name, in.published, int(a.person)}
	}
	best := 0
	for i := range p.names.words {
		if p.names.fuller(i, best) {
			best = i
		}
	}
	e.Name = p.names.words[best]
	e.Aliases = slices.Concat(p.aliases.words, p.names.words)
	e.Aliases = slices.DeleteFunc(e.Aliases, func(a string) bool { return a == e.Name })
	slices.Sort(e.Aliases)
	e.Aliases = slices.Compact(e.Aliases)
	slices.SortStableFunc(e.Appearances, func(a, b Appearance) int {
		return cmp.Or(cmp.Compare(b.Published, a.Published), cmp.Compare(a.Document, b.Document))
	})
	return e
}

// fuller reports whether spelling i is better as a name than spelling j: the
// better one has a given name, then stands in more documents, then is longer.
func (t *tally) fuller(i, j int) bool {
	a, b := t.words[i], t.words[j]
	wordy := func(name string) int { return min(2, len(strings.Fields(name))) }
	return cmp.Or(cmp.Compare(wordy(a), wordy(b)), cmp.Compare(t.times[i], t.times[j]), cmp.Compare(len(a), len(b)), cmp.Compare(b, a)) > 0
}
