package lexis

// ClassSet is a set of classes of things, such as languages or diseases, whose
// members the word data list. They are a language's own.
type ClassSet uint32

// mostClasses is how many a ClassSet can hold.
const mostClasses = 32

// class is one class of things: what it is asked for by, and what belongs
// to it.
type class struct{ nouns, members []string }

// classes finds, by term, the classes that a noun asks for and those that a
// word belongs to.
type classes struct{ asked, held map[string]ClassSet }

func classesFor(a *Analyzer, all []class) classes {
	c := classes{map[string]ClassSet{}, map[string]ClassSet{}}
	for i, cl := range all {
		for _, n := range cl.nouns {
			c.asked[formOf(a, n)] |= 1 << i
		}
		for _, m := range cl.members {
			c.held[formOf(a, m)] |= 1 << i
		}
	}
	return c
}

// AskedClasses returns the classes of the nouns that the words of a question
// which ask lean on: "what language", "which infectious disease".
func (a *Analyzer) AskedClasses(question []Token) (s ClassSet) {
	at, n, k := a.Asked(question)
	if k == Unasked {
		return 0
	}
	for _, t := range question[min(at+n, len(question)):min(at+n+mostApart+1, len(question))] {
		s |= a.classes.asked[t.Term]
	}
	return s
}

// Belongs reports whether a token names a member of one of the classes.
func (a *Analyzer) Belongs(t *Token, s ClassSet) bool { return a.classes.held[t.Term]&s != 0 }

// Measures reports whether a token is a unit of measurement or a currency.
func (a *Analyzer) Measures(t *Token) bool {
	return a.classes.held[t.Term]&(a.classes.asked["unit"]|a.classes.asked["currenc"]|a.classes.asked["currency"]) != 0
}
