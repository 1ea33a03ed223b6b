package index

import (
	"fmt"
	"path/filepath"

	"example.org/attache/corpus"
	"example.org/attache/corpus/lean"
	"example.org/attache/index/internal/disk"
	"example.org/attache/index/internal/near"
	"example.org/attache/index/internal/postings"
	"example.org/attache/index/internal/store"
)

// longText is from how many bytes of a text on garbage is collected often while it
// is indexed.
const longText = 1 << 20

// writer makes one generation in a temporary folder.
type writer struct {
	dir      string
	postings *postings.Writer
	texts    *store.TextWriter
	shared   []store.File // of records, that generations before wrote
	next     uint32
	rows     map[uint32]store.PackedRow // by the number of the document
	terms    map[uint32][]uint8         // how many terms each passage of a document has
	order    map[uint32]uint32          // place of each document in the table, once it is written
	print    uint32                     // see readingPrint
}

// newWriter begins the generation of a number in the folder dir. With a previous
// one, which is in the folder from, it begins with what that holds, and shares its
// files as far as they never change.
func newWriter(dir string, number int, prev *generation, from string, reading uint32) (w *writer, err error) {
	if err := disk.MakeFolder(dir); err != nil {
		return nil, err
	}
	w = &writer{dir: dir, print: reading, rows: map[uint32]store.PackedRow{}, terms: map[uint32][]uint8{}}
	var before *postings.Index
	if prev != nil {
		before = prev.postings
		w.adopt(prev)
		err = w.share(from, prev.Files)
	}
	if err == nil {
		w.postings, err = postings.NewWriter(dir, before)
	}
	if err == nil {
		w.texts, err = store.NewTextWriter(dir, number)
	}
	if err != nil {
		w.abandon()
		return nil, fmt.Errorf("beginning an index in %s: %w", dir, err)
	}
	return w, nil
}

func (w *writer) adopt(prev *generation) {
	w.next = prev.Next
	for i := range prev.documents.Len() {
		w.rows[prev.documents.Row(i).Number] = prev.documents.PackedRow(i)
	}
	prev.postings.Each(func(doc, passage int, terms uint8) {
		number := prev.documents.Row(doc).Number
		all := w.terms[number]
		if len(all) <= passage {
			all = append(all, make([]uint8, passage+1-len(all))...)
		}
		all[passage] = terms
		w.terms[number] = all
	})
}

// share fills the new folder with the files of the generation in from: those that
// are final by links, the others that are needed by copies.
func (w *writer) share(from string, files []store.File) error {
	if err := disk.MakeFolder(postings.Folders(w.dir)[0]); err != nil {
		return err
	}
	for _, f := range files {
		put := disk.Copy
		switch owned, final := postings.Owns(f.Name); {
		case store.IsTexts(f):
			put = disk.Share
			w.shared = append(w.shared, f)
		case !owned:
			continue
		case final:
			put = disk.Share
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
	record, err := w.texts.Add(store.PackDocument(d, cut, near.NewSketch(running(d))), d.Text)
	if err != nil {
		return err
	}
	w.rows[number] = store.PackRow(store.Row{Number: number, Digest: store.DigestOf(d.Hash), File: file, Record: record, Source: sourceOf(d)})
	terms := make([]uint8, len(cut))
	for i, p := range cut {
		found := passageTerms(d, p)
		terms[i] = uint8(min(len(found), 255))
		if err := w.postings.Add(postings.ID{Document: number, Passage: uint32(i)}, field(d.Language), found); err != nil {
			return fmt.Errorf("indexing %s: %w", d.ID, err)
		}
	}
	w.terms[number] = terms
	return nil
}

// remove drops a document.
func (w *writer) remove(r store.Row) error {
	delete(w.rows, r.Number)
	for i := range w.terms[r.Number] {
		if err := w.postings.Remove(postings.ID{Document: r.Number, Passage: uint32(i)}); err != nil {
			return err
		}
	}
	delete(w.terms, r.Number)
	return nil
}

// abandon gives up the generation. Its folder is the caller's to remove.
func (w *writer) abandon() {
	if w.postings != nil {
		w.postings.Abandon()
	}
	if w.texts != nil {
		w.texts.Abandon()
	}
}
