package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"example.org/attache/index/rank"
)

// judgement is how well a question was answered.
type judgement struct {
	*asked
	place int     // of the first right candidate, from 1; 0 for none
	gold  bool    // the first is of a document that answers
	right bool    // the first is right
	chars int     // of the first
	sure  float64 // the confidence in the first
}

func judge(ranking, confidence linear, a *asked) judgement {
	j := judgement{asked: a}
	order, _ := ranking.order(a)
	for i, o := range order {
		c := a.Candidates[o]
		if i == 0 {
			j.gold, j.right, j.chars = c.Gold, c.Right, c.Length
		}
		if c.Right {
			j.place = i + 1
			break
		}
	}
	for _, first := range ranking.best(a, 1) {
		j.sure = rank.Probability(score(confidence.under(a.traits()), first.evidence), first.evidence)
	}
	return j
}

// The least share of right answers among those that are claimed, in sets of
// questions that were written beside the text, and in those of questions that people
// asked without knowing the answer.
const (
	holdsBeside = 0.90
	holdsAsked  = 0.75
)

// borderOf is the lowest confidence above which enough of what is claimed is right,
// in every set with enough questions.
func borderOf(judged []judgement) float64 {
	for border := rank.MostUnclaimed + 0.01; border < 0.95; border += 0.01 {
		holds := true
		for set, m := range bySet(judged) {
			least := holdsBeside
			if strings.HasPrefix(set, "asked/") {
				least = holdsAsked
			}
			holds = holds && (m.n < full || m.claimed(border) >= least)
		}
		if holds {
			return round(border + margin)
		}
	}
	return 0.95
}

// margin is how much higher the border is set, because the shares are estimates
// from a few hundred claims and hold for other articles only about.
const margin = 0.04

// measure sums up the questions of a set.
type measure struct {
	n, first, third, document, reach, chars int // of the answerable
	plain                                   []judgement
	held                                    []float64       // confidence where the documents answer
	other                                   [ways][]float64 // where they don't
}

func bySet(judged []judgement) map[string]*measure {
	all := map[string]*measure{}
	for _, j := range judged {
		m := all[j.Set]
		if m == nil {
			m = &measure{}
			all[j.Set] = m
		}
		m.add(j)
	}
	return all
}

func (m *measure) add(j judgement) {
	if j.Way == plain {
		m.plain = append(m.plain, j)
	}
	switch {
	case !j.Answerable:
		m.other[j.Way] = append(m.other[j.Way], j.sure)
	case j.Way == plain:
		m.held = append(m.held, j.sure)
		m.n++
		m.chars += j.chars
		count := func(n *int, is bool) {
			if is {
				*n++
			}
		}
		count(&m.first, j.right)
		count(&m.third, j.place > 0 && j.place <= 3)
		count(&m.document, j.gold)
		count(&m.reach, j.place > 0)
	}
}

func (m *measure) share(n int) float64 { return float64(n) / float64(max(m.n, 1)) }

// claimed is the share of right first quotes among those with a confidence of at
// least the border.
func (m *measure) claimed(border float64) float64 {
	right, all := 0, 0
	for _, j := range m.plain {
		if j.sure >= border {
			all++
			if j.right {
				right++
			}
		}
	}
	return float64(right) / float64(max(all, 1))
}

// over is the share of confidences of at least the border.
func over(sure []float64, border float64) float64 {
	n := 0
	for _, s := range sure {
		if s >= border {
			n++
		}
	}
	return float64(n) / float64(max(len(sure), 1))
}

// bins is the number of bins, of equal width, in which confidences are compared
// with the share that was right.
const bins = 10

// calibration sums up confidences and outcomes by bin, every set weighing the same.
type calibration [bins]struct{ n, sure, right float64 }

func (c *calibration) add(judged []judgement) {
	for _, j := range judged {
		b := &c[min(int(j.sure*bins), bins-1)]
		w := 1 / float64(len(judged))
		b.n += w
		b.sure += w * j.sure
		if j.right {
			b.right += w
		}
	}
}

// error is the expected calibration error: how far off a confidence is, on
// average (Naeini and others, 2015).
func (c *calibration) error() (e float64) {
	all := 0.0
	for _, b := range c {
		all += b.n
		e += max(b.sure-b.right, b.right-b.sure)
	}
	return e / max(all, 1e-9)
}

// auroc is the chance that a confidence of yes is above one of no.
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

// report prints the figures of every set and returns those to keep.
func report(out io.Writer, judged []judgement, border float64) map[string]float64 {
	figures := map[string]float64{}
	sets := bySet(judged)
	var names []string
	for name := range sets {
		names = append(names, name)
	}
	slices.Sort(names)
	fmt.Fprintf(out, "border %.2f\n%-13s %5s %5s %5s %5s %5s %4s | %6s %6s %6s | %6s | AUROC %6s %6s %6s %6s\n", border,
		"", "a@1", "a@3", "doc", "reach", "n", "len", "claims", "holds", "wrong", "ECE", "plain", "near", "lack", "alter")
	var together calibration
	for _, name := range names {
		m := sets[name]
		var own calibration
		own.add(m.plain)
		together.add(m.plain)
		fmt.Fprintf(out, "%-13s %.3f %.3f %.3f %.3f %5d %4d | %.4f %.4f %.4f | %.4f | %12.3f %6.3f %6.3f %6.3f\n", name,
			m.share(m.first), m.share(m.third), m.share(m.document), m.share(m.reach), m.n, m.chars/max(m.n, 1),
			over(m.held, border), m.claimed(border), over(m.other[near], border), own.error(),
			auroc(m.held, m.other[plain]), auroc(m.held, m.other[near]), auroc(m.held, m.other[lacking]), auroc(m.held, m.other[altered]))
		for key, v := range map[string]float64{"answer@1": m.share(m.first), "answer@3": m.share(m.third), "document@1": m.share(m.document),
			"answered": over(m.held, border), "claimed1": m.claimed(border), "calibration error": own.error()} {
			figures[name+" "+key] = round(v)
		}
		if len(m.other[plain]) > 0 {
			figures[name+" auroc"] = round(auroc(m.held, m.other[plain]))
		}
	}
	fmt.Fprintf(out, "expected calibration error of all together %.4f\n", together.error())
	figures["calibration error"] = round(together.error())
	return figures
}
