package store

import (
	"sort"
	"strings"
	"unicode/utf8"

	"example.org/attache/corpus/text"
)

// MaxQuote is how long a quote is at most, in characters.
const MaxQuote = 400

// Shown is what is quoted of a statement.
func (d *Record) Shown(s text.Span, weigh func(s text.Span) float64) text.Span {
	return d.Clip(d.telling(s, weigh), text.Span{})
}

// telling returns of a span that is too long to be quoted the sentence that
// weighs most, with those around it that fit.
func (d *Record) telling(s text.Span, weigh func(s text.Span) float64) text.Span {
	if fits(d.In(s)) {
		return s
	}
	var parts []text.Span
	for i := d.SentenceAt(s.Start); i < len(d.Sentences) && d.Sentences[i].Start < s.End; i++ {
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
		if to+1 < len(parts) && fits(d.In(text.Span{Start: parts[from].Start, End: parts[to+1].End})) {
			to, grown = to+1, true
		}
		if from > 0 && fits(d.In(text.Span{Start: parts[from-1].Start, End: parts[to].End})) {
			from, grown = from-1, true
		}
	}
	return text.Span{Start: parts[from].Start, End: parts[to].End}
}

// Around returns the span of the sentences that contain s, as far as they fit.
func (d *Record) Around(s text.Span) text.Span {
	i := d.SentenceAt(s.Start)
	if i == len(d.Sentences) {
		return text.Span{}
	}
	all := text.Span{Start: min(d.Sentences[i].Start, s.Start), End: d.Sentences[i].End}
	for ; i < len(d.Sentences) && d.Sentences[i].Start < s.End; i++ {
		all.End = d.Sentences[i].End
	}
	return d.Clip(all, s)
}

// Clip cuts a span of the text, when it is too long for a quote, to the clauses
// around keep that fit.
func (d *Record) Clip(s, keep text.Span) text.Span {
	in := d.In(s)
	c := clip(in, text.Span{End: len(in)}, text.Span{Start: keep.Start - s.Start, End: keep.End - s.Start})
	return text.Span{Start: s.Start + c.Start, End: s.Start + c.End}
}

// fits reports whether s may be a quote.
func fits(s string) bool {
	return len(s) <= MaxQuote || utf8.RuneCountInString(Spaced(s)) <= MaxQuote
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
	return Trimmed(t, text.Span{Start: cuts[from], End: cuts[to]})
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
	return Trimmed(t, text.Span{Start: keep.Start, End: end})
}

// Trimmed is a span of t without the white space at its ends.
func Trimmed(t string, s text.Span) text.Span {
	in := s.In(t)
	s.Start += len(in) - len(strings.TrimLeft(in, " \n\t"))
	s.End = s.Start + len(strings.TrimSpace(in))
	return s
}
