package main

import (
	"fmt"
	"slices"
)

// report measures by set: each question as it was judged, or else with the
// models given. It notes the figures where a map is given.
func report(title string, ranking, confidence linear, all []asked, figures map[string]float64) []string {
	lines := []string{title}
	var sets []string
	for _, a := range all {
		if !slices.Contains(sets, a.set) {
			sets = append(sets, a.set)
		}
	}
	for _, set := range sets {
		var m measure
		for _, a := range all {
			if a.set != set {
				continue
			}
			if a.order == nil && len(a.candidates) > 0 {
				a.order = ranking.order(a)
				a.sure = confidence.probability(ranking.evidence(a))
			}
			m.add(a)
		}
		lines = append(lines, fmt.Sprintf("  %-8s %s", set, m.String()))
		if figures != nil {
			figures[set+" answer@1"] = round(m.share(m.first))
			figures[set+" answer@3"] = round(m.share(m.third))
			figures[set+" balanced"] = round(m.balanced())
			figures[set+" auroc"] = round(auroc(m.held, append(slices.Clone(m.absent), m.removed...)))
		}
	}
	return lines
}

// measure sums up a set.
type measure struct {
	n, first, third, reach, length int
	held, absent, removed, altered []float64 // confidence where the answer is held, is not, was removed, and where a name was changed
}

func (m *measure) add(a asked) {
	switch {
	case a.altered:
		m.altered = append(m.altered, a.sure)
		return
	case a.removed:
		m.removed = append(m.removed, a.sure)
		return
	case !a.held():
		m.absent = append(m.absent, a.sure)
		return
	}
	m.held = append(m.held, a.sure)
	m.n++
	for i, o := range a.order {
		c := a.candidates[o]
		if i == 0 {
			m.length += c.length
		}
		if !c.right {
			continue
		}
		m.reach++
		if i == 0 {
			m.first++
		}
		if i < 3 {
			m.third++
		}
		break
	}
}

func (m *measure) share(n int) float64 { return float64(n) / float64(max(m.n, 1)) }

func (m *measure) balanced() float64 {
	return (over(m.held) + 1 - over(append(slices.Clone(m.absent), m.removed...))) / 2
}

func (m *measure) String() string {
	return fmt.Sprintf("answer@1 %.3f @3 %.3f within reach %.3f, length %.0f; answered %.3f held, %.3f absent, %.3f removed, %.3f altered; auroc %.3f absent, %.3f removed, %.3f altered",
		m.share(m.first), m.share(m.third), m.share(m.reach), float64(m.length)/float64(max(m.n, 1)),
		over(m.held), over(m.absent), over(m.removed), over(m.altered), auroc(m.held, m.absent), auroc(m.held, m.removed), auroc(m.held, m.altered))
}

// over is the share that counts as answered.
func over(sure []float64) float64 {
	n := 0
	for _, s := range sure {
		if s >= 0.5 {
			n++
		}
	}
	return float64(n) / float64(max(len(sure), 1))
}

// auroc is the chance that one of yes is above one of no.
func auroc(yes, no []float64) float64 {
	sum := 0.0
	for _, y := range yes {
		for _, n := range no {
			if y > n {
				sum++
			} else if y == n {
				sum += 0.5
			}
		}
	}
	return sum / float64(max(len(yes)*len(no), 1))
}
