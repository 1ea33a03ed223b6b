package index

import (
	"cmp"
	"context"
	"errors"
	"path/filepath"
	"slices"

	"example.org/attache/corpus/lean"
	"example.org/attache/index/internal/disk"
	"example.org/attache/index/internal/people"
	"example.org/attache/index/internal/postings"
	"example.org/attache/index/internal/store"
)

// finish completes the folder, whose manifest then is its last file. Partial
// are the files of the corpus that are to be read again next time, faulty those
// that are not.
func (w *writer) finish(ctx context.Context, partial []string, faulty []store.Failed) error {
	if err := w.postings.Finish(ctx); err != nil {
		return err
	}
	if err := errors.Join(w.texts.Gather(w.dir, w.shared, w.rows), w.texts.Close()); err != nil {
		return err
	}
	m := &store.Manifest{Format: store.Format, Next: w.next, Partial: partial, Failed: faulty}
	if err := w.writeTables(ctx, m); err != nil {
		return err
	}
	return m.Write(w.dir)
}

// writeTables completes the postings and writes the tables beside them.
func (w *writer) writeTables(ctx context.Context, m *store.Manifest) error {
	var err error
	if m.Files, err = store.TextFiles(w.dir); err != nil {
		return err
	}
	if err := w.writeDocuments(m); err != nil {
		return err
	}
	if err := postings.WritePassages(w.dir, w.passage); err != nil {
		return err
	}
	// What was needed so far makes room for what is gathered.
	w.rows, w.terms, w.order = nil, nil, nil
	g := &generation{Manifest: m}
	if err := g.openDocuments(w.dir); err != nil {
		return err
	}
	defer g.documents.Close()
	defer lean.Enter()()
	return w.writeGathered(ctx, g)
}

// passage returns the place of a passage's document in the table, and how many
// terms the passage has.
func (w *writer) passage(id postings.ID) (doc uint32, terms uint8, ok bool) {
	doc, ok = w.order[id.Document]
	all := w.terms[id.Document]
	if ok = ok && int(id.Passage) < len(all); ok {
		terms = all[id.Passage]
	}
	return doc, terms, ok
}

func (w *writer) writeDocuments(m *store.Manifest) error {
	type named struct {
		document string
		number   uint32
	}
	names := make([]named, 0, len(w.rows))
	for number, packed := range w.rows {
		names = append(names, named{packed.Row().Document, number})
	}
	slices.SortFunc(names, func(a, b named) int { return cmp.Compare(a.document, b.document) })
	rows := make([]store.PackedRow, len(names))
	w.order = make(map[uint32]uint32, len(names))
	for i, n := range names {
		rows[i], w.order[n.number] = w.rows[n.number], uint32(i)
	}
	m.Documents = len(rows)
	for _, passages := range w.terms {
		m.Passages += len(passages)
	}
	return disk.Write(filepath.Join(w.dir, store.TableName), store.PackTable(rows))
}

// writeGathered gathers the people and the copies of all documents, those that
// did not change as well: who somebody is can hang on any of them.
func (w *writer) writeGathered(ctx context.Context, g *generation) error {
	var all people.Gathering
	var copied copying
	var buffer []byte
	for i := range g.documents.Len() {
		d, b, err := g.documents.Into(i, buffer)
		if buffer = b; err == nil {
			err = errors.Join(all.Add(d), copied.add(d))
		}
		if err := cmp.Or(err, ctx.Err()); err != nil {
			return err
		}
	}
	g.Analysis, g.Reading = analysisVersion, w.print
	packed, n := all.Pack()
	g.People, g.Statements = n, all.Counts
	if err := disk.Write(filepath.Join(w.dir, store.PeopleName), packed); err != nil {
		return err
	}
	return copied.write(w.dir, g)
}
