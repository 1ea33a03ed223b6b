package corpus

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"iter"
	"path"
	"strings"

	"attache/corpus/speech"
	"attache/corpus/text"
)

//go:embed documents
var builtin embed.FS

// Builtin returns the documents that ship in the program.
func Builtin() fs.FS {
	sub, err := fs.Sub(builtin, "documents")
	if err != nil {
		panic(err) // the folder is part of the build
	}
	return sub
}

// Result is what became of one file: a document, or the reason why there is
// none.
type Result struct {
	Path     string
	Document *Document
	Err      error
}

// Read reads every file below the root of fsys, in the order of their paths.
// A file that can't be read is a Result with Err set; the others follow.
func Read(ctx context.Context, fsys fs.FS) iter.Seq[Result] {
	return func(yield func(Result) bool) {
		fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
			switch {
			case ctx.Err() != nil:
				yield(Result{Path: name, Err: ctx.Err()})
				return fs.SkipAll
			case err != nil:
			case d.IsDir() || path.Ext(name) != ".txt":
				return nil
			}
			r := Result{Path: name, Err: err}
			if err == nil {
				r.Document, r.Err = readFile(fsys, name)
			}
			if !yield(r) {
				return fs.SkipAll
			}
			return nil
		})
	}
}

func readFile(fsys fs.FS, name string) (*Document, error) {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	sum := sha256.Sum256(data)
	d := &Document{ID: name, Text: string(data), Hash: hex.EncodeToString(sum[:])}
	d.Title, _, _ = strings.Cut(d.Text, "\n")
	d.Language = text.Language(d.Text)
	spans := text.Paragraphs(d.Text)
	for _, p := range spans {
		kind := Body
		if p.In(d.Text) == d.Title && len(d.Title) < 150 {
			kind = Title
		}
		d.Paragraphs = append(d.Paragraphs, Paragraph{p, kind})
		d.Sentences = append(d.Sentences, text.Sentences(d.Text, p, d.Language)...)
	}
	d.Quotations, d.People = speech.Read(speech.Text{Body: d.Text, Paragraphs: spans, Sentences: d.Sentences, Language: d.Language})
	return d, nil
}
