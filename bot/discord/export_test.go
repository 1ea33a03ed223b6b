package discord

import (
	"encoding/json"
	"log/slog"
	"time"

	"example.org/attache/bot/command"
)

// Quick shortens the times of a configuration, so that tests of what takes
// minutes take seconds; and gives first answers more time, so that tests pass
// on a busy machine too.
func Quick(c Config) Config {
	p := discordsPace
	p.backoff, p.stable, p.window = 40*time.Millisecond, time.Second, 20*time.Millisecond
	p.ack, p.each, p.drain = 20*time.Second, 5*time.Second, 3*time.Second
	p.patience = 4 * time.Second
	c.pace = &p
	return c
}

// WithAck sets how long a configuration waits for a first answer to arrive.
func WithAck(c Config, d time.Duration) Config {
	p := *c.pace
	p.ack, p.each = d, min(p.each, d*3/4)
	c.pace = &p
	return c
}

// Deferral is when a command is deferred, and Ack when that must have arrived.
var Deferral, Ack = discordsPace.defers, discordsPace.ack

// WithToken shortens how long a reply of a configuration can be changed.
func WithToken(c Config, d time.Duration) Config {
	p := *c.pace
	p.token = d
	c.pace = &p
	return c
}

// Render is what a reply looks like, as it is sent.
func Render(r command.Reply) any { return render(r) }

// ReadCustomID reads what a component of a message does.
func ReadCustomID(custom string, on []byte) (id string, s command.Subject) {
	var m message
	json.Unmarshal(on, &m)
	return readCustomID(custom, &m)
}

var (
	Escape   = escape
	Unescape = unescape
	Unmark   = unmark
	LinkTo   = linkTo
	Redact   = redact
)

// Redacting is a log handler that takes a token out of what h gets.
func Redacting(h slog.Handler, token string) slog.Handler { return redactor{h, token} }

// Shown reports whether a rune is seen.
func Shown(r rune) bool { return !blank(r) }

// WithMissing shortens how long a bot may be out of reach and be well.
func WithMissing(c Config, d time.Duration) Config {
	p := *c.pace
	p.missing = d
	c.pace = &p
	return c
}

// WithHandle shortens what a command of a configuration may take.
func WithHandle(c Config, d time.Duration) Config {
	p := *c.pace
	p.handle = d
	c.pace = &p
	return c
}

// ReadInteraction reads an interaction and all that the bot reads of it. It
// reports whether there is somebody to answer.
func ReadInteraction(raw []byte) bool {
	in, ok := readInteraction(raw)
	in.Data.called()
	readCustomID(in.Data.CustomID, &in.Message)
	in.Message.own(in.who())
	for _, m := range in.Data.Resolved.Messages {
		m.texts()
	}
	return ok
}
