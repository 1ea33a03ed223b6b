package feed

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"example.org/attache/bot/fetch"
)

// When an entry is looked at again though its feed says nothing of it.
const (
	lookEvery  = 24 * time.Hour
	lookFor    = 30 * 24 * time.Hour // since it was seen first
	firstRetry = time.Hour           // after an entry could not be had; it doubles
	lastRetry  = 7 * 24 * time.Hour
)

// round asks one source, once.
type round struct {
	*Poller
	Feed
	known
	items map[string]*item
	files files
	l     listing
	now   time.Time
	asked int  // pages
	mute  int  // pages one after another that no server answered for
	left  bool // there is more to do than one round is for
	found int  // new documents
	moved int  // documents that changed or went

	unheard bool // a sitemap that an index leads to could not be read
}

// mostMute is after how many pages without any answer a round ends.
const mostMute = 3

// ask takes up what a source has that is new.
func (r *round) ask(ctx context.Context) error {
	resp, err := r.web.fetch(ctx, fetch.Request{Address: r.Feed.Address, ETag: r.ETag, Modified: r.Modified, Most: mostListing})
	if err != nil {
		return err
	}
	defer r.prune() // an error of one page doesn't keep earlier versions for ever
	if !resp.Unchanged {
		if err := r.take(ctx, resp); err != nil {
			return err
		}
	}
	return r.lookAgain(ctx)
}

// take takes up what a source lists.
func (r *round) take(ctx context.Context, resp fetch.Response) (err error) {
	if r.l, err = r.list(resp.Data, resp.Address, r.now); err != nil {
		return err
	}
	r.Kind = r.l.kind
	if err := r.children(ctx); err != nil {
		return err
	}
	listed := map[string]bool{}
	for _, e := range r.l.entries {
		listed[e.key] = true
	}
	for _, e := range r.l.entries {
		if !r.due(e) {
			continue
		}
		if r.asked >= mostPages {
			r.left = true
			break
		}
		if err := r.entry(ctx, e); err != nil {
			return err
		}
	}
	if err := r.missing(listed); err != nil {
		return err
	}
	r.ETag, r.known.Modified = resp.ETag, resp.Modified
	failed := slices.ContainsFunc(r.l.entries, func(e entry) bool { return r.items[e.key] == nil || r.items[e.key].Failures > 0 })
	if !r.left && !r.unheard && !failed {
		r.Complete = r.now
	}
	// An index of sitemaps may stay as it is while they change.
	if r.left || failed || len(r.l.children) > 0 {
		r.ETag, r.known.Modified = "", "" // the same list is wanted again
	}
	return nil
}

// children adds what the sitemaps list that a sitemap leads to, those that
// changed last.
func (r *round) children(ctx context.Context) error {
	slices.SortStableFunc(r.l.children, func(a, b entry) int { return b.updated.Compare(a.updated) })
	for i, c := range r.l.children {
		old := !c.updated.IsZero() && c.updated.Before(r.Complete.Add(-24*time.Hour))
		if i >= mostChildren || old || !r.web.Allows(c.link) {
			r.l.partial = true
			continue
		}
		r.asked++
		var l listing
		resp, err := r.web.fetch(ctx, fetch.Request{Address: c.link, Most: mostListing})
		if err == nil {
			l, err = r.list(resp.Data, resp.Address, r.now)
		}
		if err != nil {
			err = fmt.Errorf("reading the sitemap %s: %w", c.link, err)
			if r.ends(ctx, err) {
				return err
			}
			r.log.Warn("a sitemap that a feed leads to can't be read; the others are", "feed", r.Feed.Name, "error", err)
			r.l.partial, r.unheard = true, true
			continue
		}
		r.l.entries = append(r.l.entries, l.entries...)
		r.l.partial = r.l.partial || l.partial || len(l.children) > 0
		r.l.trim()
	}
	slices.SortStableFunc(r.l.entries, func(a, b entry) int { return b.newest().Compare(a.newest()) })
	return nil
}

// due reports whether there is something to do for an entry that is listed.
func (r *round) due(e entry) bool {
	it := r.items[e.key]
	switch {
	case it == nil:
		return true
	case it.Failures > 0 && it.Signal == e.signal():
		return r.now.Sub(it.Looked) >= min(firstRetry<<min(it.Failures-1, 10), lastRetry)
	}
	return it.Signal != e.signal() || !it.Gone.IsZero() && r.now.Sub(it.Looked) >= lookEvery
}

// unkept is that the disk or the state does not take what came.
type unkept struct{ error }

func (u unkept) Unwrap() error { return u.error }

// ends reports whether an error ends a round: what is in the way of one entry
// stands in that of the others too.
func (r *round) ends(ctx context.Context, err error) bool {
	var wait *waitError
	var u unkept
	return ctx.Err() != nil || errors.As(err, &wait) || errors.As(err, &u) && !errors.Is(err, errSidecar) || r.mute == mostMute || busy(err)
}

// busy reports whether an error is a server's answer that it has no time now.
func busy(err error) bool {
	var status *fetch.StatusError
	return errors.As(err, &status) && (status.Code == 429 || status.Code == 503)
}

// missing looks for what is not listed any more. A feed that lists older entries
// has taken it out; it is asked for at once whether its page is gone too. What could
// never be read is forgotten.
func (r *round) missing(listed map[string]bool) error {
	if r.l.partial || r.left || len(r.l.entries) == 0 {
		return nil
	}
	oldest := r.l.entries[len(r.l.entries)-1].newest()
	var unread []*item
	for _, key := range slices.Sorted(maps.Keys(r.items)) {
		it := r.items[key]
		switch {
		case listed[key]:
		case it.File == "":
			unread = append(unread, it)
			delete(r.items, key)
		case !it.Gone.IsZero() || it.Signal == missed:
		case r.Kind == kindFeed && (oldest.IsZero() || !it.Published.After(oldest)): // it has only become too old for the list
		default:
			it.Signal, it.Looked = missed, time.Time{} // to be looked at in this round
		}
	}
	if len(unread) == 0 {
		return nil
	}
	return forget(r.store, r.Feed, unread...)
}

// missed is the signal of an entry that was not listed any more.
const missed = "missed"
