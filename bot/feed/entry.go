package feed

import (
	"cmp"
	"context"
	"errors"
	"path"
	"slices"
	"strings"
	"time"

	"example.org/attache/bot/fetch"
	"example.org/attache/corpus/format"
)

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
	case busy(err): // its next try comes later, so that it doesn't hold up the others
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
// says is what the feed wants to be beside it.
func (r *round) keep(ctx context.Context, e entry, it *item, data []byte, ext string, says sidecar) error {
	said, err := read(ctx, r.reading, "document"+ext, data)
	if err != nil {
		return err
	}
	text := digest(24, strings.Join(strings.Fields(said.text), " "))
	if it.File == "" {
		name := r.fileName(e, ext)
		if err := r.files.write(name, data, says); err != nil {
			return unkept{err}
		}
		it.File, it.Text, it.Wrote = name, text, []sidecar{says}
		r.Documents++
		r.found++
		return nil
	}
	if text == it.Text {
		return r.redescribe(it, says)
	}
	return r.rewrite(it, r.renamed(e, it, ext), data, text, says)
}

// renamed is the name of the file of an entry whose page may have become one of
// another kind.
func (r *round) renamed(e entry, it *item, ext string) string {
	if path.Ext(it.File) == ext {
		return it.File
	}
	return r.fileName(e, ext)
}

// rewrite gives a document, which may get another name, new text. What it said
// before is put aside.
func (r *round) rewrite(it *item, name string, data []byte, text string, says sidecar) error {
	s, err := r.beside(it, says)
	if err != nil {
		return unkept{err}
	}
	if !r.files.holds(it.File, data) { // else a round wrote it that ended before it was noted
		aside, err := r.files.putAside(it.File, r.now)
		if err != nil {
			return unkept{err}
		}
		if aside != "" {
			it.Versions = slices.DeleteFunc(it.Versions, func(v version) bool { return v.File == aside }) // it said so before
			it.Versions = slices.Insert(it.Versions, 0, version{aside, r.now})
		}
	}
	if err := r.announce(it, says); err != nil {
		return err
	}
	if err := r.files.write(name, data, s); err != nil {
		return unkept{err}
	}
	if name != it.File {
		if err := r.files.remove(it.File); err != nil {
			return unkept{err}
		}
	}
	r.moved++
	it.File, it.Text, it.Wrote = name, text, []sidecar{says}
	r.listedAgain(it)
	return nil
}

// announce notes what is about to be written beside a document, so that a round
// after a crash doesn't take it for a person's.
func (r *round) announce(it *item, says sidecar) error {
	noted := *it
	noted.ETag, noted.Modified = "", "" // the page is wanted again if the round ends here
	if len(it.Wrote) > 0 {
		noted.Wrote = append(slices.Clone(it.Wrote), says)
	}
	if err := save(r.store, r.Feed, r.known, &noted); err != nil {
		return unkept{err}
	}
	return nil
}

// listedAgain notes that the source of a document has it.
func (r *round) listedAgain(it *item) {
	if !it.Gone.IsZero() {
		it.Gone = time.Time{}
		r.known.Gone--
	}
}

// beside is what should be beside a document that its source has: what the feed
// says, and what a person has changed in it. Where the sidecar was taken away it is
// made anew.
func (r *round) beside(it *item, says sidecar) (sidecar, error) {
	have, there, err := r.files.described(it.File)
	if err != nil || !there {
		return says, err
	}
	have.Tags = slices.DeleteFunc(have.Tags, isGoneTag)
	return edited(have, it.Wrote, says), nil
}

// describe is what is beside the document of an entry that is listed.
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
func (r *round) redescribe(it *item, says sidecar) error {
	s, err := r.beside(it, says)
	if err != nil {
		return unkept{err}
	}
	have, there, err := r.files.described(it.File)
	if err != nil {
		return unkept{err}
	}
	if r.files.there(it.File) && !(there && have.equal(s)) {
		if err := r.announce(it, says); err != nil {
			return err
		}
		if err := r.files.describe(it.File, s); err != nil {
			return unkept{err}
		}
		r.moved++
	}
	it.Wrote = []sidecar{says}
	r.listedAgain(it)
	return nil
}
