package index

import (
	"fmt"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	api "github.com/blevesearch/scorch_segment_api/v2"
	"github.com/klauspost/compress/zstd"
)

// segment is a segment of a generation's bleve index. Its postings are read
// as bitmaps, without going through bleve's searchers, which would look at
// every posting of every term.
type segment struct {
	api     api.Segment
	deleted *roaring.Bitmap
	base    int // number of its first bleve document in the generation
}

func (s segment) end() int { return s.base + int(s.api.Count()) }

// snapshotOf returns what an open bleve index holds now; it is to be closed.
func snapshotOf(ix bleve.Index) (*scorch.IndexSnapshot, error) {
	in, err := ix.Advanced()
	if err != nil {
		return nil, err
	}
	r, err := in.Reader()
	if err != nil {
		return nil, err
	}
	snapshot, ok := r.(*scorch.IndexSnapshot)
	if !ok {
		r.Close()
		return nil, fmt.Errorf("the index is of kind %T, not scorch", r)
	}
	return snapshot, nil
}

func segmentsOf(snapshot *scorch.IndexSnapshot) (all []segment) {
	base := 0
	for _, s := range snapshot.Segments() {
		all = append(all, segment{s.Segment(), s.Deleted(), base})
		base += int(s.Segment().Count())
	}
	return all
}

// postings returns the bleve documents of s that hold a term, as a bitmap of
// their numbers in s. It may be shared: it is not to be changed.
func (s segment) postings(dict api.TermDictionary, term string) (*roaring.Bitmap, error) {
	list, err := dict.PostingsList([]byte(term), s.deleted, nil)
	if err != nil {
		return nil, fmt.Errorf("looking up %q: %w", term, err)
	}
	it, ok := list.Iterator(false, false, false, nil).(api.OptimizablePostingsIterator)
	if !ok {
		return roaring.New(), nil
	}
	if n, single := it.DocNum1Hit(); single {
		return roaring.BitmapOf(uint32(n)), nil
	}
	if b := it.ActualBitmap(); b != nil {
		return b, nil
	}
	return roaring.New(), nil
}

// segmentOf returns the segment of a bleve document and its number there.
func (g *generation) segmentOf(n int) (segment, int) {
	for _, s := range g.segments {
		if n < s.end() {
			return s, n - s.base
		}
	}
	panic("no such bleve document")
}

// record returns the packed document that a bleve document keeps.
func (g *generation) record(n int) (string, error) {
	s, local := g.segmentOf(n)
	var record []byte
	var failed error
	err := s.api.VisitStoredFields(uint64(local), func(field string, _ byte, value []byte, _ []uint64) bool {
		if field != recordField {
			return true
		}
		record, failed = unzip.DecodeAll(value, nil)
		return false
	})
	if err == nil {
		err = failed
	}
	if err == nil && record == nil {
		err = errPacked
	}
	return bytesString(record), err
}

// unzip decodes records; it is safe for use by many at once.
var unzip = func() *zstd.Decoder {
	d, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(0), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxMemory(1<<30))
	if err != nil {
		panic(err) // the options are constant
	}
	return d
}()
