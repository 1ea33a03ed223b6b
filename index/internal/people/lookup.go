package people

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"example.org/attache/corpus/identity"
	"example.org/attache/corpus/roman"
	"example.org/attache/corpus/speech/names"
	"example.org/attache/corpus/text"
	"example.org/attache/index/internal/store"
)

// Lookup returns the entries that a name may mean, those of most documents
// first: whoever has the name, else whose name holds it, else who alone can have it
// in other letters, else, and then near is true, whose name is spelled nearly so or
// may be it in other letters.
func (p *People) Lookup(name string) (found []int, near bool) {
	found, partly := p.Named(name)
	if len(found) > 0 {
		return found, false
	}
	others, like := p.Transcribed(name)
	if len(others) > 0 && like == roman.Written {
		return others, len(others) > 1
	}
	if found := p.nearest(text.Fold(store.Spaced(name))); len(found) > 0 {
		return found, true
	}
	if len(others) > 0 {
		return others, true
	}
	return Distinct(partly), true
}

// Named returns the entries that have a name, or whose name holds it; where there
// are none, those that share a part of it.
func (p *People) Named(name string) (found, partly []int) {
	if found := p.names.same(bodyKey(store.Spaced(name))); len(found) > 0 {
		return Distinct(found), nil
	}
	for i, k := range identity.Keys(name) {
		found := p.names.same(k)
		switch {
		case len(found) == 0:
		case i == 0 || whole(k, name):
			return Distinct(found), nil
		default:
			partly = append(partly, found...)
		}
	}
	return p.holding(text.Fold(store.Spaced(name))), partly
}

// whole reports whether a key of a name holds all of it but middle names: not
// an initial for the given name, nor the family name alone, which others bear
// too.
func whole(key, name string) bool {
	parts := strings.Fields(strings.ReplaceAll(text.Fold(name), "-", " "))
	words := strings.Fields(key)
	if len(words) < min(2, len(parts)) {
		return false
	}
	joined := strings.Join(parts, "")
	return !slices.ContainsFunc(words, func(w string) bool { return len(w) == 1 && !slices.Contains(parts, w) || !strings.Contains(joined, w) })
}

// Distinct sorts entries and leaves out those that occur twice.
func Distinct(all []int) []int {
	slices.Sort(all)
	return slices.Compact(all)
}

// maxFound is how many entries a lookup of a part of a name returns at most.
const maxFound = 200

// holding returns the entries whose name holds the words of s in order.
func (p *People) holding(s string) []int {
	if s == "" {
		return nil
	}
	return p.best(s, maxFound, func(i int) bool {
		k := p.starts.key(i)
		return len(k) == len(s) || k[len(s)] == ' ' || k[len(s)] == '-'
	})
}

// best returns the n entries of most documents that have a name beginning
// with prefix at one of its words and that keep takes.
func (p *People) best(prefix string, n int, keep func(i int) bool) []int {
	var top []int // the best so far, in order
	from, to := p.starts.with(prefix)
	for i := from; i < to; i++ {
		e := int(p.starts.entries[i])
		if len(top) == n && e >= top[n-1] || !keep(i) {
			continue
		}
		at, have := slices.BinarySearch(top, e)
		if have {
			continue
		}
		top = slices.Insert(top, at, e)
		top = top[:min(n, len(top))]
	}
	return top
}

// nearest returns the entries whose names hold a near spelling of every word
// of s, the nearest first.
func (p *People) nearest(s string) []int {
	score := map[int]float64{}
	for n, word := range strings.Fields(s) {
		best := map[int]float64{}
		for _, w := range p.nearWords(word) {
			from, to := p.starts.with(w.word)
			for i := from; i < to && i < from+1000; i++ {
				if k := p.starts.key(i); k == w.word || strings.HasPrefix(k, w.word+" ") {
					e := int(p.starts.entries[i])
					best[e] = max(best[e], w.score)
				}
			}
		}
		next := map[int]float64{}
		for e, v := range best {
			if have, ok := score[e]; ok || n == 0 {
				next[e] = have + v
			}
		}
		score = next
	}
	return closest(score)
}

// closest returns the entries of the highest score.
func closest(score map[int]float64) (all []int) {
	highest := 0.0
	for _, v := range score {
		highest = max(highest, v)
	}
	for e, v := range score {
		if v > highest-1e-9 {
			all = append(all, e)
		}
	}
	slices.Sort(all)
	return all[:min(len(all), maxFound)]
}

type nearWord struct {
	word  string
	score float64
}

// nearWords returns the words of names that differ from word by one change, or
// two in a long one: a rune put in, left out or replaced, or two exchanged.
func (p *People) nearWords(word string) (all []nearWord) {
	n := utf8.RuneCountInString(word)
	allowed := 0
	switch {
	case n >= 7:
		allowed = 2
	case n >= 4:
		allowed = 1
	}
	asked := []rune(word)
	for _, w := range p.words() {
		if d := distance(asked, w, allowed); d <= allowed {
			all = append(all, nearWord{w, 1 - float64(d)/float64(max(n, 1))})
		}
	}
	slices.SortFunc(all, func(a, b nearWord) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.word, b.word))
	})
	return all[:min(len(all), 50)]
}

// distance counts the runes to put in, leave out, replace or exchange to make
// b of a (Damerau and Levenshtein's, restricted); more than limit may be any
// larger number.
func distance(a []rune, b string, limit int) int {
	if d := len(a) - utf8.RuneCountInString(b); d > limit || -d > limit {
		return limit + 1
	}
	var rows [3][64]int
	if len(a) >= len(rows[0]) {
		return limit + 1
	}
	before, last, row := &rows[0], &rows[1], &rows[2]
	for i := range a {
		last[i+1] = i + 1
	}
	var prev rune
	for j, r := range []rune(b) {
		row[0] = j + 1
		least := row[0]
		for i := range a {
			change := 1
			if a[i] == r {
				change = 0
			}
			row[i+1] = min(last[i+1]+1, row[i]+1, last[i]+change)
			if i > 0 && j > 0 && a[i] == prev && a[i-1] == r {
				row[i+1] = min(row[i+1], before[i-1]+1)
			}
			least = min(least, row[i+1])
		}
		if least > limit {
			return limit + 1
		}
		before, last, row = last, row, before
		prev = r
	}
	return last[len(a)]
}

// Transcribed returns the entries whose name, in another script, may be the typed one:
// those that match by a usual transliteration, or where there are none those that sound
// alike.
func (p *People) Transcribed(typed string) (found []int, like roman.Likeness) {
	name := names.Parse(store.Spaced(typed)).Whole
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
		l := is(p.Name(e))
		for _, alias := range p.Entry(e).Aliases {
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
func (p *People) beginning(match func(word string) bool) (all []int) {
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
	return Distinct(all)
}

// Know reports whether a name, as it is spelled, is that of a person: all of it,
// or some of its words.
func (p *People) Know(name string) bool {
	isPerson := func(found []int) bool {
		for _, e := range found {
			if !p.Entry(e).body {
				return true
			}
		}
		return false
	}
	for i, k := range identity.Keys(name) {
		if found := p.names.same(k); len(found) > 0 && (i == 0 || whole(k, name)) {
			return isPerson(found)
		}
	}
	folded := text.Fold(store.Spaced(name))
	return len(strings.Fields(folded)) > 0 && isPerson(p.holding(folded))
}
