package format

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"regexp"
	"strings"

	"codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"example.org/attache/corpus/text"
)

// readHTML reads a saved page: the article in it, and what the page says about
// itself: JSON-LD, OpenGraph, <meta>, microdata, and what surrounds its
// title.
func readHTML(ctx context.Context, f File) (Document, error) {
	raw := withoutNUL(f.Data)
	t, err := text.Decode(raw, cmp.Or(f.charset, pageCharset(raw)))
	if err != nil {
		return Document{}, err
	}
	root, err := parsePage(ctx, t)
	if err != nil {
		return Document{}, err
	}
	meta := metaOf(root)
	unpackTemplates(root)
	withoutOtherStories(root, meta.titles())
	whole := measure(root, nil)
	page := newHTMLWalker(root, whole)
	page.factual = true
	page.read(root)
	if err := ctx.Err(); err != nil {
		return Document{}, err
	}
	d := Document{Explain: f.Explain}
	place := article{blocks: page.out, last: len(page.out) - 1}
	if strings.Count(t, "<") <= mostSearched && depths(root, 0) <= mostDepths {
		found, err := readability.FromDocument(root, nil)
		if err == nil && found.Node != nil {
			place = page.article(walkHTML(found.Node, whole).out, meta.title)
		}
		place = page.fromTitle(place, meta.titles())
		if n := markedArticle(root); n != nil {
			place = page.marked(place, walkHTML(n, whole).out, meta.title)
		}
		place = page.described(place, meta.description(), meta.title)
	}
	d.Blocks = place.blocks
	if size(d.Blocks) == 0 {
		d.Blocks = page.out // a list of links, perhaps
	}
	if size(d.Blocks) == 0 { // all of it is called a frame, or hidden until a script shows it
		bare := htmlWalker{bare: true}
		bare.read(root)
		d.Blocks = bare.out
	}
	meta.tell(&d, page, place)
	if d.Explain {
		d.explainPage(root, page)
	}
	return d, nil
}

// mostSearched is up to how many tags, and mostDepths up to which sum of depths,
// the article of a page is looked for: the search copies the page, and goes through
// what an element holds again for each one around it. A page of a hundred thousand
// elements has some two million.
const (
	mostSearched = 200_000
	mostDepths   = 20_000_000
)

// depths adds up how deep each node stands.
func depths(n *html.Node, depth int) (sum int) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		sum += depths(c, depth+1)
	}
	return sum + depth
}

// parseHTML parses a little HTML, of a field perhaps.
func parseHTML(t string) (*html.Node, error) { return parsePage(context.Background(), t) }

// parsePage parses HTML until ctx is over.
func parsePage(ctx context.Context, t string) (*html.Node, error) {
	if err := checkTags(t); err != nil {
		return nil, err
	}
	root, err := html.Parse(asking{ctx, strings.NewReader(t)})
	if err != nil {
		return nil, fmt.Errorf("taking the page apart: %w; save it again from a browser", err)
	}
	return root, nil
}

// pageBegin matches what a page begins with, behind white space and comments.
var pageBegin = regexp.MustCompile(`(?is)^\x{FEFF}?(?:\s+|<\?xml[^>]*\?>|<!--.{0,900}?-->)*<(?:!doctype\s+html|html[\s>]|head[\s>]|body[\s>])`)

// isPage reports whether a file begins like a page.
func isPage(data []byte) bool {
	const reach = 4096 // bytes
	return pageBegin.Match(data[:min(len(data), reach)])
}

// pageCharset returns the encoding that a page declares in its head, or an XML
// file in its first line; empty when it declares none. What is said of a script
// or a style sheet is not the page's.
func pageCharset(data []byte) string {
	const reach = 1 << 20 // bytes
	data = data[:min(len(data), reach)]
	if m := xmlCharset.FindSubmatch(data[:min(len(data), 200)]); m != nil {
		return string(m[1])
	}
	z := html.NewTokenizer(bytes.NewReader(data))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return ""
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := z.TagName()
			switch tag := atom.Lookup(name); {
			case tag == atom.Body:
				return ""
			case tag == atom.Meta && more:
				if charset := metaCharset(z); charset != "" {
					return charset
				}
			}
		}
	}
}

var (
	xmlCharset  = regexp.MustCompile(`^\s*<\?xml[^>]*encoding=["']([\w.:-]+)["']`)
	charsetPart = regexp.MustCompile(`(?i)charset\s*=\s*["']?\s*([\w.:-]+)`)
)

// metaCharset returns the encoding that a <meta> declares.
func metaCharset(z *html.Tokenizer) string {
	charset, content, declares := "", "", false
	for {
		key, value, more := z.TagAttr()
		switch string(key) {
		case "charset":
			charset = strings.TrimSpace(string(value))
		case "content":
			content = string(value)
		case "http-equiv":
			declares = strings.EqualFold(strings.TrimSpace(string(value)), "content-type")
		}
		if !more {
			break
		}
	}
	if m := charsetPart.FindStringSubmatch(content); charset == "" && declares && m != nil {
		return m[1]
	}
	return charset
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

// isUnread reports whether an element is no text to read.
func isUnread(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Head, atom.Nav, atom.Footer, atom.Button, atom.Label,
		atom.Select, atom.Iframe, atom.Svg, atom.Object, atom.Figcaption, atom.Aside, atom.Textarea,
		atom.Del, atom.S, atom.Strike: // taken back by its author
		return true
	}
	return false
}

// isHidden reports whether a page hides an element.
func isHidden(n *html.Node) bool {
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
