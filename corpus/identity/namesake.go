package identity

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"attache/corpus/speech"
)

// tellApart makes people of the sightings of one full name: one person, unless
// what documents tell of them can't be of one. Those that tell most come
// first; one that fits several people goes to whom its company or most
// documents tell, and what nothing tells stays by itself.
func (d *Directory) tellApart(all []*sighting) (people []*sighting) {
	sorted := make([]*sighting, len(all))
	for i, s := range all {
		sorted[i] = s.clone()
		sorted[i].seats = d.tenures(s)
	}
	slices.SortStableFunc(sorted, func(a, b *sighting) int { return cmp.Compare(len(b.traits), len(a.traits)) })
	var unclear []*sighting
	for _, s := range sorted {
		var fits []*sighting
		for _, p := range people {
			if !d.apart(p, s) {
				fits = append(fits, p)
			}
		}
		switch {
		case len(fits) == 0:
			people = append(people, s)
		case len(people) == 1:
			people[0].merge(s)
		default:
			unclear = append(unclear, s.each()...)
		}
	}
	return d.assign(withoutStrays(people), unclear)
}

// strayTimes is how many times as many documents as a namesake's somebody must
// have for the namesake to be taken for a misread title.
const strayTimes = 20

// withoutStrays merges namesakes of next to no documents into the one of most,
// unless their genders differ.
func withoutStrays(people []*sighting) []*sighting {
	if len(people) < 2 {
		return people
	}
	usual := slices.MaxFunc(people, func(a, b *sighting) int { return cmp.Compare(len(a.seen), len(b.seen)) })
	return slices.DeleteFunc(people, func(p *sighting) bool {
		stray := len(usual.seen) >= strayTimes*len(p.seen) && usual.gender|p.gender != speech.Male|speech.Female
		if stray {
			usual.merge(p)
		}
		return stray
	})
}

// each parts the documents that tell the same.
func (s *sighting) each() (all []*sighting) {
	one := *s // without all documents, of which there may be many
	one.company = nil
	for _, a := range s.seen {
		one.seen = []appearance{a}
		c := one.clone()
		c.names[0].count = 1
		all = append(all, c)
	}
	return all
}

// assign gives each unclear sighting to the person of the name whom it fits
// best.
func (d *Directory) assign(people, unclear []*sighting) []*sighting {
	sure := slices.Clone(people) // as they are before anything unclear is added
	for i := range sure {
		sure[i] = people[i].clone()
	}
	var left *sighting
	for _, s := range unclear {
		switch at := d.best(sure, s); {
		case at >= 0:
			people[at].merge(s)
		case left == nil:
			left = s
		default:
			left.merge(s)
		}
	}
	if left != nil {
		people = append(people, left)
	}
	return people
}

// usualNamesake is how many times as many documents as all namesakes together
// the one has who is meant where nothing tells.
const usualNamesake = 3

// best is the index of the one person whom a sighting fits: the only one it
// fits at all, else the one in whose company it is, or the usual one; -1 for
// none.
func (d *Directory) best(people []*sighting, s *sighting) int {
	best, most, tied, fits, all := -1, 0, false, 0, 0
	for i, p := range people {
		all += len(p.seen)
		if d.apart(p, s) {
			continue
		}
		fits++
		n := 1 + 2*d.shared(p, s) + common(p.traits, s.traits)
		tied = tied && n <= most || n == most
		if n > most {
			best, most, tied = i, n, false
		}
	}
	if fits < 2 || !tied {
		return best
	}
	for i, p := range people {
		if len(p.seen) >= usualNamesake*(all-len(p.seen)) && !d.apart(p, s) {
			return i
		}
	}
	return -1
}

// common counts the traits that two have in common.
func common(a, b []string) (n int) {
	for _, t := range a {
		if slices.Contains(b, t) {
			n++
		}
	}
	return n
}

// apart reports whether two sightings of one name are of two people: of two
// genders, or such that one person would not be both, and without company in
// common.
func (d *Directory) apart(a, b *sighting) bool {
	if a.gender != 0 && b.gender != 0 && a.gender&b.gender == 0 {
		return true
	}
	return (!a.agrees(b) || acrossBorders(a, b) || seatedApart(a, b)) && d.shared(a, b) < sharedLeast
}

// shared counts the names of few documents beside which both stand.
func (d *Directory) shared(a, b *sighting) (n int) {
	beside, others := d.company(a), d.company(b)
	own, ok := d.names[a.key.Given+" "+a.key.Family]
	if !ok {
		own = -1
	}
	for _, name := range others {
		if _, ok := slices.BinarySearch(beside, name); ok && name != own {
			n++
		}
	}
	return n
}

// acrossBorders reports whether two hold public office for different countries.
func acrossBorders(a, b *sighting) bool {
	return slices.Contains(a.traits, "work:politics") && slices.Contains(b.traits, "work:politics") && conflict(a.traits, b.traits, "country:")
}

// tenure is a seat, an office of which a person holds one at a time, as
// documents of some years give it.
type tenure struct {
	kind, place string
	from, to    int // years; 0 where unknown
}

// tenures are the seats that a sighting holds, each in the years of its
// documents.
func (d *Directory) tenures(s *sighting) (all []tenure) {
	for _, t := range s.traits {
		seat, ok := strings.CutPrefix(t, "seat:")
		if !ok {
			continue
		}
		kind, place, _ := strings.Cut(seat, " of ")
		h := tenure{kind: kind, place: place}
		for _, a := range s.seen {
			published := d.documents[a.document].published
			if year, err := strconv.Atoi(published[:min(4, len(published))]); err == nil {
				h.to = max(h.to, year)
				if h.from == 0 || year < h.from {
					h.from = year
				}
			}
		}
		all = append(all, h)
	}
	return all
}

// seatedApart reports whether two hold different seats at a time, or one of
// different places.
func seatedApart(a, b *sighting) bool {
	apart := false
	for _, x := range a.seats {
		for _, y := range b.seats {
			switch {
			case x.kind == y.kind && (x.place == "" || y.place == "" || sharesWord(x.place, y.place)):
				return false
			case x.kind == y.kind || near(x, y):
				apart = true
			}
		}
	}
	return apart
}

// near reports whether two tenures are of the same or neighbouring years, as
// far as they are known.
func near(a, b tenure) bool {
	return a.from == 0 || b.from == 0 || a.from <= b.to+1 && b.from <= a.to+1
}

func sharesWord(a, b string) bool {
	return slices.ContainsFunc(strings.Fields(a), func(w string) bool { return slices.Contains(strings.Fields(b), w) })
}
