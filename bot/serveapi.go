package main

import (
	"context"
	"log/slog"
	"strings"

	"golang.org/x/sync/errgroup"

	"example.org/attache/bot/api"
	"example.org/attache/bot/health"
	"example.org/attache/bot/mcp"
)

// serveAPICmd serves the API without Discord.
type serveAPICmd struct {
	Listen string `help:"Address to listen on (default: the configured one, else 127.0.0.1:8090)." placeholder:"ADDRESS"`
}

// usualListen is where the API is served where nothing else is said.
const usualListen = "127.0.0.1:8090"

// Run serves the API until ctx is done, and what is measured of it. Feeds are asked,
// unless another process over the same state does that. Where there is no index yet
// it is made meanwhile, and who asks gets to know it.
func (s *serveAPICmd) Run(ctx context.Context, p *program) error {
	if err := p.open(); err != nil {
		return err
	}
	a := &p.config.API
	if s.Listen != "" {
		a.Listen = s.Listen
	} else if a.Listen == "" {
		a.Listen = usualListen
	}
	if err := p.config.check(); err != nil {
		return misused{err}
	}
	if err := p.library.stateless; err != nil {
		return err
	}
	p.bot.Log, p.bot.Opening = slog.Default(), p.library.wait
	slog.Info("serving", "version", version(), "documents", p.library.from())
	defer slog.Info("stopped")
	if n := p.library.node; n != nil {
		p.bot.Stale = n.fresh.Stale
	}
	g, ctx := errgroup.WithContext(ctx)
	came := make(chan struct{}, 1)
	poller := p.poller(came)
	if listen := p.config.Metrics.Listen; listen != "" {
		monitor := health.New(p.library.index)
		monitor.Add(poller, nil)
		if n := p.library.node; n != nil {
			monitor.Add(n, n.fresh.Stale)
		}
		p.bot.Observe = monitor.Observe
		g.Go(func() error { return monitor.Serve(ctx, listen) })
	}
	p.takePart(ctx, g)
	g.Go(func() error { return p.keepCurrent(ctx) })
	g.Go(func() error { return p.readOnHangup(ctx) })
	p.poll(ctx, g, poller, came)
	g.Go(func() error { return p.api().Serve(ctx, a.Listen) })
	return g.Wait()
}

// api is the server that the configuration describes.
func (p *program) api() *api.Server {
	a := p.config.API
	return api.New(api.Config{Token: a.Token.reveal(), PublicURL: publicURL(a), PerMinute: a.PerMinute,
		MCP: mcp.Handler(mcp.New(p.bot, version())), Log: slog.Default()}, p.bot)
}

// publicURL is where the API is reached from outside.
func publicURL(a API) string { return strings.TrimRight(a.PublicURL, "/") }
