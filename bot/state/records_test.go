package state

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

func keys(t *testing.T, s *Store, kind, prefix string) []string {
	t.Helper()
	found, err := s.Records(kind, prefix)
	must(t, err)
	return slices.Sorted(maps.Keys(found))
}

func TestRecordsOfAKindAreKeptApart(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	if got := keys(t, s, "feed", ""); len(got) != 0 {
		t.Errorf("a new store has %v", got)
	}
	must(t, s.Write(Change{"feed", "a/1", []byte("one")}, Change{"feed", "a/2", []byte("two")}, Change{"feed", "b/1", []byte("three")}, Change{"feeder", "a/9", []byte("other")}))
	s = open(t, dir)
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
	s := open(t, t.TempDir())
	for _, wrong := range []Change{{"", "a", nil}, {"a\x00b", "a", nil}, {"feed", strings.Repeat("k", 1<<16), []byte("x")}} {
		if s.Write(Change{"feed", "a", []byte("one")}, wrong) == nil {
			t.Errorf("%.20q was taken", wrong.Kind)
		}
	}
	if got := keys(t, s, "feed", ""); len(got) != 0 {
		t.Errorf("half of it was kept: %v", got)
	}
}
