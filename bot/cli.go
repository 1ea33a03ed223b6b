package main

import (
	"context"
	"strings"

	"github.com/alecthomas/kong"
	mangokong "github.com/alecthomas/mango-kong"

	"example.org/attache/bot/command"
)

const description = `Answers foreign-policy questions only with cited quotes from a folder of documents.

Without a command: serves Discord where a token is configured, else asks at the terminal.`

// cli is the command line.
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
	Ask        askCmd        `cmd:"" help:"Answer a question; without one, those on standard input, one a line."`
	Who        whoCmd        `cmd:"" help:"Tell who somebody is: titles, what they say, and what is said of them."`
	People     peopleCmd     `cmd:"" help:"List the people that the documents name."`
	Quotes     quotesCmd     `cmd:"" help:"List the direct quotations of the documents, with their speakers."`
	Statements statementsCmd `cmd:"" help:"List all that the documents let people say: quotations, turns of transcripts, speeches, reported speech."`
	Said       saidCmd       `cmd:"" help:"Quote what a person, body or country says."`
	Timeline   timelineCmd   `cmd:"" help:"Quote what is dated on a topic, in the order of time."`
	Compare    compareCmd    `cmd:"" help:"Quote what two speakers say on one topic."`
	Sources    sourcesCmd    `cmd:"" help:"List the documents, newest first, or print the text of one."`
	Reindex    reindexCmd    `cmd:"" help:"Read what changed of the documents."`
	Check      checkCmd      `cmd:"" help:"Read all documents and say what is wrong with them; changes nothing."`
	Add        addCmd        `cmd:"" help:"Add a document to the corpus."`
	Remove     removeCmd     `cmd:"" help:"Take a document out; its file stays."`
	Restore    restoreCmd    `cmd:"" help:"Take back the removal of a document."`
	Status     statusCmd     `cmd:"" help:"Tell what the index holds."`

	Feeds      feedsCmd      `cmd:"" help:"List the feeds that documents come from by themselves, or check a new one."`
	Follows    followsCmd    `cmd:"" help:"List what people and channels follow, or end one of them."`
	Unanswered unansweredCmd `cmd:"" help:"List the questions that got no answer, most asked first."`
	Feedback   feedbackCmd   `cmd:"" help:"List what people think of the answers, the worst first."`
	Clear      clearCmd      `cmd:"" help:"Forget the questions and votes that are kept."`
	Cluster    clusterCmd    `cmd:"" help:"Tell how the nodes of a cluster do, or move what is kept to it and back."`
	Unregister unregisterCmd `cmd:"" help:"Take the commands off Discord."`

	Help  helpCmd  `cmd:"" help:"Tell what can be asked at the prompt and on Discord."`
	Bench benchCmd `cmd:"" help:"Measure how fast questions are answered over the documents."`
}

type (
	promptCmd struct{}
	serveCmd  struct{}
	helpCmd   struct{}
	askCmd    struct {
		Question []string `arg:"" optional:"" help:"The question."`
		Limit    int      `help:"At most so many answers." default:"3" placeholder:"N"`
		Explain  bool     `help:"Print what each score rests on."`
		Speaker  string   `help:"Only what this person, body or country says." placeholder:"NAME"`
		filterFlags
		exportFlags
	}
)

// filterFlags narrow what is searched.
type filterFlags struct {
	Source string `help:"Only documents whose title or publisher has these words." placeholder:"WORDS"`
	Since  string `help:"Only documents from this date on." placeholder:"DATE"`
	Until  string `help:"Only documents up to this date." placeholder:"DATE"`
}

func (f filterFlags) options(more ...string) map[string]string {
	options := map[string]string{"source": f.Source, "since": f.Since, "until": f.Until}
	for i := 0; i+1 < len(more); i += 2 {
		options[more[i]] = more[i+1]
	}
	return options
}

// Run tells what can be asked.
func (*helpCmd) Run(ctx context.Context, p *program) error {
	if err := p.open(); err != nil {
		return err
	}
	return p.do(ctx, "help", &command.Call{Admin: true})
}

func joined(words []string) string { return strings.Join(words, " ") }
