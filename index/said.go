package index

import (
	"context"
	"iter"
	"slices"

	"example.org/attache/corpus"
	"example.org/attache/index/internal/people"
	"example.org/attache/index/internal/store"
)

// Sayings are statements by one speaker.
type Sayings struct {
	Speaker string   // empty when nobody of the name says anything
	Near    bool     // nobody has the name that was asked for: this one is spelled nearly so
	Letters bool     // nobody has it as it is typed: this one has it in other letters
	Others  []string // whom else the name may mean, namesakes with a title
	Total   int      // how many statements of the speaker there are
	Quotes  []Quote
}

const (
	saidPassages = 200 // how many passages are looked at for a topic
	saidDefault  = 10
)

// Said returns statements by a speaker, a person or a body or a country, under
// any spelling of the name: on a topic those that bear on it most, without one
// the newest. Limit 0 means 10.
func (ix *Index) Said(ctx context.Context, speaker, topic string, f Filter, limit int) (Sayings, error) {
	g, err := ix.acquire()
	if err != nil {
		return Sayings{}, err
	}
	defer g.release()
	if limit == 0 {
		limit = saidDefault
	}
	found, near := g.lookup(speaker)
	found = slices.DeleteFunc(found, func(e int) bool { return g.people.Quoted(e) == 0 })
	if len(found) == 0 {
		return Sayings{}, nil
	}
	e := g.people.Entry(found[0])
	s := Sayings{Speaker: e.Name, Near: near, Letters: g.transcribed(speaker, found, near), Total: e.Quoted}
	for _, other := range found[1:min(len(found), maxCalled)] {
		s.Others = append(s.Others, g.apart(other, e.Name))
	}
	f.Speaker = ""
	remarks := accepted(e.Remarks(), g.accept(f))
	if topic == "" {
		s.Quotes, err = g.newestSaid(ctx, remarks, limit)
	} else {
		s.Quotes, err = g.saidOn(ctx, remarks, topic, limit)
	}
	return s, err
}

// newestSaid returns the newest statements of a speaker: reported ones only where
// there are too few of the speaker's own words.
func (g *generation) newestSaid(ctx context.Context, remarks iter.Seq[people.Remark], limit int) ([]Quote, error) {
	all := printed{copies: g.copies}
	for _, own := range []bool{true, false} {
		if err := g.newestOf(ctx, remarks, own, limit, &all); err != nil {
			return nil, err
		}
	}
	quotes := all.quotes[:min(limit, len(all.quotes))]
	slices.SortStableFunc(quotes, func(a, b Quote) int {
		return b.Source.Published.Compare(a.Source.Published)
	})
	return quotes, nil
}

// newestOf adds the newest of the statements that are, or are not, the speaker's
// own words.
func (g *generation) newestOf(ctx context.Context, remarks iter.Seq[people.Remark], own bool, limit int, all *printed) error {
	var d *store.Record
	at := -1
	for r := range remarks {
		if err := ctx.Err(); err != nil {
			return err
		}
		// One more than asked for: what comes before it may be printed again.
		if len(all.quotes) > limit {
			break
		}
		if r.Own() != own {
			continue
		}
		if r.Doc != at {
			var err error
			if d, err = g.documents.Record(r.Doc); err != nil {
				return err
			}
			at = r.Doc
		}
		said, err := d.Statements()
		if err != nil {
			return err
		}
		all.add(r.Doc, g.statement(r.Doc, d, &said[r.N], nil))
		if err := d.Fault(); err != nil {
			return err
		}
	}
	return nil
}

// Timeline returns dated quotes that speak of a topic, in the order of time:
// the limit that bear on it most. Limit 0 means 10.
func (ix *Index) Timeline(ctx context.Context, topic string, f Filter, limit int) ([]Quote, error) {
	if limit == 0 {
		limit = saidDefault
	}
	if f.Since.IsZero() {
		f.Since = corpus.Date{Year: 1} // leaves out what has no date
	}
	g, err := ix.acquire()
	if err != nil {
		return nil, err
	}
	defer g.release()
	quotes, err := g.onTopic(ctx, topic, f, limit)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(quotes, func(a, b Quote) int {
		return a.Source.Published.Compare(b.Source.Published)
	})
	return quotes, nil
}
