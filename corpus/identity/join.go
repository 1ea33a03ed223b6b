package identity

import (
	"cmp"
	"hash/maphash"
	"slices"
	"unicode"
	"unicode/utf8"

	"example.org/attache/corpus/speech/names"
)

// family links the records of one family name: spellings of full names, bare
// names with their bearer, and the bare names that are left with each other.
func (l *linker) family(f *family) []*person {
	h := l.household(f)
	joined := make([][]*person, len(h.full))
	var left []*person
	for _, r := range f.bare {
		p := newPerson(r, r.seen)
		if at := h.bearer(r, p); at >= 0 {
			joined[at] = append(joined[at], p)
			continue
		}
		same := func(o *person) bool { return o.agrees(p) }
		if at := slices.IndexFunc(left, same); at >= 0 {
			left[at].merge(p)
		} else {
			left = append(left, p)
		}
	}
	for i, p := range h.full {
		for _, bare := range joined[i] {
			p.merge(bare)
		}
	}
	return append(h.full, left...)
}

// joinFull joins full names, the fullest first. A spelling that fits one person
// is that person's; one that fits several stays by itself.
func (l *linker) joinFull(all []*record) []*person {
	byKey := map[names.Name][]*record{}
	for _, r := range all {
		byKey[r.key] = append(byKey[r.key], r)
	}
	var sorted []*person
	for _, same := range byKey {
		sorted = append(sorted, l.namesakes(same)...)
	}
	slices.SortFunc(sorted, inOrder)
	slices.SortStableFunc(sorted, func(a, b *person) int {
		return cmp.Or(cmp.Compare(min(2, len(b.key.Given)), min(2, len(a.key.Given))), cmp.Compare(min(1, len(b.key.Middle)), min(1, len(a.key.Middle))))
	})
	full := newRoster(len(sorted))
	for _, p := range sorted {
		at := full.only(p.key, func(o *person) bool { return !l.apart(o, p) && !o.meets(p) })
		if at < 0 {
			full.add(p)
			continue
		}
		full.people[at].merge(p)
		full.file(at)
	}
	return full.people
}

// inOrder compares people by where they were first seen.
func inOrder(a, b *person) int {
	return cmp.Or(cmp.Compare(a.order, b.order), cmp.Compare(a.seen[0].document, b.seen[0].document))
}

// A roster finds who of a family may bear a name, in a large one by blocking
// keys.
type roster struct {
	people  []*person
	bearers map[names.Name]*bearers
	names   []*bearers       // as they came
	blocks  map[uint64]int32 // by the hash of a blocking key: the last of its links, plus one
	links   []link
	seed    maphash.Seed
	large   bool
	asked   int
}

// bearers are the people who have, or had, one name.
type bearers struct {
	name  names.Name
	who   []int // indexes of people
	asked int   // the last question that came by
}

// link is a name in a block, and the place of the one before, plus one.
type link struct{ name, before int32 }

const (
	smallFamily = 32  // people who are looked through one by one
	mostBearers = 100 // people who may bear a name at most: of more none is meant
)

// newRoster makes a roster for about n people.
func newRoster(n int) *roster {
	return &roster{bearers: map[names.Name]*bearers{}, blocks: map[uint64]int32{}, seed: maphash.MakeSeed(), large: n > smallFamily}
}

func (r *roster) add(p *person) {
	r.people = append(r.people, p)
	r.file(len(r.people) - 1)
}

// file makes a person findable under the present name.
func (r *roster) file(at int) {
	if !r.large {
		return
	}
	name := r.people[at].key
	b := r.bearers[name]
	if b == nil {
		b = &bearers{name: name}
		r.bearers[name] = b
		r.names = append(r.names, b)
		stored, _ := name.Blocks()
		for _, block := range stored {
			hash := maphash.String(r.seed, block)
			r.links = append(r.links, link{int32(len(r.names) - 1), r.blocks[hash]})
			r.blocks[hash] = int32(len(r.links))
		}
	}
	if n := len(b.who); n == 0 || b.who[n-1] != at {
		b.who = append(b.who, at)
	}
}

// only is the index of the one person of another spelling of a name who fits,
// -1 when there is none, or several, or too many to tell.
func (r *roster) only(name names.Name, fits func(*person) bool) int {
	found, looked := -1, 0
	r.agreeing(name, func(at int) bool {
		if looked++; looked > mostBearers {
			found = -1
			return false
		}
		if !fits(r.people[at]) {
			return true
		}
		if found >= 0 {
			found = -1
			return false
		}
		found = at
		return true
	})
	return found
}

// agreeing yields the people whose name agrees with another spelling.
func (r *roster) agreeing(name names.Name, yield func(at int) bool) {
	if !r.large {
		for at, p := range r.people {
			if p.key != name && p.key.Agrees(name) && !yield(at) {
				return
			}
		}
		return
	}
	r.asked++
	looked := 0
	_, asked := name.Blocks()
	for _, block := range asked {
		for at := r.blocks[maphash.String(r.seed, block)]; at > 0; at = r.links[at-1].before {
			b := r.names[r.links[at-1].name]
			if b.asked == r.asked {
				continue
			}
			b.asked = r.asked
			if b.name == name || !b.name.Agrees(name) {
				continue
			}
			for _, who := range b.who {
				if looked++; looked > 10*mostBearers {
					return
				}
				if r.people[who].key == b.name && !yield(who) {
					return
				}
			}
		}
	}
}

// joinScripts joins those of two scripts where a document gives the name of one
// beside that of the other, and no third person has it: "Park Jin (박진)".
func (l *linker) joinScripts(all []*person) []*person {
	bearers := map[string][]int{}
	for i, p := range all {
		for _, n := range p.names.words {
			bearers[n] = append(bearers[n], i)
		}
	}
	into := map[int]int{}
	for i, p := range all {
		for _, a := range p.aliases.words {
			other := bearers[a]
			if len(other) != 1 || other[0] == i || uncasedName(a) == uncasedName(p.names.words[0]) || l.apart(p, all[other[0]]) {
				continue
			}
			from, to := other[0], i
			if uncasedName(p.names.words[0]) {
				from, to = i, other[0]
			}
			if _, joined := into[to]; !joined && from != to {
				into[from] = to
			}
		}
	}
	joined := all[:0:0]
	for i, p := range all {
		if to, ok := into[i]; ok {
			all[to].merge(p)
		} else {
			joined = append(joined, p)
		}
	}
	return joined
}

// uncasedName reports whether a name is written without capitals.
func uncasedName(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r) && !unicode.IsUpper(r) && !unicode.IsLower(r)
}
