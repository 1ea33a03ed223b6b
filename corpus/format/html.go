package format

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"strings"

	"codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"attache/corpus/text"
)

// readHTML reads a saved page: the article in it, and what its metadata tell
// (JSON-LD, OpenGraph, <meta>).
func readHTML(_ context.Context, f File) (Document, error) {
	t, err := text.Decode(f.Data, declaredCharset(f.Data))
	if err != nil {
		return Document{}, err
	}
	root, err := parseHTML(t)
	if err != nil {
		return Document{}, err
	}
	var d Document
	d.pageMetadata(root)
	d.Language = cmp.Or(LanguageCode(attribute(find(root, atom.Html), "lang")), d.Language)
	whole, _ := measure(root, nil)
	page := walkHTML(root, whole)
	d.Blocks = page.out
	if depths(root, 0) > mostDepths {
		return d, nil
	}
	found, err := readability.FromDocument(root, nil)
	if err == nil && found.Node != nil {
		d.Blocks = page.article(walkHTML(found.Node, whole).out, d.Title)
	}
	return d, nil
}

// mostDepths is up to which sum of depths the article of a page is looked for:
// the search goes through what an element holds again for each one around it.
// A page of a hundred thousand elements has some two million.
const mostDepths = 20_000_000

// depths adds up how deep each node stands.
func depths(n *html.Node, depth int) (sum int) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		sum += depths(c, depth+1)
	}
	return sum + depth
}

func parseHTML(t string) (*html.Node, error) {
	root, err := html.Parse(strings.NewReader(t))
	if err != nil {
		return nil, fmt.Errorf("taking the page apart: %w; save it again from a browser", err)
	}
	return root, nil
}

// declaredCharset returns the encoding that a page or an XML file names in its
// first lines.
func declaredCharset(data []byte) string {
	head := strings.ToLower(string(data[:min(len(data), 2048)]))
	for _, key := range []string{"charset=", "encoding="} {
		if _, rest, ok := strings.Cut(head, key); ok {
			rest = strings.TrimLeft(rest, `"' `)
			if n := strings.IndexAny(rest, `"' />?;`); n > 0 {
				return rest[:n]
			}
		}
	}
	return ""
}

// walkHTML gathers the text of a page or a part of one, block by block. The
// whole page has so many bytes of text.
func walkHTML(root *html.Node, whole int) *htmlWalker {
	w := &htmlWalker{frames: frames(root, whole)}
	w.walk(root)
	w.flush()
	return w
}

type htmlWalker struct {
	frames map[*html.Node]bool
	text   bytes.Buffer
	linked int // bytes of the block under way that are links
	kind   Kind
	row    bool // the block under way is a row of a table
	titled bool
	out    []Block
	links  []int // bytes of each block that are links
}

// walk gathers text and ends a block wherever an element does that is one.
func (w *htmlWalker) walk(n *html.Node) {
	if n == nil {
		return
	}
	switch {
	case n.Type == html.TextNode:
		w.text.WriteString(n.Data)
		return
	case n.Type == html.CommentNode || isHidden(n) || w.frames[n]:
		return
	case isNoteLink(n):
		return
	case n.DataAtom == atom.Br:
		w.lineBreak(n)
		return
	case n.DataAtom == atom.Tr:
		if cells := w.rowCells(n); cells != nil {
			w.flush()
			w.text.WriteString(strings.Join(cells, " | "))
			w.row = true
			w.flush()
			return
		}
	}
	block := isBlock(n)
	if block {
		w.flush()
	}
	if kind := headingKind(n); kind != Body {
		w.kind = kind
	}
	if n.DataAtom == atom.Sup {
		w.text.WriteString(raisedBegin)
		defer w.text.WriteString(raisedEnd)
	}
	before := w.text.Len()
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.walk(c)
	}
	if n.DataAtom == atom.A {
		w.linked += max(0, w.text.Len()-before)
	}
	if block {
		w.flush()
	}
}

// lineBreak ends a block at two breaks in a row; one alone is a space.
func (w *htmlWalker) lineBreak(n *html.Node) {
	next := n.NextSibling
	for next != nil && next.Type == html.TextNode && strings.TrimSpace(next.Data) == "" {
		next = next.NextSibling
	}
	if next != nil && next.DataAtom == atom.Br {
		w.flush()
		return
	}
	w.text.WriteByte(' ')
}

func (w *htmlWalker) flush() {
	if t := text.JoinLines(settleRaised(w.text.String())); strings.Trim(t, "| ") != "" {
		if w.kind == Title && w.titled {
			w.kind = Heading
		}
		w.titled = w.titled || w.kind == Title
		w.out = append(w.out, Block{Text: t, Kind: w.kind, Row: w.row})
		w.links = append(w.links, w.linked)
	}
	w.text.Reset()
	w.linked = 0
	w.kind, w.row = Body, false
}

// rowCells returns the texts of the cells of a row that is one of data; nil
// where a table only lays out the page.
func (w *htmlWalker) rowCells(row *html.Node) []string {
	const longest = 200
	var cells []string
	for c := row.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom != atom.Td && c.DataAtom != atom.Th {
			continue
		}
		in := htmlWalker{frames: w.frames}
		in.walk(c)
		in.flush()
		var texts []string
		for _, b := range in.out {
			texts = append(texts, b.Text)
		}
		t := strings.Join(texts, " ")
		if len(t) > longest || find(c, atom.Table) != nil || find(c, atom.Script) != nil {
			return nil
		}
		cells = append(cells, t)
	}
	if len(cells) < 2 {
		return nil
	}
	return cells
}

func headingKind(n *html.Node) Kind {
	switch n.DataAtom {
	case atom.H1:
		return Title
	case atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return Heading
	}
	return Body
}

// isHidden reports whether an element is no text to read.
func isHidden(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Head, atom.Nav, atom.Footer, atom.Button, atom.Label,
		atom.Select, atom.Iframe, atom.Svg, atom.Object, atom.Figcaption, atom.Aside, atom.Textarea,
		atom.Del, atom.S, atom.Strike: // taken back by its author
		return true
	}
	for _, a := range n.Attr {
		if a.Key == "hidden" || a.Key == "aria-hidden" && a.Val == "true" {
			return true
		}
	}
	return false
}

func isBlock(n *html.Node) bool {
	switch n.DataAtom {
	case atom.P, atom.Div, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Li, atom.Ul, atom.Ol, atom.Dl, atom.Dt,
		atom.Dd, atom.Blockquote, atom.Pre, atom.Tr, atom.Table, atom.Section, atom.Article, atom.Header, atom.Main, atom.Hr,
		atom.Figure, atom.Caption, atom.Address, atom.Details, atom.Summary, atom.Body, atom.Fieldset:
		return true
	}
	return false
}

func find(n *html.Node, a atom.Atom) *html.Node {
	if n.DataAtom == a {
		return n
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if found := find(c, a); found != nil {
			return found
		}
	}
	return nil
}

func attribute(n *html.Node, key string) string {
	if n != nil {
		for _, a := range n.Attr {
			if a.Key == key {
				return a.Val
			}
		}
	}
	return ""
}

func textOf(n *html.Node) string {
	if n == nil {
		return ""
	}
	if n.Type == html.TextNode {
		return n.Data
	}
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		b.WriteString(textOf(c))
	}
	return b.String()
}
