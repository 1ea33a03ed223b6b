package index

import (
	"cmp"
	"context"
	"iter"
	"slices"

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
		all.add(r.doc, g.quotation(r.doc, d, said[r.n], "", nil))
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
	t, err := g.topic(topic)
	if err != nil {
		return nil, err
	}
	var in []uint32
	for r := range remarks {
		in = append(in, g.places.of(r.doc, r.passage, r.passages)...)
	}
	hits, err := g.search(ctx, t.clauses, saidPassages, nil, g.bitmaps(in))
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
	topic *topic
	docs  map[int]*saidIn
}

// saidIn is a document, once it was fetched, and which of its quotations are
// left to look at.
type saidIn struct {
	*stored
	numbers []int
}

func (g *generation) saidThere(hits []hit, remarks iter.Seq[remark], t *topic) *saidThere {
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
	said, err := d.quotations()
	if err != nil {
		return err
	}
	p := d.passages[h.passage]
	in := text.Span{Start: d.Sentences[p.first].Start, End: d.Sentences[p.last-1].End}
	weigh := func(at text.Span) float64 { return s.topic.held(d.Language, d.in(at)) }
	left := d.numbers[:0]
	for _, n := range d.numbers {
		if !said[n].Span.Overlaps(in) {
			left = append(left, n)
			continue
		}
		q := s.quotation(h.doc, d.stored, said[n], "", weigh)
		// The words of the quotation count most; the sentence around it may
		// name what it is about.
		if q.Score = 0.7*s.topic.held(d.Language, q.Text) + 0.3*s.topic.held(d.Language, q.Context+" "+d.Title); q.Score > 0 {
			all.add(h.doc, q)
		}
	}
	d.numbers = left
	return d.fault()
}

// topic is what somebody wants to hear about, in each language of the
// documents.
type topic struct {
	clauses   []clause
	languages map[string]*wanted
	tokens    []lexis.Token // of the text last read
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
	t.tokens = lexis.For(language).Tokens(t.tokens[:0], s)
	held := make([]bool, len(w.terms))
	hold := func(term string) {
		if i, ok := slices.BinarySearch(w.terms, term); ok {
			held[i] = true
		}
	}
	for i := range t.tokens {
		if tok := &t.tokens[i]; !tok.Is(lexis.Stop) {
			hold(tok.Term)
		}
		if c := t.tokens[i].Concept; c != "" {
			hold(c)
		}
	}
	for i, weight := range w.weights {
		if held[i] {
			share += weight
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
