package cluster

import (
	"context"
	"maps"
	"slices"
	"strings"

	clientv3 "go.etcd.io/etcd/client/v3"

	"example.org/attache/bot/etcd"
)

// Current names the current generation of a format; empty where there is none.
func (n *Node) Current(ctx context.Context, format string) (ref string, err error) {
	key := n.space.Key(keyCurrent, format)
	err = n.space.Try(ctx, "asking for the current generation", func(ctx context.Context) error {
		found, err := n.space.Get(ctx, key)
		if err == nil && len(found.Kvs) > 0 {
			ref = string(found.Kvs[0].Value)
		}
		return err
	})
	return ref, err
}

// Watch returns a channel of the current generations of a format: the present one
// at once, where there is one, and each later one. Who comes late finds the newest.
// The channel is closed when ctx is done.
func (n *Node) Watch(ctx context.Context, format string) <-chan string {
	refs := make(chan string, 1)
	key := n.space.Key(keyCurrent, format)
	go func() {
		defer close(refs)
		last := ""
		watch(ctx, n.space, key, func(values map[string]string) {
			ref := values[key]
			if ref == "" || ref == last {
				return
			}
			last = ref
			select {
			case <-refs:
			default:
			}
			refs <- ref
		})
	}()
	return refs
}

// Elsewhere returns a channel that gets something whenever the current generation of
// another format than this one changes: releases of that format have taken in documents.
// It is never closed.
func (n *Node) Elsewhere(ctx context.Context, format string) <-chan struct{} {
	changed := make(chan struct{}, 1)
	own := n.space.Key(keyCurrent, format)
	go func() {
		var last map[string]string // nil until the first look
		watch(ctx, n.space, n.space.Key(keyCurrent, ""), func(values map[string]string) {
			others := maps.Clone(values)
			delete(others, own)
			if last != nil && !maps.Equal(others, last) {
				select {
				case changed <- struct{}{}:
				default:
				}
			}
			last = others
		})
	}()
	return changed
}

// Use says which generations this node answers from or is fetching, so that none
// of them is thrown away. It returns once the others can see it.
func (n *Node) Use(ctx context.Context, refs ...string) error {
	n.update(func(m *Member) { m.Uses = refs })
	s, err := n.joined(ctx)
	if err != nil {
		return err
	}
	return n.announce(ctx, s)
}

// Live names the generations that may not be thrown away: those that nodes which
// live answer from or are fetching, and the current one of each format. A node that
// says what it fetches, and then finds that it is still current, is in the list.
func (n *Node) Live(ctx context.Context) ([]string, error) {
	live := map[string]bool{}
	current, err := Generations(ctx, n.space)
	if err != nil {
		return nil, err
	}
	for _, ref := range current {
		live[ref] = true
	}
	members, err := Members(ctx, n.space)
	for _, m := range members {
		for _, ref := range m.Uses {
			live[ref] = true
		}
	}
	return slices.Sorted(maps.Keys(live)), err
}

// Generations names the current generation of each format.
func Generations(ctx context.Context, space *etcd.Space) (current map[string]string, err error) {
	err = space.Try(ctx, "asking which generations are current", func(ctx context.Context) error {
		found, err := space.Get(ctx, space.Key(keyCurrent, ""), clientv3.WithPrefix())
		if err != nil {
			return err
		}
		current = map[string]string{}
		for _, kv := range found.Kvs {
			current[strings.TrimPrefix(string(kv.Key), space.Key(keyCurrent, ""))] = string(kv.Value)
		}
		return nil
	})
	return current, err
}
