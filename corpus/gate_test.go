package corpus

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"

	"example.org/attache/corpus/format"
)

func TestLongTextsAreReadOneAfterTheOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := NewMemory(64 << 20)
		long := &format.Document{Blocks: []format.Block{{Text: strings.Repeat("x", 1<<20)}}}
		var waited atomic.Int32
		first, err := g.text(t.Context(), long, nil)
		if err != nil {
			t.Fatal(err)
		}
		inside := make(chan func())
		go func() {
			leave, err := g.text(t.Context(), long, func() { waited.Add(1) })
			if err != nil {
				t.Error(err)
			}
			inside <- leave
		}()
		time.Sleep(3*time.Second + time.Millisecond)
		select {
		case <-inside:
			t.Fatal("two are read at once")
		default:
		}
		first()
		(<-inside)()
		if n := waited.Load(); n != 3 {
			t.Errorf("while it waited it told %d times that it lives", n)
		}
	})
}

func TestAFileThatCostsMoreThanThereIsIsReadAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := NewMemory(16 << 20)
		fsys := fstest.MapFS{"a.txt": {Data: make([]byte, 8<<20)}}
		leave, err := g.file(t.Context(), fsys, "a.txt")
		if err != nil {
			t.Fatal(err)
		}
		inside := make(chan func())
		go func() {
			leave, err := g.file(t.Context(), fsys, "a.txt")
			if err != nil {
				t.Error(err)
			}
			inside <- leave
		}()
		synctest.Wait()
		select {
		case <-inside:
			t.Fatal("another comes in")
		default:
		}
		leave()
		(<-inside)()
	})
}

func TestWhatTakesTooLongIsEnded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began, ended := 0, 0
		f := format.File{Path: "a.jsonl", Data: []byte("{\"text\": \"The pier fell.\"}\n{\"text\": \"It was old.\"}\n")}
		var parts []part
		for p := range guarded(t.Context(), f, func(ctx context.Context, d format.Document, _ func()) (*Document, error) {
			if began++; began == 1 {
				return &Document{ID: d.Part}, nil
			}
			<-ctx.Done()
			time.Sleep(time.Second) // it asks now and then
			ended++
			return nil, ctx.Err()
		}) {
			parts = append(parts, p)
		}
		if len(parts) != 2 || parts[0].err != nil || !errors.Is(parts[1].err, ErrGivenUp) || ended != 1 {
			t.Errorf("%+v, ended: %d", parts, ended)
		}
	})
}

func TestReadingATextEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	d := format.Document{Blocks: []format.Block{{Text: "“The pier fell,” Ada Lund said."}}}
	if _, err := newDocument(ctx, "a.txt", "", d, nil, usualBudget); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

// However many corpora are read at once: one bound holds for all.
func TestReadingsShareTheirMemory(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := NewMemory(16 << 20)
		fsys := fstest.MapFS{"a.txt": {Data: []byte("The pier fell.")}, "big.txt": {Data: make([]byte, 8<<20)}}
		leave, err := m.file(t.Context(), fsys, "big.txt")
		if err != nil {
			t.Fatal(err)
		}
		read := make(chan string)
		go func() {
			for r := range ReadChanged(t.Context(), fstest.MapFS{"a.txt": fsys["a.txt"]}, Options{Memory: m}, nil) {
				read <- r.Path
			}
			close(read)
		}()
		synctest.Wait()
		select {
		case name := <-read:
			t.Fatalf("%s is read while there is no room", name)
		default:
		}
		leave()
		var all []string
		for name := range read {
			all = append(all, name)
		}
		if !slices.Equal(all, []string{"a.txt"}) {
			t.Errorf("%q are read", all)
		}
	})
}
