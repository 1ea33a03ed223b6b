package state

import (
	"bytes"
	"cmp"
	"context"
	"crypto/rand"
	"encoding/gob"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
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

// What one transaction may hold at most: etcd takes 128 operations and 1.5 MiB.
const (
	mostOps   = 100
	mostBytes = 1 << 20
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

// Records implements [Store].
func (s *Etcd) Records(kind, prefix string) (found map[string][]byte, err error) {
	start, from := s.recordKey(kind, ""), s.recordKey(kind, prefix)
	err = s.settled("reading what is kept of "+kind, func(ctx context.Context) (pending string, err error) {
		got, err := s.space.Txn(ctx).Then(clientv3.OpGet(s.space.Key(keyOfPending)), clientv3.OpGet(from, clientv3.WithPrefix())).Commit()
		if err != nil {
			return "", err
		}
		found = map[string][]byte{}
		for _, kv := range got.Responses[1].GetResponseRange().Kvs {
			found[string(kv.Key[len(start):])] = append([]byte{}, kv.Value...) // never nil
		}
		return pendingIn(got, 0), nil
	})
	return found, err
}

func (s *Etcd) recordKey(kind, key string) string {
	return s.space.Key(keyOfRecord) + string(recordKey(kind, key))
}

// pendingIn is the pending log that the nth request of a transaction found.
func pendingIn(r *clientv3.TxnResponse, n int) string {
	for _, kv := range r.Responses[n].GetResponseRange().Kvs {
		return string(kv.Value)
	}
	return ""
}

// settled does something that must find no pending log: it returns the one that it
// found, which then is carried out before it is done again.
func (s *Etcd) settled(what string, do func(ctx context.Context) (pending string, err error)) error {
	for {
		pending := ""
		err := s.try(what, func(ctx context.Context) (err error) {
			pending, err = do(ctx)
			return err
		})
		if err != nil || pending == "" {
			return err
		}
		if err := s.carryOut(pending); err != nil {
			return err
		}
	}
}

// Write implements [Store]. A value may have a mebibyte.
func (s *Etcd) Write(changes ...Change) error {
	if err := checkChanges(changes); err != nil {
		return err
	}
	changes = lastOfEach(changes)
	size := 0
	for _, c := range changes {
		if len(c.Value) > mostBytes {
			return fmt.Errorf("keeping %q of %q: it has %d bytes, and etcd takes %d", c.Key, c.Kind, len(c.Value), mostBytes)
		}
		size += c.size()
	}
	if len(changes) <= mostOps && size <= mostBytes {
		return s.commit("keeping records", s.ops(changes))
	}
	name, err := s.log(changes)
	if err != nil {
		return err
	}
	if err := s.commit("keeping records", []clientv3.Op{clientv3.OpPut(s.space.Key(keyOfPending), name)}); err != nil {
		return err
	}
	return s.carryOut(name)
}

func (c Change) size() int { return len(c.Kind) + len(c.Key) + len(c.Value) + 32 }

// lastOfEach drops changes that a later one of the same key undoes.
func lastOfEach(changes []Change) []Change {
	last := map[string]int{}
	for i, c := range changes {
		last[string(recordKey(c.Kind, c.Key))] = i
	}
	if len(last) == len(changes) {
		return changes
	}
	var kept []Change
	for i, c := range changes {
		if last[string(recordKey(c.Kind, c.Key))] == i {
			kept = append(kept, c)
		}
	}
	return kept
}

func (s *Etcd) ops(changes []Change) (ops []clientv3.Op) {
	for _, c := range changes {
		if key := s.recordKey(c.Kind, c.Key); c.Value == nil {
			ops = append(ops, clientv3.OpDelete(key))
		} else {
			ops = append(ops, clientv3.OpPut(key, string(c.Value)))
		}
	}
	return ops
}

// commit makes some changes in one transaction, where no log is pending.
func (s *Etcd) commit(what string, ops []clientv3.Op) error {
	pending := s.space.Key(keyOfPending)
	conditions := []clientv3.Cmp{clientv3.Compare(clientv3.CreateRevision(pending), "=", 0)}
	if s.holds != nil {
		conditions = append(conditions, *s.holds)
	}
	return s.settled(what, func(ctx context.Context) (string, error) {
		done, err := s.space.Txn(ctx).If(conditions...).Then(ops...).Else(clientv3.OpGet(pending)).Commit()
		if err != nil || done.Succeeded {
			return "", err
		}
		if log := pendingIn(done, 0); log != "" {
			return log, nil
		}
		return "", etcd.ErrNotLeader
	})
}

// logged is a Change in a log.
type logged struct {
	Kind, Key string
	Value     []byte
	Delete    bool
}

// log writes changes to a log of its own and returns its name.
func (s *Etcd) log(changes []Change) (name string, err error) {
	name = strconv.FormatInt(s.now().Unix(), 10) + "-" + rand.Text()
	for n := 0; len(changes) > 0; n++ {
		var part []logged
		for size := 0; len(changes) > 0 && len(part) < mostOps && (len(part) == 0 || size+changes[0].size() <= mostBytes); changes = changes[1:] {
			c := changes[0]
			part = append(part, logged{c.Kind, c.Key, c.Value, c.Value == nil})
			size += c.size()
		}
		var value bytes.Buffer
		if err := gob.NewEncoder(&value).Encode(part); err != nil {
			return "", err
		}
		err := s.try("keeping records", func(ctx context.Context) error {
			_, err := s.space.Put(ctx, s.space.Key(keyOfLog)+fmt.Sprintf("%s/%08d", name, n), value.String())
			return err
		})
		if err != nil {
			return "", err
		}
	}
	return name, nil
}

// carryOut makes the changes of a pending log and drops it. Several may do so at
// once: while it is pending, making them again changes nothing.
func (s *Etcd) carryOut(name string) error {
	const what = "carrying out a change of many records"
	prefix, pending := s.space.Key(keyOfLog)+name+"/", s.space.Key(keyOfPending)
	still := clientv3.Compare(clientv3.Value(pending), "=", name)
	for n := 0; ; n++ {
		over := false
		err := s.try(what, func(ctx context.Context) error {
			got, err := s.space.Get(ctx, prefix+fmt.Sprintf("%08d", n))
			if err != nil {
				return err
			}
			ops := []clientv3.Op{clientv3.OpDelete(pending), clientv3.OpDelete(prefix, clientv3.WithPrefix())}
			if over = len(got.Kvs) == 0; !over {
				var part []logged
				if err := gob.NewDecoder(bytes.NewReader(got.Kvs[0].Value)).Decode(&part); err != nil {
					return err
				}
				ops = nil
				for _, l := range part {
					c := Change{l.Kind, l.Key, l.Value}
					if !l.Delete && c.Value == nil {
						c.Value = []byte{}
					}
					ops = append(ops, s.ops([]Change{c})...)
				}
			}
			done, err := s.space.Txn(ctx).If(still).Then(ops...).Commit()
			if err == nil && !done.Succeeded {
				over = true // somebody else has done it
			}
			return err
		})
		if err != nil || over {
			return err
		}
	}
}

// dropLogs drops the logs of writers that died before they made them pending.
func (s *Etcd) dropLogs() error {
	prefix := s.space.Key(keyOfLog)
	return s.try("dropping logs that nobody needs", func(ctx context.Context) error {
		got, err := s.space.Txn(ctx).Then(clientv3.OpGet(s.space.Key(keyOfPending)), clientv3.OpGet(prefix, clientv3.WithPrefix(), clientv3.WithKeysOnly())).Commit()
		if err != nil {
			return err
		}
		for _, kv := range got.Responses[1].GetResponseRange().Kvs {
			name, _, _ := strings.Cut(strings.TrimPrefix(string(kv.Key), prefix), "/")
			began, _, _ := strings.Cut(name, "-")
			at, _ := strconv.ParseInt(began, 10, 64)
			if name == pendingIn(got, 0) || s.now().Sub(time.Unix(at, 0)) < time.Hour {
				continue
			}
			if _, err := s.space.Delete(ctx, string(kv.Key)); err != nil {
				return err
			}
		}
		return nil
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
