package state

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"example.org/attache/bot/etcd/etcdtest"
)

func open(t *testing.T, dir string) *Files {
	t.Helper()
	s, err := Open(dir, 90*24*time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// kept is one state, which is kept in either way.
type kept struct {
	open func(t *testing.T) Store // as another process has it
	at   func(now time.Time)      // sets the clock of those that are opened after
}

// each runs a test over both ways to keep state.
func each(t *testing.T, test func(t *testing.T, k *kept)) {
	const keep = 90 * 24 * time.Hour
	t.Run("files", func(t *testing.T) {
		dir, clock := filepath.Join(t.TempDir(), "made", "on the way"), time.Now
		test(t, &kept{
			open: func(t *testing.T) Store {
				s, err := Open(dir, keep)
				must(t, err)
				s.now = clock
				return s
			},
			at: func(now time.Time) { clock = func() time.Time { return now } },
		})
	})
	t.Run("etcd", func(t *testing.T) {
		servers, clock := etcdtest.Start(t, 1), time.Now
		test(t, &kept{
			open: func(t *testing.T) Store {
				s := NewEtcd(etcdtest.Space(t, servers...), keep)
				s.now = clock
				return s
			},
			at: func(now time.Time) { clock = func() time.Time { return now } },
		})
	})
}

func must(t *testing.T, errs ...error) {
	t.Helper()
	for _, err := range errs {
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestUnansweredMostAskedFirst(t *testing.T) {
	each(t, func(t *testing.T, k *kept) {
		s := k.open(t)
		must(t, s.AddUnanswered("Who rules Norland?"), s.AddUnanswered("Where is Süd?"), s.AddUnanswered("WHERE IS SUD"), s.AddUnanswered("?!"))
		got, err := k.open(t).Unanswered() // kept over a restart
		if want := []Question{{"WHERE IS SUD", 2}, {"Who rules Norland?", 1}}; err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("got %v, %v; want %v", got, err, want)
		}
	})
}

func TestOneVoteAPerson(t *testing.T) {
	each(t, func(t *testing.T, k *kept) {
		s := k.open(t)
		must(t,
			s.Vote("ana", "Who?", true), s.Vote("ana", "who", false), // changed her mind
			s.Vote("ben", "Who?", true), s.Vote("ana", "Where?", true))
		got, err := s.Votes()
		want := Feedback{"Where?", 1, 0}
		if err != nil || len(got) != 2 || got[0].Good != 1 || got[0].Bad != 1 || got[1] != want {
			t.Errorf("got %v, %v; want %v", got, err, want)
		}
	})
}

func TestNobodyIsStored(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	must(t, s.Vote("118233456789012345", "Who?", true))
	data, err := os.ReadFile(filepath.Join(dir, "state.db"))
	must(t, err)
	if bytes.Contains(data, []byte("118233456789012345")) {
		t.Error("the user stands in the file")
	}
}

func TestOldRecordsAreDropped(t *testing.T) {
	each(t, func(t *testing.T, k *kept) {
		s := k.open(t)
		must(t, s.AddUnanswered("Old?"), s.Vote("ana", "Old?", true))
		k.at(time.Now().Add(91 * 24 * time.Hour))
		s = k.open(t)
		must(t, s.AddUnanswered("New?"))
		questions, err1 := s.Unanswered()
		votes, err2 := s.Votes()
		must(t, err1, err2)
		if len(questions) != 1 || questions[0].Text != "New?" || len(votes) != 0 {
			t.Errorf("kept %v, %v", questions, votes)
		}
	})
}

// stored counts the questions and votes that are in the file.
func stored(t *testing.T, s *Files) (n int) {
	t.Helper()
	db, err := s.open(true)
	must(t, err)
	defer db.Close()
	must(t, db.View(func(tx *bbolt.Tx) error {
		for _, name := range [][]byte{bucketQuestions, bucketVotes} {
			n += tx.Bucket(name).Stats().KeyN
		}
		return nil
	}))
	return n
}

func TestOldRecordsAreDroppedWhenNobodyWrites(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	must(t, s.AddUnanswered("Old?"), s.Vote("ana", "Old?", true), s.Prune())
	if n := stored(t, s); n != 2 {
		t.Errorf("%d new records stand in the file", n)
	}
	s.now = func() time.Time { return time.Now().Add(91 * 24 * time.Hour) }
	must(t, s.Prune())
	if n := stored(t, s); n != 0 {
		t.Errorf("%d old records stand in the file", n)
	}
}

func TestWhatIsClearedIsNotInTheFile(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	must(t, s.AddUnanswered("Where does Amberley live?"), s.Vote("ana", "Who is Brackenridge?", true))
	stands := func() []bool {
		data, err := os.ReadFile(filepath.Join(dir, "state.db"))
		must(t, err)
		return []bool{bytes.Contains(data, []byte("Amberley")), bytes.Contains(data, []byte("Brackenridge"))}
	}
	if got := stands(); !got[0] || !got[1] {
		t.Fatalf("before, the file has %v; this test can't tell", got)
	}
	must(t, s.Clear())
	if got := stands(); got[0] || got[1] {
		t.Errorf("still in the file: %v", got)
	}
}

func TestAFloodOfQuestionsDoesNotPushOutWhatManyAsk(t *testing.T) {
	each(t, func(t *testing.T, k *kept) {
		s := k.open(t)
		must(t, s.AddUnanswered("Who rules Norland?"), s.AddUnanswered("Who rules Norland?"))
		flood := newContents()
		flood.salt = []byte("salt")
		for i := range maxRecords {
			value, err := record{Question: fmt.Sprint(i), Count: 1}.encode(time.Now())
			must(t, err)
			flood.questions[fmt.Sprint(i)] = value
		}
		must(t, s.load(flood))
		k.at(time.Now().Add(time.Hour))
		s = k.open(t)
		must(t, s.AddUnanswered("One more?"))
		found, err := s.Unanswered()
		must(t, err)
		if len(found) > maxRecords || found[0].Text != "Who rules Norland?" {
			t.Errorf("%d are kept, first %v", len(found), found[0])
		}
		must(t, s.Prune())
		if c, err := s.dump(); err != nil || len(c.questions) != maxRecords {
			t.Errorf("%d are stored, %v", len(c.questions), err)
		}
	})
}

func TestClear(t *testing.T) {
	each(t, func(t *testing.T, k *kept) {
		s := k.open(t)
		must(t, s.AddUnanswered("Who?"), s.Vote("ana", "Who?", true), s.Remove("a.txt"), s.Clear())
		questions, _ := s.Unanswered()
		votes, _ := s.Votes()
		removed, err := s.Removed()
		if len(questions)+len(votes) != 0 || len(removed) != 1 || err != nil {
			t.Errorf("left %v, %v, %v, %v", questions, votes, removed, err)
		}
	})
}

func TestRemoveAndRestore(t *testing.T) {
	each(t, func(t *testing.T, k *kept) {
		s := k.open(t)
		must(t, s.Remove("b/two.txt"), s.Remove("a one.txt"), s.Remove("a one.txt"))
		got, err := k.open(t).Removed()
		if want := []string{"a one.txt", "b/two.txt"}; err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("got %v, %v", got, err)
		}
		must(t, s.Restore("b/two.txt"), s.Restore("never there.txt"))
		if got, _ := s.Removed(); len(got) != 1 {
			t.Errorf("got %v", got)
		}
		if s.Remove("two\nlines") == nil || s.Remove("") == nil {
			t.Error("a name that is no document was taken")
		}
	})
}

func TestWhatLiesInARemovedOneIsKeptOut(t *testing.T) {
	out := KeptOut([]string{"a.zip", "b/c.csv", "d.txt", "e"})
	for document, want := range map[string]bool{"a.zip/x.txt": true, "a.zip": true, "a.zip.txt": false, "b/c.csv#12": true, "b/c.txt": false, "d.txt": true, "e/f/g.txt": true, "ef.txt": false} {
		if out(document) != want {
			t.Errorf("%s is kept out: %v", document, !want)
		}
	}
}

func TestRemovalsAtOnceAreAllKept(t *testing.T) {
	each(t, func(t *testing.T, k *kept) {
		stores := []Store{k.open(t), k.open(t)}
		errs := make([]error, 20)
		var wg sync.WaitGroup
		for i := range errs {
			wg.Go(func() { errs[i] = stores[i%2].Remove(fmt.Sprint(i, ".txt")) })
		}
		wg.Wait()
		must(t, errs...)
		if got, err := stores[0].Removed(); err != nil || len(got) != len(errs) {
			t.Errorf("kept %v, %v", got, err)
		}
	})
}

func TestManyAtOnce(t *testing.T) {
	each(t, func(t *testing.T, k *kept) {
		a, b := k.open(t), k.open(t)
		var wg sync.WaitGroup
		errs := make([]error, 20)
		for i := range 10 {
			wg.Go(func() { errs[i] = a.AddUnanswered("Who?") })
			wg.Go(func() { errs[10+i] = b.Vote(fmt.Sprint(i), "Who?", true) })
		}
		wg.Wait()
		must(t, errs...)
		questions, err1 := a.Unanswered()
		votes, err2 := a.Votes()
		must(t, err1, err2)
		if len(questions) != 1 || questions[0].Count != 10 || len(votes) != 1 || votes[0].Good != 10 {
			t.Errorf("got %v, %v", questions, votes)
		}
	})
}

func TestAnotherFormatIsLeftAlone(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	must(t, s.update(func(tx *bbolt.Tx) error { return tx.Bucket(bucketMeta).Put(keyFormat, []byte("9")) }))
	if _, err := Open(dir, time.Hour); err == nil || !strings.Contains(err.Error(), `format "9"`) {
		t.Errorf("got %v", err)
	}
}

func TestADamagedFileIsSaid(t *testing.T) {
	dir := t.TempDir()
	must(t, os.WriteFile(filepath.Join(dir, "state.db"), bytes.Repeat([]byte("x"), 9000), 0o600))
	if _, err := Open(dir, time.Hour); err == nil || !strings.Contains(err.Error(), "backup") {
		t.Errorf("got %v", err)
	}
}
