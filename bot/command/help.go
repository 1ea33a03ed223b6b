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
			usages = append(usages, Usage{Name: cmd.Name, Form: words.Say("help.message", words.M{"Name": cmd.Name}), Help: cmd.Help})
		default:
			u := Usage{Name: cmd.Name, Form: usage(cmd), Help: cmd.Help}
			if c.Mention != nil {
				u.ID = c.Mention(cmd.Name)
			}
			usages = append(usages, u)
			records = append(records, commandJSON{cmd.Name, usage(cmd), cmd.Help})
		}
	}
	kept := words.Say("help.kept.none")
	if b.State != nil {
		kept = words.Say("help.kept", words.M{"Time": span(b.State.Keep())})
	}
	if b.Follows != nil && c.User != "" {
		kept += " " + words.Say("help.kept.follows")
	}
	what, private := []string{words.Say("help.what")}, []string{kept}
	if c.User != "" {
		what = append(what, words.Say("help.mention"))
	} else {
		what, private = append(what, words.Say("help.options")), append(private, words.Say("help.history"))
	}
	r := Reply{
		Tone:  Listing,
		Title: words.Say("help.title"),
		Sections: []Section{
			{Lines: what},
			{Heading: words.Say("help.commands"), Usages: usages},
		},
		Notes:   private,
		Private: true,
		Records: records,
	}
	if c.User != "" {
		for _, asked := range b.samples(ctx) {
			r.offer(action("try", asked), asked)
		}
	}
	return r, nil
}

// try asks one of the questions that help shows.
func try(ctx context.Context, b *Bot, c *Call, asked string) (Reply, error) {
	return b.lead(ctx, c, "ask", map[string]string{"question": asked})
}

// span writes a span of time in the largest unit that tells it exactly.
func span(d time.Duration) string {
	key, unit := "count.minutes", time.Minute
	switch {
	case d%(24*time.Hour) == 0:
		key, unit = "count.days", 24*time.Hour
	case d%time.Hour == 0:
		key, unit = "count.hours", time.Hour
	}
	return words.Say(key, words.M{"Count": int(d / unit)})
}
