package blob

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"golang.org/x/sync/errgroup"

	"example.org/attache/corpus/lean"
	"example.org/attache/index"
)

// fetchedFolder is the folder in that of an index that holds blobs until the
// generation is complete, so that a pull that was killed is resumed.
const fetchedFolder = "fetched"

// Pull makes a stored generation the newest in the folder dir of an index. It
// fetches only what no generation there holds, and checks every byte; the new
// generation is there in one rename, or not at all. The error is
// [index.ErrOtherRelease] where this program can't read it.
func (g *Generations) Pull(ctx context.Context, ref, dir string) (moved Moved, err error) {
	defer lean.Enter()() // of a node that answers meanwhile
	r, err := g.recipe(ctx, ref)
	if err != nil {
		return moved, err
	}
	if r.Index != index.Format() {
		return moved, fmt.Errorf("fetching the generation %s: it has the format %s, this program reads %s: %w", ref, r.Index, index.Format(), index.ErrOtherRelease)
	}
	local, err := index.Generations(dir)
	if err != nil {
		return moved, err
	}
	p := &pull{Generations: g, blobs: filepath.Join(dir, fetchedFolder), local: local}
	err = index.Adopt(dir, r.Number, func(folder string) error { return p.fill(ctx, r, folder) })
	if errors.Is(err, syscall.ENOSPC) {
		err = fmt.Errorf("%w; make room on the disk of %s: a new generation needs twice its size for a moment", err, dir)
	}
	if err != nil {
		return p.moved, fmt.Errorf("fetching the generation %s: %w", ref, err)
	}
	if err := os.RemoveAll(p.blobs); err != nil {
		return p.moved, fmt.Errorf("clearing away what was fetched: %w", err)
	}
	return p.moved, nil
}

// pull is one pull.
type pull struct {
	*Generations
	blobs string // the folder of fetched blobs
	local []index.Generation
	moved Moved
}

// source is how a file is made: from one that is here, which is one of its versions.
type source struct {
	file
	here string // empty: from nothing
	at   int    // the version that is here; -1: none
}

// fill fills a folder with the files of a recipe.
func (p *pull) fill(ctx context.Context, r *recipe, folder string) error {
	sources := make([]source, len(r.Files))
	for i, f := range r.Files {
		sources[i] = p.find(f)
	}
	if err := p.fetch(ctx, sources); err != nil {
		return err
	}
	for _, s := range sources {
		if err := ctx.Err(); err != nil {
			return err
		}
		to := filepath.Join(folder, filepath.FromSlash(s.Name))
		if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
			return err
		}
		if err := p.make(s, to); err != nil {
			return err
		}
	}
	return nil
}

// find looks for the newest version of a file that is here. One that can't be read
// is as good as none.
func (p *pull) find(f file) source {
	best := source{f, "", -1}
	for _, g := range p.local {
		name := filepath.Join(g.Folder, filepath.FromSlash(f.Name))
		for i := len(f.Versions) - 1; i > best.at; i-- {
			if is, err := holds(name, f.Versions[i]); err == nil && is {
				best = source{f, name, i}
			}
		}
	}
	return best
}

// fetch fetches the blobs that sources lack, side by side.
func (p *pull) fetch(ctx context.Context, sources []source) error {
	if err := os.MkdirAll(p.blobs, 0o700); err != nil {
		return err
	}
	asked := map[string]bool{}
	moved := make(chan int64, fetchedAtOnce)
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(fetchedAtOnce)
	counted := make(chan struct{})
	go func() {
		defer close(counted)
		for n := range moved {
			p.moved.Blobs++
			p.moved.Bytes += n
		}
	}()
	for _, s := range sources {
		for _, v := range s.Versions[s.at+1:] {
			for _, b := range v.Pieces {
				if asked[b.Blob] {
					continue
				}
				asked[b.Blob] = true
				group.Go(func() error {
					n, err := p.blob(ctx, b)
					moved <- n
					return err
				})
			}
		}
	}
	err := group.Wait()
	close(moved)
	<-counted
	return err
}

// blob fetches a blob, unless an earlier pull has: n is how many bytes were moved.
func (p *pull) blob(ctx context.Context, b piece) (n int64, err error) {
	to := filepath.Join(p.blobs, b.Blob)
	if sum, _, err := sumFile(to); err == nil && sum == sumIn(b.Blob) {
		return 0, nil
	}
	if err := step("fetch"); err != nil {
		return 0, err
	}
	err = p.bucket.get(ctx, blobsFolder+b.Blob, func(r io.Reader) error {
		out, err := os.OpenFile(to, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
		if err != nil {
			return err
		}
		h := sha256.New()
		n, err = io.Copy(io.MultiWriter(out, h), io.LimitReader(r, b.Stored+1))
		if err = errors.Join(err, out.Close()); err != nil {
			return err
		}
		if hex.EncodeToString(h.Sum(nil)) != sumIn(b.Blob) {
			return fmt.Errorf("the blob %s is damaged in the store, or was on its way; a full reindex on the leader stores it anew", b.Blob)
		}
		return nil
	})
	return n, err
}

// make makes a file of what is here and of fetched blobs.
func (p *pull) make(s source, to string) error {
	last := len(s.Versions) - 1
	if s.at == last {
		return share(s.here, to)
	}
	from := s.here
	for i := s.at + 1; i <= last; i++ {
		next := to
		if i < last {
			next = filepath.Join(p.blobs, fmt.Sprintf("version-%d", i))
		}
		if err := p.assemble(s.Versions[i], from, next); err != nil {
			return fmt.Errorf("making %s: %w", s.Name, err)
		}
		if from != s.here {
			if err := os.Remove(from); err != nil {
				return err
			}
		}
		from = next
	}
	return nil
}

// assemble writes a version of a file to the file to; before is the version before.
func (p *pull) assemble(v version, before, to string) (err error) {
	if err := step("assemble"); err != nil {
		return err
	}
	var base *os.File
	if before != "" {
		if base, err = os.Open(before); err != nil {
			return err
		}
		defer base.Close()
	}
	out, err := os.OpenFile(to, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	h := sha256.New()
	for _, b := range v.Pieces {
		if err := p.append(io.MultiWriter(out, h), b, base); err != nil {
			return errors.Join(err, out.Close())
		}
	}
	if err := out.Close(); err != nil {
		return err
	}
	if hex.EncodeToString(h.Sum(nil)) != v.Sum {
		return errors.New("it is not what was stored; a full reindex on the leader stores it anew")
	}
	return nil
}

// append writes a piece.
func (p *pull) append(out io.Writer, b piece, base *os.File) error {
	data, err := os.ReadFile(filepath.Join(p.blobs, b.Blob))
	if err != nil {
		return err
	}
	var part []byte
	if b.Coding.differs() && base != nil {
		part = make([]byte, b.To-b.From)
		if _, err := base.ReadAt(part, b.From); err != nil {
			return err
		}
	}
	if data, err = p.coder.decode(b, data, part); err != nil {
		return err
	}
	_, err = out.Write(data)
	return err
}

// share makes to the same file as from, which nobody changes any more: a hard link,
// or a copy where the file system has none.
func share(from, to string) error {
	if err := os.Link(from, to); err == nil || errors.Is(err, fs.ErrExist) || errors.Is(err, fs.ErrNotExist) {
		return err
	}
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}
