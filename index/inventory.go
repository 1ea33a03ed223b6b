package index

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"example.org/attache/corpus"
	"example.org/attache/index/internal/store"
)

// inventory compares what is read with the generation before.
type inventory struct {
	Options
	prev   *generation              // nil when there is none
	files  map[string][]int         // its rows by their file
	names  []string                 // of the files, in order; nil until needed
	seen   map[string]bool          // documents that are there
	broken map[string]bool          // files of which not everything is in the index, to be read again
	faulty map[string]*store.Failed // files with faults of their own
	before map[string]*store.Failed // those of the generation before
	far    Progress
	total  atomic.Int64 // files to read, once they are counted
	report *Report
	left   func(document string) bool // out; nil: none
}

func newInventory(o Options) *inventory {
	return &inventory{Options: o, files: map[string][]int{}, seen: map[string]bool{}, broken: map[string]bool{},
		faulty: map[string]*store.Failed{}, before: map[string]*store.Failed{}, report: &Report{}}
}

// load opens the newest good generation of dir.
func (v *inventory) load(dir string) (err error) {
	if v.prev, v.report.Damaged, err = newest(dir, 0); v.prev == nil {
		return err
	}
	if v.prev.Reading != readingPrint(v.Reading) {
		v.Full = true // the same files may say something else now
	}
	for i := range v.prev.documents.Len() {
		file := v.prev.documents.Row(i).File
		v.files[file] = append(v.files[file], i)
	}
	for i, f := range v.prev.Failed {
		v.before[f.File] = &v.prev.Failed[i]
	}
	return nil
}

func (v *inventory) close() {
	if v.prev != nil {
		v.prev.release()
	}
}

// known reports whether all that a file holds is in the index, or left out, or
// known to be faulty.
func (v *inventory) known(file, hash string) bool {
	if v.skip(file) {
		return true
	}
	if v.Full || v.prev == nil || slices.Contains(v.prev.Partial, file) {
		return false
	}
	if f := v.before[file]; f != nil {
		return f.Digest == store.DigestOf(hash).String()
	}
	rows := v.files[file]
	return len(rows) > 0 && v.prev.documents.Row(rows[0]).Digest == store.DigestOf(hash)
}

// read reads the documents of fsys and hands each result to take.
func (v *inventory) read(ctx context.Context, fsys fs.FS, known func(file, hash string) bool, take func(corpus.Result) error) (err error) {
	if v.Skip != nil {
		if v.left, err = v.Skip(); err != nil {
			return err
		}
	}
	ctx, stop := context.WithCancel(ctx)
	var counting sync.WaitGroup
	defer counting.Wait()
	defer stop()
	v.far = Progress{Started: time.Now()}
	if v.Progress != nil {
		counting.Go(func() {
			if n := corpus.Count(ctx, fsys); ctx.Err() == nil {
				v.total.Store(int64(n))
			}
		})
	}
	last := ""
	for r := range corpus.ReadChanged(ctx, fsys, v.Reading, known) {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := take(r); err != nil {
			return err
		}
		if r.Path != last {
			v.far.Done++
			last = r.Path
		}
		v.progress()
	}
	if v.far.Done == 0 && v.prev != nil && v.prev.Documents > 0 && !v.MayEmpty && ctx.Err() == nil {
		return fmt.Errorf("%w, and the index stays as it is (documents in it: %d); see that the folder is the right one and its disk is there, or empty the index by a reindex in full", ErrVanished, v.prev.Documents)
	}
	return ctx.Err()
}

func (v *inventory) progress() {
	if v.Progress != nil {
		v.far.Total = int(v.total.Load())
		v.Progress(v.far)
	}
}

// judge notes the status of what was read, and returns it with what the
// generation before holds of the document.
func (v *inventory) judge(r corpus.Result) (s Status, old store.Row) {
	switch {
	case r.Unchanged:
		v.keep(r.Path)
		return Unchanged, old
	case r.Err != nil:
		v.fail(r)
		return Failed, old
	}
	d := r.Document
	if v.skip(d.ID) {
		v.broken[r.Path] = true
		return "", old
	}
	if v.seen[d.ID] {
		v.broken[r.Path] = true
		v.note(d.ID, Failed, errors.New("another document has this name already"))
		return Failed, old
	}
	v.seen[d.ID] = true
	s = Added
	if have, ok := v.old(d.ID); ok {
		s, old = Changed, have
		if old.Digest == store.DigestOf(d.Hash) && !v.Full {
			s = Unchanged
		}
	}
	v.note(d.ID, s, nil)
	return s, old
}

func (v *inventory) skip(document string) bool { return v.left != nil && v.left(document) }

// keep notes the documents of a file that did not change, and its faults.
func (v *inventory) keep(file string) {
	for _, i := range v.files[file] {
		d := v.prev.documents.Row(i).Document
		if v.skip(d) {
			v.broken[file] = true
			continue
		}
		v.seen[d] = true
		v.note(d, Unchanged, nil)
	}
	if f := v.before[file]; f != nil && !v.skip(file) {
		v.faulty[file] = f
		for _, fault := range f.Faults {
			v.note(file+fault.Part, Failed, errors.New(fault.Reason))
		}
	}
}

// mostFaults is how many faults of one file are remembered; one with more is
// read again.
const mostFaults = 1000

// remember records an error of a file, which is kept until the file or the reading
// version changes.
func (v *inventory) remember(r corpus.Result) {
	f := v.faulty[r.Path]
	if f == nil {
		f = &store.Failed{File: r.Path, Digest: store.DigestOf(r.Hash).String()}
		v.faulty[r.Path] = f
	}
	if len(f.Faults) == mostFaults {
		v.broken[r.Path] = true
		return
	}
	f.Faults = append(f.Faults, store.Fault{Part: r.Part, Reason: r.Err.Error()})
}

// failed lists the files with faults in order.
func (v *inventory) failed() []store.Failed {
	var all []store.Failed
	for _, file := range slices.Sorted(maps.Keys(v.faulty)) {
		all = append(all, *v.faulty[file])
	}
	return all
}

// fail notes what could not be read. What was read before of a file, or of a
// folder's files, that can't be opened now is kept: the cause may be a disk
// that is not there today.
func (v *inventory) fail(r corpus.Result) {
	if v.skip(r.Path + r.Part) {
		return
	}
	v.note(r.Path+r.Part, Failed, r.Err)
	switch {
	case r.Hash != "":
		v.remember(r)
	default:
		v.broken[r.Path] = true
	}
	if r.Hash != "" && !errors.Is(r.Err, corpus.ErrGivenUp) || errors.Is(r.Err, fs.ErrNotExist) && r.Path != "." {
		return
	}
	for _, file := range v.below(r.Path) {
		for _, i := range v.files[file] {
			v.seen[v.prev.documents.Row(i).Document] = true
		}
	}
}

// below returns the files that path names: itself, or those of a folder.
func (v *inventory) below(path string) []string {
	if v.names == nil {
		v.names = slices.Sorted(maps.Keys(v.files))
	}
	if path == "." {
		return v.names
	}
	if len(v.files[path]) > 0 {
		return []string{path}
	}
	from, _ := slices.BinarySearch(v.names, path+"/")
	to, _ := slices.BinarySearch(v.names, path+"0") // "0" comes after "/"
	return v.names[from:to]
}

// partial lists the files that are to be read again even if they don't change.
func (v *inventory) partial() []string { return slices.Sorted(maps.Keys(v.broken)) }

func (v *inventory) note(document string, s Status, err error) {
	v.report.Entries = append(v.report.Entries, Entry{strings.Clone(document), s, err})
}

// old returns what the generation before holds of a document.
func (v *inventory) old(document string) (store.Row, bool) {
	if v.prev == nil {
		return store.Row{}, false
	}
	i, ok := v.prev.documents.Find(document)
	if !ok {
		return store.Row{}, false
	}
	return v.prev.documents.Row(i), true
}

// removed notes and returns the documents that are not there any more. One
// whose file can't be read is noted as failed already.
func (v *inventory) removed() (rows []store.Row) {
	if v.prev == nil {
		return nil
	}
	for i := range v.prev.documents.Len() {
		r := v.prev.documents.Row(i)
		if v.seen[r.Document] {
			continue
		}
		rows = append(rows, r)
		if !v.broken[r.File] && v.faulty[r.File] == nil || v.skip(r.Document) {
			v.note(r.Document, Removed, nil)
		}
	}
	return rows
}
