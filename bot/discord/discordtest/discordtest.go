// Package discordtest is a small Discord on loopback, for tests.
//
// A [Server] speaks the REST API and the gateway as Discord documents them
// (API v10): sessions that resume with what they missed, close codes,
// interaction tokens that die after three seconds without an answer, replies
// that are acknowledged once. It checks every request body against Discord's
// hard limits, and against Discord's OpenAPI description where that file lies
// beside the project; a request that Discord would refuse fails the test.
//
// Tests act as people do: [Server.Slash], [Server.Press], [Server.Say]; and as
// a bad day does: [Server.Fault] for REST, [Server.Reconnect],
// [Server.Invalidate], [Server.Cut], [Server.CloseWith] and [Server.Silence]
// for the gateway.
package discordtest

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// Server is one local Discord with one application in it. The exported fields
// are set by [New] and may be changed before the bot starts.
type Server struct {
	URL    string // of the REST API, without a version
	Token  string // of the bot
	AppID  string
	UserID string // of the bot; old bots have one that is not their application's

	Servers []string // IDs of those that the bot is in
	Locale  string   // that these prefer; empty: en-US
	Threads []string // IDs of channels that are threads

	HeartbeatInterval time.Duration // what Hello tells
	AckTime           time.Duration // how long an interaction waits for its first answer
	TokenTime         time.Duration // how long an interaction's token lives after that
	Shards            int           // what /gateway/bot recommends
	MaxConcurrency    int           // how many shards may identify in one window
	IdentifyWindow    time.Duration // Discord's is five seconds
	IdentifiesLeft    int           // what session_start_limit tells
	OnResume          func(*Conn) bool
	OnIdentify        func(*Conn) bool // both: true when the hook has answered in Discord's place

	t    testing.TB
	http *httptest.Server

	mu           sync.Mutex
	next         uint64
	problems     []string
	faults       []*Fault
	requests     []Request
	buckets      map[string]*bucket
	conns        map[*Conn]bool
	sessions     map[string]*session
	identifies   []Identify
	resumes      []Identify
	silent       bool
	commands     map[string][]map[string]any // by scope: "" is global, else a server's ID
	interactions map[string]*Interaction     // by token
	channels     map[string][]*Message
	said         map[string]map[string]any // messages of people, by ID
	changed      chan struct{}             // closed and replaced whenever something happens
}

// Request is one REST request that the bot made.
type Request struct {
	At           time.Time
	Method, Path string // the path below the version, as sent
	Status       int
	Body         []byte
}

// New starts a Discord that ends with the test, which fails if the bot sent
// anything that Discord forbids.
func New(t testing.TB) *Server {
	s := &Server{
		Token: "MTAwMDAwMDAwMDAwMDAwMDAx.local." + strings.Repeat("x", 27), AppID: "100000000000000001", UserID: "100000000000000002",
		Servers:           []string{Home.Server, Foreign.Server},
		HeartbeatInterval: 41250 * time.Millisecond, AckTime: 3 * time.Second, TokenTime: 15 * time.Minute,
		Shards: 1, MaxConcurrency: 1, IdentifyWindow: 5 * time.Second, IdentifiesLeft: 1000,
		t: t, next: 200000000000000000,
		buckets: map[string]*bucket{}, conns: map[*Conn]bool{}, sessions: map[string]*session{},
		commands: map[string][]map[string]any{}, interactions: map[string]*Interaction{},
		channels: map[string][]*Message{}, said: map[string]map[string]any{}, changed: make(chan struct{}),
	}
	s.http = httptest.NewServer(s.routes())
	s.URL = s.http.URL + "/api"
	t.Cleanup(func() {
		s.Cut()
		s.http.Close()
		for _, p := range s.Problems() {
			t.Errorf("Discord would refuse: %s", p)
		}
	})
	return s
}

// Problems lists what the bot did that Discord forbids.
func (s *Server) Problems() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.problems...)
}

// Forgive forgets the problems so far: for tests that provoke them.
func (s *Server) Forgive() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.problems = nil
}

// Requests lists the requests so far whose "METHOD /path" begins with prefix.
func (s *Server) Requests(prefix string) []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []Request
	for _, r := range s.requests {
		if strings.HasPrefix(r.Method+" "+r.Path, prefix) {
			out = append(out, r)
		}
	}
	return out
}

// Await waits until done holds, at most for limit, and fails the test if it
// does not. It looks again whenever something happened.
func (s *Server) Await(what string, limit time.Duration, done func() bool) {
	s.t.Helper()
	deadline := time.After(limit)
	for {
		s.mu.Lock()
		changed := s.changed
		s.mu.Unlock()
		if done() {
			return
		}
		select {
		case <-changed:
		case <-time.After(50 * time.Millisecond):
		case <-deadline:
			s.t.Fatalf("%s: not within %v", what, limit)
		}
	}
}

// problem notes a breach; s.mu is held.
func (s *Server) problem(format string, args ...any) {
	s.problems = append(s.problems, fmt.Sprintf(format, args...))
}

// touch wakes those who wait; s.mu is held.
func (s *Server) touch() {
	close(s.changed)
	s.changed = make(chan struct{})
}

// id returns a new snowflake; s.mu is held.
func (s *Server) id() string {
	s.next++
	return strconv.FormatUint(s.next, 10)
}

func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/ws", s.serveGateway)
	mux.HandleFunc("/api/", s.serveREST)
	return mux
}
