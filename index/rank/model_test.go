package rank

import (
	"slices"
	"testing"
)

// Every feature has a name of its own, so that weights and explanations name
// what they weigh.
func TestEveryFeatureIsNamed(t *testing.T) {
	names := EvidenceNames()
	if len(names) != Evidence {
		t.Fatalf("%d names for %d features", len(names), Evidence)
	}
	slices.Sort(names)
	if names[0] == "" || len(slices.Compact(names)) != Evidence {
		t.Errorf("a feature has no name of its own: %q", names)
	}
}

func TestAlike(t *testing.T) {
	for _, c := range []struct {
		a, b string
		like bool
	}{
		{"invad", "invas", true},
		{"discov", "discoveri", true},
		{"minister", "außenminister", true}, // a compound
		{"договор", "договорен", true},
		{"iran", "iraq", false},
		{"korea", "kosovo", false},
		{"war", "warsaw", false},
		{"state", "estate", false},
	} {
		if got := alike(c.a, c.b); (got > 0) != c.like || got >= 1 {
			t.Errorf("alike(%q, %q) = %.2f, want likeness %v", c.a, c.b, got, c.like)
		}
	}
}
