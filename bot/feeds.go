package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"time"

	"golang.org/x/sync/errgroup"

	"example.org/attache/bot/cluster"
	"example.org/attache/bot/command"
	"example.org/attache/bot/feed"
	"example.org/attache/bot/fetch"
	"example.org/attache/index"
)

// feedsCmd is about the sources that documents come from by themselves.
type feedsCmd struct {
	Check   string `help:"Show what the feed, sitemap or page at an address would bring; writes nothing." placeholder:"URL"`
	Pattern string `help:"With --check: which links of a sitemap or a page are documents; * stands for anything." placeholder:"PATTERN"`
	Full    bool   `help:"With --check: follow each entry to its page."`
	Read    bool   `help:"Read all feeds now, and then what is new of the documents."`
}

// Run lists the feeds, reads them, or shows what a new one would bring.
func (f *feedsCmd) Run(ctx context.Context, p *program) error {
	switch {
	case f.Check != "" && f.Read:
		return misused{errors.New("--check and --read are two things; give one of them")}
	case f.Check != "":
		return f.check(ctx, p)
	case f.Read:
		return f.read(ctx, p)
	}
	return p.kept(ctx, "admin feeds")
}

// sampled is how many entries of a feed a check shows.
const sampled = 5

// check shows what a feed would bring. Who has the terminal may look at an address
// that the configuration does not allow yet, as long as it is on the open
// Internet.
func (f *feedsCmd) check(ctx context.Context, p *program) error {
	if err := p.configure(); err != nil {
		return err
	}
	one := feed.Feed{Name: feed.NameOf(f.Check), Address: f.Check, Pattern: f.Pattern, Full: f.Full, Every: feed.DefaultEvery, Keep: feed.DefaultKeep}
	if err := one.Check(); err != nil {
		return misused{err}
	}
	u, _ := url.Parse(f.Check) // checked
	own := u.Scheme + "://" + u.Host + "/"
	web := fetch.New(append(p.config.Corpus.Addresses, own), p.reach)
	found, err := feed.Look(ctx, web, p.reading, one, sampled)
	if err != nil {
		return fmt.Errorf("checking the feed: %w", err)
	}
	missing := ""
	if !p.web().Allows(f.Check) {
		missing = own
	}
	return p.show(command.FeedPreview(p.words, one, found, missing))
}

// read reads all feeds, whether due or not, and what they have brought.
func (f *feedsCmd) read(ctx context.Context, p *program) error {
	if err := p.open(); err != nil {
		return err
	}
	switch {
	case p.library.stateless != nil:
		return p.library.stateless
	case len(p.feeds) == 0:
		return p.kept(ctx, "admin feeds")
	}
	if err := p.library.prepare(); err != nil {
		return err
	}
	failed := p.poller(nil).Once(ctx)
	if ctx.Err() != nil {
		return failed
	}
	bar := p.bar()
	report, err := p.library.reindex(ctx, bar.show)
	bar.finish()
	return errors.Join(p.report(p.words.Say("reindex.done"), report, err), failed)
}

// poll lets a poller ask the feeds when they are due, and what comes be read, until
// ctx is done.
func (p *program) poll(ctx context.Context, g *errgroup.Group, poller *feed.Poller, came <-chan struct{}) {
	if len(p.feeds) == 0 {
		return
	}
	g.Go(func() error { return p.alone(ctx, "feeds", poller.Run) })
	g.Go(func() error {
		takeUp(ctx, came, settle, p.update)
		return nil
	})
}

// alone runs a task that of all processes over one state only one may do at a time,
// until ctx is done. The others wait, and one of them takes over where that one
// ends.
func (p *program) alone(ctx context.Context, task string, run func(context.Context)) error {
	waits := time.AfterFunc(5*time.Second, func() {
		slog.Info("another process over the same state does this; this one takes over when that one ends", "task", task)
	})
	if n := p.library.node; n != nil {
		waits.Stop()
		n.lead(ctx, task, func(ctx context.Context, _ *cluster.Term) { run(ctx) })
		return nil
	}
	unlock, err := p.library.state.Lock(ctx, "the "+task)
	waits.Stop()
	if ctx.Err() != nil {
		return nil
	}
	if err != nil {
		return fmt.Errorf("beginning with the %s: %w", task, err)
	}
	defer unlock()
	run(ctx)
	return nil
}

// poller asks the feeds of the configuration, and sends to came, which has room for one,
// when they brought something.
func (p *program) poller(came chan<- struct{}) *feed.Poller {
	changed := func() {
		select {
		case came <- struct{}{}:
		default:
		}
	}
	o := feed.Options{Web: p.web(), Corpus: p.folder(), Reading: p.reading, Log: slog.Default(), Changed: changed}
	if p.library.state != nil {
		o.Store, o.Lock = p.library.state, p.library.state.Lock
	}
	if p.mirror != nil {
		o.Remote = p.mirror
	}
	return feed.New(p.feeds, o)
}

// takeUp reads the documents soon after something came, until ctx is done: what
// comes at once is read at once.
func takeUp(ctx context.Context, came <-chan struct{}, settle time.Duration, update func(context.Context) error) {
	again := false
	for {
		if !again {
			select {
			case <-ctx.Done():
				return
			case <-came:
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(settle):
		}
		err := update(ctx)
		again = errors.Is(err, index.ErrBusy) // somebody else's reading may have begun before it came
		if err != nil && !again && ctx.Err() == nil {
			slog.Error("the documents changed and could not be read", "error", err)
		}
	}
}
