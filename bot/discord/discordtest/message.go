package discordtest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// The message flags that matter here.
const (
	flagEphemeral = 1 << 6
	flagLoading   = 1 << 7
	flagV2        = 1 << 15
)

// Message is one message of the bot, as members see it.
type Message struct {
	ID         string
	Content    string
	Embeds     []Embed
	Components []Component
	Flags      int
	Reference  string            // the message it answers
	Files      []string          // names of attachments
	Contents   map[string][]byte // what they hold, by their names
	Pinged     []string          // the roles that it notifies
	Edits      int
	History    []string // what its text was before each edit
	Deleted    bool

	asker string // whose interaction made it
	nonce string
}

// Embed is an embed of a message.
type Embed struct {
	Title       string `json:"title"`
	Description string `json:"description"`
	URL         string `json:"url"`
	Fields      []struct {
		Name  string `json:"name"`
		Value string `json:"value"`
	} `json:"fields"`
	Footer *struct {
		Text string `json:"text"`
	} `json:"footer"`
	Author *struct {
		Name string `json:"name"`
	} `json:"author"`
}

// Component is a component of a message, of any type.
type Component struct {
	Type        int             `json:"type"`
	Content     string          `json:"content,omitempty"`
	CustomID    string          `json:"custom_id,omitempty"`
	Label       string          `json:"label,omitempty"`
	Style       int             `json:"style,omitempty"`
	URL         string          `json:"url,omitempty"`
	Emoji       json.RawMessage `json:"emoji,omitempty"`
	Placeholder string          `json:"placeholder,omitempty"`
	Components  []Component     `json:"components,omitempty"`
	Accessory   *Component      `json:"accessory,omitempty"`
	Accent      *int            `json:"accent_color,omitempty"`
	Disabled    bool            `json:"disabled,omitempty"`
	Items       []any           `json:"items,omitempty"`
	File        *struct {
		URL string `json:"url"`
	} `json:"file,omitempty"`
	Options []struct {
		Label       string `json:"label"`
		Value       string `json:"value"`
		Description string `json:"description"`
	} `json:"options,omitempty"`
}

// The types of components that people use.
const (
	typeButton = 2
	typeMenu   = 3
)

// walk calls f for each component and all within.
func walk(cs []Component, f func(*Component)) {
	for i := range cs {
		f(&cs[i])
		walk(cs[i].Components, f)
		if cs[i].Accessory != nil {
			f(cs[i].Accessory)
		}
	}
}

// Text is all text of the message in reading order, a block a line.
func (m *Message) Text() string {
	var out []string
	add := func(s string) {
		if s != "" {
			out = append(out, s)
		}
	}
	add(m.Content)
	for _, e := range m.Embeds {
		add(e.Title)
		add(e.Description)
		for _, f := range e.Fields {
			add(f.Name)
			add(f.Value)
		}
		if e.Footer != nil {
			add(e.Footer.Text)
		}
	}
	walk(m.Components, func(c *Component) { add(c.Content) })
	return strings.Join(out, "\n")
}

// Buttons lists the buttons that can be pressed.
func (m *Message) Buttons() []Component {
	var out []Component
	walk(m.Components, func(c *Component) {
		if c.Type == typeButton && c.CustomID != "" && !c.Disabled {
			out = append(out, *c)
		}
	})
	return out
}

// Line is one line of a menu.
type Line struct {
	Menu                      string // its custom_id
	Label, Description, Value string
}

// Lines lists what can be chosen from the menus of the message.
func (m *Message) Lines() []Line {
	var out []Line
	walk(m.Components, func(c *Component) {
		for _, o := range c.Options {
			out = append(out, Line{c.CustomID, o.Label, o.Description, o.Value})
		}
	})
	return out
}

// Button returns the custom_id of the first button with a label, or "".
func (m *Message) Button(label string) string {
	for _, b := range m.Buttons() {
		if b.Label == label {
			return b.CustomID
		}
	}
	return ""
}

// Private reports whether only the one who asked sees the message.
func (m *Message) Private() bool { return m.Flags&flagEphemeral != 0 }

// payload is the body of a request that makes or changes a message. Absent
// fields leave a message as it is.
type payload struct {
	Content         *string          `json:"content"`
	Embeds          *[]Embed         `json:"embeds"`
	Components      *[]Component     `json:"components"`
	Flags           *int             `json:"flags"`
	AllowedMentions *allowedMentions `json:"allowed_mentions"`
	Attachments     *[]struct {
		ID       json.Number `json:"id"`
		Filename string      `json:"filename"`
	} `json:"attachments"`
	Reference *struct {
		MessageID string `json:"message_id"`
	} `json:"message_reference"`
	Nonce string `json:"nonce"`
	Once  bool   `json:"enforce_nonce"`
}

type allowedMentions struct {
	Parse *[]string `json:"parse"`
	Users []string  `json:"users"`
	Roles []string  `json:"roles"`
}

// pinged are the roles that a message notifies: those that it mentions and may.
func (p *payload) pinged() (roles []string) {
	m := &Message{}
	p.apply(m)
	if p.AllowedMentions != nil {
		for _, r := range p.AllowedMentions.Roles {
			if strings.Contains(m.Text(), "<@&"+r+">") {
				roles = append(roles, r)
			}
		}
	}
	return roles
}

// apply changes a message as the payload says.
func (p *payload) apply(m *Message) {
	if p.Content != nil {
		m.Content = *p.Content
	}
	if p.Embeds != nil {
		m.Embeds = *p.Embeds
	}
	if p.Components != nil {
		m.Components = *p.Components
	}
	if p.Flags != nil {
		m.Flags = m.Flags&(flagEphemeral|flagV2) | *p.Flags
	}
	if p.Reference != nil {
		m.Reference = p.Reference.MessageID
	}
	if p.Attachments != nil {
		m.Files = nil
		for _, a := range *p.Attachments {
			m.Files = append(m.Files, a.Filename)
		}
	}
}

// enclose keeps the files that came with a payload.
func (p *payload) enclose(m *Message, files map[string][]byte) {
	if p.Attachments == nil {
		return
	}
	m.Contents = map[string][]byte{}
	for _, a := range *p.Attachments {
		m.Contents[a.Filename] = files[fmt.Sprintf("files[%s]", a.ID)]
	}
}

// edit changes a message that members already see.
func (p *payload) edit(m *Message) {
	m.History = append(m.History, m.Text())
	m.Edits++
	m.Flags &^= flagLoading
	p.apply(m)
}

// data is the message as Discord sends it.
func (m *Message) data(s *Server) map[string]any {
	d := map[string]any{"id": m.ID, "type": 0, "channel_id": "1", "content": m.Content, "embeds": m.Embeds, "components": m.Components,
		"flags": m.Flags, "timestamp": "2026-01-01T00:00:00.000000+00:00", "edited_timestamp": nil, "tts": false,
		"mention_everyone": false, "mentions": []any{}, "mention_roles": []any{}, "attachments": []any{}, "pinned": false,
		"author": map[string]any{"id": s.UserID, "username": "attache", "discriminator": "0001", "bot": true, "avatar": nil, "global_name": nil}}
	if said := s.said[m.Reference]; said != nil {
		d["type"], d["referenced_message"] = 19, said
	}
	if m.asker != "" {
		d["interaction_metadata"] = map[string]any{"id": m.ID, "type": 2, "authorizing_integration_owners": map[string]string{},
			"user": map[string]any{"id": m.asker, "username": "user" + m.asker, "discriminator": "0", "avatar": nil, "global_name": nil}}
	}
	return d
}

// directChannel is where a person and the bot write to each other.
func directChannel(person string) string { return "9" + person[1:] }

func (s *Server) postDirect(c call) reply {
	var to struct {
		Recipient string `json:"recipient_id"`
	}
	if json.Unmarshal(c.body, &to) != nil || to.Recipient == "" {
		return refuse(400, 50035, "Invalid Form Body")
	}
	return reply{200, map[string]any{"id": directChannel(to.Recipient), "type": 1}}
}

// Whispered returns copies of the bot's direct messages to a person.
func (s *Server) Whispered(p Person) []Message { return s.Posted(directChannel(p.ID)) }

func (s *Server) postMessage(c call) reply {
	var p payload
	if err := json.Unmarshal(c.body, &p); err != nil {
		return refuse(400, 50035, "Invalid Form Body")
	}
	ch := c.params["channel_id"]
	for _, m := range s.channels[ch] {
		if p.Once && m.nonce == p.Nonce {
			return reply{200, m.data(s)}
		}
	}
	m := &Message{ID: s.id(), nonce: p.Nonce, Pinged: p.pinged()}
	p.apply(m)
	s.channels[ch] = append(s.channels[ch], m)
	return reply{200, m.data(s)}
}

func (s *Server) patchMessage(c call) reply {
	for _, m := range s.channels[c.params["channel_id"]] {
		if m.ID == c.params["message_id"] {
			var p payload
			json.Unmarshal(c.body, &p)
			p.edit(m)
			return reply{200, m.data(s)}
		}
	}
	return refuse(404, 10008, "Unknown Message")
}

// getChannel says what kind of channel one is.
func (s *Server) getChannel(c call) reply {
	id := c.params["channel_id"]
	kind := 0
	switch {
	case slices.Contains(s.Threads, id):
		kind = 11
	case id == Direct.Channel || strings.HasPrefix(id, "9"):
		kind = 1
	}
	return reply{200, map[string]any{"id": id, "type": kind}}
}

// SetThread makes a channel a thread.
func (s *Server) SetThread(channel string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.Threads = append(s.Threads, channel)
}

// getMessages lists messages of a channel, the newest first: without the text of
// those that neither mention the bot nor are its own.
func (s *Server) getMessages(c call) reply {
	query := c.r.URL.Query()
	limit, _ := strconv.Atoi(query.Get("limit"))
	if limit == 0 {
		limit = 50
	}
	before := query.Get("before")
	list := []map[string]any{}
	for _, m := range s.history(c.params["channel_id"]) {
		if len(list) < limit && (before == "" || m["id"].(string) < before) {
			list = append(list, m)
		}
	}
	return reply{200, list}
}

func (s *Server) getMessage(c call) reply {
	for _, m := range s.history(c.params["channel_id"]) {
		if m["id"] == c.params["message_id"] {
			return reply{200, m}
		}
	}
	return refuse(404, 10008, "Unknown Message")
}

// history is what everybody sees in a channel, the newest first; s.mu is held.
func (s *Server) history(channel string) (all []map[string]any) {
	add := func(list ...*Message) {
		for _, m := range list {
			if m != nil && !m.Deleted && !m.Private() {
				all = append(all, m.data(s))
			}
		}
	}
	add(s.channels[channel]...)
	for _, in := range s.interactions {
		if in.data["channel_id"] == channel {
			add(append([]*Message{in.original}, in.followups...)...)
		}
	}
	for _, m := range s.said {
		if m["channel_id"] == channel {
			all = append(all, m)
		}
	}
	slices.SortFunc(all, func(a, b map[string]any) int { return strings.Compare(b["id"].(string), a["id"].(string)) })
	return slices.CompactFunc(all, func(a, b map[string]any) bool { return a["id"] == b["id"] })
}

// Posted returns copies of the bot's messages in a channel.
func (s *Server) Posted(channel string) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []Message
	for _, m := range s.channels[channel] {
		out = append(out, *m)
	}
	return out
}

func (m *Message) String() string {
	return fmt.Sprintf("message %s (flags %d, %d edits):\n%s", m.ID, m.Flags, m.Edits, m.Text())
}
