package blob

import (
	"bytes"
	"encoding/binary"
	"testing"

	"github.com/klauspost/compress/zstd"
)

// A table whose numbers all move on by one, and which has a new row here and there,
// costs little.
func TestPatchOfATable(t *testing.T) {
	table := func(rows int, by uint32, added map[int]bool) (b []byte) {
		at := uint32(0)
		for n := range rows {
			if added[n] {
				b = binary.LittleEndian.AppendUint32(b, 77)
			}
			at += uint32(n*n%37) + 3
			b = binary.LittleEndian.AppendUint32(b, at+by)
		}
		return b
	}
	base, data := table(20_000, 0, nil), table(20_000, 9, map[int]bool{300: true, 9000: true, 9001: true, 15000: true})
	patch := makePatch(data, base)
	got, err := applyPatch(bytes.Clone(patch), base, int64(len(data)))
	if err != nil || !bytes.Equal(got, data) {
		t.Fatalf("applied, it makes something else: %v", err)
	}
	e, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(e.EncodeAll(patch, nil)); n > len(data)/50 {
		t.Errorf("of %d bytes, the patch takes %d", len(data), n)
	}
}

// FuzzPatch: a patch makes what it was made for, and what a store holds as one costs
// no more than an error.
func FuzzPatch(f *testing.F) {
	f.Add([]byte("The treaty was signed in Oslo in the spring of 1998."), []byte("The old treaty was signed in Bergen in the spring of 1997."))
	f.Add([]byte{}, []byte{1})
	f.Add([]byte{2, 200, 1, 7, 7, 7}, []byte{})
	f.Fuzz(func(t *testing.T, data, base []byte) {
		got, err := applyPatch(makePatch(data, base), base, int64(len(data)))
		if err != nil || !bytes.Equal(got, data) {
			t.Errorf("%q from %q: %q, %v", data, base, got, err)
		}
		for length := range int64(4) {
			if got, err := applyPatch(bytes.Clone(data), base, length); err == nil && int64(len(got)) != length {
				t.Errorf("%d bytes, want %d", len(got), length)
			}
		}
	})
}
