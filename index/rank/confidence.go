package rank

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"example.org/attache/index/lexis"
)

// The evidence that the confidence in an answer is computed from: the features of
// its sentence, and these.
const (
	Score         = iota + int(NumFeatures) // of the ranking model
	Gap                                     // to the next best sentence
	Gap10                                   // to the tenth best
	Agree                                   // log of how many of the next candidates, without a break, are from its document
	Unknown                                 // share of the question that no document has
	UnknownName                             // no document has one of its names
	Mass                                    // log of the matched weight, in the sentence and around it, in units of the rarest word
	MassHere                                // the same in the sentence alone
	MassOpen                                // the same of what is matched nowhere near
	Units                                   // logarithm of how many units the question has
	Size                                    // logarithm of how many passages there are
	UnknownOfMany                           // Unknown × Size: a small collection lacks many words by chance
	UntoldPerson                            // a person is asked for and the sentence has none; likewise below
	UntoldPlace
	UntoldTime
	UntoldNumber
	UntoldOther
	LacksKind     // the sentence lacks the kind of thing asked for, in a form that answers
	LacksRelation // the sentence lacks the word that says what is asked
	Undecided     // the question is one of yes or no, and the sentence does not hold what is asked
	NoStatement   // the sentence is a question or a headline
	OtherSpeaker  // the question asks what somebody said, and somebody else says it
	FirstTrait    // the first of the question's traits; the others follow
	Evidence      = FirstTrait + int(NumTraits)
)

var evidenceNames = slices.Concat(featureNames[:], []string{"score", "gap", "gap_10", "agree", "unknown", "unknown_name", "mass", "mass_here", "mass_open", "units", "size", "unknown_of_many",
	"untold_person", "untold_place", "untold_time", "untold_number", "untold_other",
	"lacks_kind", "lacks_relation", "undecided", "no_statement", "other_speaker"}, traitNames[:])

// EvidenceNames lists the names of the evidence in order.
func EvidenceNames() []string { return slices.Clone(evidenceNames) }

// evidence computes the evidence for and against the candidate at place i.
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
	c := &ranked[i]
	e[LacksKind], e[LacksRelation] = truth(q.lacksKind(c)), truth(q.lacksRelation(c))
	e[Undecided] = truth(q.undecided(c))
	e[NoStatement] = truth(!c.states())
	e[OtherSpeaker] = truth(q.otherSpeaker(c))
	copy(e[FirstTrait:], q.traits[:])
	return e
}

// untold sets the evidence of a sentence that lacks the kind of thing asked for.
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

// Standing is what Compare needs to know of a candidate.
type Standing struct {
	Score    float64 // of the ranking model
	Document string
}

// Rivals is how many of the best candidates are compared for a confidence: the
// best and ten others.
const Rivals = 11

// Compare sets the evidence that comes from comparing the candidate at place i
// with the others, which are given best first.
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

// OnTopic reports whether the candidate matches half of the question by the
// question's own words, not only by synonyms. A smaller share is enough where the
// sentence before, the title or the speaker's name has the rest of that half.
func OnTopic(c *Candidate) bool {
	f := &c.Features
	here := f[Exact] + f[Near]
	return here >= 0.5 || here > 0 && here+f[Previous]+f[InTitle]+f[Voiced] >= 0.5
}

// Confidence is the probability that the candidate at place i answers the
// question.
func Confidence(q *Question, ranked []Candidate, i int) float64 {
	e := evidence(q, ranked, i)
	odds := model.Confidence.under(q.traits[:]).score(e)
	return Probability(odds+q.ownWords(e), e)
}

// ownWords is what is added to the logarithm of the odds of a sentence that is the asked
// one's own statement.
func (q *Question) ownWords(e []float64) float64 {
	if q.Kind == lexis.Speech && q.names() && e[Spoken] > 0 {
		return ownWordsOdds
	}
	return 0
}

// ownWordsOdds is by how much the logarithm of the odds is greater where a question asks
// for somebody's words on a topic and the sentence is that one's statement on it. The
// model was fitted on questions of which few are such. Of 218 of them on records, 16 had
// a probability between a half and the border without this: 11 were right, 3 were by the
// right speaker and on something else, 2 were by another. The value was chosen on these.
const ownWordsOdds = 1.8

// The highest probabilities of a sentence that is never claimed, whatever speaks
// for it: of one that can't be the answer, and of one that lacks the kind of thing
// asked for, which now and then is worded in a way that isn't recognised. Every
// border is above them.
const (
	mostOfImpossible = 0.4
	MostUnclaimed    = 0.6
)

// Probability turns the logarithm of the odds into a probability. A sentence
// that can't be the answer is held below the border: a question or a headline; the
// words of another speaker than asked for, or about another topic; to a question of
// yes or no, one without what is asked; to others, one without the kind of thing
// asked for.
func Probability[F float32 | float64](odds float64, evidence []F) float64 {
	p := 1 / (1 + math.Exp(-odds))
	if evidence[LacksKind] > 0 {
		p = min(p, MostUnclaimed)
	}
	if evidence[Undecided]+evidence[NoStatement]+evidence[OtherSpeaker]+evidence[OffTopic] > 0 {
		p = min(p, mostOfImpossible)
	}
	return p
}

// Border is the threshold of confidence from which on a quote is given as the answer.
func Border() float64 { return model.Border }

// names reports whether the question has a name in it.
func (q *Question) names() bool {
	return slices.ContainsFunc(q.Units, func(u Unit) bool { return u.Name })
}

// undecided reports whether the question is a yes-or-no question that the
// candidate can't decide. That it has the same two names decides nothing: it
// needs the words that relate them, and every name and number.
func (q *Question) undecided(c *Candidate) bool {
	if q.Kind != lexis.Whether {
		return false
	}
	says := slices.ContainsFunc(q.Units, func(u Unit) bool { return !u.Name && !u.Number && !u.Light })
	return !says || c.Features[ThingAbsent] > mostAbsent || c.Features[NameAbsent] > mostAbsent || c.Features[NumberAbsent] > mostAbsent
}

// nearEnough is the least PreciseNear of a sentence that answers who.
const nearEnough = 0.25

// lacksRelation reports whether the candidate lacks the word that says what is
// asked about the topic: the last that is neither a name nor a number, mostly the
// verb.
func (q *Question) lacksRelation(c *Candidate) bool {
	return q.Kind != lexis.Speech && c.Features[LastAbsent] == 1 && c.Features[RelationOpen] > 0
}

// lacksKind reports whether the candidate lacks the kind of thing asked for, in the
// form that an answer has it. A sentence without it is near the answer, however
// much of the topic it has.
func (q *Question) lacksKind(c *Candidate) bool {
	f := &c.Features
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

// mostAbsent is the largest share of its words, its names and its numbers that the
// answer to a yes-or-no question may lack.
const mostAbsent = 0.35

// CanAnswer reports whether a candidate may be claimed as the answer, if only its
// confidence is high enough.
func (q *Question) CanAnswer(c *Candidate) bool {
	return c.states() && !q.lacksKind(c) && !q.undecided(c) && !q.otherSpeaker(c) && c.Features[OffTopic] == 0
}

// otherSpeaker reports whether the question asks what somebody said, and the
// candidate is not that one's statement.
func (q *Question) otherSpeaker(c *Candidate) bool {
	return q.Kind == lexis.Speech && c.Features[Spoken] == 0 && q.names()
}

// states reports whether the candidate can answer anything: it is no question
// and no headline.
func (c *Candidate) states() bool { return c.Features[Asks] == 0 && !c.headline() }

// mostOfHeadline is how many words a headline has at most.
const mostOfHeadline = 16

// headline reports whether the candidate is a line of its own without a full stop,
// as headlines and labels are. Rows of tables and lists have marks in them or
// before them and don't count.
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

// Reason is one piece of evidence behind a confidence.
type Reason struct {
	Name, Meaning string
	Value, Weight float64
}

// Adds is what the reason adds to the logarithm of the odds.
func (r Reason) Adds() float64 { return r.Value * r.Weight }

// Explain lists the evidence behind the confidence of the candidate at place i, in
// the order of EvidenceNames, and the constant of the model.
func Explain(q *Question, ranked []Candidate, i int) []Reason {
	all := make([]Reason, Evidence, Evidence+1)
	weights := model.Confidence.under(q.traits[:])
	e := evidence(q, ranked, i)
	for n, v := range e {
		all[n] = Reason{evidenceNames[n], meanings[evidenceNames[n]], v, weights[n]}
	}
	if own := q.ownWords(e); own > 0 {
		all = append(all, Reason{"own_words", "a statement of whoever is asked about", 1, own})
	}
	return append(all, Reason{"constant", "how sure it is before anything is known", 1, weights[Evidence]})
}
