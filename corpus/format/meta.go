package format

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/language"

	"example.org/attache/corpus/date"
)

// metadata sets a field of d by the name that front matter, columns of a table
// and the like give it. Names that mean nothing here are passed over.
func (d *Document) metadata(name string, value any) {
	if long, ok := value.(string); ok && len(long) > maxField {
		value = strings.ToValidUTF8(long[:maxField], "")
	}
	s := scalar(value)
	if s == "" {
		return
	}
	switch fields().field[plainName(name)] {
	case "title":
		d.Title = cmp.Or(d.Title, cellText(s))
	case "publisher":
		d.Publisher = cmp.Or(d.Publisher, cellText(s))
	case "author":
		d.Author = cmp.Or(d.Author, cellText(s))
	case "url":
		d.URL = cmp.Or(d.URL, s)
	case "date":
		if d.Published.IsZero() {
			d.Published = dateOf(value, s)
		}
	case "language":
		d.Language = cmp.Or(d.Language, LanguageCode(s))
	case "tags":
		d.Tags = append(d.Tags, list(value)...)
	}
}

// allMetadata sets the fields of d by a table of names, in the order of the
// names, so that of two that mean one thing always the same counts.
func (d *Document) allMetadata(fields map[string]any) {
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		d.metadata(name, fields[name])
	}
}

// scalar writes a value of YAML, TOML or JSON in one line.
func scalar(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return strings.Join(strings.Fields(v), " ")
	case []any:
		return strings.Join(list(v), ", ")
	case map[string]any:
		for _, key := range []string{"name", "rendered", "main", "original", "value", "#text", "@value", "title"} {
			if s := scalar(v[key]); s != "" {
				return s
			}
		}
		return ""
	}
	return fmt.Sprint(v)
}

// list takes the items of a list, or of a string that lists with commas.
func list(v any) []string {
	var items []string
	switch v := v.(type) {
	case []any:
		for _, i := range v {
			if s := scalar(i); s != "" {
				items = append(items, s)
			}
		}
	case string:
		for s := range strings.FieldsFuncSeq(v, func(r rune) bool { return r == ',' || r == ';' }) {
			if s = strings.TrimSpace(s); s != "" {
				items = append(items, s)
			}
		}
	}
	return items
}

func dateOf(v any, s string) date.Date {
	if t, ok := v.(time.Time); ok {
		return date.Of(t)
	}
	return date.Parse(s)
}

// LanguageCode returns the ISO 639-1 code of the language of a tag such as
// "en-US" or "eng", empty for what is no tag. Norwegian is "nb", however it is
// written.
func LanguageCode(tag string) string {
	t, err := language.Parse(strings.TrimSpace(tag))
	if err != nil {
		return ""
	}
	base, sure := t.Base()
	switch code := base.String(); {
	case code == "no" || code == "nn":
		return "nb"
	case sure == language.No || len(code) != 2:
		return ""
	default:
		return code
	}
}
