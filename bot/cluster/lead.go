package cluster

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"time"

	clientv3 "go.etcd.io/etcd/client/v3"
	"go.etcd.io/etcd/client/v3/concurrency"

	"example.org/attache/bot/etcd"
)

// ErrLed means that another node leads.
var ErrLed = errors.New("another node is at it")

// Term is the time in which this node leads a piece of work.
type Term struct {
	node     *Node
	election *concurrency.Election
	session  *concurrency.Session
	what     string
	tried    bool // and not waited for
}

// Lead waits until this node leads what, and returns its term.
func (n *Node) Lead(ctx context.Context, what string) (*Term, error) {
	for {
		s, err := n.joined(ctx)
		if err != nil {
			return nil, fmt.Errorf("waiting to lead %s: %w", what, err)
		}
		e := concurrency.NewElection(s, n.space.Key(keyLeaders, what))
		campaign, cancel := context.WithCancel(ctx)
		stop := context.AfterFunc(s.Ctx(), cancel)
		err = e.Campaign(campaign, n.self.Name)
		stop()
		cancel()
		switch {
		case err == nil:
			return &Term{node: n, election: e, session: s, what: what}, nil
		case ctx.Err() != nil:
			return nil, fmt.Errorf("waiting to lead %s: %w", what, context.Cause(ctx))
		}
		pause(ctx, lifetime/20)
	}
}

// TryLead returns a term where nobody leads what; the error is else [ErrLed] or
// says that etcd is away.
func (n *Node) TryLead(ctx context.Context, what string) (t *Term, err error) {
	soon, cancel := context.WithTimeoutCause(ctx, etcd.Patience, etcd.ErrAway)
	defer cancel()
	s, err := n.joined(soon)
	if err != nil {
		return nil, fmt.Errorf("leading %s: %w", what, err)
	}
	if !n.begin(what) {
		return nil, fmt.Errorf("leading %s: %w", what, ErrLed)
	}
	prefix := n.space.Key(keyLeaders, what) + "/"
	key := fmt.Sprintf("%s%x", prefix, s.Lease())
	var revision int64
	err = n.space.Try(ctx, "leading "+what, func(ctx context.Context) error {
		done, err := n.space.Txn(ctx).
			If(clientv3.Compare(clientv3.CreateRevision(prefix), "=", 0).WithPrefix()).
			Then(clientv3.OpPut(key, n.self.Name, clientv3.WithLease(s.Lease()))).
			Else(clientv3.OpGet(key)).
			Commit()
		if err != nil {
			return err
		}
		revision = done.Header.Revision
		if !done.Succeeded {
			own := done.Responses[0].GetResponseRange().Kvs
			if len(own) == 0 {
				return ErrLed
			}
			revision = own[0].CreateRevision // an earlier try got through
		}
		return nil
	})
	t = &Term{node: n, election: concurrency.ResumeElection(s, prefix, key, revision), session: s, what: what, tried: true}
	if err != nil {
		t.Resign()
		return nil, err
	}
	return t, nil
}

// begin notes that this node leads what, or tries to; it does so once at a time.
func (n *Node) begin(what string) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.leading[what] {
		return false
	}
	n.leading[what] = true
	return true
}

func (n *Node) end(what string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	delete(n.leading, what)
}

// Context is done when the term is over, as far as this node knows.
func (t *Term) Context(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	stop := context.AfterFunc(t.session.Ctx(), cancel)
	return ctx, func() {
		stop()
		cancel()
	}
}

// Holds is the condition of a transaction that only the leader may make.
func (t *Term) Holds() clientv3.Cmp {
	return clientv3.Compare(clientv3.CreateRevision(t.election.Key()), "=", t.election.Rev())
}

// Resign ends the term. Where etcd is away, that is done once it is back.
func (t *Term) Resign() {
	resign := func() error {
		return t.node.space.Try(context.WithoutCancel(t.session.Ctx()), "resigning from "+t.what, func(ctx context.Context) error {
			_, err := t.node.space.Delete(ctx, t.election.Key())
			return err
		})
	}
	err := resign()
	if t.tried {
		defer t.node.end(t.what)
	}
	if err == nil {
		return
	}
	go func() {
		for t.session.Ctx().Err() == nil && resign() != nil {
			pause(t.session.Ctx(), time.Second)
		}
	}()
}

// Publish makes the generation called ref the current one of a format. The error
// is [etcd.ErrNotLeader] where the term is over.
func (t *Term) Publish(ctx context.Context, format, ref string) error {
	return t.node.space.Try(ctx, "publishing the generation "+ref, func(ctx context.Context) error {
		done, err := t.node.space.Txn(ctx).If(t.Holds()).Then(clientv3.OpPut(t.node.space.Key(keyCurrent, format), ref)).Commit()
		if err == nil && !done.Succeeded {
			return etcd.ErrNotLeader
		}
		return err
	})
}

// Leaders names the nodes that lead, by what.
func Leaders(ctx context.Context, space *etcd.Space) (leaders map[string]string, err error) {
	err = space.Try(ctx, "asking who leads", func(ctx context.Context) error {
		found, err := space.Get(ctx, space.Key(keyLeaders, ""), clientv3.WithPrefix(), clientv3.WithSort(clientv3.SortByCreateRevision, clientv3.SortAscend))
		if err != nil {
			return err
		}
		leaders = map[string]string{}
		for _, kv := range found.Kvs { // who came first leads, the others wait
			what, _, _ := strings.Cut(strings.TrimPrefix(string(kv.Key), space.Key(keyLeaders, "")), "/")
			if leaders[what] == "" {
				leaders[what] = string(kv.Value)
			}
		}
		return nil
	})
	return leaders, err
}

func randomText() string { return rand.Text() }
