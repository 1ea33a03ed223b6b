package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"path/filepath"
	"time"

	"github.com/fsnotify/fsnotify"

	"example.org/attache/index"
)

// settle is how long a folder must be quiet before it is read: a document that
// is being copied changes many times. One that never settles is read all the
// same, after longest such times.
const (
	settle  = 2 * time.Second
	longest = 30
)

// watch calls update soon after something changed below the folder dir, until
// ctx is done. A link to a folder is followed.
func watch(ctx context.Context, dir string, settle time.Duration, update func(context.Context) error) error {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return fmt.Errorf("watching %s (corpus.watch): %w", dir, err)
	}
	defer w.Close()
	if dir, err = filepath.EvalSymlinks(dir); err != nil {
		return fmt.Errorf("watching the documents (corpus.watch): %w", err)
	}
	if err := watchTree(w, dir); err != nil {
		return err
	}
	quiet := time.NewTimer(settle)
	quiet.Stop()
	var since time.Time // when the first change was seen that is not read yet
	for {
		select {
		case <-ctx.Done():
			return nil
		case e := <-w.Events:
			if e.Op == fsnotify.Chmod {
				continue
			}
			if e.Has(fsnotify.Create) {
				if err := watchTree(w, e.Name); err != nil {
					slog.Warn("a new folder is not watched", "error", err)
				}
			}
			if since.IsZero() {
				since = time.Now()
			}
			quiet.Reset(min(settle, max(0, time.Until(since.Add(longest*settle)))))
		case err := <-w.Errors: // events were lost: read everything
			slog.Warn("watching the corpus", "error", err)
			quiet.Reset(settle)
		case <-quiet.C:
			since = time.Time{}
			err := update(ctx)
			switch {
			case errors.Is(err, index.ErrBusy):
				quiet.Reset(settle)
			case err != nil && ctx.Err() == nil:
				slog.Error("the documents changed and could not be read", "error", err)
			}
		}
	}
}

// watchTree watches a folder with all its folders. What is gone again, or is
// no folder, is passed over; so are folders within it that can't be watched,
// which is told.
func watchTree(w *fsnotify.Watcher, dir string) error {
	missed, why := 0, error(nil)
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) || err == nil && !d.IsDir() {
			return nil
		}
		if err == nil {
			err = w.Add(name)
		}
		switch {
		case err == nil:
			return nil
		case name == dir:
			return fmt.Errorf("watching %s (corpus.watch): %w", name, err)
		}
		missed, why = missed+1, cmp.Or(why, err)
		return fs.SkipDir
	})
	if missed > 0 {
		slog.Warn("folders are not watched; what changes there is read with the next reindex", "folders", missed, "error", why)
	}
	return err
}
