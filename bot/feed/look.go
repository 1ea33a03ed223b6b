package feed

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"example.org/attache/bot/command/words"
	"example.org/attache/bot/fetch"
)

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
		var says sidecar
		if says, err = r.saidLast(it); err == nil {
			err = r.keep(ctx, e, it, data, ext, says)
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

// saidLast is what the feed said last of an entry that it doesn't list now.
func (r *round) saidLast(it *item) (sidecar, error) {
	if len(it.Wrote) > 0 {
		return it.Wrote[len(it.Wrote)-1], nil
	}
	have, _, err := r.files.described(it.File)
	have.Tags = slices.DeleteFunc(have.Tags, isGoneTag)
	return have, err
}

// gone marks a document whose source has it no more.
func (r *round) gone(it *item) error {
	if !it.Gone.IsZero() {
		return save(r.store, r.Feed, r.known, it)
	}
	return r.mark(it, r.now, 1)
}

// back takes the mark off a document that its source has again.
func (r *round) back(it *item) error {
	if it.Gone.IsZero() {
		return save(r.store, r.Feed, r.known, it)
	}
	return r.mark(it, time.Time{}, -1)
}

// mark notes, also in the sidecar, since when a document is gone at its source;
// zero: it is there. by is how many more are gone then.
func (r *round) mark(it *item, since time.Time, by int) error {
	s, _, err := r.files.described(it.File)
	if err == nil && r.files.there(it.File) {
		s.Tags = slices.DeleteFunc(s.Tags, isGoneTag)
		if !since.IsZero() {
			s.Tags = append(s.Tags, goneTag(since))
		}
		err = r.files.describe(it.File, s)
	}
	if errors.Is(err, errSidecar) {
		it.Failure, it.Failures = oneLine(err), it.Failures+1
		return save(r.store, r.Feed, r.known, it)
	}
	if err != nil {
		return unkept{err}
	}
	it.Gone = since
	r.known.Gone += by
	r.moved++
	return save(r.store, r.Feed, r.known, it)
}

func goneTag(now time.Time) string {
	return words.Say("feed.gone.tag", words.M{"Date": now.UTC().Format(time.DateOnly)})
}

// GoneSince is the day on which a document with some tags was found gone at its
// source, as "2024-05-07"; empty where it wasn't.
func GoneSince(tags []string) (day string) {
	for _, t := range tags {
		if day, ok := strings.CutPrefix(t, goneBefore()); ok {
			return day
		}
	}
	return ""
}

func isGoneTag(tag string) bool { return strings.HasPrefix(tag, goneBefore()) }

// goneBefore is the beginning of the tag, before the day.
func goneBefore() string {
	before, _, _ := strings.Cut(words.Say("feed.gone.tag", words.M{"Date": "\x00"}), "\x00")
	return before
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
