package index_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"example.org/attache/index"
)

// nobody is the user that owns nothing.
const nobody = 65534

// asNobody lets f use the disk as a user whom permissions stop, and who owns
// dir: root's are let through. The rights are those of a thread, which ends with
// the goroutine.
func asNobody(t *testing.T, dir string, f func()) {
	t.Helper()
	if os.Geteuid() != 0 {
		f()
		return
	}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		return errors.Join(err, os.Lchown(path, nobody, nobody))
	})
	for above := filepath.Dir(dir); above != filepath.Dir(above) && err == nil; above = filepath.Dir(above) {
		if info, _ := os.Stat(above); info.Mode()&0o055 != 0o055 {
			err = os.Chmod(above, info.Mode()|0o055)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		runtime.LockOSThread()
		syscall.RawSyscall(syscall.SYS_SETFSUID, nobody, 0, 0)
		f()
	}()
	<-done
}

// A folder that can't be written to can be answered from, and a rebuild says
// what is wrong.
func TestReadOnlyFolder(t *testing.T) {
	s := newCrashSite(t)
	s.reset(t)
	sources := fingerprint(t, s.docs)
	asNobody(t, s.index, func() {
		for _, d := range append(match(t, s.index, "gen-*"), s.index) {
			if err := os.Chmod(d, 0o555); err != nil {
				t.Error(err)
				return
			}
			defer os.Chmod(d, 0o755)
		}
		if got := state(t, s.index); got != "before" {
			t.Errorf("the index is of %s", got)
		}
		_, err := index.Build(t.Context(), s.index, os.DirFS(s.docs), index.Options{})
		if !errors.Is(err, fs.ErrPermission) || !strings.Contains(err.Error(), s.index) {
			t.Errorf("rebuilding: %v, want that it is not permitted, and where", err)
		}
	})
	s.survives(t, "after a read-only folder", sources, "before")
}
