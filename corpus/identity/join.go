package identity

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"attache/corpus/speech"
)

// When a full name is the usual bearer's of its family name: it stands in so
// many documents at least, in this share of all that hold the family name, and
// all namesakes together in no more than a tenth of so many.
const (
	usualLeast = 3
	usualShare = 2.0 / 3
	usualTimes = 10
)

// Two documents are in one company when they share so many other full names,
// each in few documents: the names of the day stand beside everybody.
const (
	sharedLeast = 2
	fewShare    = 1.0 / 20
	fewLeast    = 3
)

// joinAll joins the sightings of one family name that no order of reading
// could join before: initials with full names, bare names with their bearer,
// and the bare names that are left with each other.
func (d *Directory) joinAll(f *family) []*sighting {
	h := d.household(f)
	joined := make([][]*sighting, len(h.full))
	var left []*sighting
	for _, s := range f.bare {
		if at := h.bearer(s); at >= 0 {
			joined[at] = append(joined[at], s)
			continue
		}
		same := func(o *sighting) bool { return o.agrees(s) }
		if at := slices.IndexFunc(left, same); at >= 0 {
			left[at].merge(s)
		} else {
			left = append(left, s.clone())
		}
	}
	for i, f := range h.full {
		for _, s := range joined[i] {
			f.merge(s)
		}
	}
	return append(h.full, left...)
}

// joinFull joins full names, the fullest first.
func (d *Directory) joinFull(all []*sighting) (full []*sighting) {
	byKey := map[speech.Name][]*sighting{}
	for _, s := range all {
		byKey[s.key] = append(byKey[s.key], s)
	}
	var sorted []*sighting
	for _, same := range byKey {
		sorted = append(sorted, d.tellApart(same)...)
	}
	slices.SortFunc(sorted, func(a, b *sighting) int { return cmp.Compare(a.order, b.order) })
	slices.SortStableFunc(sorted, func(a, b *sighting) int {
		return cmp.Or(cmp.Compare(min(2, len(b.key.Given)), min(2, len(a.key.Given))), cmp.Compare(min(1, len(b.key.Middle)), min(1, len(a.key.Middle))))
	})
	for _, s := range sorted {
		var fits []*sighting
		for _, f := range full {
			if f.key.Agrees(s.key) && f.key != s.key && !d.apart(f, s) && !f.meets(s) {
				fits = append(fits, f)
			}
		}
		if len(fits) == 1 {
			fits[0].merge(s)
		} else {
			full = append(full, s)
		}
	}
	return full
}

// household is everybody of one family name, while bare names are joined.
type household struct {
	*Directory
	full   []*sighting
	usual  int             // the usual bearer, -1 for none
	beside map[int32][]int // names of few documents: beside whom they stand
}

func (d *Directory) household(f *family) *household {
	h := &household{Directory: d, full: d.joinFull(f.full), usual: -1, beside: map[int32][]int{}}
	if len(f.bare) == 0 {
		return h
	}
	holding := map[int32]bool{}
	for _, s := range f.bare {
		holding[s.seen[0].document] = true
	}
	most, sum := 0, 0
	for i, p := range h.full {
		in := p.in()
		sum += len(in)
		if len(in) > most {
			most, h.usual = len(in), i
		}
		for _, doc := range in {
			holding[doc] = true
		}
		for _, name := range h.company(p) {
			h.beside[name] = append(h.beside[name], i)
		}
	}
	if f.bare[0].key.Common() || most < usualLeast ||
		float64(most) < usualShare*float64(len(holding)) || (sum-most)*usualTimes > most {
		h.usual = -1
	}
	return h
}

// bearer is the index of the person whom a bare family name means: the only
// one of the same office, the only one in the same company, or the usual
// bearer; -1 for none.
func (h *household) bearer(bare *sighting) int {
	if bare.beside {
		return -1
	}
	shared := map[int]int{}
	for _, name := range h.documents[bare.seen[0].document].company {
		for _, i := range h.beside[name] {
			shared[i]++
		}
	}
	var company []int
	usual, office := -1, rivals{best: -1}
	for i, f := range h.full {
		if !f.agrees(bare) || conflict(f.traits, bare.traits, "country:") {
			continue
		}
		times, known := sameOffice(f, bare)
		if times > 0 {
			office.add(i, times)
		} else if !known && shared[i] >= sharedLeast {
			company = append(company, i)
		}
		if i == h.usual {
			usual = i
		}
	}
	switch {
	case office.clear():
		return office.best
	case office.best < 0 && len(company) == 1:
		return company[0]
	}
	return usual
}

// note keeps that a document names somebody in full.
func (d *Directory) note(number int32, k speech.Name) {
	name := k.Given + " " + k.Family
	n, ok := d.names[name]
	if !ok {
		n = int32(len(d.named))
		d.names[name], d.named = n, append(d.named, 0)
	}
	in := &d.documents[number]
	in.company = append(in.company, n)
	d.named[n]++
}

// company returns the names of few documents that stand beside a sighting, its
// own too, in order.
func (d *Directory) company(s *sighting) []int32 {
	if s.company != nil {
		return s.company
	}
	few := max(fewLeast, int(fewShare*float64(len(d.documents))))
	s.company = []int32{}
	for _, a := range s.seen {
		for _, name := range d.documents[a.document].company {
			if d.named[name] <= few {
				s.company = append(s.company, name)
			}
		}
	}
	slices.Sort(s.company)
	s.company = slices.Clip(slices.Compact(s.company))
	return s.company
}

// in is the documents that hold a sighting, in order.
func (s *sighting) in() []int32 {
	documents := make([]int32, len(s.seen))
	for i, a := range s.seen {
		documents[i] = a.document
	}
	slices.Sort(documents)
	return slices.Compact(documents)
}

// meets reports whether a document names both, and so tells them apart.
func (s *sighting) meets(o *sighting) bool {
	documents := s.in()
	return slices.ContainsFunc(o.seen, func(a appearance) bool {
		_, ok := slices.BinarySearch(documents, a.document)
		return ok
	})
}

// rivals are those who may be meant, by what speaks for them.
type rivals struct {
	best         int // index of the person most speaks for, -1 for none
	most, second int
}

func (r *rivals) add(i, times int) {
	if times > r.most {
		r.best, r.most, times = i, times, r.most
	}
	r.second = max(r.second, times)
}

// clear reports whether one of them stands out.
func (r *rivals) clear() bool { return r.best >= 0 && r.most >= usualTimes*r.second }

// sameOffice is how many documents give a an office that b holds too, as far
// as their titles tell, and whether the titles of both are known: "Minister"
// can be the Foreign Minister, the Defense Minister can not.
func sameOffice(a, b *sighting) (times int, known bool) {
	var some, others bool
	for i, x := range a.traits {
		x, ok := strings.CutPrefix(x, "office:")
		some = some || ok
		for _, y := range b.traits {
			y, isOffice := strings.CutPrefix(y, "office:")
			others = others || isOffice
			if ok && isOffice && (withinOffice(x, y) || withinOffice(y, x)) {
				times = max(times, a.tells(i))
			}
		}
	}
	return times, some && others
}

// withinOffice reports whether the office y has all the words of x, and is of
// no lower rank.
func withinOffice(x, y string) bool {
	has := strings.Fields(x)
	for _, w := range has {
		if !slices.Contains(strings.Fields(y), w) {
			return false
		}
	}
	return !slices.ContainsFunc(strings.Fields(y), func(w string) bool {
		return speech.IsRank(w) && !slices.Contains(has, w)
	})
}

// joinScripts joins those of two scripts where a document gives the name of one
// beside that of the other, and no third person has it: "Park Jin (박진)".
func (d *Directory) joinScripts(all []*sighting) []*sighting {
	bearers := map[string][]int{}
	for i, s := range all {
		for _, n := range s.names {
			bearers[n.name] = append(bearers[n.name], i)
		}
	}
	into := map[int]int{}
	for i, s := range all {
		for _, a := range s.aliases {
			other := bearers[a]
			if len(other) != 1 || other[0] == i || uncasedName(a) == uncasedName(s.names[0].name) || d.apart(s, all[other[0]]) {
				continue
			}
			from, to := other[0], i
			if uncasedName(s.names[0].name) {
				from, to = i, other[0]
			}
			if _, joined := into[to]; !joined && from != to {
				into[from] = to
			}
		}
	}
	joined := all[:0:0]
	for i, s := range all {
		if to, ok := into[i]; ok {
			all[to].merge(s)
		} else {
			joined = append(joined, s)
		}
	}
	return joined
}

// uncasedName reports whether a name is written without capitals.
func uncasedName(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r) && !unicode.IsUpper(r) && !unicode.IsLower(r)
}
