package discord

import (
	"context"
	"encoding/json"
	"fmt"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"attache/bot/command"
	"attache/bot/command/words"
)

// spawn answers something on its own; the end of the program waits for it.
func (f *front) spawn(run func()) {
	f.flight.Go(func() {
		defer func() {
			if p := recover(); p != nil {
				f.log.Error("answering panicked", "panic", p, "stack", string(debug.Stack()))
			}
		}()
		run()
	})
}

// interact answers an interaction, whatever it is.
func (f *front) interact(raw []byte, door chan<- callback) {
	in, ok := readInteraction(raw)
	if !ok {
		f.log.Warn("skipping an interaction without ID or token")
		return
	}
	a := f.newAnswer(&in, door)
	defer func() {
		if p := recover(); p != nil {
			f.log.Error("answering an interaction panicked", "panic", p, "stack", string(debug.Stack()))
			a.failed(a.conclude(sorry()))
		}
	}()
	switch in.Type {
	case typeAutocomplete:
		a.failed(a.first(f.complete(&in)))
	case typeCommand:
		f.command(a)
	case typeComponent:
		f.press(a)
	default:
		a.failed(a.show(remark("discord.unknown")))
	}
}

// sorry is the apology for a fault of the bot.
func sorry() command.Reply { return remark("error.internal") }

// remark is a private reply in the bot's own words.
func remark(key string, values ...words.M) command.Reply {
	return command.Reply{Notes: []string{words.Say(key, values...)}, Private: true, Failed: true}
}

// complete suggests values for the option that is being typed. It never waits:
// what isn't there at once is not suggested.
func (f *front) complete(in *interaction) callback {
	ctx, cancel := context.WithTimeout(f.work, f.pace.defers)
	defer cancel()
	name, options, focused := in.Data.called()
	found := make(chan []string, 1)
	f.spawn(func() { found <- f.bot.Complete(ctx, name, focused, options[focused]) })
	choices := []discordgo.ApplicationCommandOptionChoice{}
	select {
	case values := <-found:
		for _, v := range values {
			if v != "" && size(v) <= 100 && len(choices) < 25 {
				choices = append(choices, discordgo.ApplicationCommandOptionChoice{Name: v, Value: v})
			}
		}
	case <-ctx.Done():
		f.log.Warn("a completion took too long", "command", name, "option", focused)
	}
	return callback{discordgo.InteractionApplicationCommandAutocompleteResult, map[string]any{"choices": choices}}
}

// command runs a command of the table.
func (f *front) command(a *answer) {
	name, options, _ := a.in.Data.called()
	cmd, known := command.Find(name)
	if known && cmd.Message {
		options = map[string]string{}
		target := a.in.Data.Resolved.Messages[a.in.Data.TargetID]
		if len(cmd.Options) > 0 {
			options[cmd.Options[0].Name] = strings.Join(target.texts(), "\n")
		}
	}
	c := &command.Call{Options: options, Admin: f.admin(a.in), User: a.in.who()}
	f.attach(cmd, &a.in.Data, c)
	private := cmd.Admin || cmd.Message || options["private"] == "true"
	f.serve(a, private, cmd.Admin, func(ctx context.Context, show func(command.Reply)) command.Reply {
		c.Progress = show
		return f.bot.Do(ctx, name, c)
	})
}

// press does what a button stands for.
func (f *front) press(a *answer) {
	id := strings.TrimPrefix(a.in.Data.CustomID, pressed)
	if len(a.in.Data.Values) > 0 {
		id = strings.TrimPrefix(a.in.Data.Values[0], pressed)
	}
	c := &command.Call{Admin: f.admin(a.in), User: a.in.who(), Subject: a.in.Message.subject()}
	f.serve(a, true, false, func(ctx context.Context, show func(command.Reply)) command.Reply {
		c.Progress = show
		return f.bot.Press(ctx, id, c)
	})
}

// subject is the title of the reply that a message shows.
func (m *message) subject() string {
	for _, t := range m.texts() {
		for line := range strings.Lines(t) {
			if title, ok := strings.CutPrefix(strings.TrimRight(line, "\n"), headline); ok {
				return unescape(title)
			}
		}
	}
	return ""
}

// serve runs what was asked for, and shows its progress and its reply. A
// first answer is given in time, however long it takes. private tells who sees
// a deferral; an admin's command may take as long as it needs.
func (f *front) serve(a *answer, private, unbounded bool, run func(context.Context, func(command.Reply)) command.Reply) {
	if wait, ok := f.limits.take(a.in.who(), a.in.GuildID, time.Now()); !ok {
		a.failed(a.show(tooOften(wait)))
		return
	}
	ctx, cancel := f.work, context.CancelFunc(func() {})
	if !unbounded {
		ctx, cancel = context.WithTimeout(ctx, f.pace.handle)
	}
	defer cancel()
	replies, progress := f.start(ctx, unbounded, run)
	deferral := time.NewTimer(f.pace.defers)
	defer deferral.Stop()
	expiry := time.NewTimer(time.Until(a.born.Add(f.pace.token)))
	defer expiry.Stop()
	late := ctx.Done()
	var overdue <-chan time.Time // when a command that does not stop is given up
	var next <-chan time.Time    // when the newest progress is shown
	var newest command.Reply
	for {
		select {
		case r := <-replies:
			if a.expired() {
				f.log.Warn("a command took too long to show its reply", "reply", r.Title, "notes", strings.Join(r.Notes, " "))
				return
			}
			if !a.edited.IsZero() {
				time.Sleep(time.Until(a.edited.Add(f.pace.edit)))
			}
			a.failed(a.conclude(r))
			return
		case <-late:
			late, overdue = nil, time.After(f.pace.drain/4)
		case <-overdue:
			f.log.Error("a command does not stop; its asker is told so")
			a.failed(a.conclude(remark("error.late")))
			return
		case <-expiry.C:
			a.failed(a.progress(remark("discord.longer"), private))
		case newest = <-progress:
			if next == nil && !a.expired() {
				next = time.After(time.Until(a.edited.Add(f.pace.edit)))
			}
		case <-next:
			next = nil
			if !a.expired() {
				a.failed(a.progress(newest, private))
			}
		case <-deferral.C:
			if !a.shown {
				a.failed(a.wait(private))
			}
		}
	}
}

// start runs what was asked for when its turn comes, or at once. The newest
// progress replaces what was not taken yet.
func (f *front) start(ctx context.Context, atOnce bool, run func(context.Context, func(command.Reply)) command.Reply) (<-chan command.Reply, <-chan command.Reply) {
	replies, progress := make(chan command.Reply, 1), make(chan command.Reply, 1)
	show := func(r command.Reply) {
		select {
		case <-progress:
		default:
		}
		select {
		case progress <- r:
		default:
		}
	}
	f.flight.Go(func() {
		reply := sorry()
		defer func() {
			if p := recover(); p != nil {
				f.log.Error("a command panicked", "panic", p, "stack", string(debug.Stack()))
			}
			replies <- reply
		}()
		if !atOnce {
			select {
			case f.busy <- struct{}{}:
				defer func() { <-f.busy }()
			case <-ctx.Done():
				reply = remark("error.late")
				return
			}
		}
		reply = run(ctx, show)
	})
	return replies, progress
}

// tooOften says when to come back.
func tooOften(wait time.Duration) command.Reply {
	seconds := int(wait/time.Second) + 1
	return remark("discord.limit", words.M{"Count": seconds})
}

// mention answers a message that asks the bot something: one that mentions it,
// or one that is sent to it alone.
func (f *front) mention(raw []byte) {
	var m message
	if err := json.Unmarshal(raw, &m); err != nil {
		f.log.Warn("skipping an unreadable message", "error", err)
		return
	}
	if m.Author.Bot || m.WebhookID != "" || m.Author.ID == f.app || m.ID == "" {
		return
	}
	question, addressed := addressedTo(f.app, m.Content)
	if !addressed && m.GuildID != "" || m.Content == "" {
		return
	}
	var r command.Reply
	if wait, ok := f.limits.take(m.Author.ID, m.GuildID, time.Now()); !ok {
		r = tooOften(wait)
	} else {
		name, options := "ask", map[string]string{"question": question}
		if question == "" {
			name, options = "help", nil
		}
		ctx, cancel := context.WithTimeout(f.work, f.pace.handle)
		defer cancel()
		admin := slices.Contains(f.AdminUsers, m.Author.ID)
		replies, _ := f.start(ctx, false, func(ctx context.Context, show func(command.Reply)) command.Reply {
			return f.bot.Do(ctx, name, &command.Call{Options: options, Admin: admin, User: m.Author.ID, Progress: show})
		})
		r = f.await(&m, replies)
	}
	if err := f.post(&m, r); err != nil {
		f.log.Error("a mention was not answered", "error", err)
	}
}

// await waits for a reply to a message; when that takes a while, the channel
// sees that the bot is typing.
func (f *front) await(m *message, replies <-chan command.Reply) command.Reply {
	select {
	case r := <-replies:
		return r
	case <-time.After(f.pace.defers):
	}
	req := request{what: "typing", method: "POST", path: "/channels/" + m.ChannelID + "/typing", bucket: "typing", once: true}
	if err := f.brief(f.work, req, nil); err != nil {
		f.log.Info("not shown as typing", "error", err)
	}
	return <-replies
}

// addressedTo takes the bot's mention out of a text.
func addressedTo(app, content string) (rest string, ok bool) {
	rest = content
	for _, mention := range []string{"<@" + app + ">", "<@!" + app + ">"} {
		rest = strings.ReplaceAll(rest, mention, " ")
	}
	return strings.Join(strings.Fields(rest), " "), rest != content
}

// post answers a message in its channel or thread.
func (f *front) post(m *message, r command.Reply) error {
	b := render(r)
	b.Reference = &reference{MessageID: m.ID}
	ctx, cancel := context.WithTimeout(context.Background(), 3*f.pace.request)
	defer cancel()
	req := request{what: fmt.Sprintf("answering a message in channel %s", m.ChannelID), method: "POST",
		path: "/channels/" + m.ChannelID + "/messages", body: b, bucket: perChannel(m.ChannelID), once: true}
	return f.rest.do(ctx, req.with(b.picture), nil)
}
