package identity

import (
	"cmp"
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
		full.merge(at, p)
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
	names   []*bearers // as they came
	blocks  map[names.Block]block
	links   []link
	large   bool
	asked   int
	latest  struct { // the blocks that were asked for last
		name   names.Name
		blocks names.Blocks
	}
}

// bearers are the people who have one name.
type bearers struct {
	name  names.Name
	who   []int // indexes of people
	asked int   // the last question that came by
}

// block is the names that are filed under a blocking key.
type block struct {
	last    int32 // of its links: the place plus one
	bearers int32 // how many of the names somebody has
}

// link is a name in a block, and the place of the one before, plus one.
type link struct{ name, before int32 }

const (
	smallFamily = 32  // people who are looked through one by one
	mostBearers = 100 // people who may bear a name at most: of more none is meant
	usualBlocks = 12  // under which a name is filed
)

// newRoster makes a roster for about n people.
func newRoster(n int) *roster {
	r := &roster{large: n > smallFamily}
	if r.large {
		r.bearers = make(map[names.Name]*bearers, n)
		r.blocks = make(map[names.Block]block, usualBlocks*n)
		r.links = make([]link, 0, usualBlocks*n)
	}
	return r
}

func (r *roster) add(p *person) {
	r.people = append(r.people, p)
	r.file(len(r.people) - 1)
}

// merge adds p to a person, who is the same.
func (r *roster) merge(at int, p *person) {
	before := r.people[at].key
	r.people[at].merge(p)
	if r.large && r.people[at].key != before {
		r.unfile(at, before)
		r.file(at)
	}
}

// file makes a person findable under the present name.
func (r *roster) file(at int) {
	if !r.large {
		return
	}
	name := r.people[at].key
	b := r.bearers[name]
	isNew := b == nil
	if isNew {
		b = &bearers{name: name}
		r.bearers[name] = b
		r.names = append(r.names, b)
	}
	if b.who = append(b.who, at); len(b.who) > 1 {
		return
	}
	for _, key := range r.blocksOf(name).Filed {
		in := r.blocks[key]
		in.bearers++
		if isNew {
			r.links = append(r.links, link{int32(len(r.names) - 1), in.last})
			in.last = int32(len(r.links))
		}
		r.blocks[key] = in
	}
}

// unfile ends that a person is found under a name.
func (r *roster) unfile(at int, name names.Name) {
	b := r.bearers[name]
	if b.who = slices.DeleteFunc(b.who, func(who int) bool { return who == at }); len(b.who) > 0 {
		return
	}
	for _, key := range r.blocksOf(name).Filed {
		in := r.blocks[key]
		in.bearers--
		r.blocks[key] = in
	}
}

// only is the index of the one person of another spelling of a name who fits,
// -1 when there is none, or several, or too many to tell.
func (r *roster) only(name names.Name, fits func(*person) bool) int {
	if r.isCrowd(name) {
		return -1
	}
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

// isCrowd reports whether the name agrees for sure with more than may be meant.
func (r *roster) isCrowd(name names.Name) bool {
	if !r.large || name.Suffix != "" {
		return false
	}
	return slices.ContainsFunc(r.blocksOf(name).Sure, func(key names.Block) bool {
		return r.blocks[key].bearers > mostBearers+1 // the name itself may be one
	})
}

// blocksOf returns the blocks of a name, which are asked for several times in turn.
func (r *roster) blocksOf(name names.Name) names.Blocks {
	if r.latest.name != name {
		r.latest.name, r.latest.blocks = name, name.Blocks()
	}
	return r.latest.blocks
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
	blocks := r.blocksOf(name)
	r.asked++
	looked := 0
	for _, key := range slices.Concat(blocks.Sure, blocks.Possible) {
		for at := r.blocks[key].last; at > 0; at = r.links[at-1].before {
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
				if !yield(who) {
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
