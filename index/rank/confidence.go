package rank

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"example.org/attache/index/lexis"
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
	FirstTrait // the first of the question's traits; the others follow
	Evidence   = FirstTrait + int(Traits_)
)

var evidenceNames = slices.Concat(featureNames[:], []string{"score", "gap", "gap_10", "agree", "unknown", "unknown_name", "mass", "mass_here", "mass_open", "units", "size", "unknown_of_many",
	"untold_person", "untold_place", "untold_time", "untold_number", "untold_other"}, traitNames[:])

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
	copy(e[FirstTrait:], q.traits[:])
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

// Confidence is the probability that the candidate at place i answers the
// question; it means the same for every question. What can't be an answer is
// never one that is claimed.
func Confidence(q *Question, ranked []Candidate, i int) float64 {
	e := evidence(q, ranked, i)
	sure := 1 / (1 + math.Exp(-model.Confidence.under(q.traits[:]).score(e)))
	if c := &ranked[i]; q.Kind == lexis.Speech && e[Spoken] == 0 && q.names() || q.undecided(c) || !c.Answers() || q.lacks(c) {
		sure = min(sure, unsure)
	}
	return sure
}

// Border is how sure an answer is at least that is called one.
func Border() float64 { return model.Border }

// names reports whether the question names anybody or anything.
func (q *Question) names() bool {
	return slices.ContainsFunc(q.Units, func(u Unit) bool { return u.Name })
}

// unsure is the most that a sentence is trusted which can't be the answer: it is
// a question or a headline, is not by whoever was asked for, or does not tell
// what is asked.
const unsure = 0.4

// undecided reports whether the question is one of yes or no and the candidate
// does not tell. What it has to say is in words beside the names: that two
// names stand in one sentence decides nothing.
func (q *Question) undecided(c *Candidate) bool {
	if q.Kind != lexis.Whether {
		return false
	}
	says := slices.ContainsFunc(q.Units, func(u Unit) bool { return !u.Name && !u.Number && !u.Light })
	return !says || c.Features[ThingAbsent] > mostAbsent || c.Features[NameAbsent] > mostAbsent || c.Features[NumberAbsent] > mostAbsent
}

// nearEnough is how near to what is asked of the topic a person is told at least.
const nearEnough = 0.25

// lacks reports whether the candidate lacks what an answer has: the kind of thing
// asked for, told as such, and a word for what is asked of it. However much of
// the topic stands in it, it is near then, and no answer.
func (q *Question) lacks(c *Candidate) bool {
	f := &c.Features
	if f[LastAbsent] == 1 && f[RelationOpen] > 0 {
		return true
	}
	switch q.Kind {
	case lexis.Person:
		return f[PreciseNear] < nearEnough
	case lexis.Number:
		return f[Precise] == 0 && f[Counted] == 0
	case lexis.Duration:
		return f[TellsDuration] == 0 && !strings.ContainsAny(c.Span.In(c.Passage.Text), "0123456789")
	case lexis.Time:
		return f[TellsTime] == 0
	case lexis.Place:
		return f[TellsPlace] == 0
	case lexis.Reason:
		return f[TellsReason] == 0
	}
	return false
}

// mostAbsent is how much of the things, the names and the numbers of a question
// of yes or no its answer may lack.
const mostAbsent = 0.35

// Answers reports whether the candidate can answer anything: it is no question
// and no headline.
func (c *Candidate) Answers() bool { return c.Features[Asks] == 0 && !c.headline() }

// mostOfHeadline is how many words a headline has.
const mostOfHeadline = 16

// headline reports whether the candidate stands on a line of its own, without a
// stop, as headlines and labels do. Rows of tables and lists have marks in them
// or before them.
func (c *Candidate) headline() bool {
	t, s := c.Passage.Text, c.Span
	if s.Start > 0 && !strings.HasSuffix(strings.TrimRight(t[:s.Start], " \t"), "\n") || s.End < len(t) && !strings.HasPrefix(strings.TrimLeft(t[s.End:], " \t"), "\n") {
		return false
	}
	in := s.In(t)
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(in, "\"'”’)」』»]* "))
	first, _ := utf8.DecodeRuneInString(in)
	return !strings.ContainsRune(".!?…:;。！？：；؟।", last) && unicode.IsLetter(first) && !strings.ContainsAny(in, ":;|\t=") && len(strings.Fields(in)) <= mostOfHeadline
}

// Reason is one thing that a confidence rests on.
type Reason struct {
	Name, Meaning string
	Value, Weight float64
}

// Adds is what the reason adds to the logarithm of the odds.
func (r Reason) Adds() float64 { return r.Value * r.Weight }

// Explain lists what the confidence in the candidate at place i rests on, in
// the order of EvidenceNames, and the constant of the model.
func Explain(q *Question, ranked []Candidate, i int) []Reason {
	all := make([]Reason, Evidence, Evidence+1)
	weights := model.Confidence.under(q.traits[:])
	for n, v := range evidence(q, ranked, i) {
		all[n] = Reason{evidenceNames[n], meanings[evidenceNames[n]], v, weights[n]}
	}
	return append(all, Reason{"constant", "how sure it is before anything is known", 1, weights[Evidence]})
}
