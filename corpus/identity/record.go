package identity

import (
	"cmp"
	"hash/maphash"
	"slices"
	"strings"

	"example.org/attache/corpus/speech"
	"example.org/attache/corpus/speech/names"
)

// record is what one document says of somebody, or several documents that say
// the same.
type record struct {
	key     names.Name
	name    string // without honorifics
	aliases []string
	traits  []string
	gender  speech.Gender
	beside  bool // a bare name in a document that names others of the family in full
	order   int
	seen    []appearance
}

// hash is equal for records that are alike.
func (r *record) hash(seed maphash.Seed) uint64 {
	var h maphash.Hash
	h.SetSeed(seed)
	for _, part := range [][]string{{r.name}, r.traits, r.aliases} {
		for _, s := range part {
			h.WriteString(s)
			h.WriteByte(0)
		}
		h.WriteByte(1)
	}
	h.WriteByte(byte(r.gender))
	return h.Sum64()
}

// like reports whether two records differ in nothing but where they were seen.
func (r *record) like(o *record) bool {
	return r.name == o.name && r.gender == o.gender && slices.Equal(r.traits, o.traits) && slices.Equal(r.aliases, o.aliases)
}

// person is one or more records that are surely of one person.
type person struct {
	key     names.Name
	names   tally // spellings without honorifics, by documents
	aliases tally
	gender  speech.Gender
	*facts  // nil when nothing is known
	seats   []tenure
	seen    []appearance
	order   int

	// Sets that are made when they are asked for, of the first so many of seen.
	documents, company     map[int32]struct{}
	inDocuments, inCompany int
}

// facts are the traits of a person by their kinds, each with the number of
// documents that say so.
type facts struct{ countries, works, offices, seated tally }

// kinds of facts, in the order of the fields.
var kinds = [...]string{speech.CountryTrait, speech.WorkTrait, speech.OfficeTrait, speech.SeatTrait}

func (f *facts) of(kind string) *tally {
	if f == nil {
		return &tally{}
	}
	switch kind {
	case speech.CountryTrait:
		return &f.countries
	case speech.WorkTrait:
		return &f.works
	case speech.OfficeTrait:
		return &f.offices
	}
	return &f.seated
}

// newPerson makes a person of a record, as far as it was seen there.
func newPerson(r *record, seen []appearance) *person {
	p := &person{key: r.key, gender: r.gender, seen: slices.Clip(seen), order: r.order}
	p.names.add(r.name, len(seen))
	for _, a := range r.aliases {
		p.aliases.add(a, 1)
	}
	for _, t := range r.traits {
		for _, kind := range kinds {
			if value, ok := strings.CutPrefix(t, kind); ok {
				if p.facts == nil {
					p.facts = &facts{}
				}
				p.of(kind).add(value, len(seen))
			}
		}
	}
	return p
}

func (p *person) clone() *person {
	c := *p
	c.names, c.aliases = p.names.clone(), p.aliases.clone()
	if p.facts != nil {
		c.facts = &facts{p.countries.clone(), p.works.clone(), p.offices.clone(), p.seated.clone()}
	}
	c.seen, c.seats = slices.Clip(p.seen), slices.Clip(p.seats)
	c.documents, c.company, c.inDocuments, c.inCompany = nil, nil, 0, 0
	return &c
}

// merge adds all that is known of o, who is the same person.
func (p *person) merge(o *person) {
	p.names.merge(&o.names)
	p.aliases.merge(&o.aliases)
	p.key.Middle, p.key.Suffix = cmp.Or(p.key.Middle, o.key.Middle), cmp.Or(p.key.Suffix, o.key.Suffix)
	if len(o.key.Given) > len(p.key.Given) {
		p.key.Given = o.key.Given
	}
	p.gender |= o.gender
	if o.facts != nil {
		if p.facts == nil {
			p.facts = &facts{}
		}
		for _, kind := range kinds {
			p.of(kind).merge(o.of(kind))
		}
	}
	for _, t := range o.seats {
		p.sit(t)
	}
	p.seen = append(p.seen, o.seen...)
	p.order = min(p.order, o.order)
}

// agrees reports whether nothing that is known of the two distinguishes them:
// gender and, of a name that many bear, the country they act for and the kind
// of their work.
func (p *person) agrees(o *person) bool {
	if p.gender != 0 && o.gender != 0 && p.gender&o.gender == 0 {
		return false
	}
	return !p.key.Common() || !p.conflicts(o, speech.CountryTrait) && !p.conflicts(o, speech.WorkTrait)
}

// conflicts reports whether facts of a kind are known of both, and none is true
// of both.
func (p *person) conflicts(o *person, kind string) bool {
	a, b := p.of(kind), o.of(kind)
	if len(a.words) == 0 || len(b.words) == 0 {
		return false
	}
	for _, x := range a.words {
		for _, y := range b.words {
			if x == y || endsInWord(x, y) || endsInWord(y, x) {
				return false // "Korean" can be South Korean
			}
		}
	}
	return true
}

// endsInWord reports whether the last words of s are w.
func endsInWord(s, w string) bool {
	return len(s) > len(w) && s[len(s)-len(w)-1] == ' ' && strings.HasSuffix(s, w)
}

// inCommon counts the facts that two have in common.
func (p *person) inCommon(o *person) (n int) {
	for _, kind := range kinds {
		a, b := p.of(kind), o.of(kind)
		if len(a.words) > len(b.words) {
			a, b = b, a
		}
		for _, w := range a.words {
			if b.index(w) >= 0 {
				n++
			}
		}
	}
	return n
}

// meets reports whether a document names both, and so distinguishes them.
func (p *person) meets(o *person) bool {
	if len(p.seen) < len(o.seen) {
		p, o = o, p
	}
	return slices.ContainsFunc(o.seen, func(a appearance) bool { return p.isIn(a.document) })
}

// isIn reports whether a document names the person.
func (p *person) isIn(document int32) bool {
	if len(p.seen) <= fewWords {
		return slices.ContainsFunc(p.seen, func(a appearance) bool { return a.document == document })
	}
	if p.documents == nil {
		p.documents = make(map[int32]struct{}, len(p.seen))
	}
	for ; p.inDocuments < len(p.seen); p.inDocuments++ {
		p.documents[p.seen[p.inDocuments].document] = struct{}{}
	}
	_, ok := p.documents[document]
	return ok
}

// in is the documents that name the person, in order.
func (p *person) in() []int32 {
	documents := make([]int32, len(p.seen))
	for i, a := range p.seen {
		documents[i] = a.document
	}
	slices.Sort(documents)
	return slices.Compact(documents)
}

// tally counts strings, in the order in which they came.
type tally struct {
	words []string
	times []int
	at    map[string]int // where each is, once there are many
}

// fewWords is how many a tally looks through one by one.
const fewWords = 16

// index is the place of w, -1 for none.
func (t *tally) index(w string) int {
	if t.at == nil {
		return slices.Index(t.words, w)
	}
	if i, ok := t.at[w]; ok {
		return i
	}
	return -1
}

func (t *tally) add(w string, times int) {
	if i := t.index(w); i >= 0 {
		t.times[i] += times
		return
	}
	t.words, t.times = append(t.words, w), append(t.times, times)
	switch {
	case t.at != nil:
		t.at[w] = len(t.words) - 1
	case len(t.words) > fewWords:
		t.at = make(map[string]int, 2*fewWords)
		for i, w := range t.words {
			t.at[w] = i
		}
	}
}

func (t *tally) merge(o *tally) {
	for i, w := range o.words {
		t.add(w, o.times[i])
	}
}

func (t *tally) clone() (c tally) {
	c.merge(t)
	return c
}
