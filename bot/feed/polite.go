package feed

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"sync"
	"time"

	"github.com/temoto/robotstxt"

	"example.org/attache/bot/fetch"
)

// Web is what sources are asked through: a [fetch.Fetcher].
type Web interface {
	Allows(address string) bool
	Fetch(ctx context.Context, r fetch.Request) (fetch.Response, error)
	Robots(ctx context.Context, address string) (fetch.Response, error)
}

// polite asks hosts as they want to be asked: one request at a time, with a
// pause after it, nothing that their robots.txt forbids, and nothing while they
// want to be left alone.
type polite struct {
	Web
	pause time.Duration

	mu    sync.Mutex
	hosts map[string]*host
}

// host is one host; who has its turn may use it.
type host struct {
	turn   chan struct{}
	next   time.Time // when it may be asked next
	alone  time.Time // until when it wants to be left alone
	robots *robotstxt.Group

	robotsRead time.Time
}

// How hosts are treated.
const (
	pauseAfter   = time.Second      // a request
	longestDelay = 30 * time.Second // that a robots.txt can ask for between two requests
	robotsLast   = 24 * time.Hour
	defaultWait  = 5 * time.Minute // after a 429 or 503 that says nothing
)

// errRobots is why an address is not asked.
var errRobots = errors.New("its robots.txt asks programs to stay away")

// waitError is that a host wants to be left alone.
type waitError struct {
	host  string
	until time.Time
}

func (e *waitError) Error() string {
	return fmt.Sprintf("%s asks to be left alone until %s", e.host, e.until.UTC().Format("2006-01-02 15:04 MST"))
}

func newPolite(w Web, pause time.Duration) *polite {
	return &polite{Web: w, pause: pause, hosts: map[string]*host{}}
}

// fetch gets what a request asks for when it is its turn.
func (p *polite) fetch(ctx context.Context, r fetch.Request) (fetch.Response, error) {
	u, err := url.Parse(r.Address)
	if err != nil || !p.Allows(r.Address) {
		return fetch.Response{}, fmt.Errorf("fetching %q: %w", r.Address, fetch.ErrNotAllowed)
	}
	h := p.host(u.Host)
	select {
	case h.turn <- struct{}{}:
		defer func() { <-h.turn }()
	case <-ctx.Done():
		return fetch.Response{}, ctx.Err()
	}
	if err := h.wait(ctx, u.Host); err != nil {
		return fetch.Response{}, err
	}
	if err := p.obey(ctx, h, u); err != nil {
		return fetch.Response{}, err
	}
	resp, err := p.Fetch(ctx, r)
	h.asked(p.pause, err)
	return resp, err
}

func (p *polite) host(name string) *host {
	p.mu.Lock()
	defer p.mu.Unlock()
	h := p.hosts[name]
	if h == nil {
		h = &host{turn: make(chan struct{}, 1)}
		p.hosts[name] = h
	}
	return h
}

// wait waits until the host may be asked; it fails where it wants to be left
// alone for longer than somebody waits.
func (h *host) wait(ctx context.Context, name string) error {
	if time.Now().Before(h.alone) {
		return &waitError{name, h.alone}
	}
	return sleep(ctx, time.Until(h.next))
}

// asked notes that the host was asked, and what its answer says of the next time.
func (h *host) asked(pause time.Duration, err error) {
	now := time.Now()
	if h.robots != nil {
		pause = max(pause, min(h.robots.CrawlDelay, longestDelay))
	}
	h.next = now.Add(pause)
	var status *fetch.StatusError
	if !errors.As(err, &status) {
		return
	}
	switch {
	case status.Wait > 0:
		h.alone = now.Add(status.Wait)
	case status.Code == 429 || status.Code == 503:
		h.alone = now.Add(defaultWait)
	}
}

// obey reports whether the host's robots.txt allows an address, and reads it
// where that was long ago.
func (p *polite) obey(ctx context.Context, h *host, u *url.URL) error {
	if h.robots == nil || time.Since(h.robotsRead) > robotsLast {
		if err := p.readRobots(ctx, h, u); err != nil {
			return err
		}
	}
	if !h.robots.Test(u.RequestURI()) {
		return fmt.Errorf("asking for %s: %w", u.Redacted(), errRobots)
	}
	return nil
}

// readRobots reads the robots.txt of a host. One that has none allows
// everything.
func (p *polite) readRobots(ctx context.Context, h *host, u *url.URL) error {
	resp, err := p.Robots(ctx, u.String())
	h.asked(p.pause, err)
	var status *fetch.StatusError
	if errors.As(err, &status) && status.Code >= 400 && status.Code < 500 && status.Code != 429 {
		resp, err = fetch.Response{}, nil
	}
	if err != nil {
		return fmt.Errorf("reading the robots.txt of %s, without which nothing is asked there: %w", u.Host, err)
	}
	data, err := robotstxt.FromBytes(resp.Data)
	if err != nil { // what can't be read forbids nothing
		data, _ = robotstxt.FromBytes(nil)
	}
	h.robots, h.robotsRead = data.FindGroup(fetch.Agent), time.Now()
	return sleep(ctx, time.Until(h.next))
}

// sleep waits for a time, or until ctx is done.
func sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
