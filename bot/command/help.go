package command

import (
	"context"
	"time"

	"attache/bot/command/words"
)

// help says what can be asked, and what is kept of those who do.
func help(_ context.Context, b *Bot, c *Call) (Reply, error) {
	var lines []string
	var records []any
	for _, cmd := range Table() {
		switch {
		case cmd.Admin && !c.Admin:
		case cmd.Message && c.User == "": // who is alone has nobody's messages
		case cmd.Message:
			lines = append(lines, words.Say("help.message", words.M{"Name": cmd.Name, "Help": cmd.Help}))
		default:
			lines = append(lines, usage(cmd)+": "+cmd.Help)
			records = append(records, commandJSON{cmd.Name, usage(cmd), cmd.Help})
		}
	}
	kept := words.Say("help.kept.none")
	if b.State != nil {
		kept = words.Say("help.kept", words.M{"Time": span(b.State.Keep())})
	}
	what, private := []string{words.Say("help.what")}, []string{kept}
	if c.User != "" {
		what = append(what, words.Say("help.mention"))
	} else {
		what, private = append(what, words.Say("help.options")), append(private, words.Say("help.history"))
	}
	return Reply{
		Tone:  Listing,
		Title: words.Say("help.title"),
		Sections: []Section{
			{Lines: what},
			{Heading: words.Say("help.commands"), Lines: lines, List: true},
			{Heading: words.Say("help.privacy"), Lines: private},
		},
		Private: true,
		Records: records,
	}, nil
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
