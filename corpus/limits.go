package corpus

import (
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
	maxNoted = 4000 // of what is left out of these
)

// limitFields cuts the fields of a document behind a word, with an ellipsis, and
// notes what is cut off; an address that is too long leads nowhere when it is cut,
// and is left out.
func limitFields(f *format.Document) {
	limit := func(field *string, most int) {
		whole := *field
		if *field = cut(whole, most); len(*field) < len(whole) {
			f.Leave(cut(whole, maxNoted), format.Excess)
		}
	}
	limit(&f.Title, maxTitle)
	limit(&f.Publisher, maxName)
	limit(&f.Author, maxName)
	limit(&f.Maker, maxName)
	if len(f.URL) > maxURL {
		f.Leave(cut(f.URL, maxNoted), format.Excess)
		f.URL = ""
	}
	if len(f.Tags) > maxTags {
		f.Leave(cut(strings.Join(f.Tags[maxTags:], ", "), maxNoted), format.Excess)
	}
	f.Tags = slices.Clone(f.Tags[:min(len(f.Tags), maxTags)])
	for i := range f.Tags {
		limit(&f.Tags[i], maxName)
	}
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
