// Package state keeps what can't be made again from the documents: questions
// that got no answer, votes on answers, which documents were removed, and the
// records of other packages, such as what people follow and what is known of feeds.
//
// A question is kept without who asked it, a vote under a salted hash of who voted
// on what. Who has the file can test whether a member whose ID they know voted on
// a question. Both are dropped when they are older than the store keeps them.
// What a record holds is for the package that writes it to say. A [Store] may be used
// by several processes: it holds no lock between two calls.
package state

import (
	"cmp"
	"context"
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

// Store is where state is kept: in [Files] or, shared by the nodes of a cluster, in
// [Etcd].
type Store interface {
	// Keep returns how long questions and votes are kept.
	Keep() time.Duration
	// AddUnanswered counts a question that got no answer. Two that differ only in
	// case, accents and marks are one.
	AddUnanswered(question string) error
	// Vote keeps what a user thinks of the answers to a question. A second vote
	// takes the place of the first.
	Vote(user, question string, good bool) error
	// Unanswered returns the questions that got no answer, most asked first.
	Unanswered() ([]Question, error)
	// Votes returns what people think, the worst first.
	Votes() ([]Feedback, error)
	// Prune drops what is too old, so that it goes also where nothing is written.
	Prune() error
	// Clear forgets all questions and votes.
	Clear() error

	// Removed returns what was removed from the corpus, in order; see [KeptOut].
	Removed() ([]string, error)
	// Remove keeps a document out of the corpus, or all in an archive, a table or a
	// folder; the files stay.
	Remove(document string) error
	// Restore takes back a Remove.
	Restore(document string) error

	// Records returns the values of a kind whose keys begin with prefix, by their
	// keys.
	Records(kind, prefix string) (map[string][]byte, error)
	// Write makes some changes of the records: all of them or, where it fails, none.
	Write(changes ...Change) error

	// Lock waits until no other process that uses the store, and nobody else in this
	// one, holds the lock called name, and takes it. It is free again when the process
	// ends, in whatever way. The error is that of ctx, or that it can't be locked.
	Lock(ctx context.Context, name string) (unlock func(), err error)

	dump() (contents, error)
	load(contents) error
}

// Files is the state in one folder.
type Files struct {
	dir  string
	keep time.Duration
	now  func() time.Time
}

// Open returns the store in the folder dir, which it makes where it is
// missing. Questions and votes are kept for so long.
func Open(dir string, keep time.Duration) (*Files, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("making the state folder (state.path): %w", err)
	}
	s := &Files{dir: dir, keep: keep, now: time.Now}
	if _, err := os.Stat(s.file()); errors.Is(err, os.ErrNotExist) {
		return s, s.update(func(*bbolt.Tx) error { return nil })
	}
	return s, s.check()
}

// Keep implements [Store].
func (s *Files) Keep() time.Duration { return s.keep }

func (s *Files) file() string { return filepath.Join(s.dir, "state.db") }

// open opens the database for one transaction.
func (s *Files) open(readOnly bool) (*bbolt.DB, error) {
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
func (s *Files) check() (err error) {
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
func (s *Files) update(do func(*bbolt.Tx) error) error {
	return s.write(func(db *bbolt.DB) error { return s.transact(db, do) })
}

// erase runs one transaction that deletes, and wipes what it deleted.
func (s *Files) erase(do func(*bbolt.Tx) error) error {
	return s.write(func(db *bbolt.DB) error {
		if err := s.transact(db, do); err != nil {
			return err
		}
		return s.wipe(db)
	})
}

// write opens the database for something that writes.
func (s *Files) write(do func(*bbolt.DB) error) (err error) {
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

func (s *Files) transact(db *bbolt.DB, do func(*bbolt.Tx) error) error {
	return db.Update(func(tx *bbolt.Tx) error {
		if err := s.prepare(tx); err != nil {
			return err
		}
		return do(tx)
	})
}

// wipe writes zeros over the free pages of the database, which still hold what
// was deleted. No transaction but the last one may lead to them: it is on disk.
func (s *Files) wipe(db *bbolt.DB) (err error) {
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
func (s *Files) prepare(tx *bbolt.Tx) error {
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

func (s *Files) checkFormat(have string) error {
	if have == format {
		return nil
	}
	return fmt.Errorf("%s has format %q and this program knows %q: use the program that wrote it, or a newer one", s.file(), have, format)
}

// voter returns what stands for a user in the votes on one question.
func voter(salt []byte, user, question string) []byte {
	mac := hmac.New(sha256.New, salt)
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

// encode writes a record of now: to the hour, for to the minute it could show who
// asked.
func (r record) encode(now time.Time) ([]byte, error) {
	r.Last = now.UTC().Truncate(time.Hour)
	return json.Marshal(r)
}

func (s *Files) put(b *bbolt.Bucket, key []byte, r record) error {
	value, err := r.encode(s.now())
	if err != nil {
		return err
	}
	return b.Put(key, value)
}

// Prune implements [Store].
func (s *Files) Prune() error {
	return s.erase(func(tx *bbolt.Tx) error {
		return errors.Join(s.prune(tx.Bucket(bucketQuestions)), s.prune(tx.Bucket(bucketVotes)))
	})
}

func (s *Files) prune(b *bbolt.Bucket) error {
	all := map[string][]byte{}
	err := b.ForEach(func(key, value []byte) error {
		all[string(key)] = value
		return nil
	})
	_, stale := sift(all, s.now().Add(-s.keep))
	for _, key := range stale {
		err = errors.Join(err, b.Delete([]byte(key)))
	}
	return err
}

// sift tells questions or votes that may be kept from those that are too old or, of
// what is too much, the least asked and of these the oldest: nonsense must not push
// out what many ask.
func sift(all map[string][]byte, since time.Time) (fresh []record, stale []string) {
	type kept struct {
		key string
		record
	}
	var found []kept
	for key, value := range all {
		var r record
		if json.Unmarshal(value, &r) != nil || r.Last.Before(since) {
			stale = append(stale, key)
		} else {
			found = append(found, kept{key, r})
		}
	}
	slices.SortFunc(found, func(a, b kept) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), b.Last.Compare(a.Last), cmp.Compare(a.key, b.key))
	})
	for i, k := range found {
		if i < maxRecords {
			fresh = append(fresh, k.record)
		} else {
			stale = append(stale, k.key)
		}
	}
	return fresh, stale
}

// Clear implements [Store].
func (s *Files) Clear() error {
	return s.erase(func(tx *bbolt.Tx) error {
		for _, name := range [][]byte{bucketQuestions, bucketVotes} {
			if err := tx.DeleteBucket(name); err != nil {
				return err
			}
		}
		return s.prepare(tx)
	})
}
