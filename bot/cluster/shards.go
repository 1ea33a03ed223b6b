package cluster

import (
	"context"
	"hash/fnv"
	"slices"
	"strconv"
	"time"
)

// Each connection to Discord, a shard, is held by two nodes: by its owner, who
// answers at once, and by a standby that sees the same events and answers a moment
// later, where the owner did not: Discord takes one answer alone. Who holds which
// follows from the names of the nodes that live, so nothing has to be claimed, and
// few shards move when a node comes or goes.

// sessions is how many nodes are connected to each shard.
const sessions = 2

// patience is how long a standby leaves the owner to answer.
const patience = 800 * time.Millisecond

// Shards says what this node does for the connections to Discord. It may be used
// by many at once.
type Shards struct{ node *Node }

// Shards returns what this node does for the connections to Discord.
func (n *Node) Shards() Shards { return Shards{n} }

// Changed returns a channel that is closed when what this node is to do may be
// something else.
func (s Shards) Changed() <-chan struct{} {
	s.node.mu.Lock()
	defer s.node.mu.Unlock()
	return s.node.moved
}

// Holds reports whether this node is to be connected to a shard.
func (s Shards) Holds(shard int) bool {
	s.node.mu.Lock()
	defer s.node.mu.Unlock()
	all := s.node.others()
	self := s.node.self
	order := ranked(append(all, self), shard)
	wanted := order[:min(sessions, len(order))]
	if contains(wanted, self) {
		return true
	}
	// One that is connected stays until those who are to be are connected too.
	return slices.Contains(self.Shards, shard) && slices.ContainsFunc(wanted, func(m Member) bool { return !slices.Contains(m.Shards, shard) })
}

// Delay is how long this node leaves an event of a shard to others.
func (s Shards) Delay(shard int) time.Duration {
	s.node.mu.Lock()
	defer s.node.mu.Unlock()
	turn := 0
	order := ranked(append(s.node.others(), s.node.self), shard)
	for _, m := range order {
		if m.Run == s.node.self.Run {
			break
		}
		if slices.Contains(m.Shards, shard) {
			turn++
		}
	}
	return time.Duration(turn) * patience
}

// Connected lets the others know whether this node is connected to a shard.
func (s Shards) Connected(shard int, is bool) {
	s.node.update(func(m *Member) {
		m.Shards = slices.DeleteFunc(slices.Clone(m.Shards), func(n int) bool { return n == shard })
		if is {
			m.Shards = append(m.Shards, shard)
			slices.Sort(m.Shards)
		}
	})
}

// HandOver leaves the shards of this node to others, and returns when these are
// connected or ctx is done.
func (s Shards) HandOver(ctx context.Context) {
	s.node.update(func(m *Member) { m.Leaving = true })
	s.node.mu.Lock()
	session := s.node.session
	s.node.mu.Unlock()
	if session == nil || s.node.announce(ctx, session) != nil {
		return // the others find out by themselves
	}
	for {
		changed := s.Changed()
		if s.heldByOthers() {
			return
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return
		}
	}
}

// heldByOthers reports whether each shard of this node is held by another one that
// stays. Where there is none, nobody can be waited for.
func (s Shards) heldByOthers() bool {
	s.node.mu.Lock()
	defer s.node.mu.Unlock()
	staying := slices.DeleteFunc(s.node.others(), func(m Member) bool { return m.Leaving })
	if len(staying) == 0 || s.node.session == nil {
		return true
	}
	for _, shard := range s.node.self.Shards {
		if !slices.ContainsFunc(staying, func(m Member) bool { return slices.Contains(m.Shards, shard) }) {
			return false
		}
	}
	return true
}

// others are the nodes that live besides this one; n.mu is held.
func (n *Node) others() (all []Member) {
	for name, m := range n.members {
		if name != n.self.Name && !m.Tool {
			all = append(all, m)
		}
	}
	return all
}

func contains(all []Member, m Member) bool {
	return slices.ContainsFunc(all, func(o Member) bool { return o.Name == m.Name })
}

// ranked orders nodes by who is to hold a shard first; those that leave come last.
func ranked(all []Member, shard int) []Member {
	rank := func(m Member) uint64 {
		h := fnv.New64a()
		h.Write([]byte(m.Name + "\x00" + strconv.Itoa(shard)))
		x := h.Sum64() // names differ by a letter, and so would their sums
		x ^= x >> 33
		x *= 0xff51afd7ed558ccd
		return x ^ x>>33
	}
	slices.SortFunc(all, func(a, b Member) int {
		switch {
		case a.Leaving != b.Leaving && a.Leaving:
			return 1
		case a.Leaving != b.Leaving:
			return -1
		case rank(a) < rank(b):
			return -1
		case rank(a) > rank(b):
			return 1
		}
		return 0
	})
	return all
}
