package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"time"

	"golang.org/x/sync/errgroup"

	"example.org/attache/bot/cluster"
	"example.org/attache/bot/command"
	"example.org/attache/bot/discord"
	"example.org/attache/bot/follow"
	"example.org/attache/bot/health"
	"example.org/attache/bot/state"
)

// serve answers on Discord until ctx is done. Where there is no index yet it
// is made meanwhile, and who asks gets to know it; one that is there answers, as soon
// as it is open, while what changed since is read.
func (p *program) serve(ctx context.Context) error {
	if err := p.needsToken(); err != nil {
		return err
	}
	if err := p.library.stateless; err != nil {
		return err
	}
	p.bot.Log, p.bot.Opening = slog.Default(), p.library.wait
	c, n := p.discord(), p.library.node
	if n != nil {
		n.serves()
		p.bot.Stale, c.Duties = n.fresh.Stale, n.Shards()
	}
	front, err := discord.New(c, p.bot)
	if err != nil {
		return err
	}
	slog.Info("serving", "version", version(), "documents", p.library.from(), "interactions", p.config.Discord.Interactions)
	defer slog.Info("stopped")
	g, ctx := errgroup.WithContext(ctx)
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	came := make(chan struct{}, 1)
	poller := p.poller(came)
	var follows *follow.Service
	if p.bot.Follows != nil {
		follows = &follow.Service{Book: p.bot.Follows, Index: p.library.index, Front: front, Log: slog.Default()}
		p.library.renewed = follows.Changed
	}
	if listen := p.config.Metrics.Listen; listen != "" {
		monitor := health.New(p.library.index)
		monitor.Add(front, front.Health)
		monitor.Add(poller, nil)
		if n != nil {
			monitor.Add(n, n.fresh.Stale)
		}
		if follows != nil {
			monitor.Add(follows, nil)
		}
		p.bot.Observe = monitor.Observe
		g.Go(func() error { return monitor.Serve(ctx, listen) })
	}
	if listen := p.config.API.Listen; listen != "" {
		g.Go(func() error { return p.api().Serve(ctx, listen) })
	}
	p.takePart(ctx, g)
	g.Go(func() error { return p.keepCurrent(ctx) })
	g.Go(func() error { return p.readOnHangup(ctx) })
	p.poll(ctx, g, poller, came)
	if follows != nil {
		g.Go(func() error { return p.tell(ctx, follows) })
	}
	if p.bot.State != nil {
		g.Go(func() error { return prune(ctx, p.bot.State, p.bot.Follows, 24*time.Hour) })
	}
	g.Go(func() error {
		defer stop()
		return front.Run(ctx)
	})
	return g.Wait()
}

// tell lets one process at a time tell followers what is new, until ctx is done. Of
// several nodes, only who still leads can note that something is being sent.
func (p *program) tell(ctx context.Context, follows *follow.Service) error {
	n := p.library.node
	if n == nil {
		return p.alone(ctx, "follows", follows.Run)
	}
	n.lead(ctx, "follows", func(ctx context.Context, term *cluster.Term) {
		follows.Take(follow.NewBook(n.state.While(term.Holds()), p.limits()))
		follows.Run(ctx)
	})
	return nil
}

// limits are how much may be followed.
func (p *program) limits() follow.Limits {
	f := p.config.Follow
	return follow.Limits{Person: f.Person, Server: f.Server, All: f.All}
}

// prune drops, now and every so often, what the state has kept long enough. The
// follows come first: what the state drops last it wipes from its file with all that
// was dropped before.
func prune(ctx context.Context, s state.Store, follows *follow.Book, every time.Duration) error {
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		if err := follows.Prune(time.Now()); err != nil {
			slog.Error("what followers were sent more than a year ago could not be dropped; it is tried again", "again", every, "error", err)
		}
		if err := s.Prune(); err != nil {
			slog.Error("old questions and votes could not be dropped", "error", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
		}
	}
}

// unregisterCmd takes the commands off Discord.
type unregisterCmd struct {
	Server []string `arg:"" optional:"" help:"IDs of the servers whose own commands are meant (default: the commands that are registered everywhere)." placeholder:"SERVER"`
}

// Run says to Discord that there are no commands.
func (u *unregisterCmd) Run(ctx context.Context, p *program) error {
	if err := p.configure(); err != nil {
		return err
	}
	if err := p.needsToken(); err != nil {
		return err
	}
	for _, id := range u.Server {
		if !isID(id) {
			return misused{fmt.Errorf("%q is no server: its ID is a number of up to 20 digits", id)}
		}
	}
	front, err := discord.New(p.discord(), nil)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	if err := front.Unregister(ctx, u.Server); err != nil {
		return err
	}
	return p.show(command.Reply{Words: p.words, Notes: []string{p.words.Say("unregister.done")}})
}

// needsToken says how to give the program a token where it has none.
func (p *program) needsToken() error {
	if p.config.Discord.Token == "" {
		return misused{errors.New("there is no Discord token: set DISCORD_TOKEN, or discord.token_file in the configuration (README, “Connecting it to Discord”)")}
	}
	return nil
}

// discord is the configuration of the Discord front.
func (p *program) discord() discord.Config {
	d := p.config.Discord
	c := discord.Config{
		Token: d.Token.reveal(), APIURL: d.APIURL, Guilds: d.Guilds,
		AdminUsers: d.AdminUsers, AdminRoles: d.AdminRoles, AdminGuilds: d.AdminGuilds,
		Language: d.Language, PublicKey: d.PublicKey, UserPerMinute: d.UserPerMinute, ServerPerMinute: d.ServerPerMinute,
		Log: slog.Default(), Out: p.errs,
	}
	if d.Interactions == "http" {
		c.Listen = p.config.HTTP.Listen
	}
	c.Shards, _ = strconv.Atoi(d.Shards) // "auto" is 0
	return c
}
