package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net/netip"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"

	"golang.org/x/term"

	"example.org/attache/bot/blob"
	"example.org/attache/bot/command"
	"example.org/attache/bot/command/words"
	"example.org/attache/bot/etcd"
	"example.org/attache/bot/feed"
	"example.org/attache/bot/fetch"
	"example.org/attache/bot/follow"
	"example.org/attache/bot/state"
	"example.org/attache/bot/terminal"
	"example.org/attache/corpus"
	"example.org/attache/index"
)

// program is one run: what it was told, and what it has opened.
type program struct {
	cli       *cli
	env       func(string) string
	in        io.Reader
	out, errs io.Writer
	reach     func(netip.Addr) bool // which networks documents may come from; nil: the open Internet

	words      words.Catalogue // what is printed is said in them
	config     Config
	configured bool           // there is a configuration file
	reading    corpus.Options // how documents are read, whoever reads: one bound of memory for the process
	mirror     *blob.Mirror   // of the documents in a store; nil where they are in a folder
	library    *library
	bot        *command.Bot
	unread     unreadLog
	feeds      []feed.Feed
}

// configure reads the configuration and sets up the log.
func (p *program) configure() error {
	config, found, err := loadConfig(p.cli.Config, p.env)
	if err != nil {
		return misused{err}
	}
	p.config, p.configured, p.reading = config, found, config.reading()
	if p.cli.Corpus != "" {
		p.config.Corpus.Path = p.cli.Corpus
	}
	slog.SetDefault(newLog(p.errs, config))
	for _, w := range config.exposed(p.cli.Config, p.env) {
		slog.Warn(w)
	}
	return nil
}

func newLog(w io.Writer, c Config) *slog.Logger {
	var level slog.Level
	level.UnmarshalText([]byte(c.Log.Level)) // checked with the configuration
	options := &slog.HandlerOptions{Level: level}
	if c.Log.Format == "json" {
		return slog.New(slog.NewJSONHandler(w, options))
	}
	return slog.New(slog.NewTextHandler(w, options))
}

// open configures the program and makes its bot, which does not answer before
// the library is open.
func (p *program) open() error {
	if err := p.configure(); err != nil {
		return err
	}
	docs, err := p.documents()
	if err != nil {
		return err
	}
	if p.env("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(p.config.Corpus.Memory.bytes) // garbage is collected the more often the nearer it is
	}
	p.library = newLibrary(docs, p.config.Corpus.Path, p.indexDir(), p.reading)
	p.library.mirror = p.mirror
	if err := p.openState(); err != nil {
		return err
	}
	p.bot = &command.Bot{
		Index: p.library.index, Reindex: p.library.reindex, Failures: p.library.failures, State: p.library.state,
		PublicURL: publicURL(p.config.API), Corpus: p.folder(), Web: p.web(), Log: slog.New(slog.DiscardHandler), // at the terminal, who asks reads it
	}
	if p.mirror != nil {
		p.bot.Remote = p.mirror
	}
	if p.configured && p.cli.Corpus == "" {
		p.feeds, _ = p.config.feeds() // checked with the configuration
	}
	if p.bot.State != nil {
		p.bot.Follows = follow.NewBook(p.bot.State, p.limits())
		p.bot.Feeds = func() ([]feed.Status, error) { return feed.Statuses(p.bot.State, p.feeds) }
	}
	return nil
}

// openState opens what is kept, in the folder of this process or shared with other
// nodes. Without a folder that can be used there is none.
func (p *program) openState() error {
	switch c := p.config.Cluster; {
	case !p.configured || p.cli.Corpus != "":
		return nil
	case c.on():
		space, err := etcd.Open(c.etcd())
		if err != nil {
			return misused{err}
		}
		shared := state.NewEtcd(space, p.config.State.Keep.Duration)
		p.library.state = shared
		p.library.node, err = p.newNode(space, shared)
		return err
	}
	files, err := state.Open(p.config.State.Path, p.config.State.Keep.Duration)
	if p.library.stateless = err; err == nil {
		p.library.state = files
	}
	return nil
}

// web is what documents are fetched through.
func (p *program) web() *fetch.Fetcher { return fetch.New(p.config.Corpus.Addresses, p.reach) }

// openIndex opens the program with an index that answers.
func (p *program) openIndex(ctx context.Context) error {
	if err := p.open(); err != nil {
		return err
	}
	return p.openLibrary(ctx)
}

// openLibrary lets the bot answer: from the index that is there, else from one
// that it makes. What could not be read for that is told.
func (p *program) openLibrary(ctx context.Context) error {
	bar := p.bar()
	report, err := p.library.open(ctx, bar.show)
	bar.finish()
	if err != nil || report == nil {
		return err
	}
	if n := report.Count(index.Failed); n > 0 {
		fmt.Fprintf(p.errs, "attache: %s\n", p.words.Say("open.failed", words.M{"Count": n, "Command": p.again("check")}))
	}
	if len(report.Entries) == 0 {
		fmt.Fprintf(p.errs, "attache: %s\n", p.words.Say("open.empty", words.M{"Folder": p.config.Corpus.Path}))
	}
	return nil
}

// again is how to use another command on the same documents.
func (p *program) again(command string) string {
	line := "attache " + command
	for _, flag := range [][2]string{{"--config", p.cli.Config}, {"--corpus", p.cli.Corpus}} {
		if flag[1] != "" {
			line += " " + flag[0] + " " + flag[1]
		}
	}
	return line
}

// documents is the corpus that the command line or the configuration names.
func (p *program) documents() (fs.FS, error) {
	dir := p.config.Corpus.Path
	switch {
	case dir == "":
		return corpus.Builtin(), nil
	case blob.IsAddress(dir):
		bucket, err := blob.Open(p.config.store(p.env), dir)
		if err != nil {
			return nil, misused{fmt.Errorf("opening the corpus: %w", err)}
		}
		p.mirror = blob.NewMirror(bucket, p.config.S3.Mirror, p.config.S3.MirrorMax.bytes, slog.Default())
		dir = p.mirror.Folder()
	}
	if p.cli.Corpus == "" || p.mirror != nil {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return nil, misused{fmt.Errorf("making the corpus folder (corpus.path): %w", err)}
		}
	}
	info, err := os.Stat(dir)
	switch {
	case err != nil:
		return nil, misused{fmt.Errorf("opening the corpus: %w", err)}
	case !info.IsDir():
		return nil, misused{fmt.Errorf("opening the corpus: %s is not a folder", dir)}
	}
	return os.DirFS(dir), nil
}

// folder is the folder of the documents on this disk; empty for the built-in ones.
func (p *program) folder() string {
	if p.mirror != nil {
		return p.mirror.Folder()
	}
	return p.config.Corpus.Path
}

// indexDir is where the index is kept; empty where it is temporary.
func (p *program) indexDir() string {
	switch {
	case p.cli.Index != "":
		return p.cli.Index
	case p.cli.Corpus != "" || !p.configured:
		return ""
	}
	return p.config.Index.Path
}

func (p *program) close() {
	if p.bot != nil {
		p.bot.Wait()
	}
	if p.library != nil {
		p.library.close()
		p.library.node.close()
	}
}

// language finds the words for what is printed: those that the command line names,
// else those of the environment. Programs are answered in English.
func (p *program) language() error {
	if name := p.cli.Lang; name != "" {
		language, ok := words.Spoken(name)
		if !ok {
			return misused{fmt.Errorf("--language is %q: it must be one of %s", name, strings.Join(words.Languages, ", "))}
		}
		p.words = words.In(language)
	} else {
		p.words = words.In(cmp.Or(p.env("LC_ALL"), p.env("LC_MESSAGES"), p.env("LANG")))
	}
	if p.cli.JSON {
		p.words = words.Catalogue{}
	}
	return nil
}

// do runs a command and prints its reply, as the command line says.
func (p *program) do(ctx context.Context, name string, c *command.Call) error {
	c.Words, c.Own = p.words, p.words
	return p.show(p.bot.Do(ctx, name, c))
}

// show prints a reply. A failed one goes to standard error.
func (p *program) show(r command.Reply) error {
	switch {
	case r.Misused:
		return misused{failure(r)}
	case r.Failed:
		return failure(r)
	case p.cli.JSON:
		return p.encode(r.Records...)
	}
	return p.printer().Print(r)
}

// failure is why a command failed.
func failure(r command.Reply) error {
	if r.Err != nil {
		return r.Err
	}
	var errs []error
	for _, n := range r.Notes {
		errs = append(errs, errors.New(n))
	}
	return errors.Join(errs...)
}

// encode writes records as JSON, one a line.
func (p *program) encode(records ...any) error {
	enc := json.NewEncoder(p.out)
	enc.SetEscapeHTML(false)
	for _, r := range records {
		if err := enc.Encode(r); err != nil {
			return fmt.Errorf("writing the results: %w", err)
		}
	}
	return nil
}

// printer prints for what standard output is: lines are wrapped and coloured
// only for a terminal.
func (p *program) printer() terminal.Printer {
	printer := terminal.Printer{Out: p.out}
	if f, ok := p.out.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		width, _, err := term.GetSize(int(f.Fd()))
		if err != nil {
			width = 80
		}
		printer.Width = min(width, 100)
		printer.Colour = p.env("NO_COLOR") == "" && p.env("TERM") != "dumb"
	}
	return printer
}

// interactive reports whether a person types at a terminal.
func (p *program) interactive() bool {
	f, ok := p.in.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// historyFile is where the prompt keeps what was typed.
func (p *program) historyFile() string {
	dir, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "attache", "history")
}
