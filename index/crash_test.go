package index_test

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"example.org/attache/index"
	"example.org/attache/index/internal/disk"
)

var killsFlag = flag.Int("kills", 10, "how many rebuilds to kill at random moments")

// The corpus before and after: a rebuild changes, adds and removes.
var (
	before = map[string]string{
		"a.txt":     "Harbour\n\nThe bulletin on the harbour is number one.\n",
		"b/b.txt":   "Railway\n\nThe bulletin on the railway is number one.\n",
		"b/old.txt": "Canal\n\nThe canal was closed to barges.\n",
		"c.txt":     "Forest\n\nThe forest was left as it is.\n",
	}
	after = map[string]string{
		"a.txt":   "Harbour\n\nThe bulletin on the harbour is number two.\n",
		"b/b.txt": "Railway\n\nThe bulletin on the railway is number two.\n",
		"c.txt":   "Forest\n\nThe forest was left as it is.\n",
		"d.txt":   "Bridge\n\nThe bridge will be tolled from spring on.\n",
	}
)

// write makes a folder hold the texts and nothing else.
func write(t *testing.T, dir string, texts map[string]string) {
	t.Helper()
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	for name, text := range texts {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// fingerprint reports whether anything in a folder changed.
func fingerprint(t *testing.T, dir string) string {
	t.Helper()
	h := sha256.New()
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			data, err := os.ReadFile(filepath.Join(dir, name))
			fmt.Fprintf(h, "%s %q\n", name, data)
			return err
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// state is which corpus the index in a folder answers from: "before", "after",
// "none" when there is no index. A mixture fails the test.
func state(t *testing.T, dir string) string {
	t.Helper()
	ix, err := index.Open(dir)
	if errors.Is(err, index.ErrNone) {
		return "none"
	}
	if err != nil {
		t.Fatal(err)
	}
	defer ix.Close()
	harbour, railway := first(t, ix, "What is the bulletin on the harbour?"), first(t, ix, "What is the bulletin on the railway?")
	sources, err := ix.Sources(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, s := range sources {
		names = append(names, s.Document)
	}
	switch got := harbour + railway + strings.Join(names, " "); got {
	case "The bulletin on the harbour is number one.The bulletin on the railway is number one.a.txt b/b.txt b/old.txt c.txt":
		return "before"
	case "The bulletin on the harbour is number two.The bulletin on the railway is number two.a.txt b/b.txt c.txt d.txt":
		return "after"
	default:
		t.Fatalf("the index says %s", got)
		return ""
	}
}

// crashSite is an index of the corpus before, and the corpus after.
type crashSite struct{ docs, index, pristine string }

func newCrashSite(t *testing.T) crashSite {
	t.Helper()
	root := t.TempDir()
	// In memory where there is such a folder: what is tested is the order of
	// changes, and syncing to a disk would be most of the time.
	if dir, err := os.MkdirTemp("/dev/shm", "attache-"); err == nil {
		t.Cleanup(func() { os.RemoveAll(dir) })
		root = dir
	}
	s := crashSite{filepath.Join(root, "docs"), filepath.Join(root, "index"), filepath.Join(root, "pristine")}
	write(t, s.docs, before)
	build(t, s.pristine, os.DirFS(s.docs))
	write(t, s.docs, after)
	return s
}

// reset puts back the index of the corpus before.
func (s crashSite) reset(t *testing.T) {
	t.Helper()
	if err := os.RemoveAll(s.index); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(s.index, os.DirFS(s.pristine)); err != nil {
		t.Fatal(err)
	}
}

// survives checks that after a crash the index answers from one corpus or the
// other, that no source was touched, and that the next rebuild works.
func (s crashSite) survives(t *testing.T, when, sources string, allowed ...string) {
	t.Helper()
	got := state(t, s.index)
	if !strings.Contains(strings.Join(allowed, " "), got) {
		t.Errorf("%s: the index is of %s, want one of %v", when, got, allowed)
	}
	if fingerprint(t, s.docs) != sources {
		t.Fatalf("%s: a source file changed", when)
	}
	build(t, s.index, os.DirFS(s.docs))
	if got := state(t, s.index); got != "after" {
		t.Errorf("%s: after the next rebuild the index is of %s", when, got)
	}
	if left, _ := filepath.Glob(filepath.Join(s.index, "tmp-*")); len(left) > 0 {
		t.Errorf("%s: the next rebuild leaves %v", when, left)
	}
}

// A rebuild that is killed at any of its writes, syncs and renames leaves the
// old index or the new one.
func TestKilledAtEachStep(t *testing.T) {
	for name, c := range map[string]struct {
		first   bool
		allowed []string
	}{
		"first build": {true, []string{"none", "after"}},
		"rebuild":     {false, []string{"before", "after"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newCrashSite(t)
			sources := fingerprint(t, s.docs)
			for n := 1; ; n++ {
				s.reset(t)
				if c.first {
					os.RemoveAll(s.index)
				}
				out, err := helper(t.Context(), fmt.Sprint("build ", n), s.index, s.docs).CombinedOutput()
				if err == nil {
					if n < 10 {
						t.Errorf("a rebuild has only %d steps", n)
					}
					return // it came to its end
				}
				if !strings.Contains(err.Error(), "killed") {
					t.Fatalf("step %d: %v\n%s", n, err, out)
				}
				s.survives(t, fmt.Sprint("killed at step ", n), sources, c.allowed...)
			}
		})
	}
}

func TestKilledAtRandom(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	t.Parallel()
	s := newCrashSite(t)
	sources := fingerprint(t, s.docs)
	s.reset(t)
	start := time.Now()
	if out, err := helper(t.Context(), "build 0", s.index, s.docs).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	whole := time.Since(start)
	kills := *killsFlag
	if testing.Short() {
		kills = min(kills, 5)
	}
	killed := 0
	for range kills {
		s.reset(t)
		wait := time.Duration(rand.Int64N(int64(whole)))
		cmd := helper(t.Context(), "build 0", s.index, s.docs)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(wait)
		cmd.Process.Kill()
		if cmd.Wait() != nil {
			killed++
		}
		s.survives(t, fmt.Sprint("killed after ", wait), sources, "before", "after")
	}
	t.Logf("%d of %d were killed before their end, within %v", killed, kills, whole)
}

// A change that the disk refuses ends the rebuild with that error, and the old
// index serves on.
func TestRefusedAtEachStep(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	s := newCrashSite(t)
	sources := fingerprint(t, s.docs)
	for n := 1; ; n++ {
		s.reset(t)
		count, refused := 0, ""
		disk.Gate = func(op, path string) error {
			if count++; count == n {
				refused = op + " " + filepath.Base(path)
				return syscall.ENOSPC
			}
			return nil
		}
		_, err := index.Build(t.Context(), s.index, os.DirFS(s.docs), index.Options{})
		disk.Gate = nil
		if refused == "" {
			return
		}
		allowed := []string{"before"}
		switch {
		case err == nil: // it was only clearing away
			allowed = []string{"after"}
		case !errors.Is(err, syscall.ENOSPC):
			t.Errorf("%s refused: %v", refused, err)
		case strings.HasPrefix(refused, "sync"): // of the folder, after the rename
			allowed = []string{"before", "after"}
		}
		s.survives(t, refused+" refused", sources, allowed...)
	}
}

// A disk that is full while bleve writes ends the rebuild as well.
func TestFullDisk(t *testing.T) {
	if runtime.GOOS != "linux" && runtime.GOOS != "darwin" {
		t.Skip("no bound on the size of a process's files is known for " + runtime.GOOS)
	}
	t.Parallel()
	s := newCrashSite(t)
	sources := fingerprint(t, s.docs)
	for _, bytes := range []int{100, 1000, 5000} {
		s.reset(t)
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
		defer cancel()
		out, err := helper(ctx, fmt.Sprint("full ", bytes), s.index, s.docs).CombinedOutput()
		if err == nil || !strings.Contains(string(out), "file too large") {
			t.Errorf("at most %d bytes a file: %v, %s; want the reason", bytes, err, out)
		}
		s.survives(t, fmt.Sprintf("at most %d bytes a file", bytes), sources, "before")
	}
}

// While one process rebuilds, another that wants to gets to know it at once, and
// both answer.
func TestSecondRebuilderIsTold(t *testing.T) {
	t.Parallel()
	s := newCrashSite(t)
	s.reset(t)
	cmd := helper(t.Context(), "hold", s.index, s.docs)
	in, _ := cmd.StdinPipe()
	out, _ := cmd.StdoutPipe()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(out).ReadString('\n'); line != "holding\n" {
		t.Fatalf("the first says %q, %v", line, err)
	}
	if _, err := index.Build(t.Context(), s.index, os.DirFS(s.docs), index.Options{}); !errors.Is(err, index.ErrBusy) {
		t.Errorf("the second got %v, want ErrBusy", err)
	}
	if got := state(t, s.index); got != "before" {
		t.Errorf("during the rebuild the index is of %s", got)
	}
	in.Close()
	if err := cmd.Wait(); err != nil {
		t.Error(err)
	}
	if got := state(t, s.index); got != "after" {
		t.Errorf("after the rebuild the index is of %s", got)
	}
}

// A process that answers takes up the indexes that another makes, without
// failing a question.
func TestReaderTakesUpNewIndexes(t *testing.T) {
	t.Parallel()
	s := newCrashSite(t)
	s.reset(t)
	cmd := helper(t.Context(), "answer 3", s.index, s.docs)
	cmd.Stderr = os.Stderr
	in, _ := cmd.StdinPipe()
	pipe, _ := cmd.StdoutPipe()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	out := bufio.NewReader(pipe)
	if line, err := out.ReadString('\n'); line != "answering\n" {
		t.Fatalf("the reader says %q, %v", line, err)
	}
	for n := range 4 {
		texts := map[string]string{"a.txt": fmt.Sprintf("Harbour\n\nThe bulletin on the harbour is number %d.\n", n)}
		write(t, s.docs, texts)
		build(t, s.index, os.DirFS(s.docs))
	}
	in.Close()
	line, err := out.ReadString('\n')
	if err != nil || !strings.HasSuffix(line, "The bulletin on the harbour is number 3.\n") {
		t.Errorf("at last the reader says %q, %v", line, err)
	}
	if err := cmd.Wait(); err != nil {
		t.Error(err)
	}
}

func TestFolderThatCannotBeMade(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(file, "index")
	if _, err := index.Build(t.Context(), dir, folder(after), index.Options{}); err == nil || !strings.Contains(err.Error(), file) {
		t.Errorf("got %v, want an error that names the folder", err)
	}
}

// What a power cut must not take has to be on the disk when a generation gets
// its name: each file and folder is synced after its last change.
func TestSyncedBeforeNamed(t *testing.T) {
	dir := t.TempDir()
	synced, named := map[string]time.Time{}, 0
	disk.Gate = func(op, path string) error {
		switch {
		case op == "sync":
			synced[path] = time.Now()
		case op == "rename" && strings.HasPrefix(filepath.Base(path), "gen-"):
			named++
			unsynced(t, filepath.Join(dir, "tmp-"+filepath.Base(path)), synced)
			delete(synced, dir)
		}
		return nil
	}
	defer func() { disk.Gate = nil }()
	for _, texts := range []map[string]string{{"a.txt": harbour["a.txt"]}, harbour} { // the second shares files
		build(t, dir, folder(texts))
		if synced[dir].IsZero() {
			t.Error("the new name is not synced")
		}
	}
	if named != 2 {
		t.Errorf("%d generations got a name, want 2", named)
	}
}

// unsynced reports the files and folders in dir that changed after they were
// synced, or never were.
func unsynced(t *testing.T, dir string, synced map[string]time.Time) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if at, ok := synced[path]; err == nil && (!ok || info.ModTime().After(at)) {
			t.Errorf("%s is not synced after its last change", path)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
