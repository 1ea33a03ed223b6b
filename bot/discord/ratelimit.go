package discord

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"
)

// limitError is a 429: what was too much for whoever sent it, and for how long
// it wants no more of that.
type limitError struct {
	scope scope
	wait  time.Duration
	held  bool // it was said before, and nothing was sent
}

func (e *limitError) Error() string {
	return fmt.Sprintf("too many requests (%s); nothing more for %v", e.scope, e.wait.Round(time.Millisecond))
}

// scope is what a 429 is about.
type scope uint8

const (
	ofRoute   scope = iota // one kind of request to one channel, server or webhook
	ofBot                  // all that the bot does, but for answers to interactions
	ofAddress              // all that comes from this address: Cloudflare or a proxy says so
)

func (s scope) String() string {
	return [...]string{"this kind of request", "all requests of the bot", "all requests from this address"}[s]
}

// throttling makes every 429 a limitError: the library knows one form of it,
// and not those of Cloudflare and of proxies.
type throttling struct{ http.RoundTripper }

func (t throttling) RoundTrip(req *http.Request) (*http.Response, error) {
	resp, err := t.RoundTripper.RoundTrip(req)
	if limit := limitOf(resp); limit != nil {
		resp.Body.Close()
		return nil, limit
	}
	return resp, err
}

// limitOf reads a response that is a 429; nil where it is none.
func limitOf(resp *http.Response) *limitError {
	if resp == nil || resp.StatusCode != http.StatusTooManyRequests {
		return nil
	}
	body, _ := io.ReadAll(io.LimitReader(resp.Body, 64<<10)) // what can't be read says nothing
	return readLimit(resp.Header, body, time.Now())
}

// readLimit reads a 429. The body tells the time to the millisecond, the header
// Retry-After in whole seconds or as a date; where they differ by more than
// that, the longer counts. Without either it is a second.
func readLimit(h http.Header, body []byte, now time.Time) *limitError {
	var told struct {
		After  json.Number `json:"retry_after"`
		Global bool        `json:"global"`
	}
	ours := json.Unmarshal(body, &told) == nil && told.After != ""
	exact, okExact := seconds(told.After.String())
	if !okExact {
		exact, okExact = seconds(h.Get("X-RateLimit-Reset-After"))
	}
	header, okHeader := seconds(h.Get("Retry-After"))
	if at, err := http.ParseTime(h.Get("Retry-After")); err == nil {
		header, okHeader = max(at.Sub(now), 0), true
	}
	e := &limitError{wait: exact}
	switch {
	case !okExact && !okHeader:
		e.wait = time.Second
	case !okExact, okHeader && header-time.Second > exact:
		e.wait = header
	}
	known := h.Get("X-RateLimit-Scope") != "" || h.Get("X-RateLimit-Bucket") != "" || h.Get("X-RateLimit-Global") != "" || h.Get("X-RateLimit-Reset-After") != ""
	switch {
	case told.Global, h.Get("X-RateLimit-Scope") == "global", h.Get("X-RateLimit-Global") != "":
		e.scope = ofBot
	case !known && !ours:
		e.scope = ofAddress
	}
	return e
}

// seconds reads a number of seconds.
func seconds(s string) (time.Duration, bool) {
	n, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
	if err != nil || math.IsNaN(n) || n < 0 {
		return 0, false
	}
	return time.Duration(min(n, 24*3600) * float64(time.Second)), true
}

// pauses are the times until which nothing may be sent, by what it is about.
type pauses struct {
	mu        sync.Mutex
	bot       time.Time // until then nothing that needs the bot's token
	tokened   time.Time // nor what carries the token of an interaction
	announced time.Time // until when the log knows of
}

// left is how long a request has to wait.
func (p *pauses) left(req request) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	if req.tokened() {
		return time.Until(p.tokened)
	}
	return time.Until(p.bot)
}

// set keeps a 429 that is about more than one kind of request. It reports
// whether that is news.
func (p *pauses) set(e *limitError, req request) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	until := time.Now().Add(e.wait)
	if e.scope == ofAddress || !req.tokened() {
		p.bot = later(p.bot, until)
	}
	if e.scope == ofAddress || req.tokened() {
		p.tokened = later(p.tokened, until)
	}
	news := until.After(p.announced.Add(time.Second))
	p.announced = later(p.announced, until)
	return news
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// tokened reports whether a request is to an endpoint of interactions: these
// have no part in the limit on all that a bot does.
func (req request) tokened() bool {
	return strings.HasPrefix(req.path, "/interactions/") || strings.HasPrefix(req.path, "/webhooks/")
}

// obey takes up a 429: later requests of its scope wait, and the log says so.
func (r *rest) obey(ctx context.Context, e *limitError, req request) {
	news := true
	if e.scope == ofRoute {
		b := r.bucket(req)
		b.Lock()
		until, _ := b.Userdata.(time.Time)
		b.Userdata = later(until, time.Now().Add(e.wait))
		b.Unlock()
	} else {
		news = r.pauses.set(e, req)
	}
	if news {
		r.log.WarnContext(ctx, "Discord limits the bot's requests; waiting as long as it says", "what", req.what, "limited", e.scope.String(), "for", e.wait.Round(time.Millisecond))
	}
}

// bucket is the rate limit that a request counts against.
func (r *rest) bucket(req request) *discordgo.Bucket {
	if req.limiter != nil {
		return req.limiter.GetBucket(req.bucket)
	}
	return r.limiter.GetBucket(req.bucket)
}

// hold waits until a request may be made, and returns its bucket, locked. It
// fails at once where that comes after the end of ctx.
func (r *rest) hold(ctx context.Context, req request) (*discordgo.Bucket, error) {
	bucket := r.bucket(req)
	limiter := req.limiter
	if limiter == nil {
		limiter = r.limiter
	}
	for {
		bucket.Lock()
		until, _ := bucket.Userdata.(time.Time)
		wait := max(limiter.GetWaitTime(bucket, 1), time.Until(until), r.pauses.left(req))
		if wait <= 0 {
			return bucket, nil
		}
		bucket.Unlock()
		if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) < wait {
			return nil, &limitError{wait: wait, held: true}
		}
		if !sleep(ctx, wait) {
			return nil, context.Cause(ctx)
		}
	}
}
