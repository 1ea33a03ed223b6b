package identity_test

import (
	"testing"

	"attache/corpus/identity"
	"attache/corpus/speech"
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
		if n := identity.Near(a, b); n < 0 || n > 1.0001 {
			t.Errorf("%q and %q: %v", a, b, n)
		}
		var d identity.Directory
		d.Add("a", "", []speech.Person{{Name: a}, {Name: b}})
		d.People()
	})
}
