package format

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// quotedClasses are the names of elements in which mail programs keep a mail
// that is answered, and of the line above it.
var quotedClasses = []string{"gmail_attr", "moz-cite-prefix", "yahoo_quoted", "protonmail_quote", "zmail_extra", "zmail_extra_hr",
	"tutanota_quote", "mail_quote", "replied-quote", "gmail_quote", "gmail_quote_container"}

// htmlLines returns the lines of a mail in HTML, and of each the block that it
// is of. A mail that is answered becomes a line that is quoted with >. A
// newsletter answers none: its quotations are its own.
func htmlLines(root *html.Node, newsletter bool) (lines []string, blocks []Block) {
	quoteAnswered(root, newsletter)
	for _, b := range walkHTML(root, extent{}).out {
		for _, line := range headLines(b.Text) {
			lines, blocks = append(lines, line), append(blocks, Block{Text: line, Kind: b.Kind})
		}
	}
	return lines, blocks
}

// quoteAnswered writes > in place of the mails that a mail answers.
func quoteAnswered(n *html.Node, newsletter bool) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode {
			continue
		}
		if !isAnswered(c, newsletter) {
			quoteAnswered(c, newsletter)
			continue
		}
		for c.FirstChild != nil {
			c.RemoveChild(c.FirstChild)
		}
		c.Data, c.DataAtom = "p", atom.P
		c.AppendChild(&html.Node{Type: html.TextNode, Data: ">"})
	}
}

// isAnswered reports whether an element of a mail holds one that it answers.
func isAnswered(n *html.Node, newsletter bool) bool {
	if n.DataAtom == atom.Blockquote {
		// Gmail sets text in with a blockquote that has no border.
		indented := strings.Contains(strings.ReplaceAll(attribute(n, "style"), " ", ""), "border:none")
		return attribute(n, "type") == "cite" || hasClass(n, "gmail_quote") || !indented && !newsletter
	}
	if !slices.ContainsFunc(quotedClasses, func(class string) bool { return hasClass(n, class) }) {
		return false
	}
	if find(n, atom.Blockquote) != nil {
		return false // what stands beside it is the sender's
	}
	blocks := walkHTML(n, extent{}).out
	if len(blocks) == 0 {
		return true
	}
	_, head := mailHead(headLines(blocks[0].Text))
	return head == 0 // else it is passed on
}

func hasClass(n *html.Node, class string) bool {
	return slices.Contains(strings.Fields(attribute(n, "class")), class)
}

// headLines takes a block apart that has the fields of an answered mail in a
// row: "From: … Sent: … To: … Subject: …".
func headLines(t string) []string {
	const longest = 2000 // bytes
	if len(t) > longest || !strings.ContainsAny(t, ":：") {
		return []string{t}
	}
	var lines []string
	seen := map[string]bool{}
	rest := strings.Fields(t)
	begin := 0
	for i, w := range rest {
		label, ok := strings.CutSuffix(w, ":")
		if !ok {
			label, ok = strings.CutSuffix(w, "：")
		}
		field, _ := fieldOf(label + ":")
		if !ok || field == "" || seen[field] || field != "from" && !seen["from"] {
			continue
		}
		seen[field] = true
		if i > begin {
			lines = append(lines, strings.Join(rest[begin:i], " "))
		}
		begin = i
	}
	if len(seen) < 3 || begin == 0 && len(lines) == 0 {
		return []string{t}
	}
	return append(lines, strings.Join(rest[begin:], " "))
}
