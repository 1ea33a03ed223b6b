package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"example.org/attache/index/internal/disk"
	"example.org/attache/index/internal/postings"
)

// Format is the version of what a generation's folder holds. An index of
// another format is built anew, never read: raise it whenever that changes.
const Format = 7

// ErrOtherRelease means that an index was made by a release of the program with
// another format or analysis. It has to be built anew.
var ErrOtherRelease = errors.New("it was made by another release of the program")

const (
	ManifestName = "manifest.json"
	TableName    = "documents"
	PeopleName   = "people"
	CopiesName   = "copies"
)

// Manifest says what a generation's folder must hold. It is written last, so
// that a folder with a manifest is complete.
type Manifest struct {
	Format     int      `json:"format"`
	Documents  int      `json:"documents"`
	Passages   int      `json:"passages"`
	Statements [4]int   `json:"statements"` // by kind
	People     int      `json:"people"`
	Next       uint32   `json:"next"`              // number of the next new document
	Analysis   uint32   `json:"analysis"`          // how words become terms, see analysisVersion
	Reading    uint32   `json:"reading"`           // how documents are read, see readingPrint
	Partial    []string `json:"partial,omitempty"` // files of the corpus that hold more than the index does
	Failed     []Failed `json:"failed,omitempty"`  // files of the corpus that can't be read, or not all of them
	Files      []File   `json:"files"`
	Sum        uint32   `json:"sum"` // CRC-32C of all of this, with 0 in its place
}

// Failed is a file with faults of its own, which stay while it is the same.
type Failed struct {
	File   string  `json:"file"`
	Digest string  `json:"digest"`
	Faults []Fault `json:"faults"`
}

// Fault is why a file, or a part of it, could not be read.
type Fault struct {
	Part   string `json:"part,omitempty"`
	Reason string `json:"reason"`
}

// File is one file of a generation, its name below the generation's folder.
type File struct {
	Name string `json:"name"`
	Size int64  `json:"size"`
	CRC  uint32 `json:"crc"` // CRC-32C of its content
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// sum returns the size and the checksum of a file. It reads rather than maps:
// mapped pages would count as the memory of a process that only checks them.
func sum(path string) (f File, err error) {
	in, err := os.Open(path)
	if err != nil {
		return f, err
	}
	defer in.Close()
	h := crc32.New(castagnoli)
	f.Size, err = io.CopyBuffer(struct{ io.Writer }{h}, struct{ io.Reader }{in}, make([]byte, 256<<10))
	f.CRC = h.Sum32()
	return f, err
}

// listFiles describes every file below dir but the manifest.
func listFiles(dir string) (files []File, err error) {
	err = fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || name == ManifestName {
			return err
		}
		f, err := sum(filepath.Join(dir, name))
		f.Name = name
		files = append(files, f)
		return err
	})
	return files, err
}

// Write completes a generation's folder: it syncs the files of the folder, lists them
// in the manifest, and writes the manifest last.
func (m *Manifest) Write(dir string) (err error) {
	if m.Files, err = listFiles(dir); err != nil {
		return fmt.Errorf("reading back the new index: %w", err)
	}
	for _, f := range m.Files {
		if err := disk.Sync(filepath.Join(dir, f.Name)); err != nil {
			return err
		}
	}
	for _, d := range postings.Folders(dir) {
		if err := disk.Sync(d); err != nil {
			return err
		}
	}
	if err := m.Seal(); err != nil {
		return err
	}
	data, err := json.MarshalIndent(m, "", "\t")
	if err != nil {
		return err
	}
	if err := disk.Write(filepath.Join(dir, ManifestName), data); err != nil {
		return err
	}
	return disk.Sync(dir)
}

// Seal gives the manifest its checksum.
func (m *Manifest) Seal() (err error) {
	m.Sum, err = m.sum()
	return err
}

// sum returns the checksum of the manifest.
func (m *Manifest) sum() (uint32, error) {
	blank := *m
	blank.Sum = 0
	data, err := json.Marshal(&blank)
	return crc32.Checksum(data, castagnoli), err
}

// ReadManifest reads the manifest of a generation's folder and checks every
// file against it: postings whose segments are missing would open as empty ones.
func ReadManifest(dir string) (*Manifest, error) {
	data, err := os.ReadFile(filepath.Join(dir, ManifestName))
	if err != nil {
		return nil, err
	}
	m := &Manifest{}
	if err := json.Unmarshal(data, m); err != nil {
		return nil, fmt.Errorf("%s is damaged: %w", filepath.Join(dir, ManifestName), err)
	}
	if m.Format != Format {
		return nil, fmt.Errorf("%s has format %d, this program reads format %d: %w", dir, m.Format, Format, ErrOtherRelease)
	}
	if got, err := m.sum(); err != nil || got != m.Sum {
		return nil, fmt.Errorf("%s is damaged", filepath.Join(dir, ManifestName))
	}
	for _, want := range m.Files {
		got, err := sum(filepath.Join(dir, want.Name))
		if err != nil {
			return nil, err
		}
		if got.Size != want.Size || got.CRC != want.CRC {
			return nil, fmt.Errorf("%s is damaged", filepath.Join(dir, want.Name))
		}
	}
	return m, nil
}

const genPrefix, TempPrefix = "gen-", "tmp-"

// GenName is the name of the folder of generation n.
func GenName(n int) string { return fmt.Sprintf("%s%06d", genPrefix, n) }

// Generations returns the numbers of the generations in dir, newest first. A
// folder gets such a name only when it is complete.
func Generations(dir string) ([]int, error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("looking for the index: %w", err)
	}
	var numbers []int
	for _, e := range entries {
		if rest, ok := strings.CutPrefix(e.Name(), genPrefix); ok && e.IsDir() {
			if n, err := strconv.Atoi(rest); err == nil && GenName(n) == e.Name() {
				numbers = append(numbers, n)
			}
		}
	}
	slices.Sort(numbers)
	slices.Reverse(numbers)
	return numbers, nil
}
