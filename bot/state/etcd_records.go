package state

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/gob"
	"fmt"
	"strconv"
	"strings"
	"time"

	clientv3 "go.etcd.io/etcd/client/v3"

	"example.org/attache/bot/etcd"
)

// What one transaction may hold at most: etcd takes 128 operations and 1.5 MiB.
const (
	mostOps   = 100
	mostBytes = 1 << 20
)

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
