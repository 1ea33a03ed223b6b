package main

import (
	"context"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"attache/index"
)

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
	time.Sleep(50 * time.Millisecond) // for the watcher to be there; a change before it is not lost, only not seen

	write := func(name string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte("text"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	await := func(n int32) {
		t.Helper()
		for {
			select {
			case got := <-updated:
				if got == n {
					return
				}
			case <-time.After(10 * time.Second):
				t.Fatalf("update %d doesn't come", n)
			}
		}
	}
	for range 5 { // many changes are one update
		write("new/folder/a.txt")
	}
	await(2)
	write("new/folder/b.txt") // in a folder that came while watching
	await(3)
	if err := os.Remove(filepath.Join(dir, "new/folder/b.txt")); err != nil {
		t.Fatal(err)
	}
	await(4)
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}
