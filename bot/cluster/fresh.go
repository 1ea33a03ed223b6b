package cluster

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// Freshness knows when this node last saw which documents were removed. A node that
// is cut off for long may quote what was removed meanwhile, so that it must not
// answer any more.
type Freshness struct {
	mu     sync.Mutex
	seen   time.Time
	within time.Duration
}

// NewFreshness returns one that is stale once nothing was seen for so long. Seen is
// when something was last seen.
func NewFreshness(within time.Duration, seen time.Time) *Freshness {
	return &Freshness{seen: seen, within: within}
}

// Seen is when something was last seen.
func (f *Freshness) Seen() time.Time {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.seen
}

// Run looks every so often, as removed does, until ctx is done.
func (f *Freshness) Run(ctx context.Context, removed func() ([]string, error)) {
	every := min(max(f.within/10, time.Second/2), 30*time.Second)
	for ctx.Err() == nil {
		began := time.Now()
		if _, err := removed(); err == nil {
			f.mu.Lock()
			f.seen = began
			f.mu.Unlock()
		}
		pause(ctx, every)
	}
}

// Stale returns why this node may not answer; nil where it may.
func (f *Freshness) Stale() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.seen.IsZero() {
		return errors.New("this node has never seen which documents were removed, and answers nothing until it does: etcd can't be reached")
	}
	if age := time.Since(f.seen); age > f.within {
		return fmt.Errorf("this node has not seen for %v which documents were removed, and answers no more until it does (cluster.stale_after)", age.Round(time.Second))
	}
	return nil
}
