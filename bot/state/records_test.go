package state

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

func keys(t *testing.T, s Store, kind, prefix string) []string {
	t.Helper()
	found, err := s.Records(kind, prefix)
	must(t, err)
	return slices.Sorted(maps.Keys(found))
}

func TestRecordsOfAKindAreKeptApart(t *testing.T) {
	each(t, recordsOfAKind)
}

func recordsOfAKind(t *testing.T, k *kept) {
	s := k.open(t)
	if got := keys(t, s, "feed", ""); len(got) != 0 {
		t.Errorf("a new store has %v", got)
	}
	must(t, s.Write(Change{"feed", "a/1", []byte("one")}, Change{"feed", "a/2", []byte("two")}, Change{"feed", "b/1", []byte("three")}, Change{"feeder", "a/9", []byte("other")}))
	s = k.open(t)
	if got := keys(t, s, "feed", "a/"); !slices.Equal(got, []string{"a/1", "a/2"}) {
		t.Errorf("got %v", got)
	}
	must(t, s.Write(Change{"feed", "a/1", nil}, Change{"feed", "a/2", []byte("changed")}, Change{"feed", "never/there", nil}))
	found, err := s.Records("feed", "")
	must(t, err)
	if len(found) != 2 || string(found["a/2"]) != "changed" {
		t.Errorf("got %q", found)
	}
	must(t, s.Clear()) // forgets what members have left behind, and nothing else
	if got := keys(t, s, "feed", ""); len(got) != 2 {
		t.Errorf("after clear: %v", got)
	}
}

func TestChangesAreMadeTogetherOrNotAtAll(t *testing.T) {
	each(t, togetherOrNotAtAll)
}

func togetherOrNotAtAll(t *testing.T, k *kept) {
	s := k.open(t)
	for _, wrong := range []Change{{"", "a", nil}, {"a\x00b", "a", nil}, {"feed", strings.Repeat("k", 1<<16), []byte("x")}} {
		if s.Write(Change{"feed", "a", []byte("one")}, wrong) == nil {
			t.Errorf("%.20q was taken", wrong.Kind)
		}
	}
	if got := keys(t, s, "feed", ""); len(got) != 0 {
		t.Errorf("half of it was kept: %v", got)
	}
}

// Many are more than one transaction of etcd takes.
func TestManyChangesAtOnce(t *testing.T) {
	each(t, func(t *testing.T, k *kept) {
		s := k.open(t)
		var changes []Change
		for i := range 1000 {
			changes = append(changes, Change{"feed", fmt.Sprintf("%04d", i), bytes.Repeat([]byte{byte(i)}, 3000)})
		}
		must(t, s.Write(append(changes, Change{"feed", "twice", []byte("one")}, Change{"feed", "twice", []byte("two")}, Change{"feed", "empty", []byte{}})...))
		found, err := k.open(t).Records("feed", "")
		must(t, err)
		if len(found) != 1002 || string(found["twice"]) != "two" || found["empty"] == nil {
			t.Errorf("%d are kept, and %q, %q", len(found), found["twice"], found["empty"])
		}
		for i, c := range changes {
			if !bytes.Equal(found[c.Key], c.Value) {
				t.Fatalf("%s is another", c.Key)
			}
			changes[i].Value = nil
		}
		must(t, s.Write(changes...))
		if got := keys(t, s, "feed", ""); !slices.Equal(got, []string{"empty", "twice"}) {
			t.Errorf("left are %v", got)
		}
	})
}
