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

// frames are the elements of a page that are around its article, and those that
// tell nothing of it.
type frames struct {
	left    map[*html.Node]bool // not read
	outside map[*html.Node]bool // of other stories or of readers: dates and names in them are not the page's
}

// framesOf returns the elements that are around the article by what the page
// calls them: a box for a newsletter, links to share it, comments. One that
// holds the title or a good part of the page's running text is none, whatever
// its name; nor is one that is called as a box to share the page is, and stands
// between the title and the text. A notice, as of cookies, is one as long as it
// is not most of the page. The whole is the page's extent.
func framesOf(root *html.Node, whole extent) frames {
	const part, half, most = 4, 2, 10
	f := frames{map[*html.Node]bool{}, map[*html.Node]bool{}}
	measure(root, func(n *html.Node, e extent) {
		words := elementWords(n)
		if isAny(words, outsideWords) && !e.titled {
			f.outside[n] = true
		}
		switch {
		case !e.article && isAny(words, frameWords()) && (e.running*part < whole.running || isAny(words, noticeWords) && e.all*part < whole.all),
			holdsComments(n) && e.running*most < whole.running*(most-1) && !e.titled,
			isUnseen(n) && (whole.all == 0 || e.running*half < whole.running):
			f.left[n] = true
		}
	})
	if lede := ledeOf(root, f.left); lede != nil {
		delete(f.left, lede)
	}
	return f
}

// noticeWords are the words in the names of boxes that ask visitors for
// something.
var noticeWords = set("cookie cookies consent gdpr ccpa onetrust newsletter newsletters signup subscribe modal popup overlay dialog alertdialog")

// commentBoxes are the names of elements that hold what readers say.
var commentBoxes = set("comments comment-list commentlist comments-area comments-list comment-section comments-section comments-container disqus_thread respond kommentare comentarios commentaires")

func holdsComments(n *html.Node) bool {
	for _, a := range n.Attr {
		if a.Key == "id" || a.Key == "class" {
			for name := range strings.FieldsSeq(a.Val) {
				if commentBoxes[strings.ToLower(name)] {
					return true
				}
			}
		}
	}
	return false
}

// ledeWords are the words in the names of boxes that are around an article, but
// for which sites call the lede of one.
var ledeWords = set("teaser teasers promo share sharing social socials")

// ledeOf returns the element among those left out that is between the title
// and the first paragraph and holds a paragraph itself; nil when there is none.
func ledeOf(root *html.Node, left map[*html.Node]bool) *html.Node {
	const paragraph = 60 // bytes
	titled := false
	var lede *html.Node
	var walk func(n *html.Node) (ended bool)
	walk = func(n *html.Node) bool {
		switch {
		case n.DataAtom == atom.H1:
			titled = true
			return false
		case isUnread(n) || isHidden(n) || n.Type == html.CommentNode:
			return false
		case left[n]:
			if titled && isSoft(n) && findBy(n, isSentence) != nil {
				lede = n
				return true
			}
			return false
		case titled && n.DataAtom == atom.P && len(plainText(n)) > paragraph:
			return true
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if walk(c) {
				return true
			}
		}
		return false
	}
	walk(root)
	return lede
}

// isSoft reports whether an element is called a frame by nothing but words that
// ledes are called too.
func isSoft(n *html.Node) bool {
	for _, w := range elementWords(n) {
		if frameWords()[w] && !ledeWords[w] {
			return false
		}
	}
	return true
}

// isSentence reports whether a paragraph is a sentence, and no link.
func isSentence(n *html.Node) bool {
	const least = 60 // bytes
	if n.DataAtom != atom.P && n.DataAtom != atom.Div {
		return false
	}
	t := plainText(n)
	return len(t) >= least && strings.ContainsAny(t[len(t)-1:], ".!?”\"") && measure(n, nil).running*2 > len(t)
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

// elementWords returns the words in the names that a page gives an element.
func elementWords(n *html.Node) (words []string) {
	if n.DataAtom == atom.Body || n.DataAtom == atom.Html || n.DataAtom == atom.Main {
		return nil
	}
	for _, a := range n.Attr {
		if a.Key == "class" || a.Key == "id" || a.Key == "role" {
			words = append(words, nameWords(a.Val)...)
		}
	}
	return words
}

func isAny(words []string, of map[string]bool) bool {
	return slices.ContainsFunc(words, func(w string) bool { return of[w] })
}

// extent is how much text an element holds but for scripts and styles, and
// whether it is or holds a title or an article.
type extent struct {
	running int // bytes that are no links
	all     int // bytes
	article bool
	titled  bool // it holds a title
}

// measure returns the extent of a node, and tells take (nil: nobody) that of each
// element below it, so that a page is gone through once, however deep.
func measure(n *html.Node, take func(n *html.Node, e extent)) (e extent) {
	switch {
	case n.Type == html.TextNode:
		size := len(strings.TrimSpace(n.Data))
		return extent{running: size, all: size}
	case n.DataAtom == atom.Script || n.DataAtom == atom.Style || n.DataAtom == atom.Noscript || n.DataAtom == atom.Template:
		return extent{}
	}
	e.titled = n.DataAtom == atom.H1
	e.article = e.titled || n.DataAtom == atom.Article
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		in := measure(c, take)
		e.running, e.all, e.article, e.titled = e.running+in.running, e.all+in.all, e.article || in.article, e.titled || in.titled
	}
	if n.DataAtom == atom.A {
		e.running = 0
	}
	if take != nil && n.Type == html.ElementNode {
		take(n, e)
	}
	return e
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
