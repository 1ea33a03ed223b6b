// Package identity resolves which names in many documents mean one person.
//
// A [Directory] gathers the people of every document and joins those who are
// one: spellings of a full name first (join), then those of two scripts;
// namesakes are kept apart by what documents tell of them (namesake). [Keys]
// and [Near] find a person by a typed name.
package identity

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"attache/corpus/speech"
)

// Directory gathers the people of many documents, so that one person stands
// behind all spellings. It keeps a line for every appearance, never a text.
//
// Spellings of one name meet when their given names agree (nicknames and
// initials too), unless what is told of them can't be of one person: genders,
// offices of one time, countries, places. A bare family name is joined to a
// full name of another document only where something tells that it is the same
// person, and stays as written otherwise.
type Directory struct {
	byFamily  map[string]*family
	alike     map[string]*sighting // by all that a document tells of a full name
	documents []paper
	names     map[string]int32 // full names, folded: their numbers
	named     []int            // of each of them: in how many documents
	order     int
}

// paper is one of the documents; they are known by their numbers.
type paper struct {
	name, published string
	company         []int32 // whom it names in full
}

// appearance is one of the people of a document.
type appearance struct{ document, person int32 }

// family is the sightings of one family name: of full names, those that are
// alike gathered, and of bare ones, each of one document.
type family struct {
	full, bare []*sighting
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

// sighting is one or more appearances that are surely of one person.
type sighting struct {
	key     speech.Name
	names   []spelt // spellings without honorifics
	aliases []string
	gender  speech.Gender
	traits  []string
	told    []int // of each trait: how many documents tell it; nil: all that have the name
	seen    []appearance
	company []int32  // names of few documents beside it, in order; nil until asked for
	seats   []tenure // once people are told apart
	order   int
	beside  bool // a bare name in a document that names others of the family in full
}

// spelt is a spelling and how many documents have it.
type spelt struct {
	name  string
	count int
}

// Add gathers the people of one document. The date is a day, a month or a year
// (2006-01-02), or empty.
func (d *Directory) Add(name, published string, people []speech.Person) {
	if d.byFamily == nil {
		d.byFamily, d.alike, d.names = map[string]*family{}, map[string]*sighting{}, map[string]int32{}
	}
	number := int32(len(d.documents))
	d.documents = append(d.documents, paper{name: name, published: published})
	full := map[string]bool{} // family names that the document gives with given names
	for i, p := range people {
		k := speech.ParseName(p.Name).Name
		if k.Family == "" {
			continue
		}
		s := &sighting{key: k, names: []spelt{{p.Name, 1}}, aliases: p.Aliases, gender: p.Gender, traits: p.Traits, order: d.order}
		s.seen = []appearance{{number, int32(i)}}
		d.order++
		if k.Given != "" {
			full[k.Family] = true
			d.note(number, k)
		}
		d.keep(s)
	}
	for name := range full {
		for _, s := range slices.Backward(d.byFamily[name].bare) {
			if s.seen[0].document != number {
				break
			}
			s.beside = true
		}
	}
}

// keep adds a sighting to its family, or to one that is alike.
func (d *Directory) keep(s *sighting) {
	f := d.byFamily[s.key.Family]
	if f == nil {
		f = &family{}
		d.byFamily[s.key.Family] = f
	}
	if s.key.Given == "" {
		f.bare = append(f.bare, s)
		return
	}
	told := slices.Concat([]string{s.names[0].name, strconv.Itoa(int(s.gender))}, s.traits, []string{""}, s.aliases)
	what := strings.Join(told, "\x00")
	if o := d.alike[what]; o != nil {
		o.names[0].count++
		o.seen = append(o.seen, s.seen...)
		return
	}
	d.alike[what] = s
	f.full = append(f.full, s)
}

// People returns everybody, those of most documents first. Directories can
// grow further afterwards.
func (d *Directory) People() []Entry {
	var out []Entry
	var orders []int
	var all []*sighting
	for _, f := range d.byFamily {
		all = append(all, d.joinAll(f)...)
	}
	for _, s := range d.joinScripts(all) {
		out = append(out, d.entry(s))
		orders = append(orders, s.order)
	}
	at := make([]int, len(out))
	for i := range at {
		at[i] = i
	}
	slices.SortFunc(at, func(a, b int) int {
		return cmp.Or(cmp.Compare(len(out[b].Appearances), len(out[a].Appearances)), cmp.Compare(orders[a], orders[b]))
	})
	sorted := make([]Entry, len(out))
	for i, j := range at {
		sorted[i] = out[j]
	}
	return sorted
}

func (s *sighting) clone() *sighting {
	c := *s
	c.names = slices.Clone(s.names)
	c.aliases, c.traits, c.told, c.seen = slices.Clone(s.aliases), slices.Clone(s.traits), slices.Clone(s.told), slices.Clone(s.seen)
	return &c
}

// agrees reports whether nothing that is known of the two tells them apart:
// gender and, of a name that many bear, the country they act for and the kind
// of their work.
func (s *sighting) agrees(o *sighting) bool {
	if s.gender != 0 && o.gender != 0 && s.gender&o.gender == 0 {
		return false
	}
	if !s.key.Common() {
		return true
	}
	for _, kind := range []string{"country:", "work:"} {
		if conflict(s.traits, o.traits, kind) {
			return false
		}
	}
	return true
}

// conflict reports whether both have traits of a kind and share none.
func conflict(a, b []string, kind string) bool {
	found := false
	for _, x := range a {
		for _, y := range b {
			if !strings.HasPrefix(x, kind) || !strings.HasPrefix(y, kind) {
				continue
			}
			x, y := x[len(kind):], y[len(kind):]
			if x == y || strings.HasSuffix(x, " "+y) || strings.HasSuffix(y, " "+x) {
				return false // "Korean" can be South Korean
			}
			found = true
		}
	}
	return found
}

func (s *sighting) merge(o *sighting) *sighting {
	for _, n := range o.names {
		s.addName(n)
	}
	s.seats = append(s.seats, o.seats...)
	s.addAliases(o.aliases)
	s.key.Middle, s.key.Suffix = cmp.Or(s.key.Middle, o.key.Middle), cmp.Or(s.key.Suffix, o.key.Suffix)
	if len(o.key.Given) > len(s.key.Given) {
		s.key.Given = o.key.Given
	}
	s.gender |= o.gender
	s.addTraits(o)
	s.seen, s.company = append(s.seen, o.seen...), nil
	s.order = min(s.order, o.order)
	return s
}

// addTraits adds the traits of o, and counts how many documents tell each.
func (s *sighting) addTraits(o *sighting) {
	told := make([]int, len(s.traits))
	for i := range told {
		told[i] = s.tells(i)
	}
	for i, t := range o.traits {
		at := slices.Index(s.traits, t)
		if at < 0 {
			at = len(s.traits)
			s.traits, told = append(s.traits, t), append(told, 0)
		}
		told[at] += o.tells(i)
	}
	s.told = told
}

// tells is how many documents tell trait i.
func (s *sighting) tells(i int) int {
	if s.told == nil {
		return len(s.seen)
	}
	return s.told[i]
}

func (s *sighting) addName(n spelt) {
	if at := slices.IndexFunc(s.names, func(o spelt) bool { return o.name == n.name }); at >= 0 {
		s.names[at].count += n.count
		return
	}
	s.names = append(s.names, n)
}

func (s *sighting) addAliases(as []string) {
	for _, a := range as {
		if !slices.Contains(s.aliases, a) {
			s.aliases = append(s.aliases, a)
		}
	}
}

func (d *Directory) entry(s *sighting) Entry {
	e := Entry{Gender: s.gender, Aliases: slices.Clone(s.aliases), Appearances: make([]Appearance, len(s.seen))}
	for i, a := range s.seen {
		in := &d.documents[a.document]
		e.Appearances[i] = Appearance{in.name, in.published, int(a.person)}
	}
	e.Name = slices.MaxFunc(s.names, fuller).name
	for _, n := range s.names {
		e.Aliases = append(e.Aliases, n.name)
	}
	e.Aliases = slices.DeleteFunc(e.Aliases, func(a string) bool { return a == e.Name })
	slices.Sort(e.Aliases)
	e.Aliases = slices.Compact(e.Aliases)
	slices.SortStableFunc(e.Appearances, func(a, b Appearance) int {
		return cmp.Or(cmp.Compare(b.Published, a.Published), cmp.Compare(a.Document, b.Document))
	})
	return e
}

// fuller compares spellings as names: the better one has a given name, then
// stands in most documents, then is the longer.
func fuller(a, b spelt) int {
	wordy := func(n spelt) int { return min(2, len(strings.Fields(n.name))) }
	return cmp.Or(cmp.Compare(wordy(a), wordy(b)), cmp.Compare(a.count, b.count),
		cmp.Compare(len(a.name), len(b.name)), cmp.Compare(b.name, a.name))
}
