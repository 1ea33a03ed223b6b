package rank

import (
	_ "embed"
	"encoding/json"
	"fmt"
)

// Model is what the fitting command writes: the weights by name of feature.
type Model struct {
	Fitted     string             `json:"fitted"`  // the day
	Figures    map[string]float64 `json:"figures"` // what it reached, by set
	Ranking    Weights            `json:"ranking"`
	Confidence Weights            `json:"confidence"`
}

// Weights are a linear model. Unnamed features weigh nothing.
type Weights struct {
	Bias    float64            `json:"bias"`
	Weights map[string]float64 `json:"weights"`
	at      []float64
}

//go:embed model.json
var fitted []byte

var model = readModel()

func readModel() *Model {
	var m Model
	err := json.Unmarshal(fitted, &m)
	if err == nil {
		err = m.Ranking.resolve(featureNames[:])
	}
	if err == nil {
		err = m.Confidence.resolve(evidenceNames)
	}
	if err != nil {
		panic(fmt.Sprintf("model.json: %v", err)) // part of the build; a test reads it
	}
	return &m
}

func (w *Weights) resolve(names []string) error {
	w.at = make([]float64, len(names))
	known := 0
	for i, n := range names {
		if v, ok := w.Weights[n]; ok {
			w.at[i] = v
			known++
		}
	}
	if known != len(w.Weights) {
		return fmt.Errorf("weights for unknown features")
	}
	return nil
}

func (w *Weights) score(f []float64) float64 {
	sum := w.Bias
	for i, v := range f {
		sum += w.at[i] * v
	}
	return sum
}
