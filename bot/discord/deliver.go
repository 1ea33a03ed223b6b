package discord

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"time"

	"example.org/attache/bot/command"
)

// A reply that Discord does not take as it is must not leave its reader without
// a word. There are several ways to say it, each a request: as it is, without
// its picture, in plain words; by changing a message or by a new one. They are
// tried in that order, round after round, as long as one may still pass.

// Codes of Discord's errors that tell how a message may still be sent.
const (
	codeNoHistory    = 160002 // it may not be a reply, since the channel's past can't be read
	codeInvalidToken = 50027  // the token of an interaction is over
	codeUnknownHook  = 10015  // the same, or never was
	codeNoMessage    = 10008  // somebody has deleted it
)

// refused reports whether Discord does not want a request as it is: the same
// again won't pass, another may.
func refused(err error) bool {
	var p *problem
	return errors.As(err, &p) && p.status >= 400 && p.status < 500 && p.status != http.StatusTooManyRequests
}

// over reports whether no request of the kind can pass any more.
func over(err error) bool {
	return isStatus(err, http.StatusUnauthorized) || isCode(err, codeInvalidToken) || isCode(err, codeUnknownHook) || isCode(err, codeNoMessage)
}

// forms are the ways to show a reply, the fullest first, and last the plain
// words that something went wrong.
func forms(r command.Reply) (all []body) {
	all = append(all, render(r))
	if r.Picture != nil && len(all[0].files) > 0 {
		r.Picture = nil
		all = append(all, render(r))
	}
	if len(r.Files) > 0 {
		return append(all, render(remark(r.Words, "discord.unattached")))
	}
	return append(all, render(sorry(r.Words)))
}

// way is one way to say something.
type way struct {
	request
	after func(error) bool // it is of use only where the way before it failed so; nil: always
}

// offer makes the first of some requests that Discord takes. Those before it are
// logged. What it returns is the error of the last, or of one that may still
// pass.
func (f *Front) offer(ctx context.Context, ways []way) error {
	var passing, last error
	for _, w := range ways {
		if last != nil && w.after != nil && !w.after(last) {
			continue
		}
		if last != nil {
			f.log.Warn("an answer was not taken; trying another way", "error", last)
		}
		w.patience = f.pace.patience
		last = f.rest.do(ctx, w.request, nil)
		if last == nil || over(last) {
			return last
		}
		if !refused(last) {
			passing = last
		}
	}
	return cmp.Or(passing, last)
}

// insist repeats something until it is done, ctx is, or its error ends it.
func (f *Front) insist(ctx context.Context, once func() error, ends func(error) bool) error {
	for round := 1; ; round++ {
		err := once()
		if err == nil || over(err) || ends(err) {
			return err
		}
		wait := f.wait(round)
		if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) < wait || !sleep(ctx, wait) {
			return err
		}
	}
}

// until is the time in which something can still be told. The end of the program
// leaves it a moment.
func (f *Front) until(end time.Time) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithDeadline(context.Background(), end)
	stop := context.AfterFunc(f.work, func() {
		time.AfterFunc(f.pace.drain/4, cancel)
	})
	return ctx, func() {
		stop()
		cancel()
	}
}
