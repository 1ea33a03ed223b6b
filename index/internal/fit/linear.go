package main

import (
	"math"
	"slices"

	"attache/index/rank"
)

// linear is a linear model: the last weight is the bias.
type linear []float64

func (l linear) score(x []float64) float64 {
	sum := l[len(x)]
	for i, v := range x {
		sum += l[i] * v
	}
	return sum
}

func (l linear) weights(names []string) rank.Weights {
	w := rank.Weights{Bias: round(l[len(names)]), Weights: map[string]float64{}}
	for i, n := range names {
		if v := round(l[i]); v != 0 {
			w.Weights[n] = v
		}
	}
	return w
}

func round(v float64) float64 { return math.Round(v*1e4) / 1e4 }

// order sorts the candidates of a question, best first.
func (l linear) order(a asked) []int {
	order := make([]int, len(a.candidates))
	scores := make([]float64, len(a.candidates))
	for i := range order {
		order[i], scores[i] = i, l.score(a.candidates[i].features)
	}
	slices.SortStableFunc(order, func(i, j int) int {
		switch {
		case scores[i] > scores[j]:
			return -1
		case scores[i] < scores[j]:
			return 1
		}
		return 0
	})
	return order
}

// evidence is that for the best candidate, as the index would gather it with
// these weights.
func (l linear) evidence(a asked) []float64 {
	order := l.order(a)
	if len(order) == 0 {
		return make([]float64, len(rank.EvidenceNames()))
	}
	all := make([]rank.Standing, len(order))
	for i, o := range order {
		all[i] = rank.Standing{Score: l.score(a.candidates[o].features), Document: a.candidates[o].document}
	}
	e := slices.Clone(a.candidates[order[0]].evidence)
	rank.Compare(e, all, 0)
	return e
}

func (l linear) probability(x []float64) float64 { return 1 / (1 + math.Exp(-l.score(x))) }

// adam minimises what gradient adds up, from the weights start (Kingma and
// Ba, 2015).
func adam(start linear, steps int, rate float64, gradient func(w, g linear)) linear {
	const b1, b2 = 0.9, 0.999
	w := slices.Clone(start)
	m, v, g := make(linear, len(w)), make(linear, len(w)), make(linear, len(w))
	for t := 1; t <= steps; t++ {
		clear(g)
		gradient(w, g)
		step := rate * math.Min(1, 2*(1-float64(t)/float64(steps+1)))
		for i := range w {
			m[i] = b1*m[i] + (1-b1)*g[i]
			v[i] = b2*v[i] + (1-b2)*g[i]*g[i]
			w[i] -= step * m[i] / (1 - math.Pow(b1, float64(t))) / (math.Sqrt(v[i]/(1-math.Pow(b2, float64(t)))) + 1e-8)
		}
	}
	return w
}

// given are weights of the ranking that the questions can't teach, because none
// of them asks what somebody said.
var given = map[string]float64{"spoken": 3}

// givenConfidence are weights of the confidence that the questions hardly
// teach: what nothing answers is of other subjects in them, not of the same
// where only the date or the number is missing, or where what is told is told of
// another state or organisation.
var givenConfidence = map[string]float64{"untold_time": -5, "untold_number": -5, "rival": -5}

// fitRanking finds the weights under which the right sentences of each
// question take most of the softmax over its candidates.
func fitRanking(all []asked) linear {
	n := len(rank.FeatureNames())
	var train []asked
	for _, a := range all {
		if slices.ContainsFunc(a.candidates, func(c candidate) bool { return c.right }) {
			train = append(train, a)
		}
	}
	p, sum := make([]float64, keep), 0.0
	for _, a := range train {
		sum += a.weight
	}
	start := make(linear, n+1)
	for i, name := range rank.FeatureNames() {
		start[i] = given[name]
	}
	return adam(start, 250, 0.1, func(w, g linear) {
		for i := range w {
			g[i] = ridge * (w[i] - start[i])
		}
		for _, a := range train {
			listwise(w, g, a, p[:len(a.candidates)], a.weight/sum)
		}
	})
}

// How strongly weights are drawn to zero: those of the ranking, and those of
// the confidence, whose inputs are scaled.
const (
	ridge  = 0.0003
	steady = 0.05
)

// listwise adds the gradient of -log of the softmax that right candidates
// take.
func listwise(w, g linear, a asked, p []float64, weight float64) {
	top := math.Inf(-1)
	for i, c := range a.candidates {
		p[i] = w.score(c.features)
		top = max(top, p[i])
	}
	all, right := 0.0, 0.0
	for i, c := range a.candidates {
		p[i] = math.Exp(p[i] - top)
		all += p[i]
		if c.right {
			right += p[i]
		}
	}
	for i, c := range a.candidates {
		d := p[i] / all
		if c.right {
			d -= p[i] / right
		}
		if d *= weight; math.Abs(d) < 1e-9 {
			continue
		}
		for j, v := range c.features {
			g[j] += d * v
		}
	}
}

// wrongly is how much worse it is to answer what is not held than to refuse
// what is.
const wrongly = 1.3

// fitConfidence finds the weights of the chance that the first candidate
// answers. Both outcomes weigh the same, but for wrongly.
func fitConfidence(ranking linear, all []asked) linear {
	var x [][]float64
	held, other := 0.0, 0.0
	for _, a := range all {
		x = append(x, ranking.evidence(a))
		if a.held() {
			held += a.weight
		} else {
			other += a.weight
		}
	}
	scale := spread(x)
	n := len(scale)
	start := make(linear, n+1)
	for i, name := range rank.EvidenceNames() {
		start[i] = givenConfidence[name] * scale[i]
	}
	w := adam(start, 600, 0.05, func(w, g linear) {
		for i := range n {
			g[i] = steady * (w[i] - start[i])
		}
		for k := range x {
			weight, target := wrongly*0.5*all[k].weight/other, 0.0
			if all[k].held() {
				weight, target = 0.5*all[k].weight/held, 1
			}
			s := w[n]
			for i, v := range x[k] {
				s += w[i] * v / scale[i]
			}
			d := weight * (1/(1+math.Exp(-s)) - target)
			g[n] += d
			for i, v := range x[k] {
				g[i] += d * v / scale[i]
			}
		}
	})
	for i := range n {
		w[i] /= scale[i]
	}
	return w
}

// held reports whether the corpus asked holds the answer.
func (a asked) held() bool { return !a.removed && !a.altered && len(a.question.Answers) > 0 }

// spread is the standard deviation of each column, 1 where there is none.
func spread(x [][]float64) []float64 {
	s := make([]float64, len(x[0]))
	for i := range s {
		sum, squares := 0.0, 0.0
		for _, v := range x {
			sum += v[i]
			squares += v[i] * v[i]
		}
		mean := sum / float64(len(x))
		if s[i] = math.Sqrt(max(squares/float64(len(x))-mean*mean, 0)); s[i] < 1e-6 {
			s[i] = 1
		}
	}
	return s
}
