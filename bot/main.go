// Attaché answers foreign-policy questions only with cited quotes from a
// folder of documents, on Discord and at the terminal.
//
// This package wires: it reads the command line and the configuration, opens
// the index, and hands both to a front. What the program can do is in package
// command.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"

	"example.org/attache/bot/terminal"
)

func main() {
	os.Exit(run(untilSignal(), os.Args[1:], os.Getenv, os.Stdin, os.Stdout, os.Stderr))
}

// untilSignal returns a context that is done when the process is asked to end. A second
// signal ends it at once.
func untilSignal() context.Context {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	return ctx
}

// The exit statuses that scripts rely on.
const (
	done   = 0
	broken = 1 // it failed
	misuse = 2 // the command line or the configuration is wrong
)

// errReported is a failure whose reasons are on standard error already.
var errReported = errors.New("reported")

// misused is an error in the command line or the configuration.
type misused struct{ error }

func (m misused) Unwrap() error { return m.error }

// run does what args say and returns the exit status.
func run(ctx context.Context, args []string, env func(string) string, in io.Reader, out, errs io.Writer) int {
	return (&program{env: env, in: in, out: out, errs: errs}).run(ctx, args)
}

func (p *program) run(ctx context.Context, args []string) int {
	var c cli
	out, errs := p.out, p.errs
	exited := false
	parser, err := kong.New(&c, kong.Name("attache"), kong.Description(description), kong.Writers(out, errs),
		kong.Exit(func(int) { exited = true }), helpTexts(), kong.BindTo(ctx, (*context.Context)(nil)),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}))
	if err != nil {
		fmt.Fprintln(errs, "attache:", err)
		return broken
	}
	parsed, err := parser.Parse(args)
	switch {
	case exited: // --help, --version
		return done
	case err != nil:
		fmt.Fprintf(errs, "attache: %v\nTry: attache --help, or to ask: attache ask QUESTION\n", err)
		return misuse
	}
	p.cli = &c
	if err = p.language(); err == nil {
		err = parsed.Run(p)
	}
	p.close()
	return status(err, errs)
}

// status says what went wrong and returns the exit status.
func status(err error, errs io.Writer) int {
	var wrong misused
	switch {
	case err == nil:
		return done
	case errors.Is(err, errReported):
		return broken
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(errs, "attache: interrupted; what was not done is as it was")
		return broken
	}
	fmt.Fprintln(errs, "attache:", terminal.PlainLines(err.Error()))
	if errors.As(err, &wrong) {
		return misuse
	}
	return broken
}
