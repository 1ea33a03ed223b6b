package main

import (
	"context"
	"log/slog"

	"golang.org/x/sync/errgroup"

	"example.org/attache/bot/mcp"
)

// mcpCmd serves an assistant on the same machine.
type mcpCmd struct{}

// Run answers on standard output what comes in on standard input, until that
// ends.
func (*mcpCmd) Run(ctx context.Context, p *program) error {
	if err := p.open(); err != nil {
		return err
	}
	p.bot.Log, p.bot.Opening = slog.Default(), p.library.wait
	g, ctx := errgroup.WithContext(ctx)
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	g.Go(func() error { return p.keepCurrent(ctx) })
	g.Go(func() error {
		defer stop()
		return mcp.Pipe(ctx, mcp.New(p.bot, version()), p.in, p.out)
	})
	return g.Wait()
}
