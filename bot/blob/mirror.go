package blob

import (
	"context"
	"crypto/md5"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"maps"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/gofrs/flock"
	"golang.org/x/sync/errgroup"
)

// Mirror keeps a folder on the local disk the same as the objects below a place in
// a store: the documents, with what describes them. Files are called as the objects
// are, below the place.
type Mirror struct {
	bucket *Bucket
	dir    string
	most   int64
	log    *slog.Logger
}

// NewMirror returns a mirror of the objects of b, limited to most bytes, in a folder of
// its own below dir.
func NewMirror(b *Bucket, dir string, most int64, log *slog.Logger) *Mirror {
	name := b.name + "-" + digest([]byte(b.config.Endpoint + " " + b.String()))[:8]
	return &Mirror{b, filepath.Join(dir, name), most, log}
}

// Folder is where the files are. Whoever changes them changes the objects first, by
// [Mirror.Put] and [Mirror.Remove].
func (m *Mirror) Folder() string { return filepath.Join(m.dir, "files") }

// The rest of a mirror's folder.
func (m *Mirror) arriving() string { return filepath.Join(m.dir, "arriving") }
func (m *Mirror) known() string    { return filepath.Join(m.dir, "objects.json") }

// Put makes an object, or replaces it. The file is the caller's to write, after.
func (m *Mirror) Put(ctx context.Context, name string, data []byte) error {
	return m.bucket.put(ctx, name, data)
}

// Add makes an object unless there is one; fresh is false where there is. The file is
// the caller's.
func (m *Mirror) Add(ctx context.Context, name string, data []byte) (fresh bool, err error) {
	err = m.bucket.add(ctx, name, data)
	if errors.Is(err, errExists) {
		return false, nil
	}
	return err == nil, err
}

// Remove removes an object. The file is the caller's to remove, after.
func (m *Mirror) Remove(ctx context.Context, name string) error { return m.bucket.remove(ctx, name) }

// ErrEmpty means that there is nothing below a place, where there was something.
var ErrEmpty = errors.New("there are no documents any more")

// Changes are what a mirror took over.
type Changes struct {
	Fetched, Removed int
}

// Sync makes the folder the same as the place: it fetches the objects that are new
// or have changed, and removes the files of those that are gone. A file is there
// whole or not at all; whatever fails, the rest stays as it was and the next Sync
// goes on from there. One process at a time syncs a mirror, others wait. Where nothing
// is left at all the error is [ErrEmpty], unless mayEmpty says that this is meant.
func (m *Mirror) Sync(ctx context.Context, mayEmpty bool) (c Changes, err error) {
	if err := os.MkdirAll(m.Folder(), 0o755); err != nil {
		return c, fmt.Errorf("making the folder for the documents of %s: %w", m.bucket, err)
	}
	lock := flock.New(filepath.Join(m.dir, "lock"))
	if _, err := lock.TryLockContext(ctx, 100*time.Millisecond); err != nil {
		return c, fmt.Errorf("waiting for another process that fetches the documents of %s: %w", m.bucket, err)
	}
	defer lock.Unlock()
	s := &syncing{Mirror: m, had: map[string]mirrored{}, has: map[string]mirrored{}}
	if err := s.load(); err != nil {
		return c, err
	}
	if err = s.sync(ctx, mayEmpty); err == nil {
		s.had = nil
	}
	if errors.Is(err, syscall.ENOSPC) {
		err = fmt.Errorf("%w; make room on the disk of %s", err, m.dir)
	}
	return s.changes, errors.Join(err, s.save())
}

// Refresh is [Mirror.Sync] of a place that is not meant to be empty.
func (m *Mirror) Refresh(ctx context.Context) error {
	_, err := m.Sync(ctx, false)
	return err
}

// mirrored is what is known of an object whose file is there.
type mirrored struct {
	ETag     string    `json:"etag"` // some stores have none for files that were put there beside them
	Modified time.Time `json:"modified"`
	Size     int64     `json:"size"`
	Written  time.Time `json:"written"` // when the file was last changed
}

// syncing is one sync.
type syncing struct {
	*Mirror
	had     map[string]mirrored // by name, from the sync before
	mu      sync.Mutex
	has     map[string]mirrored
	changes Changes
}

// load reads what the sync before knew, and clears away what it left when it was
// killed. Where that is damaged, all is compared anew.
func (s *syncing) load() error {
	err := os.RemoveAll(s.arriving())
	if err == nil {
		err = os.Mkdir(s.arriving(), 0o755)
	}
	if err != nil {
		return fmt.Errorf("making room for the documents of %s: %w", s.bucket, err)
	}
	data, err := os.ReadFile(s.known())
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("reading which documents of %s are here: %w", s.bucket, err)
	}
	if json.Unmarshal(data, &s.had) != nil {
		s.had = map[string]mirrored{}
	}
	return nil
}

// save writes what is known now: of what this sync didn't come to, what was known.
func (s *syncing) save() error {
	all := maps.Clone(s.has)
	for name, had := range s.had {
		if _, ok := all[name]; !ok {
			all[name] = had
		}
	}
	data, err := json.Marshal(all)
	if err == nil {
		next := s.known() + ".new"
		if err = os.WriteFile(next, data, 0o644); err == nil {
			err = os.Rename(next, s.known())
		}
	}
	if err != nil {
		return fmt.Errorf("writing which documents of %s are here: %w", s.bucket, err)
	}
	return nil
}

func (s *syncing) sync(ctx context.Context, mayEmpty bool) error {
	there := map[string]bool{}
	var wanted []Object
	var total int64
	for o, err := range s.bucket.list(ctx, "") {
		if err != nil {
			return err
		}
		if strings.HasSuffix(o.Name, "/") && o.Size == 0 {
			continue // how some programs show a folder
		}
		if !canBeFile(o.Name) {
			s.log.Warn("an object can't be a file here and is left out; give it another name", "object", s.bucket.String()+"/"+o.Name)
			continue
		}
		there[o.Name] = true
		if total += o.Size; total > s.most {
			return fmt.Errorf("fetching the documents of %s: they have more than %d GiB together; raise s3.mirror_max, or name a narrower prefix", s.bucket, s.most>>30)
		}
		if !s.isHere(o) {
			wanted = append(wanted, o)
		}
	}
	if len(there) == 0 && len(s.had) > 0 && !mayEmpty {
		return fmt.Errorf("fetching the documents of %s: %w, and what is here stays; see that the place is the right one, or empty it by a reindex in full", s.bucket, ErrEmpty)
	}
	if err := s.removeOthers(ctx, there); err != nil {
		return err
	}
	if len(wanted) > 0 {
		s.log.Info("documents are fetched", "from", s.bucket.String(), "objects", len(wanted))
	}
	return s.fetch(ctx, wanted)
}

// canBeFile reports whether the name of an object can be that of a file below a folder
// on this system.
func canBeFile(name string) bool {
	local, err := filepath.Localize(name)
	return err == nil && local != "." && !strings.Contains(name, "\\") && len(path.Base(name)) <= 255
}

// isHere reports whether the file of an object is here, as the object is now, and
// notes that it is.
func (s *syncing) isHere(o Object) bool {
	info, err := os.Lstat(s.path(o.Name))
	if err != nil || !info.Mode().IsRegular() || info.Size() != o.Size {
		return false
	}
	had, ok := s.had[o.Name]
	if !ok || had.ETag != o.ETag || !had.Modified.Equal(o.Modified) || had.Size != o.Size || !had.Written.Equal(info.ModTime()) {
		// It may have been written beside the mirror, or by a sync that was killed.
		if sum, err := md5File(s.path(o.Name)); err != nil || sum != o.ETag {
			return false
		}
	}
	s.note(o, info)
	return true
}

func (s *syncing) note(o Object, info fs.FileInfo) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.has[o.Name] = mirrored{o.ETag, o.Modified, o.Size, info.ModTime()}
}

func (s *syncing) path(name string) string {
	return filepath.Join(s.Folder(), filepath.FromSlash(name))
}

// md5File is the ETag that stores give an object which was written at once and is
// not encrypted.
func md5File(name string) (string, error) {
	in, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer in.Close()
	h := md5.New()
	_, err = io.Copy(h, in)
	return hex.EncodeToString(h.Sum(nil)), err
}

// removeOthers removes the files that are not among those to be there.
func (s *syncing) removeOthers(ctx context.Context, there map[string]bool) error {
	err := filepath.WalkDir(s.Folder(), func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(s.Folder(), file)
		name := filepath.ToSlash(rel)
		if err != nil || there[name] || isPartial(name) {
			return err
		}
		return s.removeOther(ctx, name)
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("removing what is gone from %s: %w", s.bucket, err)
	}
	return nil
}

// isPartial reports whether a file is being written, beside the mirror.
func isPartial(name string) bool {
	return strings.HasPrefix(path.Base(name), ".") && strings.HasSuffix(name, ".partial")
}

// removeOther removes a file whose object was not listed. One that the sync before
// didn't know may be of an object that has come since the listing.
func (s *syncing) removeOther(ctx context.Context, name string) error {
	if _, known := s.had[name]; !known {
		switch _, err := s.bucket.stat(ctx, name); {
		case err == nil:
			return nil
		case !errors.Is(err, ErrMissing):
			return err
		}
	}
	if err := os.Remove(s.path(name)); err != nil {
		return err
	}
	for d := path.Dir(name); d != "." && os.Remove(s.path(d)) == nil; {
		d = path.Dir(d) // folders go with the last that was in them
	}
	delete(s.had, name)
	s.changes.Removed++
	return nil
}

// fetch fetches objects, side by side.
func (s *syncing) fetch(ctx context.Context, wanted []Object) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(fetchedAtOnce)
	for _, o := range wanted {
		group.Go(func() error {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			err := s.one(ctx, o)
			switch {
			case errors.Is(err, ErrMissing): // it is gone again
				return nil
			case errors.Is(err, syscall.ENOTDIR), errors.Is(err, syscall.EISDIR), errors.Is(err, fs.ErrExist):
				s.log.Warn("an object is called as a folder of others and is left out; give it another name", "object", s.bucket.String()+"/"+o.Name)
				return nil
			}
			return err
		})
	}
	return group.Wait()
}

// one fetches an object.
func (s *syncing) one(ctx context.Context, o Object) error {
	to := s.path(o.Name)
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	if info, err := os.Stat(to); err == nil && info.IsDir() {
		return &fs.PathError{Op: "write", Path: to, Err: fs.ErrExist}
	}
	out, err := os.CreateTemp(s.arriving(), "*")
	if err != nil {
		return fmt.Errorf("fetching %s/%s: %w", s.bucket, o.Name, err)
	}
	defer os.Remove(out.Name())
	defer out.Close()
	err = s.bucket.get(ctx, o.Name, func(r io.Reader) error {
		if err := errors.Join(out.Truncate(0), rewind(out)); err != nil {
			return err
		}
		n, err := io.Copy(out, io.LimitReader(r, s.most))
		o.Size = n
		return err
	})
	if err := errors.Join(err, out.Chmod(0o644), out.Close()); err != nil {
		return fmt.Errorf("fetching %s/%s: %w", s.bucket, o.Name, err)
	}
	if err := step("mirror"); err != nil {
		return err
	}
	if err := os.Rename(out.Name(), to); err != nil {
		return fmt.Errorf("fetching %s/%s: %w", s.bucket, o.Name, err)
	}
	info, err := os.Stat(to)
	if err != nil {
		return err
	}
	s.note(o, info)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.changes.Fetched++
	return nil
}

func rewind(f *os.File) error {
	_, err := f.Seek(0, io.SeekStart)
	return err
}
