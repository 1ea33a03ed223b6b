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

// AddUnanswered implements [Store].
func (s *Files) AddUnanswered(question string) error {
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

// Vote implements [Store].
func (s *Files) Vote(user, question string, good bool) error {
	return s.update(func(tx *bbolt.Tx) error {
		b := tx.Bucket(bucketVotes)
		key := voter(tx.Bucket(bucketMeta).Get(keySalt), user, sameQuestion(question))
		if err := s.put(b, key, record{Question: question, Good: good}); err != nil {
			return err
		}
		return s.prune(b)
	})
}

// Unanswered implements [Store].
func (s *Files) Unanswered() ([]Question, error) {
	found, err := s.records(bucketQuestions)
	return questionsOf(found), err
}

// Votes implements [Store].
func (s *Files) Votes() ([]Feedback, error) {
	found, err := s.records(bucketVotes)
	return feedbackOf(found), err
}

// records returns what a bucket holds and may still be kept.
func (s *Files) records(bucket []byte) (fresh []record, err error) {
	err = s.update(func(tx *bbolt.Tx) error {
		all := map[string][]byte{}
		b := tx.Bucket(bucket)
		if err := s.prune(b); err != nil {
			return err
		}
		err := b.ForEach(func(key, value []byte) error {
			all[string(key)] = value
			return nil
		})
		fresh, _ = sift(all, s.now().Add(-s.keep))
		return err
	})
	return fresh, err
}

// questionsOf lists questions, most asked first.
func questionsOf(records []record) (found []Question) {
	for _, r := range records {
		found = append(found, Question{r.Question, r.Count})
	}
	slices.SortFunc(found, func(a, b Question) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Text, b.Text))
	})
	return found
}

// feedbackOf sums up votes, the worst first.
func feedbackOf(records []record) []Feedback {
	byQuestion := map[string]*Feedback{}
	for _, r := range records {
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
	}
	found := make([]Feedback, 0, len(byQuestion))
	for _, f := range byQuestion {
		found = append(found, *f)
	}
	slices.SortFunc(found, func(a, b Feedback) int {
		return cmp.Or(cmp.Compare(a.Good-a.Bad, b.Good-b.Bad), cmp.Compare(a.Question, b.Question))
	})
	return found
}
