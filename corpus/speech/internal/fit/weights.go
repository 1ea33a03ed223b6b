package main

import (
	"math"
	"math/rand/v2"
	"slices"

	"example.org/attache/corpus/speech/internal/attribute"
)

// example is one choice: the facts of every option, and which are right.
type example struct {
	facts [][]string
	right []bool
}

func exampleOf(c attribute.Choice, right []bool) example {
	e := example{right: right}
	for _, o := range c.Options {
		e.facts = append(e.facts, o.Facts)
	}
	return e
}

// weights is what each fact adds to the score of an option.
type weights map[string]float64

// How the weights are fitted: stochastic gradient descent on the likelihood of
// a conditional logit, with AdaGrad's rates and a penalty on large weights.
const (
	rounds  = 30
	rate    = 0.15
	penalty = 0.01
	rare    = 8 // a fact of fewer choices is left out
)

// fit finds the weights under which the right options are likeliest: the mean
// over the later rounds, which is steadier than the last.
func fit(examples []example) weights {
	examples = withoutRare(examples)
	w, squares, mean := weights{}, map[string]float64{}, weights{}
	rng := rand.New(rand.NewPCG(1, 2))
	for round := range rounds {
		for _, k := range rng.Perm(len(examples)) {
			w.step(&examples[k], squares)
		}
		if round >= rounds/2 {
			for f, v := range w {
				mean[f] += v / float64(rounds-rounds/2)
			}
		}
	}
	return mean
}

// step moves the weights towards one choice; squares sums up what moved each
// before.
func (w weights) step(e *example, squares map[string]float64) {
	all := w.scores(e)
	among := slices.Clone(all)
	for i, right := range e.right {
		if !right {
			among[i] = math.Inf(-1)
		}
	}
	chances(all)
	chances(among)
	for i, facts := range e.facts {
		wrong := all[i] - among[i]
		if math.Abs(wrong) < 1e-4 {
			continue
		}
		for _, f := range facts {
			g := wrong + penalty*w[f]
			squares[f] += g * g
			w[f] -= rate * g / (1 + math.Sqrt(squares[f]))
		}
	}
}

func (w weights) scores(e *example) []float64 {
	scores := make([]float64, len(e.facts))
	for i, facts := range e.facts {
		for _, f := range facts {
			scores[i] += w[f]
		}
	}
	return scores
}

// right counts the choices that the weights make rightly.
func (w weights) right(examples []example) (n int) {
	for i := range examples {
		scores := w.scores(&examples[i])
		if best := slices.Index(scores, slices.Max(scores)); examples[i].right[best] {
			n++
		}
	}
	return n
}

// chances turns scores into probabilities.
func chances(scores []float64) {
	top, sum := slices.Max(scores), 0.0
	for i, s := range scores {
		scores[i] = math.Exp(s - top)
		sum += scores[i]
	}
	for i := range scores {
		scores[i] /= sum
	}
}

// withoutRare leaves out the facts that hold in too few choices to learn from.
func withoutRare(examples []example) []example {
	count := map[string]int{}
	for _, e := range examples {
		seen := map[string]bool{}
		for _, f := range slices.Concat(e.facts...) {
			if !seen[f] {
				seen[f] = true
				count[f]++
			}
		}
	}
	out := make([]example, len(examples))
	for i, e := range examples {
		out[i] = example{right: e.right, facts: make([][]string, len(e.facts))}
		for j, facts := range e.facts {
			for _, f := range facts {
				if count[f] >= rare {
					out[i].facts[j] = append(out[i].facts[j], f)
				}
			}
		}
	}
	return out
}
