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

// FuzzBlocks: names of one family that agree meet in a block, whichever of them
// asks, and those in a sure block agree.
func FuzzBlocks(f *testing.F) {
	for _, names := range [][2]string{
		{"Michael T. Arden", "Mike Arden"}, {"J. Arden", "John Paul Arden"}, {"Phillip Arden", "Philip Arden Jr."},
		{"Jae-Bok Arden", "Jaebok Arden"}, {"J Arden", "J. Q. Arden"}, {"Éric Arden", "E. Arden"}, {". Arden", "-- Arden"},
	} {
		f.Add(names[0], names[1])
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		x, y := names.Parse(a).Name, names.Parse(b).Name
		filed, asked := x.Blocks().Filed, y.Blocks()
		isFiled := func(block names.Block) bool { return slices.Contains(filed, block) }
		agree, sure := x.Agrees(y), slices.ContainsFunc(asked.Sure, isFiled)
		if agree && !sure && !slices.ContainsFunc(asked.Possible, isFiled) {
			t.Errorf("%q agrees with %q, but is filed under no block that it asks for", a, b)
		}
		if x.Suffix, y.Suffix = "", ""; sure && x.Given != "" && !x.Agrees(y) {
			t.Errorf("%q is sure to agree with %q, and doesn't", a, b)
		}
	})
}
