package identity_test

import (
	"slices"
	"testing"

	"example.org/attache/corpus/identity"
	"example.org/attache/corpus/speech"
	"example.org/attache/corpus/speech/names"
)

// FuzzKeys: no name breaks the folding of names.
func FuzzKeys(f *testing.F) {
	f.Add("Secretary of State Antony J. Blinken, Jr.", "박진")
	f.Fuzz(func(t *testing.T, a, b string) {
		for _, k := range identity.Keys(a) {
			if k == "" {
				t.Errorf("%q has an empty key", a)
			}
		}
		var d identity.Directory
		d.Add("a", "", []speech.Person{{Name: a}, {Name: b}})
		d.People()
	})
}

// FuzzBlocks: names of one family that agree meet in a blocking key, whichever
// of them asks.
func FuzzBlocks(f *testing.F) {
	for _, names := range [][2]string{
		{"Michael T. Arden", "Mike Arden"}, {"J. Arden", "John Paul Arden"}, {"Phillip Arden", "Philip Arden Jr."},
		{"Jae-Bok Arden", "Jaebok Arden"}, {"J Arden", "J. Q. Arden"}, {"Éric Arden", "E. Arden"}, {". Arden", "-- Arden"},
	} {
		f.Add(names[0], names[1])
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		x, y := names.Parse(a).Name, names.Parse(b).Name
		if !x.Agrees(y) {
			return
		}
		stored, _ := x.Blocks()
		_, asked := y.Blocks()
		if !slices.ContainsFunc(asked, func(block string) bool { return slices.Contains(stored, block) }) {
			t.Errorf("%q agrees with %q, but has none of its blocks %q, only %q", a, b, asked, stored)
		}
	})
}
