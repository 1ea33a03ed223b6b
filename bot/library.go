package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"sync/atomic"
	"time"

	"attache/bot/state"
	"attache/index"
)

// library is the corpus with its index.
type library struct {
	docs      fs.FS
	dir       string // of the index; empty: a temporary one
	temporary bool
	full      bool         // read also what did not change
	state     *state.Store // knows the removed documents; nil where nothing is kept
	stateless error        // why nothing is kept though it should be: answers don't need it, a reading does
	current   atomic.Pointer[index.Index]
}

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

// open takes up the index in its folder, or makes it.
func (l *library) open(ctx context.Context) error {
	if err := l.prepare(); err != nil {
		return err
	}
	for {
		ix, err := index.Open(l.dir)
		if !errors.Is(err, index.ErrNone) {
			l.current.Store(ix)
			return err
		}
		if _, err = l.reindex(ctx, nil); !errors.Is(err, index.ErrBusy) {
			return err
		}
		select { // another process makes it
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(200 * time.Millisecond):
		}
	}
}

// reindex reads what changed of the documents, and takes up the new index.
func (l *library) reindex(ctx context.Context, show func(index.Progress)) (*index.Report, error) {
	skip, err := l.skip()
	if err != nil {
		return nil, err
	}
	report, err := index.Build(ctx, l.dir, l.docs, index.Options{Progress: show, Full: l.full, Skip: skip})
	if err != nil {
		return nil, err
	}
	if ix := l.current.Load(); ix != nil {
		return report, ix.Refresh()
	}
	ix, err := index.Open(l.dir)
	if err != nil {
		return nil, err
	}
	if !l.current.CompareAndSwap(nil, ix) {
		ix.Close()
	}
	return report, nil
}

// skip tells the documents that were removed from the rest.
func (l *library) skip() (func(string) bool, error) {
	if l.state == nil {
		return nil, l.stateless
	}
	removed, err := l.state.Removed()
	return func(document string) bool { return slices.Contains(removed, document) }, err
}

func (l *library) close() {
	if ix := l.current.Load(); ix != nil {
		ix.Close()
	}
	if l.temporary {
		os.RemoveAll(l.dir)
	}
}
