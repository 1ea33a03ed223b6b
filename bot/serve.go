package main

import (
	"context"
	"errors"
	"log/slog"
	"strconv"

	"attache/bot/discord"
)

// serve answers on Discord until ctx is done. Where there is no index yet it
// is made meanwhile, and who asks is told so.
func (p *program) serve(ctx context.Context) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	opened := make(chan struct{})
	go func() {
		defer close(opened)
		if err := p.library.open(ctx); err != nil && ctx.Err() == nil {
			stop(err)
		}
	}()
	err := discord.Run(ctx, p.discord(), p.bot)
	cause := context.Cause(ctx)
	stop(nil)
	<-opened
	if err == nil && cause != nil && !errors.Is(cause, context.Canceled) {
		return cause
	}
	return err
}

// discord is the configuration of the Discord front.
func (p *program) discord() discord.Config {
	d := p.config.Discord
	c := discord.Config{
		Token: d.Token.reveal(), APIURL: d.APIURL, Guilds: d.Guilds,
		AdminUsers: d.AdminUsers, AdminRoles: d.AdminRoles, AdminGuilds: d.AdminGuilds,
		PublicKey: d.PublicKey, UserPerMinute: d.UserPerMinute, ServerPerMinute: d.ServerPerMinute,
		Log: slog.Default(), Out: p.errs,
	}
	if d.Interactions == "http" {
		c.Listen = p.config.HTTP.Listen
	}
	c.Shards, _ = strconv.Atoi(d.Shards) // "auto" is 0
	return c
}
