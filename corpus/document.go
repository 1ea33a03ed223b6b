package corpus

import (
	"cmp"
	"fmt"
	"strings"

	"attache/corpus/clean"
	"attache/corpus/format"
	"attache/corpus/speech"
	"attache/corpus/text"
)

// newDocument makes a Document of what a reader found in a file, and of what
// its sidecar tells.
func newDocument(file, hash string, f format.Document, side *sidecar) (*Document, error) {
	if n := size(f); n > maxText {
		return nil, fmt.Errorf("%w: %d MB of text, and at most %d are read as one document; split it", format.ErrTooBig, n>>20, maxText>>20)
	}
	declared := f.Language
	f.Language = ""
	if err := applySidecars(&f, side); err != nil {
		return nil, err
	}
	clean.Clean(&f)
	d := &Document{
		ID: file + f.Part, Title: f.Title, Publisher: f.Publisher, Author: f.Author, URL: f.URL,
		Published: f.Published, Language: f.Language, Tags: f.Tags, Hash: hash,
	}
	spans := d.setText(f.Blocks)
	if d.Language == "" {
		d.Language = cmp.Or(text.Language(d.Text), declared) // templates declare anything
	}
	for _, p := range spans {
		d.Sentences = append(d.Sentences, text.Sentences(d.Text, p, d.Language)...)
	}
	d.Statements, d.People = speech.Read(speech.Text{Body: d.Text, Paragraphs: spans, Sentences: d.Sentences, Language: d.Language})
	return d, nil
}

// size returns the bytes of a document's text.
func size(d format.Document) (n int) {
	for _, b := range d.Blocks {
		n += len(b.Text)
	}
	return n
}

// setText lays the blocks out as the document's text, a paragraph a line.
func (d *Document) setText(blocks []format.Block) []text.Span {
	var b strings.Builder
	var spans []text.Span
	for _, block := range blocks {
		span := text.Span{Start: b.Len()}
		for word := range strings.FieldsSeq(block.Text) {
			if b.Len() > span.Start {
				b.WriteByte(' ')
			}
			b.WriteString(word)
		}
		if span.End = b.Len(); span.Len() == 0 {
			continue
		}
		b.WriteByte('\n')
		spans = append(spans, span)
		d.Paragraphs = append(d.Paragraphs, Paragraph{span, block.Kind, block.Page})
	}
	d.Text = b.String()
	return spans
}
