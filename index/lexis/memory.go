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

type memorySet [4]atomic.Pointer[known]

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
	free := int(h >> 62)
	for i := range set {
		k := set[i].Load()
		if k == nil {
			free = i
			break
		}
		if k.written == written {
			return k
		}
	}
	written = strings.Clone(written)
	k := make(written)
	k.written, k.number = written, lastKnown.Add(1)
	set[free].Store(&k)
	return &k
}
