package feed

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"path"
	"reflect"
	"slices"
	"strings"
	"time"

	"example.org/attache/bot/command/words"
	"example.org/attache/bot/fetch"
	"example.org/attache/corpus/format"
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
	r.missing(listed)
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

// entry takes up one entry. What is wrong with it is noted and stops no other;
// an error is one that ends the round.
func (r *round) entry(ctx context.Context, e entry) error {
	it := r.items[e.key]
	if it == nil {
		it = &item{Key: e.key, First: r.now}
	}
	it.Link, it.Published, it.Looked = e.link, e.published, r.now
	data, ext, err := r.document(ctx, e, it)
	if err == nil && data == nil { // its page is as it was
		it.Signal, it.Failure, it.Failures = e.signal(), "", 0
		return r.back(it)
	}
	if err == nil {
		err = r.keep(ctx, e, it, data, ext, r.describe(e))
	}
	var status *fetch.StatusError
	switch {
	case err == nil:
		it.Signal, it.Failure, it.Failures = e.signal(), "", 0
	case busy(err): // its next try comes later, so that it doesn't stand before the others
		it.Signal, it.Failure, it.Failures = e.signal(), oneLine(err), it.Failures+1
		r.items[e.key] = it
		return errors.Join(err, save(r.store, r.Feed, r.known, it))
	case r.ends(ctx, err):
		return err
	case errors.As(err, &status) && status.Gone() && it.File != "":
		it.Signal, it.Failure, it.Failures = e.signal(), "", 0
		return r.gone(it)
	default:
		it.Signal, it.Failure, it.Failures = e.signal(), oneLine(err), it.Failures+1
		r.log.Debug("an entry of a feed can't be read", "feed", r.Feed.Name, "entry", e.called(), "error", err)
	}
	r.items[e.key] = it
	return save(r.store, r.Feed, r.known, it)
}

// unkept is that the disk or the state does not take what came.
type unkept struct{ error }

func (u unkept) Unwrap() error { return u.error }

// ends reports whether an error ends a round: what stands in the way of one entry
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

// document gets what an entry says: its page, where these are wanted and can be
// had, else its own content. It is nil where the page has not changed.
func (r *round) document(ctx context.Context, e entry, it *item) (data []byte, ext string, err error) {
	if r.Full || r.Kind != kindFeed {
		data, ext, err = r.page(ctx, e, it)
		if err == nil || r.ends(ctx, err) && !busy(err) || plain(e.content) == "" || it.File != "" {
			return data, ext, err
		}
		r.log.Debug("the page of an entry can't be had; its own content is taken", "feed", r.Feed.Name, "entry", e.called(), "error", err)
	}
	if plain(e.content) == "" {
		return nil, "", errors.New("it has no content of its own; set full = true to follow it to its page")
	}
	return e.page(r.language()), ".html", nil
}

// page gets the page of an entry, unless it is as it was.
func (r *round) page(ctx context.Context, e entry, it *item) (data []byte, ext string, err error) {
	if e.link == "" {
		return nil, "", errors.New("it has no page")
	}
	r.asked++
	ask := fetch.Request{Address: e.link}
	if it.File != "" && it.Gone.IsZero() && it.Failures == 0 {
		ask.ETag, ask.Modified = it.ETag, it.Modified
	}
	resp, err := r.web.fetch(ctx, ask)
	var status *fetch.StatusError
	if err != nil && !errors.As(err, &status) && !errors.Is(err, errRobots) && !errors.Is(err, fetch.ErrNotAllowed) && !errors.Is(err, fetch.ErrTooLarge) {
		r.mute++
	} else {
		r.mute = 0
	}
	if err != nil || resp.Unchanged {
		return nil, "", err
	}
	it.ETag, it.Modified = resp.ETag, resp.Modified
	ext = strings.ToLower(path.Ext(resp.Name))
	if slug(ext) == "" || len(ext) > 12 {
		ext = ".html"
	}
	return resp.Data, "." + slug(ext), nil
}

// language is the one that documents are in as far as the feed says.
func (r *round) language() string {
	return cmp.Or(r.Feed.Language, format.LanguageCode(r.l.language))
}

// keep writes what an entry says below the corpus, unless that says it already.
func (r *round) keep(ctx context.Context, e entry, it *item, data []byte, ext string, s sidecar) error {
	said, err := read(ctx, r.reading, "document"+ext, data)
	if err != nil {
		return err
	}
	text := digest(24, strings.Join(strings.Fields(said.text), " "))
	fresh := it.File == ""
	if !fresh && text == it.Text {
		return r.redescribe(it, s)
	}
	name := it.File
	if fresh || path.Ext(name) != ext {
		name = r.fileName(e, ext)
	}
	if !fresh && !r.files.holds(it.File, data) { // else a round wrote it that ended before it was noted
		aside, err := r.files.putAside(it.File, r.now)
		if err != nil {
			return unkept{err}
		}
		if aside != "" {
			it.Versions = slices.DeleteFunc(it.Versions, func(v version) bool { return v.File == aside }) // it said so before
			it.Versions = slices.Insert(it.Versions, 0, version{aside, r.now})
		}
		noted := *it
		noted.ETag, noted.Modified = "", "" // the page is wanted again if the round ends here
		if err := save(r.store, r.Feed, r.known, &noted); err != nil {
			return unkept{err}
		}
	}
	if err := r.files.write(name, data, s); err != nil {
		return unkept{err}
	}
	if !fresh && name != it.File {
		if err := r.files.remove(it.File); err != nil {
			return unkept{err}
		}
	}
	if fresh {
		r.Documents++
		r.found++
	} else {
		r.moved++
	}
	if !it.Gone.IsZero() {
		r.known.Gone--
	}
	it.File, it.Text, it.Gone = name, text, time.Time{}
	return nil
}

// describe is what stands beside the document of an entry that is listed.
func (r *round) describe(e entry) sidecar {
	s := sidecar{Title: e.title, Publisher: cmp.Or(r.Publisher, r.l.title), Author: e.author, URL: e.link, Language: r.language(),
		Tags: slices.Concat(r.Tags, e.tags)}
	if !e.published.IsZero() {
		s.Date = e.published.Format(time.DateOnly)
	}
	return s
}

// redescribe gives a document that says what it said before the sidecar that it
// should have by now.
func (r *round) redescribe(it *item, s sidecar) error {
	old, err := r.files.described(it.File)
	if err == nil && !reflect.DeepEqual(old, s) {
		err = r.files.describe(it.File, func(have *sidecar) { *have = s })
		r.moved++
	}
	if err != nil {
		return unkept{err}
	}
	if !it.Gone.IsZero() {
		it.Gone = time.Time{}
		r.known.Gone--
	}
	return nil
}

// missing looks for what is not listed any more. A feed that lists older entries
// has taken it out; it is asked for at once whether its page is gone too.
func (r *round) missing(listed map[string]bool) {
	if r.l.partial || r.left || len(r.l.entries) == 0 {
		return
	}
	oldest := r.l.entries[len(r.l.entries)-1].newest()
	for _, key := range slices.Sorted(maps.Keys(r.items)) {
		it := r.items[key]
		if listed[key] || it.File == "" || !it.Gone.IsZero() {
			continue
		}
		if r.Kind == kindFeed && (oldest.IsZero() || !it.Published.After(oldest)) {
			continue // it has only become too old for the list
		}
		if it.Signal != missed {
			it.Signal, it.Looked = missed, time.Time{} // to be looked at in this round
		}
	}
}

// missed is the signal of an entry that was not listed any more.
const missed = "missed"

// lookAgain asks for some pages of entries that may have changed or vanished
// without the feed saying so.
func (r *round) lookAgain(ctx context.Context) error {
	var due []*item
	for _, it := range r.items {
		asks := r.Full || r.Kind != kindFeed || it.Signal == missed
		young := r.now.Sub(it.First) < lookFor || it.Signal == missed && it.Looked.IsZero()
		if it.File != "" && asks && young && r.now.Sub(it.Looked) >= lookEvery {
			due = append(due, it)
		}
	}
	slices.SortFunc(due, func(a, b *item) int { return cmp.Or(a.Looked.Compare(b.Looked), cmp.Compare(a.Key, b.Key)) })
	for _, it := range due[:min(len(due), mostLooks)] {
		if err := r.look(ctx, it); err != nil {
			return err
		}
	}
	return nil
}

// look asks for the page of one entry again.
func (r *round) look(ctx context.Context, it *item) error {
	e := entry{key: it.Key, link: it.Link, published: it.Published}
	it.Looked = r.now
	if it.Link == "" || !r.web.Allows(it.Link) {
		if it.Signal == missed { // it was in the feed alone
			return r.gone(it)
		}
		return save(r.store, r.Feed, r.known, it)
	}
	data, ext, err := r.page(ctx, e, it)
	var status *fetch.StatusError
	switch {
	case err == nil && (data == nil || !r.Full && r.Kind == kindFeed): // the page is there; what was taken is the entry's own content
		return r.back(it)
	case err == nil:
		var s sidecar
		if s, err = r.files.described(it.File); err == nil {
			s.Tags = slices.DeleteFunc(s.Tags, isGoneTag)
			err = r.keep(ctx, e, it, data, ext, s)
		}
	case errors.As(err, &status) && status.Gone():
		return r.gone(it)
	}
	if busy(err) {
		return errors.Join(err, save(r.store, r.Feed, r.known, it))
	}
	if err != nil && r.ends(ctx, err) {
		return err
	}
	return save(r.store, r.Feed, r.known, it) // what is wrong with it today may pass
}

// gone marks a document whose source has it no more.
func (r *round) gone(it *item) error {
	if !it.Gone.IsZero() {
		return save(r.store, r.Feed, r.known, it)
	}
	err := r.files.describe(it.File, func(s *sidecar) { s.Tags = append(s.Tags, goneTag(r.now)) })
	if errors.Is(err, errSidecar) {
		it.Failure, it.Failures = oneLine(err), it.Failures+1
		return save(r.store, r.Feed, r.known, it)
	}
	if err != nil {
		return unkept{err}
	}
	it.Gone = r.now
	r.known.Gone++
	r.moved++
	return save(r.store, r.Feed, r.known, it)
}

// back takes the mark off a document that its source has again.
func (r *round) back(it *item) error {
	if it.Gone.IsZero() {
		return save(r.store, r.Feed, r.known, it)
	}
	err := r.files.describe(it.File, func(s *sidecar) { s.Tags = slices.DeleteFunc(s.Tags, isGoneTag) })
	if errors.Is(err, errSidecar) {
		it.Failure, it.Failures = oneLine(err), it.Failures+1
		return save(r.store, r.Feed, r.known, it)
	}
	if err != nil {
		return unkept{err}
	}
	it.Gone = time.Time{}
	r.known.Gone--
	r.moved++
	return save(r.store, r.Feed, r.known, it)
}

func goneTag(now time.Time) string {
	return words.Say("feed.gone.tag", words.M{"Date": now.UTC().Format(time.DateOnly)})
}

func isGoneTag(tag string) bool {
	before, _, _ := strings.Cut(words.Say("feed.gone.tag", words.M{"Date": "\x00"}), "\x00")
	return strings.HasPrefix(tag, before)
}

// prune removes the earlier versions that have been kept long enough, and counts
// what can't be read.
func (r *round) prune() {
	r.Unread = 0
	for _, it := range r.items {
		if it.File == "" {
			r.Unread++
		}
		kept := 0
		for kept < len(it.Versions) && kept < mostVersions && (r.Keep.For == 0 && kept < r.Keep.Count || r.Keep.For > 0 && r.now.Sub(it.Versions[kept].Until) < r.Keep.For) {
			kept++
		}
		left := slices.Clone(it.Versions[:kept])
		for _, v := range it.Versions[kept:] {
			if err := r.files.remove(v.File); err != nil {
				r.log.Warn("an earlier version of a document was not removed; the next round tries again", "feed", r.Feed.Name, "error", err)
				left = append(left, v)
				continue
			}
			r.moved++
		}
		if len(left) < len(it.Versions) {
			it.Versions = left
			if err := save(r.store, r.Feed, r.known, it); err != nil {
				r.log.Warn("what is known of a document was not kept", "feed", r.Feed.Name, "error", err)
			}
		}
	}
}
