package format

import (
	"slices"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// explainPage notes what of a page is not in the document: what the page hides,
// the elements that are called a frame, and the blocks around the article.
func (d *Document) explainPage(root *html.Node, page *htmlWalker) {
	kept := map[string]bool{}
	for _, b := range d.Blocks {
		kept[b.Text] = true
	}
	for _, b := range page.out {
		if !kept[b.Text] {
			d.Leave(b.Text, Frame)
		}
	}
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		var why Why
		switch {
		case n.Type == html.CommentNode || slices.Contains([]atom.Atom{atom.Script, atom.Style, atom.Template, atom.Head}, n.DataAtom):
			return
		case isHidden(n) || isUnseen(n) && page.left[n] || n.DataAtom == atom.Del || n.DataAtom == atom.S || n.DataAtom == atom.Strike:
			why = Hidden
		case isUnread(n) || page.left[n]:
			why = Frame
		}
		if t := plainText(n); why != "" && !kept[t] {
			d.Leave(t, why)
			return
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(root)
}
