package index

import (
	"context"
	"fmt"
	"io/fs"
	"path/filepath"
	"reflect"
	"slices"
	"time"

	"example.org/attache/corpus"
	"example.org/attache/index/internal/disk"
	"example.org/attache/index/internal/store"
)

// Status is what a rebuild did with a document.
type Status string

// The statuses of documents.
const (
	Added     Status = "added"
	Changed   Status = "changed"
	Removed   Status = "removed"
	Unchanged Status = "unchanged"
	Failed    Status = "failed"
)

// Entry is what became of one document or file.
type Entry struct {
	Document string
	Status   Status
	Err      error // why it failed
}

// Progress is how far a rebuild is.
type Progress struct {
	Done    int // files read so far
	Total   int // files there are, 0 while unknown
	Started time.Time
	Writing bool // all are read, the index is being completed
}

// Options say how to build.
type Options struct {
	Full     bool           // read every document again, also those that did not change
	MayEmpty bool           // an empty corpus is intended, and is not a disk that is missing
	Progress func(Progress) // called for each file; must not take long
	Reading  corpus.Options // how documents are read; with others, each is read again

	// Skip returns which documents to leave out, as if they were not there. It
	// is asked once, when no other Build can run any more. It may be nil.
	Skip func() (func(document string) bool, error)
}

// Report is what a rebuild did.
type Report struct {
	Entries []Entry // in the order of reading, then the removed ones
	Swapped bool    // there is a new generation
	Damaged error   // why a generation that was there could not be built upon
}

// Count returns how many entries have the status.
func (r *Report) Count(s Status) (n int) {
	for _, e := range r.Entries {
		if e.Status == s {
			n++
		}
	}
	return n
}

// Build brings the index in the folder dir up to date with the documents of
// fsys. It reads only what changed since the newest good generation, writes a
// new generation beside it, and makes it the newest in one rename; until then,
// and whenever it fails, everything stays as it was. One Build at a time works
// on a folder: another gets [ErrBusy]. Files that can't be read don't stop it:
// the report names them. Where no file is there at all, and the index holds
// documents, the index stays as it is and the error is [ErrVanished], unless the
// options say that this may be.
func Build(ctx context.Context, dir string, fsys fs.FS, o Options) (*Report, error) {
	unlock, err := lock(dir)
	if err != nil {
		return nil, err
	}
	defer unlock()
	b := &builder{inventory: newInventory(o), dir: dir, fsys: fsys}
	defer b.close()
	if err := b.build(ctx); err != nil {
		return nil, err
	}
	return b.report, nil
}

type builder struct {
	*inventory
	dir    string
	fsys   fs.FS
	temp   string  // the new generation's folder while it is made
	number int     // the new generation's
	writer *writer // nil until something changed
}

func (b *builder) build(ctx context.Context) error {
	if err := b.begin(); err != nil {
		return err
	}
	if err := b.read(ctx, b.fsys, b.known, b.take); err != nil {
		return err
	}
	for _, r := range b.removed() {
		if err := b.remove(r); err != nil {
			return err
		}
	}
	if b.writer == nil && b.prev != nil && b.report.Damaged == nil && reflect.DeepEqual(b.failed(), b.prev.Failed) {
		return nil
	}
	return b.swap(ctx)
}

// begin finds what to build upon and clears away what a killed rebuild left.
func (b *builder) begin() (err error) {
	if err := b.load(b.dir); err != nil {
		return err
	}
	numbers, err := store.Generations(b.dir)
	if err != nil {
		return err
	}
	b.number = 1
	if len(numbers) > 0 {
		b.number = numbers[0] + 1
	}
	b.temp = filepath.Join(b.dir, store.TempPrefix+store.GenName(b.number))
	return removeStale(b.dir)
}

// take takes up what was read.
func (b *builder) take(r corpus.Result) error {
	status, old := b.judge(r)
	if status != Added && status != Changed {
		return nil
	}
	if status == Changed {
		if err := b.remove(old); err != nil {
			return err
		}
	}
	if err := b.write(); err != nil {
		return err
	}
	return b.writer.add(r.Path, r.Document)
}

// write makes sure that there is a writer.
func (b *builder) write() (err error) {
	if b.writer == nil {
		from := ""
		if b.prev != nil {
			from = filepath.Join(b.dir, store.GenName(b.prev.number))
		}
		b.writer, err = newWriter(b.temp, b.number, b.prev, from, readingPrint(b.Reading))
	}
	return err
}

func (b *builder) remove(r store.Row) error {
	if err := b.write(); err != nil {
		return err
	}
	return b.writer.remove(r)
}

// swap completes the new generation, checks it as its readers will, and makes
// it the newest.
func (b *builder) swap(ctx context.Context) error {
	b.far.Writing = true
	b.progress()
	if err := b.write(); err != nil {
		return err
	}
	if err := b.writer.finish(ctx, b.partial(), b.failed()); err != nil {
		return err
	}
	g, err := openFolder(b.temp)
	if err != nil {
		return fmt.Errorf("checking the new index: %w", err)
	}
	g.release()
	if err := disk.Rename(b.temp, filepath.Join(b.dir, store.GenName(b.number))); err != nil {
		return err
	}
	b.report.Swapped = true
	keep := []int{b.number}
	if b.prev != nil {
		keep = append(keep, b.prev.number)
	}
	return removeOthers(b.dir, keep)
}

// removeOthers removes the generations that nothing needs any more: all but the
// new one and the one before, which are to be kept. Processes that still read an
// older one keep its files open, or, where the system refuses to remove open files,
// keep them until the next rebuild.
func removeOthers(dir string, keep []int) error {
	numbers, err := store.Generations(dir)
	if err != nil {
		return err
	}
	for _, n := range numbers {
		if slices.Contains(keep, n) {
			continue
		}
		// Renamed first, so that nobody finds half of it.
		old := filepath.Join(dir, store.TempPrefix+store.GenName(n))
		if disk.Rename(filepath.Join(dir, store.GenName(n)), old) == nil {
			disk.Remove(old)
		}
	}
	return nil
}

func (b *builder) close() {
	if b.writer != nil {
		b.writer.abandon()
	}
	b.inventory.close()
	if b.temp != "" {
		disk.Remove(b.temp)
	}
}
