package discordtest

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/coder/websocket"
)

// The gateway's opcodes.
const (
	opDispatch = iota
	opHeartbeat
	opIdentify
	opPresence
	opVoice
	_
	opResume
	opReconnect
	opMembers
	opInvalidSession
	opHello
	opHeartbeatACK
)

// privileged are the intents that Discord gives only to those it approved.
const privileged = 1<<1 | 1<<8 | 1<<15

// Identify is one IDENTIFY or RESUME that the bot sent.
type Identify struct {
	At       time.Time
	Shard    [2]int
	Intents  int
	Session  string
	Sequence int64
}

// session outlives its connections: it keeps what it dispatched.
type session struct {
	id      string
	shard   [2]int
	intents int
	events  []frame
	conn    *Conn
}

type frame struct {
	Op   int             `json:"op"`
	Data json.RawMessage `json:"d"`
	Seq  *int64          `json:"s"`
	Type *string         `json:"t"`
}

// Conn is one connection to the gateway.
type Conn struct {
	s       *Server
	ws      *websocket.Conn
	ctx     context.Context
	cancel  context.CancelFunc
	write   sync.Mutex
	session *session // under s.mu
	beat    time.Time
	sent    []time.Time
}

func (s *Server) serveGateway(w http.ResponseWriter, r *http.Request) {
	ws, err := websocket.Accept(w, r, nil)
	if err != nil {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	c := &Conn{s: s, ws: ws, ctx: ctx, cancel: cancel, beat: time.Now()}
	s.mu.Lock()
	if v, e := r.URL.Query().Get("v"), r.URL.Query().Get("encoding"); v != "10" || e != "json" {
		s.problem("gateway opened with v=%q encoding=%q, want 10 and json", v, e)
	}
	s.conns[c] = true
	interval := s.HeartbeatInterval
	s.mu.Unlock()
	defer func() {
		cancel()
		ws.CloseNow()
		s.mu.Lock()
		delete(s.conns, c)
		if c.session != nil && c.session.conn == c {
			c.session.conn = nil
		}
		s.touch()
		s.mu.Unlock()
	}()
	c.Send(opHello, map[string]any{"heartbeat_interval": interval.Milliseconds()})
	go c.watch(interval)
	for {
		_, data, err := ws.Read(ctx)
		if err != nil {
			c.left(websocket.CloseStatus(err))
			return
		}
		if code := c.receive(data); code != 0 {
			c.Close(code)
			return
		}
	}
}

// left ends the session of a bot that closed the connection for good.
func (c *Conn) left(code websocket.StatusCode) {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	if c.session != nil && c.session.conn == c && (code == 1000 || code == 1001) {
		delete(c.s.sessions, c.session.id)
	}
}

// watch closes the connection of a bot that has stopped its heartbeats.
func (c *Conn) watch(interval time.Duration) {
	tick := time.NewTicker(interval / 4)
	defer tick.Stop()
	for {
		select {
		case <-c.ctx.Done():
			return
		case <-tick.C:
		}
		c.s.mu.Lock()
		late := time.Since(c.beat) > 2*interval+time.Second
		c.s.mu.Unlock()
		if late {
			c.Close(4009)
			return
		}
	}
}

// receive handles one payload and returns the close code it earned, or 0.
func (c *Conn) receive(data []byte) int {
	now := time.Now()
	for len(c.sent) > 0 && now.Sub(c.sent[0]) > time.Minute {
		c.sent = c.sent[1:]
	}
	c.sent = append(c.sent, now)
	var f frame
	switch {
	case len(c.sent) > 120:
		return 4008
	case len(data) > 4096, json.Unmarshal(data, &f) != nil:
		return 4002
	}
	switch f.Op {
	case opHeartbeat:
		c.s.mu.Lock()
		c.beat = now
		silent := c.s.silent
		c.s.mu.Unlock()
		if !silent {
			c.Send(opHeartbeatACK, nil)
		}
		return 0
	case opIdentify:
		return c.identify(f.Data)
	case opResume:
		return c.resume(f.Data)
	case opPresence, opVoice, opMembers:
		if c.session == nil {
			return 4003
		}
		return 0
	}
	return 4001
}

func (c *Conn) identify(data []byte) int {
	var d struct {
		Token      string            `json:"token"`
		Intents    *int              `json:"intents"`
		Properties map[string]string `json:"properties"`
		Shard      *[2]int           `json:"shard"`
	}
	if json.Unmarshal(data, &d) != nil || d.Intents == nil || d.Properties == nil {
		return 4002
	}
	shard := [2]int{0, 1}
	if d.Shard != nil {
		shard = *d.Shard
	}
	s := c.s
	s.mu.Lock()
	s.identifies = append(s.identifies, Identify{At: time.Now(), Shard: shard, Intents: *d.Intents})
	crowded := s.crowded(shard)
	s.touch()
	s.mu.Unlock()
	switch {
	case strings.TrimPrefix(d.Token, "Bot ") != s.Token:
		return 4004
	case c.session != nil:
		return 4005
	case shard[0] < 0 || shard[0] >= shard[1]:
		return 4010
	case *d.Intents < 0 || *d.Intents >= 1<<26:
		return 4013
	case *d.Intents&privileged != 0:
		return 4014
	case s.OnIdentify != nil && s.OnIdentify(c):
		return 0
	case crowded:
		c.Send(opInvalidSession, false)
		return 0
	}
	s.mu.Lock()
	se := &session{id: s.id(), shard: shard, intents: *d.Intents, conn: c}
	guilds := []any{} // of which more is told only to who has the intent
	for _, id := range s.Servers {
		if n, _ := strconv.ParseUint(id, 10, 64); int(n>>22)%shard[1] == shard[0] {
			guilds = append(guilds, map[string]any{"id": id, "unavailable": true})
		}
	}
	s.sessions[se.id], c.session = se, se
	s.mu.Unlock()
	c.dispatch("READY", map[string]any{
		"v": 10, "session_id": se.id, "resume_gateway_url": s.gatewayURL(), "shard": shard,
		"user":        map[string]any{"id": s.UserID, "username": "attache", "discriminator": "0001", "bot": true},
		"application": map[string]any{"id": s.AppID, "flags": 0}, "guilds": guilds,
	})
	const servers = 1 << 0
	if *d.Intents&servers != 0 {
		for _, g := range guilds {
			id := g.(map[string]any)["id"]
			c.dispatch("GUILD_CREATE", map[string]any{"id": id, "name": "A server", "unavailable": false, "member_count": 7, "large": false,
				"roles": []any{map[string]any{"id": id, "name": "@everyone", "permissions": "0"}}, "channels": []any{}, "threads": []any{}, "members": []any{}})
		}
	}
	return 0
}

// crowded reports whether too many shards identified at once; s.mu is held.
func (s *Server) crowded(shard [2]int) bool {
	n := 0
	for _, i := range s.identifies {
		if time.Since(i.At) < s.IdentifyWindow && i.Shard[0]%s.MaxConcurrency == shard[0]%s.MaxConcurrency {
			n++
		}
	}
	return n > 1
}

func (c *Conn) resume(data []byte) int {
	var d struct {
		Token    string `json:"token"`
		Session  string `json:"session_id"`
		Sequence *int64 `json:"seq"`
	}
	if json.Unmarshal(data, &d) != nil || d.Sequence == nil {
		return 4002
	}
	s := c.s
	s.mu.Lock()
	se := s.sessions[d.Session]
	known := 0
	if se != nil {
		known = len(se.events)
	}
	s.resumes = append(s.resumes, Identify{At: time.Now(), Session: d.Session, Sequence: *d.Sequence})
	s.touch()
	s.mu.Unlock()
	switch {
	case strings.TrimPrefix(d.Token, "Bot ") != s.Token:
		return 4004
	case c.session != nil:
		return 4005
	case s.OnResume != nil && s.OnResume(c):
		return 0
	case se == nil:
		c.Send(opInvalidSession, false)
		return 0
	case *d.Sequence > int64(known) || *d.Sequence < 0:
		return 4007
	}
	s.mu.Lock()
	missed := se.events[*d.Sequence:]
	c.session, se.conn = se, c
	for _, f := range missed {
		c.put(f)
	}
	s.mu.Unlock()
	c.dispatch("RESUMED", map[string]any{})
	return 0
}

// dispatch sends an event and keeps it for a resume.
func (c *Conn) dispatch(event string, data any) {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	c.session.dispatch(event, data)
}

// dispatch appends an event to the session and sends it if a connection is
// there; the server's lock is held.
func (se *session) dispatch(event string, data any) {
	raw, err := json.Marshal(data)
	if err != nil {
		panic(err)
	}
	seq := int64(len(se.events) + 1)
	f := frame{Op: opDispatch, Data: raw, Seq: &seq, Type: &event}
	se.events = append(se.events, f)
	if se.conn != nil {
		se.conn.put(f)
	}
}

// Send sends a payload that is not an event.
func (c *Conn) Send(op int, data any) {
	raw, err := json.Marshal(data)
	if err != nil {
		panic(err)
	}
	c.put(frame{Op: op, Data: raw})
}

func (c *Conn) put(f frame) {
	raw, err := json.Marshal(f)
	if err != nil {
		panic(err)
	}
	c.write.Lock()
	defer c.write.Unlock()
	ctx, cancel := context.WithTimeout(c.ctx, 5*time.Second)
	defer cancel()
	c.ws.Write(ctx, websocket.MessageText, raw) // a bot that is gone gets it by resuming
}

// Close closes the connection with a code. Codes that end a session end it.
func (c *Conn) Close(code int) {
	c.s.mu.Lock()
	if c.session != nil && (code == 1000 || code == 1001 || code == 4007 || code == 4009) {
		delete(c.s.sessions, c.session.id)
	}
	c.s.mu.Unlock()
	c.ws.Close(websocket.StatusCode(code), "")
	c.cancel()
}
