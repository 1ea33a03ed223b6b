package index

import (
	"slices"
	"strings"

	"example.org/attache/corpus/identity"
	"example.org/attache/corpus/text"
	"example.org/attache/index/internal/people"
	"example.org/attache/index/internal/store"
)

// surely returns the entries that a name means without doubt, as lookup does: sure
// is false where nobody has it.
func (g *generation) surely(name string) (found []int, sure bool) {
	found, _ = g.people.Named(name)
	return g.titled(name, found), len(found) > 0
}

// lookup returns the entries that a name may mean, as people.lookup does. Where the
// name has a title before it, entries with that title win, if there are any.
func (g *generation) lookup(name string) (found []int, near bool) {
	found, near = g.people.Lookup(name)
	if strings.HasSuffix(identity.Title(name), " of") {
		return nil, false // "president of Chad" is no name
	}
	return g.titled(name, found), near
}

// transcribed reports whether nobody has a name in the letters in which it is typed,
// but somebody in others.
func (g *generation) transcribed(name string, found []int, near bool) bool {
	if near || len(found) != 1 {
		return false
	}
	own, _ := g.people.Named(name)
	return len(own) == 0
}

// titled returns of the entries that a name may mean those that documents call
// what precedes it, where there are such.
func (g *generation) titled(name string, found []int) []int {
	title := identity.Title(name)
	if len(found) < 2 || len(found) > maxCalled || title == "" {
		return found
	}
	called := slices.DeleteFunc(slices.Clone(found), func(e int) bool { return !g.called(g.people.Entry(e), title) })
	if len(called) > 0 {
		return called
	}
	return found
}

// apart returns the name of an entry, with a title where it is the name of
// another.
func (g *generation) apart(e int, other string) string {
	entry := g.people.Entry(e)
	p := profiler{g: g, entry: entry, loaded: map[int]*store.Record{}, shown: printed{copies: g.copies}}
	if entry.Name != other || p.titles() != nil || len(p.Titles) == 0 {
		return entry.Name
	}
	return entry.Name + ", " + p.Titles[0].Title
}

// called reports whether documents call an entry something with all words of
// a folded title.
func (g *generation) called(e *people.Entry, title string) bool {
	p := profiler{g: g, entry: e, loaded: map[int]*store.Record{}, shown: printed{copies: g.copies}}
	if p.titles() != nil {
		return false
	}
	return slices.ContainsFunc(p.Titles, func(t Title) bool {
		has := strings.Fields(text.Fold(t.Title))
		return !slices.ContainsFunc(strings.Fields(title), func(w string) bool { return !slices.Contains(has, w) })
	})
}

// maxCalled is for how many namesakes the titles are looked up.
const maxCalled = 25

// outweighs is how many times as many documents must name one of a family name as
// the next for the name alone to mean that one.
const outweighs = 10

// meant is the index of the one whom a name means without doubt, -1 where it may mean
// several. One word is a family name: it means whoever by far the most documents
// name, be there somebody whom they call nothing else or not.
func meant[T any](name string, found []T, of func(T) (name string, documents int)) int {
	if len(found) == 1 {
		return 0
	}
	if strings.Contains(strings.TrimSpace(name), " ") {
		is := func(one T) bool { called, _ := of(one); return text.Fold(called) == text.Fold(name) }
		at := slices.IndexFunc(found, is)
		if at >= 0 && slices.ContainsFunc(found[at+1:], is) {
			return -1
		}
		return at
	}
	best, most, next := -1, 0, 0
	for i, one := range found {
		switch _, n := of(one); {
		case n > most:
			best, most, next = i, n, most
		case n > next:
			next = n
		}
	}
	if most < outweighs*next {
		return -1
	}
	return best
}
