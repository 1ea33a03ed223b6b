package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Sentences returns the sentences of the paragraph p of t, in order and
// without overlap. The language is an ISO 639-1 code, empty when unknown.
func Sentences(t string, p Span, language string) []Span {
	var spans []Span
	start := p.Start
	for at := p.Start; at < p.End; {
		r, size := utf8.DecodeRuneInString(t[at:p.End])
		at += size
		if !strings.ContainsRune(".!?。！？؟।", r) {
			continue
		}
		for at < p.End {
			r, size := utf8.DecodeRuneInString(t[at:p.End])
			if !strings.ContainsRune("\"'”’)」』»", r) {
				break
			}
			at += size
		}
		next, _ := utf8.DecodeRuneInString(strings.TrimLeft(t[at:p.End], " "))
		if at == p.End || (t[at] == ' ' && !unicode.IsLower(next)) || r > 0x2000 {
			if s := trim(t, Span{start, at}); s.Len() > 0 {
				spans = append(spans, s)
			}
			start = at
		}
	}
	if s := trim(t, Span{start, p.End}); s.Len() > 0 {
		spans = append(spans, s)
	}
	return spans
}
