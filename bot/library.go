package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sync/atomic"

	"attache/index"
)

// library is the corpus with its index.
type library struct {
	docs      fs.FS
	dir       string // of the index; empty: a temporary one
	temporary bool
	current   atomic.Pointer[index.Index]
}

// index is what answers; nil until there is one.
func (l *library) index() *index.Index { return l.current.Load() }

// open takes up the index in its folder, or makes it.
func (l *library) open(ctx context.Context) error {
	if l.dir == "" {
		dir, err := os.MkdirTemp("", "attache-")
		if err != nil {
			return fmt.Errorf("making a temporary index: %w", err)
		}
		l.dir, l.temporary = dir, true
	}
	ix, err := index.Open(l.dir)
	if errors.Is(err, index.ErrNone) {
		_, err = l.reindex(ctx, nil)
		return err
	}
	l.current.Store(ix)
	return err
}

// reindex reads what changed of the documents, and takes up the new index.
func (l *library) reindex(ctx context.Context, show func(index.Progress)) (*index.Report, error) {
	report, err := index.Build(ctx, l.dir, l.docs, index.Options{Progress: show})
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

func (l *library) close() {
	if ix := l.current.Load(); ix != nil {
		ix.Close()
	}
	if l.temporary {
		os.RemoveAll(l.dir)
	}
}
