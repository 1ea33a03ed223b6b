package state

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gofrs/flock"
)

// Removed implements [Store].
func (s *Files) Removed() ([]string, error) {
	data, err := os.ReadFile(s.removedFile())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading which documents were removed: %w", err)
	}
	return strings.FieldsFunc(string(data), func(r rune) bool { return r == '\n' }), nil
}

// Under reports whether a document is the one called name, or lies in it: in an
// archive, a table or a folder of that name.
func Under(document, name string) bool {
	rest, ok := strings.CutPrefix(document, name)
	return ok && (rest == "" || rest[0] == '/' || rest[0] == '#')
}

// KeptOut returns a function that reports whether a document is kept out by the
// removed ones.
func KeptOut(removed []string) func(document string) bool {
	names := map[string]bool{}
	for _, name := range removed {
		names[name] = true
	}
	return func(document string) bool {
		for i, c := range []byte(document) {
			if (c == '/' || c == '#') && names[document[:i]] {
				return true
			}
		}
		return names[document]
	}
}

// Remove implements [Store].
func (s *Files) Remove(document string) error {
	return s.changeRemoved(document, func(removed []string) []string {
		if slices.Contains(removed, document) {
			return removed
		}
		return append(removed, document)
	})
}

// Restore implements [Store].
func (s *Files) Restore(document string) error {
	return s.changeRemoved(document, func(removed []string) []string {
		return slices.DeleteFunc(removed, func(d string) bool { return d == document })
	})
}

// checkDocument finds out whether something may be the name of a document.
func checkDocument(name string) error {
	if name == "" || strings.ContainsAny(name, "\n\x00") {
		return fmt.Errorf("removing %q: that is no name of a document", name)
	}
	return nil
}

// changeRemoved changes the list under a lock that also keeps other processes
// out, so that no change is lost.
func (s *Files) changeRemoved(document string, change func([]string) []string) error {
	if err := checkDocument(document); err != nil {
		return err
	}
	lock := flock.New(filepath.Join(s.dir, "removed.lock"))
	if err := lock.Lock(); err != nil {
		return fmt.Errorf("locking which documents were removed: %w", err)
	}
	defer lock.Unlock()
	before, err := s.Removed()
	if err != nil {
		return err
	}
	removed := change(slices.Clone(before))
	slices.Sort(removed)
	if slices.Equal(before, removed) {
		return nil
	}
	var lines strings.Builder
	for _, d := range removed {
		lines.WriteString(d + "\n")
	}
	if err := replaceFile(s.removedFile(), []byte(lines.String())); err != nil {
		return fmt.Errorf("writing which documents were removed: %w", err)
	}
	return nil
}

func (s *Files) removedFile() string { return filepath.Join(s.dir, "removed.txt") }

// replaceFile writes a file beside the one called name and renames it, so that
// a crash leaves the old one or the new one.
func replaceFile(name string, data []byte) (err error) {
	f, err := os.CreateTemp(filepath.Dir(name), ".removed-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.Remove(f.Name())
		}
	}()
	_, err = f.Write(data)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(f.Name(), name); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(name))
}

// syncFolder makes a rename last through a loss of power, where folders can be
// synced.
func syncFolder(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	f.Sync() // some systems can't
	return f.Close()
}
