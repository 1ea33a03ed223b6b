package lexis

import (
	"hash/maphash"
	"strings"
	"sync/atomic"
)

// memory keeps what is known of the words seen last. Reading a text asks it
// for every word, by many at once, so it has no locks: a word has a few places
// by its hash, and a new one takes the place of another when all are taken.
type memory struct {
	seed maphash.Seed
	sets []memorySet
}

// memorySet has the places of the words of one hash. The tag of a place is of
// the hash of its word, so that other words are passed over without fetching them.
// A tag and its word are not written at once: a reader that sees them apart makes
// the word's entry again.
type memorySet struct {
	tags   [4]atomic.Uint32
	places [4]atomic.Pointer[known]
}

// memorySets are how many sets there are, a power of two: they hold the words
// that a large corpus uses twice.
const memorySets = 1 << 14

// known is what is known of a word as written: the entry of the word, with
// what may begin with it.
type known struct {
	written string
	number  uint64 // of this entry among all that were ever made
	entry
	names   []conceptRun
	phrases []phrase
}

func newMemory() *memory {
	return &memory{seed: maphash.MakeSeed(), sets: make([]memorySet, memorySets)}
}

var lastKnown atomic.Uint64

// get returns what is known of a word, which is made when it is not known yet.
func (m *memory) get(written string, make func(written string) known) *known {
	h := maphash.String(m.seed, written)
	set := &m.sets[h%memorySets]
	tag, free := uint32(h>>32)|1, int(h>>62)
	for i := range set.tags {
		t := set.tags[i].Load()
		if t == 0 {
			free = i
			break
		}
		if t == tag {
			if k := set.places[i].Load(); k != nil && k.written == written {
				return k
			}
		}
	}
	written = strings.Clone(written)
	k := make(written)
	k.written, k.number = written, lastKnown.Add(1)
	set.places[free].Store(&k)
	set.tags[free].Store(tag)
	return &k
}
