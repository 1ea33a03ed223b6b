package rank

import "math"

// noted is what a candidate meets of the question, alone and with what stands
// around it.
type noted struct {
	levels, around      []float64
	own, before, beside writing // of the sentence, with the one before, and with the one after too
}

func (r *reader) note(s *sentence, around vicinity) {
	n := noted{s.levels, s.around, s.writing, s.writing, s.writing}
	n.before.join(&around.before)
	n.beside = n.before
	n.beside.join(&around.after)
	r.noted = append(r.noted, n)
}

// holding is how many of some candidates meet each unit and have each of the
// question's words and runs of letters, and then how much that tells them
// apart.
type holding struct {
	candidates     float64
	units          []float64
	writing        [writingBits]float64
	unitSum        float64
	words, letters float64 // sums of their weights
}

func newHolding(q *Question) *holding { return &holding{units: make([]float64, len(q.Units))} }

func (h *holding) add(n *noted) {
	h.candidates++
	for u := range h.units {
		h.units[u] += n.levels[u]
	}
	n.own.each(0, len(n.own), func(bit int) { h.writing[bit]++ })
}

// weigh turns the counts into weights: what few hold tells them apart.
func (h *holding) weigh(q *Question) {
	rarity := func(n float64) float64 { return math.Log(1 + h.candidates/(n+1)) }
	for u, n := range h.units {
		h.units[u] = 0
		if n > 0 && !q.Units[u].Light {
			h.units[u] = rarity(n)
			h.unitSum += h.units[u]
		}
	}
	for bit, n := range h.writing {
		if n == 0 {
			continue
		}
		h.writing[bit] = rarity(n)
		if bit < 64*wordSets {
			h.words += h.writing[bit]
		} else {
			h.letters += h.writing[bit]
		}
	}
}

// share is how much of what tells the candidates apart the levels meet.
func (h *holding) share(levels []float64) float64 {
	sum := 0.0
	for u, w := range h.units {
		sum += w * levels[u]
	}
	return sum / max(h.unitSum, tiny)
}

// shareOfWords and shareOfLetters are how much of it the writing has.
func (h *holding) shareOfWords(w *writing) float64 {
	return h.weight(w, 0, wordSets) / max(h.words, tiny)
}

func (h *holding) shareOfLetters(w *writing) float64 {
	return h.weight(w, wordSets, len(w)) / max(h.letters, tiny)
}

func (h *holding) weight(w *writing, from, to int) (sum float64) {
	w.each(from, to, func(bit int) { sum += h.writing[bit] })
	return sum
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
	every.weigh(r.q)
	for _, h := range documents {
		h.weigh(r.q)
	}
	for i := range all {
		f, n, own := &all[i].Features, &r.noted[i], documents[all[i].Passage.Document]
		f[LocalAround], f[DocLocal] = every.share(n.around), own.share(n.levels)
		f[Words], f[Letters], f[DocLetters] = every.shareOfWords(&n.own), every.shareOfLetters(&n.own), own.shareOfLetters(&n.own)
		before := every.shareOfLetters(&n.before)
		f[LettersPrevious], f[LettersNext] = before-f[Letters], every.shareOfLetters(&n.beside)-before
	}
}
