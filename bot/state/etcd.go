package state

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	clientv3 "go.etcd.io/etcd/client/v3"
	"go.etcd.io/etcd/client/v3/concurrency"

	"example.org/attache/bot/etcd"
)

// The keys of the state, below the prefix of a cluster.
const (
	keyOfFormat   = "state/format"
	keyOfSalt     = "state/salt"
	keyOfQuestion = "state/question/"
	keyOfVote     = "state/vote/"
	keyOfRemoved  = "state/removed/"
	keyOfRecord   = "state/record/" // with the kind, a zero byte and the key
	keyOfPending  = "state/pending" // names the log that is being carried out
	keyOfLog      = "state/log/"    // the parts of large changes, by name and number
)

// Etcd is the state that the nodes of a cluster share.
//
// Changes of the records that are too many for one transaction are first written
// to a log, in parts. One transaction then makes the log pending, and the changes
// are made; whoever finds a pending log before that is done carries it out to the
// end, and until then nothing else is read or written. So all of the changes are
// made or none, also when the writer dies.
type Etcd struct {
	space *etcd.Space
	keep  time.Duration
	now   func() time.Time
	holds *clientv3.Cmp // has to be true for records to be written; nil: nothing has

	once  *sync.Mutex
	salt  *atomic.Pointer[[]byte] // once the format was found to be known
	added *atomic.Int32           // questions and votes since the last that were too many were dropped
}

// NewEtcd returns the state in a space of etcd, which need not be within reach yet.
func NewEtcd(space *etcd.Space, keep time.Duration) *Etcd {
	return &Etcd{space: space, keep: keep, now: time.Now, once: new(sync.Mutex), salt: new(atomic.Pointer[[]byte]), added: new(atomic.Int32)}
}

// While returns the same state, of which records are written only while a condition
// holds; the error is else [etcd.ErrNotLeader].
func (s *Etcd) While(holds clientv3.Cmp) *Etcd {
	bound := *s
	bound.holds = &holds
	return &bound
}

// ready checks the format, or begins it where nothing was kept yet.
func (s *Etcd) ready(ctx context.Context) ([]byte, error) {
	if salt := s.salt.Load(); salt != nil {
		return *salt, nil
	}
	s.once.Lock()
	defer s.once.Unlock()
	fresh := make([]byte, 32)
	rand.Read(fresh)
	begun, err := s.space.Txn(ctx).
		If(clientv3.Compare(clientv3.CreateRevision(s.space.Key(keyOfFormat)), "=", 0)).
		Then(clientv3.OpPut(s.space.Key(keyOfFormat), format), clientv3.OpPut(s.space.Key(keyOfSalt), string(fresh))).
		Else(clientv3.OpGet(s.space.Key(keyOfFormat)), clientv3.OpGet(s.space.Key(keyOfSalt))).
		Commit()
	if err != nil {
		return nil, err
	}
	if !begun.Succeeded {
		have, salt := begun.Responses[0].GetResponseRange().Kvs, begun.Responses[1].GetResponseRange().Kvs
		if len(have) != 1 || len(salt) != 1 || string(have[0].Value) != format {
			return nil, fmt.Errorf("the state in etcd below %s has another format than this program knows (%q): use the program that wrote it, or a newer one", s.space.Key(), format)
		}
		fresh = salt[0].Value
	}
	s.salt.Store(&fresh)
	return fresh, nil
}

// try does something once the format was checked.
func (s *Etcd) try(what string, do func(ctx context.Context) error) error {
	return s.space.Try(context.Background(), what, func(ctx context.Context) error {
		if _, err := s.ready(ctx); err != nil {
			return err
		}
		return do(ctx)
	})
}

// Keep implements [Store].
func (s *Etcd) Keep() time.Duration { return s.keep }

// AddUnanswered implements [Store].
func (s *Etcd) AddUnanswered(question string) error {
	same := sameQuestion(question)
	if same == "" {
		return nil
	}
	key := s.space.Key(keyOfQuestion) + same
	return s.add("keeping a question", func(ctx context.Context) error {
		for {
			found, err := s.space.Get(ctx, key)
			if err != nil {
				return err
			}
			var r record
			var revision int64
			for _, kv := range found.Kvs {
				if json.Unmarshal(kv.Value, &r) != nil {
					r = record{}
				}
				revision = kv.ModRevision
			}
			r.Question, r.Count = question, r.Count+1
			value, err := r.encode(s.now())
			if err != nil {
				return err
			}
			done, err := s.space.Txn(ctx).If(clientv3.Compare(clientv3.ModRevision(key), "=", revision)).Then(clientv3.OpPut(key, string(value))).Commit()
			if err != nil || done.Succeeded {
				return err
			}
		}
	})
}

// Vote implements [Store].
func (s *Etcd) Vote(user, question string, good bool) error {
	return s.add("keeping a vote", func(ctx context.Context) error {
		salt, err := s.ready(ctx)
		if err != nil {
			return err
		}
		value, err := record{Question: question, Good: good}.encode(s.now())
		if err != nil {
			return err
		}
		_, err = s.space.Put(ctx, s.space.Key(keyOfVote)+hex.EncodeToString(voter(salt, user, sameQuestion(question))), string(value))
		return err
	})
}

// pruneEvery is after how many questions and votes of one node those that are too
// many are dropped.
const pruneEvery = 100

// add does something that adds a question or a vote.
func (s *Etcd) add(what string, do func(ctx context.Context) error) error {
	if err := s.try(what, do); err != nil {
		return err
	}
	if s.added.Add(1)%pruneEvery == 0 {
		return s.Prune()
	}
	return nil
}

// below returns the values below a key, by the rest of their keys.
func (s *Etcd) below(ctx context.Context, key string) (values map[string][]byte, revisions map[string]int64, err error) {
	prefix := s.space.Key(key)
	found, err := s.space.Get(ctx, prefix, clientv3.WithPrefix())
	if err != nil {
		return nil, nil, err
	}
	values, revisions = map[string][]byte{}, map[string]int64{}
	for _, kv := range found.Kvs {
		name := strings.TrimPrefix(string(kv.Key), prefix)
		values[name], revisions[name] = kv.Value, kv.ModRevision
	}
	return values, revisions, nil
}

// Unanswered implements [Store].
func (s *Etcd) Unanswered() ([]Question, error) {
	found, err := s.fresh("reading the questions without an answer", keyOfQuestion)
	return questionsOf(found), err
}

// Votes implements [Store].
func (s *Etcd) Votes() ([]Feedback, error) {
	found, err := s.fresh("reading the votes", keyOfVote)
	return feedbackOf(found), err
}

func (s *Etcd) fresh(what, key string) (found []record, err error) {
	err = s.try(what, func(ctx context.Context) error {
		all, _, err := s.below(ctx, key)
		found, _ = sift(all, s.now().Add(-s.keep))
		return err
	})
	return found, err
}

// Prune implements [Store].
func (s *Etcd) Prune() error {
	for _, key := range []string{keyOfQuestion, keyOfVote} {
		err := s.try("dropping old questions and votes", func(ctx context.Context) error {
			all, revisions, err := s.below(ctx, key)
			if err != nil {
				return err
			}
			_, stale := sift(all, s.now().Add(-s.keep))
			for some := range slices.Chunk(stale, mostOps) {
				var same []clientv3.Cmp // what was asked again meanwhile stays
				var ops []clientv3.Op
				for _, name := range some {
					full := s.space.Key(key) + name
					same = append(same, clientv3.Compare(clientv3.ModRevision(full), "=", revisions[name]))
					ops = append(ops, clientv3.OpDelete(full))
				}
				if _, err := s.space.Txn(ctx).If(same...).Then(ops...).Commit(); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return s.dropLogs()
}

// Clear implements [Store].
func (s *Etcd) Clear() error {
	return s.try("forgetting questions and votes", func(ctx context.Context) error {
		_, err := s.space.Txn(ctx).Then(
			clientv3.OpDelete(s.space.Key(keyOfQuestion), clientv3.WithPrefix()),
			clientv3.OpDelete(s.space.Key(keyOfVote), clientv3.WithPrefix())).Commit()
		return err
	})
}

// Removed implements [Store].
func (s *Etcd) Removed() (removed []string, err error) {
	err = s.try("reading which documents were removed", func(ctx context.Context) error {
		prefix := s.space.Key(keyOfRemoved)
		found, err := s.space.Get(ctx, prefix, clientv3.WithPrefix(), clientv3.WithKeysOnly())
		if err != nil {
			return err
		}
		removed = nil
		for _, kv := range found.Kvs {
			removed = append(removed, strings.TrimPrefix(string(kv.Key), prefix))
		}
		return nil
	})
	return removed, err
}

// Remove implements [Store].
func (s *Etcd) Remove(document string) error {
	if err := checkDocument(document); err != nil {
		return err
	}
	return s.try("removing a document", func(ctx context.Context) error {
		_, err := s.space.Put(ctx, s.space.Key(keyOfRemoved)+document, "")
		return err
	})
}

// Restore implements [Store].
func (s *Etcd) Restore(document string) error {
	if err := checkDocument(document); err != nil {
		return err
	}
	return s.try("restoring a document", func(ctx context.Context) error {
		_, err := s.space.Delete(ctx, s.space.Key(keyOfRemoved)+document)
		return err
	})
}

// lockLifetime is how long a lock of a process that died is held.
const lockLifetime = 10 * time.Second

// Lock implements [Store]. Who is cut off for long holds it no longer, and does not
// know that: what must not be written then is written [Etcd.While].
func (s *Etcd) Lock(ctx context.Context, name string) (unlock func(), err error) {
	var session *concurrency.Session
	err = s.space.Try(ctx, "locking "+name, func(ctx context.Context) error {
		lease, err := s.space.Grant(ctx, int64(lockLifetime/time.Second))
		if err != nil {
			return err
		}
		session, err = concurrency.NewSession(s.space.Client, concurrency.WithLease(lease.ID))
		return err
	})
	if err != nil {
		return nil, err
	}
	if err := concurrency.NewMutex(session, s.space.Key("state/lock", name)).Lock(ctx); err != nil {
		session.Close()
		return nil, fmt.Errorf("waiting for the lock of %s: %w", name, err)
	}
	return func() { session.Close() }, nil
}

// dump implements [Store].
func (s *Etcd) dump() (c contents, err error) {
	err = s.settled("reading the state", func(ctx context.Context) (pending string, err error) {
		got, err := s.space.Txn(ctx).Then(clientv3.OpGet(s.space.Key(keyOfPending)), clientv3.OpGet(s.space.Key("state/"), clientv3.WithPrefix())).Commit()
		if err != nil {
			return "", err
		}
		c = newContents()
		if c.salt, err = s.ready(ctx); err != nil {
			return "", err
		}
		for _, kv := range got.Responses[1].GetResponseRange().Kvs {
			key := strings.TrimPrefix(string(kv.Key), s.space.Key())
			switch {
			case strings.HasPrefix(key, keyOfQuestion):
				c.questions[key[len(keyOfQuestion):]] = kv.Value
			case strings.HasPrefix(key, keyOfVote):
				name, err := hex.DecodeString(key[len(keyOfVote):])
				if err != nil {
					return "", fmt.Errorf("reading the vote %s: %w", key, err)
				}
				c.votes[string(name)] = kv.Value
			case strings.HasPrefix(key, keyOfRemoved):
				c.removed = append(c.removed, key[len(keyOfRemoved):])
			case strings.HasPrefix(key, keyOfRecord):
				kind, name, _ := strings.Cut(key[len(keyOfRecord):], "\x00")
				c.records = append(c.records, Change{kind, name, append([]byte{}, kv.Value...)})
			}
		}
		return pendingIn(got, 0), nil
	})
	return c, err
}

// load implements [Store].
func (s *Etcd) load(c contents) error {
	var ops []clientv3.Op
	put := func(key string, value []byte) { ops = append(ops, clientv3.OpPut(s.space.Key(key), string(value))) }
	for key, value := range c.questions {
		put(keyOfQuestion+key, value)
	}
	for key, value := range c.votes {
		put(keyOfVote+hex.EncodeToString([]byte(key)), value)
	}
	for _, document := range c.removed {
		put(keyOfRemoved+document, nil)
	}
	put(keyOfSalt, c.salt)
	err := cmp.Or(s.Write(c.records...), s.try("writing the state", func(ctx context.Context) error {
		for some := range slices.Chunk(ops, mostOps) {
			if _, err := s.space.Txn(ctx).Then(some...).Commit(); err != nil {
				return err
			}
		}
		return nil
	}))
	s.salt.Store(&c.salt)
	return err
}
