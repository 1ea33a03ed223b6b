package format

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"

	"attache/corpus/text"
)

// textColumns are the names of the column that holds a document's text, the
// likeliest first.
var textColumns = []string{"text", "body", "content", "fulltext", "full_text", "article", "article_text", "articlebody", "speech", "transcript", "paragraph", "description"}

var errNoText = fmt.Errorf("no column or key is called %s; rename the one with the text", strings.Join(textColumns[:3], ", "))

// readCSV reads a table whose rows are documents: a column with the text, and
// columns with metadata, named in the first row.
func readCSV(_ context.Context, f File) iter.Seq2[Document, error] {
	return func(yield func(Document, error) bool) {
		t, err := text.Decode(f.Data, "")
		if err != nil {
			yield(Document{}, err)
			return
		}
		r := csv.NewReader(strings.NewReader(t))
		r.Comma, r.LazyQuotes, r.FieldsPerRecord = delimiter(t), true, -1
		names, err := r.Read()
		if err == nil && textColumn(names) < 0 {
			err = errNoText
		}
		if err != nil {
			yield(Document{}, err)
			return
		}
		for n := 1; ; n++ {
			row, err := r.Read()
			if err == io.EOF || !yield(rowDocument(names, row, n), err) {
				return
			}
		}
	}
}

// delimiter returns what separates the columns: the candidate that the first
// line has most of.
func delimiter(t string) rune {
	line, _, _ := strings.Cut(t, "\n")
	best, most := ',', 0
	for _, c := range ",;\t|" {
		if n := strings.Count(line, string(c)); n > most {
			best, most = c, n
		}
	}
	return best
}

func textColumn(names []string) int {
	for _, want := range textColumns {
		for i, name := range names {
			if strings.EqualFold(strings.TrimSpace(name), want) {
				return i
			}
		}
	}
	return -1
}

func rowDocument(names, row []string, n int) Document {
	d := Document{Part: "#" + strconv.Itoa(n)}
	body := textColumn(names)
	for i, value := range row {
		switch {
		case i == body:
			d.Blocks = plainBlocks(value)
		case i < len(names):
			d.metadata(strings.TrimSpace(names[i]), value)
		}
	}
	return d
}

// readJSON reads JSON lines, or JSON arrays, whose objects are documents, with
// keys like the columns of a table.
func readJSON(_ context.Context, f File) iter.Seq2[Document, error] {
	return func(yield func(Document, error) bool) {
		t, err := text.Decode(f.Data, "")
		if err != nil {
			yield(Document{}, err)
			return
		}
		all := objects{text: t, dec: json.NewDecoder(strings.NewReader(t))}
		faults := 0
		for n := 1; ; n++ {
			var fields map[string]any
			err := all.next(&fields)
			if err == io.EOF {
				return
			}
			d := Document{Part: "#" + strconv.Itoa(n)}
			if err == nil {
				err = d.object(fields)
			}
			var wrong *json.UnmarshalTypeError
			ends := false
			if err != nil && !errors.Is(err, errNoText) && !errors.As(err, &wrong) {
				faults++
				ends = faults == mostFaults || !all.skip()
				err = broken(err, ends)
			}
			if !yield(d, err) || ends {
				return
			}
		}
	}
}

// mostFaults is after how many places that are no JSON the rest isn't read:
// each may have been looked for far into the file.
const mostFaults = 100

func broken(err error, ends bool) error {
	if ends {
		return fmt.Errorf("it is no JSON from here on: %w; mend or remove the line", err)
	}
	return fmt.Errorf("it is no JSON: %w; mend or remove the line", err)
}

// objects are the objects of JSON lines or arrays.
type objects struct {
	text  string
	dec   *json.Decoder
	depth int // of the arrays that are open
}

// next decodes the next object; the error is io.EOF behind the last one.
func (o *objects) next(fields *map[string]any) error {
	for {
		rest := strings.TrimLeft(o.text[o.dec.InputOffset():], " \t\r\n,")
		switch {
		case rest == "" && o.depth > 0:
			return io.ErrUnexpectedEOF
		case rest == "":
			return io.EOF
		case rest[0] == '[':
			o.depth++
		case rest[0] == ']':
			o.depth--
		default:
			return o.dec.Decode(fields)
		}
		if _, err := o.dec.Token(); err != nil {
			return err
		}
	}
}

// skip goes on behind what is no JSON, at the next line that begins with an
// object, and reports whether there is one; of an array nothing can be skipped.
func (o *objects) skip() bool {
	rest := strings.TrimLeft(o.text[o.dec.InputOffset():], " \t\r\n,")
	at := strings.Index(rest, "\n{")
	if at < 0 || o.depth > 0 {
		return false
	}
	o.text = rest[at+1:]
	o.dec = json.NewDecoder(strings.NewReader(o.text))
	return true
}

// object fills d from a JSON object.
func (d *Document) object(fields map[string]any) error {
	for _, want := range textColumns {
		for _, name := range slices.Sorted(maps.Keys(fields)) {
			if !strings.EqualFold(name, want) || d.Blocks != nil {
				continue
			}
			switch value := fields[name].(type) {
			case string:
				d.Blocks = plainBlocks(value)
			case []any:
				for _, v := range value {
					d.Blocks = append(d.Blocks, plainBlocks(scalar(v))...)
				}
			}
			if d.Blocks != nil {
				delete(fields, name)
			}
		}
	}
	d.allMetadata(fields)
	if d.Blocks == nil {
		return errNoText
	}
	return nil
}
