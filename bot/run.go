package main

import (
	"context"
	"errors"
	"fmt"

	"example.org/attache/bot/command"
	"example.org/attache/bot/terminal"
)

// Run talks at the terminal, or serves Discord where there is a token.
func (*promptCmd) Run(ctx context.Context, p *program) error {
	if p.cli.JSON {
		return misused{errors.New("--json needs a command, as: attache ask --json QUESTION")}
	}
	if err := p.open(); err != nil {
		return err
	}
	if p.config.Discord.Token != "" {
		return p.serve(ctx)
	}
	if err := p.openLibrary(ctx); err != nil {
		if ctx.Err() != nil {
			return nil // whoever leaves the prompt before it is there just leaves
		}
		return err
	}
	prompt := &terminal.Prompt{Bot: p.bot, Words: p.words, Printer: p.printer(), History: p.historyFile()}
	if !p.interactive() {
		return prompt.Pipe(ctx, p.in)
	}
	prompt.Printer.Numbers = true
	return prompt.Run(ctx)
}

// Run serves Discord.
func (*serveCmd) Run(ctx context.Context, p *program) error {
	if err := p.open(); err != nil {
		return err
	}
	return p.serve(ctx)
}

// Run answers one question, or those on standard input.
func (a *askCmd) Run(ctx context.Context, p *program) error {
	if err := checkLimit(a.Limit); err != nil {
		return err
	}
	export, err := a.wanted(p)
	if err != nil {
		return err
	}
	if err := p.openIndex(ctx); err != nil {
		return err
	}
	if _, err := p.bot.Filter(a.options("speaker", a.Speaker), p.words); err != nil { // wrong once, not with each question
		return misused{err}
	}
	call := func(question string) *command.Call {
		return &command.Call{Options: a.options("question", question, "speaker", a.Speaker), Limit: a.Limit, Explain: a.Explain, Admin: true, Words: p.words, Own: p.words}
	}
	if len(a.Question) > 0 {
		return a.do(ctx, p, "ask", call(joined(a.Question)))
	}
	if !export {
		return p.askLines(ctx, call, p.showApart)
	}
	var answers []command.Reply
	err = p.askLines(ctx, call, func(r command.Reply) error {
		answers = append(answers, r)
		return nil
	})
	return errors.Join(err, a.write(p, answers...))
}

// showApart prints one of several replies, for people with a line between them.
func (p *program) showApart(r command.Reply) error {
	if err := p.show(r); err != nil || p.cli.JSON {
		return err
	}
	_, err := fmt.Fprintln(p.out)
	return err
}

// askLines answers the questions on standard input, each with one reply. A
// question that can't be answered costs the others nothing.
func (p *program) askLines(ctx context.Context, call func(string) *command.Call, show func(command.Reply) error) error {
	var failed error
	for line, err := range terminal.Lines(ctx, p.in) {
		if err != nil {
			return err
		}
		if err := p.askLine(ctx, line, call, show); err != nil {
			failed = err
		}
	}
	if ctx.Err() != nil {
		return fmt.Errorf("answering questions: %w", ctx.Err())
	}
	return failed
}

func (p *program) askLine(ctx context.Context, line string, call func(string) *command.Call, show func(command.Reply) error) error {
	r := p.bot.Do(ctx, "ask", call(line))
	if !r.Failed {
		return show(r)
	}
	fmt.Fprintf(p.errs, "attache: answering %.200q: %v\n", line, failure(r))
	if p.cli.JSON {
		if err := p.encode(command.NoAnswer(line)); err != nil {
			return err
		}
	}
	if r.Misused {
		return nil // the line is told, and the next may be a question
	}
	return errReported
}
