package index

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/index/scorch/mergeplan"

	"example.org/attache/corpus/lean"
	"example.org/attache/index/internal/disk"
)

// finish completes the folder, whose manifest then is its last file. Partial
// are the files of the corpus that are to be read again next time, faulty those
// that are not.
func (w *writer) finish(ctx context.Context, partial []string, faulty []failed) error {
	if err := w.compact(ctx); err != nil {
		return err
	}
	if err := w.close(); err != nil {
		return fmt.Errorf("closing the index in %s: %w", w.dir, err)
	}
	if err := errors.Join(w.gatherTexts(), w.texts.close()); err != nil {
		return err
	}
	m := &manifest{Format: format, Next: w.next, Partial: partial, Failed: faulty}
	if err := w.writeTables(ctx, m); err != nil {
		return err
	}
	return m.write(w.dir)
}

// What is tolerated before segments are joined: so many of them, and this share of
// their passages deleted. Joining takes seconds at a million sentences, and a small
// change shall be found sooner.
const (
	maxSegments = 4
	maxDeleted  = 0.2
)

// smallShare is how much of the largest part the others are together, at most, for
// the largest to be left alone when parts are put together: most of an index then
// stays in files that readers, and copies elsewhere, have already.
const smallShare = 0.5

// compact writes what is left, and joins the segments when that is due.
func (w *writer) compact(ctx context.Context) error {
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
		return fmt.Errorf("joining the segments of %s: %w", w.dir, err)
	}
	// The joined segment counts from the next state that is saved.
	w.batch.SetInternal([]byte("done"), []byte{1})
	if err := errors.Join(w.flush(0), w.wait(), ctx.Err()); err != nil {
		return err
	}
	select {
	case err := <-w.failed:
		return fmt.Errorf("joining the segments of %s: %w", w.dir, err)
	default:
		return nil
	}
}

// joinDue reports whether there are too many segments or too much in them is
// deleted. Where the largest is to be left alone, small chooses the others. A new
// index always is joined: it is read for long.
func (w *writer) joinDue() (due bool, small *mergeplan.MergePlanOptions, err error) {
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

// writeTables opens the closed index as its readers will, removes the segments
// that it left behind, and writes the tables beside it.
func (w *writer) writeTables(ctx context.Context, m *manifest) error {
	var err error
	if m.Files, err = w.textFiles(); err != nil {
		return err
	}
	g := &generation{manifest: m}
	if err := g.openBleve(w.dir); err != nil {
		return err
	}
	defer g.close()
	if err := w.removeUnused(g); err != nil {
		return err
	}
	if err := w.writeDocuments(m); err != nil {
		return err
	}
	if err := w.writePlaces(g); err != nil {
		return err
	}
	// What was needed so far makes room for what is gathered.
	w.rows, w.terms, w.order = nil, nil, nil
	if err := errors.Join(g.closeBleve(), g.openTables(w.dir)); err != nil {
		return err
	}
	defer lean.Enter()()
	return w.writeGathered(ctx, g)
}

// textFiles lists the files of records in the folder.
func (w *writer) textFiles() (files []file, err error) {
	names, err := disk.Names(w.dir, textsPrefix+"*")
	for _, n := range names {
		files = append(files, file{Name: n})
	}
	return files, err
}

func (w *writer) writeDocuments(m *manifest) error {
	type named struct {
		document string
		number   uint32
	}
	names := make([]named, 0, len(w.rows))
	for number, packed := range w.rows {
		names = append(names, named{packed.row().Document, number})
	}
	slices.SortFunc(names, func(a, b named) int { return cmp.Compare(a.document, b.document) })
	rows := make([]packedRow, len(names))
	w.order = make(map[uint32]uint32, len(names))
	for i, n := range names {
		rows[i], w.order[n.number] = w.rows[n.number], uint32(i)
	}
	m.Documents = len(rows)
	for _, passages := range w.terms {
		m.Passages += len(passages)
	}
	return disk.Write(filepath.Join(w.dir, tableName), packTable(rows))
}

// writePlaces writes which passage each bleve document is.
func (w *writer) writePlaces(g *generation) error {
	var p passageMap
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
			p.doc, p.passage, p.terms = append(p.doc, doc), append(p.passage, id.passage), append(p.terms, w.terms[id.number][id.passage])
		}
	}
	return disk.Write(filepath.Join(w.dir, placesName), p.pack())
}

// writeGathered gathers the people and the copies of all documents, those that
// did not change as well: who somebody is can hang on any of them.
func (w *writer) writeGathered(ctx context.Context, g *generation) error {
	var all gathering
	var copied copying
	var buffer []byte
	for i := range g.table.len() {
		d, b, err := g.documentInto(i, buffer)
		if buffer = b; err == nil {
			err = errors.Join(all.add(d), copied.add(d))
		}
		if err := cmp.Or(err, ctx.Err()); err != nil {
			return err
		}
	}
	g.Analysis, g.Reading = analysisVersion, w.print
	packed, n := all.pack()
	g.People, g.Statements = n, all.counts
	if err := disk.Write(filepath.Join(w.dir, peopleName), packed); err != nil {
		return err
	}
	return copied.write(w.dir, g)
}

func (w *writer) removeUnused(g *generation) error {
	files, err := disk.Names(w.store(), "*.zap")
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
		if !slices.Contains(used, f) {
			if err := disk.Remove(filepath.Join(w.store(), f)); err != nil {
				return err
			}
		}
	}
	return nil
}
