package index

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"github.com/gofrs/flock"

	"example.org/attache/index/internal/disk"
	"example.org/attache/index/internal/store"
)

// Format names what generations this program makes and reads: programs with the
// same one can take up each other's.
func Format() string { return fmt.Sprintf("%d-%d", store.Format, analysisVersion) }

// Generation is the folder of a complete generation, whose files never change.
// It may go when two newer ones have come.
type Generation struct {
	Folder string
	Number int // grows with each that is made upon another
}

// Generations returns the generations in the folder dir of an index, newest
// first. That they are whole is known when they are opened.
func Generations(dir string) ([]Generation, error) {
	numbers, err := store.Generations(dir)
	if err != nil {
		return nil, err
	}
	all := make([]Generation, len(numbers))
	for i, n := range numbers {
		all[i] = Generation{filepath.Join(dir, store.GenName(n)), n}
	}
	return all, nil
}

// Adopt makes a copy of a generation, which may have been made elsewhere, the
// newest in the folder dir of an index. Fill writes its files into an empty
// folder; it may link those of other generations of dir to it. What it wrote is
// checked as the readers will, synced, and becomes the newest in one rename; until
// then, and whenever something fails, everything stays as it was. The number is
// that of the original. Adopt excludes [Build] and others of its kind: the error
// then is [ErrBusy].
func Adopt(dir string, number int, fill func(folder string) error) error {
	unlock, err := lock(dir)
	if err != nil {
		return err
	}
	defer unlock()
	if err := removeStale(dir); err != nil {
		return err
	}
	before, err := store.Generations(dir)
	if err != nil {
		return err
	}
	keep := []int{number}
	if len(before) > 0 {
		// Files in a generation may bear its number, never a higher one: the next
		// that is made here must not meet them.
		keep = []int{max(number, before[0]+1), before[0]}
	}
	temp := filepath.Join(dir, store.TempPrefix+store.GenName(keep[0]))
	defer disk.Remove(temp)
	if err := disk.MakeFolder(temp); err != nil {
		return err
	}
	if err := fill(temp); err != nil {
		return err
	}
	if err := syncTree(temp); err != nil {
		return err
	}
	g, err := openFolder(temp)
	if err != nil {
		return fmt.Errorf("checking the copy of an index: %w", err)
	}
	g.release()
	if err := disk.Rename(temp, filepath.Join(dir, store.GenName(keep[0]))); err != nil {
		return err
	}
	return removeOthers(dir, keep)
}

// lock lets one process at a time add to the folder of an index, which is made
// where it is missing.
func lock(dir string) (unlock func() error, err error) {
	if err := disk.MakeFolder(dir); err != nil {
		return nil, fmt.Errorf("making the index folder: %w", err)
	}
	l := flock.New(filepath.Join(dir, "lock"))
	ok, err := l.TryLock()
	if err != nil {
		return nil, fmt.Errorf("locking the index in %s: %w", dir, err)
	}
	if !ok {
		return nil, fmt.Errorf("rebuilding %s: %w", dir, ErrBusy)
	}
	return l.Unlock, nil
}

// removeStale clears away what killed rebuilds left.
func removeStale(dir string) error {
	stale, err := disk.Names(dir, store.TempPrefix+"*")
	if err != nil {
		return err
	}
	for _, s := range stale {
		if err := disk.Remove(filepath.Join(dir, s)); err != nil {
			return err
		}
	}
	return nil
}

// syncTree flushes all files below a folder, and the folders, to the disk.
func syncTree(dir string) error {
	return filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		return errors.Join(err, disk.Sync(path))
	})
}
