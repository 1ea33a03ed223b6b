package index

import (
	"cmp"
	"context"
	"iter"
	"slices"
	"sort"

	"example.org/attache/corpus/speech"
	"example.org/attache/corpus/text"
	"example.org/attache/index/internal/people"
	"example.org/attache/index/internal/postings"
	"example.org/attache/index/internal/store"
	"example.org/attache/index/internal/top"
	"example.org/attache/index/lexis"
)

// saidOn returns the statements of a speaker that are most relevant to a topic:
// among those in the passages that match it best, the ones that contain most of its
// words, by themselves or with the sentences around them.
func (g *generation) saidOn(ctx context.Context, remarks iter.Seq[people.Remark], topic string, limit int) ([]Quote, error) {
	t, clauses, err := g.topic(topic)
	if err != nil {
		return nil, err
	}
	var in []uint32
	for r := range remarks {
		in = append(in, g.postings.Numbers(r.Doc, r.Passage, r.Passages)...)
	}
	hits, err := g.postings.Search(ctx, clauses, saidPassages, nil, g.postings.Set(in))
	if err != nil {
		return nil, err
	}
	a := bearing{generation: g, topic: t, docs: map[int]*store.Record{}, found: printed{copies: g.copies}}
	for _, r := range a.promising(hits, remarks) {
		if len(a.found.quotes) >= 4*limit || len(a.best) == limit && a.best[0] > r.most {
			break
		}
		if err := cmp.Or(ctx.Err(), a.weigh(r, limit)); err != nil {
			return nil, err
		}
	}
	all := a.found.quotes
	slices.SortStableFunc(all, func(a, b Quote) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), b.Source.Published.Compare(a.Source.Published))
	})
	return all[:min(limit, len(all))], nil
}

// bearing is the search for the quotations of a speaker that bear on a topic
// most.
type bearing struct {
	*generation
	topic topic
	docs  map[int]*store.Record // those fetched
	found printed
	best  []float32 // the best scores so far, as a heap
}

// promise is a statement with an upper bound of its score, from the words in the
// passages that it touches.
type promise struct {
	people.Ref
	most float32
}

// promising are the quotations that touch the hits, the most promising first;
// of equal ones those of the best passage.
func (a *bearing) promising(hits []postings.Hit, remarks iter.Seq[people.Remark]) (all []promise) {
	shares := map[people.Ref]float32{}
	rank := map[int]int{}
	for i, h := range hits {
		w := a.topic[a.source(h.Doc).Language]
		if score, ok := a.postings.Unnormed(h); w != nil && ok {
			shares[people.Ref{Doc: h.Doc, N: h.Passage}] = score / float32(w.sum)
		}
		if _, ok := rank[h.Doc]; !ok {
			rank[h.Doc] = i
		}
	}
	for r := range remarks {
		if _, ok := rank[r.Doc]; !ok {
			continue
		}
		p := promise{Ref: r.Ref}
		for i := range r.Passages {
			p.most += shares[people.Ref{Doc: r.Doc, N: r.Passage + i}]
		}
		if p.most > 0 {
			p.most += rounding
			all = append(all, p)
		}
	}
	slices.SortStableFunc(all, func(a, b promise) int {
		return cmp.Or(cmp.Compare(b.most, a.most), cmp.Compare(rank[a.Doc], rank[b.Doc]))
	})
	return all
}

// reportedShare is what a reported statement counts to the speaker's own words.
const reportedShare = 0.8

// rounding is more than what scores lose by being added up in another order.
const rounding = 1e-3

// weigh adds a quotation to those found when it bears on the topic.
func (a *bearing) weigh(r promise, limit int) (err error) {
	d := a.docs[r.Doc]
	if d == nil {
		if d, err = a.documents.Record(r.Doc); err != nil {
			return err
		}
		a.docs[r.Doc] = d
	}
	said, err := d.Statements()
	if err != nil {
		return err
	}
	w, s := a.topic[d.Language], said[r.N].Span
	shown := d.Shown(s, func(at text.Span) float64 { return w.share(w.in(d.In(at))) })
	around := d.Around(s)
	if score := w.bearing(d, shown, around); score > 0 {
		q := a.quote(r.Doc, d, shown, text.Span{})
		q.Context = store.Spaced(d.In(around))
		q.Speaker, q.Kind = a.speaker(r.Doc, d, &said[r.N]), said[r.N].Kind.String()
		if q.Score = score; said[r.N].Kind == speech.Reported {
			q.Score *= reportedShare
		}
		if a.found.add(r.Doc, q) {
			a.best = top.Push(a.best, limit, float32(q.Score))
		}
	}
	return d.Fault()
}

// topic is what somebody wants to hear about, in each language of the
// documents.
type topic map[string]*wanted

// wanted is a topic's terms in one language, in order, with their weights by rarity,
// which add up to 1.
type wanted struct {
	language string
	terms    []string
	weights  []float64
	sum      float64       // of the rarities
	tokens   []lexis.Token // of the text last read
}

// topic reads a topic, and what to look for.
func (g *generation) topic(s string) (t topic, clauses []postings.Clause, err error) {
	t = topic{}
	for _, language := range g.languages {
		terms, err := g.typed(language, s)
		if err != nil {
			return nil, nil, err
		}
		w := &wanted{language: language, terms: terms}
		sum := 0.0
		for _, term := range w.terms {
			own := postings.Way{Field: field(language), Terms: []string{term}}
			df, err := g.postings.Frequency(own)
			if err != nil {
				return nil, nil, err
			}
			w.weights = append(w.weights, float64(g.postings.Rarity(df)))
			sum += float64(g.postings.Rarity(df))
			clauses = append(clauses, postings.Clause{Ways: []postings.Way{own}, Weight: 1})
		}
		for i := range w.weights {
			w.weights[i] /= sum
		}
		w.sum = sum
		t[language] = w
	}
	return t, clauses, nil
}

// bearing is how much a quotation bears on the topic, 0 to 1. The words that
// are shown of it count most; those around it and the document's title may name
// what it is about.
func (w *wanted) bearing(d *store.Record, shown, around text.Span) float64 {
	all := w.in(d.Title)
	if !around.Contains(shown) {
		w.mark(all, w.read(d.In(around)))
		return 0.7*w.share(w.in(d.In(shown))) + 0.3*w.share(all)
	}
	tokens := w.read(d.In(around))
	w.mark(all, tokens)
	own := make([]bool, len(w.terms))
	from := sort.Search(len(tokens), func(i int) bool { return int(tokens[i].Start) >= shown.Start-around.Start })
	to := sort.Search(len(tokens), func(i int) bool { return int(tokens[i].End) > shown.End-around.Start })
	w.mark(own, tokens[from:max(from, to)])
	return 0.7*w.share(own) + 0.3*w.share(all)
}

// read returns the tokens of a text until the next is read.
func (w *wanted) read(s string) []lexis.Token {
	w.tokens = lexis.For(w.language).Tokens(w.tokens[:0], s)
	return w.tokens
}

// in reports which of the terms a text contains.
func (w *wanted) in(s string) []bool {
	held := make([]bool, len(w.terms))
	w.mark(held, w.read(s))
	return held
}

// mark notes which of the terms the tokens hold.
func (w *wanted) mark(held []bool, tokens []lexis.Token) {
	mark := func(term string) {
		if i, ok := slices.BinarySearch(w.terms, term); ok {
			held[i] = true
		}
	}
	for i := range tokens {
		if t := &tokens[i]; !t.Is(lexis.Stop) {
			mark(t.Term)
		}
		if c := tokens[i].Concept; c != "" {
			mark(c)
		}
	}
}

// share is how much of the topic the terms that are held make.
func (w *wanted) share(held []bool) (sum float64) {
	for i, weight := range w.weights {
		if held[i] {
			sum += weight
		}
	}
	return sum
}
