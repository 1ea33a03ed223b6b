package store

import (
	"path/filepath"

	"example.org/attache/index/internal/disk"
)

// A generation's records may lie in this many files, and this share of their
// bytes may belong to documents that are gone, before they are gathered in one.
const (
	maxTextFiles = 8
	maxTextWaste = 0.3
)

// Gather copies records of shared files, those of other generations in the folder
// dir, into the writer's when there are too many files or too much in them belongs to
// documents that are gone, and removes the files that nothing needs. It changes the
// rows of the documents that it moves.
func (w *TextWriter) Gather(dir string, shared []File, rows map[uint32]PackedRow) error {
	if len(shared) == 0 {
		return nil
	}
	live, total := 0, w.at
	needed := map[int]int{} // live bytes, by file
	for _, packed := range rows {
		r := packed.Row()
		live += r.Record.total()
		needed[r.Record.file] += r.Record.total()
	}
	for _, f := range shared {
		total += int(f.Size)
	}
	tooMuch := float64(total-live) > maxTextWaste*float64(total)
	if tooMuch || len(needed) > maxTextFiles {
		if needed = leftAlone(needed); tooMuch {
			clear(needed)
		}
		if err := w.copyFrom(dir, shared, rows, needed); err != nil {
			return err
		}
	}
	for _, f := range shared {
		if needed[f.texts()] == 0 {
			if err := disk.Remove(filepath.Join(dir, f.Name)); err != nil {
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

// copyFrom copies the records that are in none of the files to stay.
func (w *TextWriter) copyFrom(dir string, shared []File, rows map[uint32]PackedRow, stay map[int]int) error {
	from, err := openTexts(dir, shared)
	if err != nil {
		return err
	}
	defer from.close()
	for number, packed := range rows {
		r := packed.Row()
		if r.Record.file == w.number || stay[r.Record.file] > 0 {
			continue
		}
		err := from.packed(r.Record.file, r.Record.at, r.Record.total(), func(b []byte) (err error) {
			r.Record, err = w.copy(r.Record, b)
			return err
		})
		if err != nil {
			return err
		}
		rows[number] = PackRow(r)
	}
	return nil
}
