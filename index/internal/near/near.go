// Package near finds texts that print the same story, and reports whether two
// sentences of them say the same.
//
// A [Sketch] is what is kept of a text to compare it with all others without
// having them: [Group] puts the texts together of which one prints much of the
// other. That is an estimate, and only says where to look: what is said to be
// printed twice is decided by [Same], from the sentences themselves.
package near

import (
	"slices"
	"unicode"

	"example.org/attache/corpus/text"
)

// Sketch is the fingerprints of a text, chosen by winnowing (Schleimer,
// Wilkerson and Aiken, 2003): of the hashes of each few words that follow each
// other, the least in every window. Texts that share a run of words as long as
// window and shingle share a fingerprint, wherever it stands, so that a text
// that was cut short, or has another beginning, still shows. A text of a few
// words has none.
type Sketch struct {
	Words  int      // of the text
	Prints []uint32 // each once, in order
}

const (
	shingle     = 4  // words that are hashed together
	window      = 40 // of which one hash is kept
	smallWindow = 10 // the same for short texts; it keeps all that the larger one does
	short       = 120
	fewest      = 8 // words of a text that has a sketch
)

// NewSketch returns the sketch of a text in parts. Letter case and punctuation
// don't count; scripts without spaces count character by character.
func NewSketch(parts func(yield func(string) bool)) Sketch {
	var hashes []uint32
	var last [shingle]uint64
	n := 0
	for part := range parts {
		for h := range words(part) {
			last[n%shingle] = h
			if n++; n < shingle {
				continue
			}
			mixed := uint64(0)
			for i := range shingle {
				mixed = mix(mixed ^ last[(n+i)%shingle])
			}
			hashes = append(hashes, uint32(mixed>>32))
		}
	}
	if n < fewest {
		return Sketch{Words: n}
	}
	return Sketch{Words: n, Prints: winnow(hashes, windowOf(n))}
}

func windowOf(words int) int {
	if words < short {
		return smallWindow
	}
	return window
}

// winnow keeps the least hash of each window, of equal ones the last, each
// value once.
func winnow(hashes []uint32, window int) (kept []uint32) {
	window = min(window, len(hashes))
	least := -1
	for end := window; end <= len(hashes); end++ {
		before := least
		switch from := end - window; {
		case least < from:
			least = from
			for i := from; i < end; i++ {
				if hashes[i] <= hashes[least] {
					least = i
				}
			}
		case hashes[end-1] <= hashes[least]:
			least = end - 1
		}
		if least != before {
			kept = append(kept, hashes[least])
		}
	}
	slices.Sort(kept)
	return slices.Compact(kept)
}

// words yields a hash of every word of t.
func words(t string) func(yield func(uint64) bool) {
	const offset, prime = 14695981039346656037, 1099511628211 // FNV-1a
	return func(yield func(uint64) bool) {
		h, in := uint64(offset), false
		for _, r := range t {
			letter, alone := 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9', false
			if r >= 0x80 {
				letter = unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.Is(unicode.M, r)
				alone = letter && text.Unspaced(r)
			}
			if in && (!letter || alone) {
				if !yield(h) {
					return
				}
				h, in = offset, false
			}
			if letter {
				h, in = (h^uint64(unicode.ToLower(r)))*prime, true
			}
		}
		if in {
			yield(h)
		}
	}
}

// mix spreads the bits of h (the finalizer of splitmix64).
func mix(h uint64) uint64 {
	h += 0x9e3779b97f4a7c15
	h = (h ^ h>>30) * 0xbf58476d1ce4e5b9
	h = (h ^ h>>27) * 0x94d049bb133111eb
	return h ^ h>>31
}
