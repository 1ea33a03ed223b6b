package format

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// noteMark matches what stands for a note beside a text: 3, [12], 4, 5, b, iv,
// *, [note 2].
var noteMark = regexp.MustCompile(`^[\[(]?\s*(?:\d{1,4}|\pL|[ivx]{1,6}|[*†‡§¶#]{1,4}|(?:note|nb|fn|n|anm|nota)\.?\s*\d{1,3})(?:\s*[,;–-]\s*(?:\d{1,4}|\pL|[*†‡§¶]{1,4}))*\s*[\])]?[,.]?$`)

// noteTarget matches the address of a note on the page, or of the place that a
// note is of.
var noteTarget = regexp.MustCompile(`(?i)#(?:_?(?:ftn|edn|sdfootnote|sdendnote)|fn|cite[_-]?(?:note|ref)|(?:foot|end)?note|ref-?\d|back|nref|easy-footnote|r?f\d)`)

// noteNames are the words in the names of elements that mark a note.
var noteNames = set("footnote footnotes endnote noteref footnoteref footnotereference fn fnref reference references cite citation ref backref backlink fact noprint editsection footnotemark")

// isNoteLink reports whether an element is by its markup the mark of a note,
// which is in the text but is none, or the link from a note back to the
// text.
func isNoteLink(n *html.Node) bool {
	const longest = 16 // bytes
	switch n.DataAtom {
	case atom.Sup, atom.A, atom.Span:
	default:
		return false
	}
	role := attribute(n, "role")
	if role == "doc-noteref" || role == "doc-backlink" {
		return true
	}
	named := isAny(nameWords(attribute(n, "class")), noteNames)
	if n.DataAtom == atom.Span && !named {
		return false
	}
	t := strings.TrimSpace(shortText(n, longest))
	mark := noteMark.MatchString(t)
	switch n.DataAtom {
	case atom.Span:
		return mark || strings.Contains(attribute(n, "class"), "mw-editsection")
	case atom.A:
		to := attribute(n, "href")
		return mark && (named || noteTarget.MatchString(to)) || to != "" && strings.Contains("↩↩︎↑⤴^", t) && strings.Contains(to, "#")
	}
	return mark && (named || find(n, atom.A) != nil || n.Parent != nil && n.Parent.DataAtom == atom.A && strings.Contains(attribute(n.Parent, "href"), "#")) ||
		named && find(n, atom.A) != nil
}

// shortText returns the text of an element unless it is longer than most bytes:
// then it returns a longer one.
func shortText(n *html.Node, most int) string {
	var b strings.Builder
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(n.Data[:min(len(n.Data), 4*most)])
		}
		for c := n.FirstChild; c != nil && b.Len() <= 4*most; c = c.NextSibling {
			walk(c)
		}
	}
	walk(n)
	return b.String()
}
