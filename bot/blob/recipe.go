package blob

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// A stored generation is a recipe, which lists for each of its files the blobs that
// it is put together of. Both are called by the SHA-256 of what they hold, so that
// nothing that was damaged or mixed up is ever taken for them.
//
// Most files of a generation are those of the one before, and so are their blobs. A
// file that was written anew from beginning to end, though most of it says the same,
// is stored as what changed since its version before; that version is in the recipe
// too, down to one that is stored whole.

// recipeFormat is raised whenever recipes change.
const recipeFormat = 1

type recipe struct {
	Format  int       `json:"format"`
	Index   string    `json:"index"`  // of which format the generation is
	Number  int       `json:"number"` // see [index.Adopt]
	Created time.Time `json:"created"`
	Files   []file    `json:"files"`
}

// file is a file of a generation.
type file struct {
	Name     string    `json:"name"`
	Versions []version `json:"versions"` // the first is whole, the last is the file
}

// version is a content that a file has or had.
type version struct {
	Size   int64   `json:"size"`
	Sum    string  `json:"sum"` // SHA-256
	Pieces []piece `json:"pieces"`
}

// piece is a part of a version, in the order of the file.
type piece struct {
	Blob   string `json:"blob"`
	Stored int64  `json:"stored"` // bytes of the blob
	Length int64  `json:"length"` // bytes of the file
	Coding coding `json:"coding,omitempty"`
	From   int64  `json:"from,omitempty"` // the part of the version before
	To     int64  `json:"to,omitempty"`   // that it differs from, where it is coded so
}

// coding is how a blob holds a piece.
type coding string

const (
	asItIs     coding = ""
	compressed coding = "zstd"
	difference coding = "zstd-difference" // with a part of the version before as its dictionary
	patched    coding = "zstd-patch"      // of such a part, see [makePatch]
)

// differs reports whether a piece is coded by what differs from the version before.
func (c coding) differs() bool { return c == difference || c == patched }

// last is the content of the file.
func (f file) last() version { return f.Versions[len(f.Versions)-1] }

// stored is how many bytes the blobs of a version have.
func (v version) stored() (n int64) {
	for _, p := range v.Pieces {
		n += p.Stored
	}
	return n
}

// blobs lists the blobs that a recipe needs.
func (r *recipe) blobs() (names []string) {
	for _, f := range r.Files {
		for _, v := range f.Versions {
			for _, p := range v.Pieces {
				names = append(names, p.Blob)
			}
		}
	}
	return names
}

// What recipes and blobs are called below a place, and the most bytes of a recipe.
const (
	recipesFolder   = "generations/"
	blobsFolder     = "blobs/"
	condemnedFolder = "condemned/"
	clockName       = "clock"
	maxRecipe       = 64 << 20
)

// encode returns a recipe and what it is called.
func (r *recipe) encode() (ref string, data []byte, err error) {
	data, err = json.Marshal(r)
	if err != nil {
		return "", nil, fmt.Errorf("describing a generation: %w", err)
	}
	return digest(data), data, nil
}

func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// recipe reads the recipe of a generation.
func (g *Generations) recipe(ctx context.Context, ref string) (*recipe, error) {
	if len(ref) != hex.EncodedLen(sha256.Size) || strings.Trim(ref, "0123456789abcdef") != "" {
		return nil, fmt.Errorf("%q names no generation", ref)
	}
	data, err := g.bucket.read(ctx, recipesFolder+ref, maxRecipe)
	if err != nil {
		return nil, err
	}
	if digest(data) != ref {
		return nil, fmt.Errorf("reading %s/%s%s: it is damaged in the store; /admin reindex on the leader stores a new one", g.bucket, recipesFolder, ref)
	}
	r, err := decodeRecipe(data)
	if err != nil {
		return nil, fmt.Errorf("reading %s/%s%s: %w", g.bucket, recipesFolder, ref, err)
	}
	return r, nil
}

func decodeRecipe(data []byte) (*recipe, error) {
	r := &recipe{}
	if err := json.Unmarshal(data, r); err != nil {
		return nil, err
	}
	return r, r.check()
}

// check keeps what a recipe says within its folder and its limits, whoever wrote it.
func (r *recipe) check() error {
	if r.Format != recipeFormat {
		return fmt.Errorf("a stored generation has the format %d, this program reads %d: it is from another release", r.Format, recipeFormat)
	}
	for _, f := range r.Files {
		if !fs.ValidPath(f.Name) || !filepath.IsLocal(filepath.FromSlash(f.Name)) || len(f.Versions) == 0 {
			return fmt.Errorf("a stored generation has a file %q, which can't be", f.Name)
		}
		for i, v := range f.Versions {
			if err := v.check(i == 0); err != nil {
				return fmt.Errorf("a stored generation has a file %s of which %w", f.Name, err)
			}
		}
	}
	return nil
}

func (v version) check(whole bool) error {
	var size int64
	for _, p := range v.Pieces {
		switch {
		case p.Length < 0 || p.Length > pieceSize || p.Stored < 0 || p.Stored > 2*pieceSize:
			return errors.New("a piece is too large")
		case whole && p.Coding.differs(), p.From < 0 || p.To < p.From || p.To-p.From > maxBase:
			return errors.New("a piece differs from what isn't there")
		case !fs.ValidPath(p.Blob) || strings.Contains(p.Blob, "/") || len(p.Blob) < hex.EncodedLen(sha256.Size):
			return fmt.Errorf("a blob has the name %q, which can't be", p.Blob)
		}
		size += p.Length
	}
	if size != v.Size {
		return errors.New("the pieces don't make up the whole")
	}
	return nil
}

// sumFile returns the SHA-256 of a file. It reads rather than maps: mapped pages
// would count as the memory of the process.
func sumFile(name string) (sum string, size int64, err error) {
	in, err := os.Open(name)
	if err != nil {
		return "", 0, err
	}
	defer in.Close()
	h := sha256.New()
	size, err = io.CopyBuffer(struct{ io.Writer }{h}, struct{ io.Reader }{in}, make([]byte, 256<<10))
	return hex.EncodeToString(h.Sum(nil)), size, err
}
