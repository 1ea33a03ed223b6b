package corpus

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"slices"
	"strings"
	"time"

	"example.org/attache/corpus/date"
	"example.org/attache/corpus/format"
)

// maxTime bounds reading one document of a file; one that takes longer is reported and
// skipped.
const maxTime = time.Minute

// maxEnding is how long reading may go on after its time: readers ask now and
// then whether it is over.
const maxEnding = 20 * time.Second

var errChanged = errors.New("it changed while it was read; read the corpus again")

// ErrGivenUp means that a file was not read to its end: what it held before is
// not known to be gone.
var ErrGivenUp = fmt.Errorf("it took longer than %v to read; split it or save it in another format, or read everything anew", maxTime)

// file reads one file.
func (r reader) file(ctx context.Context, name string) iter.Seq[Result] {
	return func(yield func(Result) bool) {
		fail := func(hash string, part string, err error) bool {
			return yield(Result{Path: name, Part: part, Hash: hash, Err: fault{name + part, err}})
		}
		data, err := readStable(r.fsys, name)
		if err != nil {
			fail("", "", err)
			return
		}
		side, sideData, err := readSidecar(r.fsys, name)
		if err != nil {
			fail("", "", err)
			return
		}
		hash := hashOf(data, sideData)
		if r.known(name, hash) {
			yield(Result{Path: name, Hash: hash, Unchanged: true})
			return
		}
		f := format.File{Path: name, Data: data, Explain: r.explain, Recognize: r.recognize}
		if side != nil {
			f.Language = side.Language
		}
		finish := func(ctx context.Context, d format.Document, alive func()) (*Document, error) {
			leave, err := r.memory.text(ctx, &d, alive)
			if err != nil {
				return nil, err
			}
			defer leave()
			document, err := newDocument(ctx, name, hash, d, side, r.budget)
			if err == nil && document.Published.IsZero() && r.nameDate != "" {
				document.Published = date.OfName(fileOf(document.ID), r.nameDate)
			}
			return document, err
		}
		for part := range guarded(ctx, f, finish) {
			if part.err != nil {
				known := hash
				if errors.Is(part.err, format.ErrUnready) {
					known = "" // nothing is known of it
				}
				if !fail(known, part.name, part.err) {
					return
				}
				continue
			}
			if !yield(Result{Path: name, Hash: hash, Document: part.document}) {
				return
			}
			for _, err := range part.document.exceeded {
				if !fail(hash, part.name, err) {
					return
				}
			}
		}
	}
}

// fileOf returns the file that a document is a part of, in an archive perhaps.
func fileOf(id string) string {
	file, _, _ := strings.Cut(id, "#")
	return file
}

// fault is why a document could not be read.
type fault struct {
	document string
	err      error
}

func (f fault) Unwrap() error { return f.err }

// Error tells it in one line that can be read: libraries tell of each line of a
// file, and of the stack that they were at. What to do is at the end.
func (f fault) Error() string {
	const begin, end, least = 200, 120, 8 // characters; bytes a character has at most, and some
	reason := f.err.Error()
	if len(reason) > least*(begin+end) {
		reason = reason[:least*begin] + reason[len(reason)-least*end:]
	}
	runes := []rune(strings.Join(strings.Fields(strings.ToValidUTF8(reason, "")), " "))
	if len(runes) > begin+end {
		runes = slices.Concat(runes[:begin], []rune(" … "), runes[len(runes)-end:])
	}
	return "reading " + f.document + ": " + string(runes)
}

// hashOf is the hash of a file with its sidecar.
func hashOf(data, side []byte) string {
	h := sha256.New()
	h.Write(data)
	if side != nil {
		h.Write([]byte(SidecarSuffix))
		h.Write(side)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// readStable reads a file that does not change meanwhile; it tries twice.
func readStable(fsys fs.FS, name string) ([]byte, error) {
	data, err := readOnce(fsys, name)
	if errors.Is(err, errChanged) {
		data, err = readOnce(fsys, name)
	}
	return data, err
}

func readOnce(fsys fs.FS, name string) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, fmt.Errorf("%w; check that it is there and may be read", plainError(err))
	}
	defer f.Close()
	before, err := f.Stat()
	if err != nil {
		return nil, plainError(err)
	}
	if most := format.MaxSize(name); before.Size() > most {
		return nil, fmt.Errorf("%w: %d MB, and of this kind at most %d are read; split it", format.ErrTooBig, before.Size()>>20, most>>20)
	}
	data := make([]byte, 0, before.Size()+1)
	for {
		n, err := f.Read(data[len(data):cap(data)])
		data = data[:len(data)+n]
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, plainError(err)
		}
		if len(data) == cap(data) {
			return nil, errChanged // it grew
		}
	}
	after, err := f.Stat()
	if err != nil || after.Size() != int64(len(data)) || !after.ModTime().Equal(before.ModTime()) {
		return nil, errChanged
	}
	return data, nil
}

// part is a document of a file, or why there is none.
type part struct {
	name     string // as in format.Document
	document *Document
	err      error
}

// guarded reads the documents of a file and finishes them, each within its
// time, and turns a panic over one into its error. What takes longer is ended,
// by its context; one that works long has more while it tells so. The time that
// the documents wait to be taken does not count.
func guarded(ctx context.Context, f format.File, finish func(ctx context.Context, d format.Document, alive func()) (*Document, error)) iter.Seq[part] {
	return func(yield func(part) bool) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		parts, alive := make(chan part), make(chan struct{}, 1)
		f.Alive = func() {
			select {
			case alive <- struct{}{}:
			default:
			}
		}
		go func() {
			defer close(parts)
			err := recovered(func() error {
				for d, err := range format.Read(ctx, f) {
					p := part{name: d.Part, err: err}
					if err == nil {
						p.err = recovered(func() (err error) { p.document, err = finish(ctx, d, f.Alive); return err })
					}
					if !send(ctx, parts, p) {
						return nil
					}
				}
				return nil
			})
			if err != nil {
				send(ctx, parts, part{err: err})
			}
		}()
		clock := time.NewTimer(maxTime)
		defer clock.Stop()
		for {
			select {
			case p, ok := <-parts:
				if !ok || !yield(p) {
					return
				}
				clock.Reset(maxTime)
			case <-alive:
				clock.Reset(maxTime)
			case <-clock.C:
				cancel()
				ended(parts)
				yield(part{err: ErrGivenUp})
				return
			case <-ctx.Done():
				return
			}
		}
	}
}

// ended waits until what was cancelled has ended, so that its memory is free for
// what comes next. What does not ask is left behind after a while.
func ended(parts <-chan part) {
	late := time.After(maxEnding)
	for {
		select {
		case _, more := <-parts:
			if !more {
				return
			}
		case <-late:
			return
		}
	}
}

// recovered makes an error of a panic in f.
func recovered(f func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("it is damaged, or not of the kind its name tells (%v); save it again", p)
		}
	}()
	return f()
}
