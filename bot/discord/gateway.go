package discord

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/coder/websocket"
)

// The gateway's opcodes that a bot meets.
const (
	opDispatch       = 0
	opHeartbeat      = 1
	opIdentify       = 2
	opResume         = 6
	opReconnect      = 7
	opInvalidSession = 9
	opHello          = 10
	opHeartbeatACK   = 11
)

// intents: messages, for those that mention the bot or are sent to it alone.
// Their text comes with them, so that no privileged intent is needed; servers, for
// those that the bot leaves, and their channels, for those that are deleted.
// Commands need none at all.
const intents = discordgo.IntentsGuilds | discordgo.IntentsGuildMessages | discordgo.IntentsDirectMessages

// closing is the code that the bot closes with when it means to come back:
// 1000 and 1001 would end the session.
const closing = 4000

// packet is one payload of the gateway.
type packet struct {
	Op   int             `json:"op"`
	Data json.RawMessage `json:"d"`
	Seq  int64           `json:"s"`
	Type string          `json:"t"`
}

// session is what a connection leaves to the next one, so that it can resume
// and be told what it missed.
type session struct {
	id  string
	url string // where Discord wants it resumed
	seq int64
}

// Why a connection ended, besides closes and faults of the network.
var (
	errReconnect = errors.New("told by Discord to connect anew")
	errInvalid   = errors.New("the session was declared invalid")
	errZombie    = errors.New("a heartbeat was left unanswered")
)

// connection is one connection to the gateway, from dialling to its end.
type connection struct {
	f     *Front
	shard [2]int
	ws    *websocket.Conn
	se    *session // changes as the session does; an empty id means that the next connection must identify
	hello *time.Timer
	seq   atomic.Int64
	acked atomic.Bool
	sent  atomic.Int64 // when the last heartbeat went, in Unix nanoseconds
	heard atomic.Int64 // when the last packet came, in Unix nanoseconds

	stood bool // a session was there

	identified func() // called once Discord has taken the IDENTIFY
}

// connect holds one connection until it ends and says why.
func (f *Front) connect(ctx context.Context, addr string, c *connection) error {
	ctx, end := context.WithCancelCause(ctx)
	defer end(nil)
	u, err := gatewayAddress(addr)
	if err != nil {
		return err
	}
	c.hello = time.AfterFunc(f.pace.handover, func() { end(errors.New("no session came about in time")) })
	defer c.hello.Stop()
	dial, cancel := context.WithTimeout(ctx, f.pace.handover/4)
	defer cancel()
	var resp *http.Response
	c.ws, resp, err = websocket.Dial(dial, u, nil)
	if err != nil {
		c.se.url = "" // next time where Discord's gateway is for everyone
		if limit := limitOf(resp); limit != nil {
			return fmt.Errorf("dialling the gateway: %w", limit)
		}
		return fmt.Errorf("dialling the gateway: %w", causeOf(ctx, err))
	}
	defer c.ws.CloseNow()
	c.ws.SetReadLimit(16 << 20)
	c.seq.Store(c.se.seq)
	life, kill := context.WithCancel(context.WithoutCancel(ctx))
	defer kill()
	var running sync.WaitGroup
	running.Go(func() { end(c.read(life, ctx, func(run func()) { running.Go(run) }, end)) })
	<-ctx.Done()
	c.leave(ctx, kill)
	running.Wait()
	c.se.seq = c.seq.Load()
	return context.Cause(ctx)
}

// leave closes politely, so that Discord keeps the session; at the end of the
// program for good. A peer that does not answer is given a second.
func (c *connection) leave(ctx context.Context, kill func()) {
	code := websocket.StatusCode(closing)
	if errors.Is(context.Cause(ctx), context.Canceled) {
		code = websocket.StatusNormalClosure
		c.settle()
	}
	t := time.AfterFunc(time.Second, kill)
	defer t.Stop()
	c.ws.Close(code, "")
}

// settle waits until Discord has been silent for a moment: closing drops what is
// still on its way, and a session that ends for good is never told it again.
func (c *connection) settle() {
	const silent, most = 200 * time.Millisecond, time.Second
	for began := time.Now(); time.Since(began) < most; {
		quiet := time.Since(time.Unix(0, c.heard.Load()))
		if quiet >= silent {
			return
		}
		time.Sleep(silent - quiet)
	}
}

func gatewayAddress(addr string) (string, error) {
	u, err := url.Parse(addr)
	if err != nil {
		return "", fmt.Errorf("reading the gateway's address: %w", err)
	}
	if u.Path == "" {
		u.Path = "/"
	}
	q := u.Query()
	q.Set("v", "10")
	q.Set("encoding", "json")
	u.RawQuery = q.Encode()
	return u.String(), nil
}

// read takes packets until the connection ends. Once ctx is done it waits for
// that, and hands on the events that still come: Discord counts them as sent.
func (c *connection) read(life, ctx context.Context, start func(func()), end context.CancelCauseFunc) error {
	for {
		_, raw, err := c.ws.Read(life)
		if err != nil {
			return fmt.Errorf("reading from the gateway: %w", err)
		}
		c.heard.Store(time.Now().UnixNano())
		var p packet
		if err := json.Unmarshal(raw, &p); err != nil {
			c.f.log.Warn("skipping an unreadable packet of the gateway", "error", err)
			continue
		}
		if ctx.Err() != nil && p.Op != opDispatch {
			continue
		}
		if p.Op == opHello {
			interval, err := greeting(p.Data)
			if err != nil {
				return err
			}
			c.acked.Store(true)
			start(func() { c.heartbeats(ctx, end, interval) })
		}
		if err := c.take(ctx, p); err != nil {
			end(err)
		}
	}
}

// greeting reads the time between heartbeats from Discord's Hello.
func greeting(data []byte) (time.Duration, error) {
	var d struct {
		Interval int64 `json:"heartbeat_interval"`
	}
	if err := json.Unmarshal(data, &d); err != nil || d.Interval <= 0 {
		return 0, fmt.Errorf("reading Discord's greeting: %q", data)
	}
	return time.Duration(d.Interval) * time.Millisecond, nil
}

// take acts on one packet. An error ends the connection.
func (c *connection) take(ctx context.Context, p packet) error {
	switch p.Op {
	case opHello:
		return c.introduce(ctx)
	case opHeartbeat:
		return c.beat(ctx)
	case opHeartbeatACK:
		c.acked.Store(true)
		if sent := c.sent.Load(); sent > 0 {
			c.f.counts.beats.WithLabelValues(strconv.Itoa(c.shard[0])).Set(time.Since(time.Unix(0, sent)).Seconds())
		}
	case opReconnect:
		return errReconnect
	case opInvalidSession:
		if string(p.Data) != "true" {
			c.forget()
		}
		return errInvalid
	case opDispatch:
		c.dispatch(p)
	}
	return nil
}

// introduce resumes the session, or identifies when there is none.
func (c *connection) introduce(ctx context.Context) error {
	if c.se.id != "" {
		return c.send(ctx, opResume, map[string]any{"token": c.f.Token, "session_id": c.se.id, "seq": c.seq.Load()})
	}
	return c.send(ctx, opIdentify, map[string]any{
		"token": c.f.Token, "intents": intents, "shard": c.shard,
		"properties": map[string]string{"os": runtime.GOOS, "browser": "attache", "device": "attache"},
	})
}

// ready notes that the session stands, and by what.
func (c *connection) ready(by string) {
	c.f.counts.sessions.WithLabelValues(by).Inc()
	c.hello.Stop()
	c.identified()
	if !c.stood {
		c.stood = true
		c.f.connected(c.shard[0], true)
	}
	c.f.log.Info("connected to Discord", "shard", c.shard[0], "shards", c.shard[1])
}

// dispatch hands on an event.
func (c *connection) dispatch(p packet) {
	if p.Seq > c.seq.Load() {
		c.seq.Store(p.Seq)
	}
	switch p.Type {
	case "READY":
		c.begin(p)
	case "RESUMED":
		c.ready("resume")
	case "INTERACTION_CREATE":
		c.f.spawn(func() { c.f.interact(p.Data, nil, c.f.late(c.shard[0])) })
	case "MESSAGE_CREATE":
		c.f.spawn(func() {
			c.f.late(c.shard[0])
			c.f.mention(p.Data)
		})
	case "GUILD_DELETE":
		c.f.placeGone(p.Data, "the bot is not in its server any more", serverOf)
	case "GUILD_ROLE_DELETE":
		c.f.roleGone(p.Data)
	case "CHANNEL_DELETE", "THREAD_DELETE":
		c.f.placeGone(p.Data, "its channel was deleted", channelOf)
	}
}

// begin takes up a new session.
func (c *connection) begin(p packet) {
	var d struct {
		SessionID string `json:"session_id"`
		ResumeURL string `json:"resume_gateway_url"`
		User      user   `json:"user"`
		Servers   []struct {
			ID string `json:"id"`
		} `json:"guilds"`
	}
	if err := read(p.Data, &d); err != nil {
		c.f.log.Warn("reading Discord's READY", "error", err)
	}
	c.se.id, c.se.url = d.SessionID, d.ResumeURL
	c.f.self.Store(d.User.ID)
	c.seq.Store(p.Seq)
	var servers []string
	for _, s := range d.Servers {
		servers = append(servers, s.ID)
	}
	select {
	case c.f.ready <- servers:
	default:
	}
	c.ready("identify")
}

// forget makes the next connection identify.
func (c *connection) forget() {
	*c.se = session{}
	c.seq.Store(0)
}

// heartbeats keeps the connection alive, and ends it when Discord has left
// one unanswered until the next is due.
func (c *connection) heartbeats(ctx context.Context, end context.CancelCauseFunc, interval time.Duration) {
	wait := rand.N(interval) // so that a fleet does not beat at once
	for sleep(ctx, wait) {
		if !c.acked.Swap(false) {
			end(errZombie)
			return
		}
		if err := c.beat(ctx); err != nil {
			end(err)
			return
		}
		wait = interval
	}
}

func (c *connection) beat(ctx context.Context) error {
	var last any
	if seq := c.seq.Load(); seq > 0 {
		last = seq
	}
	c.sent.Store(time.Now().UnixNano())
	return c.send(ctx, opHeartbeat, last)
}

func (c *connection) send(ctx context.Context, op int, data any) error {
	raw, err := json.Marshal(map[string]any{"op": op, "d": data})
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, c.f.pace.handover)
	defer cancel()
	if err := c.ws.Write(ctx, websocket.MessageText, raw); err != nil {
		return fmt.Errorf("writing to the gateway: %w", causeOf(ctx, err))
	}
	return nil
}

// causeOf prefers why a context ended to what that looked like on the wire.
func causeOf(ctx context.Context, err error) error {
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	return err
}

// fatal are the close codes after which connecting again is of no use, and
// what to do then.
var fatal = map[websocket.StatusCode]string{
	4004: "",
	4010: "the shard is out of range; check shards in [discord]",
	4011: "the bot is in too many servers for so few shards; set shards = \"auto\" in [discord] and start it again",
	4012: "Discord no longer speaks version 10 of its gateway; update the bot",
	4013: "Discord does not know the intents that the bot asks for; update the bot",
	4014: "Discord does not allow the intents that the bot asks for; look at the bot's page in Discord's developer portal",
}

// verdict turns the end of a connection into an error that ends the program,
// or nil when connecting again may help.
func verdict(err error) error {
	code := websocket.CloseStatus(err)
	advice, ok := fatal[code]
	switch {
	case !ok:
		return nil
	case code == 4004:
		return errToken
	}
	return fmt.Errorf("staying connected to Discord (close code %s): %s", strconv.Itoa(int(code)), advice)
}

// reason names the end of a connection in few words, for counting.
func reason(err error) string {
	for _, r := range []error{errReconnect, errInvalid, errZombie} {
		if errors.Is(err, r) {
			return r.Error()
		}
	}
	if code := websocket.CloseStatus(err); code >= 0 {
		return "close code " + strconv.Itoa(int(code))
	}
	return "network"
}

// lost reports whether the end of a connection ended its session too.
func lost(err error) bool {
	switch websocket.CloseStatus(err) {
	case 4003, 4005, 4007, 4009:
		return true
	}
	return false
}
