package discordtest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math"
	"mime"
	"mime/multipart"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// reply is what a route answers.
type reply struct {
	status int
	body   any
}

// refuse is an error body as Discord writes it.
func refuse(status, code int, message string) reply {
	return reply{status, map[string]any{"code": code, "message": message}}
}

// call is one request on its way to a route.
type call struct {
	method string
	params map[string]string
	body   []byte            // JSON: the body, or the payload_json of a form
	files  map[string][]byte // by form name
	r      *http.Request
}

type route struct {
	method, pattern string
	open            bool // needs no bot token: the path carries its own
	limit           int  // requests in per; 0: none told
	per             time.Duration
	serve           func(*Server, call) reply
}

var routes = []route{
	{method: "GET", pattern: "/gateway", open: true, serve: (*Server).getGateway},
	{method: "GET", pattern: "/gateway/bot", serve: (*Server).getGatewayBot},
	{method: "GET", pattern: "/applications/@me", serve: (*Server).getApplication},
	{method: "GET", pattern: "/oauth2/applications/@me", serve: (*Server).getApplication},
	{method: "GET", pattern: "/users/@me", serve: (*Server).getUser},
	{method: "GET", pattern: "/users/@me/guilds", serve: (*Server).getServers},
	{method: "GET", pattern: "/guilds/{guild_id}", serve: (*Server).getServer},
	{method: "GET", pattern: "/guilds/{guild_id}/roles", serve: (*Server).getRoles},
	{method: "GET", pattern: "/channels/{channel_id}", serve: (*Server).getChannel},
	{method: "GET", pattern: "/channels/{channel_id}/messages", limit: 5, per: 5 * time.Second, serve: (*Server).getMessages},
	{method: "GET", pattern: "/channels/{channel_id}/messages/{message_id}", limit: 5, per: 5 * time.Second, serve: (*Server).getMessage},
	{method: "GET", pattern: "/applications/{application_id}/commands", limit: 50, per: 20 * time.Second, serve: (*Server).getCommands},
	{method: "PUT", pattern: "/applications/{application_id}/commands", limit: 20, per: 20 * time.Second, serve: (*Server).putCommands},
	{method: "GET", pattern: "/applications/{application_id}/guilds/{guild_id}/commands", limit: 50, per: 20 * time.Second, serve: (*Server).getCommands},
	{method: "PUT", pattern: "/applications/{application_id}/guilds/{guild_id}/commands", limit: 20, per: 20 * time.Second, serve: (*Server).putCommands},
	{method: "POST", pattern: "/interactions/{interaction_id}/{interaction_token}/callback", open: true, serve: (*Server).postCallback},
	{method: "GET", pattern: "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}", open: true, serve: (*Server).getReply},
	{method: "PATCH", pattern: "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}", open: true, limit: 5, per: 5 * time.Second, serve: (*Server).patchReply},
	{method: "DELETE", pattern: "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}", open: true, limit: 5, per: 5 * time.Second, serve: (*Server).deleteReply},
	{method: "POST", pattern: "/webhooks/{webhook_id}/{webhook_token}", open: true, limit: 5, per: 2 * time.Second, serve: (*Server).postFollowup},
	{method: "POST", pattern: "/users/@me/channels", limit: 10, per: 10 * time.Second, serve: (*Server).postDirect},
	{method: "POST", pattern: "/channels/{channel_id}/messages", limit: 5, per: 5 * time.Second, serve: (*Server).postMessage},
	{method: "PATCH", pattern: "/channels/{channel_id}/messages/{message_id}", limit: 5, per: 5 * time.Second, serve: (*Server).patchMessage},
	{method: "POST", pattern: "/channels/{channel_id}/typing", limit: 5, per: 5 * time.Second, serve: func(*Server, call) reply { return reply{status: 204} }},
}

// bucket counts the requests of one route and its major parameter.
type bucket struct {
	used  int
	reset time.Time
}

func (s *Server) serveREST(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, 32<<20))
	if err != nil {
		return
	}
	version, path := cutVersion(r.URL.EscapedPath())
	done := Request{At: time.Now(), Method: r.Method, Path: path, Body: body}
	fault := s.fault(r.Method+" "+path, string(body))
	fault.reach(Came)
	if fault != nil && fault.Delay > 0 {
		select {
		case <-time.After(fault.Delay):
		case <-r.Context().Done():
		}
	}
	rep := s.disturbed(fault, func() reply { return s.answer(w.Header(), version, path, r, body) })
	fault.reach(Done)
	if fault != nil && fault.Late > 0 {
		select {
		case <-time.After(fault.Late):
		case <-r.Context().Done():
		}
	}
	done.Status = rep.status
	s.mu.Lock()
	s.requests = append(s.requests, done)
	s.touch()
	s.mu.Unlock()
	if fault != nil && fault.Reset {
		if c, _, err := w.(http.Hijacker).Hijack(); err == nil {
			c.Close()
		}
		return
	}
	if rep.status == 429 && fault != nil {
		fault.limits(w.Header())
	}
	if fault != nil && fault.Raw != "" {
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(rep.status)
		io.WriteString(w, fault.Raw)
		return
	}
	if rep.body != nil {
		w.Header().Set("Content-Type", "application/json")
	}
	w.WriteHeader(rep.status)
	if rep.body != nil {
		json.NewEncoder(w).Encode(rep.body)
	}
	if fault != nil && fault.On[Answered] != nil {
		http.NewResponseController(w).Flush() // an error is that of a client that has gone
		fault.reach(Answered)
	}
}

// limits sets the headers of a 429.
func (f *Fault) limits(h http.Header) {
	if f.Headers != nil {
		clear(h)
		maps.Copy(h, f.Headers)
		return
	}
	h.Set("Retry-After", strconv.Itoa(int(math.Ceil(f.Retry.Seconds()))))
	h.Set("X-RateLimit-Reset-After", strconv.FormatFloat(f.Retry.Seconds(), 'f', 3, 64))
	if f.Global {
		h.Set("X-RateLimit-Global", "true")
	}
	if f.Scope != "" {
		h.Set("X-RateLimit-Scope", f.Scope)
	}
}

// disturbed answers a request as a fault will have it, if there is one.
func (s *Server) disturbed(f *Fault, usual func() reply) reply {
	switch {
	case f == nil || f.Status == 0 && !f.Reset:
		return usual()
	case f.After:
		usual()
	}
	switch {
	case f.Status == 429:
		return reply{429, map[string]any{"message": "You are being rate limited.", "retry_after": f.Retry.Seconds(), "global": f.Global}}
	case f.Status >= 500:
		return reply{f.Status, nil}
	}
	return refuse(max(f.Status, 400), f.Code, http.StatusText(f.Status))
}

func (s *Server) fault(what, body string) *Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, f := range s.faults {
		if !strings.HasPrefix(what, f.Match) || !strings.Contains(body, f.Holding) {
			continue
		}
		if f.Skip > 0 {
			f.Skip--
			continue
		}
		if f.Times == 1 {
			s.faults = append(s.faults[:i:i], s.faults[i+1:]...)
		} else if f.Times > 0 {
			f.Times--
		}
		one := *f
		return &one
	}
	return nil
}

var versioned = regexp.MustCompile(`^/api/(v\d+)(/.*)$`)

func cutVersion(path string) (version, rest string) {
	m := versioned.FindStringSubmatch(path)
	if m == nil {
		return "", strings.TrimPrefix(path, "/api")
	}
	return m[1], m[2]
}

// answer finds the route of a request and lets it serve.
func (s *Server) answer(h http.Header, version, path string, r *http.Request, body []byte) reply {
	s.mu.Lock()
	defer s.mu.Unlock()
	if version != "v10" {
		s.problem("%s %s: API version %q, want v10", r.Method, path, version)
		return refuse(400, 50041, "Invalid API version specified")
	}
	if ua := r.Header.Get("User-Agent"); !strings.HasPrefix(ua, "DiscordBot (") {
		s.problem("%s %s: User-Agent %q, want DiscordBot (url, version)", r.Method, path, ua)
	}
	known := false
	for i := range routes {
		rt := &routes[i]
		params, ok := match(rt.pattern, path)
		if !ok {
			continue
		}
		known = true
		if rt.method != r.Method {
			continue
		}
		if !rt.open && r.Header.Get("Authorization") != "Bot "+s.Token {
			return refuse(401, 0, "401: Unauthorized")
		}
		if rep, full := s.limit(h, rt, params); full {
			return rep
		}
		c := call{method: r.Method, params: params, body: body, r: r}
		if rep, ok := s.open(rt, &c); !ok {
			return rep
		}
		return rt.serve(s, c)
	}
	if known {
		return refuse(405, 0, "405: Method Not Allowed")
	}
	return refuse(404, 0, "404: Not Found")
}

// open reads the body of a request and checks it.
func (s *Server) open(rt *route, c *call) (reply, bool) {
	if c.method == "GET" || c.method == "DELETE" || strings.HasSuffix(rt.pattern, "/typing") {
		return reply{}, true
	}
	kind, params, _ := mime.ParseMediaType(c.r.Header.Get("Content-Type"))
	if kind == "multipart/form-data" {
		form, err := multipart.NewReader(bytes.NewReader(c.body), params["boundary"]).ReadForm(32 << 20)
		if err != nil || len(form.Value["payload_json"]) != 1 {
			return refuse(400, 50109, "The request body contains invalid JSON."), false
		}
		c.body, c.files = []byte(form.Value["payload_json"][0]), map[string][]byte{}
		for name, parts := range form.File {
			f, err := parts[0].Open()
			if err != nil {
				return refuse(500, 0, err.Error()), false
			}
			c.files[name], _ = io.ReadAll(f)
			f.Close()
		}
	} else if kind != "application/json" {
		s.problem("%s %s: Content-Type %q", c.method, rt.pattern, kind)
	}
	if !json.Valid(c.body) {
		s.problem("%s %s: not JSON: %.80q", c.method, rt.pattern, c.body)
		return refuse(400, 50109, "The request body contains invalid JSON."), false
	}
	before := len(s.problems)
	for _, p := range append(checkLimits(rt.pattern, c), checkSchema(c.method, rt.pattern, c.body)...) {
		s.problem("%s %s: %s: %.300s", c.method, rt.pattern, p, c.body)
	}
	if len(s.problems) > before {
		return reply{400, map[string]any{"code": 50035, "message": "Invalid Form Body", "errors": map[string]any{}}}, false
	}
	return reply{}, true
}

// limit counts a request in its bucket and tells the bot how full it is.
func (s *Server) limit(h http.Header, rt *route, params map[string]string) (reply, bool) {
	if rt.limit == 0 {
		return reply{}, false
	}
	key := rt.method + rt.pattern + params["channel_id"] + params["webhook_token"] + params["guild_id"]
	b := s.buckets[key]
	if b == nil || time.Now().After(b.reset) {
		b = &bucket{reset: time.Now().Add(rt.per)}
		s.buckets[key] = b
	}
	b.used++
	after := time.Until(b.reset).Seconds()
	h.Set("X-RateLimit-Bucket", fmt.Sprintf("%x", len(rt.pattern)*31+len(rt.method)))
	h.Set("X-RateLimit-Limit", strconv.Itoa(rt.limit))
	h.Set("X-RateLimit-Remaining", strconv.Itoa(max(rt.limit-b.used, 0)))
	h.Set("X-RateLimit-Reset", strconv.FormatFloat(float64(b.reset.UnixMilli())/1000, 'f', 3, 64))
	h.Set("X-RateLimit-Reset-After", strconv.FormatFloat(after, 'f', 3, 64))
	if b.used <= rt.limit {
		return reply{}, false
	}
	h.Set("X-RateLimit-Scope", "user")
	h.Set("Retry-After", strconv.Itoa(int(math.Ceil(after))))
	return reply{429, map[string]any{"message": "You are being rate limited.", "retry_after": after, "global": false}}, true
}

// match compares a path with a pattern and returns its parameters.
func match(pattern, path string) (map[string]string, bool) {
	want, got := strings.Split(pattern, "/"), strings.Split(path, "/")
	if len(want) != len(got) {
		return nil, false
	}
	params := map[string]string{}
	for i, w := range want {
		if strings.HasPrefix(w, "{") {
			params[strings.Trim(w, "{}")] = got[i]
		} else if w != got[i] {
			return nil, false
		}
	}
	return params, true
}
