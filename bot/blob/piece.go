package blob

import (
	"fmt"
	"sync"

	"github.com/klauspost/compress/zstd"
)

// Files are cut into pieces of pieceSize bytes, which are coded and moved side by
// side. The part of the version before that a piece may differ from reaches
// baseMargin further on either side, for what was put in or left out before it.
const (
	pieceSize  = 2 << 20
	baseMargin = 1 << 20
	maxBase    = pieceSize + 2*baseMargin
)

// worthwhile is the share of a piece below which coding it is worth the decoding.
const worthwhile = 0.95

// coder codes pieces. It is safe for use by many at once, and keeps as many
// encoders as it was asked by at once.
type coder struct {
	encoder func() (*zstd.Encoder, error)
	decoder func() (*zstd.Decoder, error)
}

func newCoder(atOnce int) coder {
	return coder{
		sync.OnceValues(func() (*zstd.Encoder, error) {
			return zstd.NewWriter(nil, zstd.WithWindowSize(pieceSize), zstd.WithEncoderConcurrency(atOnce), zstd.WithLowerEncoderMem(true))
		}),
		sync.OnceValues(func() (*zstd.Decoder, error) {
			return zstd.NewReader(nil, zstd.WithDecoderConcurrency(atOnce), zstd.WithDecoderMaxMemory(4*pieceSize), zstd.WithDecoderLowmem(true))
		}),
	}
}

// encode codes a whole piece in the shorter way. The result may be data itself.
func (c coder) encode(data []byte) ([]byte, coding, error) {
	e, err := c.encoder()
	if err != nil {
		return nil, "", fmt.Errorf("preparing to compress: %w", err)
	}
	packed := e.EncodeAll(data, make([]byte, 0, len(data)))
	if float64(len(packed)) > worthwhile*float64(len(data)) {
		return data, asItIs, nil
	}
	return packed, compressed, nil
}

// baseID is the number of the dictionary that a part of a version is.
const baseID = 1

// encodeAgainst codes a piece as what makes it of base, in the shorter of two ways:
// by what of it is there already, or by a patch.
func (c coder) encodeAgainst(data, base []byte) ([]byte, coding, error) {
	e, err := zstd.NewWriter(nil, zstd.WithEncoderDictRaw(baseID, base), zstd.WithWindowSize(2*maxBase), zstd.WithEncoderConcurrency(1),
		zstd.WithEncoderLevel(zstd.SpeedBetterCompression), zstd.WithLowerEncoderMem(true))
	if err != nil {
		return nil, "", fmt.Errorf("preparing to compress: %w", err)
	}
	packed := e.EncodeAll(data, nil)
	e.Close()
	shared, err := c.encoder()
	if err != nil {
		return nil, "", fmt.Errorf("preparing to compress: %w", err)
	}
	if patch := shared.EncodeAll(makePatch(data, base), nil); len(patch) < len(packed) {
		return patch, patched, nil
	}
	return packed, difference, nil
}

// decode returns the piece that a blob holds; base is the part that it differs from.
func (c coder) decode(p piece, data, base []byte) (out []byte, err error) {
	switch p.Coding {
	case asItIs:
		out = data
	case compressed, patched:
		var d *zstd.Decoder
		if d, err = c.decoder(); err == nil {
			out, err = d.DecodeAll(data, make([]byte, 0, p.Length))
		}
		if err == nil && p.Coding == patched {
			out, err = applyPatch(out, base, p.Length)
		}
	case difference:
		var d *zstd.Decoder
		d, err = zstd.NewReader(nil, zstd.WithDecoderDictRaw(baseID, base), zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(2*pieceSize), zstd.WithDecoderLowmem(true))
		if err == nil {
			defer d.Close()
			out, err = d.DecodeAll(data, make([]byte, 0, p.Length))
		}
	default:
		err = fmt.Errorf("it is coded as %q, which another release does", p.Coding)
	}
	if err == nil && int64(len(out)) != p.Length {
		err = fmt.Errorf("it has %d bytes and not %d", len(out), p.Length)
	}
	if err != nil {
		return nil, fmt.Errorf("unpacking the blob %s: %w", p.Blob, err)
	}
	return out, nil
}
