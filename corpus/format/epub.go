package format

import (
	"cmp"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"example.org/attache/corpus/date"
	"example.org/attache/corpus/text"
)

var errNoBook = errors.New("it holds no book; save it again")

// book is what the package document of a book tells.
type book struct {
	doc       Document
	parts     map[string]bookPart // by id
	spine     []string            // ids, in reading order
	published map[string]string   // dates by what they are of
}

// bookPart is a file of a book.
type bookPart struct {
	name  string
	media string
	toc   bool // it is the table of contents
}

// readEPUB reads a book: its chapters in their order.
func readEPUB(ctx context.Context, f File) (Document, error) {
	o, err := openOffice(ctx, f)
	if err != nil {
		return Document{}, err
	}
	b, err := o.book()
	if err != nil {
		return Document{}, err
	}
	locked := o.lockedParts()
	total := 0
	for _, id := range b.spine {
		if ctx.Err() != nil {
			return Document{}, ctx.Err()
		}
		part, ok := b.parts[id]
		if !ok || part.toc || part.media != "application/xhtml+xml" && part.media != "text/html" {
			continue
		}
		if locked[part.name] {
			return Document{}, errCopyProtected
		}
		data, err := o.part(part.name)
		if err != nil {
			return Document{}, fmt.Errorf("reading its part %s: %w", part.name, err)
		}
		if total += len(data); total > maxArchive {
			return Document{}, errBomb
		}
		blocks, err := chapter(ctx, data)
		if err != nil {
			return Document{}, fmt.Errorf("reading its part %s: %w", part.name, err)
		}
		b.doc.Blocks = append(b.doc.Blocks, blocks...)
	}
	for i := range b.doc.Blocks { // the headings of chapters are not the title of the book
		if block := &b.doc.Blocks[i]; block.Kind == Title && text.Fold(block.Text) != text.Fold(b.doc.Title) {
			block.Kind = Heading
		}
	}
	return b.doc, nil
}

var errCopyProtected = errors.New("it is protected against copying, so that only the shop's own program opens it; get it without that, or without a password")

// chapter returns the text of one part of a book.
func chapter(ctx context.Context, data []byte) ([]Block, error) {
	t, err := text.Decode(data, cmp.Or(pageCharset(data), "utf-8"))
	if err != nil {
		return nil, err
	}
	root, err := parsePage(ctx, t)
	if err != nil {
		return nil, err
	}
	dropReferences(root)
	return walkHTML(root, extent{}).out, nil
}

// dropReferences takes the links to notes out, which books mark by what they are.
func dropReferences(n *html.Node) {
	var next *html.Node
	for c := n.FirstChild; c != nil; c = next {
		next = c.NextSibling
		if c.DataAtom == atom.A && (slices.Contains(strings.Fields(attribute(c, "epub:type")), "noteref") || attribute(c, "role") == "doc-noteref") {
			n.RemoveChild(c)
			continue
		}
		dropReferences(c)
	}
}

// part returns the bytes of a part of the file.
func (o office) part(name string) ([]byte, error) {
	for _, e := range o.parts.File {
		if e.Name != name {
			continue
		}
		if err := checkEntry(e); err != nil {
			return nil, err
		}
		r, err := e.Open()
		if err != nil {
			return nil, fmt.Errorf("unpacking it: %w", err)
		}
		defer r.Close()
		return readAtMost(r, maxEntry)
	}
	return nil, errNoPart
}

// book reads what the package document tells: which parts there are, in which
// order, and the metadata.
func (o office) book() (book, error) {
	b := book{parts: map[string]bookPart{}, published: map[string]string{}}
	root := ""
	_, err := o.walk("META-INF/container.xml", xmlRules{start: func(_ *xmlWalker, e xml.StartElement) {
		if e.Name.Local == "rootfile" {
			root = cmp.Or(root, attr(e, "full-path"))
		}
	}})
	if err != nil && !errors.Is(err, errNoPart) {
		return b, err
	}
	if root == "" {
		for _, part := range o.parts.File {
			if strings.HasSuffix(part.Name, ".opf") {
				root = part.Name
				break
			}
		}
	}
	if _, err = o.walk(root, b.rules(path.Dir(root))); errors.Is(err, errNoPart) {
		return b, errNoBook
	}
	b.doc.Published = date.Parse(cmp.Or(b.published["publication"], b.published["original-publication"], b.published[""]))
	return b, err
}

// rules read a package document that lies in a folder.
func (b *book) rules(dir string) xmlRules {
	event := ""
	return xmlRules{
		start: func(w *xmlWalker, e xml.StartElement) {
			w.text.Reset()
			switch e.Name.Local {
			case "date":
				event = attr(e, "event")
			case "item":
				name, err := url.PathUnescape(attr(e, "href"))
				if err != nil {
					name = attr(e, "href")
				}
				b.parts[attr(e, "id")] = bookPart{
					name:  strings.TrimPrefix(path.Join("/", dir, name), "/"),
					media: attr(e, "media-type"),
					toc:   slices.Contains(strings.Fields(attr(e, "properties")), "nav"),
				}
			case "itemref":
				b.spine = append(b.spine, attr(e, "idref"))
			}
		},
		end: func(w *xmlWalker, name string) {
			value := strings.Join(strings.Fields(w.text.String()), " ")
			w.text.Reset()
			d := &b.doc
			switch name {
			case "title":
				d.Title = cmp.Or(d.Title, value)
			case "creator":
				d.Author = strings.TrimPrefix(d.Author+", "+value, ", ")
			case "publisher":
				d.Publisher = cmp.Or(d.Publisher, value)
			case "language":
				d.Language = cmp.Or(d.Language, LanguageCode(value))
			case "subject":
				d.Tags = append(d.Tags, value)
			case "date":
				b.published[event] = cmp.Or(b.published[event], value)
			}
		},
	}
}

// lockedParts returns the parts of a book that are encrypted; the fonts of many
// books are.
func (o office) lockedParts() map[string]bool {
	locked := map[string]bool{}
	_, _ = o.walk("META-INF/encryption.xml", xmlRules{start: func(_ *xmlWalker, e xml.StartElement) { // without it nothing is
		if e.Name.Local == "CipherReference" {
			name, err := url.PathUnescape(attr(e, "URI"))
			if err == nil {
				locked[name] = true
			}
		}
	}})
	return locked
}
