// Package postings finds passages by the terms that they hold. It is the only
// package that knows bleve's index, which stores the terms, and roaring, which stores
// sets of passages.
//
// A generation of the index has the postings in two places of its folder: bleve's
// own folder, and a file with a row for each bleve document that says which passage
// it is. An [Index] reads them; a [Writer] makes those of a new generation upon
// those of the one before, whose segments, which never change, it links.
//
// Terms are in fields, one a language. Documents are meant by their places in
// the generation's table of documents, passages by their places in the document.
package postings

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
)

const (
	folderName   = "bleve"
	storeName    = "store"
	passagesName = "passages"
)

var errDamaged = errors.New("the table of passages is damaged")

// Index are the postings of one generation. It is safe for use by many at once.
type Index struct {
	bleve    bleve.Index
	snapshot *scorch.IndexSnapshot
	segments []segment
	passages *passages
	mean     float32           // terms of a passage
	echoes   []*roaring.Bitmap // numbers in each segment; none before SetEchoes
	echo     int               // how many echoes there are
}

// Open opens the postings in the folder of a generation that has so many
// documents.
func Open(folder string, documents int) (_ *Index, err error) {
	x := &Index{}
	if x.passages, err = readPassages(folder, documents); err != nil {
		return nil, err
	}
	x.mean = x.passages.meanTerms()
	x.bleve, x.snapshot, err = openBleve(folder)
	if err != nil {
		return nil, err
	}
	x.segments = segmentsOf(x.snapshot)
	if n := len(x.segments); n > 0 && x.segments[n-1].end() != len(x.passages.doc) {
		x.Close()
		return nil, fmt.Errorf("%s does not have the passages that its postings are of", folder)
	}
	return x, nil
}

// openBleve opens bleve's part of a generation to read it.
func openBleve(folder string) (bleve.Index, *scorch.IndexSnapshot, error) {
	ix, err := bleve.OpenUsing(filepath.Join(folder, folderName), map[string]any{"read_only": true, "bolt_timeout": "2s"})
	if err != nil {
		return nil, nil, err
	}
	snapshot, err := snapshotOf(ix)
	if err != nil {
		return nil, nil, errors.Join(err, ix.Close())
	}
	return ix, snapshot, nil
}

// Close closes the postings. A nil Index has nothing to close.
func (x *Index) Close() error {
	if x == nil {
		return nil
	}
	return errors.Join(x.snapshot.Close(), x.bleve.Close())
}

// SetEchoes sets which passages do not count in document frequencies, from what
// PackEchoes returned.
func (x *Index) SetEchoes(packed string) error {
	numbers := roaring.New()
	err := numbers.UnmarshalBinary([]byte(packed))
	x.echo = int(numbers.GetCardinality())
	for _, s := range x.segments {
		own := roaring.AddOffset64(numbers, -int64(s.base))
		own.RemoveRange(uint64(s.end()-s.base), 1<<32)
		x.echoes = append(x.echoes, own)
	}
	return err
}

// PackEchoes packs which passages of the generation in a folder, of so many
// documents, are echoes.
func PackEchoes(folder string, documents int, echo func(doc, passage int) bool) (string, error) {
	p, err := readPassages(folder, documents)
	if err != nil {
		return "", err
	}
	numbers := roaring.New()
	for n, doc := range p.doc {
		if doc != nowhere && echo(int(doc), int(p.passage[n])) {
			numbers.Add(uint32(n))
		}
	}
	packed, err := numbers.ToBytes()
	return string(packed), err
}

// Each calls f for each passage, with how many terms it has, 255 for more.
func (x *Index) Each(f func(doc, passage int, terms uint8)) {
	for n, doc := range x.passages.doc {
		if doc != nowhere {
			f(int(doc), int(x.passages.passage[n]), x.passages.terms[n])
		}
	}
}

// Similar returns up to most terms of a field that are at a distance of up to n
// letters of a term and begin with first. With an error come those found before
// it.
func (x *Index) Similar(field, term string, n int, first string, most int) (all []string, err error) {
	dict, err := x.snapshot.FieldDictFuzzy(field, term, n, first)
	if err != nil {
		return nil, err
	}
	defer dict.Close()
	for range most {
		entry, err := dict.Next()
		if err != nil || entry == nil {
			return all, err
		}
		all = append(all, entry.Term)
	}
	return all, nil
}

// Folders returns the folders of the postings in that of a generation, the
// innermost first.
func Folders(folder string) []string {
	return []string{storeOf(folder), filepath.Join(folder, folderName)}
}

func storeOf(folder string) string { return filepath.Join(folder, folderName, storeName) }

// Owns reports whether a file of a generation, named below its folder, is one that
// a Writer begins with, and whether it is final: it never changes, so that other
// generations may link it.
func Owns(name string) (owns, final bool) {
	return strings.HasPrefix(name, folderName+"/"), strings.HasSuffix(name, segmentEnding)
}

// segmentEnding is how the names of the files of segments end.
const segmentEnding = ".zap"

func readPassages(folder string, documents int) (*passages, error) {
	packed, err := os.ReadFile(filepath.Join(folder, passagesName))
	if err != nil {
		return nil, err
	}
	return unpackPassages(packed, documents)
}
