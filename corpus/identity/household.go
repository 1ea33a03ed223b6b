package identity

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"example.org/attache/corpus/speech"
	"example.org/attache/corpus/speech/names"
)

// When a full name is the usual bearer's of its family name: it stands in so
// many documents at least, in this share of all that hold the family name, and
// all namesakes together in no more than a tenth of so many.
const (
	usualLeast = 3
	usualShare = 2.0 / 3
	usualTimes = 10
)

// household is everybody of one family name, while bare names are joined.
type household struct {
	*linker
	full    []*person
	usual   int             // the usual bearer, -1 for none
	beside  map[int32][]int // names that stand beside bare ones: beside whom else
	offices *offices        // nil until asked for
	meant   map[string]meant
}

// meant is who of a household holds an office that a bare name has.
type meant struct {
	best  int // -1 for nobody
	clear bool
}

func (l *linker) household(f *family) *household {
	h := &household{linker: l, full: l.joinFull(f.full), usual: -1, beside: map[int32][]int{}, meant: map[string]meant{}}
	if len(f.bare) == 0 || len(h.full) == 0 {
		return h
	}
	holding := map[int32]bool{}
	wanted := map[int32]bool{}
	for _, r := range f.bare {
		document := r.seen[0].document
		holding[document] = true
		for _, name := range l.documents[document].company {
			wanted[name] = !r.beside || wanted[name]
		}
	}
	most, sum := 0, 0
	for i, p := range h.full {
		in := p.in()
		sum += len(in)
		if len(in) > most {
			most, h.usual = len(in), i
		}
		for _, document := range in {
			holding[document] = true
			for _, name := range l.documents[document].company {
				if wanted[name] && l.named[name] <= l.few {
					h.standsBeside(i, name)
				}
			}
		}
	}
	if f.bare[0].key.Common() || most < usualLeast || float64(most) < usualShare*float64(len(holding)) || (sum-most)*usualTimes > most {
		h.usual = -1
	}
	return h
}

// mostBeside is beside how many of a household a name may be at most to distinguish
// any of them.
const mostBeside = 1000

// standsBeside notes that a name is beside person i.
func (h *household) standsBeside(i int, name int32) {
	if all := h.beside[name]; len(all) == 0 || all[len(all)-1] != i && len(all) <= mostBeside {
		h.beside[name] = append(all, i)
	}
}

// bearer is the index of the person whom a bare family name means: the only
// one of the same office, the only one in the same company, or the usual
// bearer; -1 for none.
func (h *household) bearer(r *record, bare *person) int {
	if r.beside || len(h.full) == 0 {
		return -1
	}
	office := h.ofOffice(r, bare)
	switch company := h.inCompany(r, bare); {
	case office.clear:
		return office.best
	case office.best < 0 && company >= 0:
		return company
	case h.usual >= 0 && h.mayBe(h.usual, bare):
		return h.usual
	}
	return -1
}

// mayBe reports whether nothing tells person i and a bare name apart.
func (h *household) mayBe(i int, bare *person) bool {
	return h.full[i].agrees(bare) && !h.full[i].conflicts(bare, speech.CountryTrait)
}

// inCompany is the only one who is in the company of a bare name and is of
// no other office, -1 for none.
func (h *household) inCompany(r *record, bare *person) int {
	shared := map[int]int{}
	for _, name := range h.documents[r.seen[0].document].company {
		if all := h.beside[name]; len(all) <= mostBeside {
			for _, i := range all {
				shared[i]++
			}
		}
	}
	found := -1
	for i, n := range shared {
		offices := h.full[i].of(speech.OfficeTrait).words
		if n < sharedLeast || !h.mayBe(i, bare) || len(offices) > 0 && len(bare.of(speech.OfficeTrait).words) > 0 {
			continue // of the same office the office tells more, and another one is somebody else's
		}
		if found >= 0 {
			return -1
		}
		found = i
	}
	return found
}

// ofOffice finds who holds an office that a bare name has.
func (h *household) ofOffice(r *record, bare *person) meant {
	if bare.facts == nil || len(bare.offices.words) == 0 {
		return meant{best: -1}
	}
	saying := r.saying()
	m, ok := h.meant[saying]
	if !ok {
		if h.offices == nil {
			h.offices = newOffices(h.full)
		}
		m = h.offices.meant(&bare.offices, func(i int) bool { return h.mayBe(i, bare) })
		h.meant[saying] = m
	}
	return m
}

// offices are those that the people of a household hold.
type offices struct {
	holders map[string][]holder // those whom most documents give it first
	words   map[string][]string // the offices that have a word
	rarest  map[string][]string // the offices of whose words this is the rarest
}

// holder is a person, and how many documents give the person an office.
type holder struct{ person, times int }

func newOffices(people []*person) *offices {
	o := &offices{map[string][]holder{}, map[string][]string{}, map[string][]string{}}
	for i, p := range people {
		held := p.of(speech.OfficeTrait)
		for j, name := range held.words {
			o.holders[name] = append(o.holders[name], holder{i, held.times[j]})
		}
	}
	names := slices.Sorted(maps.Keys(o.holders))
	for _, name := range names {
		slices.SortFunc(o.holders[name], func(a, b holder) int {
			return cmp.Or(cmp.Compare(b.times, a.times), cmp.Compare(a.person, b.person))
		})
		for w := range strings.FieldsSeq(name) {
			o.words[w] = append(o.words[w], name)
		}
	}
	for _, name := range names {
		w := o.rarestOf(name)
		o.rarest[w] = append(o.rarest[w], name)
	}
	return o
}

// rarestOf is the word of an office that fewest offices have.
func (o *offices) rarestOf(name string) (rarest string) {
	for w := range strings.FieldsSeq(name) {
		if rarest == "" || len(o.words[w]) < len(o.words[rarest]) {
			rarest = w
		}
	}
	return rarest
}

// The most offices that one may be short or long for, and holders of one that
// are looked at.
const (
	mostOffices = 1000
	mostHolders = 1000
)

// same returns the offices that one may be: "minister" can be the foreign
// minister, the defense minister can not.
func (o *offices) same(name string) (same []string) {
	longer := o.words[o.rarestOf(name)]
	for _, other := range longer[:min(len(longer), mostOffices)] {
		if withinOffice(name, other) {
			same = append(same, other)
		}
	}
	for w := range strings.FieldsSeq(name) {
		shorter := o.rarest[w]
		for _, other := range shorter[:min(len(shorter), mostOffices)] {
			if withinOffice(other, name) {
				same = append(same, other)
			}
		}
	}
	return same
}

// meant is who of those who may be meant holds one of some offices. Of each
// office those two are enough to whom most documents give it.
func (o *offices) meant(held *tally, may func(person int) bool) meant {
	times := map[int]int{}
	for _, name := range held.words {
		for _, other := range o.same(name) {
			found := 0
			all := o.holders[other]
			for _, h := range all[:min(len(all), mostHolders)] {
				if !may(h.person) {
					continue
				}
				times[h.person] = max(times[h.person], h.times)
				if found++; found == 2 {
					break
				}
			}
		}
	}
	best, most, second := -1, 0, 0
	for person, n := range times {
		if n > most || n == most && person < best {
			best, most, n = person, n, most
		}
		second = max(second, n)
	}
	return meant{best, best >= 0 && most >= usualTimes*second}
}

// withinOffice reports whether the office y has all the words of x, and is of
// no lower rank.
func withinOffice(x, y string) bool {
	has := strings.Fields(x)
	others := strings.Fields(y)
	for _, w := range has {
		if !slices.Contains(others, w) {
			return false
		}
	}
	return !slices.ContainsFunc(others, func(w string) bool { return names.IsRank(w) && !slices.Contains(has, w) })
}
