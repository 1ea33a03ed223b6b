// Package disk makes changes to files that survive a crash: what it wrote is
// synced before it says so, and every change passes one gate where a test can
// stop the process or refuse the change.
package disk

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Gate, when not nil, is asked before each change with what is about to be
// done ("write", "sync", "rename", …) and to which path. An error stops the
// change. Only tests set it.
var Gate func(op, path string) error

func pass(op, path string) error {
	if Gate == nil {
		return nil
	}
	return Gate(op, path)
}

// Write makes the file path with the given content and syncs it.
func Write(path string, data []byte) error {
	if err := pass("write", path); err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	f, err := create(path)
	if err != nil {
		return fmt.Errorf("writing: %w", err)
	}
	_, err = f.Write(data)
	if err == nil {
		err = pass("sync", path)
	}
	if err == nil {
		err = f.Sync()
	}
	if err := errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	return nil
}

// Create makes an empty file; it is the caller's to write and to sync.
func Create(path string) (*os.File, error) {
	if err := pass("create", path); err != nil {
		return nil, fmt.Errorf("making %s: %w", path, err)
	}
	return create(path)
}

// create makes an empty file that nobody but its owner can read: what is made
// of documents is as private as they are.
func create(path string) (*os.File, error) {
	return os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o600)
}

// Sync flushes a file, or the entries of a folder, to the disk.
func Sync(path string) error {
	if err := pass("sync", path); err != nil {
		return fmt.Errorf("syncing %s: %w", path, err)
	}
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("syncing: %w", err)
	}
	err = f.Sync()
	if errors.Is(err, errors.ErrUnsupported) {
		err = nil // some systems can't sync a folder
	}
	if err := errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("syncing %s: %w", path, err)
	}
	return nil
}

// Names returns what in a folder matches a pattern, in order. Its own path may
// hold signs that a pattern gives a meaning to.
func Names(folder, pattern string) ([]string, error) { return fs.Glob(os.DirFS(folder), pattern) }

// Rename moves from to to within one folder and syncs the folder.
func Rename(from, to string) error {
	if err := pass("rename", to); err != nil {
		return fmt.Errorf("renaming %s: %w", from, err)
	}
	if err := os.Rename(from, to); err != nil {
		return fmt.Errorf("renaming: %w", err)
	}
	return Sync(filepath.Dir(to))
}

// Share makes to the same file as from, which nobody changes any more: a hard
// link, or a copy where the file system has none.
func Share(from, to string) error {
	if err := pass("link", to); err != nil {
		return fmt.Errorf("linking %s: %w", to, err)
	}
	if err := os.Link(from, to); err == nil || errors.Is(err, fs.ErrExist) || errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return Copy(from, to)
}

// Copy makes to a copy of from and syncs it.
func Copy(from, to string) error {
	if err := pass("copy", to); err != nil {
		return fmt.Errorf("copying %s: %w", from, err)
	}
	in, err := os.Open(from)
	if err != nil {
		return fmt.Errorf("copying: %w", err)
	}
	defer in.Close()
	out, err := create(to)
	if err != nil {
		return fmt.Errorf("copying: %w", err)
	}
	_, err = io.Copy(out, in)
	if err == nil {
		err = out.Sync()
	}
	if err := errors.Join(err, out.Close()); err != nil {
		return fmt.Errorf("copying %s: %w", from, err)
	}
	return nil
}

// MakeFolder makes a folder and those above it.
func MakeFolder(path string) error {
	if err := pass("mkdir", path); err != nil {
		return fmt.Errorf("making the folder %s: %w", path, err)
	}
	return os.MkdirAll(path, 0o700)
}

// Remove removes a file, or a folder with all that is in it.
func Remove(path string) error {
	if err := pass("remove", path); err != nil {
		return fmt.Errorf("removing %s: %w", path, err)
	}
	return os.RemoveAll(path)
}
