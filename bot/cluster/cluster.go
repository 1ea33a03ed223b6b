// Package cluster lets several processes of the program, its nodes, work as one.
//
// They agree through etcd: which nodes live, which of them leads a piece of work
// that only one may do, which generation of the index is the current one, which
// node answers what comes through a connection to Discord. Answers themselves need
// none of this: a node that is cut off goes on from what it knows, until
// [Node.Stale].
//
// A node's keys hang on a lease that it renews, so that they vanish a moment after
// it does. What only a leader may write is written in a transaction that finds its
// key still there: a leader that was frozen, and doesn't know yet that another has
// taken over, can't.
package cluster

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"

	clientv3 "go.etcd.io/etcd/client/v3"
	"go.etcd.io/etcd/client/v3/concurrency"

	"example.org/attache/bot/etcd"
)

// The keys of a cluster, below its prefix.
const (
	keyNodes   = "nodes"   // /NAME: a Member, as long as it lives
	keyLeaders = "leaders" // /WHAT/LEASE: who leads, or wants to
	keyCurrent = "current" // /FORMAT: the current generation
)

// lifetime is how long a node that is not heard of counts as living.
const lifetime = 10 * time.Second

// Member is a node, as the others see it.
type Member struct {
	Name    string    `json:"name"`
	Run     string    `json:"run"` // distinguishes two runs, or two nodes of one name
	Version string    `json:"version"`
	Format  string    `json:"format"` // of the generations that it makes and reads
	Started time.Time `json:"started"`
	Uses    []string  `json:"uses"`   // generations that it answers from or fetches
	Shards  []int     `json:"shards"` // that it is connected to
	Leaving bool      `json:"leaving,omitempty"`
	Tool    bool      `json:"tool,omitempty"` // a command that ends soon, which serves nobody
}

// Node is this process among the nodes. Its methods may be called at the same time.
type Node struct {
	space *etcd.Space
	log   *slog.Logger

	mu      sync.Mutex
	self    Member
	session *concurrency.Session
	changed chan struct{}   // closed when session is another
	dirty   chan struct{}   // takes that self has changed
	leading map[string]bool // by what it is that TryLead was called for
	members map[string]Member
	moved   chan struct{} // closed when members have changed
}

// New returns the node called name. It takes part while [Node.Run] runs.
func New(space *etcd.Space, self Member, log *slog.Logger) *Node {
	self.Started = time.Now().UTC()
	self.Run = randomText()
	return &Node{space: space, log: log, self: self, changed: make(chan struct{}), dirty: make(chan struct{}, 1),
		leading: map[string]bool{}, members: map[string]Member{}, moved: make(chan struct{})}
}

// ErrName means that two nodes have one name.
var ErrName = errors.New("another node has the same name: give each its own (cluster.node)")

// Run takes part until ctx is done. While etcd can't be reached it tries again.
// The error is [ErrName] or nil.
func (n *Node) Run(ctx context.Context) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var running sync.WaitGroup
	defer running.Wait()
	running.Go(func() { n.watchMembers(ctx, cancel) })
	for away := false; ctx.Err() == nil; {
		s, err := n.join(ctx)
		if err != nil {
			if !away && ctx.Err() == nil {
				n.log.Warn("this node is cut off from the others; it answers from what it has and tries again", "error", err)
			}
			away = true
			pause(ctx, time.Second)
			continue
		}
		n.log.Info("this node takes part", "node", n.self.Name)
		away = false
		n.keep(ctx, s)
	}
	if err := context.Cause(ctx); errors.Is(err, ErrName) {
		return err
	}
	return nil
}

// join begins to renew a lease.
func (n *Node) join(ctx context.Context) (*concurrency.Session, error) {
	var lease clientv3.LeaseID
	err := n.space.Try(ctx, "joining the cluster", func(ctx context.Context) error {
		granted, err := n.space.Grant(ctx, int64(lifetime/time.Second))
		if err == nil {
			lease = granted.ID
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return concurrency.NewSession(n.space.Client, concurrency.WithLease(lease), concurrency.WithContext(context.WithoutCancel(ctx)))
}

// keep says of this node what there is to say as long as its lease lives, and
// takes that back at the end.
func (n *Node) keep(ctx context.Context, s *concurrency.Session) {
	n.setSession(s)
	defer n.setSession(nil)
	for again := time.Duration(0); ; {
		select {
		case <-time.After(again):
		case <-n.dirty:
		case <-s.Done():
			return
		case <-ctx.Done():
			n.leave(s)
			return
		}
		again = time.Minute
		if err := n.announce(ctx, s); err != nil {
			again = time.Second
		}
	}
}

func (n *Node) announce(ctx context.Context, s *concurrency.Session) error {
	n.mu.Lock()
	value, err := json.Marshal(n.self)
	n.mu.Unlock()
	if err != nil {
		return err
	}
	return n.space.Try(ctx, "announcing this node", func(ctx context.Context) error {
		_, err := n.space.Put(ctx, n.space.Key(keyNodes, n.self.Name), string(value), clientv3.WithLease(s.Lease()))
		return err
	})
}

// leave lets the others know at once that this node is gone.
func (n *Node) leave(s *concurrency.Session) {
	s.Orphan()
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	n.space.Revoke(ctx, s.Lease()) // else it runs out
}

func (n *Node) setSession(s *concurrency.Session) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.session = s
	close(n.changed)
	n.changed = make(chan struct{})
}

// joined returns the session, for which it waits.
func (n *Node) joined(ctx context.Context) (*concurrency.Session, error) {
	for {
		n.mu.Lock()
		s, changed := n.session, n.changed
		n.mu.Unlock()
		if s != nil {
			return s, nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		}
	}
}

// CutOff returns why this node can't take part; nil where it does.
func (n *Node) CutOff() error {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.session == nil {
		return etcd.ErrAway
	}
	return nil
}

// update changes what the others see of this node.
func (n *Node) update(change func(*Member)) {
	n.mu.Lock()
	change(&n.self)
	n.mu.Unlock()
	select {
	case n.dirty <- struct{}{}:
	default:
	}
}

// watchMembers keeps the list of the nodes that live.
func (n *Node) watchMembers(ctx context.Context, fail context.CancelCauseFunc) {
	watch(ctx, n.space, n.space.Key(keyNodes, ""), func(values map[string]string) {
		members := map[string]Member{}
		for key, value := range values {
			var m Member
			if json.Unmarshal([]byte(value), &m) == nil {
				members[strings.TrimPrefix(key, n.space.Key(keyNodes, ""))] = m
			}
		}
		n.mu.Lock()
		defer n.mu.Unlock()
		if other, ok := members[n.self.Name]; ok && other.Run != n.self.Run && other.Started.After(n.self.Started) {
			fail(fmt.Errorf("taking part as %s: %w", n.self.Name, ErrName))
		}
		n.members = members
		close(n.moved)
		n.moved = make(chan struct{})
	})
}

// Members lists the nodes that live, by name.
func Members(ctx context.Context, space *etcd.Space) (all []Member, err error) {
	err = space.Try(ctx, "listing the nodes", func(ctx context.Context) error {
		found, err := space.Get(ctx, space.Key(keyNodes, ""), clientv3.WithPrefix())
		if err != nil {
			return err
		}
		all = nil
		for _, kv := range found.Kvs {
			var m Member
			if err := json.Unmarshal(kv.Value, &m); err != nil {
				return fmt.Errorf("reading what %s says of itself: %w", kv.Key, err)
			}
			all = append(all, m)
		}
		return nil
	})
	slices.SortFunc(all, func(a, b Member) int { return strings.Compare(a.Name, b.Name) })
	return all, err
}

// watch calls use with what is below a prefix, by key: at once, and whenever that
// has changed, until ctx is done. What changes while etcd is away is seen after.
func watch(ctx context.Context, space *etcd.Space, prefix string, use func(map[string]string)) {
	for ctx.Err() == nil {
		err := watchOnce(ctx, space, prefix, use)
		if err != nil {
			pause(ctx, time.Second)
		}
	}
}

func watchOnce(ctx context.Context, space *etcd.Space, prefix string, use func(map[string]string)) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var found *clientv3.GetResponse
	err := space.Try(ctx, "looking at "+prefix, func(ctx context.Context) (err error) {
		found, err = space.Get(ctx, prefix, clientv3.WithPrefix())
		return err
	})
	if err != nil {
		return err
	}
	values := map[string]string{}
	for _, kv := range found.Kvs {
		values[string(kv.Key)] = string(kv.Value)
	}
	use(values)
	for changes := range space.Watch(clientv3.WithRequireLeader(ctx), prefix, clientv3.WithPrefix(), clientv3.WithRev(found.Header.Revision+1)) {
		if err := changes.Err(); err != nil {
			return err // what was missed is listed anew
		}
		for _, e := range changes.Events {
			if e.Type == clientv3.EventTypeDelete {
				delete(values, string(e.Kv.Key))
			} else {
				values[string(e.Kv.Key)] = string(e.Kv.Value)
			}
		}
		if len(changes.Events) > 0 {
			use(values)
		}
	}
	return errors.New("the watch ended")
}

// pause waits, as long as ctx is not done.
func pause(ctx context.Context, d time.Duration) {
	select {
	case <-time.After(d):
	case <-ctx.Done():
	}
}
