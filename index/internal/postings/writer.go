package postings

import (
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"sync"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/index/scorch/mergeplan"
	api "github.com/blevesearch/bleve_index_api"

	"example.org/attache/index/internal/disk"
)

// A batch is handed to bleve when it has so many passages, or so many terms.
const (
	batchSize  = 1000
	batchTerms = 100_000
)

// Writer makes the postings of a new generation in its folder.
type Writer struct {
	folder string
	fresh  bool // builds upon nothing
	bleve  bleve.Index
	batch  *bleve.Batch
	held   int        // terms in the batch
	saved  chan error // of the batch before: not more than two are in memory
	failed chan error // in the background
}

// ID names a passage across generations: by the number of its document, which is
// never used again, and its place there.
type ID struct{ Document, Passage uint32 }

func (id ID) String() string {
	var b [8]byte
	binary.BigEndian.PutUint32(b[:], id.Document)
	binary.BigEndian.PutUint32(b[4:], id.Passage)
	return string(b[:])
}

func parseID(b []byte) (ID, error) {
	if len(b) != 8 {
		return ID{}, errDamaged
	}
	return ID{binary.BigEndian.Uint32(b), binary.BigEndian.Uint32(b[4:])}, nil
}

// callbackName is how bleve finds failures.
const callbackName = "attache"

// failures passes errors of bleve's background work to the writer of the folder.
// bleve reports them only to a callback that it finds by name, in a table that must
// not change while an index is being opened.
var failures sync.Map // folder of the store → chan error, which holds the first

func init() {
	scorch.RegistryAsyncErrorCallbacks[callbackName] = func(err error, store string) {
		if c, ok := failures.Load(store); ok {
			select {
			case c.(chan error) <- err:
			default:
			}
		}
	}
}

// NewWriter begins the postings of a generation in a folder: from nothing, or upon
// prev, whose files that the Writer Owns are in the folder already.
func NewWriter(folder string, prev *Index) (_ *Writer, err error) {
	w := &Writer{folder: folder, fresh: prev == nil, failed: make(chan error, 1)}
	failures.Store(storeOf(folder), w.failed)
	config := map[string]any{"unsafe_batch": true, "asyncErrorCallbackName": callbackName, "bolt_timeout": "5s"}
	path := filepath.Join(folder, folderName)
	if prev == nil {
		w.bleve, err = bleve.NewUsing(path, bleve.NewIndexMapping(), scorch.Name, scorch.Name, config)
	} else {
		if n := prev.largestSegment(); n > 1 {
			// What bleve joins by itself stays below that: the largest is left alone.
			config["scorchMergePlanOptions"] = map[string]any{"MaxSegmentSize": n}
		}
		w.bleve, err = bleve.OpenUsing(path, config)
	}
	if err != nil {
		w.Abandon()
		return nil, err
	}
	w.batch = w.bleve.NewBatch()
	return w, nil
}

// largestSegment is how many passages the largest segment has.
func (x *Index) largestSegment() (n int) {
	for _, s := range x.segments {
		n = max(n, s.live())
	}
	return n
}

// Add adds a passage with the terms that it has in a field.
func (w *Writer) Add(id ID, field string, terms []string) error {
	doc := document.NewDocument(id.String())
	doc.AddField(document.NewTextFieldCustom(field, nil, nil, api.IndexField|api.SkipFreqNorm, termList(terms)))
	if err := w.batch.IndexAdvanced(doc); err != nil {
		return err
	}
	w.held += len(terms)
	return w.flush(batchSize)
}

// Remove removes a passage.
func (w *Writer) Remove(id ID) error {
	w.batch.Delete(id.String())
	return w.flush(batchSize)
}

// termList hands the terms of a passage to bleve.
type termList []string

// Analyze returns the terms as tokens. Their positions are not indexed.
func (l termList) Analyze([]byte) analysis.TokenStream {
	tokens := make([]analysis.Token, len(l))
	stream := make(analysis.TokenStream, len(l))
	for i, t := range l {
		tokens[i] = analysis.Token{Term: []byte(t), Position: i + 1}
		stream[i] = &tokens[i]
	}
	return stream
}

// flush writes the batch when it holds at least n changes, or very many terms,
// after waiting until the batch before is on the disk.
func (w *Writer) flush(n int) error {
	if w.batch.Size() < n && w.held < batchTerms {
		return nil
	}
	if err := w.wait(); err != nil {
		return err
	}
	saved := make(chan error, 1)
	w.batch.SetPersistedCallback(func(err error) { saved <- err })
	if err := w.bleve.Batch(w.batch); err != nil {
		return fmt.Errorf("writing to the index in %s: %w", w.folder, err)
	}
	w.saved = saved
	w.batch, w.held = w.bleve.NewBatch(), 0
	return nil
}

// wait returns when the last batch is on the disk, or can't get there.
func (w *Writer) wait() error {
	if w.saved == nil {
		return nil
	}
	var err error
	select {
	case err = <-w.saved:
	case err = <-w.failed:
	}
	w.saved = nil
	if err != nil {
		return fmt.Errorf("writing the index in %s: %w", w.folder, err)
	}
	return nil
}

func (w *Writer) close() error {
	err := w.bleve.Close()
	w.bleve = nil
	failures.Delete(storeOf(w.folder))
	return err
}

// Abandon gives the postings up. What is in the folder is the caller's to remove.
func (w *Writer) Abandon() {
	if w.bleve != nil {
		w.close()
	}
	failures.Delete(storeOf(w.folder))
}

// What is tolerated before segments are joined: so many of them, and this share of
// their passages deleted. Joining takes seconds at a million sentences, and a small
// change is to be found sooner.
const (
	maxSegments = 4
	maxDeleted  = 0.2
)

// smallShare is how much of the largest segment the others are together, at most,
// for the largest to be left alone when segments are joined: most of an index then
// stays in files that readers, and copies elsewhere, have already.
const smallShare = 0.5

// Finish writes what is left, joins the segments when that is due, and closes the
// postings. WritePassages then completes them.
func (w *Writer) Finish(ctx context.Context) error {
	if err := w.compact(ctx); err != nil {
		return err
	}
	if err := w.close(); err != nil {
		return fmt.Errorf("closing the index in %s: %w", w.folder, err)
	}
	return nil
}

// compact writes what is left, and joins the segments when that is due.
func (w *Writer) compact(ctx context.Context) error {
	// A new index without documents has something to save, too: bleve's own
	// description of it.
	least := 1
	if w.fresh {
		least = 0
	}
	if err := errors.Join(w.flush(least), w.wait()); err != nil {
		return err
	}
	in, err := w.bleve.Advanced()
	if err != nil {
		return err
	}
	due, small, err := w.joinDue()
	if err != nil || !due {
		return err
	}
	if err := in.(*scorch.Scorch).ForceMerge(ctx, small); err != nil {
		return fmt.Errorf("joining the segments of %s: %w", w.folder, err)
	}
	// The joined segment counts from the next state that is saved.
	w.batch.SetInternal([]byte("done"), []byte{1})
	if err := errors.Join(w.flush(0), w.wait(), ctx.Err()); err != nil {
		return err
	}
	select {
	case err := <-w.failed:
		return fmt.Errorf("joining the segments of %s: %w", w.folder, err)
	default:
		return nil
	}
}

// joinDue reports whether there are too many segments or too much in them is
// deleted. Where the largest is to be left alone, small chooses the others. A new
// index always is joined: it is read for long.
func (w *Writer) joinDue() (due bool, small *mergeplan.MergePlanOptions, err error) {
	snapshot, err := snapshotOf(w.bleve)
	if err != nil {
		return false, nil, err
	}
	defer snapshot.Close()
	total, live, largest := 0, 0, 0
	segments := segmentsOf(snapshot)
	for _, s := range segments {
		total += int(s.api.Count())
		live += s.live()
		largest = max(largest, s.live())
	}
	tooMany := len(segments) > maxSegments || w.fresh && len(segments) > 1
	tooMuch := float64(total-live) > maxDeleted*float64(total)
	if tooMany && !tooMuch && !w.fresh && float64(live-largest) < smallShare*float64(largest) {
		options := mergeplan.SingleSegmentMergePlanOptions
		options.MaxSegmentSize = 2 * int64(largest) // segments of half that size are left alone
		small = &options
	}
	return tooMany || tooMuch, small, nil
}

// WritePassages completes the postings that a Writer finished in a folder: it
// removes the segments that are not used any more, and writes which passage each of
// bleve's documents is. Of returns the place of a passage's document in the table
// of documents and how many terms the passage has, 255 for more.
func WritePassages(folder string, of func(id ID) (doc uint32, terms uint8, ok bool)) error {
	ix, snapshot, err := openBleve(folder)
	if err != nil {
		return err
	}
	err = cmp.Or(removeUnused(folder, snapshot), writePassages(folder, snapshot, of))
	return errors.Join(err, snapshot.Close(), ix.Close())
}

func writePassages(folder string, snapshot *scorch.IndexSnapshot, of func(id ID) (doc uint32, terms uint8, ok bool)) error {
	var p passages
	for _, s := range segmentsOf(snapshot) {
		for n := range int(s.api.Count()) {
			if s.deleted != nil && s.deleted.Contains(uint32(n)) {
				p.doc, p.passage, p.terms = append(p.doc, nowhere), append(p.passage, 0), append(p.terms, 0)
				continue
			}
			b, err := s.api.DocID(uint64(n))
			id, err2 := parseID(b)
			doc, terms, ok := of(id)
			if err := cmp.Or(err, err2); err != nil || !ok {
				return fmt.Errorf("reading back the index in %s: %w", folder, cmp.Or(err, errDamaged))
			}
			p.doc, p.passage, p.terms = append(p.doc, doc), append(p.passage, id.Passage), append(p.terms, terms)
		}
	}
	return disk.Write(filepath.Join(folder, passagesName), p.pack())
}

func removeUnused(folder string, snapshot *scorch.IndexSnapshot) error {
	store := storeOf(folder)
	files, err := disk.Names(store, "*"+segmentEnding)
	if err != nil {
		return err
	}
	var used []string
	for _, s := range snapshot.Segments() {
		if p, ok := s.Segment().(interface{ Path() string }); ok {
			used = append(used, filepath.Base(p.Path()))
		}
	}
	for _, f := range files {
		if !slices.Contains(used, f) {
			if err := disk.Remove(filepath.Join(store, f)); err != nil {
				return err
			}
		}
	}
	return nil
}
