package index_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"example.org/attache/index"
)

func TestCheckSaysWhatBuildWouldDoAndWritesNothing(t *testing.T) {
	dir := t.TempDir()
	build(t, dir, folder(map[string]string{"a.txt": "One thing.", "b.txt": "Another thing.", "c.txt": "A third thing."}))
	before, _ := os.ReadDir(dir)
	changed := folder(map[string]string{"a.txt": "One thing.", "b.txt": "Quite another thing.", "d.txt": "A new thing."})
	shown := 0
	r, err := index.Check(t.Context(), dir, changed, index.Options{Progress: func(index.Progress) { shown++ }})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]index.Status{}
	for _, e := range r.Entries {
		got[e.Document] = e.Status
	}
	for name, want := range map[string]index.Status{"a.txt": index.Unchanged, "b.txt": index.Changed, "c.txt": index.Removed, "d.txt": index.Added} {
		if got[name] != want {
			t.Errorf("%s is %q, want %q", name, got[name], want)
		}
	}
	if after, _ := os.ReadDir(dir); len(after) != len(before) || shown != 3 {
		t.Errorf("the folder has %d entries, had %d; progress was shown %d times", len(after), len(before), shown)
	}

	missing := filepath.Join(t.TempDir(), "none")
	if r, err = index.Check(t.Context(), missing, changed, index.Options{}); err != nil || r.Count(index.Added) != 3 {
		t.Errorf("without an index: %+v, %v", r, err)
	}
	if _, err := os.Stat(missing); !errors.Is(err, os.ErrNotExist) {
		t.Error("check made the index folder")
	}
}

func TestSource(t *testing.T) {
	ix := indexed(t, folder(map[string]string{"a.txt": "One thing is sure."}))
	if s, err := ix.Source("a.txt"); err != nil || s.Document != "a.txt" || s.Words != 4 {
		t.Errorf("got %+v, %v", s, err)
	}
	if _, err := ix.Source("b.txt"); !errors.Is(err, index.ErrNoDocument) {
		t.Errorf("got %v", err)
	}
}

func TestSkippedDocumentsAreLeftOut(t *testing.T) {
	dir := t.TempDir()
	docs := folder(map[string]string{"a.txt": "One thing is sure.", "b.txt": "Another thing is sure."})
	build(t, dir, docs)
	skip := leaveOut("a.txt")
	r, err := index.Build(t.Context(), dir, docs, skip)
	if err != nil || r.Count(index.Removed) != 1 || r.Count(index.Unchanged) != 1 {
		t.Fatalf("%+v, %v", r, err)
	}
	if _, err := open(t, dir).Source("a.txt"); !errors.Is(err, index.ErrNoDocument) {
		t.Errorf("got %v", err)
	}
	if r, err := index.Check(t.Context(), dir, docs, skip); err != nil || len(r.Entries) != 1 {
		t.Errorf("%+v, %v", r, err)
	}
}
