package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"example.org/attache/index"
)

func TestWatchFollowsALinkAndReadsWhatNeverSettles(t *testing.T) {
	folder := t.TempDir()
	link := filepath.Join(t.TempDir(), "documents")
	if err := os.Symlink(folder, link); err != nil {
		t.Skip("needs links:", err)
	}
	ctx, stop := context.WithCancel(t.Context())
	updated, ended := make(chan bool, 1), make(chan error)
	go func() {
		ended <- watch(ctx, link, 50*time.Millisecond, func(context.Context) error {
			select {
			case updated <- true:
			default:
			}
			return nil
		})
	}()
	f, err := os.Create(filepath.Join(folder, "log.txt"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	deadline := time.After(10 * time.Second)
	for grown := false; !grown; {
		f.WriteString("more\n")
		select {
		case grown = <-updated:
		case <-time.After(5 * time.Millisecond):
		case <-deadline:
			t.Fatal("a file that grows all the time is never read")
		}
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func TestWatchReadsAfterChanges(t *testing.T) {
	dir := t.TempDir()
	ctx, stop := context.WithCancel(t.Context())
	var updates atomic.Int32
	updated, ended := make(chan int32, 100), make(chan error)
	go func() {
		ended <- watch(ctx, dir, 50*time.Millisecond, func(context.Context) error {
			n := updates.Add(1)
			updated <- n
			if n == 1 {
				return index.ErrBusy // is tried again
			}
			return nil
		})
	}()
	write := func(name string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte("text"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	await := func(n int32, change func()) {
		t.Helper()
		for range 100 {
			change() // again and again: the watcher may not be there yet
			select {
			case got := <-updated:
				if got >= n {
					return
				}
			case <-time.After(200 * time.Millisecond):
			}
		}
		t.Fatalf("update %d doesn't come", n)
	}
	await(2, func() { write("new/folder/a.txt") })
	n := updates.Load()
	await(n+1, func() { write("new/folder/b.txt") }) // in a folder that came while watching
	n = updates.Load()
	await(n+1, func() { os.Remove(filepath.Join(dir, "new/folder/b.txt")) })
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// A folder so deep that no path leads there can't be watched.
func TestWatchPassesOverWhatCannotBeWatched(t *testing.T) {
	dir, name := t.TempDir(), strings.Repeat("d", 200)
	deep, err := os.OpenRoot(dir)
	for range 25 {
		if err == nil {
			err = deep.Mkdir(name, 0o755)
		}
		if err == nil {
			deep, err = deep.OpenRoot(name)
		}
	}
	if err != nil {
		t.Skip("needs deep folders:", err)
	}
	ctx, stop := context.WithCancel(t.Context())
	updated, ended := make(chan bool, 1), make(chan error, 1)
	go func() {
		ended <- watch(ctx, dir, 50*time.Millisecond, func(context.Context) error {
			stop()
			updated <- true
			return nil
		})
	}()
	for range 100 {
		if err := os.WriteFile(filepath.Join(dir, "a.txt"), []byte("text"), 0o644); err != nil {
			t.Fatal(err)
		}
		select {
		case <-updated:
			if err := <-ended; err != nil {
				t.Error(err)
			}
			return
		case err := <-ended:
			t.Fatal("the folders beside it are not watched either:", err)
		case <-time.After(200 * time.Millisecond):
		}
	}
	t.Fatal("the file beside it is never read")
}
