package command

import (
	"context"

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
		kept = words.Say("help.kept", words.M{"Count": int(b.State.Keep().Hours()) / 24})
	}
	what := []string{words.Say("help.what")}
	if c.User != "" {
		what = append(what, words.Say("help.mention"))
	}
	return Reply{
		Title: words.Say("help.title"),
		Sections: []Section{
			{Lines: what},
			{Heading: words.Say("help.commands"), Lines: lines, List: true},
			{Heading: words.Say("help.privacy"), Lines: []string{kept}},
		},
		Private: true,
		Records: records,
	}, nil
}
