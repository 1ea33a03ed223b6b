package attribute

import (
	"embed"
	"math"
	"strconv"
	"strings"
	"sync"
)

// scorer weighs candidates by named facts: the weights of the facts that hold
// are added up. The weights are data, fitted by the command internal/fit.
type scorer struct {
	weight func(fact []byte) float64
	buf    []byte
	sum    float64
}

// weighBy is a scorer with the weights of a data file.
func weighBy(weights map[string]float64) scorer {
	return scorer{weight: func(fact []byte) float64 { return weights[string(fact)] }}
}

// fact notes that a fact holds. Its name is its parts, joined.
func (s *scorer) fact(parts ...string) {
	s.buf = s.buf[:0]
	for i, p := range parts {
		if i > 0 {
			s.buf = append(s.buf, ' ')
		}
		s.buf = append(s.buf, p...)
	}
	s.sum += s.weight(s.buf)
}

// take returns the sum of the facts noted since the last call.
func (s *scorer) take() float64 {
	sum := s.sum
	s.sum = 0
	return sum
}

// chances turns scores into probabilities.
func chances(scores []float64) {
	top := math.Inf(-1)
	for _, s := range scores {
		top = math.Max(top, s)
	}
	sum := 0.0
	for i, s := range scores {
		scores[i] = math.Exp(s - top)
		sum += scores[i]
	}
	for i := range scores {
		scores[i] /= sum
	}
}

//go:embed data/*.weights
var weights embed.FS

// weightsOf reads the weights of one scorer: a fact and its weight a line.
func weightsOf(name string) func() map[string]float64 {
	return sync.OnceValue(func() map[string]float64 {
		b, err := weights.ReadFile("data/" + name + ".weights")
		if err != nil {
			panic(err) // part of the build
		}
		m := map[string]float64{}
		for line := range strings.Lines(string(b)) {
			fact, w, ok := strings.Cut(strings.TrimSpace(line), "\t")
			if !ok {
				continue // a comment
			}
			if m[fact], err = strconv.ParseFloat(w, 64); err != nil {
				panic(err) // part of the build
			}
		}
		return m
	})
}

var (
	speakerWeights  = weightsOf("speaker")
	pronounWeights  = weightsOf("pronoun")
	reportedWeights = weightsOf("reported")
)

// chance is the probability of what scores s against nothing.
func chance(s float64) float64 { return 1 / (1 + math.Exp(-s)) }
