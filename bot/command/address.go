package command

import (
	"fmt"
	"net/url"
	"strings"

	"example.org/attache/index"
)

// sumDigits is how many characters of a digest tell in the address of a quote
// whether its words are still the same.
const sumDigits = 10

// QuotePath is the path of the page that shows a quote in its document, for as
// long as the document has the same words in that place:
// /q/DOCUMENT/START-END?h=CHECKSUM.
func QuotePath(q index.Quote) string {
	segments := strings.Split(q.Source.Document, "/")
	for i, s := range segments {
		segments[i] = url.PathEscape(s)
	}
	return fmt.Sprintf("/q/%s/%d-%d?h=%s", strings.Join(segments, "/"), q.Span.Start, q.Span.End, digest(q.Text, sumDigits))
}

// link is the address of the page that shows a quote; empty where there is none.
func (b *Bot) link(q index.Quote) string {
	if b.PublicURL == "" {
		return ""
	}
	return b.PublicURL + QuotePath(q)
}
