package index

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/klauspost/compress/zstd"

	"attache/index/internal/disk"
)

// The documents of a generation, packed and compressed, lie in files beside
// the bleve index. Each rebuild writes one such file and shares those of the
// generations before that still hold something. They are read, not mapped:
// pages that are mapped count as the memory of the process.

const textsPrefix = "texts-"

func textsName(number int) string { return fmt.Sprintf("%s%06d", textsPrefix, number) }

// textRef is where the record of a document lies: in the file of which
// generation, and its bytes there.
type textRef struct{ file, at, size int }

// textWriter writes the file of one generation.
type textWriter struct {
	number, at int
	file       *os.File
	buffer     *bufio.Writer
	zip        *zstd.Encoder
	packed     []byte
}

func newTextWriter(dir string, number int) (*textWriter, error) {
	f, err := disk.Create(filepath.Join(dir, textsName(number)))
	if err != nil {
		return nil, err
	}
	zip, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedDefault))
	return &textWriter{number: number, file: f, buffer: bufio.NewWriterSize(f, 256<<10), zip: zip}, err
}

// add appends a record.
func (w *textWriter) add(record []byte) (textRef, error) {
	w.packed = w.zip.EncodeAll(record, w.packed[:0])
	return w.copy(w.packed)
}

// copy appends a record that is compressed already.
func (w *textWriter) copy(packed []byte) (textRef, error) {
	r := textRef{w.number, w.at, len(packed)}
	w.at += len(packed)
	if _, err := w.buffer.Write(packed); err != nil {
		return r, fmt.Errorf("writing %s: %w", w.file.Name(), err)
	}
	return r, nil
}

func (w *textWriter) close() error {
	if err := errors.Join(w.buffer.Flush(), w.file.Close()); err != nil {
		return fmt.Errorf("writing %s: %w", w.file.Name(), err)
	}
	return nil
}

// textReader reads the records of a generation.
type textReader map[int]*os.File

// openTexts opens the files of records among those of a generation in dir.
func openTexts(dir string, files []file) (textReader, error) {
	r := textReader{}
	for _, f := range files {
		number := 0
		if _, err := fmt.Sscanf(f.Name, textsPrefix+"%d", &number); err != nil {
			continue
		}
		open, err := os.Open(filepath.Join(dir, f.Name))
		if err != nil {
			r.close()
			return nil, err
		}
		r[number] = open
	}
	return r, nil
}

func (r textReader) close() (err error) {
	for _, f := range r {
		err = errors.Join(err, f.Close())
	}
	return err
}

var buffers = sync.Pool{New: func() any { return new([]byte) }}

// packed reads a record as it is stored and hands it to use, which must not
// keep it.
func (r textReader) packed(ref textRef, use func(b []byte) error) error {
	f := r[ref.file]
	if f == nil {
		return fmt.Errorf("%s is not there: %w", textsName(ref.file), errPacked)
	}
	b := buffers.Get().(*[]byte)
	defer buffers.Put(b)
	*b = slices.Grow((*b)[:0], ref.size)[:ref.size]
	if _, err := f.ReadAt(*b, int64(ref.at)); err != nil {
		return err
	}
	return use(*b)
}

// record reads a record and appends it to into.
func (r textReader) record(ref textRef, into []byte) (all []byte, err error) {
	err = r.packed(ref, func(b []byte) (err error) {
		all, err = unzip.DecodeAll(b, into)
		return err
	})
	return all, err
}

// unzip decodes records; it is safe for use by many at once.
var unzip = func() *zstd.Decoder {
	d, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(0), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxMemory(1<<30))
	if err != nil {
		panic(err) // the options are constant
	}
	return d
}()

// A generation's records may lie in this many files, and this share of their
// bytes may belong to documents that are gone, before they are gathered in one.
const (
	maxTextFiles = 8
	maxTextWaste = 0.3
)

// gatherTexts copies the records that live in files of other generations into
// this one's when there are too many files or too much in them is dead, and
// removes the files that nothing needs.
func (w *writer) gatherTexts() error {
	if len(w.shared) == 0 {
		return nil
	}
	live, total := 0, w.texts.at
	needed := map[int]bool{}
	for _, packed := range w.rows {
		r := packed.row()
		live += r.record.size
		needed[r.record.file] = true
	}
	for _, f := range w.shared {
		total += int(f.Size)
	}
	if len(needed) > maxTextFiles || float64(total-live) > maxTextWaste*float64(total) {
		if err := w.copyTexts(); err != nil {
			return err
		}
		needed = map[int]bool{}
	}
	for _, f := range w.shared {
		number := 0
		fmt.Sscanf(f.Name, textsPrefix+"%d", &number)
		if !needed[number] {
			if err := disk.Remove(filepath.Join(w.dir, f.Name)); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *writer) copyTexts() error {
	from, err := openTexts(w.dir, w.shared)
	if err != nil {
		return err
	}
	defer from.close()
	for number, packed := range w.rows {
		r := packed.row()
		if r.record.file == w.texts.number {
			continue
		}
		err := from.packed(r.record, func(b []byte) (err error) {
			r.record, err = w.texts.copy(b)
			return err
		})
		if err != nil {
			return err
		}
		w.rows[number] = packRow(r)
	}
	return nil
}

// isTexts reports whether a file of a generation holds records.
func isTexts(f file) bool { return strings.HasPrefix(f.Name, textsPrefix) }
