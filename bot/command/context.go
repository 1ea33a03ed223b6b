package command

import (
	"cmp"
	"context"
	"strings"

	"example.org/attache/bot/command/words"
	"example.org/attache/corpus/text"
)

// showContext shows the paragraph of a quote, with the quote marked, and those
// before and after it.
func showContext(ctx context.Context, b *Bot, _ *Call, ref string) (Reply, error) {
	r, err := b.follow(ctx, ref)
	if err != nil {
		return Reply{}, err
	}
	here := paragraph(r.text, r.span.Start)
	here.End = max(here.End, r.span.End)
	page, err := r.index.Page(r.source.Document, r.span.Start)
	if err != nil {
		return Reply{}, err
	}
	section := Section{Lines: []string{words.Say("context.of")}, Passage: true}
	for _, p := range []text.Span{before(r.text, here), here, after(r.text, here)} {
		if p.Len() == 0 {
			continue
		}
		q := Quote{Text: folded(p.In(r.text)), Source: r.source}
		if p == here {
			q.Bold, q.Page = foldedSpan(r.text, p, r.span), page
		}
		section.Quotes = append(section.Quotes, q)
	}
	title := cmp.Or(r.source.Title, b.opening(r.source.Document), r.source.Document)
	return Reply{Tone: Listing, Title: title, Sections: []Section{section}, Actions: []Action{action("cite", ref)}}, nil
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
