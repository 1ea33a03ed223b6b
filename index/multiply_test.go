package index_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"

	"example.org/attache/corpus"
	"example.org/attache/corpus/text"
)

// multiplied is a corpus of any size made from a few real texts: the front
// half of one sentence is joined with the back half of another, so that the
// statistics of the words stay natural. Its files are made when they are read,
// the same ones for the same seed.
type multiplied struct {
	pool      []string // real sentences
	sentences int
	seed      uint64
}

// What made documents are like.
const (
	sentencesPerParagraph = 3
	documentsPerFolder    = 1000
)

// newMultiplied takes the sentences of the text files below dir, or of the
// built-in documents when dir is empty.
func newMultiplied(dir string, sentences int) (*multiplied, error) {
	fsys := corpus.Builtin()
	if dir != "" {
		fsys = os.DirFS(dir)
	}
	m := &multiplied{sentences: sentences, seed: 7}
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(name) != ".txt" {
			return err
		}
		data, err := fs.ReadFile(fsys, name)
		t := string(data)
		for _, p := range text.Paragraphs(t) {
			for _, s := range text.Sentences(t, p, "en") {
				if n := len(strings.Fields(s.In(t))); n >= 6 && n <= 60 {
					m.pool = append(m.pool, s.In(t))
				}
			}
		}
		return err
	})
	if err == nil && len(m.pool) == 0 {
		err = fmt.Errorf("%s holds no text files", dir)
	}
	return m, err
}

// document returns the text of a document, a paragraph a line.
func (m *multiplied) document(n int) []byte {
	r := rand.New(rand.NewPCG(m.seed, uint64(n)))
	var b bytes.Buffer
	for i := range min(*eachFlag, m.sentences-n**eachFlag) {
		front := strings.Fields(m.pool[r.IntN(len(m.pool))])
		back := strings.Fields(m.pool[r.IntN(len(m.pool))])
		b.WriteString(strings.Join(front[:(len(front)+1)/2], " "))
		b.WriteByte(' ')
		b.WriteString(strings.Join(back[len(back)/2:], " "))
		if i%sentencesPerParagraph == sentencesPerParagraph-1 {
			b.WriteString("\n\n")
		} else {
			b.WriteByte(' ')
		}
	}
	return b.Bytes()
}

func (m *multiplied) documents() int {
	return (m.sentences + *eachFlag - 1) / *eachFlag
}

// Open opens a made file, its folder, or the root.
func (m *multiplied) Open(name string) (fs.File, error) {
	if name == "." {
		return &madeFolder{madeInfo: madeInfo{name, 0, true}, entries: m.folders()}, nil
	}
	var at, n int
	if fmt.Sscanf(name, "%d/%d.txt", &at, &n); name == fileName(n) && n < m.documents() {
		data := m.document(n)
		return &madeFile{Reader: bytes.NewReader(data), madeInfo: madeInfo{filepath.Base(name), int64(len(data)), false}}, nil
	}
	if fmt.Sscanf(name, "%d", &at); name == folderName(at) && at*documentsPerFolder < m.documents() {
		return &madeFolder{madeInfo: madeInfo{name, 0, true}, entries: m.files(at)}, nil
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

func folderName(at int) string { return fmt.Sprintf("%04d", at) }

func fileName(n int) string { return fmt.Sprintf("%s/%08d.txt", folderName(n/documentsPerFolder), n) }

func (m *multiplied) folders() (all []fs.DirEntry) {
	for at := 0; at*documentsPerFolder < m.documents(); at++ {
		all = append(all, madeInfo{folderName(at), 0, true})
	}
	return all
}

func (m *multiplied) files(at int) (all []fs.DirEntry) {
	for n := at * documentsPerFolder; n < min((at+1)*documentsPerFolder, m.documents()); n++ {
		all = append(all, madeInfo{filepath.Base(fileName(n)), 0, false})
	}
	return all
}

type madeInfo struct {
	name   string
	size   int64
	folder bool
}

func (i madeInfo) Name() string               { return i.name }
func (i madeInfo) Size() int64                { return i.size }
func (i madeInfo) IsDir() bool                { return i.folder }
func (i madeInfo) ModTime() time.Time         { return time.Time{} }
func (i madeInfo) Sys() any                   { return nil }
func (i madeInfo) Type() fs.FileMode          { return i.Mode().Type() }
func (i madeInfo) Info() (fs.FileInfo, error) { return i, nil }
func (i madeInfo) Mode() fs.FileMode {
	if i.folder {
		return fs.ModeDir | 0o555
	}
	return 0o444
}

type madeFile struct {
	*bytes.Reader
	madeInfo
}

func (f *madeFile) Size() int64                { return f.madeInfo.size }
func (f *madeFile) Stat() (fs.FileInfo, error) { return f.madeInfo, nil }
func (f *madeFile) Close() error               { return nil }

type madeFolder struct {
	madeInfo
	entries []fs.DirEntry
}

func (f *madeFolder) Stat() (fs.FileInfo, error) { return f.madeInfo, nil }
func (f *madeFolder) Read([]byte) (int, error)   { return 0, fs.ErrInvalid }
func (f *madeFolder) Close() error               { return nil }

func (f *madeFolder) ReadDir(n int) ([]fs.DirEntry, error) {
	all := f.entries
	f.entries = nil
	return all, nil
}
