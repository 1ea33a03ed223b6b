package state

import (
	"bytes"
	"errors"
	"fmt"

	"go.etcd.io/bbolt"
)

// contents is all that a store holds, as it is stored.
type contents struct {
	salt             []byte // of those who voted
	questions, votes map[string][]byte
	removed          []string
	records          []Change
}

func newContents() contents {
	return contents{questions: map[string][]byte{}, votes: map[string][]byte{}}
}

func (c contents) size() int {
	return len(c.questions) + len(c.votes) + len(c.removed) + len(c.records)
}

// ErrNotEmpty means that a store holds something already.
var ErrNotEmpty = errors.New("it holds something already")

// Copy copies all that one store holds to another one, which has to be empty, and
// returns how many things that were. Where it fails it can be done again once the
// other is cleared away.
func Copy(to, from Store) (n int, err error) {
	there, err := to.dump()
	if err != nil {
		return 0, err
	}
	if there.size() > 0 {
		return 0, fmt.Errorf("copying the state: %w", ErrNotEmpty)
	}
	c, err := from.dump()
	if err != nil {
		return 0, err
	}
	return c.size(), to.load(c)
}

// dump implements [Store].
func (s *Files) dump() (c contents, err error) {
	c = newContents()
	if c.removed, err = s.Removed(); err != nil {
		return c, err
	}
	err = s.update(func(tx *bbolt.Tx) error {
		c.salt = bytes.Clone(tx.Bucket(bucketMeta).Get(keySalt))
		for bucket, into := range map[*bbolt.Bucket]map[string][]byte{tx.Bucket(bucketQuestions): c.questions, tx.Bucket(bucketVotes): c.votes} {
			err := bucket.ForEach(func(key, value []byte) error {
				into[string(key)] = bytes.Clone(value)
				return nil
			})
			if err != nil {
				return err
			}
		}
		records := tx.Bucket(bucketRecords)
		if records == nil {
			return nil
		}
		return records.ForEach(func(key, value []byte) error {
			kind, name, _ := bytes.Cut(key, []byte{0})
			c.records = append(c.records, Change{string(kind), string(name), bytes.Clone(value)})
			return nil
		})
	})
	return c, err
}

// load implements [Store].
func (s *Files) load(c contents) error {
	if err := s.Write(c.records...); err != nil {
		return err
	}
	for _, document := range c.removed {
		if err := s.Remove(document); err != nil {
			return err
		}
	}
	return s.update(func(tx *bbolt.Tx) error {
		err := tx.Bucket(bucketMeta).Put(keySalt, c.salt)
		for key, value := range c.questions {
			err = errors.Join(err, tx.Bucket(bucketQuestions).Put([]byte(key), value))
		}
		for key, value := range c.votes {
			err = errors.Join(err, tx.Bucket(bucketVotes).Put([]byte(key), value))
		}
		return err
	})
}
