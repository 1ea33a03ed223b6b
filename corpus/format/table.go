package format

import (
	"bytes"
	"cmp"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"example.org/attache/corpus/text"
)

var errNoText = errors.New("no column or key is called text, body, content; rename the one with the text")

// readCSV reads a table whose rows are documents: a column with the text, and
// columns with metadata, named in the first row or below a few lines that tell
// what the table is.
func readCSV(ctx context.Context, f File) iter.Seq2[Document, error] {
	return func(yield func(Document, error) bool) {
		t, err := text.Decode(f.Data, "")
		if err != nil {
			yield(Document{}, err)
			return
		}
		head, err := tableHead(t)
		if err != nil {
			yield(Document{}, err)
			return
		}
		r := newTableReader(head.rows, head.separator)
		for n := 1; ctx.Err() == nil; n++ {
			row, err := r.next()
			if err == io.EOF || !yield(rowDocument(head, row, n), err) || errors.Is(err, errRow) || errors.Is(err, errWide) {
				return
			}
		}
	}
}

var (
	errRow  = fmt.Errorf("%w: a row of it has more than %d MB; check where its quotation marks close", ErrTooBig, maxRow>>20)
	errWide = fmt.Errorf("%w: a line of it has more than %s columns; check what separates them", ErrTooBig, thousands(maxColumns))
)

// tableReader reads the rows of a table, each of a bounded size.
type tableReader struct {
	csv   *csv.Reader
	guard rowGuard
}

func newTableReader(t string, separator rune) *tableReader {
	r := &tableReader{guard: rowGuard{from: strings.NewReader(t), separator: []byte(string(separator))}}
	r.csv = csv.NewReader(&r.guard)
	r.csv.Comma, r.csv.LazyQuotes, r.csv.FieldsPerRecord, r.csv.ReuseRecord = separator, true, -1, true
	return r
}

// next returns the next row, whose slice is good until the one after; the error
// is io.EOF behind the last one.
func (r *tableReader) next() ([]string, error) {
	r.guard.bytes = 0
	row, err := r.csv.Read()
	if len(row) > maxColumns {
		return nil, errWide
	}
	return row, err
}

// rowGuard reads a table as long as no row of it is too long, and no line has too
// many columns.
type rowGuard struct {
	from      io.Reader
	separator []byte
	bytes     int // of the row under way
	parted    int // separators of the line under way
}

func (g *rowGuard) Read(p []byte) (int, error) {
	switch {
	case g.bytes > maxRow:
		return 0, errRow
	case g.parted > maxParted:
		return 0, errWide
	}
	n, err := g.from.Read(p)
	g.bytes += n
	line := p[:n]
	if at := bytes.LastIndexByte(line, '\n'); at >= 0 {
		g.parted, line = 0, line[at+1:]
	}
	g.parted += bytes.Count(line, g.separator)
	return n, err
}

// tableHeader says how a table is laid out.
type tableHeader struct {
	names     []string
	at        map[string]int // the first column of each key, see columnKey
	text      int            // the column of the text
	separator rune
	rows      string // the table below the names
}

// tableHead finds the row that names the columns: the first, or one below a
// title, the day of an export or the line "sep=;" that tells Excel what
// separates the columns.
func tableHead(t string) (tableHeader, error) {
	const deepest = 20 // lines
	told := rune(0)
	for range deepest {
		line, rest, more := strings.Cut(t, "\n")
		if sep, ok := strings.CutPrefix(strings.ToLower(strings.Trim(line, "\" ")), "sep="); ok && sep != "" {
			told, _ = utf8.DecodeRuneInString(sep)
		} else {
			separator := cmp.Or(told, delimiter(line))
			if isWide(line, separator) {
				return tableHeader{}, errWide
			}
			r := newTableReader(t, separator)
			if names, err := r.next(); err == nil {
				if at := textColumn(names); at >= 0 {
					return tableHeader{slices.Clone(names), columnsAt(names), at, separator, t[r.csv.InputOffset():]}, nil
				}
			}
		}
		if !more {
			break
		}
		t = rest
	}
	return tableHeader{}, errNoText
}

// delimiter returns what separates the columns of a line: the candidate that it
// has most of.
func delimiter(line string) rune {
	best, most := ',', 0
	for _, c := range ",;\t|" {
		if n := strings.Count(line, string(c)); n > most {
			best, most = c, n
		}
	}
	return best
}

// textColumn returns which column holds the text, -1 for none.
func textColumn(names []string) int {
	best, least := -1, 0
	for i, name := range names {
		if rank, ok := textRank(name); ok && (best < 0 || rank < least) {
			best, least = i, rank
		}
	}
	return best
}

func rowDocument(head tableHeader, row []string, n int) Document {
	d := Document{Part: "#" + strconv.Itoa(n)}
	for i, value := range row {
		switch {
		case i == head.text:
			d.Blocks = cellBlocks(value)
		case i < len(head.names):
			d.metadata(head.names[i], value)
		}
	}
	d.rowVoice(func(key string) string {
		if i, ok := head.at[key]; ok && i < len(row) {
			return strings.Join(strings.Fields(row[i]), " ")
		}
		return ""
	}, func(key string) bool { _, ok := head.at[key]; return ok }, head.names[head.text])
	return d
}
