package rank

import (
	"math"
	"math/bits"

	"attache/index/lexis"
)

// phrases are the pairs of neighbours in a question, little words too: "named
// after", "on their own".
type phrases struct {
	words map[string]uint8 // the question's words by term, from 1
	pairs []uint8          // by two words, which pair they are, from 1
	n     int              // how many pairs
}

// mostPairs is how many pairs are told apart; the rest of a longer question
// makes none.
const mostPairs = 64

func phrasesOf(question []lexis.Token) (p phrases) {
	p.words = map[string]uint8{}
	question = question[:min(len(question), mostPairs)]
	for _, t := range question {
		if p.words[t.Term] == 0 {
			p.words[t.Term] = uint8(len(p.words) + 1)
		}
	}
	p.pairs = make([]uint8, p.at(uint8(len(p.words)), uint8(len(p.words)))+1)
	for i := 1; i < len(question); i++ {
		a, b := p.words[question[i-1].Term], p.words[question[i].Term]
		if a != b && p.pairs[p.at(a, b)] == 0 && !question[i].Is(lexis.Gram) {
			p.n++
			p.pairs[p.at(a, b)], p.pairs[p.at(b, a)] = uint8(p.n), uint8(p.n)
		}
	}
	return p
}

func (p *phrases) at(a, b uint8) int { return int(a)*(len(p.words)+1) + int(b) }

// phrasesOf tells which pairs stand in a sentence, in any order, with at most
// one word between them; a bit each.
func (r *reader) phrasesOf(tokens []lexis.Token) (found uint64) {
	p := &r.q.phrases
	var last, before uint8 // the words one and two places back
	for i := range tokens {
		w := r.lately(&tokens[i]).word
		if w > 0 {
			for _, v := range [...]uint8{last, before} {
				if n := p.pairs[p.at(v, w)]; n > 0 {
					found |= 1 << (n - 1)
				}
			}
		}
		last, before = w, last
	}
	return found
}

// pairWeights is how much each pair tells candidates apart.
type pairWeights struct {
	weights [mostPairs]float64
	sum     float64
}

// weighPhrases weighs the pairs by how few of the candidates have them.
func (r *reader) weighPhrases() (w pairWeights) {
	var held [mostPairs]float64
	for _, found := range r.phrases {
		for ; found > 0; found &= found - 1 {
			held[bits.TrailingZeros64(found)]++
		}
	}
	for i := range r.q.phrases.n {
		w.weights[i] = math.Log(1 + float64(len(r.phrases))/(held[i]+1))
		w.sum += w.weights[i]
	}
	return w
}

func (w *pairWeights) share(found uint64) float64 {
	sum := 0.0
	for ; found > 0; found &= found - 1 {
		sum += w.weights[bits.TrailingZeros64(found)]
	}
	return sum / max(w.sum, tiny)
}
