package rule

import (
	"example.org/attache/corpus/speech/internal/token"
)

// goesOn reports whether a quotation has nothing beside it and follows
// another of the same paragraph, or one that its paragraph left open.
func (p *report) goesOn(q, from, to int) bool {
	m, b := p.Quotes[q], p.Quotes[q-1]
	if b.Open && m.Paragraph == b.Paragraph+1 {
		return true
	}
	if m.Paragraph != b.Paragraph || p.Items[p.Outline.At[q]].Sentence > p.Items[p.Outline.At[q-1]].Sentence+1 {
		return false
	}
	for i := from; i < to; i++ {
		if p.Items[i].Quote < 0 && p.Token(i).Kind != token.Sign {
			return false
		}
	}
	return true
}
