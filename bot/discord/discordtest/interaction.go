package discordtest

import (
	"encoding/json"
	"slices"
	"strings"
	"time"
)

// The types of callbacks.
const (
	callbackPong            = 1
	callbackMessage         = 4
	callbackDefer           = 5
	callbackDeferUpdate     = 6
	callbackUpdate          = 7
	callbackChoices         = 8
	interactionAutocomplete = 4
)

// Interaction is one use of the bot and what came of it. Read it through its
// methods.
type Interaction struct {
	ID, Token string
	Sent      time.Time

	s         *Server
	asker     string
	data      map[string]any // as sent to the bot
	acked     time.Time
	callback  int
	ephemeral bool
	choices   []Choice
	original  *Message
	pressed   *Message // the message of the button
	edits     int      // of that message, before
	followups []*Message
	refused   []int // codes of refused requests
}

// Choice is one line of an autocompletion.
type Choice struct {
	localized
	Name  string `json:"name"`
	Value any    `json:"value"`
}

func (s *Server) postCallback(c call) reply {
	in := s.interactions[c.params["interaction_token"]]
	if in == nil || in.ID != c.params["interaction_id"] || in.acked.IsZero() && time.Since(in.Sent) > s.AckTime {
		if in != nil {
			in.refused = append(in.refused, 10062)
		}
		return refuse(404, 10062, "Unknown interaction")
	}
	if !in.acked.IsZero() {
		in.refused = append(in.refused, 40060)
		return refuse(400, 40060, "Interaction has already been acknowledged.")
	}
	if msg := in.acknowledge(c.body); msg != "" {
		s.problem("callback of %s: %s: %.300s", in.ID, msg, c.body)
		return refuse(400, 50035, "Invalid Form Body")
	}
	return reply{status: 204}
}

// acknowledge takes the first answer to an interaction; s.mu is held. It
// returns why the answer does not fit, or "".
func (in *Interaction) acknowledge(body []byte) string {
	var cb struct {
		Type int             `json:"type"`
		Data json.RawMessage `json:"data"`
	}
	var p payload
	if json.Unmarshal(body, &cb) != nil || len(cb.Data) > 0 && json.Unmarshal(cb.Data, &p) != nil {
		return "unreadable"
	}
	auto := in.data["type"] == interactionAutocomplete
	if auto != (cb.Type == callbackChoices) {
		return "an autocompletion is answered by choices, and nothing else is"
	}
	if (cb.Type == callbackDeferUpdate || cb.Type == callbackUpdate) && in.pressed == nil {
		return "there is no message to update"
	}
	in.ephemeral = p.Flags != nil && *p.Flags&flagEphemeral != 0
	switch cb.Type {
	case callbackPong:
		if in.data["type"] != 1 {
			return "only a ping is answered by a pong"
		}
	case callbackMessage, callbackDefer:
		if in.data["type"] == 1 {
			return "a ping is answered by a pong"
		}
		in.original = &Message{ID: in.s.id(), asker: in.asker}
		p.apply(in.original)
		if cb.Type == callbackDefer {
			in.original.Flags |= flagLoading
		}
	case callbackDeferUpdate:
		in.original, in.edits = in.pressed, in.pressed.Edits
	case callbackUpdate:
		in.original = in.pressed
		p.edit(in.pressed)
	case callbackChoices:
		var d struct{ Choices []Choice }
		json.Unmarshal(cb.Data, &d)
		in.choices = d.Choices
	default:
		return "unknown callback type"
	}
	in.callback, in.acked = cb.Type, time.Now()
	return ""
}

// reach finds the interaction that a webhook path stands for.
func (s *Server) reach(c call) (*Interaction, reply, bool) {
	in := s.interactions[c.params["webhook_token"]]
	switch {
	case c.params["webhook_id"] != s.AppID, in == nil, in.acked.IsZero(), in.callback == callbackChoices:
		return nil, refuse(404, 10015, "Unknown Webhook"), false
	case time.Since(in.Sent) > s.TokenTime:
		in.refused = append(in.refused, 50027)
		return nil, refuse(401, 50027, "Invalid Webhook Token"), false
	}
	return in, reply{}, true
}

// find returns the message of the path.
func (in *Interaction) find(id string) *Message {
	if m := in.original; m != nil && (id == "@original" || id == m.ID) && !m.Deleted {
		return m
	}
	for _, m := range in.followups {
		if m.ID == id && !m.Deleted {
			return m
		}
	}
	return nil
}

// found returns the message that a request under an interaction's token names,
// or how it is refused.
func (s *Server) found(c call) (m *Message, refusal reply, ok bool) {
	in, refusal, ok := s.reach(c)
	if !ok {
		return nil, refusal, false
	}
	if m = in.find(c.params["message_id"]); m == nil {
		return nil, refuse(404, 10008, "Unknown Message"), false
	}
	return m, reply{}, true
}

func (s *Server) getReply(c call) reply {
	m, refusal, ok := s.found(c)
	if !ok {
		return refusal
	}
	return reply{200, m.data(s)}
}

func (s *Server) patchReply(c call) reply {
	m, refusal, ok := s.found(c)
	if !ok {
		return refusal
	}
	var p payload
	if err := json.Unmarshal(c.body, &p); err != nil {
		return refuse(400, 50035, "Invalid Form Body")
	}
	if m.Flags&flagV2 != 0 && p.Content != nil && *p.Content != "" {
		s.problem("PATCH of a message of components with content: %.200s", c.body)
		return refuse(400, 50035, "Invalid Form Body")
	}
	p.edit(m)
	p.enclose(m, c.files)
	if m.Text() == "" && len(m.Components) == 0 && len(m.Files) == 0 {
		s.problem("PATCH leaves an empty message: %.200s", c.body)
		return refuse(400, 50006, "Cannot send an empty message")
	}
	return reply{200, m.data(s)}
}

func (s *Server) deleteReply(c call) reply {
	m, refusal, ok := s.found(c)
	if !ok {
		return refusal
	}
	m.Deleted = true
	return reply{status: 204}
}

// postFollowup adds a message; the first one after a deferral takes the
// place of "thinking".
func (s *Server) postFollowup(c call) reply {
	in, rep, ok := s.reach(c)
	if !ok {
		return rep
	}
	var p payload
	if err := json.Unmarshal(c.body, &p); err != nil {
		return refuse(400, 50035, "Invalid Form Body")
	}
	if in.callback == callbackDefer && in.original.Flags&flagLoading != 0 {
		p.edit(in.original)
		return reply{200, in.original.data(s)}
	}
	m := &Message{ID: s.id(), asker: in.asker}
	p.apply(m)
	p.enclose(m, c.files)
	in.followups = append(in.followups, m)
	return reply{200, m.data(s)}
}

// Latency is how long the first answer took; 0 when there is none yet.
func (in *Interaction) Latency() time.Duration {
	in.s.mu.Lock()
	defer in.s.mu.Unlock()
	if in.acked.IsZero() {
		return 0
	}
	return in.acked.Sub(in.Sent)
}

// Deferred reports whether the first answer was "thinking".
func (in *Interaction) Deferred() bool {
	in.s.mu.Lock()
	defer in.s.mu.Unlock()
	return in.callback == callbackDefer || in.callback == callbackDeferUpdate
}

// Followups counts the messages that came after the first answer.
func (in *Interaction) Followups() int {
	in.s.mu.Lock()
	defer in.s.mu.Unlock()
	return len(in.followups)
}

// Refused lists the codes of requests for this interaction that were refused.
func (in *Interaction) Refused() []int {
	in.s.mu.Lock()
	defer in.s.mu.Unlock()
	return append([]int(nil), in.refused...)
}

// Answered reports whether the bot has answered with more than a deferral.
func (in *Interaction) Answered() bool {
	in.s.mu.Lock()
	defer in.s.mu.Unlock()
	return in.answered()
}

func (in *Interaction) answered() bool {
	switch {
	case in.acked.IsZero():
		return false
	case in.callback == callbackDeferUpdate:
		return len(in.followups) > 0 || in.original.Edits > in.edits
	case in.original != nil && in.original.Flags&flagLoading != 0:
		return false
	}
	return true
}

// Reply waits for the bot's answer and returns it: the newest message that
// the interaction made, or the one it changed.
func (in *Interaction) Reply() *Message {
	in.s.t.Helper()
	in.s.Await("an answer to "+in.describe(), 30*time.Second, func() bool { return in.Answered() || len(in.Refused()) > 0 })
	if !in.Answered() {
		in.s.t.Errorf("%s: Discord refused answers with codes %v", in.describe(), in.Refused())
	}
	in.s.mu.Lock()
	defer in.s.mu.Unlock()
	m := in.original
	if n := len(in.followups); n > 0 {
		m = in.followups[n-1]
	}
	if m == nil {
		return &Message{}
	}
	seen := *m
	seen.History = slices.Clone(m.History)
	return &seen
}

// Replies are the messages that answer an interaction, the first one first.
func (in *Interaction) Replies() (all []Message) {
	in.s.mu.Lock()
	defer in.s.mu.Unlock()
	for _, m := range append([]*Message{in.original}, in.followups...) {
		if m != nil && !m.Deleted {
			all = append(all, *m)
		}
	}
	return all
}

// ForgetInteractions drops all interactions and requests so far, and what they

// HangUp closes the HTTP connections that the bot keeps open. Those of the
// gateway stay.
func (s *Server) HangUp() { s.http.CloseClientConnections() }

// hold: for tests that measure memory.
func (s *Server) ForgetInteractions() {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.interactions)
	clear(s.buckets)
	clear(s.said)
	s.requests = nil
	for _, se := range s.sessions {
		for i := range se.events {
			se.events[i].Data = nil
		}
	}
}

// Choices waits for the lines of an autocompletion.
func (in *Interaction) Choices() []Choice {
	in.s.t.Helper()
	in.s.Await("choices for "+in.describe(), 30*time.Second, in.Answered)
	in.s.mu.Lock()
	defer in.s.mu.Unlock()
	return in.choices
}

// Updated reports whether the answer changed the message of the button.
func (in *Interaction) Updated() bool {
	in.s.mu.Lock()
	defer in.s.mu.Unlock()
	return in.pressed != nil && in.original == in.pressed
}

func (in *Interaction) describe() string {
	raw, _ := json.Marshal(in.data["data"])
	return strings.TrimSpace(string(raw))
}
