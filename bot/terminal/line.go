package terminal

import (
	"cmp"
	"context"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"example.org/attache/bot/command"
	"example.org/attache/bot/command/words"
)

// parse reads a line as a command, the options that are named, and the words
// that are not: "/who Park Jin", "/said Park Jin missiles --since 2023", or a
// bare question. Text in quotation marks is one word. Commands and options
// go by their English names and by those of a catalogue.
func parse(w words.Catalogue, line string) (name string, options map[string]string, unnamed []string) {
	line = strings.TrimSpace(line)
	if !strings.HasPrefix(line, "/") {
		line = "/ask " + line
	}
	cmd, rest := split(w, line[1:])
	options = map[string]string{}
	current, value := "", []string(nil) // the option that is being read; "": none
	flush := func() {
		if current == "" {
			unnamed = append(unnamed, value...)
		} else if len(value) > 0 {
			options[current] = command.Unquoted(strings.Join(value, " "))
		}
		current, value = "", nil
	}
	for _, word := range tokens(rest) {
		o, v, ok := option(w, cmd, word)
		switch {
		case !ok:
			value = append(value, word)
			if current != "" && len(value) == 1 && command.Unquoted(word) != word {
				flush()
			}
		case o.Type == command.Bool:
			flush()
			options[o.Name] = cmp.Or(v, "true")
		default:
			flush()
			if current = o.Name; v != "" {
				value = []string{v}
			}
			if quotation(word) != "" {
				flush() // the quotation marks tell where the value ends
			}
		}
	}
	flush()
	return cmd.Name, options, unnamed
}

// tokens cuts a line into words; one that begins with a quotation mark reaches
// to the word that ends with it.
func tokens(line string) (all []string) {
	fields := strings.Fields(line)
	for i := 0; i < len(fields); i++ {
		word := fields[i]
		if mark := quotation(word); mark != "" {
			for end := i; end < len(fields); end++ {
				if last := fields[end]; strings.HasSuffix(last, mark) && (end > i || len(last) > 1) {
					word, i = strings.Join(fields[i:end+1], " "), end
					break
				}
			}
		}
		all = append(all, word)
	}
	return all
}

// quotation is the quotation mark that a word begins with, of an option's value
// too: --source="x y".
func quotation(word string) string {
	if strings.HasPrefix(word, "--") {
		_, word, _ = strings.Cut(word, "=")
	}
	if word != "" && (word[0] == '"' || word[0] == '\'') {
		return word[:1]
	}
	return ""
}

// split cuts the command off a line. A command that doesn't exist is one with
// its first word as its name.
func split(w words.Catalogue, line string) (command.Command, string) {
	typed := strings.Fields(line)
	for n := min(len(typed), 2); n > 0; n-- {
		name := strings.ToLower(strings.Join(typed[:n], " "))
		if cmd, ok := command.Called(w, name); ok {
			return cmd, strings.Join(typed[n:], " ")
		}
	}
	if len(typed) == 0 {
		return command.Command{}, ""
	}
	if cmd, ok := command.Find("admin " + typed[0]); ok {
		return cmd, strings.Join(typed[1:], " ")
	}
	return command.Command{Name: typed[0]}, ""
}

// option reads --name or --name=value, where cmd has an option of that name.
func option(w words.Catalogue, cmd command.Command, word string) (o command.Option, value string, ok bool) {
	word, ok = strings.CutPrefix(word, "--")
	if !ok {
		return o, "", false
	}
	name, value, _ := strings.Cut(word, "=")
	for _, o := range cmd.Options {
		if o.Name == name || o.Title(w) == name {
			return o, command.Unquoted(value), true
		}
	}
	return o, "", false
}

// complete returns what Tab makes of the line up to the cursor, never less than
// was typed, and where it may go on in several ways a list of them.
func (p *Prompt) complete(ctx context.Context, line string) (longer string, list []string) {
	head, choices := p.choices(ctx, line)
	if len(choices) == 1 {
		return head + choices[0], nil
	}
	typed := strings.TrimPrefix(line, head)
	if common := commonPrefix(choices); len(common) > len(typed) && strings.EqualFold(common[:len(typed)], typed) {
		return head + common, nil
	}
	return line, choices
}

// commonPrefix is what all of some texts begin with.
func commonPrefix(all []string) string {
	if len(all) == 0 {
		return ""
	}
	common := []rune(all[0])
	for _, s := range all[1:] {
		n := 0
		for _, r := range s {
			if n == len(common) || common[n] != r {
				break
			}
			n++
		}
		common = common[:n]
	}
	return string(common)
}

// columns lays out a list in columns of so many characters in all, down first.
func columns(list []string, width int) string {
	widest := 0
	for i, s := range list {
		list[i] = Plain(s)
		widest = max(widest, ansi.StringWidth(list[i]))
	}
	across := max((width+2)/(widest+2), 1)
	rows := (len(list) + across - 1) / across
	var w strings.Builder
	for row := range rows {
		line := ""
		for i := row; i < len(list); i += rows {
			line += list[i] + strings.Repeat(" ", widest-ansi.StringWidth(list[i])+2)
		}
		w.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	return w.String()
}

// choices returns how the line up to the cursor may go on: head stays, and one
// of choices follows.
func (p *Prompt) choices(ctx context.Context, line string) (head string, choices []string) {
	if !strings.HasPrefix(line, "/") {
		return line, nil
	}
	cmd, _ := split(p.Words, line[1:])
	called := cmd.Name
	typed, found := strings.CutPrefix(line, "/"+called+" ")
	if !found && len(cmd.Options) > 0 {
		called = cmd.Title(p.Words)
		typed, found = strings.CutPrefix(line, "/"+called+" ")
	}
	if !found || len(cmd.Options) == 0 {
		return "/", commandNames(p.Words, line[1:])
	}
	head = "/" + called + " "
	name := cmd.Options[0].Name
	if at := strings.LastIndex(typed, "--"); at >= 0 {
		o, value, ok := strings.Cut(typed[at+2:], " ")
		if !ok {
			return head + typed[:at], optionNames(p.Words, cmd, o)
		}
		name, head, typed = o, head+typed[:at]+"--"+o+" ", value
	}
	return head, p.Bot.Complete(ctx, cmd.Name, name, typed, &command.Call{Admin: true, Words: p.Words, Own: p.Words})
}

// commandNames are the names of commands that begin as typed: those of a catalogue
// and, where none does, those in English.
func commandNames(w words.Catalogue, typed string) (names []string) {
	for _, in := range []words.Catalogue{w, {}} {
		for _, c := range command.Table() {
			if title := c.Title(in); strings.HasPrefix(title, typed) && !c.Message {
				names = append(names, title+" ")
			}
		}
		if len(names) > 0 {
			break
		}
	}
	return names
}

// optionNames are the names of options that begin as typed, in the same way.
func optionNames(w words.Catalogue, cmd command.Command, typed string) (names []string) {
	for _, in := range []words.Catalogue{w, {}} {
		for _, o := range cmd.Options {
			if title := o.Title(in); strings.HasPrefix(title, typed) {
				names = append(names, "--"+title+" ")
			}
		}
		if len(names) > 0 {
			break
		}
	}
	return names
}
