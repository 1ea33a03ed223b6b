package index_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.org/attache/index"
	"example.org/attache/index/internal/disk"
)

// newestOf returns the newest generation of an index.
func newestOf(t *testing.T, dir string) index.Generation {
	t.Helper()
	all, err := index.Generations(dir)
	if err != nil || len(all) == 0 {
		t.Fatalf("generations of %s: %v, %v", dir, all, err)
	}
	return all[0]
}

// copyOf fills a folder with a generation.
func copyOf(g index.Generation) func(folder string) error {
	return func(folder string) error { return os.CopyFS(folder, os.DirFS(g.Folder)) }
}

// A copy answers as the original does, and rebuilds go on from either.
func TestAdopt(t *testing.T) {
	s := newCrashSite(t)
	other := t.TempDir()
	if err := index.Adopt(other, newestOf(t, s.pristine).Number, copyOf(newestOf(t, s.pristine))); err != nil {
		t.Fatal(err)
	}
	if got := state(t, other); got != "before" {
		t.Fatalf("the copy is of the corpus %s", got)
	}
	if r := build(t, other, os.DirFS(s.docs)); statuses(r) != "a.txt changed, b/b.txt changed, c.txt unchanged, d.txt added, b/old.txt removed" {
		t.Errorf("rebuilding upon the copy: %s", statuses(r))
	}
	ix := open(t, s.pristine)
	if err := index.Adopt(s.pristine, newestOf(t, other).Number, copyOf(newestOf(t, other))); err != nil {
		t.Fatal(err)
	}
	if err := ix.Refresh(); err != nil {
		t.Fatal(err)
	}
	if got := first(t, ix, "What is the bulletin on the harbour?"); got != "The bulletin on the harbour is number two." {
		t.Errorf("the open index answers %q", got)
	}
	if r := build(t, s.pristine, folder(before)); r.Count(index.Changed) != 2 || r.Count(index.Unchanged) != 1 {
		t.Errorf("rebuilding upon the copy of a rebuilt one: %s", statuses(r))
	}
	if got := state(t, s.pristine); got != "before" {
		t.Errorf("back at the corpus %s", got)
	}
	if got := state(t, other); got != "after" {
		t.Errorf("the original is of the corpus %s", got)
	}
}

// The files that a rebuild adds never meet those of a copy with a higher number.
func TestAdoptHigherNumber(t *testing.T) {
	s := newCrashSite(t)
	for _, texts := range []map[string]string{after, before, after} {
		build(t, s.pristine, folder(texts))
	}
	from := newestOf(t, s.pristine)
	other := t.TempDir()
	if err := index.Adopt(other, from.Number, copyOf(from)); err != nil {
		t.Fatal(err)
	}
	kept := fingerprint(t, newestOf(t, other).Folder)
	copied := newestOf(t, other).Folder
	build(t, other, folder(before))
	if got := state(t, other); got != "before" {
		t.Errorf("after a rebuild: %s", got)
	}
	if fingerprint(t, copied) != kept {
		t.Error("the rebuild changed files of the copy")
	}
}

func TestAdoptRefuses(t *testing.T) {
	s := newCrashSite(t)
	s.reset(t)
	good := newestOf(t, s.pristine)
	unchanged := fingerprint(t, s.index)
	failure := errors.New("the network is gone")
	for what, c := range map[string]struct {
		fill func(folder string) error
		want string
	}{
		"a failure":     {func(string) error { return failure }, "the network is gone"},
		"nothing":       {func(string) error { return nil }, "manifest.json"},
		"a damaged one": {func(f string) error { return errors.Join(copyOf(good)(f), os.Truncate(filepath.Join(f, "people"), 3)) }, "damaged"},
		"half of it":    {func(f string) error { return errors.Join(copyOf(good)(f), os.Remove(filepath.Join(f, "passages"))) }, "passages"},
		"another release's": {func(f string) error {
			err := copyOf(good)(f)
			data, err2 := os.ReadFile(filepath.Join(f, "manifest.json"))
			return errors.Join(err, err2, os.WriteFile(filepath.Join(f, "manifest.json"), []byte(strings.Replace(string(data), `"format": `, `"format": 9`, 1)), 0o600))
		}, index.ErrOtherRelease.Error()},
	} {
		if err := index.Adopt(s.index, good.Number, c.fill); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", what, err)
		}
		if fingerprint(t, s.index) != unchanged {
			t.Fatalf("%s left something", what)
		}
	}
	err := index.Adopt(s.index, good.Number, func(folder string) error {
		if err := index.Adopt(s.index, good.Number, copyOf(good)); !errors.Is(err, index.ErrBusy) {
			t.Errorf("while another is under way: %v", err)
		}
		return copyOf(good)(folder)
	})
	if err != nil {
		t.Error(err)
	}
}

// Whichever change to the disk fails, the index is the one before or the new one.
func TestAdoptFailsAnywhere(t *testing.T) {
	s := newCrashSite(t)
	new := t.TempDir()
	build(t, new, os.DirFS(s.docs))
	from := newestOf(t, new)
	failed := 0
	for n := 1; ; n++ {
		s.reset(t)
		count := 0
		disk.Gate = func(op, path string) error {
			if count++; count == n {
				return errors.New("the disk is full")
			}
			return nil
		}
		err := index.Adopt(s.index, from.Number, copyOf(from))
		disk.Gate = nil
		got := state(t, s.index)
		if err == nil && count < n {
			break // there are no more changes
		}
		if failed++; err == nil && got != "after" || got == "none" {
			t.Fatalf("change %d failed: %v, and the index is the one %s", n, err, got)
		}
	}
	if failed < 5 || state(t, s.index) != "after" {
		t.Errorf("%d changes; at last the index is the one %s", failed, state(t, s.index))
	}
}

func TestFormat(t *testing.T) {
	if index.Format() == "" || strings.ContainsAny(index.Format(), "/ ") {
		t.Errorf("%q can't be part of a name", index.Format())
	}
}
