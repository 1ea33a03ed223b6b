package command

import (
	"context"
	"time"

	"example.org/attache/bot/command/words"
)

// help says what can be asked, and what is kept of those who do.
func help(ctx context.Context, b *Bot, c *Call) (Reply, error) {
	var usages []Usage
	var records []any
	for _, cmd := range Table() {
		switch {
		case cmd.Admin && !c.Admin:
		case cmd.placed && c.User == "": // nor places to be told anything at
		case cmd.Message && c.User == "": // who is alone has nobody's messages
		case cmd.Message:
			usages = append(usages, Usage{Name: cmd.Name, Title: cmd.Title(c.Words), Form: c.Words.Say("help.message", words.M{"Name": cmd.Title(c.Words)}), Help: cmd.Help(c.Words)})
		default:
			u := Usage{Name: cmd.Name, Title: cmd.Title(c.Words), Form: usage(c.Words, cmd), Help: cmd.Help(c.Words)}
			if c.Mention != nil {
				u.ID = c.Mention(cmd.Name)
			}
			usages = append(usages, u)
			records = append(records, commandJSON{cmd.Name, usage(words.Catalogue{}, cmd), cmd.Help(words.Catalogue{})})
		}
	}
	kept := c.Words.Say("help.kept.none")
	if b.State != nil {
		kept = c.Words.Say("help.kept", words.M{"Time": span(c.Words, b.State.Keep())})
	}
	if b.Follows != nil && c.User != "" {
		kept += " " + c.Words.Say("help.kept.follows")
	}
	what, private := []string{c.Words.Say("help.what")}, []string{kept}
	if c.User != "" {
		what = append(what, c.Words.Say("help.mention"))
	} else {
		what, private = append(what, c.Words.Say("help.options")), append(private, c.Words.Say("help.history"))
	}
	r := Reply{
		Tone:  Listing,
		Title: c.Words.Say("help.title"),
		Sections: []Section{
			{Lines: what},
			{Heading: c.Words.Say("help.commands"), Usages: usages},
		},
		Notes:   private,
		Private: true,
		Records: records,
	}
	if c.User != "" {
		for _, asked := range b.samples(ctx) {
			r.offer(action(c.Words, "try", asked), asked)
		}
	}
	return r, nil
}

// try asks one of the questions that help shows.
func try(ctx context.Context, b *Bot, c *Call, asked string) (Reply, error) {
	return b.lead(ctx, c, "ask", map[string]string{"question": asked})
}

// span writes a span of time in the largest unit that tells it exactly.
func span(w words.Catalogue, d time.Duration) string {
	key, unit := "count.minutes", time.Minute
	switch {
	case d%(24*time.Hour) == 0:
		key, unit = "count.days", 24*time.Hour
	case d%time.Hour == 0:
		key, unit = "count.hours", time.Hour
	}
	return w.Say(key, words.M{"Count": int(d / unit)})
}
