package index

import (
	"iter"
	"sort"

	"example.org/attache/corpus"
	"example.org/attache/corpus/speech"
	"example.org/attache/corpus/text"
	"example.org/attache/index/internal/people"
	"example.org/attache/index/internal/postings"
	"example.org/attache/index/internal/store"
	"example.org/attache/index/rank"
)

// What is read around a passage, in sentences.
const (
	readBefore = 2
	readAfter  = 1
)

// window is a passage as the ranking reads it: with the sentences around it
// that belong to the same section and are of the same turn, or the question that
// it answers, and who says what in it.
func (a *asking) window(d *loadedDoc, h postings.Hit) rank.Passage {
	p := d.Passages[h.Passage]
	from, to := p.First, p.Last
	for from > max(0, p.First-readBefore) && d.LeadsTo(from) {
		from--
	}
	for to < min(len(d.Sentences), p.Last+readAfter) && d.Kind(d.Sentences[to]) == corpus.Body && d.LeadsTo(to) {
		to++
	}
	in := text.Span{Start: d.Sentences[from].Start, End: d.Sentences[to-1].End}
	w := rank.Passage{Document: d.ID, Language: d.Language, Number: h.Doc, Year: d.Published.Year, Month: d.Published.Month, Day: d.Published.Day, Offset: in.Start,
		Text:  d.In(in),
		First: p.First - from, Last: p.Last - from, Title: d.titles(in.Start), Score: float64(h.Score)}
	w.Sentences = make([]text.Span, 0, to-from)
	for _, s := range d.Sentences[from:to] {
		at := text.Span{Start: s.Start - in.Start, End: s.End - in.Start}
		w.Sentences = append(w.Sentences, at)
		if d.Kind(s) == corpus.Question {
			w.Asked = append(w.Asked, at)
		}
	}
	for n, s := range d.statementsIn(in) {
		if s.Known() && (a.spoken == nil || a.spoken[people.Ref{Doc: h.Doc, N: n}]) {
			w.Voices = append(w.Voices, rank.Voice{Span: text.Span{Start: s.Span.Start - in.Start, End: s.Span.End - in.Start}, Name: a.voice(h.Doc, d.Record, s)})
		}
	}
	w.OnlyVoices = a.spoken != nil
	return w
}

// statementsIn yields the statements that overlap a span, with their numbers. They
// are sorted by their beginnings and each lies within one paragraph, so that none
// which begins before the paragraph of the span overlaps it.
func (d *loadedDoc) statementsIn(in text.Span) iter.Seq2[int, *speech.Statement] {
	return func(yield func(int, *speech.Statement) bool) {
		begin := min(in.Start, d.Paragraph(in).Start)
		n := sort.Search(len(d.said), func(i int) bool { return d.said[i].Span.Start >= begin })
		for ; n < len(d.said) && d.said[n].Span.Start < in.End; n++ {
			if s := &d.said[n]; s.Span.Overlaps(in) && !yield(n, s) {
				return
			}
		}
	}
}

// voice is by what names the speaker of a statement is asked for: the person's,
// and that of whom the person speaks for.
func (a *asking) voice(doc int, d *store.Record, s *speech.Statement) string {
	name := a.speaker(doc, d, s)
	if s.Body != "" && s.Body != name {
		name += " " + s.Body
	}
	return name
}

// titles returns the document's title and the heading above an offset.
func (d *loadedDoc) titles(at int) string {
	above := sort.Search(len(d.Paragraphs), func(i int) bool { return d.Paragraphs[i].End > at })
	for i := above - 1; i >= 0; i-- {
		if p := d.Paragraphs[i]; p.Kind == corpus.Heading {
			return d.Title + "\n" + d.In(p.Span)
		}
	}
	return d.Title
}
