package store

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"maps"
	"slices"

	"example.org/attache/corpus"
	"example.org/attache/index/internal/pack"
)

// digest is what the table keeps of the hash of a document: enough to see whether
// the file is still the same.
type digest [16]byte

// DigestOf is the digest of the hash of a document.
func DigestOf(hash string) digest {
	sum := sha256.Sum256([]byte(hash))
	return digest(sum[:16])
}

func (d digest) String() string { return hex.EncodeToString(d[:]) }

// Row is a document in the table: what is known of it without its text.
type Row struct {
	Number uint32 // names it in the postings; never used again within a lineage of generations
	Digest digest // of its file
	File   string // that holds it: its name, or the beginning of it
	Record TextRef
	Source
}

func appendRow(b []byte, r Row) []byte {
	p := pack.Writer{Bytes: b}
	p.Uint(int(r.Number))
	p.Bytes = append(p.Bytes, r.Digest[:]...)
	p.Uint(r.Published.Year)
	p.Uint(r.Published.Month)
	p.Uint(r.Published.Day)
	p.Uint(r.Words)
	for _, s := range []string{r.Document, r.Title, r.Publisher, r.Author, r.URL, r.Language} {
		p.String(s)
	}
	p.Strings(r.Tags)
	p.Bool(r.Recognised)
	p.Uint(len(r.File))
	p.Uint(r.Record.file)
	p.Uint(r.Record.at)
	p.Uint(r.Record.size)
	p.Ints(r.Record.blocks)
	return p.Bytes
}

func unpackRow(u *pack.Reader) (r Row) {
	r.Number = uint32(u.Uint())
	if len(u.Rest) < len(r.Digest) {
		u.Fail()
		return r
	}
	copy(r.Digest[:], u.Rest)
	u.Rest = u.Rest[len(r.Digest):]
	r.Published = corpus.Date{Year: u.Uint(), Month: u.Uint(), Day: u.Uint()}
	r.Words = u.Uint()
	for _, s := range []*string{&r.Document, &r.Title, &r.Publisher, &r.Author, &r.URL, &r.Language} {
		*s = u.String()
	}
	r.Tags = u.Strings()
	r.Recognised = u.Uint() != 0
	if n := u.Uint(); n <= len(r.Document) {
		r.File = r.Document[:n]
	} else {
		u.Fail()
	}
	r.Record = TextRef{u.Uint(), u.Uint(), u.Uint(), u.Ints()}
	return r
}

// Table is the documents of a generation, in the order of their names. Rows
// stay packed in one string and are unpacked on demand without copying, so that a
// hundred thousand rows are not a million strings for the garbage collector.
type Table struct {
	packed string
	at     []uint32 // where each row begins
	Day    []int32  // when each was published, for filters; 0 when unknown
}

// PackedRow is a row as the table keeps it.
type PackedRow string

// PackRow packs a row.
func PackRow(r Row) PackedRow { return PackedRow(appendRow(nil, r)) }

// Row unpacks the row.
func (p PackedRow) Row() Row {
	u := pack.Reader{Rest: string(p)}
	return unpackRow(&u)
}

// PackTable packs rows, which are in the order of their names.
func PackTable(rows []PackedRow) []byte {
	size := binary.MaxVarintLen64
	for _, r := range rows {
		size += len(r)
	}
	b := binary.AppendUvarint(make([]byte, 0, size), uint64(len(rows)))
	for _, r := range rows {
		b = append(b, r...)
	}
	return b
}

func unpackTable(packed string) (*Table, error) {
	u := pack.Reader{Rest: packed}
	n := u.Count()
	t := &Table{packed: packed, at: make([]uint32, 0, n), Day: make([]int32, 0, n)}
	for range n {
		t.at = append(t.at, uint32(len(packed)-len(u.Rest)))
		t.Day = append(t.Day, DayNumber(unpackRow(&u).Published))
	}
	if u.Err == nil && u.Rest != "" {
		u.Fail()
	}
	return t, u.Err
}

// Len is how many documents there are.
func (t *Table) Len() int { return len(t.at) }

// PackedRow returns row i as it is packed.
func (t *Table) PackedRow(i int) PackedRow {
	if i+1 == t.Len() {
		return PackedRow(t.packed[t.at[i]:])
	}
	return PackedRow(t.packed[t.at[i]:t.at[i+1]])
}

// Row unpacks row i.
func (t *Table) Row(i int) Row { return t.PackedRow(i).Row() }

// Languages returns the languages of the documents, the commonest first.
func (t *Table) Languages() []string {
	count := map[string]int{}
	for i := range t.Len() {
		count[t.Row(i).Language]++
	}
	return slices.SortedFunc(maps.Keys(count), func(a, b string) int {
		return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a, b))
	})
}

// Find returns the place of a document in the table.
func (t *Table) Find(document string) (int, bool) {
	lo, hi := 0, t.Len()
	for lo < hi {
		mid := (lo + hi) / 2
		if t.Row(mid).Document < document {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo, lo < t.Len() && t.Row(lo).Document == document
}

// DayNumber is a number in the order of dates: a month comes before its days, a year
// before its months.
func DayNumber(d corpus.Date) int32 {
	return int32(d.Year)<<9 | int32(d.Month)<<5 | int32(d.Day)
}

// Source is the document that a quote comes from.
type Source struct {
	Document  string      `json:"document"`
	Title     string      `json:"title,omitempty"`
	Publisher string      `json:"publisher,omitempty"`
	Author    string      `json:"author,omitempty"`
	Published corpus.Date `json:"published,omitzero"`
	URL       string      `json:"url,omitempty"`
	Language  string      `json:"language,omitempty"`
	Tags      []string    `json:"tags,omitempty"`
	Words     int         `json:"words"`

	// Recognised means that the text was recognised in pictures of pages (OCR), so
	// that a quote may have errors that the pages do not have.
	Recognised bool `json:"recognised,omitempty"`
}
