package command

import (
	"context"

	"example.org/attache/bot/command/words"
	"example.org/attache/corpus"
	"example.org/attache/index"
)

const (
	timelinePage   = 2   // quotes of a timeline that a reply shows
	timelineQuotes = 200 // quotes of a timeline in all
)

// timeline shows dated quotes on a topic in the order of time, by month.
func timeline(ctx context.Context, b *Bot, c *Call) (Reply, error) {
	ix, err := b.ready()
	if err != nil {
		return Reply{}, err
	}
	topic := c.Options["topic"]
	found, err := ix.Timeline(ctx, topic, c.filter(), timelineQuotes)
	if err != nil {
		return Reply{}, err
	}
	size := timelinePage
	if c.Limit > 0 {
		size = c.Limit
	}
	shown, further := part(c, size, found)
	r := Reply{Tone: Listing, Title: topic, Sections: byMonth(c.Words, shown), Actions: turning(c, size, further),
		Private: c.Options["private"] == "true"}
	if len(found) == 0 {
		r.Sections = []Section{{Lines: []string{c.Words.Say("timeline.none")}}}
		r.Notes = []string{c.Words.Say("ask.try")}
		if c.filter() != (index.Filter{}) {
			r.Notes = []string{c.Words.Say("timeline.try")}
		}
	}
	if c.offset == 0 {
		if r.Picture, err = chartOf(c.Words, found, topic); err != nil { // the quotes are there without it
			b.Log.Error("a timeline has no chart", "error", err)
		}
	}
	for _, q := range b.quoteRecords(shown) {
		r.Records = append(r.Records, q)
	}
	r.offerExport(c)
	r.offerShare(c)
	return r, nil
}

// byMonth groups quotes that are in the order of time.
func byMonth(w words.Catalogue, quotes []index.Quote) (sections []Section) {
	for _, q := range quotes {
		heading := month(w, q.Source.Published)
		if n := len(sections); n == 0 || sections[n-1].Heading != heading {
			sections = append(sections, Section{Heading: heading})
		}
		s := &sections[len(sections)-1]
		s.Quotes = append(s.Quotes, quote(w, q))
	}
	return sections
}

// month is the month of a date in words; empty where no date is known.
func month(w words.Catalogue, d corpus.Date) string {
	if d.IsZero() {
		return ""
	}
	return w.Date(d.Year, d.Month, 0)
}
