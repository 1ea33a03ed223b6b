package format

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	gmtext "github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"example.org/attache/corpus/text"
)

// readMarkdown reads Markdown with YAML or TOML front matter.
func readMarkdown(_ context.Context, f File) (Document, error) {
	t, err := text.Decode(f.Data, "")
	if err != nil {
		return Document{}, err
	}
	if err := checkMarkup(t); err != nil {
		return Document{}, err
	}
	if mostInParagraph(t, "[") > maxBrackets {
		return Document{}, errBrackets
	}
	if mostInParagraph(t, "*_") > maxStars {
		return Document{}, errStars
	}
	if deepestQuote(t) > maxNesting {
		return Document{}, errNesting
	}
	t = withoutSiteCommands(t)
	var d Document
	front, t := cutFront(t)
	fields, err := front.fields()
	if err != nil {
		return Document{}, fmt.Errorf("its front matter is damaged: %w; mend the lines between the first two marks", err)
	}
	d.allMetadata(fields)
	md := goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.Footnote))
	root := md.Parser().Parse(gmtext.NewReader([]byte(t)))
	m := markdown{source: []byte(t)}
	m.blocks(root)
	d.Blocks = m.out
	return d, nil
}

// Bounds of the square brackets of one paragraph, and of its stars and underscores:
// the parser looks through all that are open at each that closes.
const (
	maxBrackets = 5000
	maxStars    = 20_000
)

var (
	errBrackets = fmt.Errorf("%w: a paragraph of it has more than %d square brackets; save it as plain text", ErrTooBig, maxBrackets)
	errStars    = fmt.Errorf("%w: a paragraph of it has more than %d stars and underscores; save it as plain text", ErrTooBig, maxStars)
)

// mostInParagraph counts the signs of the paragraph that has most of them.
func mostInParagraph(t, signs string) int {
	most, n := 0, 0
	for line := range strings.SplitSeq(t, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || len(line) > 1 && line[1] == ' ' && strings.IndexByte("-*+#", line[0]) >= 0 {
			n = 0
		}
		for i := range len(signs) {
			n += strings.Count(line, signs[i:i+1])
		}
		most = max(most, n)
	}
	return most
}

// deepestQuote returns how many quotes the line that lies deepest is in.
func deepestQuote(t string) (deepest int) {
	for line := range strings.SplitSeq(t, "\n") {
		marks := line[:len(line)-len(strings.TrimLeft(line, "> \t"))]
		deepest = max(deepest, strings.Count(marks, ">"))
	}
	return deepest
}

// markdown gathers the blocks of a Markdown text.
type markdown struct {
	source []byte
	titled bool
	out    []Block
}

func (m *markdown) blocks(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Heading:
			kind := Heading
			if c.Level == 1 && !m.titled {
				kind, m.titled = Title, true
			}
			m.add(kind, m.inline(c))
		case *ast.Paragraph, *ast.TextBlock:
			m.paragraph(c)
		case *extast.Footnote:
			m.blocks(c)
		case *ast.CodeBlock, *ast.FencedCodeBlock:
			for i := range c.Lines().Len() {
				line := c.Lines().At(i)
				m.add(Body, string(line.Value(m.source)))
			}
		case *ast.HTMLBlock:
			m.html(c)
		case *extast.TableRow, *extast.TableHeader:
			m.row(c)
		default:
			m.blocks(c)
		}
	}
}

// paragraph takes a paragraph, and notes what is set off at its beginning.
func (m *markdown) paragraph(n ast.Node) {
	m.add(Body, m.inline(n))
	first, ok := n.FirstChild().(*ast.Emphasis)
	if !ok || len(m.out) == 0 {
		return
	}
	b := &m.out[len(m.out)-1]
	if lead := strings.TrimSpace(m.inline(first)); strings.HasPrefix(b.Text, lead) {
		b.Lead = len(lead)
	}
}

func (m *markdown) add(kind Kind, t string) {
	if t = strings.TrimSpace(t); t != "" {
		m.out = append(m.out, Block{Text: t, Kind: kind})
	}
}

func (m *markdown) row(n ast.Node) {
	var cells []string
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		cells = append(cells, m.inline(c))
	}
	if t := strings.TrimSpace(strings.Join(cells, " | ")); t != "" {
		m.out = append(m.out, Block{Text: t, Row: len(cells) > 1})
	}
}

func (m *markdown) html(n *ast.HTMLBlock) {
	var raw strings.Builder
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		raw.Write(line.Value(m.source))
	}
	if root, err := parseHTML(raw.String()); err == nil {
		m.out = append(m.out, walkHTML(root, extent{}).out...)
	}
}

// footnoteMark matches the mark of a note that is not there.
var footnoteMark = regexp.MustCompile(`\[\^[^\[\]\s]{1,40}\]`)

// inline returns the text of a block without its markup. Pictures say nothing,
// the marks of notes neither, and what is struck was taken back by its author.
func (m *markdown) inline(n ast.Node) string {
	var b strings.Builder
	struck := "" // the element of HTML that is under way, whose text is not read
	ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		if raw, ok := n.(*ast.RawHTML); ok {
			tag := rawTag.FindStringSubmatch(strings.ToLower(string(raw.Segments.Value(m.source))))
			struck = struckBy(tag, struck)
			switch {
			case tag == nil || tag[2] != "sup":
			case tag[1] == "":
				b.WriteString(raisedBegin)
			default:
				b.WriteString(raisedEnd)
			}
			return ast.WalkContinue, nil
		}
		if struck != "" {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Image, *extast.Strikethrough, *extast.FootnoteLink, *extast.FootnoteBacklink:
			return ast.WalkSkipChildren, nil
		case *ast.Text:
			b.Write(unescape(n, m.source))
			switch {
			case n.SoftLineBreak():
				b.WriteByte('\n')
			case n.HardLineBreak():
				b.WriteByte(' ')
			}
		case *ast.String:
			b.Write(n.Value)
		case *ast.AutoLink:
			b.Write(n.Label(m.source))
		}
		return ast.WalkContinue, nil
	})
	t := settleRaised(b.String())
	if strings.Contains(t, "[^") {
		t = footnoteMark.ReplaceAllString(t, "")
	}
	return joinLines(strings.Split(t, "\n"))
}

// rawTag matches a tag of HTML in a paragraph, unless it is closed at once.
var rawTag = regexp.MustCompile(`^<(/?)([a-z]+)(?:\s[^<>]*[^/])?>`)

// struckBy returns the element whose text is not read behind a tag that stands
// in a paragraph, when open is the one before it.
func struckBy(tag []string, open string) string {
	switch {
	case tag == nil:
	case tag[1] == "" && open == "" && (tag[2] == "del" || tag[2] == "s" || tag[2] == "strike" || tag[2] == "script" || tag[2] == "style"):
		return tag[2]
	case tag[1] != "" && tag[2] == open:
		return ""
	}
	return open
}

// unescape resolves what Markdown escapes, except in code.
func unescape(n *ast.Text, source []byte) []byte {
	t := n.Value(source)
	if _, code := n.Parent().(*ast.CodeSpan); code {
		return t
	}
	return util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(t)))
}
