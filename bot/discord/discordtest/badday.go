package discordtest

import (
	"net/http"
	"sync"
	"time"
)

// Identifies lists the IDENTIFYs so far.
func (s *Server) Identifies() []Identify {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Identify(nil), s.identifies...)
}

// Resumes lists the RESUMEs so far.
func (s *Server) Resumes() []Identify {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Identify(nil), s.resumes...)
}

// Online returns how many sessions have a connection.
func (s *Server) Online() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, se := range s.sessions {
		if se.conn != nil {
			n++
		}
	}
	return n
}

// AwaitOnline waits until n sessions have a connection.
func (s *Server) AwaitOnline(n int, limit time.Duration) {
	s.t.Helper()
	s.Await("the bot to be online", limit, func() bool { return s.Online() >= n })
}

// each does f to every connection, at once.
func (s *Server) each(f func(*Conn)) {
	s.mu.Lock()
	var all []*Conn
	for c := range s.conns {
		all = append(all, c)
	}
	s.mu.Unlock()
	var wg sync.WaitGroup
	for _, c := range all {
		wg.Go(func() { f(c) })
	}
	wg.Wait()
}

// Reconnect asks the bot to come again (op 7).
func (s *Server) Reconnect() { s.each(func(c *Conn) { c.Send(opReconnect, nil) }) }

// Invalidate declares the sessions invalid (op 9); unless resumable they are
// forgotten.
func (s *Server) Invalidate(resumable bool) {
	s.mu.Lock()
	if !resumable {
		clear(s.sessions)
	}
	s.mu.Unlock()
	s.each(func(c *Conn) { c.Send(opInvalidSession, resumable) })
}

// Forget loses all sessions without saying so: the next resume is refused.
func (s *Server) Forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.sessions)
}

// Cut drops all connections without a word.
func (s *Server) Cut() {
	s.each(func(c *Conn) {
		c.cancel()
		c.ws.CloseNow()
	})
}

// CloseWith closes all connections with a code.
func (s *Server) CloseWith(code int) { s.each(func(c *Conn) { c.Close(code) }) }

// Silence stops, or starts again, the acknowledgement of heartbeats.
func (s *Server) Silence(on bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.silent = on
}

// RequestHeartbeat asks for a heartbeat at once (op 1).
func (s *Server) RequestHeartbeat() { s.each(func(c *Conn) { c.Send(opHeartbeat, nil) }) }

// Fault is a disturbance of REST requests whose "METHOD /path" begins with
// Match.
type Fault struct {
	Match   string
	Holding string        // only those whose body has this text; empty: all
	Skip    int           // how many of them pass before
	Times   int           // how often after that; 0: always
	Status  int           // what is answered; 0: the usual
	Code    int           // Discord's own code of the error
	Raw     string        // the body that is answered in place of Discord's JSON, as a proxy may have it
	After   bool          // the request is carried out all the same, only its answer is lost
	Delay   time.Duration // before the request is looked at
	Late    time.Duration // before its answer is given
	Reset   bool          // the connection is cut instead of an answer
	Retry   time.Duration // of a 429
	Global  bool          // of a 429
	Scope   string        // of a 429: user, shared or global; empty: not told
	Headers http.Header   // in place of those that Discord sends with a 429

	On map[Moment]func() // what happens meanwhile
}

// Moment is a moment of a request.
type Moment string

// The moments of a request.
const (
	Came     Moment = "came"     // before anything else
	Done     Moment = "done"     // it was carried out, if it is, and is not answered yet
	Answered Moment = "answered" // the answer was sent
)

// reach does what is to happen at a moment.
func (f *Fault) reach(m Moment) {
	if f != nil && f.On[m] != nil {
		f.On[m]()
	}
}

// Leave sends the event that the bot was taken out of a server or, where that is unavailable,
// that Discord has lost sight of it for a while.
func (s *Server) Leave(server string, unavailable bool) {
	s.event(server, "GUILD_DELETE", map[string]any{"id": server, "unavailable": unavailable})
}

// DeleteChannel sends the event that a channel was deleted.
func (s *Server) DeleteChannel(at Place) {
	s.event(at.Server, "CHANNEL_DELETE", map[string]any{"id": at.Channel, "guild_id": at.Server, "type": 0})
}

// DeleteRole sends the event that a role was deleted.
func (s *Server) DeleteRole(server, role string) {
	s.event(server, "GUILD_ROLE_DELETE", map[string]any{"guild_id": server, "role_id": role})
}

// event sends the sessions in charge of a server something that happened there, if
// they want to know.
func (s *Server) event(server, name string, data any) {
	const servers = 1 << 0
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, se := range s.responsible(server) {
		if se.intents&servers != 0 {
			se.dispatch(name, data)
		}
	}
}

// Fault adds a disturbance.
func (s *Server) Fault(f Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, &f)
}

// Calm ends all disturbances.
func (s *Server) Calm() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = nil
}
