package identity

import "slices"

// Two documents are in one company when they share so many other full names,
// each in few documents: the names of the day are beside everybody, and so do
// those of a list.
const (
	sharedLeast = 2
	fewShare    = 1.0 / 20
	fewLeast    = 3
	fewMost     = 1000
	longestList = 500 // full names
)

// sparse puts the full names of a document in order; those of a long list are
// in nobody's company.
func sparse(names []int32) []int32 {
	slices.Sort(names)
	names = slices.Clip(slices.Compact(names))
	if len(names) > longestList {
		return nil
	}
	return names
}

// linker links the records of a directory.
type linker struct {
	*Directory
	few int // in how many documents a name is that tells a company
}

func (d *Directory) linker() *linker {
	return &linker{d, min(max(fewLeast, int(fewShare*float64(len(d.documents)))), fewMost)}
}

// company is the full names beside which somebody stands.
type company struct {
	list []int32 // in order, where it is of one document
	set  map[int32]struct{}
}

func (c company) len() int { return len(c.list) + len(c.set) }

func (c company) has(name int32) bool {
	if c.set == nil {
		_, ok := slices.BinarySearch(c.list, name)
		return ok
	}
	_, ok := c.set[name]
	return ok
}

// company returns the company of a person, the own name among it.
func (l *linker) company(p *person) company {
	if len(p.seen) == 1 {
		return company{list: l.documents[p.seen[0].document].company}
	}
	if p.company == nil {
		p.company = map[int32]struct{}{}
	}
	for ; p.inCompany < len(p.seen); p.inCompany++ {
		for _, name := range l.documents[p.seen[p.inCompany].document].company {
			if l.named[name] <= l.few {
				p.company[name] = struct{}{}
			}
		}
	}
	return company{set: p.company}
}

// shared counts the names of few documents beside which both stand.
func (l *linker) shared(a, b *person) (n int) {
	own, ok := l.names[a.key.Given+" "+a.key.Family]
	if !ok {
		own = -1
	}
	x, y := l.company(a), l.company(b)
	if x.len() > y.len() {
		x, y = y, x
	}
	is := func(name int32) {
		if name != own && l.named[name] <= l.few && y.has(name) {
			n++
		}
	}
	for _, name := range x.list {
		is(name)
	}
	for name := range x.set {
		is(name)
	}
	return n
}
