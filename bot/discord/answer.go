package discord

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"example.org/attache/bot/command"
	"example.org/attache/bot/command/words"
)

// callback is the first answer to an interaction.
type callback struct {
	Type discordgo.InteractionResponseType `json:"type"`
	Data any                               `json:"data,omitempty"`
}

// answer is how one interaction is being answered: first within Discord's
// three seconds, if need be by a deferral, then by editing.
type answer struct {
	f       *Front
	in      *interaction
	door    chan<- callback        // takes the first answer of an interaction over HTTP; nil: it is a request
	limiter *discordgo.RateLimiter // its own, gone with it: the library never frees what it counts
	born    time.Time

	own      words.Catalogue // of the one who asks
	name     string          // of the command or the action, where it is known
	replaces bool            // the reply is to take the place of the message of the button

	late    bool      // another process may have answered
	shown   bool      // a first answer was given
	gone    bool      // or can't be any more, or was by another process
	private bool      // and only the asker sees it
	apart   bool      // what comes after it is a message of its own
	edited  time.Time // when the reply was last sent, while it shows progress
}

func (f *Front) newAnswer(in *interaction, door chan<- callback) *answer {
	return &answer{f: f, in: in, own: words.In(in.Locale), door: door, limiter: discordgo.NewRatelimiter(), born: time.Now()}
}

// errGone says that an interaction can no longer be answered.
var errGone = errors.New("an interaction is no longer waiting for an answer")

// first gives the first answer.
func (a *answer) first(c callback) error {
	a.shown = true
	if a.door != nil {
		a.door <- c
		a.acknowledged()
		return nil
	}
	ctx, cancel := context.WithDeadline(context.Background(), a.born.Add(a.f.pace.ack))
	defer cancel()
	err := a.f.rest.do(ctx, request{what: "answering an interaction", method: "POST", path: "/interactions/" + a.in.ID + "/" + a.in.Token + "/callback",
		body: c, bucket: "callback", limiter: a.limiter, each: a.f.pace.each, acknowledges: true}, nil)
	if isCode(err, codeUnknownInteraction) || isCode(err, codeAlreadyAcknowledged) {
		a.gone = true
		return errGone
	}
	a.shown = !refused(err) // what Discord refuses leaves room for something else
	if err == nil {
		a.acknowledged()
	}
	return err // it may have arrived all the same: what follows is tried
}

// acknowledged counts how long the first answer took.
func (a *answer) acknowledged() {
	kind, known := map[int]string{typeCommand: "command", typeComponent: "component", typeAutocomplete: "autocomplete"}[a.in.Type]
	if !known {
		kind = "unknown"
	}
	a.f.counts.first.WithLabelValues(kind).Observe(time.Since(a.born).Seconds())
}

// show gives a reply as the first answer: in place of the message of a button
// where that is the presser's own. A file can't go with a first answer over HTTP,
// so it never does.
func (a *answer) show(r command.Reply) error {
	b := render(r)
	if a.replaces = a.replaces && r.Replace; !a.replaces {
		a.private = r.Private
	}
	switch {
	case len(b.files) > 0:
		if err := a.wait(r.Private); !a.shown || a.gone {
			return err
		}
		return a.change(r)
	case a.replaces:
		return a.first(callback{discordgo.InteractionResponseUpdateMessage, b})
	case r.Private:
		b.Flags |= discordgo.MessageFlagsEphemeral
	}
	return a.first(callback{discordgo.InteractionResponseChannelMessageWithSource, b})
}

// wait defers: the asker sees that the bot is thinking, or, where the message
// of a button is to change, that message as it is.
func (a *answer) wait(private bool) error {
	a.f.counts.deferrals.Inc()
	return a.postpone(private)
}

// claim defers what another process had to answer, before any work is done on it.
// It reports whether that is left for this one to do.
func (a *answer) claim(private bool) bool {
	a.failed(a.postpone(private))
	return !a.gone
}

func (a *answer) postpone(private bool) error {
	if a.replaces {
		return a.first(callback{Type: discordgo.InteractionResponseDeferredMessageUpdate})
	}
	a.private = private
	c := callback{Type: discordgo.InteractionResponseDeferredChannelMessageWithSource}
	if private {
		c.Data = map[string]any{"flags": discordgo.MessageFlagsEphemeral}
	}
	return a.first(c)
}

// end gives the final reply, and counts what came of it.
func (a *answer) end(r command.Reply) {
	err := a.conclude(r)
	a.failed(err)
	if a.late && a.gone {
		return // it was another's
	}
	if a.gone {
		err = errGone
	}
	a.f.counts.use(a.name, outcome(r, err))
}

// conclude gives the final reply. Where Discord refuses it as a first answer,
// plain words follow: at once, or after a deferral.
func (a *answer) conclude(r command.Reply) error {
	if a.gone {
		return nil
	}
	if a.shown {
		return a.change(r)
	}
	err := a.show(r)
	if a.shown || a.gone {
		return err
	}
	a.failed(err)
	if err = a.show(sorry(a.own)); a.shown || a.gone {
		return err
	}
	a.failed(err)
	if err = a.wait(true); !a.shown || a.gone {
		return err
	}
	return a.change(sorry(a.own))
}

// change gives a reply after the first answer, in the fullest way that Discord
// takes, as long as the token lives: by editing that answer or, where it is not
// to change or can't be changed, by a message of its own. One that should be
// seen by others than the first answer takes its place.
func (a *answer) change(r command.Reply) error {
	ctx, cancel := a.span()
	defer cancel()
	all := forms(r)
	return a.f.insist(ctx, func() error {
		switch {
		case a.replaces && r.Replace: // a message that is to stay as it is rather than to apologize
			return a.offer(ctx, slices.Concat(a.edits(all[:len(all)-1]), a.followups(all[len(all)-1:], true)))
		case a.replaces || a.apart:
			return a.offer(ctx, a.followups(all, r.Private))
		case r.Private == a.private:
			return a.offer(ctx, slices.Concat(a.edits(all), a.followups(all[max(len(all)-2, 0):], r.Private)))
		}
		take := a.request("taking back a reply", "DELETE", "/messages/@original")
		if err := a.offer(ctx, []way{{request: take}}); err != nil && !isStatus(err, http.StatusNotFound) {
			a.failed(err)
			return a.offer(ctx, a.edits(all[len(all)-1:])) // which anybody may see
		}
		a.apart = true
		return a.offer(ctx, a.followups(all, r.Private))
	}, func(err error) bool { return isStatus(err, http.StatusNotFound) })
}

// edits change the first answer, to each of some forms.
func (a *answer) edits(forms []body) (all []way) {
	for _, b := range forms {
		req := a.request("editing a reply", "PATCH", "/messages/@original")
		req.body = b
		all = append(all, way{request: req.with(b.files)})
	}
	return all
}

// followups add a message, in each of some forms.
func (a *answer) followups(forms []body, private bool) (all []way) {
	for _, b := range forms {
		if private {
			b.Flags |= discordgo.MessageFlagsEphemeral
		}
		req := a.request("following up", "POST", "")
		req.body = b
		all = append(all, way{request: req.with(b.files)})
	}
	return all
}

// offer makes the first of some requests that is taken. Over HTTP they may come
// before Discord has taken up the first answer, and are tried again.
func (a *answer) offer(ctx context.Context, ways []way) error {
	for {
		err := a.f.offer(ctx, ways)
		if !a.early(err) || !sleep(ctx, a.f.pace.backoff/5) {
			return err
		}
	}
}

// early reports whether err may only mean that Discord has not yet processed the answer
// over HTTP.
func (a *answer) early(err error) bool {
	return a.door != nil && isStatus(err, http.StatusNotFound) && time.Since(a.born) < 2*a.f.pace.ack
}

// follow defers when a command isn't done soon, shows its progress, and returns
// its reply. ok is false when the reply came too late to be shown.
func (a *answer) follow(ctx context.Context, private bool, replies, progress <-chan command.Reply) (r command.Reply, ok bool) {
	pace := a.f.pace
	deferral, expiry := time.After(pace.defers), time.After(time.Until(a.born.Add(pace.token)))
	late := ctx.Done()
	var overdue, next <-chan time.Time // when a command that does not stop is given up, and when the newest progress is shown
	var newest command.Reply
	for {
		select {
		case r = <-replies:
			if a.expired() {
				a.f.log.Warn("a command took too long to show its reply", "reply", r.Title, "notes", strings.Join(r.Notes, " "))
				return r, false
			}
			if !a.edited.IsZero() {
				time.Sleep(time.Until(a.edited.Add(pace.edit)))
			}
			return r, true
		case <-deferral:
			if !a.shown {
				a.failed(a.wait(private))
			}
		case newest = <-progress:
			if next == nil && !a.expired() {
				next = time.After(time.Until(a.edited.Add(pace.edit)))
			}
		case <-next:
			if next = nil; !a.expired() {
				a.failed(a.progress(newest, private))
			}
		case <-expiry:
			a.failed(a.progress(remark(a.own, "discord.longer"), private))
		case <-late:
			late, overdue = nil, time.After(pace.drain/4)
		case <-overdue:
			a.f.log.Error("a command does not stop; its asker is told so")
			return remark(a.own, "error.late"), true
		}
	}
}

// progress shows how far a command is, by a first answer or by editing it.
func (a *answer) progress(r command.Reply, private bool) error {
	a.edited = time.Now()
	r.Private = private
	if !a.shown {
		return a.show(r)
	}
	if a.gone {
		return nil
	}
	b := render(r)
	ctx, cancel := context.WithTimeout(context.Background(), 5*a.f.pace.edit)
	defer cancel()
	req := a.request("showing progress", "PATCH", "/messages/@original")
	req.body = b
	return a.f.rest.do(ctx, req, nil)
}

// span is the time in which a reply can still be changed; expired replies get a
// last word.
func (a *answer) span() (context.Context, context.CancelFunc) {
	return a.f.until(a.born.Add(a.f.pace.token + a.f.pace.token/30))
}

func (a *answer) request(what, method, path string) request {
	return request{what: what, method: method, path: "/webhooks/" + cmp.Or(a.in.App, a.f.appID()) + "/" + a.in.Token + path, bucket: method, limiter: a.limiter, each: a.f.pace.request}
}

// expired reports whether the reply can no longer be changed.
func (a *answer) expired() bool { return time.Since(a.born) > a.f.pace.token }

// failed logs why an answer did not arrive.
func (a *answer) failed(err error) {
	switch {
	case err == nil:
	case errors.Is(err, errGone) && a.late: // the other has answered
	case errors.Is(err, errGone), isStatus(err, http.StatusNotFound):
		a.f.log.Info("an interaction was gone before it was answered", "after", time.Since(a.born).Round(time.Millisecond))
	default:
		a.f.log.Error("an answer did not arrive", "error", err, "after", time.Since(a.born).Round(time.Millisecond))
	}
}
