package discord

import (
	"context"
	"runtime/debug"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"example.org/attache/bot/command"
	"example.org/attache/bot/command/words"
)

// spawn answers something on its own; the end of the program waits for it.
func (f *Front) spawn(run func()) {
	f.flight.Go(func() {
		defer func() {
			if p := recover(); p != nil {
				f.log.Error("answering panicked", "panic", p, "stack", string(debug.Stack()))
			}
		}()
		run()
	})
}

// interact answers an interaction, whatever it is. It is late where it was left to
// another process, which may have answered.
func (f *Front) interact(raw []byte, door chan<- callback, late bool) {
	in, ok := readInteraction(raw)
	if !ok {
		f.log.Warn("skipping an interaction without ID or token")
		return
	}
	a := f.newAnswer(&in, door)
	a.late = late
	defer func() {
		if p := recover(); p != nil {
			f.log.Error("answering an interaction panicked", "panic", p, "stack", string(debug.Stack()))
			if in.Type != typeAutocomplete && in.Type != typePing {
				a.end(sorry(a.own))
			}
		}
	}()
	switch in.Type {
	case typePing:
		a.failed(a.first(callback{Type: discordgo.InteractionResponsePong}))
	case typeAutocomplete:
		a.failed(a.first(f.complete(&in)))
	case typeCommand:
		f.command(a)
	case typeComponent:
		f.press(a)
	default:
		a.end(remark(a.own, "discord.unknown"))
	}
}

// sorry is the apology for a fault of the bot.
func sorry(w words.Catalogue) command.Reply { return remark(w, "error.internal") }

// remark is a private reply in the bot's own words.
func remark(w words.Catalogue, key string, values ...words.M) command.Reply {
	return command.Reply{Notes: []string{w.Say(key, values...)}, Private: true, Failed: true, Words: w}
}

// complete suggests values for the option that is being typed. It never waits:
// what isn't there at once is not suggested.
func (f *Front) complete(in *interaction) callback {
	ctx, cancel := context.WithTimeout(f.work, f.pace.defers)
	defer cancel()
	name, options, focused := in.Data.called()
	found := make(chan []string, 1)
	f.spawn(func() {
		select {
		case f.typed <- struct{}{}:
			defer func() { <-f.typed }()
			found <- f.bot.Complete(ctx, name, focused, options[focused], &command.Call{Admin: f.admin(in), User: in.who(), Place: f.place(in), Own: words.In(in.Locale)})
		case <-ctx.Done():
		}
	})
	choices := []discordgo.ApplicationCommandOptionChoice{}
	select {
	case values := <-found:
		for _, v := range values {
			if choice, ok := choice(v); ok && len(choices) < 25 {
				choices = append(choices, choice)
			}
		}
	case <-ctx.Done():
		f.log.Warn("a completion took too long", "command", name, "option", focused)
	}
	return callback{discordgo.InteractionApplicationCommandAutocompleteResult, map[string]any{"choices": choices}}
}

// command runs a command of the table.
func (f *Front) command(a *answer) {
	name, options, _ := a.in.Data.called()
	cmd, known := command.Find(name)
	a.name = cmd.Name
	if known && cmd.Message {
		options = map[string]string{}
		target := a.in.Data.Resolved.Messages[a.in.Data.TargetID]
		if len(cmd.Options) > 0 {
			options[cmd.Options[0].Name] = strings.Join(target.texts(), "\n")
		}
	}
	unmarkOptions(cmd, options)
	c := &command.Call{Options: options, Admin: f.admin(a.in), User: a.in.who(), Place: f.place(a.in), Mention: f.ids.of(a.in.GuildID),
		Words: f.words(a.in), Own: a.own}
	f.attach(cmd, &a.in.Data, c)
	private := cmd.Private(options)
	if name == "ask" {
		f.ask(a, c, private)
		return
	}
	f.serve(a, private, cmd.Admin, func(ctx context.Context, show func(command.Reply)) command.Reply {
		c.Progress = show
		return f.bot.Do(ctx, name, c)
	})
}

// ask answers the question of a command, or the two in it: the second in a
// message of its own.
func (f *Front) ask(a *answer, c *command.Call, private bool) {
	second := make(chan command.Reply, 1)
	f.serve(a, private, false, func(ctx context.Context, _ func(command.Reply)) command.Reply {
		asked, further := f.bot.Understand(ctx, c.Options, command.Subject{})
		var replies []command.Reply
		for _, s := range asked {
			call := *c
			call.Options = s.Options
			replies = append(replies, f.bot.Do(ctx, s.Command, &call))
		}
		last := &replies[len(replies)-1]
		if further {
			last.Notes = append(last.Notes, last.Words.Say("follow.further"))
		}
		if len(replies) > 1 {
			second <- *last
		}
		return replies[0]
	})
	select {
	case r := <-second:
		a.apart = true
		a.end(r)
	default:
	}
}

// press does what a button stands for.
func (f *Front) press(a *answer) {
	custom := a.in.Data.CustomID
	if len(a.in.Data.Values) > 0 {
		custom = a.in.Data.Values[0]
	}
	id, subject := readCustomID(custom, &a.in.Message)
	c := &command.Call{Admin: f.admin(a.in), User: a.in.who(), Place: f.place(a.in), Subject: subject, Words: f.words(a.in), Own: a.own}
	kind := command.KindOf(id)
	a.name = kind.Name
	a.replaces = kind.Replaces && a.in.Message.own(a.in.who())
	if kind.Replaces && (!a.replaces || a.in.Message.Flags&discordgo.MessageFlagsEphemeral != 0) { // nobody else sees it
		c.Words = c.Own
	}
	f.serve(a, !kind.Public, kind.Admin, func(ctx context.Context, show func(command.Reply)) command.Reply {
		c.Progress = show
		return f.bot.Press(ctx, id, c)
	})
}

// serve runs what was asked for, and shows its progress and its reply. A
// first answer is given in time, however long it takes. private says who sees
// a deferral; an admin's command may take as long as it needs.
func (f *Front) serve(a *answer, private, unbounded bool, run func(context.Context, func(command.Reply)) command.Reply) {
	wait, ok := f.quota.take(a.in.who(), a.in.GuildID, time.Now()) // also of what others answer, so that they may take over
	if a.late && !a.claim(private) {
		return
	}
	if !ok {
		a.failed(a.conclude(tooOften(a.own, wait)))
		f.counts.use(a.name, outcomeLimited)
		return
	}
	ctx, cancel := f.work, context.CancelFunc(func() {})
	if !unbounded {
		ctx, cancel = context.WithTimeout(ctx, f.pace.handle)
	}
	defer cancel()
	replies, progress := f.start(ctx, a.own, unbounded, run)
	r, ok := a.follow(ctx, private, replies, progress)
	if !ok {
		f.counts.use(a.name, outcomeLost)
		return
	}
	a.end(r)
}

// start runs what was asked for when its turn comes, or at once. The newest
// progress replaces what was not taken yet.
func (f *Front) start(ctx context.Context, own words.Catalogue, atOnce bool, run func(context.Context, func(command.Reply)) command.Reply) (<-chan command.Reply, <-chan command.Reply) {
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
		reply := sorry(own)
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
				reply = remark(own, "error.late")
				return
			}
		}
		reply = run(ctx, show)
	})
	return replies, progress
}

// tooOften says when to come back.
func tooOften(w words.Catalogue, wait time.Duration) command.Reply {
	seconds := int(wait/time.Second) + 1
	return remark(w, "discord.limit", words.M{"Count": seconds})
}
