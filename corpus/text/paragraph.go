package text

import (
	"strings"
	"unicode"
)

// Paragraphs returns the lines of t that hold anything, without the white
// space around them. A clean text has one paragraph a line.
func Paragraphs(t string) []Span {
	var spans []Span
	for at := 0; at < len(t); {
		end := strings.IndexByte(t[at:], '\n')
		if end < 0 {
			end = len(t)
		} else {
			end += at
		}
		if s := trim(t, Span{at, end}); s.Len() > 0 {
			spans = append(spans, s)
		}
		at = end + 1
	}
	return spans
}

// trim shrinks s until it neither begins nor ends with white space.
func trim(t string, s Span) Span {
	in := s.In(t)
	left := strings.TrimLeftFunc(in, isSpace)
	s.Start += len(in) - len(left)
	s.End = s.Start + len(strings.TrimRightFunc(left, isSpace))
	return s
}

func isSpace(r rune) bool { return unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' }
