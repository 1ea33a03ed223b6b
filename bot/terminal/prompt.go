package terminal

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/peterh/liner"

	"example.org/attache/bot/command"
	"example.org/attache/bot/command/words"
)

// Prompt is a conversation with the bot.
type Prompt struct {
	Bot     *command.Bot
	Printer Printer
	Words   words.Catalogue // that the person reads
	History string          // file that keeps what was typed; empty: none
	Folder  string          // where files of replies are saved; empty: the folder in use

	last   command.Reply   // its actions can be chosen by number
	before command.Subject // what was asked last, which a follow-up is read with
}

// Pipe answers the lines of in, one after another.
func (p *Prompt) Pipe(ctx context.Context, in io.Reader) error {
	for line, err := range Lines(ctx, in) {
		if err != nil {
			return err
		}
		if line == "" {
			continue
		}
		if leave, err := p.answer(ctx, line); leave || err != nil {
			return err
		}
		fmt.Fprintln(p.Printer.Out)
	}
	return nil
}

// Run talks with the person at the terminal until they leave.
func (p *Prompt) Run(ctx context.Context) error {
	term := liner.NewLiner()
	defer term.Close()
	term.SetCtrlCAborts(true)
	term.SetWordCompleter(func(line string, pos int) (string, []string, string) {
		before := string([]rune(line)[:pos])
		typed, list := p.complete(ctx, before)
		if len(list) > 0 {
			fmt.Fprint(p.Printer.Out, "\n"+columns(list, p.Printer.Width))
		}
		return "", []string{typed}, strings.TrimPrefix(line, before)
	})
	p.recall(term)
	defer p.keep(term)
	fmt.Fprintln(p.Printer.Out, p.Words.Say("prompt.welcome"))
	read := func() (string, error) { return term.Prompt(p.Words.Say("prompt")) }
	for line, err := range await(ctx, read) {
		switch {
		case errors.Is(err, liner.ErrPromptAborted), errors.Is(err, io.EOF):
			fmt.Fprintln(p.Printer.Out)
			return nil
		case err != nil:
			return fmt.Errorf("reading from the terminal: %w", err)
		case line == "":
			continue
		}
		term.AppendHistory(line)
		if leave, err := p.answer(ctx, line); leave || err != nil {
			return err
		}
		fmt.Fprintln(p.Printer.Out)
	}
	return nil
}

// recall reads the history of earlier conversations; without one, or where it
// can't be read, the conversation starts with none.
func (p *Prompt) recall(term *liner.State) {
	if f, err := os.Open(p.History); err == nil {
		term.ReadHistory(f)
		f.Close()
	}
}

// keep writes the history. A history that can't be kept is no reason to bother
// somebody who leaves.
func (p *Prompt) keep(term *liner.State) {
	if p.History == "" || os.MkdirAll(filepath.Dir(p.History), 0o700) != nil {
		return
	}
	if f, err := os.OpenFile(p.History, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600); err == nil {
		term.WriteHistory(f)
		f.Close()
	}
}

// answer does what one line says, and reports whether it says to leave.
func (p *Prompt) answer(ctx context.Context, line string) (leave bool, err error) {
	switch strings.ToLower(line) {
	case "/quit", "/exit", "quit", "exit":
		return true, nil
	case "help", "?":
		line = "/help"
	}
	for n, r := range p.replies(ctx, line) {
		if n > 0 {
			fmt.Fprintln(p.Printer.Out)
		}
		if len(actions(r)) > 0 {
			p.last = r
		}
		if r.Subject.Command != "" {
			p.before = r.Subject
		}
		if head(r) == line && p.Printer.Numbers {
			r.Title, r.Subject = "", command.Subject{} // it stands in the line above
		}
		if r.Err != nil {
			r.Notes = append(r.Notes, r.Err.Error()) // at the prompt sits who runs the bot
		}
		r.Notes = append(r.Notes, p.save(r.Files)...)
		if err := p.Printer.Print(r); err != nil {
			return false, err
		}
	}
	return false, nil
}

// replies answers one line: what is no command is a question, or two, and may
// follow up the one before.
func (p *Prompt) replies(ctx context.Context, line string) iter.Seq2[int, command.Reply] {
	return func(yield func(int, command.Reply) bool) {
		if n, err := strconv.Atoi(strings.TrimPrefix(line, "/")); err == nil && strings.HasPrefix(line, "/") {
			yield(0, p.press(ctx, n))
			return
		}
		name, options, typed := parse(p.Words, line)
		for _, word := range typed {
			if o := strayOption.FindStringSubmatch(word); o != nil {
				yield(0, command.Reply{Notes: []string{p.Words.Say("prompt.option", words.M{"Option": o[0], "Command": p.titleOf(name)})}, Failed: true, Words: p.Words})
				return
			}
		}
		p.Bot.Assign(ctx, name, typed, options)
		if name != "ask" || options["question"] == "" {
			yield(0, p.do(ctx, name, options))
			return
		}
		before := p.before
		if strings.HasPrefix(line, "/") {
			before = command.Subject{} // a command says all that it means
		}
		asked, further := p.Bot.Understand(ctx, options, before)
		for n, s := range asked {
			r := p.do(ctx, s.Command, s.Options)
			if further && n == len(asked)-1 {
				r.Notes = append(r.Notes, p.Words.Say("follow.further"))
			}
			if !yield(n, r) {
				return
			}
		}
	}
}

// do runs a command. At the prompt sits who runs the bot.
func (p *Prompt) do(ctx context.Context, name string, options map[string]string) command.Reply {
	c := &command.Call{Options: options, Admin: true, Words: p.Words, Own: p.Words}
	if file := options["file"]; file != "" {
		c.Open = func(context.Context) (io.ReadCloser, error) { return os.Open(file) }
	}
	return p.Bot.Do(ctx, name, c)
}

// titleOf is what a command is called in the words of the prompt.
func (p *Prompt) titleOf(name string) string {
	if cmd, ok := command.Find(name); ok {
		return cmd.Title(p.Words)
	}
	return name
}

// strayOption is what looks like an option, and is none of the command's.
var strayOption = regexp.MustCompile(`^--[\pL_]+`)

// press does the numbered action of the reply that was shown last.
func (p *Prompt) press(ctx context.Context, n int) command.Reply {
	all := actions(p.last)
	if n < 1 || n > len(all) {
		return command.Reply{Notes: []string{p.Words.Say("prompt.number", words.M{"Number": n})}, Failed: true, Words: p.Words}
	}
	return p.Bot.Press(ctx, all[n-1].ID, &command.Call{Subject: p.last.Subject, Admin: true, Words: p.Words, Own: p.Words})
}

// actions returns what can be done with a reply, in the order of its numbers.
func actions(r command.Reply) (all []command.Action) {
	for _, s := range r.Sections {
		for _, q := range s.Quotes {
			all = append(all, q.Actions...)
		}
	}
	all = append(all, r.Actions...)
	for _, m := range r.Menus {
		all = append(all, m.Actions...)
	}
	return slices.DeleteFunc(all, func(a command.Action) bool { return a.ID == "" })
}
