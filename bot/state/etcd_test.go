package state

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	clientv3 "go.etcd.io/etcd/client/v3"

	"example.org/attache/bot/etcd"
	"example.org/attache/bot/etcd/etcdtest"
)

// many are more changes than one transaction takes.
func many(value string) (changes []Change) {
	for i := range 3 * mostOps {
		changes = append(changes, Change{"feed", fmt.Sprint(i), []byte(value)})
	}
	return changes
}

// whole reports whether the records are those of one of some values, all of them.
func whole(t *testing.T, s Store, values ...string) bool {
	t.Helper()
	found, err := s.Records("feed", "")
	must(t, err)
	for _, v := range found {
		if len(found) != 3*mostOps || !bytes.Equal(v, found["0"]) || !strings.Contains(strings.Join(values, " "), string(v)) {
			return false
		}
	}
	return true
}

// The writer of many records dies before its log is pending, and just after.
func TestAWriterThatDiesLeavesAllOrNothing(t *testing.T) {
	space := etcdtest.Space(t, etcdtest.Start(t, 1)...)
	s := NewEtcd(space, time.Hour)
	must(t, s.Write(many("old")...))
	name, err := s.log(many("new"))
	must(t, err)
	if !whole(t, s, "old") {
		t.Error("a log that is not pending is seen")
	}
	_, err = space.Put(t.Context(), space.Key(keyOfPending), name) // and here the writer died
	must(t, err)
	if !whole(t, s, "new") {
		t.Error("a pending log is not carried out before records are read")
	}
	name, err = s.log(many("newer"))
	must(t, err)
	_, err = space.Put(t.Context(), space.Key(keyOfPending), name)
	must(t, err)
	must(t, s.Write(Change{"other", "a", []byte("1")})) // carried out before anything is written
	got, err := space.Get(t.Context(), space.Key(keyOfRecord), clientv3.WithPrefix())
	must(t, err)
	for _, kv := range got.Kvs {
		if strings.HasSuffix(string(kv.Key), "a") != (string(kv.Value) == "1") || string(kv.Value) == "new" {
			t.Fatalf("%q has %q", kv.Key, kv.Value)
		}
	}
}

func TestReadersSeeAllOrNothing(t *testing.T) {
	servers := etcdtest.Start(t, 1)
	writers := []*Etcd{NewEtcd(etcdtest.Space(t, servers...), time.Hour), NewEtcd(etcdtest.Space(t, servers...), time.Hour)}
	reader := NewEtcd(etcdtest.Space(t, servers...), time.Hour)
	var wg sync.WaitGroup
	errs := make([]error, len(writers))
	for i, w := range writers {
		wg.Go(func() {
			for n := range 5 {
				errs[i] = errors.Join(errs[i], w.Write(many(fmt.Sprintf("w%d%d", i, n))...))
			}
		})
	}
	done := make(chan struct{})
	go func() {
		wg.Wait()
		close(done)
	}()
	for n := 0; ; n++ {
		if !whole(t, reader, "w00 w01 w02 w03 w04 w10 w11 w12 w13 w14") {
			t.Fatalf("half a change was read, the %dth time", n)
		}
		select {
		case <-done:
			must(t, errs...)
			return
		default:
		}
	}
}

func TestLogsThatNobodyNeedsAreDropped(t *testing.T) {
	space := etcdtest.Space(t, etcdtest.Start(t, 1)...)
	s := NewEtcd(space, 24*time.Hour)
	_, err := s.log(many("lost"))
	must(t, err)
	logged := func() int {
		got, err := space.Get(t.Context(), space.Key(keyOfLog), clientv3.WithPrefix(), clientv3.WithCountOnly())
		must(t, err)
		return int(got.Count)
	}
	must(t, s.Prune())
	if logged() == 0 {
		t.Error("a log that may still be being written was dropped")
	}
	s.now = func() time.Time { return time.Now().Add(2 * time.Hour) }
	must(t, s.Prune())
	if n := logged(); n != 0 {
		t.Errorf("%d parts are left", n)
	}
}

func TestWritesOnlyWhileItHolds(t *testing.T) {
	space := etcdtest.Space(t, etcdtest.Start(t, 1)...)
	s := NewEtcd(space, time.Hour)
	_, err := space.Put(t.Context(), space.Key("leads"), "a")
	must(t, err)
	bound := s.While(clientv3.Compare(clientv3.Value(space.Key("leads")), "=", "a"))
	must(t, bound.Write(many("first")...))
	_, err = space.Put(t.Context(), space.Key("leads"), "b")
	must(t, err)
	for _, changes := range [][]Change{many("second"), {{"feed", "0", []byte("second")}}} {
		if err := bound.Write(changes...); !errors.Is(err, etcd.ErrNotLeader) {
			t.Errorf("%d changes: %v", len(changes), err)
		}
	}
	if !whole(t, s, "first") {
		t.Error("something was written")
	}
}

func TestAwayIsSaid(t *testing.T) {
	servers := etcdtest.Start(t, 1)
	s := NewEtcd(etcdtest.Space(t, servers...), time.Hour)
	must(t, s.Remove("a.txt"), s.AddUnanswered("Who?"))
	servers[0].Kill()
	if err := s.Vote("ana", "Who?", true); !errors.Is(err, etcd.ErrAway) {
		t.Errorf("got %v", err)
	}
	servers[0].Restart()
	deadline := time.Now().Add(time.Minute)
	for s.Remove("b.txt") != nil && time.Now().Before(deadline) {
	}
	if got, err := s.Removed(); err != nil || !reflect.DeepEqual(got, []string{"a.txt", "b.txt"}) {
		t.Errorf("after a restart: %v, %v", got, err)
	}
}

func TestAnotherFormatInEtcdIsLeftAlone(t *testing.T) {
	space := etcdtest.Space(t, etcdtest.Start(t, 1)...)
	_, err := space.Put(context.Background(), space.Key(keyOfFormat), "9")
	must(t, err)
	if err := NewEtcd(space, time.Hour).AddUnanswered("Who?"); err == nil || !strings.Contains(err.Error(), "another format") {
		t.Errorf("got %v", err)
	}
}

// From one process to a cluster and back nothing is lost, also not who has voted.
func TestCopyThereAndBack(t *testing.T) {
	files := open(t, t.TempDir())
	must(t, files.Vote("ana", "Who?", true), files.Vote("ben", "Who?", true), files.AddUnanswered("Where?"), files.Remove("a/b.txt"))
	must(t, files.Write(append(many("kept"), Change{"follow", "x/y", []byte("{}")})...))
	shared := NewEtcd(etcdtest.Space(t, etcdtest.Start(t, 1)...), 90*24*time.Hour)
	n, err := Copy(shared, files)
	must(t, err)
	if want := 2 + 1 + 1 + 3*mostOps + 1; n != want {
		t.Errorf("%d were copied, want %d", n, want)
	}
	if _, err := Copy(shared, files); !errors.Is(err, ErrNotEmpty) {
		t.Errorf("a second time: %v", err)
	}
	must(t, shared.Vote("ana", "who", false)) // her only vote
	back := open(t, t.TempDir())
	_, err = Copy(back, shared)
	must(t, err)
	votes, err := back.Votes()
	if err != nil || len(votes) != 1 || votes[0].Good != 1 || votes[0].Bad != 1 {
		t.Errorf("votes are %v, %v", votes, err)
	}
	questions, err := back.Unanswered()
	removed, err2 := back.Removed()
	must(t, err, err2)
	if len(questions) != 1 || !reflect.DeepEqual(removed, []string{"a/b.txt"}) || !whole(t, back, "kept") || len(keys(t, back, "follow", "")) != 1 {
		t.Errorf("got %v, %v", questions, removed)
	}
}
