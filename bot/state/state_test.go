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
)

func open(t *testing.T, dir string) *Store {
	t.Helper()
	s, err := Open(dir, 90*24*time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	return s
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
	dir := filepath.Join(t.TempDir(), "made", "on the way")
	s := open(t, dir)
	must(t, s.AddUnanswered("Who rules Norland?"), s.AddUnanswered("Where is Süd?"), s.AddUnanswered("WHERE IS SUD"), s.AddUnanswered("?!"))
	got, err := open(t, dir).Unanswered() // kept over a restart
	if want := []Question{{"WHERE IS SUD", 2}, {"Who rules Norland?", 1}}; err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, %v; want %v", got, err, want)
	}
}

func TestOneVoteAPerson(t *testing.T) {
	s := open(t, t.TempDir())
	must(t,
		s.Vote("ana", "Who?", "a.txt", true), s.Vote("ana", "who", "b.txt", false), // changed her mind
		s.Vote("ben", "Who?", "a.txt", true), s.Vote("ana", "Where?", "", true))
	got, err := s.Votes()
	want := []Feedback{{"Who?", 1, 1, []string{"a.txt", "b.txt"}}, {"Where?", 1, 0, nil}}
	if err != nil || len(got) != 2 || got[0].Good != 1 || got[0].Bad != 1 || !reflect.DeepEqual(got[1], want[1]) ||
		!reflect.DeepEqual(got[0].Documents, want[0].Documents) {
		t.Errorf("got %v, %v; want %v", got, err, want)
	}
}

func TestNobodyIsStored(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	must(t, s.Vote("118233456789012345", "Who?", "a.txt", true))
	data, err := os.ReadFile(filepath.Join(dir, "state.db"))
	must(t, err)
	if bytes.Contains(data, []byte("118233456789012345")) {
		t.Error("the user stands in the file")
	}
}

func TestOldRecordsAreDropped(t *testing.T) {
	s := open(t, t.TempDir())
	must(t, s.AddUnanswered("Old?"), s.Vote("ana", "Old?", "", true))
	s.now = func() time.Time { return time.Now().Add(91 * 24 * time.Hour) }
	must(t, s.AddUnanswered("New?"))
	questions, err1 := s.Unanswered()
	votes, err2 := s.Votes()
	must(t, err1, err2)
	if len(questions) != 1 || questions[0].Text != "New?" || len(votes) != 0 {
		t.Errorf("kept %v, %v", questions, votes)
	}
}

func TestClear(t *testing.T) {
	s := open(t, t.TempDir())
	must(t, s.AddUnanswered("Who?"), s.Vote("ana", "Who?", "", true), s.Remove("a.txt"), s.Clear())
	questions, _ := s.Unanswered()
	votes, _ := s.Votes()
	removed, err := s.Removed()
	if len(questions)+len(votes) != 0 || len(removed) != 1 || err != nil {
		t.Errorf("left %v, %v, %v, %v", questions, votes, removed, err)
	}
}

func TestRemoveAndRestore(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	must(t, s.Remove("b/two.txt"), s.Remove("a one.txt"), s.Remove("a one.txt"))
	got, err := open(t, dir).Removed()
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
}

func TestManyAtOnce(t *testing.T) {
	dir := t.TempDir()
	a, b := open(t, dir), open(t, dir)
	var wg sync.WaitGroup
	for i := range 10 {
		wg.Go(func() { a.AddUnanswered("Who?") })
		wg.Go(func() { b.Vote(fmt.Sprint(i), "Who?", "", true) })
	}
	wg.Wait()
	questions, _ := a.Unanswered()
	votes, _ := a.Votes()
	if questions[0].Count != 10 || votes[0].Good != 10 {
		t.Errorf("got %v, %v", questions, votes)
	}
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
