package corpus

import (
	"context"
	"io/fs"
	"time"

	"golang.org/x/sync/semaphore"

	"example.org/attache/corpus/format"
	"example.org/attache/corpus/lean"
)

// DefaultMemory is about how many bytes of memory a reading takes at most whose
// options don't say.
const DefaultMemory = 512 << 20

// How the memory is shared out: files that are taken apart have a quarter, the
// texts that are read in them half, and what is made of the documents the rest.
const (
	filesShare = 4
	textsShare = 2
)

// textCost is how many times its bytes reading a text takes of memory, and
// heavyCost from how many bytes on garbage is collected often meanwhile.
const (
	textCost  = 40
	heavyCost = 48 << 20
)

// Memory bounds what readings take together, of however many corpora at once:
// each waits until there is room for what it reads next.
type Memory struct{ files, texts room }

// NewMemory returns a bound of so many bytes, about.
func NewMemory(bytes int64) *Memory {
	return &Memory{newRoom(bytes / filesShare), newRoom(bytes / textsShare)}
}

// file waits until there is room to take a file apart, until leave is called.
// The files of a walk come through in its order, so that none that is under way
// waits for a later one.
func (m *Memory) file(ctx context.Context, fsys fs.FS, name string) (leave func(), err error) {
	size := int64(0)
	if info, err := fs.Stat(fsys, name); err == nil {
		size = info.Size()
	}
	return m.files.take(ctx, format.Cost(name, size))
}

// text waits until there is room to read the text of a document, until leave is
// called. While it waits it calls alive.
func (m *Memory) text(ctx context.Context, d *format.Document, alive func()) (leave func(), err error) {
	size := int64(0)
	for _, b := range d.Blocks {
		size += int64(len(b.Text))
	}
	cost := textCost * size
	if !m.texts.isFree(cost) {
		defer every(time.Second, alive)()
	}
	return m.texts.take(ctx, cost)
}

// every calls f again and again until stop is called.
func every(d time.Duration, f func()) (stop func()) {
	clock, done := time.NewTicker(d), make(chan struct{})
	go func() {
		for {
			select {
			case <-clock.C:
				f()
			case <-done:
				return
			}
		}
	}()
	return func() { clock.Stop(); close(done) }
}

// room is memory that is shared.
type room struct {
	size int64
	free *semaphore.Weighted
}

func newRoom(size int64) room { return room{size, semaphore.NewWeighted(size)} }

// isFree reports whether so much is free now.
func (r room) isFree(cost int64) bool {
	taken := min(cost, r.size)
	if !r.free.TryAcquire(taken) {
		return false
	}
	r.free.Release(taken)
	return true
}

// take waits until so much is free. What costs more than there is, is alone.
func (r room) take(ctx context.Context, cost int64) (leave func(), err error) {
	taken := min(cost, r.size)
	if err := r.free.Acquire(ctx, taken); err != nil {
		return nil, err
	}
	usual := func() {}
	if cost > heavyCost {
		usual = lean.Enter()
	}
	return func() { usual(); r.free.Release(taken) }, nil
}
