package store

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

	"example.org/attache/index/internal/disk"
	"example.org/attache/index/internal/pack"
)

// The documents of a generation, packed and compressed, are in files beside the
// postings. Each rebuild writes one such file and shares those of the
// generations before that still hold something. They are read, not mapped:
// pages that are mapped count as the memory of the process.

const textsPrefix = "texts-"

func textsName(number int) string { return fmt.Sprintf("%s%06d", textsPrefix, number) }

// TextRef is where the record of a document is: the number of the generation whose
// file holds it, and its bytes there. Those of a long text's blocks follow.
type TextRef struct {
	file, at, size int
	blocks         []int // size of each
}

func (r TextRef) total() (n int) {
	for _, size := range r.blocks {
		n += size
	}
	return r.size + n
}

// TextWriter writes the file of records of one generation.
type TextWriter struct {
	number, at int
	file       *os.File
	buffer     *bufio.Writer
	zip        *zstd.Encoder
	packed     []byte
}

// NewTextWriter creates the file of records of the generation of a number in its
// folder.
func NewTextWriter(dir string, number int) (*TextWriter, error) {
	f, err := disk.Create(filepath.Join(dir, textsName(number)))
	if err != nil {
		return nil, err
	}
	zip, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedDefault))
	return &TextWriter{number: number, file: f, buffer: bufio.NewWriterSize(f, 256<<10), zip: zip}, err
}

// Add appends a record and the blocks of a long text.
func (w *TextWriter) Add(record []byte, text string) (r TextRef, err error) {
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

func (w *TextWriter) compress(b []byte) (size int, err error) {
	w.packed = w.zip.EncodeAll(b, w.packed[:0])
	return len(w.packed), w.write(w.packed)
}

func (w *TextWriter) write(packed []byte) error {
	w.at += len(packed)
	if _, err := w.buffer.Write(packed); err != nil {
		return fmt.Errorf("writing %s: %w", w.file.Name(), err)
	}
	return nil
}

// copy appends a record that is compressed already, with its blocks.
func (w *TextWriter) copy(r TextRef, packed []byte) (TextRef, error) {
	r.file, r.at = w.number, w.at
	return r, w.write(packed)
}

// Close completes the file.
func (w *TextWriter) Close() error {
	if err := errors.Join(w.buffer.Flush(), w.file.Close()); err != nil {
		return fmt.Errorf("writing %s: %w", w.file.Name(), err)
	}
	return nil
}

// textReader reads the records of a generation.
type textReader map[int]*os.File

// openTexts opens the files of records among those of a generation in dir.
func openTexts(dir string, files []File) (textReader, error) {
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
		return fmt.Errorf("%s is not there: %w", textsName(file), pack.ErrDamaged)
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
	ref    TextRef
	loaded map[int]string
	err    error
}

func (t *textBlocks) block(n int) string {
	if b, ok := t.loaded[n]; ok || t.err != nil {
		return b
	}
	if n >= len(t.ref.blocks) {
		t.err = pack.ErrDamaged
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
	t.loaded[n] = pack.String(b)
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

// unzip decodes records; it is safe for use by many at once.
var unzip = func() *zstd.Decoder {
	d, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(0), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxMemory(1<<30))
	if err != nil {
		panic(err) // the options are constant
	}
	return d
}()

// IsTexts reports whether a file of a generation holds records.
func IsTexts(f File) bool { return strings.HasPrefix(f.Name, textsPrefix) }

// texts is the number of the generation that wrote a file of records.
func (f File) texts() (number int) {
	fmt.Sscanf(f.Name, textsPrefix+"%d", &number)
	return number
}

// TextFiles lists the files of records in a folder.
func TextFiles(dir string) (files []File, err error) {
	names, err := disk.Names(dir, textsPrefix+"*")
	for _, n := range names {
		files = append(files, File{Name: n})
	}
	return files, err
}

// Abandon gives the file up.
func (w *TextWriter) Abandon() { w.file.Close() }
