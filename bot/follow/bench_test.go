package follow

import (
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"example.org/attache/bot/state"
	"example.org/attache/index"
)

// BenchmarkMatch is a round: ten thousand follows, all of other things or all of what
// is new, against a hundred new documents among two thousand. It has to take less than
// two seconds on two cores.
func BenchmarkMatch(b *testing.B) {
	b.Run("other things", func(b *testing.B) { benchmarkMatch(b, func(n int) int { return n }) })
	b.Run("what is new", func(b *testing.B) { benchmarkMatch(b, func(n int) int { return 1900 + n%100 }) })
}

// benchmarkMatch is a round in which the n-th follow is of what document number of(n)
// has, as far as there is one.
func benchmarkMatch(b *testing.B, of func(n int) int) {
	docs, dir := b.TempDir(), b.TempDir()
	add := func(from, to int) {
		for n := from; n < to; n++ {
			text := fmt.Sprintf("Report %[1]d\n\nMinister %[2]s Holm said on Monday: “Town %[1]d will get a ferry, a school and a court of its own.”\n\nThe council of town %[1]d put off the treaty on fishing with district %[3]d until the spring, and asked for talks on the toll of the bridge.\n",
				n, given(n), n%70)
			if err := os.WriteFile(filepath.Join(docs, fmt.Sprint(n, ".txt")), []byte(text), 0o644); err != nil {
				b.Fatal(err)
			}
		}
		if _, err := index.Build(b.Context(), dir, os.DirFS(docs), index.Options{}); err != nil {
			b.Fatal(err)
		}
	}
	add(0, 1900)
	ix, err := index.Open(dir)
	if err != nil {
		b.Fatal(err)
	}
	defer ix.Close()
	s, err := state.Open(b.TempDir(), time.Hour)
	if err != nil {
		b.Fatal(err)
	}
	var changes []state.Change
	for n := range 10_000 {
		f := Follow{ID: fmt.Sprintf("%010d", n), Every: AtOnce, Owner: fmt.Sprint(n), Made: time.Now()}
		switch n % 10 {
		case 0, 1, 2, 3, 4:
			f.Kind, f.Subject = Person, given(of(n))+" Holm"
		case 5, 6, 7:
			f.Kind, f.Subject = Topic, fmt.Sprintf("submarine cables near %s", given(of(n)))
		case 8:
			f.Kind, f.Subject = Source, fmt.Sprintf("Report %d", of(n))
		default:
			f.Kind, f.Subject = Question, fmt.Sprintf("When will the harbour of %s be dredged?", given(of(n)))
		}
		c, err := record(recordFollow, f.ID, f)
		if err != nil {
			b.Fatal(err)
		}
		changes = append(changes, c)
	}
	if err := s.Write(changes...); err != nil {
		b.Fatal(err)
	}
	service := &Service{Book: NewBook(s, Limits{}), Index: func() *index.Index { return ix }, Front: &mailbox{}, Log: slog.New(slog.DiscardHandler)}
	if err := service.Match(b.Context()); err != nil {
		b.Fatal(err)
	}
	add(1900, 2000)
	if err := ix.Refresh(); err != nil {
		b.Fatal(err)
	}
	known := service.ledger.known
	for b.Loop() {
		b.StopTimer()
		before := map[string]string{}
		for document, revision := range known {
			before[document] = revision
		}
		service.ledger.known, service.matched = before, time.Time{}
		var forgotten []state.Change // what the round before has sent
		for _, kind := range []string{recordTold, recordNotice} {
			found, err := s.Records(kind, "")
			if err != nil {
				b.Fatal(err)
			}
			for key := range found {
				forgotten = append(forgotten, state.Change{Kind: kind, Key: key})
			}
		}
		if err := s.Write(forgotten...); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		if err := service.Match(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}

// given is the n-th of many given names.
func given(n int) string {
	name := []byte("Xaaaa")
	for i := len(name) - 1; i > 0; i-- {
		name[i] += byte(n % 26)
		n /= 26
	}
	return string(name)
}
