package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"example.org/attache/bot/command"
	"example.org/attache/bot/terminal"
	"example.org/attache/index"
)

// everything is how many lines a list at the terminal has at most.
const everything = 1 << 30

// The commands of those who run the bot: what the corpus holds, and changing
// it.
type (
	sourcesCmd struct {
		Query []string `arg:"" optional:"" help:"${sources_query}."`
		Text  string   `help:"Print the text of one document, as quotes are places in it." placeholder:"DOCUMENT"`
	}
	reindexCmd struct {
		Full bool `help:"Read every document again, also those that did not change. Also empties the index of a folder that is empty now."`
	}
	checkCmd struct {
		Show string `help:"Show how one file is understood: title, date, speakers, its first paragraphs, and what is left out and why." placeholder:"FILE"`
	}
	addCmd struct {
		Source string `arg:"" help:"A file, or an address that the configuration allows." placeholder:"FILE|ADDRESS"`
	}
	removeCmd struct {
		Document string `arg:"" help:"${admin_remove_document}."`
		Yes      bool   `short:"y" help:"Don't ask."`
	}
	restoreCmd struct {
		Document string `arg:"" help:"${admin_restore_document}."`
	}
	statusCmd struct{}
)

// Run lists the documents, or prints the text of one.
func (s *sourcesCmd) Run(ctx context.Context, p *program) error {
	if err := p.openIndex(ctx); err != nil {
		return err
	}
	if s.Text == "" {
		return p.do(ctx, "sources", &command.Call{Options: map[string]string{"query": joined(s.Query)}, Limit: everything, Admin: true})
	}
	text, err := p.library.index().Text(s.Text)
	if errors.Is(err, index.ErrNoDocument) {
		return fmt.Errorf("there is no document %q; see: attache sources", s.Text)
	}
	if err != nil {
		return err
	}
	if p.cli.JSON {
		return p.encode(struct {
			Document string `json:"document"`
			Text     string `json:"text"`
		}{s.Text, text})
	}
	if p.printer().Width > 0 { // programs get every byte, for the places of quotes
		text = terminal.PlainLines(text)
	}
	_, err = io.WriteString(p.out, text)
	return err
}

// Run reads what changed.
func (r *reindexCmd) Run(ctx context.Context, p *program) error {
	if err := p.open(); err != nil {
		return err
	}
	if err := p.library.prepare(); err != nil {
		return err
	}
	p.library.full = r.Full
	bar := p.bar()
	report, err := p.library.reindex(ctx, bar.show)
	bar.finish()
	return p.report(p.words.Say("reindex.done"), report, err)
}

// Run reads everything and touches nothing.
func (c *checkCmd) Run(ctx context.Context, p *program) error {
	if c.Show != "" {
		return p.explain(ctx, c.Show)
	}
	if err := p.open(); err != nil {
		return err
	}
	if err := p.library.fetch(ctx, true); err != nil {
		return err
	}
	bar := p.bar()
	report, err := index.Check(ctx, p.library.dir, p.library.docs, index.Options{Progress: bar.show, Skip: p.library.skip, Reading: p.library.reading})
	bar.finish()
	return p.report(p.words.Say("check.done"), report, err)
}

// report prints what a reading did. The reasons why files can't be read go to
// standard error, where scripts look for what is wrong.
func (p *program) report(title string, report *index.Report, err error) error {
	switch {
	case errors.Is(err, index.ErrBusy):
		return errors.New(p.words.Say("reindex.running"))
	case err != nil:
		return err
	}
	r := command.Report(p.words, report)
	r.Title = title
	for i := range r.Sections[1:] {
		r.Sections[i+1].Lines = nil
	}
	if err := p.show(r); err != nil {
		return err
	}
	for _, e := range report.Entries {
		if e.Status == index.Failed {
			fmt.Fprintln(p.errs, terminal.Plain("attache: "+e.Document+": "+command.Reason(e)))
		}
	}
	if report.Count(index.Failed) > 0 {
		return errReported
	}
	return nil
}

// Run saves a document under the corpus and reads it.
func (a *addCmd) Run(ctx context.Context, p *program) error {
	if err := p.openIndex(ctx); err != nil {
		return err
	}
	c := &command.Call{Options: map[string]string{}, Admin: true}
	if strings.Contains(a.Source, "://") {
		c.Options["address"] = a.Source
	} else {
		c.Options["file"] = filepath.Base(a.Source)
		c.Open = func(context.Context) (io.ReadCloser, error) { return os.Open(a.Source) }
	}
	return p.do(ctx, "admin add", c)
}

// Run takes a document out, after asking.
func (r *removeCmd) Run(ctx context.Context, p *program) error {
	if err := p.openIndex(ctx); err != nil {
		return err
	}
	c := &command.Call{Options: map[string]string{"document": r.Document}, Admin: true, Words: p.words, Own: p.words}
	asked := p.bot.Do(ctx, "admin remove", c)
	if asked.Failed {
		return p.show(asked)
	}
	if !r.Yes {
		if !p.interactive() {
			return misused{errors.New("removing a document asks first: add --yes where nobody can answer")}
		}
		question := p.printer()
		question.Out = p.errs // results alone go to standard output
		if err := question.Print(asked); err != nil || !p.confirmed() {
			return err
		}
	}
	return p.show(p.bot.Press(ctx, asked.Actions[0].ID, c))
}

// confirmed asks for a yes.
func (p *program) confirmed() bool {
	fmt.Fprint(p.errs, p.words.Say("remove.yes")+" ")
	answer, _ := bufio.NewReader(p.in).ReadString('\n') // no answer is no yes
	return strings.HasPrefix(strings.ToLower(strings.TrimSpace(answer)), "y")
}

// Run takes back the removal of a document.
func (r *restoreCmd) Run(ctx context.Context, p *program) error {
	if err := p.openIndex(ctx); err != nil {
		return err
	}
	return p.do(ctx, "admin restore", &command.Call{Options: map[string]string{"document": r.Document}, Admin: true})
}

// Run says what the index holds.
func (*statusCmd) Run(ctx context.Context, p *program) error {
	if err := p.openIndex(ctx); err != nil {
		return err
	}
	return p.do(ctx, "admin status", &command.Call{Admin: true})
}
