//go:build unix

package corpus_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
)

func TestReadOpensOnlyRegularFiles(t *testing.T) {
	dir, outside := t.TempDir(), t.TempDir()
	write := func(path, data string) {
		if err := os.WriteFile(path, []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write(filepath.Join(outside, "b.txt"), "The bridge.")
	write(filepath.Join(dir, "a.txt"), "The road.")
	write(filepath.Join(dir, "locked.txt"), "The lock.")
	write(filepath.Join(dir, "told.txt"), "The ferry.")
	err := errors.Join(
		os.Chmod(filepath.Join(dir, "locked.txt"), 0),
		os.Symlink(filepath.Join(outside, "b.txt"), filepath.Join(dir, "link.txt")),
		os.Symlink(filepath.Join(outside, "gone.txt"), filepath.Join(dir, "nowhere.txt")),
		os.Symlink(outside, filepath.Join(dir, "folder")),
		syscall.Mkfifo(filepath.Join(dir, "pipe.txt"), 0o644),
		syscall.Mkfifo(filepath.Join(dir, "told.txt.meta.toml"), 0o644),
	)
	if err != nil {
		t.Skip("needs links and pipes:", err)
	}
	ids, _, errs := read(t, os.DirFS(dir))
	if os.Getuid() == 0 { // root reads everything
		ids = slices.DeleteFunc(ids, func(id string) bool { return id == "locked.txt" })
	} else if errs["locked.txt"] == nil || !strings.Contains(errs["locked.txt"].Error(), "permission") {
		t.Errorf("locked.txt: %v", errs["locked.txt"])
	}
	if want := []string{"a.txt", "link.txt"}; !slices.Equal(ids, want) {
		t.Errorf("got %v, want %v", ids, want)
	}
	for path, want := range map[string]string{"nowhere.txt": "leads nowhere", "folder": "link to a folder", "pipe.txt": "not a regular file", "told.txt": "not a regular file"} {
		if err := errs[path]; err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: the error is %v, want one with %q", path, err, want)
		}
	}
}
