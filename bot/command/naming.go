package command

import (
	"strings"

	"example.org/attache/bot/command/words"
)

// How commands and options are called in a language. Everywhere in the program a
// command goes by its Name, which is English.

// Title is what the command is called: its words are those of a subcommand.
func (cmd Command) Title(w words.Catalogue) string {
	if cmd.Message {
		return w.Say(nameKey(cmd.Name))
	}
	var called []string
	parts := strings.Fields(cmd.Name)
	for n := range parts {
		called = append(called, w.Say(nameKey(strings.Join(parts[:n+1], " "))))
	}
	return strings.Join(called, " ")
}

// nameKey is the key of the last word that a command is called by.
func nameKey(name string) string {
	return "name." + strings.ReplaceAll(strings.ToLower(name), " ", ".")
}

// Help says in a line of at most 100 characters what the command is for.
func (cmd Command) Help(w words.Catalogue) string { return w.Say(cmd.help) }

// Private reports whether the reply to a use of the command with some options is
// for the one who asks alone.
func (cmd Command) Private(options map[string]string) bool {
	return cmd.alone || cmd.Admin || cmd.Message || options[private.Name] == "true"
}

// Title is what the option is called.
func (o Option) Title(w words.Catalogue) string { return w.Say("option.name." + o.Name) }

// Help says in at most 100 characters what the option is for.
func (o Option) Help(w words.Catalogue) string { return w.Say(o.help) }

// Label is written before the value in the head of a reply: "since". It is empty
// where the value isn't written there.
func (o Option) Label(w words.Catalogue) string {
	if !o.labels {
		return ""
	}
	return w.Say("option.label." + o.Name)
}

// ChoiceTitle is what one of the Choices of an option is called.
func ChoiceTitle(w words.Catalogue, choice string) string {
	return w.Say("choice." + strings.ReplaceAll(choice, " ", "."))
}

// Called finds the command that a person means by its name, in the catalogue or
// in English.
func Called(w words.Catalogue, name string) (Command, bool) {
	if cmd, ok := Find(name); ok {
		return cmd, true
	}
	for _, cmd := range Table() {
		if strings.EqualFold(cmd.Title(w), name) {
			return cmd, true
		}
	}
	return Command{}, false
}
