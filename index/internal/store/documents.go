// Package store keeps the documents of a generation of the index, which is a folder
// of files that never change: the table of documents (table), a record of each
// document with its text (record, texts), and the manifest that lists the files
// (manifest). It also cuts from a record what is shown of it (excerpt).
//
// A document is meant by its place in the table, which is in the order of the
// documents' names. Spans are byte offsets into the document's text.
package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"example.org/attache/corpus"
	"example.org/attache/index/internal/pack"
)

// Documents are the documents of a generation, by their places in its table: those
// that were used last stay unpacked where they are long. They are safe for use by
// many at once.
type Documents struct {
	*Table
	texts textReader
	long  longDocuments
}

// OpenDocuments opens the documents in the folder of a generation with some files.
func OpenDocuments(dir string, files []File) (*Documents, error) {
	packed, err := os.ReadFile(filepath.Join(dir, TableName))
	if err != nil {
		return nil, err
	}
	s := &Documents{}
	if s.texts, err = openTexts(dir, files); err != nil {
		return nil, err
	}
	if s.Table, err = unpackTable(pack.String(packed)); err != nil {
		return nil, errors.Join(err, s.texts.close())
	}
	return s, nil
}

// Close closes the documents. Nil has nothing to close.
func (s *Documents) Close() error {
	if s == nil {
		return nil
	}
	return s.texts.close()
}

// Record unpacks a document, by its place in the table.
func (s *Documents) Record(doc int) (*Record, error) {
	if d := s.long.get(doc); d != nil {
		return d, nil
	}
	d, _, err := s.Into(doc, nil)
	if err == nil && d.blocks != nil {
		err = s.long.keep(doc, d)
	}
	return d, err
}

// Into unpacks a document whose strings lie in buffer, or in a larger
// one that is returned: it holds until the buffer is used again.
func (s *Documents) Into(doc int, buffer []byte) (*Record, []byte, error) {
	r := s.Row(doc)
	record, err := s.texts.unpacked(r.Record.file, r.Record.at, r.Record.size, buffer[:0])
	if err != nil {
		return nil, nil, fmt.Errorf("fetching %s from the index: %w", r.Document, err)
	}
	d := &Record{Document: corpus.Document{ID: r.Document, Title: r.Title, Publisher: r.Publisher, Author: r.Author,
		URL: r.URL, Published: r.Published, Language: r.Language, Tags: r.Tags}}
	if err := unpackDocument(pack.String(record), d); err != nil {
		return nil, nil, fmt.Errorf("unpacking %s: %w", r.Document, err)
	}
	if len(r.Record.blocks) > 0 {
		d.blocks = &textBlocks{from: s.texts, ref: r.Record, loaded: map[int]string{}}
	}
	return d, record, nil
}
