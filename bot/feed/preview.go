package feed

import (
	"context"
	"log/slog"
	"time"

	"example.org/attache/bot/fetch"
	"example.org/attache/corpus"
)

// Preview is what a source would bring.
type Preview struct {
	Kind    string // "feed", "sitemap" or "page"
	Title   string // as the source calls itself
	Entries int    // that it lists
	First   []Sample
}

// Sample is an entry of a source, with what would be kept of it.
type Sample struct {
	Title     string    `json:"title,omitempty"`
	Address   string    `json:"url,omitempty"`
	Published time.Time `json:"published,omitzero"`
	Words     int       `json:"words"`
	Failure   string    `json:"failure,omitempty"` // why nothing would
}

// Look shows what a feed would bring, of its newest entries n in full. It writes
// nothing.
func Look(ctx context.Context, w Web, o corpus.Options, f Feed, n int) (p Preview, err error) {
	r := &round{Poller: New(nil, Options{Web: w, Reading: o, Log: slog.New(slog.DiscardHandler)}), Feed: f, items: map[string]*item{}, now: time.Now()}
	resp, err := r.web.fetch(ctx, fetch.Request{Address: f.Address, Most: mostListing})
	if err != nil {
		return p, err
	}
	if r.l, err = r.list(resp.Data, resp.Address, r.now); err != nil {
		return p, err
	}
	r.Kind = r.l.kind
	if err := r.children(ctx); err != nil {
		return p, err
	}
	p = Preview{Kind: r.l.kind, Title: r.l.title, Entries: len(r.l.entries)}
	for _, e := range r.l.entries[:min(n, len(r.l.entries))] {
		s := Sample{Title: e.title, Address: e.link, Published: e.published}
		data, ext, err := r.document(ctx, e, &item{})
		if err == nil {
			var said reading
			if said, err = read(ctx, o, "document"+ext, data); err == nil && s.Title == "" {
				s.Title = said.title
			}
			s.Words = said.words
		}
		if ctx.Err() != nil {
			return p, ctx.Err()
		}
		if err != nil {
			s.Failure = oneLine(err)
		}
		p.First = append(p.First, s)
	}
	return p, nil
}
