package format

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"

	"example.org/attache/corpus/text"
)

// readJSON reads JSON lines, or JSON arrays, whose objects are documents, with
// keys like the columns of a table. An object without a text that holds a list
// of such objects, as the answer of a news service does, is that list.
func readJSON(ctx context.Context, f File) iter.Seq2[Document, error] {
	return func(yield func(Document, error) bool) {
		t, err := text.Decode(f.Data, "")
		if err != nil {
			yield(Document{}, err)
			return
		}
		all := objects{ctx: ctx}
		all.from(t)
		n, faults := 0, 0
		document := func(fields map[string]any) bool {
			n++
			d := Document{Part: "#" + strconv.Itoa(n)}
			err := d.object(fields)
			return yield(d, err)
		}
		for {
			var fields map[string]any
			err := all.next(&fields)
			var wrong *json.UnmarshalTypeError
			switch {
			case err == io.EOF:
				return
			case err == nil:
				for _, item := range articles(fields) {
					if !document(item) {
						return
					}
				}
				continue
			}
			n++
			ends := false
			if ctx.Err() != nil {
				return
			}
			if !errors.As(err, &wrong) {
				faults++
				switch ends = faults == mostFaults || errors.Is(err, ErrTooBig) || errors.Is(err, errNesting) || !all.skip(); {
				case errors.Is(err, ErrTooBig), errors.Is(err, errNesting): // which says what to do
				default:
					err = broken(err, ends)
				}
			}
			if !yield(Document{Part: "#" + strconv.Itoa(n)}, err) || ends {
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
	ctx   context.Context // of the reading
	guard jsonGuard
	text  string
	dec   *json.Decoder
	depth int // of the arrays that are open
}

// from begins with a text.
func (o *objects) from(t string) {
	o.text = t
	o.guard = jsonGuard{from: asking{o.ctx, strings.NewReader(t)}}
	o.dec = json.NewDecoder(&o.guard)
}

// next decodes the next object; the error is io.EOF behind the last one.
func (o *objects) next(fields *map[string]any) error {
	o.guard.bytes, o.guard.values = 0, 0
	for {
		rest := strings.TrimLeft(o.text[o.dec.InputOffset():], " \t\r\n,")
		switch {
		case rest == "" && o.depth > 0:
			return io.ErrUnexpectedEOF
		case rest == "":
			return io.EOF
		case rest[0] == '[' && o.depth == maxNesting:
			return errNesting
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

// jsonGuard reads JSON as long as no object of it is too large, or holds too much.
type jsonGuard struct {
	from          io.Reader
	bytes, values int  // of the object under way
	quoted        bool // within a string
	escaped       bool // behind a backslash
}

var errObject = fmt.Errorf("%w: an object of it has more than %d MB, or %s values; save it as JSON lines, an object a line", ErrTooBig, maxObject>>20, thousands(maxValues))

func (g *jsonGuard) Read(p []byte) (int, error) {
	if g.bytes > maxObject {
		return 0, errObject
	}
	n, err := g.from.Read(p)
	g.bytes += n
	for _, c := range p[:n] {
		switch {
		case g.escaped:
			g.escaped = false
		case g.quoted && c == '\\':
			g.escaped = true
		case c == '"':
			g.quoted = !g.quoted
		case !g.quoted && (c == ',' || c == ':' || c == '{' || c == '['):
			if g.values++; g.values > maxValues {
				return 0, errObject
			}
		}
	}
	return n, err
}

// skip goes on behind what is no JSON, at the next line that begins with an
// object, and reports whether there is one; of an array nothing can be skipped.
func (o *objects) skip() bool {
	rest := strings.TrimLeft(o.text[o.dec.InputOffset():], " \t\r\n,")
	at := strings.Index(rest, "\n{")
	if at < 0 || o.depth > 0 {
		return false
	}
	o.from(rest[at+1:])
	return true
}

// object fills d from a JSON object.
func (d *Document) object(fields map[string]any) error {
	text := ""
	for _, name := range textKeys(fields) {
		switch value := fields[name].(type) {
		case []any:
			for _, v := range value {
				d.Blocks = append(d.Blocks, cellBlocks(scalar(v))...)
			}
		case string:
			d.Blocks = cellBlocks(value)
		default:
			d.Blocks = cellBlocks(scalar(value))
		}
		if d.Blocks != nil {
			text = name
			delete(fields, name)
			break
		}
	}
	d.allMetadata(fields)
	if d.Blocks == nil {
		return errNoText
	}
	at := map[string]any{}
	for _, name := range slices.Backward(slices.Sorted(maps.Keys(fields))) {
		at[columnKey(name)] = fields[name]
	}
	d.rowVoice(func(key string) string { return scalar(at[key]) }, func(key string) bool { return at[key] != nil }, text)
	return nil
}

// textKeys returns the keys of an object that may hold its text, the likeliest
// first.
func textKeys(fields map[string]any) []string {
	var keys []string
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		if _, ok := textRank(name); ok && isText(fields[name]) {
			keys = append(keys, name)
		}
	}
	slices.SortStableFunc(keys, func(a, b string) int {
		x, _ := textRank(a)
		y, _ := textRank(b)
		return cmp.Compare(x, y)
	})
	return keys
}

// isText reports whether a value of JSON can be a text: a string, an object that
// wraps one, or a list of these.
func isText(v any) bool {
	switch v := v.(type) {
	case []any:
		return len(v) > 0 && !slices.ContainsFunc(v, func(v any) bool { return scalar(v) == "" })
	case string, map[string]any:
		return scalar(v) != ""
	}
	return false
}

// articles returns the objects of a JSON value that are documents: the object
// itself where it has a text, else those of the list in it, or of the one object
// that wraps what it tells. Of an object that has neither, it is the object.
func articles(fields map[string]any) []map[string]any {
	if keys := textKeys(fields); len(keys) > 0 && !isWeakText(keys[0]) {
		return []map[string]any{fields}
	}
	if found := listed(fields, 0); found != nil {
		return found
	}
	return []map[string]any{unwrapped(fields)}
}

// listed returns the objects of the longest list in an object whose objects have
// texts.
func listed(fields map[string]any, depth int) (found []map[string]any) {
	const deepest = 4
	if depth == deepest {
		return nil
	}
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		var items []map[string]any
		switch value := fields[name].(type) {
		case []any:
			items = texts(value)
		case map[string]any:
			items = listed(value, depth+1)
		}
		if len(items) > len(found) {
			found = items
		}
	}
	return found
}

// texts returns the objects of a list, unless hardly any has a text.
func texts(list []any) (items []map[string]any) {
	with := 0
	for _, v := range list {
		if item, ok := v.(map[string]any); ok {
			item = unwrapped(item)
			if len(textKeys(item)) > 0 {
				with++
			}
			items = append(items, item)
		}
	}
	if with*2 < len(items) {
		return nil
	}
	return items
}

// unwrapped returns an object with the fields of the one in it that holds the
// text, as {"_source": {"title": …, "text": …}}.
func unwrapped(fields map[string]any) map[string]any {
	if keys := textKeys(fields); len(keys) > 0 && !isWeakText(keys[0]) {
		return fields
	}
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		inner, ok := fields[name].(map[string]any)
		if !ok || len(textKeys(inner)) == 0 {
			continue
		}
		all := maps.Clone(inner)
		for name, value := range fields {
			if _, has := all[name]; !has {
				all[name] = value
			}
		}
		return all
	}
	return fields
}
