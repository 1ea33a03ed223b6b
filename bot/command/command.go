// Package command is what Attaché can do: one table of commands, the same for
// every front.
//
// A [Command] takes typed options and returns a [Reply]: plain data that has
// never heard of Discord or of a terminal. Fronts turn what a person typed
// into a [Call], hand it to [Bot.Do], and render the Reply. What a reader can
// do next with a reply is its actions; a front hands the ID of the one that
// was chosen to [Bot.Press]. The words that the bot itself says stand in
// package words.
package command

import (
	"context"
	"io"

	"example.org/attache/bot/command/words"
	"example.org/attache/corpus/text"
	"example.org/attache/index"
)

// Command is one row of the table.
type Command struct {
	Name    string // also its path: "admin reindex" is a subcommand
	Options []Option
	Admin   bool // only for those whom the configuration names
	Message bool // is used on a message, whose text is the only option
	Run     func(ctx context.Context, b *Bot, c *Call) (Reply, error)

	help   string // the key of the message that says what it is for
	alone  bool   // its replies are for the one who asks alone
	placed bool   // it needs a Place
	paged  bool   // its replies have a subject: More and Share lead on from there
	listed bool   // and it lists what is known, to the end
}

// Option is one typed option of a command, in the order of the table also the
// order of positional arguments at the terminal. Required ones come first.
type Option struct {
	Name     string
	Type     Type
	Required bool
	Max      int                                                      // runes at most, for a String; 0: 100
	Choices  []string                                                 // the values that it may have; empty: any
	Complete func(ctx context.Context, b *Bot, typed string) []string // nil: no completion

	help   string                                     // the key of the message that says what it is for
	labels bool                                       // its value is in the head of a reply, after a label
	names  func(ctx context.Context, b *Bot) []string // all that may have a handle; nil: nothing has
}

// Type is the type of an option's value.
type Type uint8

// The types of options. All values arrive as strings and are checked before
// Run sees them: a Name of a person, body or country as a String, a Date as
// people write one ("March 2023", "last week"), a Bool as true or false, a File
// as its name, a Role as its ID.
const (
	String Type = iota
	Name
	Date
	Bool
	File
	Role
)

// Call is one use of a command or of an action.
type Call struct {
	Options  map[string]string                            // by name, as typed; absent ones are not there
	Admin    bool                                         // the caller may run admin commands: fronts decide by the configuration
	User     string                                       // tells callers apart, and is never kept as it is; empty where there is only one
	Subject  Subject                                      // for an action: that of the reply that it hangs on
	Open     func(context.Context) (io.ReadCloser, error) // opens the File among the options
	Limit    int                                          // how many answers a reply shows at most; 0: 3
	Explain  bool                                         // say what scores rest on
	Progress func(Reply)                                  // shows how far a long command is; may be nil; may be called often
	Place    *Place                                       // where the call is made; nil where nobody can be told anything later
	Mention  func(name string) (id string)                // the ID by which a front shows a command so that it can be pressed; may be nil
	Words    words.Catalogue                              // of what everybody sees
	Own      words.Catalogue                              // of what only the one who asks sees

	offset int  // how many answers to skip: those shown before
	again  bool // shows what was asked before, by an action
}

// alone is the call with everything said in the words of who makes it.
func (c *Call) alone() *Call {
	own := *c
	own.Words = own.Own
	return &own
}

// Place is where people are that can be told something later: a channel of a
// server, or, without one, direct messages.
type Place struct {
	Server, Channel string
	Manages         bool // who calls decides what the channel is told
	Writes          bool // the bot may write there

	Pings map[string]Ping // the roles that a call names, by their IDs
}

// Ping is who may mention a role.
type Ping struct{ Member, Bot bool }

// Reply is what a command answers: facts about documents, and quotes from
// them. Every line of document text is in a Quote, and nothing else is.
type Reply struct {
	Tone     Tone
	Words    words.Catalogue // of its text, and of what a front adds to it
	Title    string          // one line over everything: the question, the name; may be empty
	Subject  Subject         // what it answers; empty where no action leads on from it
	Sections []Section       // in order
	Notes    []string        // what else to know, each a line of the bot's own words
	Actions  []Action        // what can be done next, for the whole reply
	Menus    []Menu          // more that can be done next, one of several things each
	Progress *Progress       // while a long command runs
	Picture  *Picture
	Files    []Attachment // to be kept
	Private  bool         // only for the one who asked
	Ping     string       // the ID of a role that is to be mentioned with it; empty: nobody is
	Replace  bool         // takes the place of the reply whose action was chosen, where that answers the same person
	Failed   bool         // the command could not be done; Notes say why
	Misused  bool         // Failed, because of what was typed
	Err      error        // what lies behind a Failed reply, for those who run the bot; never shown to others
	Records  []any        // the same for programs: what --json prints, an object a line
}

// Tone is what kind of thing a reply is, for the eye.
type Tone uint8

// The tones of replies.
const (
	Plain   Tone = iota
	Answer       // quotes that answer what was asked
	Nearest      // there is no answer; at best passages that may bear on it
	Listing      // people, what they say, lists
	Admin        // for those who run the bot
)

// Section is quotes under one heading.
type Section struct {
	Heading string
	Lines   []string       // the bot's own words: counts, names, titles of documents
	Code    bool           // Lines are for copying, as they are
	List    bool           // Lines are one thing each
	Sources []index.Source // documents, in a list
	Usages  []Usage        // commands, in a list
	Quotes  []Quote        // those of one document that follow one another are cited once
	Passage bool           // Quotes are one passage of one document
}

// Usage is a command in a list of them.
type Usage struct {
	Name  string // of the command
	Title string // what it is called
	ID    string // by which the front can show it so that it can be pressed; may be empty
	Form  string // how it is typed: "/said speaker [topic]"
	Help  string
}

// Quote is verbatim text with its source.
type Quote struct {
	Text    string         // document text, white space folded
	Bold    []text.Span    // the words that bear on the question, places in Text
	Label   string         // what the quote shows, in words of the document: a title; may be empty
	Speaker string         // who says it, where known
	Kind    string         // of the statement that it is, as index.Quote has it; empty for none
	Source  index.Source   // where it is printed
	Page    int            // on which page of it; 0 where there are no pages
	Second  int            // of a recording: at which second, from 1; 0 where there is none
	Span    text.Span      // the place of the quote in the document's text
	Link    string         // the page that shows it in its document; empty where there is none
	Also    []index.Source // other documents that print the same, the first of them
	Further int            // and how many more do
	Actions []Action       // what can be done with it; where quotes are many, a front may offer the first alone

	path string // of the page that shows it
}

// Follows reports whether a quote is of the document that the one before it
// cites, so that it need not be cited again.
func (q Quote) Follows(before Quote) bool { return q.Source.Document == before.Source.Document }

// AlsoIn lists the names of the other documents that print the same, the last of
// them how many more do.
func (q Quote) AlsoIn(w words.Catalogue) (names []string) {
	for _, s := range q.Also {
		names = append(names, s.Document)
	}
	if q.Further > 0 {
		names = append(names, w.Say("cited.more", words.M{"Count": q.Further}))
	}
	return names
}

// Action is something the reader can do with a reply: a button on Discord, a
// numbered line at the terminal.
type Action struct {
	ID     string // at most 90 bytes of printable text; holds all that Press needs besides Call.Subject. Without one it only tells something
	Label  string // at most 80 characters
	Sign   string // shown instead of the label where there is no room for words; may be empty
	Detail string // in a menu: what tells it from the others
}

// Menu is actions of which one is chosen.
type Menu struct {
	Label   string // what choosing is for
	Asks    bool   // the reply asks which of them is meant
	Actions []Action
}

// Progress is how far a long command is, for a bar.
type Progress struct {
	Done, Total int // Total is 0 when unknown
}

// Picture is an image that goes with a reply.
type Picture struct {
	Name string // of a file
	Alt  string // says what it shows
	PNG  []byte
}

// Attachment is a file that goes with a reply.
type Attachment struct {
	Name string // letters, digits, hyphens and full stops
	Type string // its media type
	Data []byte
}
