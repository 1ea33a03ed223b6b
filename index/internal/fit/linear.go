package main

import (
	"math"
	"math/rand/v2"
	"slices"

	"example.org/attache/index/rank"
)

// linear is a linear model whose weights depend on the question's traits, as
// rank.Weights are: a row of weights for each trait behind those that always
// count; the last weight is the bias.
type linear struct {
	features int
	w        []float64
}

func newLinear(features int) linear {
	return linear{features, make([]float64, features*(1+len(rank.TraitNames()))+1)}
}

// under sums up the weights for a question with the traits.
func (l linear) under(traits []float32) []float64 {
	sum := append(slices.Clone(l.w[:l.features]), l.w[len(l.w)-1])
	for t, v := range traits {
		if v != 0 {
			for i, u := range l.w[(1+t)*l.features : (2+t)*l.features] {
				sum[i] += float64(v) * u
			}
		}
	}
	return sum
}

// spread adds to l the gradient g of the weights for a question with the traits.
func (l linear) spread(g []float64, traits []float32) {
	for i, v := range g[:l.features] {
		l.w[i] += v
	}
	l.w[len(l.w)-1] += g[l.features]
	for t, v := range traits {
		if v != 0 {
			row := l.w[(1+t)*l.features : (2+t)*l.features]
			for i, u := range g[:l.features] {
				row[i] += float64(v) * u
			}
		}
	}
}

func score(w []float64, x []float32) float64 {
	n := len(w) - 1
	sum := w[n]
	for i, v := range x[:n] {
		sum += w[i] * float64(v)
	}
	return sum
}

func (l linear) weights(names []string) rank.Weights {
	w := rank.Weights{Bias: round(l.w[len(l.w)-1]), Weights: map[string]float64{}, Under: map[string]map[string]float64{}}
	for i, n := range names {
		w.Weights[n] = round(l.w[i])
	}
	for t, trait := range rank.TraitNames() {
		under := map[string]float64{}
		for i, n := range names {
			if v := round(l.w[(1+t)*l.features+i]); v != 0 {
				under[n] = v
			}
		}
		w.Under[trait] = under
	}
	return w
}

func round(v float64) float64 { return math.Round(v*1e4) / 1e4 }

// traits of a question, as its candidates' evidence holds them.
func (a *asked) traits() []float32 {
	if len(a.Candidates) == 0 {
		return nil
	}
	return a.Candidates[0].Evidence[rank.FirstTrait:]
}

// order sorts the candidates of a question, best first, with their scores.
func (l linear) order(a *asked) (order []int, scores []float64) {
	order = make([]int, len(a.Candidates))
	scores = make([]float64, len(a.Candidates))
	w := l.under(a.traits())
	for i := range order {
		order[i], scores[i] = i, score(w, a.Candidates[i].Evidence)
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
	return order, scores
}

// placed is a candidate with what its confidence rests on.
type placed struct {
	candidate
	evidence []float32
}

// best are the n best candidates, each with its evidence as the index would
// gather it with these weights.
func (l linear) best(a *asked, n int) (best []placed) {
	order, scores := l.order(a)
	all := make([]rank.Standing, len(order))
	for i, o := range order {
		all[i] = rank.Standing{Score: scores[o], Document: a.Candidates[o].Document}
	}
	e := make([]float64, rank.Evidence)
	for i, o := range order[:min(n, len(order))] {
		clear(e)
		rank.Compare(e, all, i)
		j := placed{a.Candidates[o], slices.Clone(a.Candidates[o].Evidence)}
		for _, f := range []int{rank.Score, rank.Gap, rank.Gap10, rank.Agree} {
			j.evidence[f] = float32(e[f])
		}
		best = append(best, j)
	}
	return best
}

// adam minimises what gradient adds up, from the weights start (Kingma and
// Ba, 2015).
func adam(start linear, steps int, rate float64, gradient func(step int, w, g linear)) linear {
	const b1, b2 = 0.9, 0.999
	w := linear{start.features, slices.Clone(start.w)}
	g := linear{start.features, make([]float64, len(w.w))}
	m, v := make([]float64, len(w.w)), make([]float64, len(w.w))
	for t := 1; t <= steps; t++ {
		clear(g.w)
		gradient(t, w, g)
		step := rate * math.Min(1, 2*(1-float64(t)/float64(steps+1)))
		for i, d := range g.w {
			m[i] = b1*m[i] + (1-b1)*d
			v[i] = b2*v[i] + (1-b2)*d*d
			w.w[i] -= step * m[i] / (1 - math.Pow(b1, float64(t))) / (math.Sqrt(v[i]/(1-math.Pow(b2, float64(t)))) + 1e-8)
		}
	}
	return w
}

// given are weights of the ranking that the questions can't teach, because none
// of them asks what somebody said. They are not fitted.
var given = map[string]float64{"spoken": 3, "off_topic": -2}

// givenConfidence are such weights of the confidence: that who is asked for says
// it, and that what is told is told of another state or organisation.
var givenConfidence = map[string]float64{"spoken": 3, "rival": -5}

// hold takes the given weights out of a gradient.
func (l linear) hold(names []string, given map[string]float64) {
	for i, n := range names {
		if _, ok := given[n]; ok {
			for at := i; at < len(l.w)-1; at += l.features {
				l.w[at] = 0
			}
		}
	}
}

// The ridge: how strongly weights are drawn to where they start, those that
// always count and those under a trait.
var (
	ridge, ridgeUnder   = 0.0002, 0.001
	steady, steadyUnder = 0.002, 0.01
)

// full is how many questions a set has from which on it weighs as much as
// others: one of few would else say what its few questions happen to.
const full = 300

// rankingShare is how much the questions of a set weigh in the ranking, by the
// way they were asked.
var rankingShare = [ways]float64{plain: 1, few: 0.15}

// confidenceShare is the same in the confidence. Near misses and other questions
// without an answer weigh much: from them it learns what an answer has that its
// surroundings lack.
var confidenceShare = [ways]float64{plain: 1, near: 0.6, lacking: 0.6, few: 0.1, altered: 0.3}

// weigh returns a weight for each question, so that every set weighs the same
// in each way of asking.
func weigh(all []asked, share [ways]float64) []float64 {
	type group struct {
		set string
		way way
	}
	n := map[group]float64{}
	for i := range all {
		n[group{all[i].Set, all[i].Way}]++
	}
	w, sum := make([]float64, len(all)), 0.0
	for i := range all {
		size := n[group{all[i].Set, all[i].Way}]
		w[i] = share[all[i].Way] / max(size, full)
		sum += w[i]
	}
	for i := range w {
		w[i] /= sum
	}
	return w
}

// batches is into how many parts the questions are dealt; each step looks at
// one.
const batches = 8

// fitRanking finds the weights under which the right sentences of each
// question take most of the softmax over its candidates.
func fitRanking(all []asked) linear {
	n := len(rank.FeatureNames())
	weights := weigh(all, rankingShare)
	var train []int
	for i := range all {
		if weights[i] > 0 && slices.ContainsFunc(all[i].Candidates, func(c candidate) bool { return c.Right }) {
			train = append(train, i)
		}
	}
	shuffle(train)
	start := newLinear(n)
	for i, name := range rank.FeatureNames() {
		start.w[i] = given[name]
	}
	p, g1 := make([]float64, keep), make([]float64, n+1)
	return adam(start, 400, 0.05, func(step int, w, g linear) {
		w.pull(start, g, ridge, ridgeUnder)
		for k := step % batches; k < len(train); k += batches {
			a := &all[train[k]]
			clear(g1)
			listwise(w.under(a.traits()), g1, a, p[:len(a.Candidates)], batches*weights[train[k]])
			g.spread(g1, a.traits())
		}
		g.hold(rank.FeatureNames(), given)
	})
}

func shuffle(all []int) {
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
}

// pull adds the gradient of the ridge.
func (l linear) pull(start, g linear, ridge, under float64) {
	for i := range l.w[:len(l.w)-1] {
		r := ridge
		if i >= l.features {
			r = under
		}
		g.w[i] += r * (l.w[i] - start.w[i])
	}
}

// listwise adds the gradient of -log of the softmax that right candidates
// take.
func listwise(w, g []float64, a *asked, p []float64, weight float64) {
	top := math.Inf(-1)
	for i, c := range a.Candidates {
		p[i] = score(w, c.Evidence)
		top = max(top, p[i])
	}
	all, right := 0.0, 0.0
	for i, c := range a.Candidates {
		p[i] = math.Exp(p[i] - top)
		all += p[i]
		if c.Right {
			right += p[i]
		}
	}
	for i, c := range a.Candidates {
		d := p[i] / all
		if c.Right {
			d -= p[i] / right
		}
		if d *= weight; math.Abs(d) < 1e-9 {
			continue
		}
		for j := range len(g) - 1 {
			g[j] += d * float64(c.Evidence[j])
		}
	}
}

// shown is how many of a question's candidates the confidence is fitted on, as
// many as a reply shows, and later how much those behind the first weigh.
const (
	shown = 3
	later = 0.15
)

// example is one candidate that the confidence is fitted on.
type example struct {
	placed
	traits []float32
	weight float64
}

// fitConfidence finds the weights of the chance that a candidate is right.
func fitConfidence(ranking linear, all []asked) linear {
	weights := weigh(all, confidenceShare)
	var train []example
	for i := range all {
		if weights[i] == 0 {
			continue
		}
		for place, j := range ranking.best(&all[i], shown) {
			e := example{j, slices.Clone(all[i].traits()), weights[i]}
			if place > 0 {
				e.weight *= later
			}
			train = append(train, e)
		}
	}
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(train), func(i, j int) { train[i], train[j] = train[j], train[i] })
	scale := deviations(train)
	for _, e := range train {
		for j := range e.evidence {
			e.evidence[j] /= scale[j]
		}
	}
	n := len(scale)
	start := newLinear(n)
	for i, name := range rank.EvidenceNames() {
		start.w[i] = givenConfidence[name] * float64(scale[i])
	}
	g1 := make([]float64, n+1)
	w := adam(start, 600, 0.03, func(step int, w, g linear) {
		w.pull(start, g, steady, steadyUnder)
		for k := step % batches; k < len(train); k += batches {
			e, target := &train[k], 0.0
			if e.Right {
				target = 1
			}
			d := batches * e.weight * (logistic(score(w.under(e.traits), e.evidence)) - target)
			g1[n] = d
			for j, v := range e.evidence {
				g1[j] = d * float64(v)
			}
			g.spread(g1, e.traits)
		}
		g.hold(rank.EvidenceNames(), givenConfidence)
	})
	for i := range len(w.w) - 1 {
		w.w[i] /= float64(scale[i%n])
	}
	w.calibrate(ranking, all)
	return w
}

// calibrate scales and shifts the log-odds so that they fit the questions asked in
// the plain way (Platt, 1999). The other ways teach what speaks against an answer,
// and are asked more often here than unanswerable questions are in use.
func (l linear) calibrate(ranking linear, all []asked) {
	weights := weigh(all, [ways]float64{plain: 1})
	type outcome struct{ odds, right, weight float64 }
	var outcomes []outcome
	for i := range all {
		a := &all[i]
		if weights[i] == 0 {
			continue
		}
		for _, first := range ranking.best(a, 1) {
			o := outcome{odds: score(l.under(a.traits()), first.evidence), weight: weights[i]}
			if first.Right {
				o.right = 1
			}
			outcomes = append(outcomes, o)
		}
	}
	slope, shift := 1.0, 0.0
	for range newtonSteps {
		var gs, gb, ss, sb, bb float64
		for _, o := range outcomes {
			p := logistic(slope*o.odds + shift)
			d, h := o.weight*(p-o.right), o.weight*p*(1-p)
			gs, gb = gs+d*o.odds, gb+d
			ss, sb, bb = ss+h*o.odds*o.odds, sb+h*o.odds, bb+h
		}
		det := max(ss*bb-sb*sb, 1e-12)
		slope, shift = slope-(bb*gs-sb*gb)/det, shift-(ss*gb-sb*gs)/det
	}
	for i := range l.w {
		l.w[i] *= slope
	}
	l.w[len(l.w)-1] += shift
}

// newtonSteps is after how many steps the two numbers of a calibration are exact.
const newtonSteps = 20

func logistic(s float64) float64 { return 1 / (1 + math.Exp(-s)) }

// deviations are the standard deviations of the evidence, 1 where there is none.
func deviations(train []example) []float32 {
	s := make([]float32, rank.Evidence)
	for i := range s {
		sum, squares := 0.0, 0.0
		for _, e := range train {
			v := float64(e.evidence[i])
			sum, squares = sum+v, squares+v*v
		}
		n := float64(len(train))
		mean := sum / n
		if s[i] = float32(math.Sqrt(max(squares/n-mean*mean, 0))); s[i] < 1e-5 {
			s[i] = 1
		}
	}
	return s
}
