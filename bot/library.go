package main

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"sync/atomic"

	"attache/bot/command"
	"attache/corpus"
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
	if ix, err := index.Open(l.dir); err == nil {
		l.current.Store(ix)
		return nil
	}
	_, err := l.reindex(ctx, func(command.Progress) {})
	return err
}

// reindex reads the documents anew and takes up the new index.
func (l *library) reindex(ctx context.Context, show func(command.Progress)) ([]corpus.Result, error) {
	report, err := index.Build(ctx, l.dir, l.docs, index.Options{Progress: func(p index.Progress) {
		show(command.Progress{Done: p.Done, Total: p.Total})
	}})
	if err != nil {
		return nil, err
	}
	var results []corpus.Result
	for _, e := range report.Entries {
		if e.Status != index.Removed {
			results = append(results, corpus.Result{Path: e.Document, Err: e.Err})
		}
	}
	if ix := l.current.Load(); ix != nil {
		return results, ix.Refresh()
	}
	ix, err := index.Open(l.dir)
	if err != nil {
		return results, err
	}
	l.current.Store(ix)
	return results, nil
}

func (l *library) close() {
	if ix := l.current.Load(); ix != nil {
		ix.Close()
	}
	if l.temporary {
		os.RemoveAll(l.dir)
	}
}
