package index

import (
	"cmp"
	"context"
	"slices"

	"attache/corpus"
	"attache/corpus/text"
)

// Sayings are quotations by one speaker.
type Sayings struct {
	Speaker string   // empty when nobody of the name is quoted
	Near    bool     // nobody has the name that was asked for: this one is spelled nearly so
	Others  []string // whom else the name may mean, namesakes with a title
	Total   int      // how many quotations of the speaker there are
	Quotes  []Quote
}

const (
	saidPassages = 200 // how many passages are looked at for a topic
	saidDefault  = 10
)

// Said returns quotations by a speaker, a person or a body or a country, under
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
	found = slices.DeleteFunc(found, func(e int) bool { return g.people.quotes[e] == 0 })
	if len(found) == 0 {
		return Sayings{}, nil
	}
	e := g.people.entry(found[0])
	s := Sayings{Speaker: e.name, Near: near, Total: len(e.said)}
	for _, other := range found[1:] {
		s.Others = append(s.Others, g.apart(other, e.name))
	}
	f.Speaker = ""
	if accept := g.accept(f); accept != nil {
		e.said = slices.DeleteFunc(e.said, func(at place) bool { return !accept(at.doc) })
	}
	if topic == "" {
		s.Quotes, err = g.newestSaid(ctx, e, limit)
	} else {
		s.Quotes, err = g.saidOn(ctx, e, topic, limit)
	}
	return s, err
}

// newestSaid returns the newest quotations of e.
func (g *generation) newestSaid(ctx context.Context, e *entry, limit int) (all []Quote, err error) {
	var d *stored
	at := -1
	for _, p := range e.said {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		// One more than asked for: what comes before it may be printed again.
		if len(all) > limit {
			break
		}
		if p.doc != at {
			if d, err = g.document(p.doc); err != nil {
				return nil, err
			}
			at = p.doc
		}
		said, err := d.quotations()
		if err != nil {
			return nil, err
		}
		q := g.quotation(p.doc, d, said[p.n], nil)
		if err := d.fault(); err != nil {
			return nil, err
		}
		q.Speaker = e.name
		all = addQuote(all, q)
	}
	return all[:min(limit, len(all))], nil
}

// addQuote adds q to all, or, when one of them has the same words, notes that
// q's document prints them too.
func addQuote(all []Quote, q Quote) []Quote {
	key := text.Fold(q.Text)
	if i := slices.IndexFunc(all, func(o Quote) bool { return text.Fold(o.Text) == key }); i >= 0 {
		all[i].alsoIn(q.Source.Document)
		return all
	}
	return append(all, q)
}

// saidOn returns the quotations of e that bear on a topic most: those that
// stand in the passages that match it best and hold most of its words, by
// themselves or with the sentence around them.
func (g *generation) saidOn(ctx context.Context, e *entry, topic string, limit int) ([]Quote, error) {
	byDoc := map[int][]int{}
	for _, p := range e.said {
		byDoc[p.doc] = append(byDoc[p.doc], p.n)
	}
	t, err := g.topic(topic)
	if err != nil {
		return nil, err
	}
	hits, err := g.search(ctx, t.clauses, saidPassages, func(doc int) bool { return byDoc[doc] != nil })
	if err != nil {
		return nil, err
	}
	var all []Quote
	taken := map[place]bool{}
	for _, h := range hits {
		if len(all) >= 4*limit {
			break
		}
		quotes, err := g.saidIn(h, byDoc[h.doc], t, taken)
		if err != nil {
			return nil, err
		}
		for _, q := range quotes {
			q.Speaker = e.name
			all = addQuote(all, q)
		}
	}
	slices.SortStableFunc(all, func(a, b Quote) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(dayNumber(b.Source.Published), dayNumber(a.Source.Published)))
	})
	return all[:min(limit, len(all))], nil
}

// saidIn returns those of the given quotations of a document that touch the
// passage h and bear on the topic.
func (g *generation) saidIn(h hit, numbers []int, t *topic, taken map[place]bool) (all []Quote, err error) {
	d, err := g.document(h.doc)
	if err != nil {
		return nil, err
	}
	said, err := d.quotations()
	if err != nil {
		return nil, err
	}
	p := d.passages[h.passage]
	in := text.Span{Start: d.Sentences[p.first].Start, End: d.Sentences[p.last-1].End}
	for _, n := range numbers {
		if !said[n].Span.Overlaps(in) || taken[place{h.doc, n}] {
			continue
		}
		taken[place{h.doc, n}] = true
		weigh := func(s text.Span) float64 { return t.held(d.Language, d.in(s)) }
		q := g.quotation(h.doc, d, said[n], weigh)
		// The words of the quotation count most; the sentence around it may
		// name what it is about.
		if q.Score = 0.7*t.held(d.Language, q.Text) + 0.3*t.held(d.Language, q.Context+" "+d.Title); q.Score > 0 {
			all = append(all, q)
		}
	}
	return all, d.fault()
}

// topic is what somebody wants to hear about, in each language of the
// documents.
type topic struct {
	clauses   []clause
	languages map[string]*wanted
}

// wanted are terms with their rarity; the rarities add up to 1.
type wanted struct {
	terms   []string
	weights []float64
}

func (g *generation) topic(s string) (*topic, error) {
	t := &topic{languages: map[string]*wanted{}}
	for _, language := range g.languages {
		w := &wanted{terms: termsOf(language, s)}
		sum := 0.0
		for _, term := range w.terms {
			own := way{field(language), []string{term}}
			df, err := g.frequency(own)
			if err != nil {
				return nil, err
			}
			w.weights = append(w.weights, float64(g.rarity(df)))
			sum += float64(g.rarity(df))
			t.clauses = append(t.clauses, clause{ways: []way{own}, weight: 1})
		}
		for i := range w.weights {
			w.weights[i] /= sum
		}
		t.languages[language] = w
	}
	return t, nil
}

// held is how much of the topic a text in a language holds, 0 to 1.
func (t *topic) held(language, s string) (share float64) {
	w := t.languages[language]
	if w == nil {
		return 0
	}
	in := termsOf(language, s)
	for i, term := range w.terms {
		if _, ok := slices.BinarySearch(in, term); ok {
			share += w.weights[i]
		}
	}
	return share
}

// Timeline returns dated quotes on a topic in the order of time: the limit
// that bear on it most. Limit 0 means 10.
func (ix *Index) Timeline(ctx context.Context, topic string, f Filter, limit int) ([]Quote, error) {
	if limit == 0 {
		limit = saidDefault
	}
	if f.Since.IsZero() {
		f.Since = corpus.Date{Year: 1} // leaves out what has no date
	}
	a, err := ix.Ask(ctx, Question{Text: topic, Limit: limit, Filter: f})
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(a.Quotes, func(a, b Quote) int {
		return cmp.Compare(dayNumber(a.Source.Published), dayNumber(b.Source.Published))
	})
	return a.Quotes, nil
}
