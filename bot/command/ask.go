package command

import (
	"context"
	"strconv"
	"time"

	"attache/bot/command/words"
	"attache/corpus/text"
	"attache/index"
)

const (
	page = 3  // answers a reply shows
	deep = 30 // answers that More leads to
)

func (c *Call) page() int {
	if c.Limit == 0 {
		return page
	}
	return c.Limit
}

func ask(ctx context.Context, b *Bot, c *Call) (Reply, error) {
	return b.answer(ctx, c, 0)
}

// answer returns the answers to a question from the one at offset on.
func (b *Bot) answer(ctx context.Context, c *Call, offset int) (Reply, error) {
	ix, err := b.ready()
	if err != nil {
		return Reply{}, err
	}
	asked := c.Options["question"]
	start := time.Now()
	found, err := ix.Ask(ctx, index.Question{Text: asked, Limit: offset + c.page() + 1, Filter: c.filter()})
	if err != nil {
		return Reply{}, err
	}
	took := time.Since(start)
	r := Reply{Title: subject(asked, c), Private: c.Options["private"] == "true"}
	rest := found.Quotes[min(offset, len(found.Quotes)):]
	shown := rest[:min(c.page(), len(rest))]
	r.Records = []any{answersRecord(asked, found.Answered, shown, took)}
	for _, q := range shown {
		r.Sections = append(r.Sections, answerSection(q))
	}
	if !found.Answered {
		r.unanswered(shown, c)
	}
	r.Actions = append(r.Actions, turning(offset, len(rest) > c.page())...)
	if r.Private && len(shown) > 0 {
		r.Actions = append(r.Actions, action("share", strconv.Itoa(offset)))
	}
	return r, nil
}

func answerSection(q index.Quote) Section {
	return Section{Quotes: []Quote{quote(q)}}
}

// unanswered says in words that the documents hold no answer, and what to try.
func (r *Reply) unanswered(nearest []index.Quote, c *Call) {
	if len(nearest) == 0 {
		r.Sections = []Section{{Lines: []string{words.Say("ask.nothing")}}}
	} else {
		r.Sections = append([]Section{{Lines: []string{words.Say("ask.unanswered"), words.Say("ask.nearest")}}}, r.Sections...)
	}
	if c.filter() != (index.Filter{}) {
		r.Notes = append(r.Notes, words.Say("ask.try.filters"))
	}
	r.Notes = append(r.Notes, words.Say("ask.try"))
}

// quote makes a quote that was found one that can be shown.
func quote(q index.Quote) Quote {
	return Quote{Text: q.Text, Bold: within(q.Bold, q.Text), Speaker: q.Speaker, Source: q.Source, Also: q.Also}
}

// within keeps the spans that lie in s, in order and without overlap, so that
// fronts can rely on it.
func within(spans []text.Span, s string) []text.Span {
	var kept []text.Span
	end := 0
	for _, span := range spans {
		if span.Start >= end && span.Start < span.End && span.End <= len(s) {
			kept = append(kept, span)
			end = span.End
		}
	}
	return kept
}
