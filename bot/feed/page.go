package feed

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"example.org/attache/corpus"
)

// page makes the content of an entry a page of its own, as a person can read it
// in a browser: without what runs.
func (e entry) page(language string) []byte {
	var b bytes.Buffer
	b.WriteString("<!DOCTYPE html>\n<html")
	if language != "" {
		fmt.Fprintf(&b, ` lang="%s"`, html.EscapeString(language))
	}
	title := html.EscapeString(e.title)
	fmt.Fprintf(&b, ">\n<head><meta charset=\"utf-8\"><title>%s</title></head>\n<body><article>\n", title)
	if title != "" {
		fmt.Fprintf(&b, "<h1>%s</h1>\n", title)
	}
	b.WriteString(harmless(e.content))
	b.WriteString("\n</article></body>\n</html>\n")
	return b.Bytes()
}

// harmless is HTML without scripts, frames and forms. Text without markup becomes
// paragraphs.
func harmless(s string) string {
	s = strings.ToValidUTF8(s, "\ufffd")
	if !strings.ContainsRune(s, '<') {
		var b strings.Builder
		for p := range strings.SplitSeq(strings.ReplaceAll(s, "\r", ""), "\n\n") {
			if p = strings.TrimSpace(p); p != "" {
				fmt.Fprintf(&b, "<p>%s</p>\n", html.EscapeString(html.UnescapeString(p)))
			}
		}
		return b.String()
	}
	var b bytes.Buffer
	z := html.NewTokenizer(strings.NewReader(s))
	dropped := atom.Atom(0) // the element whose content is left out
	for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
		t := z.Token()
		switch {
		case dropped != 0:
			if kind == html.EndTagToken && t.DataAtom == dropped {
				dropped = 0
			}
		case kind == html.CommentToken || kind == html.DoctypeToken:
		case slices.Contains(running, t.DataAtom):
			if kind == html.StartTagToken {
				dropped = t.DataAtom
			}
		case slices.Contains(framing, t.DataAtom):
		default:
			t.Attr = slices.DeleteFunc(t.Attr, func(a html.Attribute) bool {
				return strings.HasPrefix(a.Key, "on") || strings.Contains(strings.ToLower(a.Val), "script:") || a.Key == "style" || a.Key == "srcdoc"
			})
			b.WriteString(t.String())
		}
	}
	return b.String()
}

// running are the elements whose content is no text; framing are those of which
// the tags alone are left out.
var (
	running = []atom.Atom{atom.Script, atom.Style, atom.Iframe, atom.Object, atom.Template, atom.Noscript, atom.Svg, atom.Math, atom.Select, atom.Textarea}
	framing = []atom.Atom{atom.Html, atom.Head, atom.Body, atom.Base, atom.Link, atom.Meta, atom.Embed, atom.Form, atom.Input, atom.Button, atom.Title, atom.Article}
)

// reading is what a file says, as the corpus will read it.
type reading struct {
	title string
	text  string // of all documents in it
	words int
}

// read reads a file as the corpus will. The error says why it can't be read.
func read(ctx context.Context, o corpus.Options, name string, data []byte) (r reading, err error) {
	dir, err := os.MkdirTemp("", "attache-feed-")
	if err != nil {
		return r, fmt.Errorf("making a folder to read a document in: %w", err)
	}
	defer os.RemoveAll(dir)
	if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
		return r, fmt.Errorf("writing a document to read it: %w", err)
	}
	var texts []string
	none := func(string, string) bool { return false }
	for found := range corpus.ReadChanged(ctx, os.DirFS(dir), o, none) {
		switch {
		case found.Err != nil:
			err = found.Err
		case found.Document != nil:
			if r.title == "" {
				r.title = found.Document.Title
			}
			texts = append(texts, found.Document.Text)
		}
	}
	r.text = strings.Join(texts, "\n")
	r.words = len(strings.Fields(r.text))
	switch {
	case ctx.Err() != nil:
		return r, ctx.Err()
	case len(texts) > 0:
		return r, nil
	case err != nil:
		return r, errors.New(strings.TrimPrefix(err.Error(), "reading "+name+": "))
	}
	return r, errors.New("there is no text in it")
}
