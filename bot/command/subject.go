package command

import (
	"maps"
	"strings"
)

// separator stands between a question and its filters in the title of a reply.
const separator = " · "

// subject writes the options of a call as the title of a reply, so that an
// action can read them back: "What did he say? · speaker: Park Jin". Required
// options stand without their names; yes-or-no options are not part of it.
func subject(cmd Command, c *Call) string {
	var parts []string
	for i, o := range cmd.Options {
		v := strings.ReplaceAll(c.Options[o.Name], separator, " ")
		switch {
		case v == "" || o.Type == Bool:
		case i == 0, o.Required:
			parts = append(parts, v)
		default:
			parts = append(parts, o.Name+": "+v)
		}
	}
	return strings.Join(parts, separator)
}

// titled is the subject of a call in which an option has another value.
func titled(name string, c *Call, option, value string) string {
	cmd, _ := Find(name)
	other := Call{Options: maps.Clone(c.Options)}
	other.Options[option] = value
	return subject(cmd, &other)
}

// parseSubject reads what subject wrote.
func parseSubject(cmd Command, s string) map[string]string {
	options := map[string]string{}
	parts := strings.Split(s, separator)
	least := 0
	if len(cmd.Options) > 0 && cmd.Options[0].Required {
		least = 1 // it may look like another one
	}
	for len(parts) > least {
		name, value, ok := strings.Cut(parts[len(parts)-1], ": ")
		if !ok || !cmd.names(name) {
			break
		}
		options[name] = value
		parts = parts[:len(parts)-1]
	}
	for i, o := range cmd.Options {
		if i > 0 && !o.Required || len(parts) == 0 {
			break
		}
		options[o.Name] = parts[0]
		parts = parts[1:]
	}
	return options
}

// names reports whether name is an option that subject writes with its name.
func (cmd Command) names(name string) bool {
	for i, o := range cmd.Options {
		if i > 0 && o.Name == name {
			return o.Type != Bool
		}
	}
	return false
}
