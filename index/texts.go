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

	"example.org/attache/corpus/text"
	"example.org/attache/index/internal/disk"
)

// The documents of a generation, packed and compressed, are in files beside the
// postings. Each rebuild writes one such file and shares those of the
// generations before that still hold something. They are read, not mapped:
// pages that are mapped count as the memory of the process.

const textsPrefix = "texts-"

func textsName(number int) string { return fmt.Sprintf("%s%06d", textsPrefix, number) }

// textRef is where the record of a document lies: in the file of which
// generation, and its bytes there. Those of a long text's blocks follow.
type textRef struct {
	file, at, size int
	blocks         []int // size of each
}

func (r textRef) total() (n int) {
	for _, size := range r.blocks {
		n += size
	}
	return r.size + n
}

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

// add appends a record and the blocks of a long text.
func (w *textWriter) add(record []byte, text string) (r textRef, err error) {
	r.file, r.at = w.number, w.at
	if r.size, err = w.compress(record); err != nil || len(text) <= wholeText {
		return r, err
	}
	for block := range slices.Chunk([]byte(text), textBlock) {
		size, err := w.compress(block)
		if err != nil {
			return r, err
		}
		r.blocks = append(r.blocks, size)
	}
	return r, nil
}

func (w *textWriter) compress(b []byte) (size int, err error) {
	w.packed = w.zip.EncodeAll(b, w.packed[:0])
	return len(w.packed), w.write(w.packed)
}

func (w *textWriter) write(packed []byte) error {
	w.at += len(packed)
	if _, err := w.buffer.Write(packed); err != nil {
		return fmt.Errorf("writing %s: %w", w.file.Name(), err)
	}
	return nil
}

// copy appends a record that is compressed already, with its blocks.
func (w *textWriter) copy(r textRef, packed []byte) (textRef, error) {
	r.file, r.at = w.number, w.at
	return r, w.write(packed)
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

// packed reads bytes of a file and hands them to use, which must not keep
// them.
func (r textReader) packed(file, at, size int, use func(b []byte) error) error {
	f := r[file]
	if f == nil {
		return fmt.Errorf("%s is not there: %w", textsName(file), errPacked)
	}
	b := buffers.Get().(*[]byte)
	defer buffers.Put(b)
	*b = slices.Grow((*b)[:0], size)[:size]
	if _, err := f.ReadAt(*b, int64(at)); err != nil {
		return err
	}
	return use(*b)
}

// unpacked reads bytes that were compressed together and appends what they
// were to into.
func (r textReader) unpacked(file, at, size int, into []byte) (all []byte, err error) {
	err = r.packed(file, at, size, func(b []byte) (err error) {
		all, err = unzip.DecodeAll(b, into)
		return err
	})
	return all, err
}

// textBlocks reads a long text block by block. After the first fault it
// returns nothing and keeps the fault.
type textBlocks struct {
	from   textReader
	ref    textRef
	loaded map[int]string
	err    error
}

func (t *textBlocks) block(n int) string {
	if b, ok := t.loaded[n]; ok || t.err != nil {
		return b
	}
	if n >= len(t.ref.blocks) {
		t.err = errPacked
		return ""
	}
	at := t.ref.at + t.ref.size
	for _, size := range t.ref.blocks[:n] {
		at += size
	}
	b, err := t.from.unpacked(t.ref.file, at, t.ref.blocks[n], nil)
	if t.err = err; err != nil {
		return ""
	}
	t.loaded[n] = bytesString(b)
	return t.loaded[n]
}

// in returns the bytes from start to end of the text.
func (t *textBlocks) in(start, end int) string {
	first, last := start/textBlock, (end-1)/textBlock
	if first == last {
		b := t.block(first)
		return b[min(start-first*textBlock, len(b)):min(end-first*textBlock, len(b))]
	}
	var all strings.Builder
	for n := first; n <= last; n++ {
		b := t.block(n)
		all.WriteString(b[min(max(0, start-n*textBlock), len(b)):min(end-n*textBlock, len(b))])
	}
	return all.String()
}

// in returns what s covers of the text.
func (d *stored) in(s text.Span) string {
	switch {
	case s.Start < 0 || s.End > d.size || s.Start >= s.End:
		return ""
	case d.blocks != nil:
		return d.blocks.in(s.Start, s.End)
	case s.End > len(d.text):
		return ""
	}
	return d.text[s.Start:s.End]
}

// fault is what kept a part of the text from being read.
func (d *stored) fault() error {
	if d.blocks == nil {
		return nil
	}
	return d.blocks.err
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

// gatherTexts copies records that live in files of other generations into this
// one's when there are too many files or too much in them is dead, and removes the
// files that nothing needs.
func (w *writer) gatherTexts() error {
	if len(w.shared) == 0 {
		return nil
	}
	live, total := 0, w.texts.at
	needed := map[int]int{} // live bytes, by file
	for _, packed := range w.rows {
		r := packed.row()
		live += r.record.total()
		needed[r.record.file] += r.record.total()
	}
	for _, f := range w.shared {
		total += int(f.Size)
	}
	tooMuch := float64(total-live) > maxTextWaste*float64(total)
	if tooMuch || len(needed) > maxTextFiles {
		if needed = leftAlone(needed); tooMuch {
			clear(needed)
		}
		if err := w.copyTexts(needed); err != nil {
			return err
		}
	}
	for _, f := range w.shared {
		if needed[f.texts()] == 0 {
			if err := disk.Remove(filepath.Join(w.dir, f.Name)); err != nil {
				return err
			}
		}
	}
	return nil
}

// smallShare is how much of the largest file the others are together, at most, for
// the largest to be left alone when records are gathered: most of an index then stays
// in files that readers, and copies elsewhere, have already.
const smallShare = 0.5

// leftAlone is the largest of some files, unless the others have too much of it all.
func leftAlone(sizes map[int]int) map[int]int {
	total, largest := 0, 0
	for file, n := range sizes {
		total += n
		if n > sizes[largest] || n == sizes[largest] && file < largest {
			largest = file
		}
	}
	if float64(total-sizes[largest]) < smallShare*float64(sizes[largest]) {
		return map[int]int{largest: sizes[largest]}
	}
	return map[int]int{}
}

// copyTexts copies the records that don't live in one of the files to stay.
func (w *writer) copyTexts(stay map[int]int) error {
	from, err := openTexts(w.dir, w.shared)
	if err != nil {
		return err
	}
	defer from.close()
	for number, packed := range w.rows {
		r := packed.row()
		if r.record.file == w.texts.number || stay[r.record.file] > 0 {
			continue
		}
		err := from.packed(r.record.file, r.record.at, r.record.total(), func(b []byte) (err error) {
			r.record, err = w.texts.copy(r.record, b)
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

// texts is the number of the generation that wrote a file of records.
func (f file) texts() (number int) {
	fmt.Sscanf(f.Name, textsPrefix+"%d", &number)
	return number
}
