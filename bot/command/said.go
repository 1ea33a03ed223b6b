package command

import (
	"context"
	"strings"

	"example.org/attache/bot/command/words"
	"example.org/attache/index"
)

// said shows quotations by a speaker, on a topic or the newest.
func said(ctx context.Context, b *Bot, c *Call) (Reply, error) {
	ix, err := b.ready()
	if err != nil {
		return Reply{}, err
	}
	speaker := c.Options["speaker"]
	filter := c.filter()
	filter.Speaker = ""
	found, err := ix.Said(ctx, speaker, c.Options["topic"], filter, c.offset+c.page()+1)
	if err != nil {
		return Reply{}, err
	}
	shown, further := part(c, c.page(), found.Quotes)
	r := Reply{Tone: Listing, Title: speaker, Private: c.Options["private"] == "true"}
	head := whose(c.Words, found, speaker)
	if found.Speaker != "" && !strings.Contains(speaker, ", ") { // a title tells namesakes apart
		cmd, _ := Find("said")
		r.Title, r.Subject = found.Speaker, subject(cmd, c).with("speaker", found.Speaker)
	}
	if len(head.Lines) > 0 {
		r.Sections = []Section{{Lines: head.Lines}}
	}
	r.Sections = append(r.Sections, quoteSections(c.Words, shown)...)
	r.Actions = turning(c, c.page(), further)
	switch {
	case found.Speaker == "":
		r.Notes = []string{c.Words.Say("said.try.name")}
	case len(shown) == 0:
		r.Notes = []string{c.Words.Say("said.try")}
	default:
		r.Notes = []string{c.Words.Say("said.count", words.M{"Count": found.Total})}
	}
	r.Notes = append(r.Notes, otherSpeakers(c.Words, found)...)
	for _, q := range b.quoteRecords(shown) {
		r.Records = append(r.Records, q)
	}
	r.offerExport(c)
	r.offerShare(c)
	if found.Speaker != "" {
		r.offerFollow(b, c)
	}
	return r, nil
}

// whose says whose quotations were found.
func whose(w words.Catalogue, found index.Sayings, asked string) (s Section) {
	if found.Speaker == "" {
		s.Lines = []string{w.Say("said.nobody", words.M{"Name": asked})}
		return s
	}
	switch {
	case found.Near:
		s.Lines = append(s.Lines, w.Say("said.near", words.M{"Name": asked, "Near": found.Speaker}))
	case found.Letters:
		s.Lines = append(s.Lines, w.Say("who.letters", words.M{"Name": asked, "Written": found.Speaker}))
	}
	if len(found.Quotes) == 0 {
		s.Lines = append(s.Lines, w.Say("said.none", words.M{"Name": found.Speaker}))
	} else {
		s.Heading = found.Speaker
	}
	return s
}

// otherSpeakers says whom else a name may mean.
func otherSpeakers(w words.Catalogue, found index.Sayings) []string {
	if len(found.Others) == 0 {
		return nil
	}
	names := w.List(found.Others[:min(len(found.Others), 5)])
	return []string{w.Say("who.others", words.M{"Names": names})}
}

// compare shows what two speakers said on a topic, one below the other.
func compare(ctx context.Context, b *Bot, c *Call) (Reply, error) {
	ix, err := b.ready()
	if err != nil {
		return Reply{}, err
	}
	topic := c.Options["topic"]
	r := Reply{Tone: Listing, Title: topic, Private: c.Options["private"] == "true"}
	more := false
	for _, option := range []string{"speaker_a", "speaker_b"} {
		speaker := c.Options[option]
		found, err := ix.Said(ctx, speaker, topic, c.filter(), c.offset+c.page()+1)
		if err != nil {
			return Reply{}, err
		}
		shown, further := part(c, c.page(), found.Quotes)
		more = more || further
		s := whose(c.Words, found, speaker)
		s.Quotes = quotesOf(c.Words, shown)
		r.Sections = append(r.Sections, s)
		r.Notes = append(r.Notes, otherSpeakers(c.Words, found)...)
		for _, q := range b.quoteRecords(shown) {
			r.Records = append(r.Records, q)
		}
	}
	r.Actions = turning(c, c.page(), more)
	r.offerExport(c)
	r.offerShare(c)
	return r, nil
}
