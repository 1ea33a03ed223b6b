package lexis

import (
	"strconv"
	"sync"
	"testing"
)

// A word is known as itself, by many at once and when others took its place.
func TestMemory(t *testing.T) {
	m := newMemory()
	made := func(written string) known { return known{entry: entry{term: written + "!"}} }
	var reading sync.WaitGroup
	for range 4 {
		reading.Go(func() {
			for i := range 3 * 4 * memorySets {
				w := strconv.Itoa(i)
				if k := m.get(w, made); k.written != w || k.term != w+"!" {
					t.Errorf("%q is known as %q: %q", w, k.written, k.term)
					return
				}
			}
		})
	}
	reading.Wait()
	if again := m.get("kept", made); m.get("kept", made) != again {
		t.Error("a word that was just seen is made again")
	}
}
