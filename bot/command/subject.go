package command

import (
	"iter"
	"maps"
)

// Subject is the call that a reply answers: its command, and its options as
// they were checked, but for those that are yes or no. It is plain data. A
// front keeps it beside the reply, each in its own way, and gives it back with
// an action that needs it (see [KindOf]).
type Subject struct {
	Command string
	Options map[string]string // by name; absent ones are not there
}

// subject returns what a call of cmd is about.
func subject(cmd Command, c *Call) Subject {
	s := Subject{Command: cmd.Name, Options: map[string]string{}}
	for _, o := range cmd.Options {
		if v := c.Options[o.Name]; v != "" && o.Type != Bool {
			s.Options[o.Name] = v
		}
	}
	return s
}

// with is the subject in which an option has another value.
func (s Subject) with(option, value string) Subject {
	options := maps.Clone(s.Options)
	options[option] = value
	return Subject{s.Command, options}
}

// All yields the options that have a value, in the order of the table.
func (s Subject) All() iter.Seq2[Option, string] {
	return func(yield func(Option, string) bool) {
		cmd, _ := Find(s.Command)
		for _, o := range cmd.Options {
			if v := s.Options[o.Name]; v != "" && !yield(o, v) {
				return
			}
		}
	}
}

// Narrowed yields what a reader should see of the subject beside the title of
// its reply: the options that are not the title itself.
func (r Reply) Narrowed() iter.Seq2[Option, string] {
	return func(yield func(Option, string) bool) {
		first := true
		for o, v := range r.Subject.All() {
			titled := first && v == r.Title
			first = false
			if !titled && !yield(o, v) {
				return
			}
		}
	}
}
