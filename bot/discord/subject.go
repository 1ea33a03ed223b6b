package discord

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"iter"
	"strconv"
	"strings"

	"example.org/attache/bot/command"
	"example.org/attache/bot/command/words"
)

// What a component does stands in its custom_id, which Discord gives back when
// it is used: the ID of an action, and for one that needs it the subject of the
// reply:
//
//	a:context:120:310:…             an action that needs no subject
//	q:6:more:3ask|Who came?|since=2023   the length of the ID, the ID, the subject
//	h:6:more:3ask^x8Tq2k            the same where the subject is too long
//
// Of a subject that is too long the custom_id holds a digest, and the options
// are read from the head of the message, where all of them stand. What the
// digest does not fit is no subject, rather than another one.
const (
	withoutSubject = "a:"
	withSubject    = "q:"
	withHead       = "h:"
)

// customID is what a component that does an action holds. ok is false when
// there is no room.
func customID(a command.Action, s command.Subject) (id string, ok bool) {
	id = withoutSubject + a.ID
	if command.KindOf(a.ID).Subject {
		whole := encode(s)
		if id = fmt.Sprint(withSubject, len(a.ID), ":", a.ID, whole); size(id) > mostID {
			id = fmt.Sprint(withHead, len(a.ID), ":", a.ID, s.Command, "^", checksum(whole))
		}
	}
	return id, a.ID != "" && size(id) <= mostID
}

// readCustomID returns the action that a component does, and the subject of the
// reply that it hangs on; none where the action needs none, or it can't be told.
func readCustomID(custom string, on *message) (id string, s command.Subject) {
	if id, ok := strings.CutPrefix(custom, withoutSubject); ok {
		return id, s
	}
	long := strings.HasPrefix(custom, withHead)
	rest := strings.TrimPrefix(strings.TrimPrefix(custom, withSubject), withHead)
	length, rest, _ := strings.Cut(rest, ":")
	n, err := strconv.Atoi(length)
	if err != nil || len(rest) == len(custom) || n < 0 || n > len(rest) {
		return custom, s
	}
	id, rest = rest[:n], rest[n:]
	if !long {
		return id, decode(rest)
	}
	name, sum, _ := strings.Cut(rest, "^")
	for s := range headOf(on).subjects(name) {
		if checksum(encode(s)) == sum {
			return id, s
		}
	}
	return id, command.Subject{}
}

func checksum(s string) string {
	sum := sha256.Sum256([]byte(s))
	return base64.RawURLEncoding.EncodeToString(sum[:])[:6]
}

var bars = strings.NewReplacer(`\`, `\\`, `|`, `\|`)

// encode writes a subject as text: the command, its first option, and the
// others with their names.
func encode(s command.Subject) string {
	cmd, _ := command.Find(s.Command)
	var b strings.Builder
	b.WriteString(s.Command)
	for i, o := range cmd.Options {
		switch v := s.Options[o.Name]; {
		case i == 0:
			b.WriteString("|" + bars.Replace(v))
		case v != "":
			b.WriteString("|" + o.Name + "=" + bars.Replace(v))
		}
	}
	return b.String()
}

// decode reads what encode wrote. What no command of today could have written
// is no subject.
func decode(text string) command.Subject {
	fields := split(text)
	cmd, ok := command.Find(fields[0])
	if !ok {
		return command.Subject{}
	}
	s := command.Subject{Command: cmd.Name, Options: map[string]string{}}
	for i, field := range fields[1:] {
		name, value := "", field
		if i == 0 && len(cmd.Options) > 0 {
			name = cmd.Options[0].Name
		} else if name, value, ok = strings.Cut(field, "="); !ok || !has(cmd, name) {
			return command.Subject{}
		}
		if value != "" {
			s.Options[name] = value
		}
	}
	return s
}

func has(cmd command.Command, option string) bool {
	for _, o := range cmd.Options {
		if o.Name == option {
			return true
		}
	}
	return false
}

// split cuts a text at its bars, and takes the escapes out.
func split(text string) []string {
	fields := []string{""}
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '|':
			fields = append(fields, "")
			continue
		case text[i] == '\\' && i+1 < len(text):
			i++
		}
		fields[len(fields)-1] += text[i : i+1]
	}
	return fields
}

// Head is what is above a reply: its title, and below it the options that
// narrow it, each after its label, in bold.
//
//	### What did he say?
//	-# said by **Park Jin** · since **2023-11**
const (
	headline = "### "
	small    = "-# "
)

// head is the head of a reply, as it can be read from a message.
type head struct {
	title    string
	narrowed map[string]string // values by their labels
}

// drawHead draws the head of a reply.
func drawHead(r command.Reply) (lines []string) {
	if s := escape(r.Title); strings.TrimSpace(s) != "" {
		lines = append(lines, headline+within(r.Title, mostTitle, escape))
	}
	var parts []string
	for o, v := range r.Narrowed() {
		if v = within(r.Words.Isolate(v), mostTitle/2, escape); strings.TrimSpace(v) != "" {
			parts = append(parts, escape(o.Label(r.Words))+" **"+v+"**")
		}
	}
	if len(parts) > 0 {
		lines = append(lines, small+strings.Join(parts, " · "))
	}
	return lines
}

// headOf reads the head of the reply that a message shows. In what others wrote
// each asterisk is escaped, so that the bold marks tell the values apart.
func headOf(m *message) (h head) {
	for _, t := range m.texts() {
		lines := strings.Split(t, "\n")
		title, ok := strings.CutPrefix(lines[0], headline)
		if !ok {
			continue
		}
		h.title = words.Direct(unescape(title))
		if len(lines) > 1 && strings.HasPrefix(lines[1], small) {
			h.narrowed = readNarrowed(strings.TrimPrefix(lines[1], small))
		}
		return h
	}
	return h
}

func readNarrowed(line string) map[string]string {
	values := map[string]string{}
	label, value, bold := "", "", false
	for i := 0; i < len(line); i++ {
		switch {
		case strings.HasPrefix(line[i:], "**"):
			if bold {
				values[strings.Trim(label, " ·")] = words.Direct(unescape(value))
				label, value = "", ""
			}
			bold = !bold
			i++
			continue
		case !bold:
			label += line[i : i+1]
			continue
		case line[i] == '\\' && i+1 < len(line):
			value += line[i : i+1]
			i++
		}
		value += line[i : i+1]
	}
	return values
}

// subjects are those that a reply of the command called name with this head may
// have, in the order of the languages: one for each whose labels it has.
func (h head) subjects(name string) iter.Seq[command.Subject] {
	return func(yield func(command.Subject) bool) {
		for _, language := range words.Languages {
			if s, ok := h.subject(name, words.In(language)); ok && !yield(s) {
				return
			}
		}
	}
}

// subject reads the subject from the head, which is in a language. ok is false where it
// has a label that is none in the language.
func (h head) subject(name string, w words.Catalogue) (s command.Subject, ok bool) {
	cmd, _ := command.Find(name)
	s = command.Subject{Command: cmd.Name, Options: map[string]string{}}
	read := 0
	for i, o := range cmd.Options {
		label := o.Label(w)
		if label == "" {
			continue
		}
		v, labelled := h.narrowed[label]
		if labelled {
			read++
		}
		if i == 0 && v == "" {
			v = h.title
		}
		if v != "" {
			s.Options[o.Name] = v
		}
	}
	return s, read == len(h.narrowed)
}
