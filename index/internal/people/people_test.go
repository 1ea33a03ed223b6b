package people

import "testing"

// Damaged people are faults, not panics, and ask for no more memory than they are
// large.
func FuzzUnpack(f *testing.F) {
	var g Gathering
	all, _ := g.Pack()
	f.Add(all)
	f.Fuzz(func(t *testing.T, b []byte) {
		p, err := Unpack(string(b))
		if err != nil {
			return
		}
		for i := range p.Len() {
			p.Entry(i)
		}
		p.Lookup("somebody")
	})
}
