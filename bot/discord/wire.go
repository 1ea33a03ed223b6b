package discord

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"strconv"

	"github.com/bwmarrin/discordgo"

	"example.org/attache/bot/command"
)

// What Discord sends is read into types of the bot's own that hold what it
// uses and take any JSON for the rest: the library's types refuse a whole
// interaction for one component that is newer than they are.

// The types of interactions.
const (
	typePing         = 1
	typeCommand      = 2
	typeComponent    = 3
	typeAutocomplete = 4
)

// interaction is one use of the bot. Only the first three fields are sure to
// be there.
type interaction struct {
	ID    string `json:"id"`
	Token string `json:"token"`
	Type  int    `json:"type"`

	App     string `json:"application_id"`
	GuildID string `json:"guild_id"`

	ChannelID string            `json:"channel_id"`
	Allowed   permission        `json:"app_permissions"`                // what the bot may do there
	Owners    map[string]string `json:"authorizing_integration_owners"` // through whom the bot is there

	Locale      string `json:"locale"`       // of who uses the bot
	GuildLocale string `json:"guild_locale"` // of the server

	Member struct {
		User        user       `json:"user"`
		Roles       []string   `json:"roles"`
		Permissions permission `json:"permissions"`
	} `json:"member"`
	User    user    `json:"user"`
	Data    data    `json:"data"`
	Message message `json:"message"`
}

type user struct {
	ID  string `json:"id"`
	Bot bool   `json:"bot"`
}

// data is what was used: a command with its options, or a component.
type data struct {
	Name     string   `json:"name"`
	Type     int      `json:"type"`
	Options  []option `json:"options"`
	TargetID string   `json:"target_id"`
	CustomID string   `json:"custom_id"`
	Values   []string `json:"values"`
	Resolved struct {
		Messages    map[string]message `json:"messages"`
		Attachments map[string]upload  `json:"attachments"`
		Roles       map[string]role    `json:"roles"`
	} `json:"resolved"`
}

// role is a role of a server.
type role struct {
	Mentionable bool `json:"mentionable"` // by everybody
}

type option struct {
	Name    string          `json:"name"`
	Type    int             `json:"type"`
	Value   json.RawMessage `json:"value"`
	Focused bool            `json:"focused"`
	Options []option        `json:"options"`
}

// The types of messages that people write; others tell of a pin or a call.
const (
	messageDefault = 0
	messageReply   = 19
)

type message struct {
	ID         string                 `json:"id"`
	Type       int                    `json:"type"`
	ChannelID  string                 `json:"channel_id"`
	GuildID    string                 `json:"guild_id"`
	Content    string                 `json:"content"`
	Author     user                   `json:"author"`
	WebhookID  string                 `json:"webhook_id"`
	Flags      discordgo.MessageFlags `json:"flags"`
	Mentions   []user                 `json:"mentions"`
	Roles      []string               `json:"mention_roles"`
	Embeds     []embed                `json:"embeds"`
	Components []component            `json:"components"`
	Poll       struct {
		Question media `json:"question"`
		Answers  []struct {
			Media media `json:"poll_media"`
		} `json:"answers"`
	} `json:"poll"`
	Snapshots []struct { // of messages that this one forwards
		Message message `json:"message"`
	} `json:"message_snapshots"`
	Metadata struct {
		User user `json:"user"`
	} `json:"interaction_metadata"`
	Interaction struct { // the older form of the same
		User user `json:"user"`
	} `json:"interaction"`
	Reference struct {
		MessageID string `json:"message_id"`
		ChannelID string `json:"channel_id"`
	} `json:"message_reference"`
	Answered *message `json:"referenced_message"` // what it replies to, as far as Discord sends it
}

type embed struct {
	Title       string `json:"title"`
	Description string `json:"description"`
	Fields      []struct {
		Name  string `json:"name"`
		Value string `json:"value"`
	} `json:"fields"`
}

// media is a text of a poll.
type media struct {
	Text string `json:"text"`
}

// component is a component of any type: its text, and those within.
type component struct {
	Content    string      `json:"content"`
	CustomID   string      `json:"custom_id"`
	Components []component `json:"components"`
}

// permission is a set of permission bits, which Discord writes as a string.
type permission int64

// UnmarshalJSON reads a number, quoted or not; what is none gives no
// permissions.
func (p *permission) UnmarshalJSON(raw []byte) error {
	n, err := strconv.ParseInt(string(bytes.Trim(raw, `"`)), 10, 64)
	if err == nil {
		*p = permission(n)
	}
	return nil
}

// read reads JSON as far as it fits: a field of another type than the bot knows
// stays empty. Only what is no JSON is an error.
func read(raw []byte, into any) error {
	err := json.Unmarshal(raw, into)
	var other *json.UnmarshalTypeError
	if errors.As(err, &other) {
		return nil
	}
	return err
}

// readInteraction reads as much of an interaction as can be read. Without ID
// and token, ok is false: there is nobody to answer.
func readInteraction(raw []byte) (in interaction, ok bool) {
	err := read(raw, &in)
	return in, err == nil && in.ID != "" && in.Token != ""
}

// who is the person that used the bot.
func (in *interaction) who() string {
	if in.Member.User.ID != "" {
		return in.Member.User.ID
	}
	return in.User.ID
}

// own reports whether a message answers something that user did.
func (m *message) own(user string) bool {
	asker := cmp.Or(m.Metadata.User.ID, m.Interaction.User.ID)
	if asker == "" && m.Answered != nil {
		asker = m.Answered.Author.ID
	}
	return asker != "" && asker == user
}

// texts returns the texts of a message in reading order, wherever Discord puts
// them.
func (m *message) texts() (out []string) {
	add := func(list ...string) {
		for _, s := range list {
			if s != "" {
				out = append(out, s)
			}
		}
	}
	add(m.Content)
	for _, e := range m.Embeds {
		add(e.Title, e.Description)
		for _, f := range e.Fields {
			add(f.Name, f.Value)
		}
	}
	out = appendTexts(out, m.Components)
	add(m.Poll.Question.Text)
	for _, a := range m.Poll.Answers {
		add(a.Media.Text)
	}
	for i := range m.Snapshots {
		add(m.Snapshots[i].Message.texts()...)
	}
	return out
}

// subject is that of the reply which a message shows: it is in a component
// that needs it, or at the head of the message, which then is a question's.
func (m *message) subject() command.Subject {
	for _, id := range appendIDs(nil, m.Components) {
		if _, s := readCustomID(id, m); s.Command != "" {
			return s
		}
	}
	if h := headOf(m); h.title != "" {
		for s := range h.subjects("ask") {
			return s
		}
	}
	return command.Subject{}
}

func appendIDs(out []string, list []component) []string {
	for _, c := range list {
		if c.CustomID != "" {
			out = append(out, c.CustomID)
		}
		out = appendIDs(out, c.Components)
	}
	return out
}

func appendTexts(out []string, list []component) []string {
	for _, c := range list {
		if c.Content != "" {
			out = append(out, c.Content)
		}
		out = appendTexts(out, c.Components)
	}
	return out
}

// called returns the name of the command in the table, and its options as
// typed. A subcommand's name follows its command's.
func (d *data) called() (name string, options map[string]string, focused string) {
	name, options = d.Name, map[string]string{}
	list := d.Options
	for len(list) == 1 && (list[0].Type == 1 || list[0].Type == 2) {
		name += " " + list[0].Name
		list = list[0].Options
	}
	for _, o := range list {
		options[o.Name] = o.text()
		if o.Focused {
			focused = o.Name
		}
	}
	return name, options, focused
}

// text is an option's value as typed.
func (o *option) text() string {
	var v any
	if json.Unmarshal(o.Value, &v) != nil {
		return ""
	}
	switch v := v.(type) {
	case string:
		return v
	case bool, float64:
		return string(o.Value)
	}
	return ""
}
