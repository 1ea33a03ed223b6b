package index

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync/atomic"

	"example.org/attache/index/internal/pack"
	"example.org/attache/index/internal/people"
	"example.org/attache/index/internal/postings"
	"example.org/attache/index/internal/store"
)

// generation is one complete index, which never changes. Those who use it
// hold a reference; the last one to let go closes it.
type generation struct {
	*store.Manifest
	number    int
	info      os.FileInfo // of the manifest
	documents *store.Documents
	postings  *postings.Index
	people    *people.People
	copies    *copies
	described descriptions
	languages []string // of the documents, the commonest first
	refs      atomic.Int32
}

// openGeneration opens the generation n of dir, checked against its manifest.
func openGeneration(dir string, n int) (*generation, error) {
	g, err := openFolder(filepath.Join(dir, store.GenName(n)))
	if err != nil {
		return nil, err
	}
	g.number = n
	return g, nil
}

func openFolder(dir string) (*generation, error) {
	info, err := os.Stat(filepath.Join(dir, store.ManifestName))
	if err != nil {
		return nil, err
	}
	m, err := store.ReadManifest(dir)
	if err != nil {
		return nil, err
	}
	g := &generation{Manifest: m, info: info}
	g.refs.Store(1)
	for _, open := range []func(dir string) error{g.openDocuments, g.openPeople, g.openPostings, g.openCopies} {
		if err := open(dir); err != nil {
			g.release()
			return nil, fmt.Errorf("opening %s: %w", dir, err)
		}
	}
	if g.documents.Len() != m.Documents || g.people.Documents() != m.Documents {
		g.release()
		return nil, fmt.Errorf("%s does not hold what its manifest says", dir)
	}
	if g.Analysis != analysisVersion {
		g.release()
		return nil, fmt.Errorf("%s has words that are cut otherwise: %w", dir, ErrOtherRelease)
	}
	return g, nil
}

func (g *generation) openDocuments(dir string) error {
	var err error
	if g.documents, err = store.OpenDocuments(dir, g.Files); err != nil {
		return err
	}
	g.languages = g.documents.Languages()
	return nil
}

func (g *generation) openPeople(dir string) error {
	packed, err := os.ReadFile(filepath.Join(dir, store.PeopleName))
	if err != nil {
		return err
	}
	g.people, err = people.Unpack(pack.String(packed))
	return err
}

func (g *generation) openPostings(dir string) (err error) {
	g.postings, err = postings.Open(dir, g.documents.Len())
	return err
}

// acquire takes a reference, unless the generation is closed already.
func (g *generation) acquire() bool {
	for {
		n := g.refs.Load()
		if n == 0 {
			return false
		}
		if g.refs.CompareAndSwap(n, n+1) {
			return true
		}
	}
}

// release lets go of a reference.
func (g *generation) release() error {
	if g.refs.Add(-1) > 0 {
		return nil
	}
	return g.close()
}

func (g *generation) close() error {
	return errors.Join(g.documents.Close(), g.postings.Close())
}

// source is what answers say of a document.
func (g *generation) source(doc int) store.Source { return g.documents.Row(doc).Source }

// newest opens the newest generation of dir that is whole. Damaged is what was
// wrong with newer ones.
func newest(dir string, after int) (g *generation, damaged error, err error) {
	// Generations may be taken away between listing and opening them, when a
	// newer one has come: then the list is read again.
	for range 3 {
		numbers, err := store.Generations(dir)
		if err != nil {
			return nil, nil, err
		}
		damaged = nil
		gone := false
		for _, n := range numbers {
			if n <= after {
				return nil, damaged, nil
			}
			g, err := openGeneration(dir, n)
			if err == nil {
				return g, damaged, nil
			}
			gone = gone || errors.Is(err, os.ErrNotExist)
			damaged = errors.Join(damaged, err)
		}
		if !gone {
			break
		}
	}
	return nil, damaged, nil
}
