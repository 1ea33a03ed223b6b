package command

import "strings"

// separator stands between a question and its filters in the title of a reply.
const separator = " · "

// subject writes a question with its filters as the title of a reply, so that
// an action can read it back: "What did he say? · speaker: Park Jin".
func subject(question string, c *Call) string {
	s := strings.ReplaceAll(question, separator, " ")
	for _, name := range []string{"speaker", "source", "since", "until"} {
		if v := c.Options[name]; v != "" {
			s += separator + name + ": " + strings.ReplaceAll(v, separator, " ")
		}
	}
	return s
}

// parseSubject reads what subject wrote: the question, and the options that
// are its filters.
func parseSubject(s string) (question string, options map[string]string) {
	options = map[string]string{}
	parts := strings.Split(s, separator)
	for len(parts) > 1 {
		name, value, ok := strings.Cut(parts[len(parts)-1], ": ")
		if !ok || (name != "speaker" && name != "source" && name != "since" && name != "until") {
			break
		}
		options[name] = value
		parts = parts[:len(parts)-1]
	}
	return strings.Join(parts, separator), options
}
