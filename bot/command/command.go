// Package command is what Attaché can do: one table of commands, the same for
// every front.
//
// A [Command] takes typed options and returns a [Reply]: plain data that has
// never heard of Discord or of a terminal. Fronts turn what a person typed
// into a [Call], and render the Reply.
package command

import (
	"context"

	"attache/corpus/text"
	"attache/index"
)

// Command is one row of the table.
type Command struct {
	Name    string // also its path: "admin reindex" is a subcommand
	Help    string // one line, at most 100 characters
	Options []Option
	Admin   bool // only for those whom the configuration names
	Run     func(ctx context.Context, c *Call) (Reply, error)
}

// Option is one typed option of a command, in the order of the table also the
// order of positional arguments at the terminal.
type Option struct {
	Name     string
	Help     string // at most 100 characters
	Type     Type
	Required bool
	Complete func(ctx context.Context, c *Call, typed string) []string // nil: no completion
}

// Type is the type of an option's value.
type Type uint8

// The types of options. All values arrive as strings and are checked by the
// table before Run sees them.
const (
	String Type = iota
	Date
	Bool
	Integer
)

// Call is one use of a command.
type Call struct {
	Options  map[string]string // by name, as typed; absent ones are not there
	Admin    bool              // the caller may run admin commands: fronts decide by the configuration
	Progress func(Reply)       // shows how far a long command is; never nil; may be called often
}

// Reply is what a command answers: facts about documents, and quotes from
// them.
type Reply struct {
	Title    string    // one line over everything; may be empty
	Sections []Section // in order
	Notes    []string  // what else to know, each a line of the bot's own words
	Actions  []Action  // what can be done next, for the whole reply
	Private  bool      // only for the one who asked
}

// Section is quotes under one heading.
type Section struct {
	Heading string
	Lines   []string // the bot's own words: counts, names, titles of documents
	Quotes  []Quote
	Actions []Action // for the section's quotes
}

// Quote is verbatim text with its source.
type Quote struct {
	Text    string       // document text, white space folded
	Bold    []text.Span  // the words that bear on the question, places in Text
	Label   string       // what the quote shows, in words of the document: a title; may be empty
	Speaker string       // who says it, where known
	Source  index.Source // where it is printed
	Also    []string     // titles of other documents that print the same
}

// Action is something the reader can do with a reply: a button on Discord.
type Action struct {
	ID    string // what the press calls; fits Discord's custom_id with the front's prefix
	Label string
}
