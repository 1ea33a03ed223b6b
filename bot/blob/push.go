package blob

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"example.org/attache/corpus/lean"
	"example.org/attache/index"
)

// Generations stores generations of an index below a place in a store.
type Generations struct {
	bucket *Bucket
	coder  coder
	grace  time.Duration
}

// The most pieces that are coded and sent, and blobs that are fetched, at once:
// they bound the memory.
const (
	sentAtOnce    = 3
	fetchedAtOnce = 8
)

// grace is for how long what nothing refers to stays: an upload or a download
// under way may be about to need it.
const grace = 6 * time.Hour

// NewGenerations returns the generations that are stored below a place.
func NewGenerations(b *Bucket) *Generations {
	return &Generations{b, newCoder(sentAtOnce), grace}
}

// Moved is what a push or a pull has moved.
type Moved struct {
	Blobs int
	Bytes int64
}

// A file is stored as what changed for so many versions, as long as one change is less
// than a half of the whole and all together are less than it: who has none of the
// versions fetches all of them.
const (
	maxVersions = 8
	maxChange   = 0.5
	maxChanged  = 1
)

// Push stores the newest generation in the folder dir of an index, and returns the
// reference to it. Only what the stored generation base doesn't hold is moved; base
// may be empty. What a push that failed has stored already, the next one finds.
// Nothing refers to the new generation before the reference is published.
func (g *Generations) Push(ctx context.Context, dir, base string) (ref string, moved Moved, err error) {
	defer lean.Enter()() // of a node that answers meanwhile
	// One that takes longer could refer to blobs that are collected meanwhile.
	ctx, cancel := context.WithTimeoutCause(ctx, g.grace/2, errors.New("storing the generation takes too long"))
	defer cancel()
	all, err := index.Generations(dir)
	if err != nil {
		return "", moved, err
	}
	if len(all) == 0 {
		return "", moved, fmt.Errorf("storing the index in %s: %w", dir, index.ErrNone)
	}
	p := &push{Generations: g, from: all[0].Folder, known: map[string]string{}}
	if err := p.takeBase(ctx, base, all); err != nil {
		return "", moved, err
	}
	made := &recipe{Format: recipeFormat, Index: index.Format(), Number: all[0].Number, Created: time.Now().UTC()}
	if made.Files, err = p.files(ctx); err != nil {
		return "", p.moved, fmt.Errorf("storing %s: %w", all[0].Folder, cmp.Or(context.Cause(ctx), err))
	}
	ref, data, err := made.encode()
	if err == nil {
		err = g.bucket.put(ctx, recipesFolder+ref, data)
	}
	p.moved.Bytes += int64(len(data))
	return ref, p.moved, err
}

// push is one push.
type push struct {
	*Generations
	from  string
	base  map[string]file   // of the generation before, by name
	local map[string]string // where the last versions of those are on this disk, by name
	mu    sync.Mutex
	known map[string]string // blobs that are stored, by the sum of what they hold
	moved Moved
}

// takeBase learns what the generation before is made of. One that is gone is none.
func (p *push) takeBase(ctx context.Context, base string, all []index.Generation) error {
	if base == "" {
		return nil
	}
	r, err := p.recipe(ctx, base)
	if errors.Is(err, ErrMissing) {
		return nil
	}
	if err != nil {
		return err
	}
	p.base, p.local = map[string]file{}, map[string]string{}
	for _, f := range r.Files {
		p.base[f.Name] = f
		for _, g := range all[1:] {
			name := filepath.Join(g.Folder, filepath.FromSlash(f.Name))
			if is, err := holds(name, f.last()); err == nil && is {
				p.local[f.Name] = name
				break
			}
		}
	}
	for _, name := range r.blobs() {
		p.known[sumIn(name)] = name
	}
	return nil
}

// holds reports whether a file has the content of a version.
func holds(name string, v version) (bool, error) {
	info, err := os.Stat(name)
	if err != nil || info.Size() != v.Size {
		return false, err
	}
	sum, _, err := sumFile(name)
	return sum == v.Sum, err
}

// sumIn is the sum in the name of a blob.
func sumIn(blob string) string {
	sum, _, _ := strings.Cut(blob, "-")
	return sum
}

// files stores the files of the generation.
func (p *push) files(ctx context.Context) (files []file, err error) {
	err = fs.WalkDir(os.DirFS(p.from), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		f, err := p.file(ctx, name)
		files = append(files, f)
		return err
	})
	return files, err
}

// file stores a file in the way that moves least.
func (p *push) file(ctx context.Context, name string) (f file, err error) {
	path := filepath.Join(p.from, filepath.FromSlash(name))
	v := version{}
	if v.Sum, v.Size, err = sumFile(path); err != nil {
		return f, err
	}
	before, ok := p.base[name]
	if ok && before.last().Sum == v.Sum {
		return before, nil
	}
	if local := p.local[name]; local != "" && len(before.Versions) < maxVersions {
		whole := float64(before.Versions[0].stored())
		most := min(maxChange*whole, maxChanged*whole-before.changed())
		changed := v
		if changed.Pieces, err = p.differences(ctx, path, local, int64(most)); err != nil {
			return f, err
		}
		if changed.Pieces != nil {
			return file{name, append(slices.Clone(before.Versions), changed)}, nil
		}
	}
	v.Pieces, err = p.pieces(ctx, path)
	return file{name, []version{v}}, err
}

// changed is how many bytes are stored of all versions but the whole one.
func (f file) changed() (n float64) {
	for _, v := range f.Versions[1:] {
		n += float64(v.stored())
	}
	return n
}

// eachPiece calls use with the pieces of a file and their places, several at once.
func eachPiece(ctx context.Context, path string, use func(ctx context.Context, i int, at int64, data []byte) error) error {
	in, err := os.Open(path)
	if err != nil {
		return err
	}
	defer in.Close()
	info, err := in.Stat()
	if err != nil {
		return err
	}
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(sentAtOnce)
	for i := range piecesOf(info.Size()) {
		group.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			at := int64(i) * pieceSize
			data := make([]byte, min(pieceSize, info.Size()-at))
			if _, err := in.ReadAt(data, at); err != nil {
				return err
			}
			return use(ctx, i, at, data)
		})
	}
	return group.Wait()
}

// piecesOf is how many pieces a file of a size has.
func piecesOf(size int64) int { return int((size + pieceSize - 1) / pieceSize) }

// pieces stores the pieces of a file.
func (p *push) pieces(ctx context.Context, path string) ([]piece, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	pieces := make([]piece, piecesOf(info.Size()))
	return pieces, eachPiece(ctx, path, func(ctx context.Context, i int, _ int64, data []byte) error {
		coded, how, err := p.coder.encode(data)
		if err != nil {
			return err
		}
		pieces[i] = piece{Length: int64(len(data)), Stored: int64(len(coded)), Coding: how}
		pieces[i].Blob, err = p.store(ctx, coded)
		return err
	})
}

// errMuch is that a file differs too much from the one before.
var errMuch = errors.New("the file differs too much")

// differences stores the pieces of a file as what differs from the one before; nil
// where that is more than most bytes, of which none is stored then.
func (p *push) differences(ctx context.Context, path, before string, most int64) ([]piece, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	pieces := make([]piece, piecesOf(info.Size()))
	coded := make([][]byte, len(pieces))
	var total atomic.Int64
	err = eachPiece(ctx, path, func(_ context.Context, i int, at int64, data []byte) error {
		base, from, err := readAround(before, at)
		if err != nil {
			return err
		}
		var how coding
		if coded[i], how, err = p.coder.encodeAgainst(data, base); err != nil {
			return err
		}
		n := int64(len(coded[i]))
		if total.Add(n) > most {
			return errMuch
		}
		pieces[i] = piece{Length: int64(len(data)), Stored: n, Coding: how, From: from, To: from + int64(len(base))}
		return nil
	})
	if errors.Is(err, errMuch) {
		return nil, nil
	}
	for i := range pieces {
		if err == nil {
			pieces[i].Blob, err = p.store(ctx, coded[i])
		}
	}
	return pieces, err
}

// readAround reads what a piece that begins at a place may differ from.
func readAround(name string, at int64) (base []byte, from int64, err error) {
	in, err := os.Open(name)
	if err != nil {
		return nil, 0, err
	}
	defer in.Close()
	from = max(0, at-baseMargin)
	base = make([]byte, maxBase)
	n, err := in.ReadAt(base, from)
	if err == io.EOF {
		err = nil
	}
	return base[:n], from, err
}

// store stores a blob unless it is there, and returns its name.
func (p *push) store(ctx context.Context, data []byte) (name string, err error) {
	sum := digest(data)
	p.mu.Lock()
	name = p.known[sum]
	p.mu.Unlock()
	if name == "" {
		if name, err = p.left(ctx, sum); err != nil {
			return "", err
		}
	}
	if name == "" {
		// A name of its own: that of a blob which is being collected is never used
		// again, so that collecting needs no agreement with pushing.
		name = sum + "-" + rand.Text()[:8]
		if err := p.bucket.put(ctx, blobsFolder+name, data); err != nil {
			return "", err
		}
		p.mu.Lock()
		p.moved.Blobs++
		p.moved.Bytes += int64(len(data))
		p.mu.Unlock()
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.known[sum] = name
	return name, nil
}

// left finds a blob that a push which failed has left, so young that it isn't
// collected before this push is done.
func (p *push) left(ctx context.Context, sum string) (name string, err error) {
	for o, err := range p.bucket.list(ctx, blobsFolder+sum+"-") {
		if err != nil {
			return "", err
		}
		if time.Since(o.Modified) < p.grace/2-clockSkew {
			return strings.TrimPrefix(o.Name, blobsFolder), nil
		}
	}
	return "", nil
}

// clockSkew is by how much the clocks of the store and of a machine differ at most:
// with more, the store refuses its requests.
const clockSkew = 15 * time.Minute
