package format_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"example.org/attache/corpus/format"
	"example.org/attache/corpus/internal/budget"
)

// countdown is a context that is over after some questions whether it is.
type countdown struct {
	context.Context
	left int
}

func (c *countdown) Err() error {
	if c.left--; c.left < 0 {
		return context.DeadlineExceeded
	}
	return nil
}

// Readers ask now and then whether their time is over, and end.
func TestReadersEndWithTheirContext(t *testing.T) {
	many := func(before, s, after string) string { return before + strings.Repeat(s, 20_000) + after }
	var cues strings.Builder
	for i := range 20_000 {
		fmt.Fprintf(&cues, "%d\n00:00:01,000 --> 00:00:02,000\nPier %d of the harbour fell.\n\n", i+1, i)
	}
	for name, data := range map[string]string{
		"page.html":     many("<p>", "<p>The pier fell.", ""),
		"paper.nxml":    many("<article><body>", "<p>The pier fell.</p>", "</body></article>"),
		"edition.tei":   many(`<TEI><text><body>`, "<p>The pier fell.</p>", "</body></text></TEI>"),
		"feed.rss":      many("<rss><channel>", "<item><title>Pier</title><description>The pier fell.</description></item>", "</channel></rss>"),
		"rows.csv":      many("text\n", "The pier fell.\n", ""),
		"rows.jsonl":    many("", `{"text": "The pier fell."}`+"\n", ""),
		"rows.json":     many("[", `{"text": "The pier fell."},`, "{}]"),
		"letters.mbox":  many("", "From a@b.example Mon May  3 10:00:00 2021\nSubject: Pier\n\nThe pier fell.\n\n", ""),
		"text.rtf":      many(`{\rtf1 `, `The pier fell.\par `, "}"),
		"talk.srt":      cues.String(),
		"words.docx":    string(entries(t, "word/document.xml", many("<w:document><w:body>", "<w:p><w:r><w:t>The pier fell.</w:t></w:r></w:p>"+fmt.Sprint(1, 2, 3), "</w:body></w:document>"))),
		"content.odt":   string(entries(t, "content.xml", many("<office:body><office:text>", "<text:p>The pier fell.</text:p>", "</office:text></office:body>"))),
		"chapters.epub": string(epub(t, "", many("", "<p>The pier fell.</p>", ""))),
	} {
		t.Run(name, func(t *testing.T) {
			read := func(left int) (n int) {
				ctx := &countdown{t.Context(), left}
				budget.Within(t, func() {
					for d, err := range format.Read(ctx, format.File{Path: name, Data: []byte(data)}) {
						for _, b := range d.Blocks {
							if err == nil {
								n += len(b.Text)
							}
						}
					}
				})
				return n
			}
			if all, some := read(1<<30), read(2); all < 200_000 || some >= all {
				t.Errorf("%d bytes of %d are read when the time is over", some, all)
			}
		})
	}
}
