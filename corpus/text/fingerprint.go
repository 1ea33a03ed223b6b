package text

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"math"
	"strings"
	"unicode"
)

// Fingerprint is a MinHash of a text's shingles: it tells how much of two
// texts is the same without having both. The zero Fingerprint is that of a text
// too short to have one.
//
// Each shingle of shingleWords words is hashed once; the hash chooses a slot
// and competes there for the least value (one-permutation hashing, Li, Owen and
// Zhang 2012).
type Fingerprint [slots]uint32

const (
	slots        = 64
	shingleWords = 4
	fewestWords  = 20
	bandSlots    = 4
)

// NewFingerprint returns the fingerprint of t. Letter case, white space and
// punctuation do not count; a script without spaces counts letter by letter.
func NewFingerprint(t string) Fingerprint {
	var f Fingerprint
	for i := range f {
		f[i] = math.MaxUint32
	}
	var last [shingleWords]uint64
	n := 0
	for h := range wordHashes(t) {
		last[n%shingleWords] = h
		if n++; n < shingleWords {
			continue
		}
		var mixed uint64
		for i := range shingleWords {
			mixed = mix(mixed ^ last[(n+i)%shingleWords])
		}
		slot, value := mixed%slots, uint32(mixed>>32)
		f[slot] = min(f[slot], value)
	}
	if n < fewestWords {
		return Fingerprint{}
	}
	return f
}

// wordHashes yields a hash of every word of t.
func wordHashes(t string) func(yield func(uint64) bool) {
	const offset, prime = 14695981039346656037, 1099511628211 // FNV-1a
	return func(yield func(uint64) bool) {
		h, in := uint64(offset), false
		for _, r := range t {
			letter, alone := 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9', false
			if r >= 0x80 {
				letter = unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.Is(unicode.M, r)
				alone = letter && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai)
			}
			if in && (!letter || alone) {
				if !yield(h) {
					return
				}
				h, in = offset, false
			}
			if !letter {
				continue
			}
			h, in = (h^uint64(unicode.ToLower(r)))*prime, true
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

// IsZero reports whether there is no fingerprint.
func (f Fingerprint) IsZero() bool { return f == Fingerprint{} }

// Similarity estimates which share of the shingles of two texts is the same, 0
// to 1. From about 0.5 on two reports are prints of one.
func (f Fingerprint) Similarity(o Fingerprint) float64 {
	if f.IsZero() || o.IsZero() {
		return 0
	}
	same, filled := 0, 0
	for i := range f {
		switch {
		case f[i] == math.MaxUint32 && o[i] == math.MaxUint32:
			continue
		case f[i] == o[i]:
			same++
		}
		filled++
	}
	return float64(same) / float64(filled)
}

// Bands returns keys of which two texts that are much the same share at least
// one: texts to compare are those with a key in common. Two texts of which 70 %
// are the same share one with a chance of 99 %.
func (f Fingerprint) Bands() []uint64 {
	if f.IsZero() {
		return nil
	}
	keys := make([]uint64, 0, slots/bandSlots)
	for i := 0; i < slots; i += bandSlots {
		h := uint64(i)
		for _, v := range f[i : i+bandSlots] {
			h = mix(h ^ uint64(v))
		}
		keys = append(keys, h)
	}
	return keys
}

// MarshalText writes the fingerprint for storage.
func (f Fingerprint) MarshalText() ([]byte, error) {
	if f.IsZero() {
		return nil, nil
	}
	var raw [slots * 4]byte
	for i, v := range f {
		binary.LittleEndian.PutUint32(raw[i*4:], v)
	}
	return []byte(base64.RawStdEncoding.EncodeToString(raw[:])), nil
}

// UnmarshalText reads what MarshalText wrote.
func (f *Fingerprint) UnmarshalText(b []byte) error {
	*f = Fingerprint{}
	if len(b) == 0 {
		return nil
	}
	raw, err := base64.RawStdEncoding.DecodeString(strings.TrimSpace(string(b)))
	if err != nil {
		return fmt.Errorf("reading a fingerprint: %w", err)
	}
	if len(raw) != slots*4 {
		return fmt.Errorf("reading a fingerprint: it has %d bytes, not %d", len(raw), slots*4)
	}
	for i := range f {
		f[i] = binary.LittleEndian.Uint32(raw[i*4:])
	}
	return nil
}
