package index

import (
	"sort"

	"attache/corpus"
	"attache/corpus/text"
	"attache/index/rank"
)

// What is read around a passage, in sentences.
const (
	readBefore = 2
	readAfter  = 1
)

// window is a passage as the ranking reads it: with the sentences around it
// that belong to the same section, and who says what in it.
func (a *asking) window(d *told, h hit) rank.Passage {
	p := d.passages[h.passage]
	from, to := p.first, p.last
	for from > max(0, p.first-readBefore) && d.kind(d.Sentences[from-1]) == corpus.Body {
		from--
	}
	for to < min(len(d.Sentences), p.last+readAfter) && d.kind(d.Sentences[to]) == corpus.Body {
		to++
	}
	in := text.Span{Start: d.Sentences[from].Start, End: d.Sentences[to-1].End}
	w := rank.Passage{Document: d.ID, Language: d.Language, Number: h.doc, Year: d.Published.Year, Month: d.Published.Month, Day: d.Published.Day, Offset: in.Start,
		Text:  d.in(in),
		First: p.first - from, Last: p.last - from, Title: d.titles(in.Start), Score: float64(h.score)}
	w.Sentences = make([]text.Span, 0, to-from)
	for _, s := range d.Sentences[from:to] {
		w.Sentences = append(w.Sentences, text.Span{Start: s.Start - in.Start, End: s.End - in.Start})
	}
	for n := range d.said {
		s := &d.said[n]
		if s.Span.Start >= in.End {
			break
		}
		if s.Known() && s.Span.Overlaps(in) && (a.spoken == nil || a.spoken[place{h.doc, n}]) {
			w.Voices = append(w.Voices, rank.Voice{Span: text.Span{Start: s.Span.Start - in.Start, End: s.Span.End - in.Start}, Name: a.speaker(h.doc, d.stored, s)})
		}
	}
	w.OnlyVoices = a.spoken != nil
	return w
}

// titles returns the document's title and the heading above an offset.
func (d *told) titles(at int) string {
	above := sort.Search(len(d.Paragraphs), func(i int) bool { return d.Paragraphs[i].End > at })
	for i := above - 1; i >= 0; i-- {
		if p := d.Paragraphs[i]; p.Kind == corpus.Heading {
			return d.Title + "\n" + d.in(p.Span)
		}
	}
	return d.Title
}
