// Package api lets other programs ask over HTTP, and only ask: answers as JSON,
// in the objects that --json prints, Atom feeds of what somebody says or what is
// said on a topic, and a page for each quote that shows it in its document.
//
// The description of the interface is openapi.json; tests hold real answers
// against it. All but the pages of quotes needs the token, where there is one:
// who has the address of a quote has its words already, and sees those around
// them.
package api

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"example.org/attache/bot/command"
)

// Config says who may ask and how much.
type Config struct {
	Token     string       // that callers give; empty: none is asked for, and only this machine may ask
	PublicURL string       // where the server is reached from outside, without a slash at the end; may be empty
	PerMinute int          // requests of one address in a minute; 0: without limit
	MCP       http.Handler // answers at /mcp; nil: nothing does
	Log       *slog.Logger
}

// The times and sizes of requests.
const (
	mostTime   = 20 * time.Second // that an answer may take
	mostHeader = 16 << 10
	mostBody   = 1 << 20
	drain      = 4 * time.Second // for what is in flight at the end
)

// Server answers requests.
type Server struct {
	Config
	bot    *command.Bot
	token  [sha256.Size]byte
	limits *limits
	busy   chan struct{} // bounds how many requests are worked on at once
}

// New returns a Server of a bot.
func New(c Config, b *command.Bot) *Server {
	return &Server{Config: c, bot: b, token: sha256.Sum256([]byte(c.Token)), limits: newLimits(c.PerMinute), busy: make(chan struct{}, 2*runtime.GOMAXPROCS(0))}
}

// Serve answers on the address listen until ctx is done, then finishes what is
// in flight.
func (s *Server) Serve(ctx context.Context, listen string) error {
	lis, err := net.Listen("tcp", listen)
	if err != nil {
		return fmt.Errorf("listening for the API (api.listen): %w", err)
	}
	srv := &http.Server{Handler: s.Handler(), ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second, WriteTimeout: mostTime + 10*time.Second,
		IdleTimeout: time.Minute, MaxHeaderBytes: mostHeader, ErrorLog: slog.NewLogLogger(s.Log.Handler(), slog.LevelWarn)}
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		<-ctx.Done()
		end, cancel := context.WithTimeout(context.Background(), drain)
		defer cancel()
		if srv.Shutdown(end) != nil {
			srv.Close()
		}
	}()
	s.Log.Info("serving the API", "address", lis.Addr().String(), "public", s.PublicURL, "token", s.Token != "")
	if err := srv.Serve(lis); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serving the API: %w", err)
	}
	<-stopped
	return nil
}

//go:embed openapi.json
var description []byte

// Handler answers every path.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	for _, q := range queries {
		mux.Handle("GET /v1/"+q.name, s.private(s.query(q)))
	}
	mux.Handle("GET /v1/text", s.private(http.HandlerFunc(s.text)))
	mux.Handle("GET /feeds/said", s.private(s.feed("said")))
	mux.Handle("GET /feeds/timeline", s.private(s.feed("timeline")))
	mux.HandleFunc("GET /q/{quote...}", s.page)
	mux.HandleFunc("GET /openapi.json", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Write(description)
	})
	mux.HandleFunc("GET /robots.txt", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		fmt.Fprint(w, "User-agent: *\nDisallow: /\n")
	})
	if s.MCP != nil {
		mux.Handle("/mcp", s.private(s.MCP))
	}
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			fail(w, http.StatusMethodNotAllowed, "this interface only answers; use GET")
			return
		}
		fail(w, http.StatusNotFound, "there is nothing at this path; /openapi.json lists what there is")
	})
	return s.guard(mux)
}

// guard bounds each request, and sees to it that browsers take an answer for
// nothing but what it is.
func (s *Server) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("X-Robots-Tag", "noindex, nofollow")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		defer func() {
			if p := recover(); p != nil && p != http.ErrAbortHandler {
				s.Log.Error("answering a request panicked", "path", r.URL.Path, "panic", p, "stack", string(debug.Stack()))
				fail(w, http.StatusInternalServerError, "something went wrong here; it is in the log")
			}
		}()
		if s.Token == "" && !local(r.Host) { // a page of another site may have this machine's address looked up under its own name
			fail(w, http.StatusForbidden, "without a token, only this machine may ask, by the name localhost or its address")
			return
		}
		if wait, ok := s.limits.take(client(r), time.Now()); !ok {
			h.Set("Retry-After", fmt.Sprint(int(wait/time.Second)+1))
			fail(w, http.StatusTooManyRequests, "these were too many requests for a minute; Retry-After says when to come back")
			return
		}
		if s.bot.Stale != nil && s.bot.Stale() != nil {
			h.Set("Retry-After", "60")
			fail(w, http.StatusServiceUnavailable, "nothing is quoted while it can't be known which documents were removed")
			return
		}
		ctx, cancel := context.WithTimeout(r.Context(), mostTime)
		defer cancel()
		select {
		case s.busy <- struct{}{}:
			defer func() { <-s.busy }()
		case <-ctx.Done():
			h.Set("Retry-After", "10")
			fail(w, http.StatusServiceUnavailable, "too much is asked at once; try again in a moment")
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, mostBody)
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// private lets in who gives the token, as a bearer or, for readers of feeds, as
// the password of Basic authentication.
func (s *Server) private(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if s.Token != "" && !s.given(r) {
			w.Header().Set("WWW-Authenticate", `Bearer realm="attache", Basic realm="attache"`)
			fail(w, http.StatusUnauthorized, "this needs the token of [api]: Authorization: Bearer TOKEN, or Basic with the token as the password")
			return
		}
		next.ServeHTTP(w, r)
	})
}

// given reports whether a request has the token, in a time that doesn't depend
// on how much of it is right.
func (s *Server) given(r *http.Request) bool {
	token, ok := bearer(r.Header.Get("Authorization"))
	if !ok {
		_, token, ok = r.BasicAuth()
	}
	sum := sha256.Sum256([]byte(token))
	return ok && subtle.ConstantTimeCompare(sum[:], s.token[:]) == 1
}

func bearer(header string) (token string, ok bool) {
	scheme, token, ok := strings.Cut(header, " ")
	return strings.TrimSpace(token), ok && strings.EqualFold(scheme, "Bearer")
}

// local reports whether a Host header names this machine.
func local(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.Trim(host, "[]")
	ip := net.ParseIP(host)
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}

// problem is an error as RFC 9457 writes it.
type problem struct {
	Title  string `json:"title"`
	Status int    `json:"status"`
	Detail string `json:"detail"`
}

func fail(w http.ResponseWriter, status int, detail string) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(problem{http.StatusText(status), status, detail}) // who left doesn't read it
}

func answer(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.Encode(v) // who left doesn't read it
}

// address is how the server is reached, as far as is known.
func (s *Server) address(r *http.Request) string {
	if s.PublicURL != "" {
		return s.PublicURL
	}
	return (&url.URL{Scheme: "http", Host: r.Host}).String()
}
