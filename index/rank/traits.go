package rank

import (
	"slices"

	"example.org/attache/index/lexis"
)

// Trait is something true of a whole question, 0 to 1, under which features
// weigh more or less: a date means much where one asks when, and wording means
// little where no candidate has the question's.
type Trait int

// The traits.
const (
	AsksPerson Trait = iota
	AsksPlace
	AsksTime
	AsksNumber // or a duration
	AsksReason // or the manner
	AsksDefinition
	AsksThing // of some kind: "what treaty"
	AsksCount // of what follows: "how many states"
	Worded    // how much of the question's wording the best candidate has
	Brief     // how few units the question has: 1 for one, less for more
	Titled    // the question names the whole title of a candidate's document
	NumTraits
)

var traitNames = [...]string{AsksPerson: "asks_person", AsksPlace: "asks_place", AsksTime: "asks_time", AsksNumber: "asks_number",
	AsksReason: "asks_reason", AsksDefinition: "asks_definition", AsksThing: "asks_thing", AsksCount: "asks_count", Worded: "worded", Brief: "brief", Titled: "titled"}

// TraitNames lists the traits in order, as model.json names them.
func TraitNames() []string { return slices.Clone(traitNames[:]) }

// asks is the trait of each kind.
var asks = map[lexis.Kind]Trait{lexis.Person: AsksPerson, lexis.Place: AsksPlace, lexis.Time: AsksTime, lexis.Number: AsksNumber, lexis.Duration: AsksNumber,
	lexis.Reason: AsksReason, lexis.Manner: AsksReason, lexis.Definition: AsksDefinition, lexis.Name: AsksThing, lexis.Thing: AsksThing}

// judge finds the question's traits, once its candidates are weighed.
func (q *Question) judge(all []Candidate) {
	q.traits = [NumTraits]float64{}
	if t, ok := asks[q.Kind]; ok {
		q.traits[t] = 1
	}
	q.traits[AsksCount] = truth(q.Kind == lexis.Number && q.focus >= 0)
	for i := range all {
		q.traits[Worded] = max(q.traits[Worded], all[i].Features[Letters])
		q.traits[Titled] = max(q.traits[Titled], all[i].Features[TitleNamed])
	}
	q.traits[Brief] = 1 / float64(max(1, q.content()))
}
