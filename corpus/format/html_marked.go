package format

import (
	"bytes"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// markedArticle returns the element that a page itself calls the text of its
// article: by microdata, or by the hentry microformat. It is nil where there is none,
// or more than one, as on a page of several stories.
func markedArticle(root *html.Node) (marked *html.Node) {
	several := false
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.ElementNode && isMarkedArticle(n) {
			several = several || marked != nil
			marked = n
			return
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(root)
	if several {
		return nil
	}
	return marked
}

func isMarkedArticle(n *html.Node) bool {
	return slices.Contains(strings.Fields(attribute(n, "itemprop")), "articleBody") ||
		slices.ContainsFunc(strings.Fields(attribute(n, "class")), func(class string) bool { return class == "entry-content" || class == "e-content" })
}

// unpackTemplates puts what a page keeps in a template within its article, for a
// script to show, in the template's place.
func unpackTemplates(root *html.Node) {
	article := markedArticle(root)
	if article == nil {
		return
	}
	for c := article.FirstChild; c != nil; {
		next := c.NextSibling
		if c.DataAtom == atom.Script && attribute(c, "type") == "text/template" && c.FirstChild != nil {
			parsed, err := html.ParseFragment(strings.NewReader(c.FirstChild.Data), &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div})
			if err == nil {
				for _, n := range parsed {
					article.InsertBefore(n, c)
				}
				article.RemoveChild(c)
			}
		}
		c = next
	}
}

// withoutNUL takes out the few NUL bytes that a page may have, as browsers do. In
// UTF-16 every other byte is one.
func withoutNUL(page []byte) []byte {
	const most = 100 // of how many bytes one may be
	if n := bytes.Count(page, []byte{0}); n == 0 || n > len(page)/most {
		return page
	}
	return bytes.ReplaceAll(page, []byte{0}, nil)
}
