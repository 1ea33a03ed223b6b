package postings

import (
	"fmt"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	api "github.com/blevesearch/scorch_segment_api/v2"
)

// segment is a segment of a generation's bleve index. Its postings are read
// as bitmaps, without going through bleve's searchers, which would look at
// every posting of every term.
type segment struct {
	api     api.Segment
	deleted *roaring.Bitmap
	base    int // number of its first bleve document in the generation
}

// live is how many of its bleve documents are not deleted.
func (s segment) live() int {
	if s.deleted == nil {
		return int(s.api.Count())
	}
	return int(s.api.Count() - s.deleted.GetCardinality())
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
