package format

import (
	"bytes"
	"regexp"
	"strings"

	"example.org/attache/corpus/text"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

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
	away    int  // in how many elements that say nothing of the page the walk is
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
