package format

import (
	_ "embed"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

//go:embed frames.txt
var framesFile string

var frameWords = sync.OnceValue(func() map[string]bool {
	words := map[string]bool{}
	for line := range strings.Lines(framesFile) {
		if !strings.HasPrefix(line, "#") {
			for w := range strings.FieldsSeq(line) {
				words[w] = true
			}
		}
	}
	return words
})

// frames returns the elements that are around the article by what the page calls
// them: a box for a newsletter, links to share it, comments. One that holds the
// title or a good part of the page's text is no frame, whatever its name. The
// whole page has so many bytes of text.
func frames(root *html.Node, whole int) map[*html.Node]bool {
	const part, half = 4, 2
	all := map[*html.Node]bool{}
	measure(root, func(n *html.Node, size int, article bool) {
		if size*part < whole && !article && namesFrame(n) || isUnseen(n) && (whole == 0 || size*half < whole) {
			all[n] = true
		}
	})
	return all
}

// unseen matches a style that hides an element.
var unseen = regexp.MustCompile(`(?i)(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)`)

// unseenClasses are the names of elements that only screen readers read out:
// labels and hints.
var unseenClasses = set("sr-only visually-hidden visuallyhidden screen-reader-text screen-reader-only element-invisible hidden-accessible")

// isUnseen reports whether a page hides an element by its style. Scripts show
// some later: what holds most of a page isn't hidden for good.
func isUnseen(n *html.Node) bool {
	for _, a := range n.Attr {
		switch a.Key {
		case "style":
			if unseen.MatchString(a.Val) {
				return true
			}
		case "class":
			for class := range strings.FieldsSeq(a.Val) {
				if unseenClasses[class] {
					return true
				}
			}
		}
	}
	return false
}

// namesFrame reports whether the page calls an element something that is around
// an article.
func namesFrame(n *html.Node) bool {
	if n.DataAtom == atom.Body || n.DataAtom == atom.Html || n.DataAtom == atom.Main {
		return false
	}
	for _, a := range n.Attr {
		if a.Key != "class" && a.Key != "id" && a.Key != "role" {
			continue
		}
		if slices.ContainsFunc(nameWords(a.Val), func(w string) bool { return frameWords()[w] }) {
			return true
		}
	}
	return false
}

// measure returns the bytes of text below a node but for scripts and styles, and
// whether it is or holds a title or an article. It tells take (nil: nobody) the
// same of each element, so that a page is gone through once, however deep.
func measure(n *html.Node, take func(n *html.Node, size int, article bool)) (size int, article bool) {
	switch {
	case n.Type == html.TextNode:
		return len(strings.TrimSpace(n.Data)), false
	case n.DataAtom == atom.Script || n.DataAtom == atom.Style || n.DataAtom == atom.Noscript || n.DataAtom == atom.Template:
		return 0, false
	}
	article = n.DataAtom == atom.H1 || n.DataAtom == atom.Article
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		own, holds := measure(c, take)
		size, article = size+own, article || holds
	}
	if take != nil && n.Type == html.ElementNode {
		take(n, size, article)
	}
	return size, article
}

// nameWords takes the names of an element apart: "shareBar ad-slot" is share,
// bar, ad and slot.
func nameWords(names string) (words []string) {
	word := strings.Builder{}
	end := func() {
		if word.Len() > 0 {
			words = append(words, word.String())
		}
		word.Reset()
	}
	lower := false
	for _, r := range names {
		if !unicode.IsLetter(r) || unicode.IsUpper(r) && lower {
			end()
		}
		if unicode.IsLetter(r) {
			word.WriteRune(unicode.ToLower(r))
		}
		lower = unicode.IsLower(r)
	}
	end()
	return words
}
