package speech

import (
	"cmp"
	"slices"
	"strings"
)

// Directory gathers the people of many documents, so that one person stands
// behind all spellings. It keeps a line for every appearance, never a text.
//
// Spellings of one name meet when their given names agree (nicknames and
// initials too), unless their traits tell two people apart. A bare family name
// is joined to a full name of another document only where something tells that
// it is the same person, and stays as written otherwise.
type Directory struct {
	byFamily  map[string]*family
	company   map[string][]string // of each document: who it names in full
	named     map[string]int      // full names, folded: in how many documents
	documents int
	order     int
}

// family is the sightings of one family name: of full names, gathered, and of
// bare ones, each of one document.
type family struct {
	full, bare []*sighting
}

// Entry is one person of a Directory.
type Entry struct {
	Name        string       // the fullest spelling
	Aliases     []string     // the other spellings that occur, in the order of the alphabet
	Gender      Gender       // zero where unknown
	Appearances []Appearance // newest first, then by document
}

// Appearance is one document that names a person.
type Appearance struct {
	Document  string
	Published string
	Person    int // index into the document's people
}

// sighting is one or more appearances that are surely of one person.
type sighting struct {
	key     nameKey
	names   map[string]int // spellings without honorifics: how often
	aliases []string
	gender  Gender
	traits  []string
	seen    []Appearance
	order   int
	beside  bool // a bare name in a document that names others of the family in full
}

// Add gathers the people of one document. The date orders the appearances; it
// can be anything that sorts as text, or empty.
func (d *Directory) Add(document, published string, people []Person) {
	if d.byFamily == nil {
		d.byFamily, d.company, d.named = map[string]*family{}, map[string][]string{}, map[string]int{}
	}
	d.documents++
	full := map[string]bool{} // family names that the document gives with given names
	for i, p := range people {
		k := keyOf(p.Name)
		if k.family == "" {
			continue
		}
		s := &sighting{key: k, names: map[string]int{p.Name: 1}, gender: p.Gender, traits: p.Traits, order: d.order}
		d.order++
		if k.given != "" {
			full[k.family] = true
			d.note(document, k)
		}
		s = d.keep(s)
		s.addAliases(p.Aliases)
		s.seen = append(s.seen, Appearance{Document: document, Published: published, Person: i})
	}
	for name := range full {
		for _, s := range slices.Backward(d.byFamily[name].bare) {
			if s.seen[0].Document != document {
				break
			}
			s.beside = true
		}
	}
}

// keep adds a sighting to its family, and returns the one that it is part of
// now.
func (d *Directory) keep(s *sighting) *sighting {
	f := d.byFamily[s.key.family]
	if f == nil {
		f = &family{}
		d.byFamily[s.key.family] = f
	}
	if s.key.given == "" {
		f.bare = append(f.bare, s)
		return s
	}
	same := func(o *sighting) bool { return o.key == s.key && o.agrees(s) }
	if at := slices.IndexFunc(f.full, same); at >= 0 {
		return f.full[at].merge(s)
	}
	f.full = append(f.full, s)
	return s
}

// People returns everybody, those of most documents first. Directories can
// grow further afterwards.
func (d *Directory) People() []Entry {
	var out []Entry
	var orders []int
	for _, f := range d.byFamily {
		for _, s := range d.joinAll(f) {
			out = append(out, s.entry())
			orders = append(orders, s.order)
		}
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
	c.names = map[string]int{}
	for k, v := range s.names {
		c.names[k] = v
	}
	c.aliases, c.traits, c.seen = slices.Clone(s.aliases), slices.Clone(s.traits), slices.Clone(s.seen)
	return &c
}

// samePerson reports whether two sightings of one family name are of one
// person.
func (s *sighting) samePerson(o *sighting) bool {
	return s.key.agrees(o.key) && s.agrees(o)
}

// agrees reports whether nothing that is known of the two tells them apart:
// gender and, of a name that many bear, the country they act for and the kind
// of their work.
func (s *sighting) agrees(o *sighting) bool {
	if s.gender != 0 && o.gender != 0 && s.gender&o.gender == 0 {
		return false
	}
	if words().words[s.key.family]&commonFamily == 0 {
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
	of := func(ts []string) (n int) {
		for _, t := range ts {
			if strings.HasPrefix(t, kind) {
				n++
			}
		}
		return n
	}
	if of(a) == 0 || of(b) == 0 {
		return false
	}
	return !slices.ContainsFunc(a, func(t string) bool { return strings.HasPrefix(t, kind) && slices.Contains(b, t) })
}

func (s *sighting) merge(o *sighting) *sighting {
	for n, k := range o.names {
		s.names[n] += k
	}
	s.addAliases(o.aliases)
	s.key.middle, s.key.suffix = cmp.Or(s.key.middle, o.key.middle), cmp.Or(s.key.suffix, o.key.suffix)
	if len(o.key.given) > len(s.key.given) {
		s.key.given = o.key.given
	}
	s.gender |= o.gender
	for _, t := range o.traits {
		if !slices.Contains(s.traits, t) {
			s.traits = append(s.traits, t)
		}
	}
	s.seen = append(s.seen, o.seen...)
	s.order = min(s.order, o.order)
	return s
}

func (s *sighting) addAliases(as []string) {
	for _, a := range as {
		if !slices.Contains(s.aliases, a) {
			s.aliases = append(s.aliases, a)
		}
	}
}

func (s *sighting) entry() Entry {
	e := Entry{Gender: s.gender, Aliases: slices.Clone(s.aliases), Appearances: slices.Clone(s.seen)}
	for n := range s.names {
		if e.Name == "" || fuller(s, n, e.Name) {
			e.Name = n
		}
	}
	for n := range s.names {
		e.Aliases = append(e.Aliases, n)
	}
	e.Aliases = slices.DeleteFunc(e.Aliases, func(a string) bool { return a == e.Name })
	slices.Sort(e.Aliases)
	e.Aliases = slices.Compact(e.Aliases)
	slices.SortStableFunc(e.Appearances, func(a, b Appearance) int {
		return cmp.Or(cmp.Compare(b.Published, a.Published), cmp.Compare(a.Document, b.Document))
	})
	return e
}

// fuller reports whether the spelling a is a better name than b: one with a
// given name, then the one that most documents use, then the longer.
func fuller(s *sighting, a, b string) bool {
	wordy := func(n string) int { return min(2, len(strings.Fields(n))) }
	return cmp.Or(cmp.Compare(wordy(a), wordy(b)), cmp.Compare(s.names[a], s.names[b]),
		cmp.Compare(len(a), len(b)), cmp.Compare(b, a)) > 0
}
