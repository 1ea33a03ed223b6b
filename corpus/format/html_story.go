package format

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"example.org/attache/corpus/text"
)

// withoutOtherStories takes the stories out of a page that are beside the one
// that is called as the page is: those that a site puts below it, one after the
// other, and cards that lead to others.
func withoutOtherStories(root *html.Node, titles []string) {
	heading := ownHeading(root, titles)
	if heading == nil {
		return
	}
	for n := heading; n.Parent != nil; n = n.Parent {
		if !hasRunningText(n) {
			continue
		}
		if n.Parent.DataAtom == atom.Body || n.DataAtom == atom.Body {
			// Siblings of all kinds are below the body: only articles are compared.
			removeSiblings(n, func(s *html.Node) bool {
				return s.DataAtom == atom.Article && n.DataAtom == atom.Article && isOtherStory(s)
			})
			if n.DataAtom == atom.Body {
				return
			}
			continue
		}
		removeSiblings(n, func(s *html.Node) bool { return isAlike(n, s) && isOtherStory(s) })
	}
}

// hasRunningText reports whether an element holds a story, and not its heading
// alone.
func hasRunningText(n *html.Node) bool {
	const least = 200 // bytes
	size := 0
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		for c := n.FirstChild; c != nil && size < least; c = c.NextSibling {
			if c.DataAtom == atom.P {
				size += len(plainText(c))
			} else {
				walk(c)
			}
		}
	}
	walk(n)
	return size >= least
}

// removeSiblings takes the siblings behind and before a node out that are other
// stories.
func removeSiblings(n *html.Node, other func(*html.Node) bool) {
	for s := n.Parent.FirstChild; s != nil; {
		next := s.NextSibling
		if s != n && s.Type == html.ElementNode && other(s) {
			n.Parent.RemoveChild(s)
		}
		s = next
	}
}

// isAlike reports whether two elements are of one kind by tag and first class.
func isAlike(a, b *html.Node) bool {
	if a.DataAtom != b.DataAtom || a.DataAtom != atom.Article && a.DataAtom != atom.Section && a.DataAtom != atom.Div && a.DataAtom != atom.Li {
		return false
	}
	if a.DataAtom == atom.Article {
		return true
	}
	classA, _, _ := strings.Cut(attribute(a, "class"), " ")
	classB, _, _ := strings.Cut(attribute(b, "class"), " ")
	return classA == classB && classA != ""
}

// isOtherStory reports whether an element has a heading of its own that leads to
// another page, or is one of a page.
func isOtherStory(n *html.Node) bool {
	h := findBy(n, func(n *html.Node) bool { return headingKind(n) != Body })
	if h == nil {
		return false
	}
	if h.DataAtom == atom.H1 {
		return true
	}
	link := find(h, atom.A)
	if link == nil && h.Parent != nil && h.Parent.DataAtom == atom.A {
		link = h.Parent
	}
	to := attribute(link, "href")
	return to != "" && !strings.HasPrefix(to, "#")
}

// ownHeading returns the heading that says one of the titles of the page, nil
// for none.
func ownHeading(root *html.Node, titles []string) *html.Node {
	const least = 8 // bytes of a title that is not in another by chance
	var folded []string
	for _, t := range titles {
		if t = text.Fold(t); t != "" {
			folded = append(folded, t)
		}
	}
	return findBy(root, func(n *html.Node) bool {
		if headingKind(n) == Body {
			return false
		}
		t := text.Fold(plainText(n))
		for _, title := range folded {
			if t == title || len(t) >= least && strings.HasPrefix(title, t) {
				return true
			}
		}
		return false
	})
}
