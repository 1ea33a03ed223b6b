package corpus

import (
	"fmt"
	"slices"
	"strings"

	"example.org/attache/corpus/format"
)

// The most bytes of what is told of a document. What is longer is no title and
// no name, but a text in the wrong place.
const (
	maxTitle = 1000
	maxName  = 300
	maxURL   = 2000
	maxTags  = 50
	maxPart  = 1000
)

// limitFields cuts the fields of a document behind a word, with an ellipsis; an
// address that is too long leads nowhere when it is cut, and is left out.
func limitFields(f *format.Document) error {
	if len(f.Part) > maxPart {
		return fmt.Errorf("%w: its name has more than %d bytes; rename it", format.ErrTooBig, maxPart)
	}
	f.Title, f.Publisher, f.Author = cut(f.Title, maxTitle), cut(f.Publisher, maxName), cut(f.Author, maxName)
	if len(f.URL) > maxURL {
		f.URL = ""
	}
	f.Tags = slices.Clone(f.Tags[:min(len(f.Tags), maxTags)])
	for i, t := range f.Tags {
		f.Tags[i] = cut(t, maxName)
	}
	return nil
}

// cut shortens s to about so many bytes, behind a word.
func cut(s string, most int) string {
	if len(s) <= most {
		return s
	}
	s = strings.ToValidUTF8(s[:most], "")
	if at := strings.LastIndexByte(s, ' '); at > most/2 {
		s = s[:at]
	}
	return strings.Clone(strings.TrimRight(s, " ,;:")) + "…"
}
