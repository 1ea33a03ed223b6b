package index

import (
	"cmp"
	"context"
	"iter"
	"slices"
	"sort"

	"attache/corpus"
	"attache/corpus/text"
	"attache/index/lexis"
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
	s := Sayings{Speaker: e.name, Near: near, Total: e.quoted}
	for _, other := range found[1:] {
		s.Others = append(s.Others, g.apart(other, e.name))
	}
	f.Speaker = ""
	remarks := accepted(e.remarks(), g.accept(f))
	if topic == "" {
		s.Quotes, err = g.newestSaid(ctx, remarks, limit)
	} else {
		s.Quotes, err = g.saidOn(ctx, remarks, topic, limit)
	}
	for i := range s.Quotes {
		s.Quotes[i].Speaker = e.name
	}
	return s, err
}

// newestSaid returns the newest of the quotations of a speaker.
func (g *generation) newestSaid(ctx context.Context, remarks iter.Seq[remark], limit int) ([]Quote, error) {
	var d *stored
	all := printed{copies: g.copies}
	at := -1
	for r := range remarks {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		// One more than asked for: what comes before it may be printed again.
		if len(all.quotes) > limit {
			break
		}
		if r.doc != at {
			var err error
			if d, err = g.document(r.doc); err != nil {
				return nil, err
			}
			at = r.doc
		}
		said, err := d.quotations()
		if err != nil {
			return nil, err
		}
		all.add(r.doc, g.quotation(r.doc, d, said[r.n].Span, nil))
		if err := d.fault(); err != nil {
			return nil, err
		}
	}
	return all.quotes[:min(limit, len(all.quotes))], nil
}

// saidOn returns those of the quotations of a speaker that bear on a topic
// most: those that stand in the passages that match it best and hold most of
// its words, by themselves or with the sentence around them.
func (g *generation) saidOn(ctx context.Context, remarks iter.Seq[remark], topic string, limit int) ([]Quote, error) {
	t, clauses, err := g.topic(topic)
	if err != nil {
		return nil, err
	}
	var in []uint32
	for r := range remarks {
		in = append(in, g.places.of(r.doc, r.passage, r.passages)...)
	}
	hits, err := g.search(ctx, clauses, saidPassages, nil, g.bitmaps(in))
	if err != nil {
		return nil, err
	}
	said := g.saidThere(hits, remarks, t)
	all := printed{copies: g.copies}
	for _, h := range hits {
		if len(all.quotes) >= 4*limit {
			break
		}
		if err := said.add(&all, h); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(all.quotes, func(a, b Quote) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(dayNumber(b.Source.Published), dayNumber(a.Source.Published)))
	})
	return all.quotes[:min(limit, len(all.quotes))], nil
}

// saidThere is the quotations of a speaker in the documents of some hits.
type saidThere struct {
	*generation
	topic topic
	docs  map[int]*saidIn
}

// saidIn is a document, once it was fetched, and which of its quotations are
// left to look at.
type saidIn struct {
	*stored
	numbers []int
}

func (g *generation) saidThere(hits []hit, remarks iter.Seq[remark], t topic) *saidThere {
	s := &saidThere{g, t, map[int]*saidIn{}}
	for _, h := range hits {
		s.docs[h.doc] = &saidIn{}
	}
	for r := range remarks {
		if d := s.docs[r.doc]; d != nil {
			d.numbers = append(d.numbers, r.n)
		}
	}
	return s
}

// add adds those of the quotations that touch the passage h and bear on the
// topic.
func (s *saidThere) add(all *printed, h hit) (err error) {
	d := s.docs[h.doc]
	if d.stored == nil {
		if d.stored, err = s.document(h.doc); err != nil {
			return err
		}
	}
	w := s.topic[d.Language]
	if w == nil {
		return d.fault()
	}
	said, err := d.quotations()
	if err != nil {
		return err
	}
	p := d.passages[h.passage]
	in := text.Span{Start: d.Sentences[p.first].Start, End: d.Sentences[p.last-1].End}
	title := w.in(d.Title)
	weigh := func(at text.Span) float64 { return w.share(w.in(d.in(at))) }
	left := d.numbers[:0]
	for _, n := range d.numbers {
		if !said[n].Span.Overlaps(in) {
			left = append(left, n)
			continue
		}
		shown, around := d.shown(said[n].Span, weigh), d.around(said[n].Span)
		score := w.bearing(d.stored, shown, around, title)
		if score == 0 {
			continue
		}
		q := s.quote(h.doc, d.stored, shown, text.Span{})
		q.Score, q.Context = score, spaced(d.in(around))
		all.add(h.doc, q)
	}
	d.numbers = left
	return d.fault()
}

// topic is what somebody wants to hear about, in each language of the
// documents.
type topic map[string]*wanted

// wanted are terms, in order, with their rarity; the rarities add up to 1.
type wanted struct {
	language string
	terms    []string
	weights  []float64
	tokens   []lexis.Token // of the text last read
}

// topic reads a topic, and what to look for.
func (g *generation) topic(s string) (t topic, clauses []clause, err error) {
	t = topic{}
	for _, language := range g.languages {
		w := &wanted{language: language, terms: termsOf(language, s)}
		sum := 0.0
		for _, term := range w.terms {
			own := way{field(language), []string{term}}
			df, err := g.frequency(own)
			if err != nil {
				return nil, nil, err
			}
			w.weights = append(w.weights, float64(g.rarity(df)))
			sum += float64(g.rarity(df))
			clauses = append(clauses, clause{ways: []way{own}, weight: 1})
		}
		for i := range w.weights {
			w.weights[i] /= sum
		}
		t[language] = w
	}
	return t, clauses, nil
}

// bearing is how much a quotation bears on the topic, 0 to 1. The words that
// are shown of it count most; those around it and the document's title, of
// which the terms are known, may name what it is about.
func (w *wanted) bearing(d *stored, shown, around text.Span, title []bool) float64 {
	all := slices.Clone(title)
	if !around.Contains(shown) {
		w.mark(all, w.read(d.in(around)))
		return 0.7*w.share(w.in(d.in(shown))) + 0.3*w.share(all)
	}
	tokens := w.read(d.in(around))
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

// in tells which of the terms a text holds.
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
