package format

import (
	_ "embed"
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

// isFrame reports whether an element is around the article by what the page
// calls it: a box for a newsletter, links to share it, comments. One that holds
// the title or a good part of the page's text is no frame, whatever its name.
func isFrame(n *html.Node, whole int) bool {
	const part = 4
	if n.Type != html.ElementNode || n.DataAtom == atom.Body || n.DataAtom == atom.Html || n.DataAtom == atom.Article || n.DataAtom == atom.Main {
		return false
	}
	for _, a := range n.Attr {
		if a.Key != "class" && a.Key != "id" && a.Key != "role" {
			continue
		}
		for _, w := range nameWords(a.Val) {
			if frameWords()[w] {
				return textSize(n)*part < whole && find(n, atom.H1) == nil && find(n, atom.Article) == nil
			}
		}
	}
	return false
}

// textSize returns the bytes of an element's text but for scripts and styles.
func textSize(n *html.Node) (size int) {
	switch {
	case n.Type == html.TextNode:
		return len(strings.TrimSpace(n.Data))
	case n.DataAtom == atom.Script || n.DataAtom == atom.Style || n.DataAtom == atom.Noscript || n.DataAtom == atom.Template:
		return 0
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		size += textSize(c)
	}
	return size
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
