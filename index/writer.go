package index

import (
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/index/scorch"
	api "github.com/blevesearch/bleve_index_api"
	"github.com/klauspost/compress/zstd"

	"attache/corpus"
	"attache/index/internal/disk"
)

// recordField is the stored field of a document's first passage that holds
// the packed document.
const recordField = "record"

// batchSize is how many passages are handed to bleve at once.
const batchSize = 1000

// writer makes one generation in a temporary folder.
type writer struct {
	dir    string
	bleve  bleve.Index
	batch  *bleve.Batch
	saved  chan error // of the batch before: not more than two are in memory
	failed chan error // in the background
	zip    *zstd.Encoder
	next   uint32
	rows   map[uint32]row
	terms  map[bleveID]uint8 // how many each passage has
	order  map[uint32]uint32 // place of each document in the table, once it is written
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

// failures hands what goes wrong in bleve's background work to the writer of
// the folder: bleve only tells it to a callback that it finds by name, in a
// table that must not change while an index is being opened.
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

// newWriter begins a generation in the folder dir. With a previous one it
// begins with what that holds: bleve never changes a segment's file, so the
// new generation shares them.
func newWriter(dir string, prev *generation, from string) (w *writer, err error) {
	if err := disk.MakeFolder(filepath.Join(dir)); err != nil {
		return nil, err
	}
	w = &writer{dir: dir, rows: map[uint32]row{}, terms: map[bleveID]uint8{}, failed: make(chan error, 1)}
	failures.Store(w.store(), w.failed)
	config := map[string]any{"unsafe_batch": true, "asyncErrorCallbackName": callbackName, "bolt_timeout": "5s"}
	path := filepath.Join(dir, bleveName)
	if prev == nil {
		w.bleve, err = bleve.NewUsing(path, bleve.NewIndexMapping(), scorch.Name, scorch.Name, config)
	} else {
		w.adopt(prev)
		if err = shareBleve(filepath.Join(from, bleveName), path, prev.Files); err == nil {
			w.bleve, err = bleve.OpenUsing(path, config)
		}
	}
	if err != nil {
		failures.Delete(w.store())
		return nil, fmt.Errorf("beginning an index in %s: %w", dir, err)
	}
	w.batch = w.bleve.NewBatch()
	w.zip, err = zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedDefault))
	return w, err
}

func (w *writer) adopt(prev *generation) {
	w.next = prev.Next
	for i := range prev.table.len() {
		r := prev.table.row(i)
		w.rows[r.number] = r
	}
	for n, doc := range prev.places.doc {
		if doc != noPlace {
			w.terms[bleveID{prev.table.row(int(doc)).number, prev.places.passage[n]}] = prev.places.terms[n]
		}
	}
}

// shareBleve fills the folder to with the files of a bleve index: its segments
// by links, the rest, which bleve writes to, by copies.
func shareBleve(from, to string, files []file) error {
	if err := disk.MakeFolder(filepath.Join(to, "store")); err != nil {
		return err
	}
	for _, f := range files {
		name, ok := strings.CutPrefix(f.Name, bleveName+"/")
		if !ok {
			continue
		}
		put := disk.Copy
		if strings.HasSuffix(name, ".zap") {
			put = disk.Share
		}
		if err := put(filepath.Join(from, name), filepath.Join(to, name)); err != nil {
			return err
		}
	}
	return nil
}

// add takes up a document of a file.
func (w *writer) add(file string, d *corpus.Document) error {
	number := w.next
	w.next++
	cut := passages(d)
	w.rows[number] = row{number, digestOf(d.Hash), fileOf(file, d), sourceOf(d)}
	for i := range max(len(cut), 1) {
		id := bleveID{number, uint32(i)}
		doc := document.NewDocument(id.String())
		if i == 0 {
			record := w.zip.EncodeAll(packDocument(d, cut), nil)
			doc.AddField(document.NewTextFieldCustom(recordField, nil, record, api.StoreField, nil))
		}
		if i < len(cut) {
			found := passageTerms(d, cut[i])
			w.terms[id] = uint8(min(len(found), 255))
			doc.AddField(document.NewTextFieldCustom(field(d.Language), nil, nil, api.IndexField|api.SkipFreqNorm, termList(found)))
		}
		if err := w.batch.IndexAdvanced(doc); err != nil {
			return fmt.Errorf("indexing %s: %w", d.ID, err)
		}
	}
	return w.flush(batchSize)
}

// fileOf is the part of a document's name that names its file.
func fileOf(file string, d *corpus.Document) string {
	if strings.HasPrefix(d.ID, file) {
		return file
	}
	return d.ID
}

// remove drops a document.
func (w *writer) remove(r row) error {
	delete(w.rows, r.number)
	for i := uint32(0); ; i++ {
		id := bleveID{r.number, i}
		_, ok := w.terms[id]
		if !ok && i > 0 {
			return w.flush(batchSize)
		}
		w.batch.Delete(id.String())
		delete(w.terms, id)
	}
}

// termList hands the terms of a passage to bleve.
type termList []string

// Analyze makes the terms tokens. Where they stand is not indexed.
func (l termList) Analyze([]byte) analysis.TokenStream {
	tokens := make([]analysis.Token, len(l))
	stream := make(analysis.TokenStream, len(l))
	for i, t := range l {
		tokens[i] = analysis.Token{Term: []byte(t), Position: i + 1}
		stream[i] = &tokens[i]
	}
	return stream
}

// flush writes the batch when it holds at least n changes, after waiting until
// the batch before is on the disk.
func (w *writer) flush(n int) error {
	if w.batch.Size() < n {
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
	w.batch = w.bleve.NewBatch()
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

// finish completes the folder, whose manifest then is its last file. Partial
// are the files of the corpus that are to be read again next time.
func (w *writer) finish(ctx context.Context, partial []string) error {
	if err := w.compact(ctx); err != nil {
		return err
	}
	if err := w.close(); err != nil {
		return fmt.Errorf("closing the index in %s: %w", w.dir, err)
	}
	m := &manifest{Format: format, Passages: len(w.terms), Next: w.next, Partial: partial}
	if err := w.writeTables(ctx, m); err != nil {
		return err
	}
	return m.write(w.dir)
}

// compact writes what is left and joins the segments into few.
func (w *writer) compact(ctx context.Context) error {
	if err := errors.Join(w.flush(1), w.wait()); err != nil {
		return err
	}
	in, err := w.bleve.Advanced()
	if err != nil {
		return err
	}
	if err := in.(*scorch.Scorch).ForceMerge(ctx, nil); err != nil {
		return fmt.Errorf("joining the segments of %s: %w", w.dir, err)
	}
	// The joined segment counts from the next state that is saved.
	w.batch.SetInternal([]byte("done"), []byte{1})
	return errors.Join(w.flush(0), w.wait(), ctx.Err())
}

// writeTables opens the closed index as its readers will, removes the segments
// that it left behind, and writes the tables beside it.
func (w *writer) writeTables(ctx context.Context, m *manifest) error {
	g := &generation{manifest: m}
	if err := g.openBleve(w.dir); err != nil {
		return err
	}
	defer func() { g.snapshot.Close(); g.bleve.Close() }()
	if err := w.removeUnused(g); err != nil {
		return err
	}
	if err := w.writeDocuments(m); err != nil {
		return err
	}
	if err := w.writePlaces(g); err != nil {
		return err
	}
	if err := g.openTables(w.dir); err != nil {
		return err
	}
	return w.writePeople(ctx, g)
}

func (w *writer) writeDocuments(m *manifest) error {
	rows := slices.SortedFunc(maps.Values(w.rows), func(a, b row) int { return cmp.Compare(a.Document, b.Document) })
	w.order = make(map[uint32]uint32, len(rows))
	for i, r := range rows {
		w.order[r.number] = uint32(i)
	}
	m.Documents = len(rows)
	return disk.Write(filepath.Join(w.dir, tableName), packTable(rows))
}

// writePlaces writes which passage each bleve document is.
func (w *writer) writePlaces(g *generation) error {
	var p places
	for _, s := range g.segments {
		for n := range int(s.api.Count()) {
			if s.deleted != nil && s.deleted.Contains(uint32(n)) {
				p.doc, p.passage, p.terms = append(p.doc, noPlace), append(p.passage, 0), append(p.terms, 0)
				continue
			}
			b, err := s.api.DocID(uint64(n))
			id, err2 := parseBleveID(b)
			doc, ok := w.order[id.number]
			if err := cmp.Or(err, err2); err != nil || !ok {
				return fmt.Errorf("reading back the index in %s: %w", w.dir, cmp.Or(err, errPacked))
			}
			p.doc, p.passage, p.terms = append(p.doc, doc), append(p.passage, id.passage), append(p.terms, w.terms[id])
		}
	}
	return disk.Write(filepath.Join(w.dir, placesName), p.pack())
}

// writePeople gathers the people of all documents, those that did not change
// as well: who somebody is can hang on any of them.
func (w *writer) writePeople(ctx context.Context, g *generation) error {
	var all gathering
	for i := range g.table.len() {
		d, err := g.document(i)
		if err == nil {
			err = all.add(d)
		}
		if err := cmp.Or(err, ctx.Err()); err != nil {
			return err
		}
	}
	packed, n := all.pack()
	g.People, g.Quotations = n, all.quoted
	return disk.Write(filepath.Join(w.dir, peopleName), packed)
}

func (w *writer) removeUnused(g *generation) error {
	files, err := filepath.Glob(filepath.Join(w.store(), "*.zap"))
	if err != nil {
		return err
	}
	var used []string
	for _, s := range g.snapshot.Segments() {
		if p, ok := s.Segment().(interface{ Path() string }); ok {
			used = append(used, filepath.Base(p.Path()))
		}
	}
	for _, f := range files {
		if !slices.Contains(used, filepath.Base(f)) {
			if err := disk.Remove(f); err != nil {
				return err
			}
		}
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
		w.close() // what it leaves is removed
	}
}
