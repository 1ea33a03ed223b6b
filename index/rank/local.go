package rank

import "math"

// local notes what a candidate meets.
func (r *reader) local(s *sentence) {
	r.met = append(r.met, s.levels...)
	r.met = append(r.met, s.around...)
	r.phrases = append(r.phrases, r.phrasesOf(s.tokens))
}

// holding is how many of some candidates meet each unit, and then how much
// that tells them apart.
type holding struct {
	candidates, sum float64
	units           []float64
}

func newHolding(q *Question) *holding { return &holding{units: make([]float64, len(q.Units))} }

func (h *holding) add(levels []float64) {
	h.candidates++
	for u := range h.units {
		h.units[u] += levels[u]
	}
}

// weigh turns the counts into weights: what few hold tells them apart.
func (h *holding) weigh(q *Question) {
	h.sum = tiny
	for u, n := range h.units {
		h.units[u] = 0
		if n > 0 && !q.Units[u].Light {
			h.units[u] = math.Log(1 + h.candidates/(n+1))
			h.sum += h.units[u]
		}
	}
}

// share is how much of what tells the candidates apart the levels meet.
func (h *holding) share(levels []float64) float64 {
	sum := 0.0
	for u, w := range h.units {
		sum += w * levels[u]
	}
	return sum / h.sum
}

// settle fills in the features that compare a sentence with the other
// candidates, and with those of its document.
func (r *reader) settle(all []Candidate) {
	n := len(r.q.Units)
	every, documents := newHolding(r.q), map[string]*holding{}
	for i, c := range all {
		own := documents[c.Passage.Document]
		if own == nil {
			own = newHolding(r.q)
			documents[c.Passage.Document] = own
		}
		levels := r.met[2*n*i : 2*n*i+n]
		every.add(levels)
		own.add(levels)
	}
	every.weigh(r.q)
	for _, h := range documents {
		h.weigh(r.q)
	}
	pairs := r.weighPhrases()
	for i := range all {
		f, levels, around := &all[i].Features, r.met[2*n*i:2*n*i+n], r.met[2*n*i+n:2*n*(i+1)]
		f[LocalAround] = every.share(around)
		f[Phrase] = pairs.share(r.phrases[i])
		f[DocLocal] = documents[all[i].Passage.Document].share(levels)
	}
}
