// Package text cuts clean text into paragraphs and sentences, tells its
// language and folds words for comparison. It knows nothing of documents.
//
// Everything it returns is a [Span]: byte offsets into the text it was given,
// so that whatever is quoted later is a slice of the original.
package text

import (
	"unicode"
	"unicode/utf8"
)

// Span is a half-open range of byte offsets into a text.
type Span struct {
	Start int
	End   int
}

// In returns the slice of t that the span covers.
func (s Span) In(t string) string { return t[s.Start:s.End] }

// Len is the length of the span in bytes.
func (s Span) Len() int { return s.End - s.Start }

// Contains reports whether o lies within s.
func (s Span) Contains(o Span) bool { return s.Start <= o.Start && o.End <= s.End }

// Overlaps reports whether the two spans share at least one byte.
func (s Span) Overlaps(o Span) bool { return s.Start < o.End && o.Start < s.End }

// Words counts the words, numbers and signs of a text.
func Words(t string) (n int) {
	inWord := false
	for i := 0; i < len(t); i++ {
		switch c := t[i]; {
		case c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9':
			if !inWord {
				n++
			}
			inWord = true
		case c == ' ' || c >= '\t' && c <= '\r':
			inWord = false
		case c < utf8.RuneSelf:
			n++
			inWord = false
		default:
			r, size := utf8.DecodeRuneInString(t[i:])
			i += size - 1
			part := unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r)
			if !part && !unicode.IsSpace(r) || part && !inWord {
				n++
			}
			inWord = part
		}
	}
	return n
}
