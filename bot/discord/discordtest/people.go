package discordtest

import (
	"bytes"
	"cmp"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Person is someone who uses the bot.
type Person struct {
	ID          string
	Roles       []string
	Permissions int64  // in the server where they act
	Locale      string // of their client; empty: en-US
}

// Place is where they use it. Without a server it is a direct message.
type Place struct {
	Server, Channel string
	Locale          string // of the server; empty: en-US
}

// TokenPrefix is what the tokens of interactions begin with.
const TokenPrefix = "aW50ZXJhY3Rpb246"

// ManageServer is the permission bit.
const ManageServer = 1 << 5

// Option is one option of a command, as typed.
type Option struct {
	Name  string
	Value any
}

// Role is a role of a server, as the value of an option.
type Role struct {
	ID          string
	Mentionable bool // by everybody
}

// resolved describes the roles among some options, as Discord does.
func resolved(options []Option) map[string]any {
	roles := map[string]any{}
	for _, o := range options {
		if r, ok := o.Value.(Role); ok {
			roles[r.ID] = map[string]any{"id": r.ID, "name": "role" + r.ID, "mentionable": r.Mentionable, "permissions": "0", "position": 1,
				"color": 0, "hoist": false, "managed": false}
		}
	}
	return map[string]any{"roles": roles}
}

// who describes the person as an interaction does: a member within a server,
// else a user.
func (p Person) who(at Place, data map[string]any) {
	user := map[string]any{"id": p.ID, "username": "user" + p.ID, "discriminator": "0", "global_name": nil, "avatar": nil}
	if at.Server == "" {
		data["user"], data["context"] = user, 1
		data["channel"] = map[string]any{"id": at.Channel, "type": 1}
		return
	}
	roles := p.Roles
	if roles == nil {
		roles = []string{}
	}
	locale := cmp.Or(at.Locale, "en-US")
	data["guild_id"], data["guild_locale"], data["context"] = at.Server, locale, 0
	data["guild"] = map[string]any{"id": at.Server, "locale": locale, "features": []any{}}
	data["channel"] = map[string]any{"id": at.Channel, "type": 0, "guild_id": at.Server}
	data["member"] = map[string]any{"user": user, "roles": roles, "permissions": strconv.FormatInt(p.Permissions, 10),
		"joined_at": "2024-01-01T00:00:00.000000+00:00", "deaf": false, "mute": false, "flags": 0, "pending": false, "nick": nil, "premium_since": nil, "avatar": nil}
}

// Make returns an interaction of any type and data, not sent yet.
func (s *Server) Make(p Person, at Place, kind int, data any) *Interaction {
	s.mu.Lock()
	defer s.mu.Unlock()
	in := &Interaction{s: s, ID: s.id(), asker: p.ID}
	in.Token = TokenPrefix + in.ID + strings.Repeat("t", 180)
	in.data = map[string]any{"id": in.ID, "application_id": s.AppID, "type": kind, "data": data, "token": in.Token, "version": 1,
		"channel_id": at.Channel, "locale": cmp.Or(p.Locale, "en-US"), "app_permissions": "445440", "entitlements": []any{},
		"authorizing_integration_owners": map[string]string{"0": at.Server}, "attachment_size_limit": 10485760}
	p.who(at, in.data)
	s.interactions[in.Token] = in
	return in
}

// Send dispatches an interaction over the gateway, to the sessions that are in
// charge of the server, or as soon as one resumes.
func (s *Server) Send(in *Interaction) *Interaction {
	s.mu.Lock()
	defer s.mu.Unlock()
	in.Sent = time.Now()
	guild, _ := in.data["guild_id"].(string)
	for _, se := range s.responsible(guild) {
		se.dispatch("INTERACTION_CREATE", in.data)
	}
	return in
}

// responsible returns the sessions in charge of a server, of which each is told
// what happens there; direct messages go to shard 0. s.mu is held.
func (s *Server) responsible(guild string) (all []*session) {
	n, _ := strconv.ParseUint(guild, 10, 64)
	for _, se := range s.sessions {
		if int(n>>22)%se.shard[1] == se.shard[0] {
			all = append(all, se)
		}
	}
	return all
}

// Signer signs interactions for the HTTP door.
type Signer struct {
	Key ed25519.PrivateKey
	At  time.Time // what the timestamp says; zero: now
}

// Post sends an interaction to a bot's HTTP door and takes the answer as its
// callback. It returns the status.
func (s *Server) Post(url string, sign Signer, in *Interaction) int {
	s.t.Helper()
	body, err := json.Marshal(in.data)
	if err != nil {
		s.t.Fatal(err)
	}
	s.mu.Lock()
	in.Sent = time.Now()
	s.mu.Unlock()
	status, answer := s.PostRaw(url, sign, body)
	if status != 200 || len(answer) == 0 {
		return status
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	defer s.touch()
	c := call{body: answer}
	const pattern = "/interactions/{interaction_id}/{interaction_token}/callback"
	for _, p := range append(checkLimits(pattern, &c), checkSchema("POST", pattern, answer)...) {
		s.problem("HTTP callback: %s: %.300s", p, answer)
	}
	if !in.acked.IsZero() {
		s.problem("HTTP answer to %s after it was acknowledged", in.ID)
	} else if msg := in.acknowledge(answer); msg != "" {
		s.problem("HTTP answer to %s: %s", in.ID, msg)
	}
	return status
}

// PostRaw posts any body, signed, and returns what came back.
func (s *Server) PostRaw(url string, sign Signer, body []byte) (int, []byte) {
	s.t.Helper()
	at := sign.At
	if at.IsZero() {
		at = time.Now()
	}
	stamp := strconv.FormatInt(at.Unix(), 10)
	req, err := http.NewRequest("POST", url, bytes.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("X-Signature-Timestamp", stamp)
	req.Header.Set("X-Signature-Ed25519", hex.EncodeToString(ed25519.Sign(sign.Key, append([]byte(stamp), body...))))
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		s.t.Fatal(err)
	}
	defer resp.Body.Close()
	answer, _ := io.ReadAll(resp.Body)
	return resp.StatusCode, answer
}

// Slash uses a registered command: "ask", "admin reindex".
func (s *Server) Slash(p Person, at Place, path string, options ...Option) *Interaction {
	s.t.Helper()
	return s.Send(s.Make(p, at, 2, s.chat(at, path, "", options)))
}

// SlashData is the data of a slash command as Discord sends it.
func (s *Server) SlashData(at Place, path string, options ...Option) map[string]any {
	s.t.Helper()
	return s.chat(at, path, "", options)
}

// Complete asks for the completion of the option named focused.
func (s *Server) Complete(p Person, at Place, path, focused string, options ...Option) *Interaction {
	s.t.Helper()
	return s.Send(s.Make(p, at, interactionAutocomplete, s.chat(at, path, focused, options)))
}

// chat builds the data of a slash command by its registration.
func (s *Server) chat(at Place, path, focused string, options []Option) map[string]any {
	s.t.Helper()
	name, sub, _ := strings.Cut(path, " ")
	cmd := s.awaitRegistered(at, name)
	spec, _ := cmd["options"].([]any)
	if sub != "" {
		for _, o := range spec {
			if o := o.(map[string]any); o["name"] == sub {
				inner, _ := o["options"].([]any)
				return map[string]any{"id": cmd["id"], "name": name, "type": 1, "resolved": resolved(options), "options": []any{
					map[string]any{"type": 1, "name": sub, "options": s.typed(inner, focused, options)}}}
			}
		}
		s.t.Fatalf("/%s is not registered", path)
	}
	return map[string]any{"id": cmd["id"], "name": name, "type": 1, "resolved": resolved(options), "options": s.typed(spec, focused, options)}
}

func (s *Server) typed(spec []any, focused string, options []Option) []any {
	s.t.Helper()
	out := []any{}
	for _, o := range options {
		kind := any(nil)
		for _, sp := range spec {
			if sp := sp.(map[string]any); sp["name"] == o.Name {
				kind = sp["type"]
			}
		}
		if kind == nil {
			s.t.Fatalf("no option %q is registered", o.Name)
		}
		opt := map[string]any{"name": o.Name, "type": kind, "value": o.Value}
		if r, ok := o.Value.(Role); ok {
			opt["value"] = r.ID
		}
		if o.Name == focused {
			opt["focused"] = true
		}
		out = append(out, opt)
	}
	return out
}

// awaitRegistered returns the command of a name once the bot has registered it.
func (s *Server) awaitRegistered(at Place, name string) (command map[string]any) {
	s.t.Helper()
	s.Await("the registration of "+name, 30*time.Second, func() bool {
		command = s.registered(at, name)
		return command != nil
	})
	return command
}

func (s *Server) registered(at Place, name string) map[string]any {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, scope := range []string{at.Server, ""} {
		for _, cmd := range s.commands[scope] {
			if cmd["name"] == name {
				return cmd
			}
		}
	}
	return nil
}

// MessageData is the data of a message command used on a message.
func (s *Server) MessageData(at Place, name string, target map[string]any) map[string]any {
	s.t.Helper()
	cmd := s.awaitRegistered(at, name)
	id := target["id"].(string)
	return map[string]any{"id": cmd["id"], "name": name, "type": 3, "target_id": id,
		"resolved": map[string]any{"messages": map[string]any{id: target}}}
}

// OnMessage uses a message command on someone's message.
func (s *Server) OnMessage(p Person, at Place, name, content string) *Interaction {
	s.t.Helper()
	return s.Send(s.Make(p, at, 2, s.MessageData(at, name, s.written(Person{ID: "300000000000000001"}, at, content))))
}

// Press presses a button of a message.
func (s *Server) Press(p Person, at Place, m *Message, customID string) *Interaction {
	return s.Send(s.MakePress(p, at, m, customID))
}

// MakePress is Press without sending.
func (s *Server) MakePress(p Person, at Place, m *Message, customID string) *Interaction {
	return s.use(p, at, m, map[string]any{"custom_id": customID, "component_type": typeButton, "id": 2})
}

// Choose chooses a line of a menu of a message.
func (s *Server) Choose(p Person, at Place, m *Message, line Line) *Interaction {
	return s.Send(s.use(p, at, m, map[string]any{"custom_id": line.Menu, "component_type": typeMenu, "id": 2, "values": []string{line.Value}}))
}

// use is the use of a component of a message.
func (s *Server) use(p Person, at Place, m *Message, data map[string]any) *Interaction {
	in := s.Make(p, at, 3, data)
	s.mu.Lock()
	defer s.mu.Unlock()
	in.pressed = s.stored(m)
	in.data["message"] = in.pressed.data(s)
	return in
}

// stored finds the message that m is a copy of; s.mu is held.
func (s *Server) stored(m *Message) *Message {
	for _, in := range s.interactions {
		for _, c := range append([]*Message{in.original}, in.followups...) {
			if c != nil && c.ID == m.ID {
				return c
			}
		}
	}
	for _, ch := range s.channels {
		for _, c := range ch {
			if c.ID == m.ID {
				return c
			}
		}
	}
	return m
}

// written is a message by a person.
func (s *Server) written(p Person, at Place, content string) map[string]any {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := map[string]any{"id": s.id(), "channel_id": at.Channel, "content": content, "type": 0, "tts": false, "pinned": false,
		"timestamp": "2026-01-01T00:00:00.000000+00:00", "edited_timestamp": nil, "mention_everyone": false,
		"mentions": []any{}, "mention_roles": []any{}, "attachments": []any{}, "embeds": []any{}, "components": []any{}, "flags": 0,
		"author": map[string]any{"id": p.ID, "username": "user" + p.ID, "discriminator": "0", "avatar": nil, "global_name": nil}}
	if at.Server != "" {
		m["guild_id"] = at.Server
	}
	return m
}

// Say writes a message. The bot gets it if its intents say so, with its text
// only where Discord shows it without the privileged intent: when it
// mentions the bot, or in a direct message. Say returns the message's ID.
func (s *Server) Say(p Person, at Place, content string) string {
	return s.say(p, at, content, false)
}

// ReplyToBot writes a message in reply to one of the bot's, which mentions it
// without saying so in the text. The message that it answers is one that is gone.
func (s *Server) ReplyToBot(p Person, at Place, content string) string {
	return s.say(p, at, content, true)
}

// ReplyTo writes a message in reply to one of the bot's. Unless it is silent it
// mentions the bot.
func (s *Server) ReplyTo(p Person, at Place, m *Message, content string, silent bool) string {
	s.mu.Lock()
	answered := s.stored(m).data(s)
	s.mu.Unlock()
	return s.write(p, at, content, !silent, func(data map[string]any) {
		data["type"], data["referenced_message"] = 19, answered
		data["message_reference"] = map[string]any{"message_id": m.ID, "channel_id": at.Channel}
	})
}

// Forward forwards a message with some text to where the bot reads it.
func (s *Server) Forward(p Person, at Place, content string) string {
	return s.write(p, at, "", false, func(data map[string]any) {
		data["message_reference"] = map[string]any{"type": 1, "message_id": "300000000000000002", "channel_id": "600000000000000009"}
		data["message_snapshots"] = []any{map[string]any{"message": map[string]any{"type": 0, "content": content,
			"embeds": []any{}, "attachments": []any{}, "components": []any{}, "mentions": []any{}, "mention_roles": []any{}, "flags": 0,
			"timestamp": "2026-01-01T00:00:00.000000+00:00", "edited_timestamp": nil}}}
	})
}

// SayWith is Say with fields of the message changed before it is sent.
func (s *Server) SayWith(p Person, at Place, content string, change func(map[string]any)) string {
	return s.write(p, at, content, false, change)
}

func (s *Server) say(p Person, at Place, content string, reply bool) string {
	return s.write(p, at, content, reply, func(m map[string]any) {
		if reply {
			m["type"], m["referenced_message"] = 19, nil
		}
	})
}

// write writes a message, and tells the bot of it.
func (s *Server) write(p Person, at Place, content string, mentioned bool, change func(map[string]any)) string {
	m := s.written(p, at, content)
	id := m["id"].(string)
	s.mu.Lock()
	defer s.mu.Unlock()
	mentioned = mentioned || strings.Contains(content, "<@"+s.UserID+">") || strings.Contains(content, "<@!"+s.UserID+">")
	if mentioned {
		m["mentions"] = []any{map[string]any{"id": s.UserID, "username": "attache", "discriminator": "0001", "bot": true}}
	}
	roles := []any{}
	for _, found := range roleMention.FindAllStringSubmatch(content, -1) {
		roles = append(roles, found[1])
	}
	m["mention_roles"] = roles
	intent := 1 << 12
	if at.Server != "" {
		intent = 1 << 9
		m["member"] = map[string]any{"roles": []string{}, "joined_at": "2024-01-01T00:00:00.000000+00:00", "deaf": false, "mute": false}
		if !mentioned {
			m["content"] = ""
		}
	}
	if change != nil {
		change(m)
	}
	s.said[id] = m
	for _, se := range s.responsible(at.Server) {
		if se.intents&intent == 0 {
			continue
		}
		se.dispatch("MESSAGE_CREATE", m)
	}
	return id
}

// roleMention is a mention of a role.
var roleMention = regexp.MustCompile(`<@&(\d+)>`)

// Replace sets a field of an interaction that is not sent yet.
func (in *Interaction) Replace(field string, value any) { in.data[field] = value }

// Change alters an object within an interaction that is not sent yet.
func (in *Interaction) Change(field string, f func(map[string]any)) {
	raw, _ := json.Marshal(in.data[field])
	var object map[string]any
	json.Unmarshal(raw, &object)
	f(object)
	in.data[field] = object
}
