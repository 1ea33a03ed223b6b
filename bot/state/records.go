package state

import (
	"bytes"
	"fmt"
	"strings"

	"go.etcd.io/bbolt"
)

// bucketRecords holds what other packages keep, as they write it: a flat space
// of keys, so that it can be held by any store that has keys and transactions.
var bucketRecords = []byte("records")

// Change is one change of the records. The kind says whose they are, as "feed";
// a nil Value deletes the record.
type Change struct {
	Kind, Key string
	Value     []byte
}

// Records implements [Store].
func (s *Files) Records(kind, prefix string) (found map[string][]byte, err error) {
	db, err := s.open(true)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	found = map[string][]byte{}
	err = db.View(func(tx *bbolt.Tx) error {
		b := tx.Bucket(bucketRecords)
		if b == nil { // nothing was ever kept
			return nil
		}
		start := recordKey(kind, "")
		from := recordKey(kind, prefix)
		c := b.Cursor()
		for k, v := c.Seek(from); bytes.HasPrefix(k, from); k, v = c.Next() {
			found[string(k[len(start):])] = bytes.Clone(v)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", s.file(), err)
	}
	return found, nil
}

// Write implements [Store].
func (s *Files) Write(changes ...Change) error {
	if err := checkChanges(changes); err != nil {
		return err
	}
	return s.update(func(tx *bbolt.Tx) error {
		b, err := tx.CreateBucketIfNotExists(bucketRecords)
		if err != nil {
			return err
		}
		for _, c := range changes {
			if c.Value == nil {
				err = b.Delete(recordKey(c.Kind, c.Key))
			} else {
				err = b.Put(recordKey(c.Kind, c.Key), c.Value)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

func checkChanges(changes []Change) error {
	for _, c := range changes {
		if c.Kind == "" || strings.Contains(c.Kind, "\x00") || len(recordKey(c.Kind, c.Key)) > bbolt.MaxKeySize {
			return fmt.Errorf("keeping %q of %q: that is no key", c.Key, c.Kind)
		}
	}
	return nil
}

func recordKey(kind, key string) []byte { return []byte(kind + "\x00" + key) }
