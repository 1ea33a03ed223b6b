package discord

import (
	"time"

	"attache/bot/command"
)

// Quick shortens the times of a configuration, so that tests of what takes
// minutes take seconds.
func Quick(c Config) Config {
	p := discordsPace
	p.backoff, p.stable, p.window = 40*time.Millisecond, time.Second, 20*time.Millisecond
	p.drain, p.handover = time.Second, 2*time.Second
	c.pace = &p
	return c
}

// WithToken shortens how long a reply of a configuration can be changed.
func WithToken(c Config, d time.Duration) Config {
	p := *c.pace
	p.token = d
	c.pace = &p
	return c
}

// Render is what a reply looks like, as it is sent.
func Render(r command.Reply) any { return render(r) }

var (
	Escape   = escape
	Unescape = unescape
	LinkTo   = linkTo
	Redact   = redact
)

// Shown reports whether a rune is seen.
func Shown(r rune) bool { return !blank(r) }
