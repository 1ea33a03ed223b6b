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

// An explanation says of each in words what it is.
func TestEveryFeatureHasAMeaning(t *testing.T) {
	for _, n := range EvidenceNames() {
		if meanings[n] == "" {
			t.Errorf("nothing says what %s means", n)
		}
	}
	if len(meanings) != Evidence {
		t.Errorf("%d meanings for %d features", len(meanings), Evidence)
	}
}

// What is weighed and what has weights are the same, or else the model was not
// fitted again after a feature came or went.
func TestEveryFeatureHasAWeight(t *testing.T) {
	for _, m := range []struct {
		name    string
		weights Weights
		want    []string
	}{{"ranking", model.Ranking, FeatureNames()}, {"confidence", model.Confidence, EvidenceNames()}} {
		for _, n := range m.want {
			if _, ok := m.weights.Weights[n]; !ok {
				t.Errorf("%s: the feature %s has no weight", m.name, n)
			}
		}
		for n := range m.weights.Weights {
			if !slices.Contains(m.want, n) {
				t.Errorf("%s: a weight for %s, which is no feature", m.name, n)
			}
		}
		for trait, under := range m.weights.Under {
			if !slices.Contains(TraitNames(), trait) {
				t.Errorf("%s: weights under %s, which is no trait", m.name, trait)
			}
			for n := range under {
				if !slices.Contains(m.want, n) {
					t.Errorf("%s, %s: a weight for %s, which is no feature", m.name, trait, n)
				}
			}
		}
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
