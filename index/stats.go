package index

import (
	"fmt"
	"os"
	"path/filepath"
	"time"

	"example.org/attache/corpus/speech"
	"example.org/attache/index/internal/store"
)

// Stats is what an index holds.
type Stats struct {
	Documents  int       `json:"documents"`
	Passages   int       `json:"passages"`
	Quotations int       `json:"quotations"` // direct ones
	Statements int       `json:"statements"` // of all kinds, the quotations among them
	People     int       `json:"people"`
	Bytes      int64     `json:"bytes"` // on the disk
	Built      time.Time `json:"built"`
}

// Stats counts what the generation in use holds.
func (ix *Index) Stats() (Stats, error) {
	g, err := ix.acquire()
	if err != nil {
		return Stats{}, err
	}
	defer g.release()
	s := Stats{Documents: g.Documents, Passages: g.Passages, Quotations: g.Statements[speech.Quotation], People: g.People}
	for _, n := range g.Statements {
		s.Statements += n
	}
	for _, f := range g.Files {
		s.Bytes += f.Size
	}
	// The folder gets its name as the last step of a build, and keeps its time.
	info, err := os.Stat(filepath.Join(ix.dir, store.GenName(g.number)))
	if err != nil {
		return s, fmt.Errorf("looking at the index: %w", err)
	}
	s.Built = info.ModTime()
	return s, nil
}
