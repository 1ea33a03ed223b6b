package main

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"

	"example.org/attache/bot/blob"
	"example.org/attache/bot/cluster"
	"example.org/attache/index"
)

// keepCurrent takes up the index and keeps it current. Of several nodes, one reads
// what changed, and the others take up what it makes of that.
func (p *program) keepCurrent(ctx context.Context) error {
	if _, err := p.library.open(ctx, nil); err != nil {
		if ctx.Err() != nil {
			return nil
		}
		return err
	}
	if n := p.library.node; n != nil {
		n.lead(ctx, "index-"+index.Format(), func(ctx context.Context, _ *cluster.Term) {
			var reading sync.WaitGroup
			defer reading.Wait()
			reading.Go(func() { takeUp(ctx, n.removed, settle, p.update) })
			reading.Go(func() { takeUp(ctx, n.Elsewhere(ctx, index.Format()), settle, p.update) })
			p.stayCurrent(ctx)
		})
		return nil
	}
	p.stayCurrent(ctx)
	return nil
}

// stayCurrent reads what changed of the documents: once, and where the configuration
// says so whenever something changes.
func (p *program) stayCurrent(ctx context.Context) {
	err := p.update(ctx)
	if errors.Is(err, index.ErrBusy) {
		slog.Info("another process is reading the documents; its index is taken up when it is done")
	} else if err != nil && ctx.Err() == nil {
		slog.Error("what changed of the documents could not be read; the index from before answers", "error", err)
	}
	dir := p.config.Corpus.Path
	if !p.config.Corpus.Watch || dir == "" {
		return
	}
	if p.mirror != nil {
		p.watchStore(ctx, p.config.S3.Poll.Duration)
		return
	}
	if err := watch(ctx, dir, settle, p.update); err != nil {
		slog.Error("changes of the documents are not noticed", "error", err)
	}
}

// watchStore looks every so often whether the documents in the store have changed, and
// reads them then. That the store is away is logged once.
func (p *program) watchStore(ctx context.Context, every time.Duration) {
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	away, unread := false, false
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		changes, err := p.mirror.Sync(ctx, false)
		unread = unread || changes != blob.Changes{}
		if err == nil && unread {
			err = p.update(ctx)
			unread = err != nil
		}
		switch {
		case err == nil && away:
			slog.Info("the documents in the store are read again")
		case err != nil && !away && ctx.Err() == nil && !errors.Is(err, index.ErrBusy):
			slog.Error("what changed of the documents could not be read; the index from before answers, and it is tried again", "again", every, "error", err)
		}
		away = err != nil && !errors.Is(err, index.ErrBusy)
	}
}

// readOnHangup reads what changed of the documents each time the process gets
// SIGHUP, as service managers send to reload.
func (p *program) readOnHangup(ctx context.Context) error {
	hangup := make(chan os.Signal, 1)
	signal.Notify(hangup, syscall.SIGHUP)
	defer signal.Stop(hangup)
	came := make(chan struct{}, 1)
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			case <-hangup:
				slog.Info("SIGHUP: what changed of the documents is read")
				select {
				case came <- struct{}{}:
				default: // one reading is enough for both
				}
			}
		}
	}()
	takeUp(ctx, came, settle, p.update)
	return nil
}

// update reads what changed of the documents, and logs what came of it. A file
// that could not be read is logged once, and again when the reason is another.
func (p *program) update(ctx context.Context) error {
	report, err := p.bot.Reindex(ctx, nil)
	if err != nil {
		return err
	}
	slog.Info("the documents have been read", "added", report.Count(index.Added), "changed", report.Count(index.Changed),
		"removed", report.Count(index.Removed), "unchanged", report.Count(index.Unchanged), "failed", report.Count(index.Failed))
	for _, e := range p.unread.fresh(report) {
		slog.Warn("a file could not be read", "file", e.Document, "reason", e.Err)
	}
	return nil
}

// unreadLog knows which files that can't be read have been logged, and why they
// could not be.
type unreadLog struct {
	mu      sync.Mutex
	reasons map[string]string // by file
}

// fresh returns the failures of a report that have not been logged, and forgets
// the files that can be read again.
func (u *unreadLog) fresh(report *index.Report) (entries []index.Entry) {
	u.mu.Lock()
	defer u.mu.Unlock()
	now := map[string]string{}
	for _, e := range report.Entries {
		if e.Status != index.Failed {
			continue
		}
		reason := e.Err.Error()
		now[e.Document] = reason
		if u.reasons[e.Document] != reason {
			entries = append(entries, e)
		}
	}
	u.reasons = now
	return entries
}
