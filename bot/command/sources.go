package command

import (
	"cmp"
	"context"
	"slices"

	"attache/bot/command/words"
	"attache/corpus"
	"attache/index"
)

// sources lists what the bot has read, newest first.
func sources(ctx context.Context, b *Bot, c *Call) (Reply, error) {
	ix, err := b.ready()
	if err != nil {
		return Reply{}, err
	}
	found, err := ix.Sources(ctx, c.Options["query"])
	if err != nil {
		return Reply{}, err
	}
	slices.SortStableFunc(found, func(a, b index.Source) int { return compareDates(b.Published, a.Published) })
	size := c.lines()
	shown, further := part(c, size, found)
	r := Reply{Tone: Listing, Title: words.Say("sources.title"), Actions: turning(c, size, further)}
	section := Section{Heading: words.Say("count.documents", words.M{"Count": len(found)}), List: true}
	for _, s := range shown {
		section.Lines = append(section.Lines, sourceLine(s))
		r.Records = append(r.Records, s)
	}
	switch {
	case len(found) == 0 && c.Options["query"] == "":
		r.Notes = []string{words.Say("reindex.empty")}
	case len(found) == 0:
		r.Notes = []string{words.Say("sources.none")}
	case further:
		r.Notes = []string{words.Say("sources.shown", words.M{"From": c.offset + 1, "To": c.offset + len(shown), "Count": len(found)})}
	}
	r.Sections = []Section{section}
	return r, nil
}

// sourceLine describes a document: "Title (Publisher, 2024-08-28), 512 words: a.txt".
func sourceLine(s index.Source) string {
	line := named(s)
	if facts := nonEmpty([]string{s.Publisher, s.Published.String()}, ", "); facts != "" {
		line += " (" + facts + ")"
	}
	line += ", " + words.Say("count.words", words.M{"Count": s.Words})
	if s.Title != "" {
		line += ": " + s.Document
	}
	return line
}

func compareDates(a, b corpus.Date) int {
	return cmp.Or(cmp.Compare(a.Year, b.Year), cmp.Compare(a.Month, b.Month), cmp.Compare(a.Day, b.Day))
}

// completeSource suggests publishers and titles with a word that begins as
// typed.
func completeSource(ctx context.Context, b *Bot, typed string) []string {
	found, err := b.Index().Titles(ctx, typed, 100)
	if err != nil {
		return nil
	}
	return found
}
