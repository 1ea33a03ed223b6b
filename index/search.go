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
// the documents that accept takes and the passages that are within, a bitmap a
// segment (nil: all). Ties are in order of document and passage.
//
// Clauses are taken rarest first. As soon as the clauses that are left can't
// lift a passage without any of the former among the best n, they are only
// looked up for the passages found so far (the MaxScore rule of Turtle and
// Flood, 1995, a term at a time).
func (g *generation) search(ctx context.Context, clauses []clause, n int, accept func(doc int) bool, within []*roaring.Bitmap) ([]hit, error) {
	parts, err := g.weigh(clauses)
	if err != nil || len(parts) == 0 {
		return nil, err
	}
	s := scratches.Get().(*scratch)
	defer s.release()
	s.reset(g.places, accept)
	norms := g.norms()
	rest := float32(0)
	for _, p := range parts {
		rest += p.weight
	}
	for _, p := range parts {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		s.prune(n, rest*norms[0])
		for i, b := range p.found {
			if within != nil {
				b = roaring.And(b, within[i])
			}
			if s.closed {
				s.look(b, g.segments[i].base, p.weight, &norms)
			} else {
				s.scan(b, g.segments[i].base, p.weight, &norms)
			}
		}
		rest -= p.weight
	}
	return g.best(s, n), nil
}

// frequency returns in how many passages any of the ways to say something
// occurs.
func (g *generation) frequency(ways ...way) (n int, err error) {
	found, err := g.find(clause{ways: ways})
	if err != nil {
		return 0, err
	}
	return g.copies.alone(found), nil
}

// size is how many passages there are without echoes.
func (g *generation) size() int { return g.Passages - g.copies.echo }

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
		df := g.copies.alone(found)
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
	n := float64(max(g.size(), df))
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

// bitmaps returns the bleve documents of a list as a bitmap a segment.
func (g *generation) bitmaps(all []uint32) []*roaring.Bitmap {
	slices.Sort(all)
	maps := make([]*roaring.Bitmap, len(g.segments))
	for i, s := range g.segments {
		maps[i] = roaring.New()
		n, _ := slices.BinarySearch(all, uint32(s.end()))
		own := all[:n]
		for j := range own {
			own[j] -= uint32(s.base)
		}
		maps[i].AddMany(own)
		all = all[n:]
	}
	return maps
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
	*passageMap
	accept  func(doc int) bool // nil: all
	scores  []float32          // refused for passages that the filter refuses
	touched []uint32           // those with a score
	alive   []uint32           // those that may become the best; valid once closed
	closed  bool               // no others can
	top     []float32
	buffer  [256]uint32
}

const refused = -1

var scratches = sync.Pool{New: func() any { return &scratch{} }}

func (s *scratch) reset(p *passageMap, accept func(doc int) bool) {
	for _, at := range s.touched {
		s.scores[at] = 0 // all of them: a larger generation may be searched next
	}
	s.touched, s.closed = s.touched[:0], false
	s.passageMap, s.accept = p, accept
	if cap(s.scores) < len(p.doc) {
		s.scores = make([]float32, len(p.doc))
	}
	s.scores = s.scores[:len(p.doc)]
}

// release lets others have s, which keeps nothing of a generation.
func (s *scratch) release() {
	s.passageMap, s.accept = nil, nil
	scratches.Put(s)
}

// prune drops the passages that can't become one of the n best when the
// clauses that are left add at most rest, and closes the search when no new
// ones can.
func (s *scratch) prune(n int, rest float32) {
	low := s.threshold(n)
	if low < rest {
		return
	}
	from := s.alive
	if !s.closed {
		s.closed = true
		s.alive = slices.Grow(s.alive[:0], len(s.touched))
		from = s.touched
	}
	alive := s.alive[:0]
	for _, at := range from {
		if v := s.scores[at]; v > 0 && v+rest >= low {
			alive = append(alive, at)
		}
	}
	s.alive = alive
}

// scan adds weight to all passages in b.
func (s *scratch) scan(b *roaring.Bitmap, base int, weight float32, norms *[256]float32) {
	it := b.ManyIterator()
	for n := it.NextMany(s.buffer[:]); n > 0; n = it.NextMany(s.buffer[:]) {
		for _, local := range s.buffer[:n] {
			at := uint32(base) + local
			switch v := s.scores[at]; {
			case v > 0:
				s.scores[at] = v + weight*norms[s.terms[at]]
			case v == 0:
				s.touched = append(s.touched, at)
				s.scores[at] = refused
				if s.accept == nil || s.accept(int(s.doc[at])) {
					s.scores[at] = weight * norms[s.terms[at]]
				}
			}
		}
	}
}

// look adds weight to those passages in b that are still alive.
func (s *scratch) look(b *roaring.Bitmap, base int, weight float32, norms *[256]float32) {
	for _, at := range s.alive {
		if local := int(at) - base; local >= 0 && b.Contains(uint32(local)) {
			s.scores[at] += weight * norms[s.terms[at]]
		}
	}
}

// found are the passages that may be the best.
func (s *scratch) found() []uint32 {
	if s.closed {
		return s.alive
	}
	return s.touched
}

// threshold returns the n-th best score so far, 0 when there are fewer.
func (s *scratch) threshold(n int) float32 {
	if len(s.found()) < n {
		return 0
	}
	top := s.top[:0]
	for _, at := range s.found() {
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
	for _, at := range s.found() {
		if s.scores[at] >= low && s.scores[at] > 0 {
			all = append(all, hit{int(g.places.doc[at]), int(g.places.passage[at]), s.scores[at]})
		}
	}
	slices.SortFunc(all, func(a, b hit) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.doc, b.doc), cmp.Compare(a.passage, b.passage))
	})
	return all[:min(n, len(all))]
}
