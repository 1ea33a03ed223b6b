package index

import (
	"slices"
	"strings"
	"unicode/utf8"

	"example.org/attache/corpus/roman"
	"example.org/attache/corpus/speech/names"
)

// transcribed returns the entries whose name is written in other letters than a
// typed one and may be the same: those it can be written as in the usual ways, else
// those that sound so.
func (p *people) transcribed(typed string) (found []int, like roman.Likeness) {
	name := names.Parse(spaced(typed)).Whole
	other, isOther := roman.Parse(name)
	is := func(spelling string) roman.Likeness {
		if isOther {
			return other.Is(spelling)
		}
		if own, ok := roman.Parse(spelling); ok {
			return own.Is(name)
		}
		return roman.Unlike
	}
	begins := func(word string) bool { return other.Has(word) }
	if !isOther {
		words := strings.Fields(name)
		begins = func(word string) bool {
			own, ok := roman.Parse(word)
			return ok && (own.Is(name) > roman.Unlike || slices.ContainsFunc(words, own.Has))
		}
	}
	like = roman.Sounds
	for _, e := range p.beginning(func(word string) bool { return (word[0] < utf8.RuneSelf) == isOther && begins(word) }) {
		l := is(p.name(e))
		for _, alias := range p.entry(e).aliases {
			l = max(l, is(alias))
		}
		if l > like {
			found, like = nil, l
		}
		if l == like {
			found = append(found, e)
		}
	}
	if len(found) == 0 {
		return nil, roman.Unlike
	}
	return found[:min(len(found), maxFound)], like
}

// mostOfWord is how many names with one word are compared.
const mostOfWord = 1000

// beginning returns the entries whose names hold a word that match takes, those of
// most documents first.
func (p *people) beginning(match func(word string) bool) (all []int) {
	for _, w := range p.words() {
		if !match(w) {
			continue
		}
		from, to := p.starts.with(w)
		for i := from; i < min(to, from+mostOfWord); i++ {
			if k := p.starts.key(i); len(k) == len(w) || k[len(w)] == ' ' || k[len(w)] == '-' {
				all = append(all, int(p.starts.entries[i]))
			}
		}
	}
	return distinct(all)
}
