package index

import (
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
	q, ok = followup.Read(before, said, language, g.people.Know)
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

// Knows reports whether somebody has just this name.
func (ix *Index) Knows(name string) bool {
	g, err := ix.acquire()
	if err != nil {
		return false
	}
	defer g.release()
	return g.people.Has(name)
}
