package discord

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"time"

	"attache/bot/command"
	"attache/bot/command/words"
)

// mention answers a message that asks the bot something: one that mentions it,
// or one that is sent to it alone.
func (f *Front) mention(raw []byte) {
	var m message
	if err := json.Unmarshal(raw, &m); err != nil {
		f.log.Warn("skipping an unreadable message", "error", err)
		return
	}
	if m.Author.Bot || m.WebhookID != "" || m.Author.ID == f.selfID() || m.ID == "" {
		return
	}
	question, addressed := addressedTo(f.selfID(), m.Content)
	addressed = addressed || slices.ContainsFunc(m.Mentions, func(u user) bool { return u.ID == f.selfID() }) // a reply to the bot
	if !addressed && m.GuildID != "" || m.Type != messageDefault && m.Type != messageReply {
		return
	}
	var r command.Reply
	if wait, ok := f.limits.take(m.Author.ID, m.GuildID, time.Now()); !ok {
		r = tooOften(wait)
	} else {
		r = f.askedIn(&m, question)
	}
	err := f.post(&m, r)
	switch {
	case isStatus(err, http.StatusBadRequest): // Discord refuses what it says
		f.log.Error("an answer to a mention was refused", "error", err)
		err = f.post(&m, sorry())
	case isStatus(err, http.StatusForbidden) && m.GuildID != "":
		f.log.Warn("may not answer in a channel; answering in a direct message", "error", err)
		r.Notes = append([]string{words.Say("discord.forbidden")}, r.Notes...)
		err = f.whisper(&m, r)
	}
	if err != nil {
		f.log.Error("a mention was not answered", "error", err)
	}
	f.counts.use("mention", outcome(r, err))
}

// askedIn answers the question of a message; a mention without one gets help.
// When that takes a while, the channel sees that the bot is typing.
func (f *Front) askedIn(m *message, question string) command.Reply {
	name, c := "ask", &command.Call{Options: map[string]string{"question": question}, User: m.Author.ID}
	if question == "" {
		name, c.Options, c.Admin = "help", nil, slices.Contains(f.AdminUsers, m.Author.ID)
	}
	ctx, cancel := context.WithTimeout(f.work, f.pace.handle)
	defer cancel()
	replies, _ := f.start(ctx, false, func(ctx context.Context, _ func(command.Reply)) command.Reply { return f.bot.Do(ctx, name, c) })
	typing := time.After(f.pace.defers)
	late := ctx.Done()
	var overdue <-chan time.Time
	for {
		select {
		case r := <-replies:
			return r
		case <-typing:
			f.spawn(func() { f.typing(m.ChannelID) })
		case <-late:
			late, overdue = nil, time.After(f.pace.drain/4)
		case <-overdue:
			f.log.Error("a command does not stop; its asker is told so")
			return remark("error.late")
		}
	}
}

func (f *Front) typing(channel string) {
	req := request{what: "showing that the bot types", method: "POST", path: "/channels/" + channel + "/typing", bucket: "typing", once: true}
	if err := f.brief(f.work, req, nil); err != nil {
		f.log.Info("not shown as typing", "error", err)
	}
}

// addressedTo takes the bot's mention out of a text.
func addressedTo(self, content string) (rest string, ok bool) {
	rest = content
	for _, mention := range []string{"<@" + self + ">", "<@!" + self + ">"} {
		rest = strings.ReplaceAll(rest, mention, " ")
	}
	return strings.Join(strings.Fields(rest), " "), rest != content
}

// post answers a message in its channel or thread.
func (f *Front) post(m *message, r command.Reply) error {
	b := render(r)
	b.Reference = &reference{MessageID: m.ID}
	return f.write(m, m.ChannelID, b)
}

// whisper answers a message in a direct message to its author.
func (f *Front) whisper(m *message, r command.Reply) error {
	var channel struct {
		ID string `json:"id"`
	}
	open := request{what: "opening a direct message", method: "POST", path: "/users/@me/channels",
		body: map[string]string{"recipient_id": m.Author.ID}, bucket: "users/@me/channels"}
	if err := f.brief(f.work, open, &channel); err != nil {
		return err
	}
	return f.write(m, channel.ID, render(r))
}

// write puts what answers a message into a channel, once.
func (f *Front) write(m *message, channel string, b body) error {
	b.Nonce, b.Once = m.ID, true
	ctx, cancel := context.WithTimeout(context.Background(), 3*f.pace.request)
	defer cancel()
	req := request{what: "answering a message in channel " + channel, method: "POST",
		path: "/channels/" + channel + "/messages", body: b, bucket: perChannel(channel)}
	return f.rest.do(ctx, req.with(b.picture), nil)
}
