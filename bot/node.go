package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"golang.org/x/sync/errgroup"

	"example.org/attache/bot/blob"
	"example.org/attache/bot/cluster"
	"example.org/attache/bot/etcd"
	"example.org/attache/bot/state"
	"example.org/attache/index"
)

// node is this process as one of a cluster: what it shares with the others, and
// the generation of the index that it answers from.
type node struct {
	*cluster.Node
	space       *etcd.Space
	state       *state.Etcd
	generations *blob.Generations
	library     *library
	fresh       *cluster.Freshness
	name        string

	removed chan struct{} // takes that other documents are removed than before

	mu    sync.Mutex // held while the index is changed
	once  sync.Once
	stop  context.CancelFunc
	ended chan error
}

// The files beside an index that say which stored generation it is, and by its time
// when its node last saw which documents were removed.
const (
	storedFile = "stored-as"
	seenFile   = "removed-seen"
)

// newNode returns this process as a node that does one command. It takes part once
// it has begun.
func (p *program) newNode(space *etcd.Space, shared *state.Etcd) (*node, error) {
	c := p.config.Cluster
	bucket, err := blob.Open(p.config.store(p.env), c.Generations)
	if err != nil {
		return nil, misused{fmt.Errorf("opening the place of the generations (cluster.generations): %w", err)}
	}
	n := &node{space: space, state: shared, generations: blob.NewGenerations(bucket), library: p.library, name: c.Node, ended: make(chan error, 1), removed: make(chan struct{}, 1)}
	n.Node = cluster.New(space, cluster.Member{Name: fmt.Sprintf("%s-%d", c.Node, os.Getpid()), Version: version(), Format: index.Format(), Tool: true}, slog.Default())
	n.fresh = cluster.NewFreshness(c.StaleAfter.Duration, n.seen(p.indexDir()))
	return n, nil
}

// serves makes it one that answers. It is called before it begins.
func (n *node) serves() {
	n.Node = cluster.New(n.space, cluster.Member{Name: n.name, Version: version(), Format: index.Format()}, slog.Default())
}

// takePart lets the program answer as one of several nodes.
func (p *program) takePart(ctx context.Context, g *errgroup.Group) {
	n := p.library.node
	if n == nil {
		return
	}
	n.begin()
	g.Go(func() error { return n.wait(ctx) })
	for _, run := range []func(context.Context){n.watchRemoved, n.keepUp, func(ctx context.Context) {
		n.lead(ctx, "store", func(ctx context.Context, _ *cluster.Term) { n.collect(ctx) })
	}} {
		g.Go(func() error {
			run(ctx)
			return nil
		})
	}
}

// begin lets this process take part until it is closed.
func (n *node) begin() {
	n.once.Do(func() {
		ctx, stop := context.WithCancel(context.Background())
		n.stop = stop
		go func() { n.ended <- n.Run(ctx) }()
	})
}

// wait returns when this process takes part no more, with the reason, or ctx is done.
func (n *node) wait(ctx context.Context) error {
	select {
	case err := <-n.ended:
		n.ended <- err
		return err
	case <-ctx.Done():
		return nil
	}
}

// close leaves the cluster.
func (n *node) close() {
	if n == nil {
		return
	}
	if n.stop != nil {
		n.stop()
		<-n.ended
	}
	n.space.Close()
}

// building is what a node leads while it makes a generation.
func building() string { return "build-" + index.Format() }

// reindex reads what changed of the documents, and publishes the new index. One
// node at a time does so.
func (n *node) reindex(ctx context.Context, show func(index.Progress)) (*index.Report, error) {
	n.begin()
	term, err := n.TryLead(ctx, building())
	switch {
	case errors.Is(err, cluster.ErrLed):
		return nil, fmt.Errorf("reading the documents: %w", index.ErrBusy)
	case err != nil:
		return nil, fmt.Errorf("reading the documents: %w", err)
	}
	defer term.Resign()
	leading, cancel := term.Context(ctx)
	defer cancel()
	report, err := n.renew(leading, term, show)
	if err != nil && ctx.Err() == nil && leading.Err() != nil {
		err = fmt.Errorf("reading the documents: %w", errors.Join(etcd.ErrNotLeader, err))
	}
	if errors.Is(err, etcd.ErrNotLeader) { // what was made is not what the others have
		n.forget()
	}
	return report, err
}

// renew makes a generation from the current one and publishes it.
func (n *node) renew(ctx context.Context, term *cluster.Term, show func(index.Progress)) (*index.Report, error) {
	if err := n.take(ctx); err != nil && !errors.Is(err, blob.ErrMissing) { // it is made anew from what is here
		return nil, err
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	current := n.stored()
	report, err := n.library.build(ctx, show)
	if err != nil {
		return nil, err
	}
	if current != "" && n.stored() == current {
		return report, nil // nothing has changed
	}
	n.shareFailures()
	began := time.Now()
	ref, moved, err := n.generations.Push(ctx, n.library.dir, current)
	if err != nil {
		return nil, err
	}
	if err := n.Use(ctx, ref); err != nil {
		return nil, err
	}
	if err := term.Publish(ctx, index.Format(), ref); err != nil {
		return nil, err
	}
	slog.Info("a new index was published", "bytes", moved.Bytes, "took", time.Since(began).Round(time.Millisecond))
	return report, n.noteStored(ref)
}

// take makes the current generation the one that this node answers from, unless it
// is already, or there is none.
func (n *node) take(ctx context.Context) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	have := n.stored()
	ref, err := n.Current(ctx, index.Format())
	for err == nil && ref != "" && ref != have {
		// Once this node has said what it fetches, what is still current stays.
		if err := n.Use(ctx, slices.DeleteFunc([]string{have, ref}, func(r string) bool { return r == "" })...); err != nil {
			return err
		}
		said := ref
		if ref, err = n.Current(ctx, index.Format()); err == nil && ref == said {
			return n.fetch(ctx, ref)
		}
	}
	return err
}

// fetch makes a stored generation the newest on this disk.
func (n *node) fetch(ctx context.Context, ref string) error {
	began := time.Now()
	moved, err := n.generations.Pull(ctx, ref, n.library.dir)
	if err != nil {
		return err
	}
	n.takeFailures()
	if err := errors.Join(n.noteStored(ref), n.library.note(), n.library.takeUp()); err != nil {
		return err
	}
	slog.Info("a new index was taken up", "bytes", moved.Bytes, "took", time.Since(began).Round(time.Millisecond))
	return n.Use(ctx, ref)
}

// recordUnread is the kind of the records of what readings could not read, by the
// format of the index.
const recordUnread = "unread"

// shareFailures lets the other nodes know what the reading of this one could not
// read.
func (n *node) shareFailures() {
	data, err := os.ReadFile(filepath.Join(n.library.dir, failuresFile))
	if err == nil {
		err = n.state.Write(state.Change{Kind: recordUnread, Key: index.Format(), Value: data})
	}
	if err != nil {
		slog.Warn("the other nodes can't tell which files could not be read", "error", err)
	}
}

// takeFailures takes over what the reading of another node could not read.
func (n *node) takeFailures() {
	found, err := n.state.Records(recordUnread, index.Format())
	if data := found[index.Format()]; err == nil && data != nil {
		err = os.WriteFile(filepath.Join(n.library.dir, failuresFile), data, 0o600)
	}
	if err != nil {
		slog.Warn("not known which files could not be read", "error", err)
	}
}

// stored is the reference of the newest generation on this disk; empty where that
// is not known to be stored.
func (n *node) stored() string {
	data, err := os.ReadFile(filepath.Join(n.library.dir, storedFile))
	if err != nil {
		return ""
	}
	ref, folder, _ := strings.Cut(strings.TrimSpace(string(data)), "\n")
	all, err := index.Generations(n.library.dir)
	if err != nil || len(all) == 0 || filepath.Base(all[0].Folder) != folder {
		return ""
	}
	return ref
}

// noteStored writes down that the newest generation on this disk is stored.
func (n *node) noteStored(ref string) error {
	all, err := index.Generations(n.library.dir)
	if err == nil && len(all) > 0 {
		err = os.WriteFile(filepath.Join(n.library.dir, storedFile), []byte(ref+"\n"+filepath.Base(all[0].Folder)), 0o600)
	}
	if err != nil {
		return fmt.Errorf("writing which generation this is: %w", err)
	}
	return nil
}

// forget makes the next look fetch the current generation anew.
func (n *node) forget() { os.Remove(filepath.Join(n.library.dir, storedFile)) }

// open lets this node answer: from what is on its disk, else from the current
// generation, else from one that it makes.
func (n *node) open(ctx context.Context) error {
	defer n.library.isSettled()
	if err := n.library.prepare(); err != nil {
		return err
	}
	n.begin()
	err := n.library.takeUp()
	if err == nil && n.library.isOurs() || err != nil && !errors.Is(err, index.ErrNone) {
		return err
	}
	n.library.isSettled()
	for try := 0; ; try++ {
		err := n.take(ctx)
		if (err == nil || errors.Is(err, blob.ErrMissing)) && n.library.index() == nil {
			_, err = n.reindex(ctx, nil)
		}
		if err == nil && n.library.index() != nil {
			return nil
		}
		if try == 0 && err != nil && !errors.Is(err, index.ErrBusy) && ctx.Err() == nil {
			slog.Error("there is no index to answer from yet; it is tried again", "error", err)
		}
		if pause(ctx, time.Second) != nil {
			return ctx.Err()
		}
	}
}

// keepUp takes up each new generation, until ctx is done.
func (n *node) keepUp(ctx context.Context) {
	refs := n.Watch(ctx, index.Format())
	var again <-chan time.Time
	for wait := time.Second; ; {
		select {
		case _, ok := <-refs:
			if !ok {
				return
			}
			wait = time.Second
		case <-again:
		}
		again = nil
		if err := n.take(ctx); err != nil && ctx.Err() == nil {
			if wait == time.Second {
				slog.Error("the new index could not be fetched; the one before answers, and it is tried again", "error", err)
			}
			again, wait = time.After(wait), min(2*wait, time.Minute)
		}
	}
}

// lead runs a task that one node does for all whenever this one leads, until ctx is
// done.
func (n *node) lead(ctx context.Context, task string, run func(ctx context.Context, term *cluster.Term)) {
	for ctx.Err() == nil {
		term, err := n.Lead(ctx, task)
		if err != nil {
			return
		}
		slog.Info("this node does this for all", "task", task)
		leading, cancel := term.Context(ctx)
		run(leading, term)
		<-leading.Done()
		cancel()
		term.Resign()
	}
}

// collectEvery is how often what is stored in vain is looked for.
const collectEvery = time.Hour

// collect drops what is stored in vain, until ctx is done.
func (n *node) collect(ctx context.Context) {
	for pause(ctx, collectEvery) == nil {
		live, err := n.Live(ctx)
		if err == nil {
			_, err = n.generations.Collect(ctx, live)
		}
		if err != nil && ctx.Err() == nil {
			slog.Error("generations that nobody needs could not be dropped; it is tried again", "again", collectEvery, "error", err)
		}
	}
}

// watchRemoved looks at which documents are removed, until ctx is done.
func (n *node) watchRemoved(ctx context.Context) {
	last, known := "", false
	n.fresh.Run(ctx, func() ([]string, error) {
		removed, err := n.state.Removed()
		if err != nil {
			return nil, err
		}
		os.WriteFile(filepath.Join(n.library.dir, seenFile), nil, 0o600) // its time is what counts
		all := strings.Join(removed, "\n")
		if known && all != last {
			select {
			case n.removed <- struct{}{}:
			default:
			}
		}
		last, known = all, true
		return removed, nil
	})
}

// seen is when this node last saw which documents were removed.
func (n *node) seen(dir string) time.Time {
	info, err := os.Stat(filepath.Join(dir, seenFile))
	if err != nil {
		return time.Time{}
	}
	return info.ModTime()
}

// The metrics of a node.
var (
	descCutOff = prometheus.NewDesc("attache_node_cut_off", "1 while this node can't reach etcd, else 0.", nil, nil)
	descSeen   = prometheus.NewDesc("attache_node_removed_seen_seconds", "When this node last saw which documents were removed, in Unix time.", nil, nil)
)

// Describe and Collect make a node something that Prometheus collects.
func (n *node) Describe(out chan<- *prometheus.Desc) {
	out <- descCutOff
	out <- descSeen
}

// Collect hands over what is counted.
func (n *node) Collect(out chan<- prometheus.Metric) {
	cut := 0.0
	if n.CutOff() != nil {
		cut = 1
	}
	out <- prometheus.MustNewConstMetric(descCutOff, prometheus.GaugeValue, cut)
	out <- prometheus.MustNewConstMetric(descSeen, prometheus.GaugeValue, float64(n.fresh.Seen().Unix()))
}

func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
