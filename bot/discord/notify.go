package discord

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/bwmarrin/discordgo"

	"example.org/attache/bot/command"
	"example.org/attache/bot/follow"
)

// Codes of Discord's errors that tell that a place is not there any more for the
// bot, or that somebody takes no direct messages.
const (
	codeUnknownChannel = 10003
	codeUnknownServer  = 10004
	codeUnknownUser    = 10013
	codeNoAccess       = 50001
	codeNoPermission   = 50013
	codeNoDirect       = 50007
	codeNoRecipient    = 50033
)

// place is where an interaction is, for what people follow there.
func (f *Front) place(in *interaction) *command.Place {
	if in.GuildID == "" {
		return &command.Place{Writes: true}
	}
	const manages = discordgo.PermissionManageMessages | discordgo.PermissionManageGuild | discordgo.PermissionAdministrator
	const writes = discordgo.PermissionSendMessages | discordgo.PermissionSendMessagesInThreads | discordgo.PermissionAdministrator
	member := in.Owners == nil || in.Owners[installedInServer] != "" // else somebody has the bot for themselves
	at := &command.Place{Server: in.GuildID, Channel: in.ChannelID, Manages: in.Member.Permissions&manages != 0,
		Writes: member && in.Allowed&writes != 0, Pings: map[string]command.Ping{}}
	for id, r := range in.Data.Resolved.Roles {
		const all = discordgo.PermissionMentionEveryone | discordgo.PermissionAdministrator
		if id != in.GuildID && isRole(id) { // the role of that ID is everybody's
			at.Pings[id] = command.Ping{Member: r.Mentionable || in.Member.Permissions&all != 0, Bot: r.Mentionable || in.Allowed&all != 0}
		}
	}
	return at
}

// isRole reports whether s can be the ID of a role.
func isRole(s string) bool {
	_, err := strconv.ParseUint(s, 10, 64)
	return err == nil
}

// placeGone ends what is followed at a place that is there no more, see
// [follow.Book.EndAt].
func (f *Front) placeGone(data []byte, why string, place func(gonePlace) follow.Place) {
	var gone gonePlace
	if err := read(data, &gone); err != nil || gone.ID == "" || gone.Unavailable || f.bot.Follows == nil {
		return
	}
	f.spawn(func() {
		ended, err := f.bot.Follows.EndAt(place(gone))
		for _, e := range ended {
			f.log.Warn("a follow ends: "+why, "follow", e.ID)
		}
		if err != nil {
			f.log.Error("what is followed at a place that is gone was not ended; it ends with its next notice", "error", err)
		}
	})
}

// roleGone lets what is followed in a server go on without a role that was deleted.
func (f *Front) roleGone(data []byte) {
	var gone struct {
		Server string `json:"guild_id"`
		Role   string `json:"role_id"`
	}
	if err := read(data, &gone); err != nil || f.bot.Follows == nil {
		return
	}
	f.spawn(func() {
		if err := f.bot.Follows.Unping(gone.Server, gone.Role); err != nil {
			f.log.Error("follows still mention a role that was deleted, which nobody has", "error", err)
		}
	})
}

// gonePlace is Discord's event of a server or a channel that is gone.
type gonePlace struct {
	ID          string `json:"id"`
	Server      string `json:"guild_id"`    // of a channel
	Unavailable bool   `json:"unavailable"` // an outage of Discord's: the server is still there
}

func serverOf(g gonePlace) follow.Place  { return follow.Place{Server: g.ID} }
func channelOf(g gonePlace) follow.Place { return follow.Place{Server: g.Server, Channel: g.ID} }

// installedInServer is the key of the owners of an interaction for a server that
// has the bot as a member.
const installedInServer = "0"

// Notify sends a notice to its channel or, in a direct message, to its owner. It
// implements [follow.Front].
func (f *Front) Notify(ctx context.Context, n follow.Notice) error {
	err := f.notify(ctx, n)
	outcome := outcomeDone
	if err != nil {
		outcome = outcomeLost
	}
	f.counts.use("notice", outcome)
	switch {
	case err == nil:
		return nil
	case isCode(err, codeNoDirect), isCode(err, codeNoRecipient), isCode(err, codeUnknownUser):
		return fmt.Errorf("%w: %w", follow.ErrRefused, err)
	case isCode(err, codeUnknownChannel), isCode(err, codeUnknownServer), isCode(err, codeNoAccess), isCode(err, codeNoPermission),
		isOver(err):
		return fmt.Errorf("%w: %w", follow.ErrOver, err)
	}
	return err
}

// isOver reports whether Discord itself, by an error code of its own, forbids a
// request or knows no such thing. A status without a code may be a proxy's.
func isOver(err error) bool {
	var p *problem
	return errors.As(err, &p) && p.code != 0 && (p.status == http.StatusForbidden || p.status == http.StatusNotFound)
}

func (f *Front) notify(ctx context.Context, n follow.Notice) (err error) {
	channel := n.Follow.Place.Channel
	if channel == "" {
		if channel, err = f.direct(ctx, n.Follow.Owner); err != nil {
			return err
		}
	}
	if n.Begun && f.wasSent(ctx, channel, n.ID) {
		return nil
	}
	b := render(f.bot.Notice(n, f.noticeLanguage(n)))
	b.Nonce, b.Once = n.ID, true
	return f.rest.do(ctx, request{what: "telling a follower in channel " + channel, method: "POST", path: "/channels/" + channel + "/messages",
		body: b, bucket: perChannel(channel), patience: f.pace.patience}, nil)
}

// wasSent reports whether a notice is among the last messages of a channel. The
// nonce alone holds for some minutes only. Where the past can't be read, it
// counts as not sent.
func (f *Front) wasSent(ctx context.Context, channel, notice string) bool {
	var past []message
	f.look(ctx, fmt.Sprintf("/channels/%s/messages?limit=%d", channel, noticesLooked), &past)
	for i := range past {
		for _, id := range appendIDs(nil, past[i].Components) {
			if strings.HasSuffix(id, ":"+notice) {
				return true
			}
		}
	}
	return false
}

// noticesLooked is among how many messages a notice is looked for.
const noticesLooked = 50

var _ follow.Front = (*Front)(nil)
