package feed

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"path"
	"runtime/debug"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"example.org/attache/bot/fetch"
	"example.org/attache/corpus"
)

// Options are what a [Poller] works with.
type Options struct {
	Web     Web
	Store   Store
	Corpus  string         // the folder that documents are kept below
	Remote  Remote         // and where else; may be nil
	Reading corpus.Options // how the corpus reads them
	Log     *slog.Logger
	Changed func() // is told when documents came, changed or went; must return soon

	// Lock waits until no other process reads the source called name; nil: none does.
	Lock func(ctx context.Context, name string) (unlock func(), err error)

	Pause time.Duration // after a request to a host; 0: a second
}

// Poller asks sources for what is new.
type Poller struct {
	feeds   []Feed
	web     *polite
	store   Store
	corpus  string
	remote  Remote
	reading corpus.Options
	log     *slog.Logger
	changed func()
	lock    func(ctx context.Context, name string) (unlock func(), err error)
	busy    chan struct{} // bounds how many sources are asked at once
	counts  counts
}

// mostAtOnce is how many sources are asked at once: the listing and the page of
// each are in memory. Documents are read as the memory of Options.Reading allows.
const mostAtOnce = 4

// New returns a Poller of some feeds.
func New(feeds []Feed, o Options) *Poller {
	if o.Pause == 0 {
		o.Pause = pauseAfter
	}
	if o.Lock == nil {
		o.Lock = func(context.Context, string) (func(), error) { return func() {}, nil }
	}
	return &Poller{feeds: feeds, web: newPolite(o.Web, o.Pause), store: o.Store, corpus: o.Corpus, remote: o.Remote, reading: o.Reading, lock: o.Lock,
		log: o.Log, changed: o.Changed, busy: make(chan struct{}, mostAtOnce), counts: newCounts()}
}

// Run asks each source when it is due, until ctx is done.
func (p *Poller) Run(ctx context.Context) {
	var running sync.WaitGroup
	for _, f := range p.feeds {
		running.Go(func() { p.follow(ctx, f) })
	}
	running.Wait()
}

// follow asks one source when it is due, until ctx is done.
func (p *Poller) follow(ctx context.Context, f Feed) {
	var next time.Time
	for sleep(ctx, time.Until(next)) == nil {
		next = p.once(ctx, f, false)
	}
}

// Once asks every source now, one after another, whether due or not. The error
// names those that failed.
func (p *Poller) Once(ctx context.Context) error {
	var failed []error
	for _, f := range p.feeds {
		p.once(ctx, f, true)
		if ctx.Err() != nil {
			return fmt.Errorf("reading the feeds: %w", ctx.Err())
		}
		k, err := loadFeed(p.store, f)
		if err != nil {
			return err
		}
		if k.Failures > 0 {
			failed = append(failed, fmt.Errorf("the feed %s: %s", f.Name, k.Failure))
		}
	}
	return errors.Join(failed...)
}

// once asks one source, if that is due or wanted now, keeps what came of that, and
// returns when to ask again.
func (p *Poller) once(ctx context.Context, f Feed, now bool) (next time.Time) {
	select {
	case p.busy <- struct{}{}:
		defer func() { <-p.busy }()
	case <-ctx.Done():
		return time.Now().Add(f.Every)
	}
	unlock, busy := p.lock(ctx, "feed "+f.Name)
	if busy == nil {
		defer unlock()
	}
	r := &round{Poller: p, Feed: f, now: time.Now()}
	var err error
	if r.known, err = loadFeed(p.store, f); err != nil {
		p.log.Error("not known when a feed was read last; it is read now", "feed", f.Name, "error", err)
	} else if !now && r.Next.After(r.now) { // another process, or an earlier run, has read it
		return r.Next
	}
	if err = busy; err == nil {
		err = p.ask(ctx, r)
	}
	if r.found+r.moved > 0 && p.changed != nil {
		p.changed()
	}
	if ctx.Err() != nil { // it is asked again at the next start
		return time.Now().Add(f.Every)
	}
	r.conclude(err)
	p.counts.add(r, err)
	if err := save(p.store, f, r.known); err != nil {
		p.log.Error("how a feed does was not kept", "feed", f.Name, "error", err)
	}
	return r.Next
}

// ask asks the source of a round. A panic costs no other source anything.
func (p *Poller) ask(ctx context.Context, r *round) (err error) {
	defer func() {
		if fault := recover(); fault != nil {
			p.log.Error("reading a feed panicked", "feed", r.Feed.Name, "panic", fault, "stack", string(debug.Stack()))
			err = fmt.Errorf("reading it failed by a fault of this program: %v", fault)
		}
	}()
	if r.known, r.items, err = load(p.store, r.Feed); err != nil {
		return err
	}
	if p.remote != nil { // another process may have asked the feed the last time
		if err := p.remote.Refresh(ctx); err != nil {
			return err
		}
	}
	root, err := os.OpenRoot(p.corpus)
	if err != nil {
		return fmt.Errorf("opening the corpus folder: %w", err)
	}
	defer root.Close()
	r.files = newFiles(ctx, root, p.remote)
	dir := r.Feed.Dir()
	if err := errors.Join(r.files.sweep(dir), r.files.sweep(path.Join(dir, earlier))); err != nil {
		r.log.Warn("what an interrupted round left is still there", "feed", r.Feed.Name, "error", err)
	}
	return r.ask(ctx)
}

// longestBackoff is the longest time between two tries of a source that fails.
const longestBackoff = 24 * time.Hour

// conclude notes what came of a round, and when the next one is. The first failure
// and the recovery from it are told.
func (r *round) conclude(err error) {
	if r.known.Address == "" {
		r.known.Address = r.Feed.Address
	}
	if r.found > 0 {
		r.New, r.Came = r.found, r.now
	}
	wait := r.Every
	if err == nil {
		if r.Failures > 0 {
			r.log.Info("a feed is read again", "feed", r.Feed.Name, "new", r.found)
		} else if r.found+r.moved > 0 {
			r.log.Info("a feed has brought something", "feed", r.Feed.Name, "new", r.found, "changed", r.moved)
		}
		r.Success, r.Failures = r.now, 0
		if r.left {
			wait = LeastEvery
		}
	} else {
		r.Failed, r.Failure = r.now, oneLine(err)
		if r.Failures++; r.Failures == 1 {
			r.log.Warn("a feed can't be read; it is tried again, less and less often", "feed", r.Feed.Name, "error", r.Failure)
		}
		wait = max(wait, min(wait<<min(r.Failures-1, 10), longestBackoff))
	}
	now := time.Now()
	r.Next = now.Add(wait - wait/10 + rand.N(wait/5)) // so that many don't ask at once
	var alone *waitError
	var status *fetch.StatusError
	switch {
	case errors.As(err, &alone) && alone.until.After(r.Next):
		r.Next = alone.until
	case errors.As(err, &status) && now.Add(status.Wait).After(r.Next):
		r.Next = now.Add(status.Wait)
	}
}

// counts is what a Poller reports to Prometheus.
type counts struct {
	documents, changes, failures *prometheus.CounterVec
	success                      *prometheus.GaugeVec
}

func newCounts() counts {
	counter := func(name, help string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Name: "attache_feed_" + name, Help: help}, []string{"feed"})
	}
	return counts{
		documents: counter("documents_total", "Documents that a feed has brought."),
		changes:   counter("changes_total", "Documents of a feed that changed or vanished at their source."),
		failures:  counter("failures_total", "Rounds in which a feed could not be read."),
		success: prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "attache_feed_success_seconds",
			Help: "When a feed was read last, in Unix time."}, []string{"feed"}),
	}
}

func (c counts) add(r *round, err error) {
	c.documents.WithLabelValues(r.Feed.Name).Add(float64(r.found))
	c.changes.WithLabelValues(r.Feed.Name).Add(float64(r.moved))
	if err != nil {
		c.failures.WithLabelValues(r.Feed.Name).Inc()
		return
	}
	c.failures.WithLabelValues(r.Feed.Name).Add(0)
	c.success.WithLabelValues(r.Feed.Name).Set(float64(r.now.Unix()))
}

func (c counts) all() []prometheus.Collector {
	return []prometheus.Collector{c.documents, c.changes, c.failures, c.success}
}

// Describe and Collect make a Poller something that Prometheus collects.
func (p *Poller) Describe(out chan<- *prometheus.Desc) {
	for _, c := range p.counts.all() {
		c.Describe(out)
	}
}

// Collect hands over what is counted.
func (p *Poller) Collect(out chan<- prometheus.Metric) {
	for _, c := range p.counts.all() {
		c.Collect(out)
	}
}
