package cluster

import (
	"fmt"
	"slices"
	"testing"
	"time"
)

// of returns the view that each of some nodes has of all.
func of(members ...Member) (nodes []*Node) {
	for i := range members {
		members[i].Run = members[i].Name
	}
	for _, m := range members {
		n := New(nil, m, nil)
		n.self = m
		for _, o := range members {
			n.members[o.Name] = o
		}
		nodes = append(nodes, n)
	}
	return nodes
}

func named(n int) (members []Member) {
	for i := range n {
		members = append(members, Member{Name: fmt.Sprint("node-", i)})
	}
	return members
}

func TestTwoNodesHoldEachShardAndAllHaveSome(t *testing.T) {
	nodes := of(named(3)...)
	held := make([]int, 3)
	for shard := range 60 {
		holders := 0
		for i, n := range nodes {
			if n.Shards().Holds(shard) {
				holders++
				held[i]++
			}
		}
		if holders != 2 {
			t.Fatalf("shard %d is held by %d", shard, holders)
		}
	}
	if slices.Min(held) < 20 {
		t.Errorf("they hold %v of 120 sessions", held)
	}
}

func TestOneAnswersAtOnceAndTheOtherLater(t *testing.T) {
	members := named(3)
	for i, n := range of(members...) {
		for shard := range 60 {
			if n.Shards().Holds(shard) {
				members[i].Shards = append(members[i].Shards, shard)
			}
		}
	}
	nodes := of(members...)
	for shard := range 60 {
		var delays []time.Duration
		for _, n := range nodes {
			if n.Shards().Holds(shard) {
				delays = append(delays, n.Shards().Delay(shard))
			}
		}
		slices.Sort(delays)
		if !slices.Equal(delays, []time.Duration{0, patience}) {
			t.Fatalf("shard %d is answered after %v", shard, delays)
		}
	}
}

func TestWhenANodeDiesItsStandbyAnswersAtOnce(t *testing.T) {
	members := named(4)
	for i, n := range of(members...) {
		for shard := range 40 {
			if n.Shards().Holds(shard) {
				members[i].Shards = append(members[i].Shards, shard)
			}
		}
	}
	left := of(members[1:]...) // the first has died
	for shard := range 40 {
		answering, holders := 0, 0
		for _, n := range left {
			connected := slices.Contains(n.self.Shards, shard)
			if connected && n.Shards().Delay(shard) == 0 {
				answering++
			}
			if n.Shards().Holds(shard) {
				holders++
			} else if connected {
				t.Errorf("shard %d loses a holder that lives", shard)
			}
		}
		if answering != 1 || holders != 2 {
			t.Errorf("shard %d is answered at once by %d and to be held by %d", shard, answering, holders)
		}
	}
}

func TestANewNodeAnswersOnceItIsConnected(t *testing.T) {
	members := named(3)
	shard := 0
	order := ranked(slices.Clone(members), shard)
	newest := slices.IndexFunc(members, func(m Member) bool { return m.Name == order[0].Name })
	for i := range members {
		if i != newest {
			members[i].Shards = []int{shard}
		}
	}
	for i, n := range of(members...) {
		if !n.Shards().Holds(shard) {
			t.Errorf("%s lets go before the new one is connected", members[i].Name)
		}
		if want := time.Duration(0); i != newest && members[i].Name == order[1].Name && n.Shards().Delay(shard) != want {
			t.Errorf("%s waits for the new one", members[i].Name)
		}
	}
	members[newest].Shards = []int{shard}
	for i, n := range of(members...) {
		if holds := n.Shards().Holds(shard); holds != (members[i].Name != order[2].Name) {
			t.Errorf("%s holds it: %v", members[i].Name, holds)
		}
		if delay := n.Shards().Delay(shard); (delay == 0) != (i == newest) {
			t.Errorf("%s answers after %v", members[i].Name, delay)
		}
	}
}

func TestWhoLeavesIsFollowedAndAnswersLast(t *testing.T) {
	members := named(3)
	order := ranked(slices.Clone(members), 0)
	for i := range members {
		members[i].Leaving = members[i].Name == order[0].Name
		if members[i].Name != order[2].Name {
			members[i].Shards = []int{0}
		}
	}
	for i, n := range of(members...) {
		if !n.Shards().Holds(0) {
			t.Errorf("%s does not hold it", members[i].Name)
		}
		if delay := n.Shards().Delay(0); (delay > 0) != members[i].Leaving && members[i].Name != order[2].Name {
			t.Errorf("%s answers after %v", members[i].Name, delay)
		}
	}
}

func TestANodeAloneWaitsForNobody(t *testing.T) {
	n := of(named(1)...)[0]
	if !n.Shards().Holds(7) || n.Shards().Delay(7) != 0 || !n.Shards().heldByOthers() {
		t.Error("it waits")
	}
}

func TestStaleAfterATimeWithoutTheRemovedDocuments(t *testing.T) {
	f := NewFreshness(time.Minute, time.Now())
	if err := f.Stale(); err != nil {
		t.Errorf("at the start: %v", err)
	}
	f.seen = time.Now().Add(-2 * time.Minute)
	if f.Stale() == nil {
		t.Error("after two minutes it is fresh")
	}
}
