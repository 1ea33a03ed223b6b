package rank

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
)

// Model is what the fitting command writes: the weights by name of feature.
type Model struct {
	Figures    map[string]float64 `json:"figures"` // what it reached, by set
	Border     float64            `json:"border"`  // the confidence from which on a quote is given as the answer
	Ranking    Weights            `json:"ranking"`
	Confidence Weights            `json:"confidence"`
}

// Weights are a linear model whose weights depend on the question: to the
// weight of a feature come, for each trait, its weight under the trait times how
// much the question has of it.
type Weights struct {
	Bias    float64                       `json:"bias"`
	Weights map[string]float64            `json:"weights"`
	Under   map[string]map[string]float64 `json:"under"` // by trait and feature
	at      [1 + NumTraits][]float64
}

//go:embed model.json
var fitted []byte

var model = readModel()

func readModel() *Model {
	var m Model
	if err := json.Unmarshal(fitted, &m); err != nil {
		panic(fmt.Sprintf("model.json: %v", err)) // part of the build; a test reads it
	}
	m.Ranking.resolve(featureNames[:])
	m.Confidence.resolve(evidenceNames)
	return &m
}

// resolve finds the places of the weights. What has none weighs nothing, until
// it is fitted; a test tells.
func (w *Weights) resolve(names []string) {
	place := func(weights map[string]float64) []float64 {
		at := make([]float64, len(names))
		for i, n := range names {
			at[i] = weights[n]
		}
		return at
	}
	w.at[0] = place(w.Weights)
	for t, trait := range traitNames {
		w.at[1+t] = place(w.Under[trait])
	}
}

// weights are those for one question, in the order of the features; the last is
// the bias.
type weights []float64

// under returns the weights for a question with such traits.
func (w *Weights) under(traits []float64) weights {
	sum := append(slices.Clone(w.at[0]), w.Bias)
	for t, v := range traits {
		if v != 0 {
			for i, u := range w.at[1+t] {
				sum[i] += v * u
			}
		}
	}
	return sum
}

func (w weights) score(f []float64) float64 {
	sum := w[len(f)]
	for i, v := range f {
		sum += w[i] * v
	}
	return sum
}
