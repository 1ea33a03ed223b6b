package index

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"maps"
	"slices"

	"example.org/attache/corpus"
)

// digest is what the table keeps of a document's hash: enough to tell whether
// the file is still the same.
type digest [16]byte

func digestOf(hash string) digest {
	sum := sha256.Sum256([]byte(hash))
	return digest(sum[:16])
}

func (d digest) String() string { return hex.EncodeToString(d[:]) }

// row is a document in the table: what is known of it without its text.
type row struct {
	number uint32 // names it in the postings; never used again within a lineage of generations
	digest digest // of its file
	file   string // that holds it: its name, or the beginning of it
	record textRef
	Source
}

func appendRow(b []byte, r row) []byte {
	p := packer{b}
	p.uint(int(r.number))
	p.b = append(p.b, r.digest[:]...)
	p.uint(r.Published.Year)
	p.uint(r.Published.Month)
	p.uint(r.Published.Day)
	p.uint(r.Words)
	for _, s := range []string{r.Document, r.Title, r.Publisher, r.Author, r.URL, r.Language} {
		p.string(s)
	}
	p.strings(r.Tags)
	p.bool(r.Recognised)
	p.uint(len(r.file))
	p.uint(r.record.file)
	p.uint(r.record.at)
	p.uint(r.record.size)
	p.ints(r.record.blocks)
	return p.b
}

func (u *unpacker) row() (r row) {
	r.number = uint32(u.uint())
	if len(u.b) < len(r.digest) {
		u.fail()
		return r
	}
	copy(r.digest[:], u.b)
	u.b = u.b[len(r.digest):]
	r.Published = corpus.Date{Year: u.uint(), Month: u.uint(), Day: u.uint()}
	r.Words = u.uint()
	for _, s := range []*string{&r.Document, &r.Title, &r.Publisher, &r.Author, &r.URL, &r.Language} {
		*s = u.string()
	}
	r.Tags = u.strings()
	r.Recognised = u.uint() != 0
	if n := u.uint(); n <= len(r.Document) {
		r.file = r.Document[:n]
	} else {
		u.fail()
	}
	r.record = textRef{u.uint(), u.uint(), u.uint(), u.ints()}
	return r
}

// table is the documents of a generation, in the order of their names. Rows
// stay packed in one string and are unpacked on demand without copying, so that a
// hundred thousand rows are not a million strings for the garbage collector.
type table struct {
	packed string
	at     []uint32 // where each row begins
	day    []int32  // when each was published, for filters; 0 when unknown
}

// packedRow is a row as the table keeps it.
type packedRow string

func packRow(r row) packedRow { return packedRow(appendRow(nil, r)) }

func (p packedRow) row() row {
	u := unpacker{b: string(p)}
	return u.row()
}

// packTable packs rows, which are in the order of their names.
func packTable(rows []packedRow) []byte {
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

func unpackTable(packed string) (*table, error) {
	u := unpacker{b: packed}
	n := u.count()
	t := &table{packed: packed, at: make([]uint32, 0, n), day: make([]int32, 0, n)}
	for range n {
		t.at = append(t.at, uint32(len(packed)-len(u.b)))
		t.day = append(t.day, dayNumber(u.row().Published))
	}
	if u.err == nil && u.b != "" {
		u.fail()
	}
	return t, u.err
}

func (t *table) len() int { return len(t.at) }

func (t *table) packedRow(i int) packedRow {
	if i+1 == t.len() {
		return packedRow(t.packed[t.at[i]:])
	}
	return packedRow(t.packed[t.at[i]:t.at[i+1]])
}

func (t *table) row(i int) row { return t.packedRow(i).row() }

// languages returns the languages of the documents, the commonest first.
func (t *table) languages() []string {
	count := map[string]int{}
	for i := range t.len() {
		count[t.row(i).Language]++
	}
	return slices.SortedFunc(maps.Keys(count), func(a, b string) int {
		return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a, b))
	})
}

// find returns the place of a document in the table.
func (t *table) find(document string) (int, bool) {
	lo, hi := 0, t.len()
	for lo < hi {
		mid := (lo + hi) / 2
		if t.row(mid).Document < document {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo, lo < t.len() && t.row(lo).Document == document
}

// dayNumber orders dates: a month comes before its days, a year before its
// months.
func dayNumber(d corpus.Date) int32 {
	return int32(d.Year)<<9 | int32(d.Month)<<5 | int32(d.Day)
}
