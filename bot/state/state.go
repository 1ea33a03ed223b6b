// Package state keeps what can't be made again from the documents: questions
// that got no answer, votes on answers, which documents were removed, and the
// records of other packages, such as what people follow and what is known of feeds.
//
// A question is kept without who asked it, a vote under a salted hash of who voted
// on what. Who has the file can test whether a member whose ID they know voted on
// a question. Both are dropped when they are older than the store keeps them.
// What a record holds is for the package that writes it to say. A store may be used
// by several processes: it holds no lock between two calls.
package state

import (
	"bytes"
	"cmp"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
)

// format is the version of what is stored. A change of it comes with the step
// that migrates the format before.
const format = "1"

// maxRecords is how many questions, and how many votes, are kept at most, so
// that nobody can fill the disk.
const maxRecords = 5000

var (
	bucketMeta      = []byte("meta")
	bucketQuestions = []byte("questions")
	bucketVotes     = []byte("votes")
	keyFormat       = []byte("format")
	keySalt         = []byte("salt")
)

// Store is the state in one folder.
type Store struct {
	dir  string
	keep time.Duration
	now  func() time.Time
}

// Open returns the store in the folder dir, which it makes where it is
// missing. Questions and votes are kept for so long.
func Open(dir string, keep time.Duration) (*Store, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("making the state folder (state.path): %w", err)
	}
	s := &Store{dir: dir, keep: keep, now: time.Now}
	if _, err := os.Stat(s.file()); errors.Is(err, os.ErrNotExist) {
		return s, s.update(func(*bbolt.Tx) error { return nil })
	}
	return s, s.check()
}

// Keep tells how long questions and votes are kept.
func (s *Store) Keep() time.Duration { return s.keep }

func (s *Store) file() string { return filepath.Join(s.dir, "state.db") }

// open opens the database for one transaction.
func (s *Store) open(readOnly bool) (*bbolt.DB, error) {
	db, err := bbolt.Open(s.file(), 0o600, &bbolt.Options{Timeout: 2 * time.Second, ReadOnly: readOnly})
	switch {
	case errors.Is(err, bolterrors.ErrTimeout):
		return nil, fmt.Errorf("opening %s: another process has held it for 2 seconds", s.file())
	case err != nil:
		return nil, fmt.Errorf("opening %s: %w; if it is damaged, put a backup in its place or move it away", s.file(), err)
	}
	return db, nil
}

// check looks whether a database that is there can be used, and leaves it as
// it is.
func (s *Store) check() (err error) {
	db, err := s.open(true)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return db.View(func(tx *bbolt.Tx) error {
		if meta := tx.Bucket(bucketMeta); meta != nil {
			return s.checkFormat(string(meta.Get(keyFormat)))
		}
		return nil // a start that was cut off; the first write mends it
	})
}

// update runs one transaction that may write.
func (s *Store) update(do func(*bbolt.Tx) error) error {
	return s.write(func(db *bbolt.DB) error { return s.transact(db, do) })
}

// erase runs one transaction that deletes, and wipes what it deleted.
func (s *Store) erase(do func(*bbolt.Tx) error) error {
	return s.write(func(db *bbolt.DB) error {
		if err := s.transact(db, do); err != nil {
			return err
		}
		return s.wipe(db)
	})
}

// write opens the database for something that writes.
func (s *Store) write(do func(*bbolt.DB) error) (err error) {
	db, err := s.open(false)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err = do(db); err != nil {
		return fmt.Errorf("writing to %s: %w", s.file(), err)
	}
	return nil
}

func (s *Store) transact(db *bbolt.DB, do func(*bbolt.Tx) error) error {
	return db.Update(func(tx *bbolt.Tx) error {
		if err := s.prepare(tx); err != nil {
			return err
		}
		return do(tx)
	})
}

// wipe writes zeros over the free pages of the database, which still hold what
// was deleted. No transaction but the last one may lead to them: it is on disk.
func (s *Store) wipe(db *bbolt.DB) (err error) {
	f, err := os.OpenFile(s.file(), os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	zeros := make([]byte, db.Info().PageSize)
	return db.Update(func(tx *bbolt.Tx) error {
		for id := 0; ; id++ {
			page, err := tx.Page(id)
			switch {
			case err != nil, page == nil:
				return err
			case page.Type != "free":
				continue
			}
			if _, err := f.WriteAt(zeros, int64(id)*int64(len(zeros))); err != nil {
				return err
			}
		}
	})
}

// prepare makes the buckets and checks the format.
func (s *Store) prepare(tx *bbolt.Tx) error {
	for _, name := range [][]byte{bucketMeta, bucketQuestions, bucketVotes} {
		if _, err := tx.CreateBucketIfNotExists(name); err != nil {
			return err
		}
	}
	meta := tx.Bucket(bucketMeta)
	if have := meta.Get(keyFormat); have != nil {
		return s.checkFormat(string(have))
	}
	salt := make([]byte, 32)
	rand.Read(salt)
	return errors.Join(meta.Put(keySalt, salt), meta.Put(keyFormat, []byte(format)))
}

func (s *Store) checkFormat(have string) error {
	if have == format {
		return nil
	}
	return fmt.Errorf("%s has format %q and this program knows %q: use the program that wrote it, or a newer one", s.file(), have, format)
}

// voter returns what stands for a user in the votes on one question.
func voter(tx *bbolt.Tx, user, question string) []byte {
	mac := hmac.New(sha256.New, tx.Bucket(bucketMeta).Get(keySalt))
	fmt.Fprintf(mac, "%s\x00%s", user, question)
	return mac.Sum(nil)[:16]
}

// record is what is stored of a question or a vote.
type record struct {
	Question string    `json:"question"`
	Count    int       `json:"count,omitempty"` // of a question: how often it was asked
	Good     bool      `json:"good,omitempty"`
	Last     time.Time `json:"last"`
}

func (s *Store) put(b *bbolt.Bucket, key []byte, r record) error {
	r.Last = s.now().UTC().Truncate(time.Hour) // to the minute it could tell who asked
	value, err := json.Marshal(r)
	if err != nil {
		return err
	}
	return b.Put(key, value)
}

// Prune drops what is too old, so that it goes also where nothing is written.
func (s *Store) Prune() error {
	return s.erase(func(tx *bbolt.Tx) error {
		return errors.Join(s.prune(tx.Bucket(bucketQuestions)), s.prune(tx.Bucket(bucketVotes)))
	})
}

// prune drops what is too old and, of what is too much, the least asked and of
// these the oldest: nonsense must not push out what many ask.
func (s *Store) prune(b *bbolt.Bucket) error {
	type kept struct {
		key []byte
		record
	}
	var all []kept
	var stale [][]byte
	err := b.ForEach(func(key, value []byte) error {
		var r record
		if json.Unmarshal(value, &r) != nil || s.now().Sub(r.Last) > s.keep {
			stale = append(stale, bytes.Clone(key))
		} else {
			all = append(all, kept{bytes.Clone(key), r})
		}
		return nil
	})
	if n := len(all) - maxRecords; n > 0 {
		slices.SortFunc(all, func(a, b kept) int {
			return cmp.Or(cmp.Compare(a.Count, b.Count), a.Last.Compare(b.Last))
		})
		for _, k := range all[:n] {
			stale = append(stale, k.key)
		}
	}
	for _, key := range stale {
		err = errors.Join(err, b.Delete(key))
	}
	return err
}

// Clear forgets all questions and votes.
func (s *Store) Clear() error {
	return s.erase(func(tx *bbolt.Tx) error {
		for _, name := range [][]byte{bucketQuestions, bucketVotes} {
			if err := tx.DeleteBucket(name); err != nil {
				return err
			}
		}
		return s.prepare(tx)
	})
}
