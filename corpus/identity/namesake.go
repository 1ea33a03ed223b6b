package identity

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"example.org/attache/corpus/speech"
)

// mostNamesakes is how many people of one full name are told apart one by one.
// Beyond, only those of whom documents say the same are one.
const mostNamesakes = 100

// namesakes makes people of the records of one full name: one person, unless
// what documents say of them can't be of one. Those of whom most is said come
// first; a record that fits several people goes to whom its company or most
// documents speak for, and what nothing speaks for stays by itself.
func (l *linker) namesakes(all []*record) []*person {
	all = slices.Clone(all)
	slices.SortStableFunc(all, func(a, b *record) int { return cmp.Compare(len(b.traits), len(a.traits)) })
	var people []*person
	var unclear []*record
	saying := map[string]*person{} // those beyond the most
	for _, r := range all {
		p := newPerson(r, r.seen)
		p.seats = l.tenures(r)
		same := r.saying()
		switch {
		case l.fits(people, p):
			if len(people) == 1 {
				people[0].merge(p)
			} else {
				unclear = append(unclear, r)
			}
		case len(people) >= mostNamesakes && saying[same] != nil:
			saying[same].merge(p)
		default:
			people = append(people, p)
			if len(people) > mostNamesakes {
				saying[same] = p
			}
		}
	}
	return l.assign(withoutStrays(people), unclear)
}

// fits reports whether p can be one of the people.
func (l *linker) fits(people []*person, p *person) bool {
	return slices.ContainsFunc(people[:min(len(people), mostNamesakes)], func(o *person) bool { return !l.apart(o, p) })
}

// saying is all that a record says of a person but the name.
func (r *record) saying() string {
	return strconv.Itoa(int(r.gender)) + "\x00" + strings.Join(slices.Sorted(slices.Values(r.traits)), "\x00")
}

// strayTimes is how many times as many documents as a namesake's somebody must
// have for the namesake to be taken for a misread title.
const strayTimes = 20

// withoutStrays merges namesakes of next to no documents into the one of most,
// unless their genders differ.
func withoutStrays(people []*person) []*person {
	if len(people) < 2 {
		return people
	}
	usual := slices.MaxFunc(people, func(a, b *person) int { return cmp.Compare(len(a.seen), len(b.seen)) })
	return slices.DeleteFunc(people, func(p *person) bool {
		stray := len(usual.seen) >= strayTimes*len(p.seen) && usual.gender|p.gender != speech.Male|speech.Female
		if stray {
			usual.merge(p)
		}
		return stray
	})
}

// assign gives each appearance of the unclear records to the person of the name
// whom it fits best.
func (l *linker) assign(people []*person, unclear []*record) []*person {
	if len(unclear) == 0 {
		return people
	}
	n := min(len(people), mostNamesakes)
	sure := make([]*person, n) // as they are before anything unclear is added
	for i := range sure {
		sure[i] = people[i].clone()
	}
	var left *person
	for _, r := range unclear {
		seats := l.tenures(r)
		for i := range r.seen {
			p := newPerson(r, r.seen[i:i+1])
			p.seats = seats
			switch at := l.best(sure, p); {
			case at >= 0:
				people[at].merge(p)
			case left == nil:
				left = p
			default:
				left.merge(p)
			}
		}
	}
	if left != nil {
		people = append(people, left)
	}
	return people
}

// usualNamesake is how many times as many documents as all namesakes together
// the one has who is meant where nothing else decides.
const usualNamesake = 3

// best is the index of the one person whom p fits: the only one it fits at all,
// else the one in whose company it is, or the usual one; -1 for none.
func (l *linker) best(people []*person, p *person) int {
	best, most, tied, fits, all := -1, 0, false, 0, 0
	for i, o := range people {
		all += len(o.seen)
		if l.apart(o, p) {
			continue
		}
		fits++
		n := 1 + 2*l.shared(o, p) + o.inCommon(p)
		tied = tied && n <= most || n == most
		if n > most {
			best, most, tied = i, n, false
		}
	}
	if fits < 2 || !tied {
		return best
	}
	for i, o := range people {
		if len(o.seen) >= usualNamesake*(all-len(o.seen)) && !l.apart(o, p) {
			return i
		}
	}
	return -1
}

// apart reports whether two of one name are two people: of two genders, or such
// that one person would not be both, and without company in common.
func (l *linker) apart(a, b *person) bool {
	if a.gender != 0 && b.gender != 0 && a.gender&b.gender == 0 {
		return true
	}
	return (!a.agrees(b) || acrossBorders(a, b) || seatedApart(a, b)) && l.shared(a, b) < sharedLeast
}

// acrossBorders reports whether two hold public office for different countries.
func acrossBorders(a, b *person) bool {
	const politics = "politics"
	return a.of(speech.WorkTrait).index(politics) >= 0 && b.of(speech.WorkTrait).index(politics) >= 0 && a.conflicts(b, speech.CountryTrait)
}

// tenure is a seat, an office of which a person holds one at a time, as
// documents of some years give it.
type tenure struct {
	kind, place string
	from, to    int // years; 0 where unknown
}

// tenures are the seats of a record, each in the years of its documents.
func (l *linker) tenures(r *record) (all []tenure) {
	for _, t := range r.traits {
		seat, ok := strings.CutPrefix(t, speech.SeatTrait)
		if !ok {
			continue
		}
		kind, place, _ := strings.Cut(seat, " of ")
		h := tenure{kind: kind, place: place}
		for _, a := range r.seen {
			published := l.documents[a.document].published
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

// mostSeats is how many tenures of one person are compared.
const mostSeats = 200

// sit adds a tenure.
func (p *person) sit(t tenure) {
	if len(p.seats) < mostSeats && !slices.Contains(p.seats, t) {
		p.seats = append(p.seats, t)
	}
}

// seatedApart reports whether two hold different seats at a time, or one of
// different places.
func seatedApart(a, b *person) bool {
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
	for x := range strings.FieldsSeq(a) {
		for y := range strings.FieldsSeq(b) {
			if x == y {
				return true
			}
		}
	}
	return false
}
