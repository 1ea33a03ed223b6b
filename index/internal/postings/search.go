package postings

import (
	"cmp"
	"context"
	"math"
	"slices"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"

	"example.org/attache/index/internal/top"
)

// Clause is one thing to look for: any of several ways to say it.
type Clause struct {
	Ways   []Way
	Weight float32 // multiplies the clause's rarity
}

// Way is terms that must all be in a passage, in the field of a language.
type Way struct {
	Field string
	Terms []string
}

// Hit is a passage that was found.
type Hit struct {
	Doc     int // place of its document in the table
	Passage int // its place in the document
	Score   float32
}

// Set is a set of passages, a bitmap of numbers a segment.
type Set []*roaring.Bitmap

// BM25's length normalisation. That a term is in a passage counts, not how
// often: passages are short.
const bm25K1, bm25B = 1.2, 0.4

// Search returns the n passages that match the clauses best, best first, among the
// documents that accept takes (nil: all) and the passages that are within (nil:
// all). Ties are in order of document and passage.
//
// Clauses are taken rarest first. As soon as the clauses that are left can't
// lift a passage without any of the former among the best n, they are only
// looked up for the passages found so far (the MaxScore rule of Turtle and
// Flood, 1995, a term at a time).
func (x *Index) Search(ctx context.Context, clauses []Clause, n int, accept func(doc int) bool, within Set) ([]Hit, error) {
	parts, err := x.weigh(clauses)
	if err != nil || len(parts) == 0 {
		return nil, err
	}
	s := scratches.Get().(*scratch)
	defer s.release()
	s.reset(x.passages, accept)
	norms := x.norms()
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
				s.look(b, x.segments[i].base, p.weight, &norms)
			} else {
				s.scan(b, x.segments[i].base, p.weight, &norms)
			}
		}
		rest -= p.weight
	}
	return x.best(s, n), nil
}

// Frequency returns in how many passages, echoes aside, any of the ways to say
// something occurs.
func (x *Index) Frequency(ways ...Way) (n int, err error) {
	found, err := x.find(Clause{Ways: ways})
	if err != nil {
		return 0, err
	}
	return x.alone(found), nil
}

// Size is how many passages there are without echoes.
func (x *Index) Size() int { return len(x.passages.number) - x.echo }

// alone counts the passages that were found without the echoes; what is found in
// echoes only counts as one.
func (x *Index) alone(found []*roaring.Bitmap) (n int) {
	echoes := 0
	for i, b := range found {
		n += int(b.GetCardinality())
		if x.echo > 0 {
			echoes += int(b.AndCardinality(x.echoes[i]))
		}
	}
	return max(n-echoes, min(n, 1))
}

// weighed is a clause with the passages of each segment that it matches.
type weighed struct {
	found  []*roaring.Bitmap
	weight float32
}

// weigh looks the clauses up and orders those that match anything by their
// weight, the weightiest first.
func (x *Index) weigh(clauses []Clause) ([]weighed, error) {
	var all []weighed
	for _, c := range clauses {
		found, err := x.find(c)
		if err != nil {
			return nil, err
		}
		df := x.alone(found)
		if df > 0 && c.Weight > 0 {
			all = append(all, weighed{found, c.Weight * x.Rarity(df)})
		}
	}
	slices.SortStableFunc(all, func(a, b weighed) int { return cmp.Compare(b.weight, a.weight) })
	return all, nil
}

// Rarity is BM25's inverse document frequency for something that df passages
// hold.
func (x *Index) Rarity(df int) float32 {
	n := float64(max(x.Size(), df))
	return float32(math.Log1p((n - float64(df) + 0.5) / (float64(df) + 0.5)))
}

// find returns the passages that match c: a bitmap a segment, not to be
// changed.
func (x *Index) find(c Clause) ([]*roaring.Bitmap, error) {
	found := make([]*roaring.Bitmap, len(x.segments))
	for i, s := range x.segments {
		var any []*roaring.Bitmap
		for _, w := range c.Ways {
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
func (s segment) all(w Way) (*roaring.Bitmap, error) {
	dict, err := s.api.Dictionary(w.Field)
	if err != nil {
		return nil, err
	}
	var found *roaring.Bitmap
	for i, t := range w.Terms {
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

// Numbers returns the numbers of n passages of a document from the first on, for a
// Set; of those that are there.
func (x *Index) Numbers(doc, first, n int) []uint32 { return x.passages.of(doc, first, n) }

// Set makes a set of numbers, which it changes.
func (x *Index) Set(numbers []uint32) Set {
	slices.Sort(numbers)
	set := make(Set, len(x.segments))
	for i, s := range x.segments {
		set[i] = roaring.New()
		n, _ := slices.BinarySearch(numbers, uint32(s.end()))
		own := numbers[:n]
		for j := range own {
			own[j] -= uint32(s.base)
		}
		set[i].AddMany(own)
		numbers = numbers[n:]
	}
	return set
}

// Unnormed returns the score of a hit before its length is taken into account:
// about the sum of the weights of the clauses that it matches. It is false where
// there is no such passage.
func (x *Index) Unnormed(h Hit) (float32, bool) {
	n := x.passages.of(h.Doc, h.Passage, 1)
	if len(n) == 0 {
		return 0, false
	}
	return h.Score / x.norm(int(x.passages.terms[n[0]])), true
}

// norms returns the length factor of a passage for each number of terms.
func (x *Index) norms() (norms [256]float32) {
	for n := range norms {
		norms[n] = x.norm(n)
	}
	return norms
}

// norm is the length factor of a passage of n terms.
func (x *Index) norm(n int) float32 {
	return (bm25K1 + 1) / (1 + bm25K1*(1-bm25B+bm25B*float32(n)/x.mean))
}

// scratch is the memory that one search needs: a score for each passage, and
// which have one.
type scratch struct {
	*passages
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

func (s *scratch) reset(p *passages, accept func(doc int) bool) {
	for _, at := range s.touched {
		s.scores[at] = 0 // all of them: a larger generation may be searched next
	}
	s.touched, s.closed = s.touched[:0], false
	s.passages, s.accept = p, accept
	if cap(s.scores) < len(p.doc) {
		s.scores = make([]float32, len(p.doc))
	}
	s.scores = s.scores[:len(p.doc)]
}

// release lets others have s, which keeps nothing of a generation.
func (s *scratch) release() {
	s.passages, s.accept = nil, nil
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
	best := s.top[:0]
	for _, at := range s.found() {
		best = top.Push(best, n, s.scores[at])
	}
	s.top = best
	return max(best[0], 0)
}

// best returns the n best passages.
func (x *Index) best(s *scratch, n int) []Hit {
	all := make([]Hit, 0, n)
	low := s.threshold(n) // sorting the few that reach it is cheaper than sorting all
	for _, at := range s.found() {
		if s.scores[at] >= low && s.scores[at] > 0 {
			all = append(all, Hit{int(x.passages.doc[at]), int(x.passages.passage[at]), s.scores[at]})
		}
	}
	slices.SortFunc(all, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Doc, b.Doc), cmp.Compare(a.Passage, b.Passage))
	})
	return all[:min(n, len(all))]
}
