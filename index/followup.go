package index

import (
	"strings"

	"example.org/attache/corpus/identity"
	"example.org/attache/corpus/text"
	"example.org/attache/index/followup"
	"example.org/attache/index/lexis"
)

// FollowUp resolves what somebody says after a question, such as "and in Japan?"
// after "When will the minister be in India?", to a whole question. ok is false
// where it is not a follow-up.
func (ix *Index) FollowUp(before, said string) (q followup.Question, ok bool, err error) {
	return ix.followUp(before, said, languageOf(before+" "+said))
}

func (ix *Index) followUp(before, said, language string) (q followup.Question, ok bool, err error) {
	g, err := ix.acquire()
	if err != nil {
		return q, false, err
	}
	defer g.release()
	q, ok = followup.Read(before, said, language, g.people.know)
	return q, ok, nil
}

func languageOf(said string) string { return lexis.Guess(said, followup.Languages()) }

// MayFollowUp reports whether what somebody says can be a follow-up, whatever was
// asked before.
func (ix *Index) MayFollowUp(said string) (bool, error) {
	_, ok, err := ix.followUp("What did Japan say about Brazil in 2000?", said, languageOf(said))
	return ok, err
}

// Asks reports whether a text begins with words that ask.
func Asks(s string) bool { return followup.Asks(s, languageOf(s)) }

// know reports whether a name, as it is spelled, is that of a person: all of it,
// or some of its words.
func (p *people) know(name string) bool {
	isPerson := func(found []int) bool {
		for _, e := range found {
			if !p.entry(e).body {
				return true
			}
		}
		return false
	}
	for i, k := range identity.Keys(name) {
		if found := p.names.same(k); len(found) > 0 && (i == 0 || whole(k, name)) {
			return isPerson(found)
		}
	}
	folded := text.Fold(spaced(name))
	return len(strings.Fields(folded)) > 0 && isPerson(p.holding(folded))
}

// Knows reports whether somebody has just this name.
func (ix *Index) Knows(name string) bool {
	g, err := ix.acquire()
	if err != nil {
		return false
	}
	defer g.release()
	keys := append(identity.Keys(name), "")
	return len(g.people.names.same(keys[0])) > 0 || len(g.people.names.same(bodyKey(spaced(name)))) > 0
}
