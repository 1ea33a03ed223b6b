package index

import (
	"sort"
	"strings"
	"unicode/utf8"

	"example.org/attache/corpus"
	"example.org/attache/corpus/speech"
	"example.org/attache/corpus/text"
)

// maxQuote is how long a quote is at most, in characters.
const maxQuote = 400

// sentence returns the sentence of d that holds the beginning of s, or s
// itself where none does.
func (d *stored) sentence(s text.Span) text.Span {
	i := d.sentenceAt(s.Start)
	if i < len(d.Sentences) && d.Sentences[i].Start <= s.Start && s.Start < d.Sentences[i].End {
		return d.Sentences[i]
	}
	return s
}

// sentenceAt returns the place of the first sentence that ends after at.
func (d *stored) sentenceAt(at int) int {
	return sort.Search(len(d.Sentences), func(i int) bool { return d.Sentences[i].End > at })
}

// kind returns the kind of the paragraph that contains s.
func (d *stored) kind(s text.Span) corpus.Kind {
	return d.paragraph(s).Kind
}

// page returns the page that the paragraph of s begins on; 0 for none.
func (d *stored) page(s text.Span) int { return d.paragraph(s).Page }

// paragraph returns the paragraph that s begins in; an empty one, of running
// text, where it begins in none.
func (d *stored) paragraph(s text.Span) (p corpus.Paragraph) {
	i := sort.Search(len(d.Paragraphs), func(i int) bool { return d.Paragraphs[i].End > s.Start })
	if i < len(d.Paragraphs) && d.Paragraphs[i].Start <= s.Start {
		return d.Paragraphs[i]
	}
	return p
}

// quote makes a quote of s, of which keep must be shown when it is too long.
func (g *generation) quote(doc int, d *stored, s, keep text.Span) Quote {
	s = d.clip(s, keep)
	return Quote{Text: spaced(d.in(s)), Span: s, Page: d.page(s), Second: d.paragraph(s).Second, Source: g.source(doc)}
}

// statement makes a quote of a statement, in the words that weigh most (nil: the
// first), with the sentences around it.
func (g *generation) statement(doc int, d *stored, s *speech.Statement, weigh func(s text.Span) float64) Quote {
	q := g.quote(doc, d, d.shown(s.Span, weigh), text.Span{})
	q.Context = spaced(d.in(d.around(s.Span)))
	q.Speaker, q.Kind = g.speaker(doc, d, s), s.Kind.String()
	return q
}

// shown is what is quoted of a statement.
func (d *stored) shown(s text.Span, weigh func(s text.Span) float64) text.Span {
	return d.clip(d.telling(s, weigh), text.Span{})
}

// telling returns of a span that is too long to be quoted the sentence that
// weighs most, with those around it that fit.
func (d *stored) telling(s text.Span, weigh func(s text.Span) float64) text.Span {
	if fits(d.in(s)) {
		return s
	}
	var parts []text.Span
	for i := d.sentenceAt(s.Start); i < len(d.Sentences) && d.Sentences[i].Start < s.End; i++ {
		o := d.Sentences[i]
		parts = append(parts, text.Span{Start: max(o.Start, s.Start), End: min(o.End, s.End)})
	}
	if len(parts) == 0 {
		return s
	}
	from, best := 0, -1.0
	for i, p := range parts {
		if weigh == nil {
			break
		}
		if w := weigh(p); w > best {
			from, best = i, w
		}
	}
	to := from
	for grown := true; grown; {
		grown = false
		if to+1 < len(parts) && fits(d.in(text.Span{Start: parts[from].Start, End: parts[to+1].End})) {
			to, grown = to+1, true
		}
		if from > 0 && fits(d.in(text.Span{Start: parts[from-1].Start, End: parts[to].End})) {
			from, grown = from-1, true
		}
	}
	return text.Span{Start: parts[from].Start, End: parts[to].End}
}

// around returns the span of the sentences that contain s, as far as they fit.
func (d *stored) around(s text.Span) text.Span {
	i := d.sentenceAt(s.Start)
	if i == len(d.Sentences) {
		return text.Span{}
	}
	all := text.Span{Start: min(d.Sentences[i].Start, s.Start), End: d.Sentences[i].End}
	for ; i < len(d.Sentences) && d.Sentences[i].Start < s.End; i++ {
		all.End = d.Sentences[i].End
	}
	return d.clip(all, s)
}

// fits reports whether s may be a quote.
func fits(s string) bool {
	return len(s) <= maxQuote || utf8.RuneCountInString(spaced(s)) <= maxQuote
}

// clip cuts a span of the text, when it is too long for a quote, to the clauses
// around keep that fit.
func (d *stored) clip(s, keep text.Span) text.Span {
	in := d.in(s)
	c := clip(in, text.Span{End: len(in)}, text.Span{Start: keep.Start - s.Start, End: keep.End - s.Start})
	return text.Span{Start: s.Start + c.Start, End: s.Start + c.End}
}

// clip cuts s, when it is too long for a quote, to the clauses around keep
// that fit.
func clip(t string, s, keep text.Span) text.Span {
	if fits(s.In(t)) {
		return s
	}
	if !s.Contains(keep) || keep.Len() == 0 || !fits(keep.In(t)) {
		keep = text.Span{Start: s.Start, End: s.Start}
	}
	cuts := []int{s.Start}
	for i := s.Start; i < s.End; i++ {
		if t[i] == ' ' && i > s.Start && strings.IndexByte(",;:—–", t[i-1]) >= 0 {
			cuts = append(cuts, i+1)
		}
	}
	cuts = append(cuts, s.End)
	from := sort.Search(len(cuts), func(i int) bool { return cuts[i] > keep.Start }) - 1
	to := from + 1
	for to < len(cuts)-1 && cuts[to] < keep.End {
		to++
	}
	if !fits(t[cuts[from]:cuts[to]]) {
		return words(t, s, keep)
	}
	for grown := true; grown; {
		grown = false
		if to+1 < len(cuts) && fits(t[cuts[from]:cuts[to+1]]) {
			to, grown = to+1, true
		}
		if from > 0 && fits(t[cuts[from-1]:cuts[to]]) {
			from, grown = from-1, true
		}
	}
	return trimmed(t, text.Span{Start: cuts[from], End: cuts[to]})
}

// words cuts s to the words around keep that fit.
func words(t string, s, keep text.Span) text.Span {
	end := keep.End
	for i := end; i < s.End && fits(t[keep.Start:i]); i++ {
		if t[i] == ' ' {
			end = i
		}
	}
	if end == keep.Start { // no spaces: as in Chinese
		for i := range t[keep.Start:s.End] {
			if !fits(t[keep.Start : keep.Start+i]) {
				break
			}
			end = keep.Start + i
		}
	}
	return trimmed(t, text.Span{Start: keep.Start, End: end})
}

func trimmed(t string, s text.Span) text.Span {
	in := s.In(t)
	s.Start += len(in) - len(strings.TrimLeft(in, " \n\t"))
	s.End = s.Start + len(strings.TrimSpace(in))
	return s
}
