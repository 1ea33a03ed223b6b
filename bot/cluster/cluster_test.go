package cluster_test

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"testing"
	"time"

	clientv3 "go.etcd.io/etcd/client/v3"

	"example.org/attache/bot/cluster"
	"example.org/attache/bot/etcd"
	"example.org/attache/bot/etcd/etcdtest"
)

// join lets a node take part until the test, or what it returns, ends it.
func join(t *testing.T, space *etcd.Space, name string) (*cluster.Node, context.CancelFunc) {
	t.Helper()
	n := cluster.New(space, cluster.Member{Name: name}, slog.New(slog.DiscardHandler))
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- n.Run(ctx) }()
	end := func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("%s ended: %v", name, err)
		}
		done <- nil
	}
	t.Cleanup(end)
	eventually(t, name+" takes part", func() bool { return n.CutOff() == nil })
	return n, end
}

func eventually(t *testing.T, what string, is func() bool) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); !is(); {
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain until %s", what)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

func must[T any](t *testing.T) func(v T, err error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func TestTheCurrentGeneration(t *testing.T) {
	space := etcdtest.Space(t, etcdtest.Start(t, 1)...)
	a, _ := join(t, space, "a")
	b, _ := join(t, space, "b")
	ctx := t.Context()
	if ref := must[string](t)(b.Current(ctx, "7")); ref != "" {
		t.Errorf("before any was made it is %q", ref)
	}
	term := must[*cluster.Term](t)(a.TryLead(ctx, "build/7"))
	if _, err := b.TryLead(ctx, "build/7"); !errors.Is(err, cluster.ErrLed) {
		t.Errorf("a second leader: %v", err)
	}
	if _, err := a.TryLead(ctx, "build/7"); !errors.Is(err, cluster.ErrLed) {
		t.Errorf("the leader once more: %v", err)
	}
	refs := b.Watch(ctx, "7")
	if err := term.Publish(ctx, "7", "first"); err != nil {
		t.Fatal(err)
	}
	if got := <-refs; got != "first" {
		t.Errorf("the watch has %q", got)
	}
	for _, ref := range []string{"second", "third"} {
		if err := term.Publish(ctx, "7", ref); err != nil {
			t.Fatal(err)
		}
	}
	eventually(t, "the newest is seen", func() bool { return <-refs == "third" })
	if ref := must[string](t)(b.Current(ctx, "8")); ref != "" {
		t.Errorf("another format has %q", ref)
	}
	term.Resign()
	must[*cluster.Term](t)(b.TryLead(ctx, "build/7")).Resign()
}

// A release of another format that has taken in documents is noticed, and one's own is
// not.
func TestWhatIsCurrentElsewhere(t *testing.T) {
	space := etcdtest.Space(t, etcdtest.Start(t, 1)...)
	a, _ := join(t, space, "a")
	b, _ := join(t, space, "b")
	ctx := t.Context()
	term := must[*cluster.Term](t)(a.TryLead(ctx, "build/7"))
	publish := func(format, ref string) {
		t.Helper()
		if err := term.Publish(ctx, format, ref); err != nil {
			t.Fatal(err)
		}
	}
	publish("7", "first")
	changed := b.Elsewhere(ctx, "8")
	noticed := func(within time.Duration) bool {
		select {
		case <-changed:
			return true
		case <-time.After(within):
			return false
		}
	}
	if noticed(time.Second) {
		t.Error("what was there before is news")
	}
	publish("8", "own")
	if noticed(time.Second) {
		t.Error("its own format is another")
	}
	publish("7", "second")
	if !noticed(time.Minute) {
		t.Error("another format's is not noticed")
	}
}

// A leader that was frozen comes back after its lease has run out and before it
// knows that.
func TestWhoseTermIsOverPublishesNothing(t *testing.T) {
	space := etcdtest.Space(t, etcdtest.Start(t, 1)...)
	a, _ := join(t, space, "a")
	b, _ := join(t, space, "b")
	ctx := t.Context()
	old := must[*cluster.Term](t)(a.Lead(ctx, "index"))
	led := make(chan *cluster.Term, 1)
	go func() {
		term, _ := b.Lead(ctx, "index")
		led <- term
	}()
	leases := must[*clientv3.LeaseLeasesResponse](t)(space.Leases(ctx))
	for _, l := range leases.Leases {
		keys := must[*clientv3.LeaseTimeToLiveResponse](t)(space.TimeToLive(ctx, l.ID, clientv3.WithAttachedKeys()))
		if slices.ContainsFunc(keys.Keys, func(k []byte) bool { return string(k) == space.Key("nodes", "a") }) {
			must[*clientv3.LeaseRevokeResponse](t)(space.Revoke(ctx, l.ID))
		}
	}
	if err := old.Publish(ctx, "7", "stale"); !errors.Is(err, etcd.ErrNotLeader) {
		t.Errorf("the old leader published: %v", err)
	}
	term := <-led
	if err := term.Publish(ctx, "7", "new"); err != nil {
		t.Fatal(err)
	}
	if ref := must[string](t)(a.Current(ctx, "7")); ref != "new" {
		t.Errorf("current is %q", ref)
	}
	over, cancel := old.Context(ctx)
	defer cancel()
	<-over.Done() // in time, the old leader knows
	eventually(t, "a takes part again", func() bool {
		members, err := cluster.Members(ctx, space)
		return err == nil && len(members) == 2
	})
}

func TestWhatIsInUseIsLive(t *testing.T) {
	space := etcdtest.Space(t, etcdtest.Start(t, 1)...)
	a, _ := join(t, space, "a")
	b, leave := join(t, space, "b")
	ctx := t.Context()
	term := must[*cluster.Term](t)(a.TryLead(ctx, "build/7"))
	for _, err := range []error{term.Publish(ctx, "7", "current"), a.Use(ctx, "old"), b.Use(ctx, "older", "fetched")} {
		if err != nil {
			t.Fatal(err)
		}
	}
	live := func() []string { return must[[]string](t)(a.Live(ctx)) }
	if got := live(); !slices.Equal(got, []string{"current", "fetched", "old", "older"}) {
		t.Errorf("live are %v", got)
	}
	leave()
	if got := live(); !slices.Equal(got, []string{"current", "old"}) {
		t.Errorf("after b has left, live are %v", got)
	}
}

func TestTwoNodesOfOneName(t *testing.T) {
	space := etcdtest.Space(t, etcdtest.Start(t, 1)...)
	ctx := t.Context()
	first := cluster.New(space, cluster.Member{Name: "a"}, slog.New(slog.DiscardHandler))
	ended := make(chan error, 1)
	go func() { ended <- first.Run(ctx) }()
	eventually(t, "the first takes part", func() bool { return first.CutOff() == nil })
	join(t, space, "a")
	if err := <-ended; !errors.Is(err, cluster.ErrName) {
		t.Errorf("got %v", err)
	}
}
