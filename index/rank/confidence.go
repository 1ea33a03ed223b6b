package rank

import (
	"math"
	"slices"

	"attache/index/lexis"
)

// Evidence is what the confidence in an answer rests on: the features of its
// sentence, and these.
const (
	Score         = iota + int(Features_) // of the ranking model
	Gap                                   // to the next best sentence
	Gap10                                 // to the tenth best
	Agree                                 // how many of the ten best others, without a break, are of its document
	Unknown                               // share of the question that the documents hold nowhere
	UnknownName                           // the documents hold one of its names nowhere
	Mass                                  // how many rare words the sentence and what stands around it meet
	MassHere                              // the same of the sentence by itself
	MassOpen                              // how many rare words are met nowhere near
	Units                                 // logarithm of how many units the question has
	Size                                  // logarithm of how many passages there are
	UnknownOfMany                         // Unknown, by Size: few documents lack many words
	UntoldPerson                          // a person is asked for and none told; so on
	UntoldPlace
	UntoldTime
	UntoldNumber
	UntoldOther
	Evidence
)

var evidenceNames = append(slices.Clone(featureNames[:]), "score", "gap", "gap_10", "agree", "unknown", "unknown_name", "mass", "mass_here", "mass_open", "units", "size", "unknown_of_many",
	"untold_person", "untold_place", "untold_time", "untold_number", "untold_other")

// EvidenceNames lists what the confidence rests on in order.
func EvidenceNames() []string { return slices.Clone(evidenceNames) }

// evidence gathers what speaks for the candidate at place i.
func evidence(q *Question, ranked []Candidate, i int) []float64 {
	e := make([]float64, Evidence)
	copy(e, ranked[i].Features[:])
	best := make([]Standing, min(len(ranked), max(i+1, Rivals)))
	for j := range best {
		best[j] = Standing{ranked[j].Score, ranked[j].Passage.Document}
	}
	Compare(e, best, i)
	for _, u := range q.Units {
		if !u.Known {
			e[Unknown] += u.Weight / q.Weight
			if u.Name {
				e[UnknownName] = 1
			}
		}
	}
	mass := q.Weight / q.rarest
	e[Mass] = math.Log(1 + mass*e[ParagraphShare])
	e[MassHere] = math.Log(1 + mass*(e[Exact]+e[Near]))
	e[MassOpen] = math.Log(1 + mass*max(0, 1-e[ParagraphShare]))
	e[Units] = math.Log(1 + float64(len(q.Units)))
	e[Size] = q.rarest
	e[UnknownOfMany] = e[Unknown] * q.rarest
	q.untold(e)
	return e
}

// untold notes in e when the kind of thing that is asked for is not told.
func (q *Question) untold(e []float64) {
	f, ok := tells[q.Kind]
	if !ok || q.Kind == lexis.Speech || e[f] > 0 {
		return
	}
	at, ok := map[lexis.Kind]int{lexis.Person: UntoldPerson, lexis.Place: UntoldPlace, lexis.Time: UntoldTime, lexis.Number: UntoldNumber}[q.Kind]
	if !ok {
		at = UntoldOther
	}
	e[at] = 1
}

// Standing is a candidate among the others.
type Standing struct {
	Score    float64 // of the ranking model
	Document string
}

// Rivals is how many of the best candidates the confidence in one rests on: the
// best and ten others.
const Rivals = 11

// Compare puts into e what follows from how all candidates stand, the best
// first, for the one at place i.
func Compare(e []float64, all []Standing, i int) {
	e[Score] = all[i].Score
	next := 1
	if i > 0 {
		next = 0
	}
	if next < len(all) {
		e[Gap] = all[i].Score - all[next].Score
	}
	best := all[:min(Rivals, len(all))]
	e[Gap10] = all[i].Score - best[len(best)-1].Score
	agree := slices.IndexFunc(best, func(s Standing) bool { return s.Document != all[i].Document })
	if agree < 0 {
		agree = len(best)
	}
	if i < agree {
		agree-- // itself
	}
	e[Agree] = math.Log(1 + float64(agree))
}

// OnTopic reports whether the candidate itself speaks of half of what was asked
// for, in words of its own and not only in some of like meaning. With half of
// it elsewhere around it, a part will do.
func OnTopic(c *Candidate) bool {
	f := &c.Features
	here := f[Exact] + f[Near]
	return here >= 0.5 || here > 0 && here+f[Previous]+f[InTitle]+f[Voiced] >= 0.5
}

// Confidence tells how sure it is that the candidate at place i answers the
// question, 0 to 1; the same for every question. What somebody said is never
// answered by a sentence in which another speaks, or nobody.
func Confidence(q *Question, ranked []Candidate, i int) float64 {
	e := evidence(q, ranked, i)
	sure := 1 / (1 + math.Exp(-model.Confidence.score(e)))
	if q.Kind == lexis.Speech && e[Spoken] == 0 && q.names() {
		sure = min(sure, unspoken)
	}
	return sure
}

// names reports whether the question names anybody or anything.
func (q *Question) names() bool {
	return slices.ContainsFunc(q.Units, func(u Unit) bool { return u.Name })
}

// unspoken is the most that a sentence is trusted which is not by whoever was
// asked for.
const unspoken = 0.4

// Explain names the evidence for the candidate at place i.
func Explain(q *Question, ranked []Candidate, i int) map[string]float64 {
	all := map[string]float64{}
	for n, v := range evidence(q, ranked, i) {
		all[evidenceNames[n]] = v
	}
	return all
}
