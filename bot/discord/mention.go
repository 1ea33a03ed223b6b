package discord

import (
	"context"
	"encoding/json"
	"iter"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"example.org/attache/bot/command"
	"example.org/attache/bot/command/words"
)

// mention answers a message that is for the bot: one that mentions it or replies
// to it, or one that is sent to it alone.
func (f *Front) mention(raw []byte) {
	var m message
	if err := read(raw, &m); err != nil {
		f.log.Warn("skipping an unreadable message", "error", err)
		return
	}
	if m.Author.Bot || m.WebhookID != "" || m.Author.ID == f.selfID() || m.ID == "" || m.Type != messageDefault && m.Type != messageReply {
		return
	}
	said := unmark(m.Content)
	if said == "" {
		said = unmark(strings.Join(m.texts(), "\n")) // what is forwarded, a poll
	}
	hint := ""
	switch {
	case f.addressed(&m):
	case m.Answered != nil && m.Answered.Author.ID == f.selfID() && f.selfID() != "":
		hint = "discord.silent"
	case f.byRole(&m):
		hint = "discord.role"
	default:
		return
	}
	if said == "" && m.GuildID == "" {
		hint = "discord.wordless"
	}
	r, ok := f.admitted(&m, hint != "" && said == "")
	if !ok {
		return
	}
	switch {
	case r != nil:
		f.reply(&m, 0, *r)
	case hint != "" && said == "": // whose text Discord does not show, or that has none
		w := f.wordsOf(&m)
		f.reply(&m, 0, command.Reply{Notes: []string{w.Say(hint)}, Words: w})
	default:
		for n, r := range f.askedIn(&m, said) {
			f.reply(&m, n, r)
		}
	}
}

// admitted counts a use of the bot by a message. Where it was too much, it
// returns what to say instead. ok is false where nothing is to be said: that
// was said just now, or it is a hint that was given.
func (f *Front) admitted(m *message, hint bool) (instead *command.Reply, ok bool) {
	now := time.Now()
	wait, ok := f.quota.take(m.Author.ID, m.GuildID, now)
	switch {
	case ok && hint && m.GuildID != "":
		return nil, f.quota.word("hint", m.Author.ID, now)
	case ok:
		return nil, true
	case f.quota.word("limit", m.Author.ID, now):
		r := tooOften(f.wordsOf(m), wait)
		return &r, true
	}
	f.counts.use("mention", outcomeLimited)
	return nil, false
}

// reply answers a message, and counts what came of it.
func (f *Front) reply(m *message, n int, r command.Reply) {
	err := f.tell(m, n, r)
	if err != nil {
		f.log.Error("a mention was not answered", "error", err)
	}
	f.counts.use("mention", outcome(r, err))
}

// addressed reports whether a message is sent to the bot alone or mentions it,
// as a reply to it does.
func (f *Front) addressed(m *message) bool {
	self := f.selfID()
	return m.GuildID == "" || strings.Contains(m.Content, "<@"+self+">") || strings.Contains(m.Content, "<@!"+self+">") ||
		slices.ContainsFunc(m.Mentions, func(u user) bool { return u.ID == self })
}

// byRole reports whether a message mentions the role that its server gave the
// bot: it has the bot's name, and is easily taken for it.
func (f *Front) byRole(m *message) bool {
	if len(m.Roles) == 0 {
		return false
	}
	f.roles.Lock()
	defer f.roles.Unlock()
	own := f.roles.own[m.GuildID]
	if own == "" && f.quota.word("roles", m.GuildID, time.Now()) {
		own = f.ownRole(m.GuildID)
		f.roles.own[m.GuildID] = own
	}
	return own != "" && slices.Contains(m.Roles, own)
}

// ownRole asks for the role that a server gave the bot; it is empty where there
// is none, or that can't be known.
func (f *Front) ownRole(server string) string {
	var roles []struct {
		ID   string `json:"id"`
		Tags struct {
			Bot string `json:"bot_id"`
		} `json:"tags"`
	}
	if err := f.brief(f.work, request{what: "asking for the bot's role", method: "GET", path: "/guilds/" + server + "/roles", bucket: "roles"}, &roles); err != nil {
		f.log.Info("not known which role is the bot's", "error", err)
	}
	for _, r := range roles {
		if r.Tags.Bot != "" && r.Tags.Bot == f.selfID() {
			return r.ID
		}
	}
	return ""
}

// askedIn answers what a message asks, one question after the other; one without
// a word gets help.
func (f *Front) askedIn(m *message, said string) iter.Seq2[int, command.Reply] {
	return func(yield func(int, command.Reply) bool) {
		w := f.wordsOf(m)
		c := command.Call{Words: w, Own: w, User: m.Author.ID, Mention: f.ids.of(m.GuildID), Admin: slices.Contains(f.AdminUsers, m.Author.ID)}
		asked, further := []command.Subject{{Command: "help"}}, false
		for n := 0; n < len(asked); n++ {
			r, ok := f.run(m, w, func(ctx context.Context) command.Reply {
				if n == 0 && said != "" {
					asked, further = f.bot.Understand(ctx, map[string]string{"question": said}, f.before(ctx, m, said))
				}
				call := c
				call.Options = asked[n].Options
				return f.bot.Do(ctx, asked[n].Command, &call)
			})
			if ok && further && n == len(asked)-1 {
				r.Notes = append(r.Notes, w.Say("follow.further"))
			}
			if !yield(n, r) || !ok {
				return
			}
		}
	}
}

// run does what a message asks for. When that takes a while, the channel sees
// that the bot is typing. ok is false where it does not stop in time.
func (f *Front) run(m *message, w words.Catalogue, do func(context.Context) command.Reply) (r command.Reply, ok bool) {
	ctx, cancel := context.WithTimeout(f.work, f.pace.handle)
	defer cancel()
	replies, _ := f.start(ctx, w, false, func(ctx context.Context, _ func(command.Reply)) command.Reply { return do(ctx) })
	typing := time.After(f.pace.defers)
	late := ctx.Done()
	var overdue <-chan time.Time
	for {
		select {
		case r := <-replies:
			return r, true
		case <-typing:
			f.spawn(func() { f.typing(m.ChannelID) })
		case <-late:
			late, overdue = nil, time.After(f.pace.drain/4)
		case <-overdue:
			f.log.Error("a command does not stop; its asker is told so")
			return remark(w, "error.late"), false
		}
	}
}

// pastShown is how many messages of a channel are looked at for the question
// before a follow-up.
const pastShown = 20

// before is the question that a message may follow up: that of the answer which
// it replies to, else of the newest answer in its channel that is the author's,
// or anybody's in a thread. Nothing of that is kept: it is in the messages.
func (f *Front) before(ctx context.Context, m *message, said string) (none command.Subject) {
	if !f.bot.MayFollowUp(ctx, said) {
		return none
	}
	if id := m.Reference.MessageID; m.Type == messageReply && id != "" {
		answer := m.Answered
		if answer == nil || answer.Author.ID == f.selfID() && len(answer.Components) == 0 {
			answer = &message{}
			f.look(ctx, "/channels/"+m.ChannelID+"/messages/"+id, answer)
		}
		if answer.Author.ID != f.selfID() {
			return none
		}
		return answer.subject()
	}
	var past []message
	f.look(ctx, "/channels/"+m.ChannelID+"/messages?limit="+strconv.Itoa(pastShown)+"&before="+m.ID, &past)
	for i := range past {
		if past[i].Author.ID != f.selfID() {
			continue
		}
		s := past[i].subject()
		if s.Command == "" {
			continue
		}
		if m.GuildID == "" || past[i].own(m.Author.ID) || f.isThread(ctx, m.ChannelID) {
			return s
		}
	}
	return none
}

// isThread reports whether a channel is a thread.
func (f *Front) isThread(ctx context.Context, channel string) bool {
	var c struct {
		Type discordgo.ChannelType `json:"type"`
	}
	f.look(ctx, "/channels/"+channel, &c)
	return c.Type == discordgo.ChannelTypeGuildNewsThread || c.Type == discordgo.ChannelTypeGuildPublicThread || c.Type == discordgo.ChannelTypeGuildPrivateThread
}

// look reads something of a channel; what can't be read is not there.
func (f *Front) look(ctx context.Context, path string, into any) {
	var raw json.RawMessage
	err := f.brief(ctx, request{what: "reading what was said before", method: "GET", path: path, bucket: "past", patience: f.pace.patience}, &raw)
	if err == nil {
		err = read(raw, into)
	}
	if err != nil {
		f.log.Info("not known what was said before", "error", err)
	}
}

func (f *Front) typing(channel string) {
	req := request{what: "showing that the bot types", method: "POST", path: "/channels/" + channel + "/typing", bucket: "typing", once: true}
	if err := f.brief(f.work, req, nil); err != nil {
		f.log.Info("not shown as typing", "error", err)
	}
}

// tell answers a message: in its channel, and where that does not take it in a
// direct message to its author. n tells the answers to one message apart.
func (f *Front) tell(m *message, n int, r command.Reply) error {
	ctx, cancel := f.until(time.Now().Add(f.pace.token))
	defer cancel()
	send := func(channel string, r command.Reply) error {
		return f.insist(ctx, func() error { return f.offer(ctx, m.posts(n, channel, r)) }, refused)
	}
	err := send(m.ChannelID, r)
	if !refused(err) || m.GuildID == "" {
		return err
	}
	f.log.Warn("a channel takes no answer; answering in a direct message", "channel", m.ChannelID, "error", err)
	why := r.Words.Say("discord.unwritten")
	if isStatus(err, http.StatusForbidden) {
		why = r.Words.Say("discord.forbidden")
	}
	channel, err := f.direct(ctx, m.Author.ID)
	if err != nil {
		return err
	}
	r.Notes = append([]string{why}, r.Notes...)
	return send(channel, r)
}

// direct opens the direct messages with a person.
func (f *Front) direct(ctx context.Context, person string) (string, error) {
	var channel struct {
		ID string `json:"id"`
	}
	open := request{what: "opening a direct message", method: "POST", path: "/users/@me/channels",
		body: map[string]string{"recipient_id": person}, bucket: "users/@me/channels", patience: f.pace.patience}
	err := f.rest.do(ctx, open, &channel)
	return channel.ID, err
}

// posts are the ways to put the nth answer to a message into a channel, each a
// single time. In the message's own channel it is a reply to that, unless the
// bot may not read the channel's past, which replies need.
func (m *message) posts(n int, channel string, r command.Reply) (all []way) {
	add := func(b body, reply bool, after func(error) bool) {
		b.Nonce, b.Once = m.ID, true
		if n > 0 {
			b.Nonce += "-" + strconv.Itoa(n)
		}
		if reply {
			b.Reference = &reference{MessageID: m.ID}
		}
		req := request{what: "answering a message in channel " + channel, method: "POST",
			path: "/channels/" + channel + "/messages", body: b, bucket: perChannel(channel)}
		all = append(all, way{req.with(b.files), after})
	}
	forbidden := func(err error) bool { return isStatus(err, http.StatusForbidden) || isCode(err, codeNoHistory) }
	own := channel == m.ChannelID
	for _, b := range forms(r) {
		add(b, own, nil)
		if own {
			add(b, false, forbidden)
		}
	}
	return all
}
