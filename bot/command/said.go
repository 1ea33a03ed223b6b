package command

import (
	"context"
	"strings"

	"attache/bot/command/words"
	"attache/index"
)

// said shows quotations by a speaker, on a topic or the newest.
func said(ctx context.Context, b *Bot, c *Call) (Reply, error) {
	ix, err := b.ready()
	if err != nil {
		return Reply{}, err
	}
	cmd, _ := Find("said")
	speaker := c.Options["speaker"]
	filter := c.filter()
	filter.Speaker = ""
	found, err := ix.Said(ctx, speaker, c.Options["topic"], filter, c.offset+c.page()+1)
	if err != nil {
		return Reply{}, err
	}
	shown, further := part(c, c.page(), found.Quotes)
	r := Reply{Title: subject(cmd, c), Private: c.Options["private"] == "true"}
	r.Sections = append([]Section{{Lines: saidLines(found, speaker, len(shown))}}, quoteSections(shown)...)
	r.Actions = turning("said", c, c.page(), further)
	if len(shown) == 0 {
		r.Notes = []string{words.Say("said.try")}
	}
	for _, q := range quoteRecords(shown) {
		r.Records = append(r.Records, q)
	}
	r.offerShare("said", c)
	return r, nil
}

// saidLines says whose quotations were found.
func saidLines(found index.Sayings, asked string, shown int) []string {
	if found.Speaker == "" {
		return []string{words.Say("said.nobody", words.M{"Name": asked})}
	}
	var lines []string
	if found.Near {
		lines = append(lines, words.Say("said.near", words.M{"Name": asked, "Near": found.Speaker}))
	}
	if shown == 0 {
		lines = append(lines, words.Say("said.none", words.M{"Name": found.Speaker}))
	} else {
		lines = append(lines, words.Say("said.count", words.M{"Name": found.Speaker, "Count": found.Total}))
	}
	if len(found.Others) > 0 {
		lines = append(lines, words.Say("who.others", words.M{"Names": strings.Join(found.Others[:min(len(found.Others), 5)], ", ")}))
	}
	return lines
}

// compare shows what two speakers said on a topic, one below the other.
func compare(ctx context.Context, b *Bot, c *Call) (Reply, error) {
	ix, err := b.ready()
	if err != nil {
		return Reply{}, err
	}
	cmd, _ := Find("compare")
	topic := c.Options["topic"]
	r := Reply{Title: subject(cmd, c), Private: c.Options["private"] == "true"}
	for _, option := range []string{"speaker_a", "speaker_b"} {
		speaker := c.Options[option]
		found, err := ix.Said(ctx, speaker, topic, index.Filter{}, c.page())
		if err != nil {
			return Reply{}, err
		}
		s := Section{Heading: speaker, Lines: saidLines(found, speaker, len(found.Quotes))}
		if found.Speaker != "" {
			s.Heading = found.Speaker
		}
		for _, q := range found.Quotes {
			s.Quotes = append(s.Quotes, quote(q))
		}
		r.Sections = append(r.Sections, s)
		for _, q := range quoteRecords(found.Quotes) {
			r.Records = append(r.Records, q)
		}
	}
	r.offerShare("compare", c)
	return r, nil
}
