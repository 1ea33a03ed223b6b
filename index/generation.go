package index

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync/atomic"

	"example.org/attache/corpus"
	"example.org/attache/index/internal/postings"
)

// generation is one complete index, which never changes. Those who use it
// hold a reference; the last one to let go closes it.
type generation struct {
	*manifest
	number    int
	info      os.FileInfo // of the manifest
	table     *table
	postings  *postings.Index
	people    *people
	copies    *copies
	described descriptions
	texts     textReader
	long      longDocuments
	languages []string // of the documents, the commonest first
	refs      atomic.Int32
}

// openGeneration opens the generation n of dir, checked against its manifest.
func openGeneration(dir string, n int) (*generation, error) {
	g, err := openFolder(filepath.Join(dir, genName(n)))
	if err != nil {
		return nil, err
	}
	g.number = n
	return g, nil
}

func openFolder(dir string) (*generation, error) {
	info, err := os.Stat(filepath.Join(dir, manifestName))
	if err != nil {
		return nil, err
	}
	m, err := readManifest(dir)
	if err != nil {
		return nil, err
	}
	g := &generation{manifest: m, info: info}
	g.refs.Store(1)
	for _, open := range []func(dir string) error{g.openTables, g.openPeople, g.openPostings, g.openCopies} {
		if err := open(dir); err != nil {
			g.release()
			return nil, fmt.Errorf("opening %s: %w", dir, err)
		}
	}
	if g.table.len() != m.Documents || g.people.docs.len() != m.Documents {
		g.release()
		return nil, fmt.Errorf("%s does not hold what its manifest says", dir)
	}
	if g.Analysis != analysisVersion {
		g.release()
		return nil, fmt.Errorf("%s has words that are cut otherwise: %w", dir, ErrOtherRelease)
	}
	return g, nil
}

func (g *generation) openTables(dir string) error {
	packed, err := os.ReadFile(filepath.Join(dir, tableName))
	if err != nil {
		return err
	}
	if g.texts, err = openTexts(dir, g.Files); err != nil {
		return err
	}
	if g.table, err = unpackTable(bytesString(packed)); err != nil {
		return err
	}
	g.languages = g.table.languages()
	return nil
}

func (g *generation) openPeople(dir string) error {
	packed, err := os.ReadFile(filepath.Join(dir, peopleName))
	if err != nil {
		return err
	}
	g.people, err = unpackPeople(bytesString(packed))
	return err
}

func (g *generation) openPostings(dir string) (err error) {
	g.postings, err = postings.Open(dir, g.table.len())
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
	return errors.Join(g.texts.close(), g.postings.Close())
}

// source is what answers say of a document.
func (g *generation) source(doc int) Source { return g.table.row(doc).Source }

// document unpacks a document, by its place in the table.
func (g *generation) document(doc int) (*stored, error) {
	if d := g.long.get(doc); d != nil {
		return d, nil
	}
	d, _, err := g.documentInto(doc, nil)
	if err == nil && d.blocks != nil {
		err = g.long.keep(doc, d)
	}
	return d, err
}

// documentInto unpacks a document whose strings lie in buffer, or in a larger
// one that is returned: it holds until the buffer is used again.
func (g *generation) documentInto(doc int, buffer []byte) (*stored, []byte, error) {
	r := g.table.row(doc)
	record, err := g.texts.unpacked(r.record.file, r.record.at, r.record.size, buffer[:0])
	if err != nil {
		return nil, nil, fmt.Errorf("fetching %s from the index: %w", r.Document, err)
	}
	d := &stored{Document: corpus.Document{ID: r.Document, Title: r.Title, Publisher: r.Publisher, Author: r.Author,
		URL: r.URL, Published: r.Published, Language: r.Language, Tags: r.Tags}}
	if err := unpackDocument(bytesString(record), d); err != nil {
		return nil, nil, fmt.Errorf("unpacking %s: %w", r.Document, err)
	}
	if len(r.record.blocks) > 0 {
		d.blocks = &textBlocks{from: g.texts, ref: r.record, loaded: map[int]string{}}
	}
	return d, record, nil
}

// newest opens the newest generation of dir that is whole. Damaged is what was
// wrong with newer ones.
func newest(dir string, after int) (g *generation, damaged error, err error) {
	// Generations may be taken away between listing and opening them, when a
	// newer one has come: then the list is read again.
	for range 3 {
		numbers, err := generations(dir)
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
