package blob

import (
	"encoding/binary"
	"errors"
)

// A patch makes a piece of the part of the version before that it lies beside. It
// suits tables whose numbers all change a little when a row is put in between: the
// piece is laid on the part in stretches, each shifted against it by so many bytes,
// and what is written is by how much each byte differs. That is mostly zeros and
// small numbers over and over, which compress to next to nothing, where none of the
// bytes are the same.
//
// A patch holds the length of its list of stretches, the list (the length of each, and
// by how much its shift differs from that of the one before), and the differences.

// How stretches are found. A place of the piece is compared over window bytes; its
// shift is doubted where more than a doubt'th of them differ, and another taken that
// fits by at least gain bytes better: of exact matches of seed bytes, or of the shifts
// near the present one.
const (
	patchStep   = 8
	patchWindow = 48
	patchDoubt  = 8
	patchGain   = 6
	patchNear   = 16
	patchSeed   = 12
	patchHash   = 20 // bits
)

// makePatch returns the patch that makes data of base.
func makePatch(data, base []byte) []byte {
	l := laying{data: data, base: base, seeds: make([]int32, 1<<patchHash)}
	for at := 0; at+patchSeed <= len(base); at++ {
		l.seeds[seedHash(base[at:])] = int32(at) + 1
	}
	var stretches []byte
	differences := make([]byte, 0, len(data))
	shift, before, begun := 0, 0, 0
	end := func(at int) {
		if at > begun {
			stretches = binary.AppendUvarint(stretches, uint64(at-begun))
			stretches = binary.AppendVarint(stretches, int64(shift-before))
			begun, before = at, shift
		}
	}
	for at := 0; at < len(data); at += patchStep {
		if better := l.better(at, shift); better != shift {
			end(at)
			shift = better
		}
		for i := at; i < min(at+patchStep, len(data)); i++ {
			differences = append(differences, data[i]-byteAt(base, i+shift))
		}
	}
	end(len(data))
	patch := binary.AppendUvarint(make([]byte, 0, len(differences)+len(stretches)+binary.MaxVarintLen64), uint64(len(stretches)))
	return append(append(patch, stretches...), differences...)
}

// laying is what is laid on what.
type laying struct {
	data, base []byte
	seeds      []int32 // where in base some bytes are, plus one, by their hash
}

func seedHash(b []byte) uint32 {
	const a, c = 0x9E3779B185EBCA87, 0xC2B2AE3D27D4EB4F
	return uint32((binary.LittleEndian.Uint64(b)*a ^ uint64(binary.LittleEndian.Uint32(b[8:]))*c) >> (64 - patchHash))
}

// fit counts the bytes from a place on that a shift lays on the same.
func (l *laying) fit(at, shift int) (n int) {
	for i := at; i < min(at+patchWindow, len(l.data)); i++ {
		if j := i + shift; j >= 0 && j < len(l.base) && l.data[i] == l.base[j] {
			n++
		}
	}
	return n
}

// better returns the shift to go on with from a place on.
func (l *laying) better(at, shift int) int {
	best, most := shift, l.fit(at, shift)
	if patchDoubt*(min(patchWindow, len(l.data)-at)-most) <= min(patchWindow, len(l.data)-at) {
		return shift
	}
	most += patchGain
	try := func(other int) {
		if n := l.fit(at, other); n > most {
			best, most = other, n
		}
	}
	for i := at; i < at+patchNear && i+patchSeed <= len(l.data); i++ {
		if j := int(l.seeds[seedHash(l.data[i:])]); j > 0 {
			try(j - 1 - i)
		}
	}
	for i := 1; i <= patchNear; i++ {
		try(shift - i)
		try(shift + i)
	}
	return best
}

// byteAt is a byte of base, or 0 beside it.
func byteAt(base []byte, at int) byte {
	if at < 0 || at >= len(base) {
		return 0
	}
	return base[at]
}

var errPatch = errors.New("the patch is damaged")

// applyPatch makes a piece of so many bytes of a patch and base.
func applyPatch(patch, base []byte, length int64) ([]byte, error) {
	n, used := binary.Uvarint(patch)
	if used <= 0 || n > uint64(len(patch)-used) {
		return nil, errPatch
	}
	stretches, data := patch[used:used+int(n)], patch[used+int(n):]
	if int64(len(data)) != length {
		return nil, errPatch
	}
	shift, at := int64(0), 0
	for len(stretches) > 0 {
		size, a := binary.Uvarint(stretches)
		if a <= 0 || size > uint64(len(data)-at) {
			return nil, errPatch
		}
		by, b := binary.Varint(stretches[a:])
		if b <= 0 {
			return nil, errPatch
		}
		stretches = stretches[a+b:]
		if shift += by; shift < -maxBase || shift > maxBase {
			return nil, errPatch
		}
		for range size {
			data[at] += byteAt(base, at+int(shift))
			at++
		}
	}
	if at != len(data) {
		return nil, errPatch
	}
	return data, nil
}
