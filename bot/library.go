package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"example.org/attache/bot/blob"
	"example.org/attache/bot/state"
	"example.org/attache/corpus"
	"example.org/attache/index"
)

// library is the corpus with its index.
type library struct {
	docs      fs.FS
	folder    string       // of the documents, or their place in a store; empty: the built-in ones
	mirror    *blob.Mirror // brings the documents of a store to docs; nil where they are in a folder
	dir       string       // of the index; empty: a temporary one
	temporary bool
	reading   corpus.Options
	full      bool        // read also what did not change
	state     state.Store // knows the removed documents; nil where nothing is kept
	stateless error       // why nothing is kept though it should be: answers don't need it, a reading does
	node      *node       // this process among several; nil: there is only one
	current   atomic.Pointer[index.Index]
	renewed   func() // is told when the index is another; may be nil

	settle  sync.Once
	settled chan struct{} // closed once it is open, or known that it has to be made first
}

func newLibrary(docs fs.FS, folder, dir string, reading corpus.Options) *library {
	return &library{docs: docs, folder: folder, dir: dir, reading: reading, settled: make(chan struct{})}
}

// wait waits while the index is being opened, and while that of the built-in
// documents is being made, which takes a moment.
func (l *library) wait(ctx context.Context) {
	select {
	case <-l.settled:
	case <-ctx.Done():
	}
}

func (l *library) isSettled() { l.settle.Do(func() { close(l.settled) }) }

// index is what answers; nil until there is one.
func (l *library) index() *index.Index { return l.current.Load() }

// prepare makes the temporary folder of an index that is not kept.
func (l *library) prepare() error {
	if l.dir != "" {
		return nil
	}
	dir, err := os.MkdirTemp("", "attache-")
	if err != nil {
		return fmt.Errorf("making a temporary index: %w", err)
	}
	l.dir, l.temporary = dir, true
	return nil
}

// open takes up the index in its folder. One that is missing, can't be read or
// was made from another folder of documents is made first, and the report says
// what of; else there is none.
func (l *library) open(ctx context.Context, show func(index.Progress)) (*index.Report, error) {
	if l.node != nil {
		return nil, l.node.open(ctx)
	}
	defer l.isSettled()
	if err := l.prepare(); err != nil {
		return nil, err
	}
	for {
		ix, err := index.Open(l.dir)
		switch {
		case err == nil && l.isOurs():
			l.current.Store(ix)
			return nil, nil
		case err == nil:
			ix.Close()
		case !errors.Is(err, index.ErrNone):
			return nil, err
		}
		if l.folder != "" {
			l.isSettled()
		}
		report, err := l.reindex(ctx, show)
		if !errors.Is(err, index.ErrBusy) {
			return report, err
		}
		select { // another process makes it
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(200 * time.Millisecond):
		}
	}
}

// reindex reads what changed of the documents, and takes up the new index.
func (l *library) reindex(ctx context.Context, show func(index.Progress)) (*index.Report, error) {
	if l.node != nil {
		return l.node.reindex(ctx, show)
	}
	return l.build(ctx, show)
}

// build makes an index on this disk.
func (l *library) build(ctx context.Context, show func(index.Progress)) (*index.Report, error) {
	mayEmpty := l.full || !l.isOurs() // another folder was asked for
	if err := l.fetch(ctx, mayEmpty); err != nil {
		return nil, err
	}
	report, err := index.Build(ctx, l.dir, l.docs, index.Options{
		Progress: show, Full: l.full, Skip: l.skip, Reading: l.reading,
		MayEmpty: mayEmpty,
	})
	if err != nil {
		return nil, err
	}
	if err := errors.Join(l.note(), l.noteFailures(report)); err != nil {
		return nil, err
	}
	return report, l.takeUp()
}

// takeUp answers from the newest index on this disk from now on.
func (l *library) takeUp() error {
	if l.renewed != nil {
		defer l.renewed()
	}
	if ix := l.current.Load(); ix != nil {
		return ix.Refresh()
	}
	ix, err := index.Open(l.dir)
	if err != nil {
		return err
	}
	if !l.current.CompareAndSwap(nil, ix) {
		ix.Close()
	}
	return nil
}

// fetch brings the documents of a store to this disk, where they are in one.
func (l *library) fetch(ctx context.Context, mayEmpty bool) error {
	if l.mirror == nil {
		return nil
	}
	_, err := l.mirror.Sync(ctx, mayEmpty)
	return err
}

// fromFile is the file beside an index that names the folder of documents that
// it was made from.
const fromFile = "made-from"

// isOurs reports whether the index was made from these documents, as far as is
// known.
func (l *library) isOurs() bool {
	from, err := os.ReadFile(filepath.Join(l.dir, fromFile))
	return err != nil || string(from) == l.from()
}

// note writes down what the index was made from.
func (l *library) note() error {
	name := filepath.Join(l.dir, fromFile)
	if have, err := os.ReadFile(name); err == nil && string(have) == l.from() {
		return nil
	}
	if err := os.WriteFile(name, []byte(l.from()), 0o600); err != nil {
		return fmt.Errorf("writing what the index was made from: %w", err)
	}
	return nil
}

func (l *library) from() string {
	switch {
	case l.folder == "":
		return "the built-in documents"
	case l.mirror != nil:
		return l.folder
	}
	if abs, err := filepath.Abs(l.folder); err == nil {
		return abs
	}
	return l.folder
}

// skip tells the documents that were removed from the rest.
func (l *library) skip() (func(string) bool, error) {
	if l.state == nil {
		return nil, l.stateless
	}
	removed, err := l.state.Removed()
	return state.KeptOut(removed), err
}

func (l *library) close() {
	if ix := l.current.Load(); ix != nil {
		ix.Close()
	}
	if l.temporary {
		os.RemoveAll(l.dir)
	}
}
