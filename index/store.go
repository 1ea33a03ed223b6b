package index

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"

	"attache/corpus"
)

// Index answers questions from the documents in a folder.
type Index struct {
	bleve bleve.Index
}

type stored struct {
	*corpus.Document
	Text string `json:"text"`
}

// Build reads the documents of fsys into a new index in the folder dir.
func Build(ctx context.Context, dir string, fsys fs.FS) ([]corpus.Result, error) {
	if err := os.RemoveAll(filepath.Join(dir, "bleve")); err != nil {
		return nil, fmt.Errorf("removing the old index: %w", err)
	}
	ix, err := bleve.NewUsing(filepath.Join(dir, "bleve"), bleve.NewIndexMapping(), scorch.Name, scorch.Name, nil)
	if err != nil {
		return nil, fmt.Errorf("making an index in %s: %w", dir, err)
	}
	var report []corpus.Result
	batch := ix.NewBatch()
	for r := range corpus.Read(ctx, fsys) {
		if r.Document != nil {
			if err := addDocument(batch, r.Document); err != nil {
				return nil, err
			}
			r.Document = nil
		}
		report = append(report, r)
		if batch.Size() > 1000 {
			if err := ix.Batch(batch); err != nil {
				return nil, fmt.Errorf("writing to the index in %s: %w", dir, err)
			}
			batch.Reset()
		}
	}
	return report, errors.Join(ix.Batch(batch), ix.Close())
}

func addDocument(batch *bleve.Batch, d *corpus.Document) error {
	blob, err := json.Marshal(stored{d, d.Text})
	if err != nil {
		return fmt.Errorf("packing %s: %w", d.ID, err)
	}
	doc := document.NewDocument("d/" + d.ID)
	doc.AddField(document.NewTextFieldCustom("blob", nil, blob, index.StoreField, nil))
	if err := batch.IndexAdvanced(doc); err != nil {
		return err
	}
	for i, p := range d.Paragraphs {
		if p.Kind != corpus.Body {
			continue
		}
		doc := document.NewDocument("p/" + strconv.Itoa(i) + "/" + d.ID)
		doc.AddField(document.NewTextFieldCustom("text", nil, []byte(d.Title+" "+p.In(d.Text)), index.IndexField, analyzer{}))
		if err := batch.IndexAdvanced(doc); err != nil {
			return err
		}
	}
	return nil
}

// analyzer makes this package's own terms the tokens that bleve indexes.
type analyzer struct{}

func (analyzer) Analyze(b []byte) analysis.TokenStream {
	var tokens analysis.TokenStream
	for i, t := range terms(string(b)) {
		tokens = append(tokens, &analysis.Token{Term: []byte(t), Position: i + 1})
	}
	return tokens
}

// Open opens the index in the folder dir.
func Open(dir string) (*Index, error) {
	ix, err := bleve.OpenUsing(filepath.Join(dir, "bleve"), map[string]any{"read_only": true, "bolt_timeout": "2s"})
	if err != nil {
		return nil, fmt.Errorf("opening the index in %s: %w", dir, err)
	}
	return &Index{bleve: ix}, nil
}

// Close lets go of the index.
func (ix *Index) Close() error { return ix.bleve.Close() }

// document unpacks a stored document.
func (ix *Index) document(id string) (*corpus.Document, error) {
	doc, err := ix.bleve.Document("d/" + id)
	if err != nil || doc == nil {
		return nil, fmt.Errorf("fetching %s from the index: %w", id, err)
	}
	var s stored
	doc.VisitFields(func(f index.Field) {
		if f.Name() == "blob" {
			err = json.Unmarshal(f.Value(), &s)
		}
	})
	if err != nil {
		return nil, fmt.Errorf("unpacking %s: %w", id, err)
	}
	s.Document.Text = s.Text
	return s.Document, nil
}
