package command

import (
	"cmp"
	"context"
	"strings"

	"example.org/attache/corpus/text"
	"example.org/attache/index"
)

// showContext shows the paragraph of a quote, with the quote marked, and those
// before and after it.
func showContext(ctx context.Context, b *Bot, c *Call, ref string) (Reply, error) {
	r, err := b.follow(ctx, ref)
	if err != nil {
		return Reply{}, err
	}
	section := Section{Lines: []string{c.Words.Say("context.of")}, Passage: true, Quotes: r.paragraphs()}
	return Reply{Tone: Listing, Title: b.titleOf(r.quote.Source), Sections: []Section{section},
		Actions: []Action{action(c.Words, "cite", ref), action(c.Words, "excerpt", ref)}}, nil
}

// Passage returns the paragraph of the quote at a place of a document, with the
// quote in bold, and those before and after it, as long as the words there have
// the given checksum (see [QuotePath]). The error is [ErrGone] or [ErrChanged]
// where they can't be shown.
func (b *Bot) Passage(document string, span text.Span, sum string) (title string, quotes []Quote, err error) {
	ix, err := b.ready()
	if err != nil {
		return "", nil, err
	}
	r, err := at(ix, document, span, sum, sumDigits)
	if err != nil {
		return "", nil, err
	}
	return b.titleOf(r.quote.Source), r.paragraphs(), nil
}

func (b *Bot) titleOf(s index.Source) string {
	return cmp.Or(s.Title, b.opening(s.Document), s.Document)
}

// paragraphs are that of the quote, which is in bold there, and those before and
// after it.
func (r referred) paragraphs() (quotes []Quote) {
	here := paragraph(r.text, r.quote.Span.Start)
	here.End = max(here.End, r.quote.Span.End)
	for _, p := range []text.Span{before(r.text, here), here, after(r.text, here)} {
		if p.Len() == 0 {
			continue
		}
		q := Quote{Text: folded(p.In(r.text)), Source: r.quote.Source, Span: p}
		if p == here {
			q.Bold, q.Page, q.Second = foldedSpan(r.text, p, r.quote.Span), r.quote.Page, r.quote.Second
			q.Speaker, q.Kind = r.quote.Speaker, r.quote.Kind
			q.path = QuotePath(r.quote)
		}
		quotes = append(quotes, q)
	}
	return quotes
}

// paragraph returns the line of s that place at lies in.
func paragraph(s string, at int) text.Span {
	p := text.Span{Start: strings.LastIndexByte(s[:at], '\n') + 1, End: len(s)}
	if n := strings.IndexByte(s[at:], '\n'); n >= 0 {
		p.End = at + n
	}
	return p
}

// before returns the paragraph before p; empty where there is none.
func before(s string, p text.Span) text.Span {
	end := len(strings.TrimRight(s[:p.Start], " \t\r\n"))
	if end == 0 {
		return text.Span{}
	}
	return text.Span{Start: strings.LastIndexByte(s[:end], '\n') + 1, End: end}
}

// after returns the paragraph after p; empty where there is none.
func after(s string, p text.Span) text.Span {
	start := len(s) - len(strings.TrimLeft(s[p.End:], " \t\r\n"))
	if start == len(s) {
		return text.Span{}
	}
	return paragraph(s, start)
}

// foldedSpan returns where span lies in the paragraph p of s once its white
// space is folded.
func foldedSpan(s string, p, span text.Span) []text.Span {
	start := len(folded(s[p.Start:span.Start]+"|")) - 1
	length := len(folded(span.In(s)))
	return within([]text.Span{{Start: start, End: start + length}}, folded(p.In(s)))
}
