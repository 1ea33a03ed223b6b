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

// readHTML reads a saved page: the article in it, and what the page tells of
// itself: JSON-LD, OpenGraph, <meta>, microdata, and what stands around its
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

// walkHTML gathers the text of a page or a part of one, block by block. The
// whole is the extent of the page, of what is no page nothing.
func walkHTML(root *html.Node, whole extent) *htmlWalker {
	w := newHTMLWalker(root, whole)
	w.read(root)
	return w
}

func newHTMLWalker(root *html.Node, whole extent) *htmlWalker {
	return &htmlWalker{frames: framesOf(root, whole)}
}

func (w *htmlWalker) read(root *html.Node) {
	w.walk(root)
	w.flush()
}

type htmlWalker struct {
	frames
	bare    bool // read also what the page hides
	factual bool // gather facts
	away    int  // in how many elements that tell nothing of the page the walk is
	text    bytes.Buffer
	linked  int // bytes of the block under way that are links
	bold    int // in how many elements that set their text off the walk is
	lead    leadState
	kind    Kind
	row     bool // the block under way is a row of a table
	titled  bool
	out     []Block
	links   []int // bytes of each block that are links
	again   *bool // whether links that look like the names of speakers come again; nil until it is needed
	facts   []fact
}

// walk gathers text and ends a block wherever an element does that is one.
func (w *htmlWalker) walk(n *html.Node) {
	if n == nil {
		return
	}
	if w.outside[n] {
		w.away++
		defer func() { w.away-- }()
	}
	w.takeFact(n)
	switch {
	case n.Type == html.TextNode:
		w.write(n.Data)
		return
	case n.DataAtom == atom.Pre && strings.Contains(strings.TrimSpace(textOf(n)), "\n"):
		w.flush()
		for _, b := range plainBlocks(textOf(n)) {
			w.out = append(w.out, b)
			w.links = append(w.links, 0)
		}
		return
	case n.Type == html.CommentNode || isUnread(n) || isHidden(n) && !w.bare || w.left[n]:
		w.scanFacts(n)
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
	if isSetOff(n) {
		w.bold++
		defer func() { w.bold-- }()
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

// breakLabel is what names a speaker behind a break, for sure.
var breakLabel = regexp.MustCompile(`^(?:Q|A|(?:Mr|Mrs|Ms|Miss|Dr)\.? \p{Lu}[\p{L}'’-]+|\p{Lu}[\p{Lu}.'’-]+(?: \p{Lu}[\p{Lu}.'’-]+){0,3}):\s`)

// lineBreak ends a block at two breaks in a row, and before a speaker's label;
// one alone is a space.
func (w *htmlWalker) lineBreak(n *html.Node) {
	next := n.NextSibling
	for next != nil && next.Type == html.TextNode && strings.TrimSpace(next.Data) == "" {
		next = next.NextSibling
	}
	if next != nil && (next.DataAtom == atom.Br || breakLabel.MatchString(text.JoinLines(textOf(next)))) {
		w.flush()
		return
	}
	w.text.WriteByte(' ')
}

func (w *htmlWalker) flush() {
	t, lead := takeLead(strings.TrimSpace(text.JoinLines(settleRaised(w.text.String()))))
	if w.lead == leads {
		lead = len(t)
	}
	if strings.Trim(t, "| ") != "" {
		if w.kind == Title && w.titled {
			w.kind = Heading
		}
		w.titled = w.titled || w.kind == Title
		w.out = append(w.out, Block{Text: t, Kind: w.kind, Row: w.row, Lead: lead})
		w.links = append(w.links, w.linked)
	}
	w.text.Reset()
	w.linked = 0
	w.kind, w.row, w.lead = Body, false, leadOpen
}

// write takes up characters, and marks the end of what is set off at the
// beginning of the block.
func (w *htmlWalker) write(s string) {
	switch blank := strings.TrimSpace(s) == ""; {
	case blank || w.lead == leadOver:
	case w.bold > 0:
		if w.lead == leadOpen && (w.text.Len() == 0 || w.stamped()) || w.lead == leads {
			w.lead = leads
			if w.text.Len() > 0 && w.stamped() {
				w.text.WriteByte(' ')
			}
		} else {
			w.lead = leadOver
		}
	case w.lead == leadOpen && timeStamp.MatchString(w.text.String()+s):
	default:
		if w.lead == leads {
			w.text.WriteString(leadEnd)
		}
		w.lead = leadOver
	}
	w.text.WriteString(s)
}

// timeStamp is the time in a recording before a speaker's name.
var timeStamp = regexp.MustCompile(`^\s*[\[(]?\d{1,2}:\d{2}(?::\d{2})?[\])]?\s*$`)

// stamped reports whether only a time precedes what is set off.
func (w *htmlWalker) stamped() bool {
	return w.text.Len() < 20 && timeStamp.MatchString(w.text.String())
}

var boldStyle = regexp.MustCompile(`(?i)font-weight\s*:\s*(?:bold|[6-9]00)`)

// isSetOff reports whether an element sets its text off in bold or italics.
func isSetOff(n *html.Node) bool {
	switch n.DataAtom {
	case atom.B, atom.Strong, atom.Em, atom.I, atom.U:
		return true
	case atom.Span:
		return strings.Contains(strings.ToLower(attribute(n, "class")), "bold") || boldStyle.MatchString(attribute(n, "style"))
	}
	return false
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
