package index

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"example.org/attache/index/internal/store"
)

// Index answers questions from the newest good generation in a folder, and
// takes up newer ones by itself. It is safe for use by many at once.
type Index struct {
	dir     string
	current atomic.Pointer[generation]
	looked  atomic.Int64 // when the folder was last looked at
	mu      sync.Mutex   // held while looking and closing
	closed  bool
	failed  os.FileInfo // the manifest of the newest generation, when that could not be opened
	again   time.Time   // when to try it again
	looking sync.WaitGroup
}

// lookEvery is how long a new generation may go unnoticed; one that can't be
// opened, for want of memory perhaps, is tried again after tryAgain.
const (
	lookEvery = time.Second
	tryAgain  = time.Minute
)

// Open opens the index in the folder dir. The error is [ErrNone] when there is
// none that this program can read; it says why.
func Open(dir string) (*Index, error) {
	g, damaged, err := newest(dir, 0)
	if err != nil {
		return nil, err
	}
	if g == nil {
		return nil, errors.Join(fmt.Errorf("opening %s: %w", dir, ErrNone), damaged)
	}
	ix := &Index{dir: dir}
	ix.current.Store(g)
	ix.looked.Store(time.Now().UnixNano())
	return ix, nil
}

// Close lets go of the index once the questions under way are answered.
func (ix *Index) Close() error {
	ix.mu.Lock()
	ix.closed = true
	ix.mu.Unlock()
	ix.looking.Wait()
	if g := ix.current.Swap(nil); g != nil {
		return g.release()
	}
	return nil
}

// Refresh takes up the newest good generation at once. The error says what is
// wrong with a newer one that can't be read; the one in use serves on.
func (ix *Index) Refresh() error {
	ix.mu.Lock()
	defer ix.mu.Unlock()
	ix.looked.Store(time.Now().UnixNano())
	old := ix.current.Load()
	if ix.closed || old == nil {
		return nil
	}
	numbers, err := store.Generations(ix.dir)
	if err != nil || len(numbers) == 0 {
		return err
	}
	there := manifestOf(ix.dir, numbers[0])
	if sameFile(there, old.info) || sameFile(there, ix.failed) && time.Now().Before(ix.again) {
		return nil
	}
	after := 0 // numbers begin anew when the folder was cleared
	if sameFile(manifestOf(ix.dir, old.number), old.info) {
		after = old.number
	}
	g, damaged, err := newest(ix.dir, after)
	ix.failed = nil
	if err != nil || damaged != nil {
		ix.failed, ix.again = there, time.Now().Add(tryAgain)
	}
	if g == nil || err != nil {
		return errors.Join(damaged, err)
	}
	ix.current.Store(g)
	return errors.Join(damaged, old.release())
}

// manifestOf returns the file information of the manifest of generation n, which
// distinguishes generations of one number; nil when there is none.
func manifestOf(dir string, n int) os.FileInfo {
	info, err := os.Stat(filepath.Join(dir, store.GenName(n), store.ManifestName))
	if err != nil {
		return nil
	}
	return info
}

func sameFile(a, b os.FileInfo) bool {
	return a != nil && b != nil && os.SameFile(a, b) && a.ModTime().Equal(b.ModTime())
}

// acquire returns the generation to answer from; it is to be released. Now and
// then it has the folder looked at for a newer one, which the next question
// then finds.
func (ix *Index) acquire() (*generation, error) {
	last := ix.looked.Load()
	if now := time.Now().UnixNano(); now-last > int64(lookEvery) && ix.looked.CompareAndSwap(last, now) {
		ix.look()
	}
	for {
		g := ix.current.Load()
		if g == nil {
			return nil, errors.New("the index is closed")
		}
		if g.acquire() {
			return g, nil
		}
	}
}

// look refreshes beside the questions.
func (ix *Index) look() {
	if !ix.mu.TryLock() {
		return // somebody is looking already
	}
	defer ix.mu.Unlock()
	if !ix.closed {
		ix.looking.Add(1)
		go func() {
			defer ix.looking.Done()
			ix.Refresh() // what is wrong with a newer generation, its builder has said
		}()
	}
}
