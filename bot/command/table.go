package command

import "attache/bot/command/words"

// Table returns every command, in the order in which help lists them.
func Table() []Command {
	return []Command{
		{Name: "ask", Help: words.Say("help.ask"), Run: ask, Options: append([]Option{question, speaker}, filters()...)},
		{Name: "help", Help: words.Say("help.help"), Run: help},
		{Name: "admin reindex", Help: words.Say("help.reindex"), Admin: true, Run: reindex},
	}
}

// Find returns the command called name.
func Find(name string) (Command, bool) {
	for _, c := range Table() {
		if c.Name == name {
			return c, true
		}
	}
	return Command{}, false
}

// The options that several commands share.
var (
	question = Option{Name: "question", Help: words.Say("option.help.question"), Required: true, Max: 500}
	speaker  = Option{Name: "speaker", Help: words.Say("option.help.speaker")}
)

func filters() []Option {
	return []Option{
		{Name: "source", Help: words.Say("option.help.source")},
		{Name: "since", Help: words.Say("option.help.since"), Type: Date},
		{Name: "until", Help: words.Say("option.help.until"), Type: Date},
		{Name: "private", Help: words.Say("option.help.private"), Type: Bool},
	}
}
