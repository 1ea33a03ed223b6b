package main

import (
	"context"
	"strings"

	"github.com/alecthomas/kong"
	mangokong "github.com/alecthomas/mango-kong"

	"example.org/attache/bot/command"
	"example.org/attache/bot/command/words"
)

const description = `Answers foreign-policy questions only with cited quotes from a folder of documents.

Without a command: serves Discord where a token is configured, else asks at the terminal.`

// cli is the command line. What its commands share with those of Discord and the
// prompt is described in their table: see helpTexts.
type cli struct {
	Config  string            `help:"Configuration file (default: config.toml, when it exists)." placeholder:"FILE"`
	Corpus  string            `help:"Folder of documents (default: the configured one, else the built-in documents)." placeholder:"DIR"`
	Index   string            `help:"Folder of the index (default: the configured one; for --corpus a temporary one)." placeholder:"DIR"`
	Lang    string            `name:"language" help:"Language of what is printed (default: that of LC_ALL, LC_MESSAGES or LANG, else English)." placeholder:"CODE"`
	JSON    bool              `name:"json" help:"Print JSON, one object a line."`
	Version kong.VersionFlag  `help:"Print the version."`
	Man     mangokong.ManFlag `help:"Print the manual page: attache --man > attache.1."`

	Prompt     promptCmd     `cmd:"" default:"1" hidden:""`
	MCP        mcpCmd        `cmd:"" name:"mcp" help:"Serve an assistant that speaks the Model Context Protocol on standard input and output."`
	ServeAPI   serveAPICmd   `cmd:"" name:"serve-api" help:"Serve the API for other programs, without Discord."`
	Serve      serveCmd      `cmd:"" help:"Serve Discord."`
	Ask        askCmd        `cmd:"" help:"${ask}; without one, those on standard input, one a line."`
	Who        whoCmd        `cmd:"" help:"${who}."`
	People     peopleCmd     `cmd:"" help:"List the people that the documents name."`
	Quotes     quotesCmd     `cmd:"" help:"List the direct quotations of the documents, with their speakers."`
	Statements statementsCmd `cmd:"" help:"List all that the documents let people say: quotations, turns of transcripts, speeches, reported speech."`
	Said       saidCmd       `cmd:"" help:"${said}."`
	Timeline   timelineCmd   `cmd:"" help:"${timeline}."`
	Compare    compareCmd    `cmd:"" help:"${compare}."`
	Sources    sourcesCmd    `cmd:"" help:"${sources}; or the text of one document."`
	Reindex    reindexCmd    `cmd:"" help:"${admin_reindex}, where they changed."`
	Check      checkCmd      `cmd:"" help:"Read all documents and say what is wrong with them; changes nothing."`
	Add        addCmd        `cmd:"" help:"${admin_add}."`
	Remove     removeCmd     `cmd:"" help:"${admin_remove}."`
	Restore    restoreCmd    `cmd:"" help:"${admin_restore}."`
	Status     statusCmd     `cmd:"" help:"${admin_status}."`

	Feeds      feedsCmd      `cmd:"" help:"${admin_feeds}, or what a new one would bring."`
	Follows    followsCmd    `cmd:"" help:"${admin_follows}."`
	Unanswered unansweredCmd `cmd:"" help:"${admin_unanswered}."`
	Feedback   feedbackCmd   `cmd:"" help:"${admin_feedback}."`
	Clear      clearCmd      `cmd:"" help:"${admin_clear}."`
	Cluster    clusterCmd    `cmd:"" help:"Tell how the nodes of a cluster do, or move what is kept to it and back."`
	Unregister unregisterCmd `cmd:"" help:"Take the commands off Discord."`

	Help  helpCmd  `cmd:"" help:"${help}."`
	Bench benchCmd `cmd:"" help:"Measure how fast questions are answered over the documents."`
}

type (
	promptCmd struct{}
	serveCmd  struct{}
	helpCmd   struct{}
	askCmd    struct {
		Question []string `arg:"" optional:"" help:"${ask_question}."`
		Limit    int      `help:"At most so many answers." default:"3" placeholder:"N"`
		Explain  bool     `help:"Print what each score rests on."`
		Speaker  string   `help:"${ask_speaker}." placeholder:"NAME"`
		filterFlags
		exportFlags
	}
)

// helpTexts are what the table of commands says that commands and options are for, by
// their names: "admin_follows" of a command, "admin_follows_stop" of its option.
func helpTexts() kong.Vars {
	texts := kong.Vars{"version": version()}
	for _, c := range command.Table() {
		name := strings.ReplaceAll(c.Name, " ", "_")
		texts[name] = c.Help(words.Catalogue{})
		for _, o := range c.Options {
			texts[name+"_"+o.Name] = o.Help(words.Catalogue{})
		}
	}
	return texts
}

// filterFlags narrow what is searched.
type filterFlags struct {
	Source string `help:"${ask_source}." placeholder:"WORDS"`
	Since  string `help:"${ask_since}." placeholder:"DATE"`
	Until  string `help:"${ask_until}." placeholder:"DATE"`
}

func (f filterFlags) options(more ...string) map[string]string {
	options := map[string]string{"source": f.Source, "since": f.Since, "until": f.Until}
	for i := 0; i+1 < len(more); i += 2 {
		options[more[i]] = more[i+1]
	}
	return options
}

// Run says what can be asked.
func (*helpCmd) Run(ctx context.Context, p *program) error {
	if err := p.open(); err != nil {
		return err
	}
	return p.do(ctx, "help", &command.Call{Admin: true})
}

func joined(words []string) string { return strings.Join(words, " ") }
