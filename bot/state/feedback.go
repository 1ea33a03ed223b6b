package state

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"unicode"

	"go.etcd.io/bbolt"

	"example.org/attache/corpus/text"
)

// Question is a question that got no answer.
type Question struct {
	Text  string // as it was asked last
	Count int    // how often
}

// Feedback is what people think of the answers to one question.
type Feedback struct {
	Question string
	Good     int
	Bad      int
}

// AddUnanswered counts a question that got no answer. Two that differ only in
// case, accents and marks are one.
func (s *Store) AddUnanswered(question string) error {
	return s.update(func(tx *bbolt.Tx) error {
		b := tx.Bucket(bucketQuestions)
		key := []byte(sameQuestion(question))
		if len(key) == 0 {
			return nil
		}
		var r record
		if have := b.Get(key); have != nil && json.Unmarshal(have, &r) != nil {
			r = record{}
		}
		r.Question, r.Count = question, r.Count+1
		if err := s.put(b, key, r); err != nil {
			return err
		}
		return s.prune(b)
	})
}

// sameQuestion is what two ways to type one question have in common.
func sameQuestion(q string) string {
	words := strings.FieldsFunc(text.Fold(q), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
	s := strings.Join(words, " ")
	return s[:min(len(s), bbolt.MaxKeySize)]
}

// Vote keeps what a user thinks of the answers to a question. A second vote
// takes the place of the first.
func (s *Store) Vote(user, question string, good bool) error {
	return s.update(func(tx *bbolt.Tx) error {
		b := tx.Bucket(bucketVotes)
		key := voter(tx, user, sameQuestion(question))
		if err := s.put(b, key, record{Question: question, Good: good}); err != nil {
			return err
		}
		return s.prune(b)
	})
}

// Unanswered returns the questions that got no answer, most asked first.
func (s *Store) Unanswered() ([]Question, error) {
	var found []Question
	err := s.records(bucketQuestions, func(r record) {
		found = append(found, Question{r.Question, r.Count})
	})
	slices.SortStableFunc(found, func(a, b Question) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Text, b.Text))
	})
	return found, err
}

// Votes returns what people think, the worst first.
func (s *Store) Votes() ([]Feedback, error) {
	byQuestion := map[string]*Feedback{}
	err := s.records(bucketVotes, func(r record) {
		f := byQuestion[sameQuestion(r.Question)]
		if f == nil {
			f = &Feedback{Question: r.Question}
			byQuestion[sameQuestion(r.Question)] = f
		}
		if r.Good {
			f.Good++
		} else {
			f.Bad++
		}
	})
	found := make([]Feedback, 0, len(byQuestion))
	for _, f := range byQuestion {
		found = append(found, *f)
	}
	slices.SortFunc(found, func(a, b Feedback) int {
		return cmp.Or(cmp.Compare(a.Good-a.Bad, b.Good-b.Bad), cmp.Compare(a.Question, b.Question))
	})
	return found, err
}

// records hands over what a bucket holds and may still be kept.
func (s *Store) records(bucket []byte, use func(record)) error {
	return s.update(func(tx *bbolt.Tx) error {
		b := tx.Bucket(bucket)
		if err := s.prune(b); err != nil {
			return err
		}
		return b.ForEach(func(_, value []byte) error {
			var r record
			if err := json.Unmarshal(value, &r); err != nil {
				return err
			}
			use(r)
			return nil
		})
	})
}
