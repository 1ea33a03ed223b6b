package command

import (
	"strings"
	"unicode/utf8"

	"example.org/attache/corpus/text"
	"example.org/attache/index"
)

// longestTitle is how many characters of a text stand for a title.
const longestTitle = 80

// entitle gives the documents without a title that a reply shows the words that
// their text begins with, a heading or the first sentence, and its quotes the
// addresses of their pages.
func (b *Bot) entitle(r *Reply) {
	known := map[string]string{}
	give := func(s *index.Source) {
		if s.Title != "" || s.Document == "" {
			return
		}
		title, ok := known[s.Document]
		if !ok {
			title = b.opening(s.Document)
			known[s.Document] = title
		}
		s.Title = title
	}
	for i := range r.Sections {
		for j := range r.Sections[i].Quotes {
			q := &r.Sections[i].Quotes[j]
			give(&q.Source)
			if b.PublicURL != "" && q.path != "" {
				q.Link = b.PublicURL + q.path
			}
			for k := range q.Also {
				b.describe(&q.Also[k])
				give(&q.Also[k])
			}
		}
		for j := range r.Sections[i].Sources {
			give(&r.Sections[i].Sources[j])
		}
	}
}

// describe fills in what is known of a document; one that has gone keeps its name.
func (b *Bot) describe(s *index.Source) {
	if ix := b.Index(); ix != nil {
		if known, err := ix.Source(s.Document); err == nil {
			*s = known
		}
	}
}

// opening is what a document's text begins with, cut at a word; empty where it
// can't be read.
func (b *Bot) opening(document string) string {
	ix := b.Index()
	if ix == nil {
		return ""
	}
	whole, err := ix.Text(document)
	if err != nil {
		return ""
	}
	line, _, _ := strings.Cut(strings.TrimSpace(whole), "\n")
	if line = strings.TrimSpace(line); utf8.RuneCountInString(line) > longestTitle {
		if s := text.Sentences(line, text.Span{End: len(line)}, text.Language(line)); len(s) > 0 {
			line = s[0].In(line)
		}
	}
	return shortAtWord(folded(line), longestTitle)
}

// shortAtWord cuts s to n characters, at a word where it has spaces.
func shortAtWord(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	cut := string([]rune(s)[:n-1])
	if i := strings.LastIndexByte(cut, ' '); i > len(cut)/2 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,;:–—-") + "…"
}
