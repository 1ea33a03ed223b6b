package index

import (
	"encoding/binary"
	"fmt"
	"path/filepath"
	"strings"
	"sync"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/index/scorch"
	api "github.com/blevesearch/bleve_index_api"

	"example.org/attache/corpus"
	"example.org/attache/corpus/lean"
	"example.org/attache/index/internal/disk"
	"example.org/attache/index/internal/near"
)

// A batch is handed to bleve when it has so many passages, or so many terms.
const (
	batchSize  = 1000
	batchTerms = 100_000
)

// longText is from how many bytes of a text on garbage is collected often while it
// is indexed.
const longText = 1 << 20

// writer makes one generation in a temporary folder.
type writer struct {
	dir    string
	fresh  bool // builds upon nothing
	bleve  bleve.Index
	batch  *bleve.Batch
	held   int        // terms in the batch
	saved  chan error // of the batch before: not more than two are in memory
	failed chan error // in the background
	texts  *textWriter
	shared []file // of records, that generations before wrote
	next   uint32
	rows   map[uint32]packedRow // by the number of the document
	terms  map[uint32][]uint8   // how many terms each passage of a document has
	order  map[uint32]uint32    // place of each document in the table, once it is written
	print  uint32               // see readingPrint
}

// bleveID names a bleve document: a document's number and a passage's place.
type bleveID struct{ number, passage uint32 }

func (id bleveID) String() string {
	var b [8]byte
	binary.BigEndian.PutUint32(b[:], id.number)
	binary.BigEndian.PutUint32(b[4:], id.passage)
	return string(b[:])
}

func parseBleveID(b []byte) (bleveID, error) {
	if len(b) != 8 {
		return bleveID{}, errPacked
	}
	return bleveID{binary.BigEndian.Uint32(b), binary.BigEndian.Uint32(b[4:])}, nil
}

// callbackName is how bleve finds failed.
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

// newWriter begins the generation of a number in the folder dir. With a
// previous one, which is in the folder from, it begins with what that holds:
// bleve never changes a segment's file, so the new generation shares them.
func newWriter(dir string, number int, prev *generation, from string, reading uint32) (w *writer, err error) {
	if err := disk.MakeFolder(dir); err != nil {
		return nil, err
	}
	w = &writer{dir: dir, print: reading, fresh: prev == nil, rows: map[uint32]packedRow{}, terms: map[uint32][]uint8{}, failed: make(chan error, 1)}
	failures.Store(w.store(), w.failed)
	config := map[string]any{"unsafe_batch": true, "asyncErrorCallbackName": callbackName, "bolt_timeout": "5s"}
	path := filepath.Join(dir, bleveName)
	if prev == nil {
		w.bleve, err = bleve.NewUsing(path, bleve.NewIndexMapping(), scorch.Name, scorch.Name, config)
	} else {
		w.adopt(prev)
		if n := prev.largestSegment(); n > 1 {
			// What bleve joins by itself stays below that: the largest is left alone.
			config["scorchMergePlanOptions"] = map[string]any{"MaxSegmentSize": n}
		}
		if err = w.share(from, prev.Files); err == nil {
			w.bleve, err = bleve.OpenUsing(path, config)
		}
	}
	if err == nil {
		w.texts, err = newTextWriter(dir, number)
	}
	if err != nil {
		w.abandon()
		return nil, fmt.Errorf("beginning an index in %s: %w", dir, err)
	}
	w.batch = w.bleve.NewBatch()
	return w, nil
}

func (w *writer) adopt(prev *generation) {
	w.next = prev.Next
	for i := range prev.table.len() {
		w.rows[prev.table.row(i).number] = prev.table.packedRow(i)
	}
	for n, doc := range prev.places.doc {
		if doc == noPlace {
			continue
		}
		number, passage := prev.table.row(int(doc)).number, int(prev.places.passage[n])
		all := w.terms[number]
		if len(all) <= passage {
			all = append(all, make([]uint8, passage+1-len(all))...)
		}
		all[passage] = prev.places.terms[n]
		w.terms[number] = all
	}
}

// share fills the new folder with the files of the generation in from: bleve's
// segments and the records by links, the rest of bleve's, which it writes to,
// by copies.
func (w *writer) share(from string, files []file) error {
	if err := disk.MakeFolder(w.store()); err != nil {
		return err
	}
	for _, f := range files {
		put := disk.Copy
		switch {
		case isTexts(f):
			put = disk.Share
			w.shared = append(w.shared, f)
		case strings.HasSuffix(f.Name, ".zap"):
			put = disk.Share
		case !strings.HasPrefix(f.Name, bleveName+"/"):
			continue
		}
		if err := put(filepath.Join(from, f.Name), filepath.Join(w.dir, f.Name)); err != nil {
			return err
		}
	}
	return nil
}

// add takes up a document of a file, whose name its own begins with.
func (w *writer) add(file string, d *corpus.Document) error {
	if len(d.Text) > longText {
		defer lean.Enter()()
	}
	number := w.next
	w.next++
	d.Sentences = divided(d.Text, d.Sentences)
	cut := passages(d)
	record, err := w.texts.add(packDocument(d, cut, near.NewSketch(running(d))), d.Text)
	if err != nil {
		return err
	}
	w.rows[number] = packRow(row{number, digestOf(d.Hash), file, record, sourceOf(d)})
	terms := make([]uint8, len(cut))
	for i, p := range cut {
		found := passageTerms(d, p)
		terms[i] = uint8(min(len(found), 255))
		doc := document.NewDocument(bleveID{number, uint32(i)}.String())
		doc.AddField(document.NewTextFieldCustom(field(d.Language), nil, nil, api.IndexField|api.SkipFreqNorm, termList(found)))
		if err := w.batch.IndexAdvanced(doc); err != nil {
			return fmt.Errorf("indexing %s: %w", d.ID, err)
		}
		w.held += len(found)
		if err := w.flush(batchSize); err != nil {
			return err
		}
	}
	w.terms[number] = terms
	return nil
}

// remove drops a document.
func (w *writer) remove(r row) error {
	delete(w.rows, r.number)
	for i := range w.terms[r.number] {
		w.batch.Delete(bleveID{r.number, uint32(i)}.String())
		if err := w.flush(batchSize); err != nil {
			return err
		}
	}
	delete(w.terms, r.number)
	return nil
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
func (w *writer) flush(n int) error {
	if w.batch.Size() < n && w.held < batchTerms {
		return nil
	}
	if err := w.wait(); err != nil {
		return err
	}
	saved := make(chan error, 1)
	w.batch.SetPersistedCallback(func(err error) { saved <- err })
	if err := w.bleve.Batch(w.batch); err != nil {
		return fmt.Errorf("writing to the index in %s: %w", w.dir, err)
	}
	w.saved = saved
	w.batch, w.held = w.bleve.NewBatch(), 0
	return nil
}

// wait returns when the last batch is on the disk, or can't get there.
func (w *writer) wait() error {
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
		return fmt.Errorf("writing the index in %s: %w", w.dir, err)
	}
	return nil
}

func (w *writer) close() error {
	err := w.bleve.Close()
	w.bleve = nil
	failures.Delete(w.store())
	return err
}

// store is the folder of bleve's segments.
func (w *writer) store() string { return filepath.Join(w.dir, bleveName, "store") }

// abandon gives up the generation. Its folder is the caller's to remove.
func (w *writer) abandon() {
	if w.bleve != nil {
		w.close()
	}
	if w.texts != nil {
		w.texts.file.Close()
	}
	failures.Delete(w.store())
}
