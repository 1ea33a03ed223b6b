package index

import (
	"cmp"
	"context"
	"math"
	"slices"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
)

// clause is one thing to look for: any of several ways to say it.
type clause struct {
	ways   []way
	weight float32 // multiplies the clause's rarity
}

// way is terms that must all be in a passage, in the field of a language.
type way struct {
	field string
	terms []string
}

// hit is a passage that was found.
type hit struct {
	doc     int // place of its document in the table
	passage int // its place in the document
	score   float32
}

// BM25's length normalisation. That a term is in a passage counts, not how
// often: passages are short.
const bm25K1, bm25B = 1.2, 0.4

// search returns the n passages that match the clauses best, best first, among
// the documents that accept takes (nil: all). Ties are in order of document
// and passage.
//
// Clauses are taken rarest first. As soon as the clauses that are left can't
// lift a passage without any of the former among the best n, they are only
// looked up for the passages found so far (the MaxScore rule of Turtle and
// Flood, 1995, a term at a time).
func (g *generation) search(ctx context.Context, clauses []clause, n int, accept func(doc int) bool) ([]hit, error) {
	parts, err := g.weigh(clauses)
	if err != nil || len(parts) == 0 {
		return nil, err
	}
	s := scratches.Get().(*scratch)
	defer scratches.Put(s)
	s.reset(len(g.places.doc))
	s.accept = func(at uint32) bool { return accept == nil || accept(int(g.places.doc[at])) }
	norms := g.norms()
	rest := float32(0)
	for _, p := range parts {
		rest += p.weight
	}
	open := true
	for _, p := range parts {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		open = open && s.threshold(n) < rest*norms[0]
		for i, b := range p.found {
			s.score(b, g.segments[i].base, p.weight, g.places.terms, &norms, open)
		}
		rest -= p.weight
	}
	return g.best(s, n), nil
}

// frequency returns in how many passages a way to say something occurs.
func (g *generation) frequency(w way) (n int, err error) {
	found, err := g.find(clause{ways: []way{w}})
	for _, b := range found {
		n += int(b.GetCardinality())
	}
	return n, err
}

// weighed is a clause with the passages of each segment that it matches.
type weighed struct {
	found  []*roaring.Bitmap
	weight float32
}

// weigh looks the clauses up and orders those that match anything by their
// weight, the weightiest first.
func (g *generation) weigh(clauses []clause) ([]weighed, error) {
	var all []weighed
	for _, c := range clauses {
		found, err := g.find(c)
		if err != nil {
			return nil, err
		}
		df := 0
		for _, b := range found {
			df += int(b.GetCardinality())
		}
		if df > 0 && c.weight > 0 {
			all = append(all, weighed{found, c.weight * g.rarity(df)})
		}
	}
	slices.SortStableFunc(all, func(a, b weighed) int { return cmp.Compare(b.weight, a.weight) })
	return all, nil
}

// rarity is BM25's inverse document frequency for something that df passages
// hold.
func (g *generation) rarity(df int) float32 {
	n := float64(g.Passages)
	return float32(math.Log1p((n - float64(df) + 0.5) / (float64(df) + 0.5)))
}

// find returns the passages that match c: a bitmap a segment, not to be
// changed.
func (g *generation) find(c clause) ([]*roaring.Bitmap, error) {
	found := make([]*roaring.Bitmap, len(g.segments))
	for i, s := range g.segments {
		var any []*roaring.Bitmap
		for _, w := range c.ways {
			b, err := s.all(w)
			if err != nil {
				return nil, err
			}
			if !b.IsEmpty() {
				any = append(any, b)
			}
		}
		switch len(any) {
		case 0:
			found[i] = none
		case 1:
			found[i] = any[0]
		default:
			found[i] = roaring.FastOr(any...)
		}
	}
	return found, nil
}

var none = roaring.New()

// all returns the passages that hold all terms of w.
func (s segment) all(w way) (*roaring.Bitmap, error) {
	dict, err := s.api.Dictionary(w.field)
	if err != nil {
		return nil, err
	}
	var found *roaring.Bitmap
	for i, t := range w.terms {
		b, err := s.postings(dict, t)
		switch {
		case err != nil:
			return nil, err
		case i == 0:
			found = b
		default:
			found = roaring.And(found, b)
		}
		if found.IsEmpty() {
			break
		}
	}
	return cmp.Or(found, none), nil
}

// norms returns the length factor of a passage for each number of terms.
func (g *generation) norms() (norms [256]float32) {
	for n := range norms {
		norms[n] = (bm25K1 + 1) / (1 + bm25K1*(1-bm25B+bm25B*float32(n)/g.mean))
	}
	return norms
}

// scratch is the memory that one search needs: a score for each passage, and
// which have one.
type scratch struct {
	scores  []float32 // refused for passages that the filter refuses
	touched []uint32
	top     []float32
	accept  func(at uint32) bool
}

const refused = -1

var scratches = sync.Pool{New: func() any { return &scratch{} }}

func (s *scratch) reset(n int) {
	for _, at := range s.touched {
		s.scores[at] = 0 // all of them: a larger generation may be searched next
	}
	s.touched = s.touched[:0]
	if cap(s.scores) < n {
		s.scores = make([]float32, n)
	}
	s.scores = s.scores[:n]
}

// score adds weight to the passages in b. Those without a score only get one
// while open.
func (s *scratch) score(b *roaring.Bitmap, base int, weight float32, terms []uint8, norms *[256]float32, open bool) {
	if !open && uint64(len(s.touched)) < b.GetCardinality() {
		for _, at := range s.touched {
			if local := int(at) - base; local >= 0 && b.Contains(uint32(local)) {
				s.add(at, weight*norms[terms[at]])
			}
		}
		return
	}
	it := b.Iterator()
	for it.HasNext() {
		at := uint32(base) + it.Next()
		if s.scores[at] == 0 {
			if !open {
				continue
			}
			s.touched = append(s.touched, at)
			if !s.accept(at) {
				s.scores[at] = refused
			}
		}
		s.add(at, weight*norms[terms[at]])
	}
}

func (s *scratch) add(at uint32, score float32) {
	if s.scores[at] != refused {
		s.scores[at] += score
	}
}

// threshold returns the n-th best score so far, 0 when there are fewer.
func (s *scratch) threshold(n int) float32 {
	if len(s.touched) < n {
		return 0
	}
	top := s.top[:0]
	for _, at := range s.touched {
		top = pushTop(top, n, s.scores[at])
	}
	s.top = top
	return max(top[0], 0)
}

// pushTop keeps the n highest of the values that were pushed in the heap h,
// the lowest of them first.
func pushTop(h []float32, n int, v float32) []float32 {
	if len(h) < n {
		h = append(h, v)
		for i := len(h) - 1; i > 0 && h[(i-1)/2] > h[i]; i = (i - 1) / 2 {
			h[i], h[(i-1)/2] = h[(i-1)/2], h[i]
		}
		return h
	}
	if v <= h[0] {
		return h
	}
	h[0] = v
	for i := 0; ; {
		least := i
		for c := 2*i + 1; c <= 2*i+2 && c < n; c++ {
			if h[c] < h[least] {
				least = c
			}
		}
		if least == i {
			return h
		}
		h[i], h[least] = h[least], h[i]
		i = least
	}
}

// best returns the n best passages.
func (g *generation) best(s *scratch, n int) []hit {
	all := make([]hit, 0, n)
	low := s.threshold(n) // sorting the few that reach it is cheaper than sorting all
	for _, at := range s.touched {
		if s.scores[at] >= low && s.scores[at] > 0 {
			all = append(all, hit{int(g.places.doc[at]), int(g.places.passage[at]), s.scores[at]})
		}
	}
	slices.SortFunc(all, func(a, b hit) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.doc, b.doc), cmp.Compare(a.passage, b.passage))
	})
	return all[:min(n, len(all))]
}
