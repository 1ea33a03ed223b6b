package rank

import "math"

// noted is what a candidate meets of the question, alone and with what stands
// around it, and what it and only its neighbours have of the wording.
type noted struct {
	levels, around      []float64
	own, previous, next traces
}

func (r *reader) note(s *sentence, around *vicinity) {
	n := noted{levels: s.levels, around: s.around, own: s.traces, previous: around.before.without(&s.traces)}
	n.next = around.after.without(&s.traces)
	n.next = n.next.without(&n.previous)
	r.noted = append(r.noted, n)
}

// holding counts in how many candidates each unit and each trace of the wording occurs:
// their document frequency. After weigh it holds their weights: the rarer, the higher.
type holding struct {
	candidates           float64
	units, traces        []float64
	unitSum, words, runs float64 // sums of the weights
}

func newHolding(q *Question) *holding {
	n, all := len(q.Units), make([]float64, len(q.Units)+firstRun+len(q.wording.runs))
	return &holding{units: all[:n:n], traces: all[n:]}
}

func (h *holding) add(n *noted) {
	h.candidates++
	for u := range h.units {
		h.units[u] += n.levels[u]
	}
	n.own.each(0, len(n.own), func(bit int) { h.traces[bit]++ })
}

// weigh turns the counts into weights: what few hold distinguishes them. With
// whole, wording that none has counts for the sum too.
func (h *holding) weigh(q *Question, whole bool) {
	for u, n := range h.units {
		h.units[u] = 0
		if n > 0 && !q.Units[u].Light {
			h.units[u] = h.rarity(n)
			h.unitSum += h.units[u]
		}
	}
	h.words = h.weighTraces(h.traces[:len(q.wording.words)], whole)
	h.runs = h.weighTraces(h.traces[firstRun:], whole)
}

func (h *holding) weighTraces(counts []float64, whole bool) (sum float64) {
	for i, n := range counts {
		if n > 0 || whole {
			counts[i] = h.rarity(n)
			sum += counts[i]
		}
	}
	return sum
}

func (h *holding) rarity(n float64) float64 { return math.Log(1 + h.candidates/(n+1)) }

// share is how much of what tells the candidates apart the levels meet.
func (h *holding) share(levels []float64) float64 {
	sum := 0.0
	for u, w := range h.units {
		sum += w * levels[u]
	}
	return sum / max(h.unitSum, tiny)
}

// shareOfWords and shareOfRuns are how much of it the traces have.
func (h *holding) shareOfWords(t *traces) float64 {
	sum := 0.0
	t.words(func(bit int) { sum += h.traces[bit] })
	return sum / max(h.words, tiny)
}

func (h *holding) shareOfRuns(t *traces) float64 {
	sum := 0.0
	t.runs(func(bit int) { sum += h.traces[bit] })
	return sum / max(h.runs, tiny)
}

// settle fills in the features that compare a sentence with the other
// candidates, and with those of its document.
func (r *reader) settle(all []Candidate) {
	every, documents := newHolding(r.q), map[string]*holding{}
	for i, c := range all {
		own := documents[c.Passage.Document]
		if own == nil {
			own = newHolding(r.q)
			documents[c.Passage.Document] = own
		}
		every.add(&r.noted[i])
		own.add(&r.noted[i])
	}
	every.weigh(r.q, true)
	for _, h := range documents {
		h.weigh(r.q, false)
	}
	for i := range all {
		f, n, own := &all[i].Features, &r.noted[i], documents[all[i].Passage.Document]
		f[LocalAround], f[DocLocal] = every.share(n.around), own.share(n.levels)
		f[Words], f[Letters], f[DocLetters] = every.shareOfWords(&n.own), every.shareOfRuns(&n.own), own.shareOfRuns(&n.own)
		f[LettersPrevious], f[LettersNext] = every.shareOfRuns(&n.previous), every.shareOfRuns(&n.next)
	}
}
