package command

import (
	"context"

	"attache/bot/command/words"
)

func help(_ context.Context, _ *Bot, c *Call) (Reply, error) {
	var lines []string
	for _, cmd := range Table() {
		if cmd.Admin && !c.Admin {
			continue
		}
		lines = append(lines, usage(cmd)+": "+cmd.Help)
	}
	return Reply{
		Title: words.Say("help.title"),
		Sections: []Section{
			{Lines: []string{words.Say("help.what")}},
			{Heading: words.Say("help.commands"), Lines: lines},
		},
		Private: true,
	}, nil
}
