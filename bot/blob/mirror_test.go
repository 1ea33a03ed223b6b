package blob

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"example.org/attache/bot/blob/blobtest"
)

// mirrorOf returns a mirror of a place in a test's store.
func mirrorOf(t *testing.T, s *blobtest.Server, address, dir string) *Mirror {
	t.Helper()
	return NewMirror(open(t, s, address), dir, 1<<30, slog.New(slog.DiscardHandler))
}

// contents returns the files below a folder, with what they hold.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			data, err := os.ReadFile(filepath.Join(dir, name))
			files[name] = string(data)
			return err
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// synced syncs a mirror and fails the test unless it then holds these files.
func synced(t *testing.T, m *Mirror, want map[string]string, changes Changes) {
	t.Helper()
	got, err := m.Sync(t.Context(), false)
	if err != nil {
		t.Fatal(err)
	}
	if got != changes {
		t.Errorf("changes %+v, want %+v", got, changes)
	}
	if have := contents(t, m.Folder()); !maps.Equal(have, want) {
		t.Errorf("the files are %q, want %q", have, want)
	}
}

func TestMirror(t *testing.T) {
	s := blobtest.Start(t, "papers")
	m := mirrorOf(t, s, "s3://papers/of/2024", t.TempDir())
	want := map[string]string{}
	put := func(name, content string) {
		s.Put(t, "papers", "of/2024/"+name, content)
		want[name] = content
	}
	put("a.txt", "A treaty on grain.")
	put("a.txt.meta.toml", "title = \"Grain\"")
	put("in/deep/b é.txt", "A treaty on fish.")
	put("empty.txt", "")
	s.Put(t, "papers", "of/other.txt", "Beside the place.")
	s.Put(t, "papers", "of/2024/folder/", "")
	synced(t, m, want, Changes{Fetched: 4})
	synced(t, m, want, Changes{})

	put("a.txt", "A treaty on grains") // of the same size
	put("new.txt", "A treaty on salt.")
	s.Remove(t, "papers", "of/2024/in/deep/b é.txt")
	delete(want, "in/deep/b é.txt")
	synced(t, m, want, Changes{Fetched: 2, Removed: 1})
	if _, err := os.Stat(filepath.Join(m.Folder(), "in")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("an empty folder stays: %v", err)
	}

	// What was spoilt here comes anew; what somebody put here goes.
	for name, content := range map[string]string{"a.txt": "Not a treaty at al", "mine.txt": "My own.", ".x.partial": "On its way."} {
		if err := os.WriteFile(filepath.Join(m.Folder(), name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Remove(filepath.Join(m.Folder(), "new.txt")); err != nil {
		t.Fatal(err)
	}
	want[".x.partial"] = "On its way."
	synced(t, m, want, Changes{Fetched: 2, Removed: 1})
	delete(want, ".x.partial")
	if err := os.Remove(filepath.Join(m.Folder(), ".x.partial")); err != nil {
		t.Fatal(err)
	}

	// What is known gets lost: nothing that is right is fetched again.
	if err := os.WriteFile(m.known(), []byte("{"), 0o644); err != nil {
		t.Fatal(err)
	}
	synced(t, m, want, Changes{})
}

// What is put through the mirror is in the store, whoever writes the file when.
func TestMirrorPut(t *testing.T) {
	s := blobtest.Start(t, "papers")
	m := mirrorOf(t, s, "s3://papers", t.TempDir())
	synced(t, m, map[string]string{}, Changes{})
	if err := m.Put(t.Context(), "added/a.txt", []byte("A treaty.")); err != nil {
		t.Fatal(err)
	}
	if got := s.Get(t, "papers", "added/a.txt"); got != "A treaty." {
		t.Errorf("the store has %q", got)
	}
	if err := os.MkdirAll(filepath.Join(m.Folder(), "added"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(m.Folder(), "added", "a.txt"), []byte("A treaty."), 0o644); err != nil {
		t.Fatal(err)
	}
	synced(t, m, map[string]string{"added/a.txt": "A treaty."}, Changes{})
	if err := m.Put(t.Context(), "added/b.txt", []byte("Another.")); err != nil {
		t.Fatal(err)
	}
	synced(t, m, map[string]string{"added/a.txt": "A treaty.", "added/b.txt": "Another."}, Changes{Fetched: 1})
	for range 2 {
		if err := m.Remove(t.Context(), "added/b.txt"); err != nil {
			t.Fatal(err)
		}
	}
	synced(t, m, map[string]string{"added/a.txt": "A treaty."}, Changes{Removed: 1})
}

func TestMirrorRefuses(t *testing.T) {
	s := blobtest.Start(t, "papers")
	dir := t.TempDir()
	m := mirrorOf(t, s, "s3://papers", dir)
	for n := range 9 {
		s.Put(t, "papers", fmt.Sprintf("%d.txt", n), "A treaty.")
	}
	want := map[string]string{}
	for n := range 9 {
		want[fmt.Sprintf("%d.txt", n)] = "A treaty."
	}
	synced(t, m, want, Changes{Fetched: 9})
	stays := func(what string, err error, wanted string) {
		t.Helper()
		if err == nil || !strings.Contains(err.Error(), wanted) {
			t.Errorf("%s: %v", what, err)
		}
		if have := contents(t, m.Folder()); len(have) != 9 {
			t.Errorf("%s: the files are %v", what, slices.Sorted(maps.Keys(have)))
		}
	}
	s.Stop()
	_, err := m.Sync(t.Context(), false)
	stays("away", err, "nothing listens")
	if err := m.Put(t.Context(), "x.txt", nil); !errors.Is(err, ErrAway) {
		t.Errorf("putting: %v", err)
	}
	s.Restart(t)
	small := NewMirror(m.bucket, dir, 50, m.log)
	_, err = small.Sync(t.Context(), false)
	stays("too much", err, "s3.mirror_max")
	for n := range 9 {
		s.Remove(t, "papers", fmt.Sprintf("%d.txt", n))
	}
	_, err = m.Sync(t.Context(), false)
	stays("empty", err, ErrEmpty.Error())
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = m.Sync(ctx, true)
	stays("stopped", err, "canceled")
	if c, err := m.Sync(t.Context(), true); err != nil || c.Removed != 9 {
		t.Errorf("empty on purpose: %+v, %v", c, err)
	}
	other := mirrorOf(t, s, "s3://papers/elsewhere", dir)
	if other.Folder() == m.Folder() {
		t.Error("two places have one folder")
	}
}

// Names that no file here can have are left out, and never lead out of the folder.
func TestNamesOfObjects(t *testing.T) {
	for name, want := range map[string]bool{
		"a.txt": true, "in/b c.txt": true, "é/文.txt": true, ".hidden": true,
		"": false, ".": false, "..": false, "../a.txt": false, "a/../../b": false, "/etc/passwd": false, "a//b": false, "a/": false, `a\b`: false,
		"nul\x00": false, strings.Repeat("x", 256): false,
	} {
		if canBeFile(name) != want {
			t.Errorf("%q can be a file: %v", name, !want)
		}
	}
}

// Two syncs at once, also of two processes, are one after the other.
func TestMirrorsWait(t *testing.T) {
	s := blobtest.Start(t, "papers")
	dir := t.TempDir()
	for n := range 20 {
		s.Put(t, "papers", fmt.Sprintf("%d.txt", n), "A treaty.")
	}
	done := make(chan Changes)
	for range 2 {
		m := mirrorOf(t, s, "s3://papers", dir)
		go func() {
			c, err := m.Sync(context.Background(), false)
			if err != nil {
				t.Error(err)
			}
			done <- c
		}()
	}
	first, second := <-done, <-done
	if first.Fetched+second.Fetched != 20 || first.Fetched*second.Fetched != 0 {
		t.Errorf("one fetched %d, the other %d", first.Fetched, second.Fetched)
	}
}

// A sync that is killed leaves whole files, and the next goes on from there.
func TestMirrorKilledAtEachStep(t *testing.T) {
	s := blobtest.Start(t, "papers")
	want := map[string]string{}
	for n := range 6 {
		name := fmt.Sprintf("%d.txt", n)
		want[name] = strings.Repeat(name+" ", 2000)
		s.Put(t, "papers", name, want[name])
	}
	dir := t.TempDir()
	m := mirrorOf(t, s, "s3://papers", dir)
	for n, whole := 1, false; !whole; n++ {
		_, whole = killedAt(t, s, n, "mirror", dir, "")
		for name, content := range contents(t, m.Folder()) {
			if content != want[name] {
				t.Fatalf("killed at step %d: half of %s is there", n, name)
			}
		}
	}
	synced(t, m, want, Changes{})
}
