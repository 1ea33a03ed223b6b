package rank

import (
	"slices"
	"strings"

	"example.org/attache/corpus/text"
)

// How well a reply speaks of what it was asked: its first sentence that says
// something and those that are on it by their own words, and the others.
const (
	repliesAtOnce = 0.8
	repliesLater  = 0.5
)

// reply adds to s, which is sentence i of a passage or a part of it, what the
// question holds that its speaker answers.
func (r *reader) reply(s *sentence, p *Passage, all []sentence, i int) {
	asked := func(n int) bool {
		return slices.ContainsFunc(p.Asked, func(s text.Span) bool { return s.Overlaps(all[n].span) })
	}
	share, j := repliesAtOnce, i-1
	for ; j >= 0 && !asked(j); j-- {
		if !p.oneVoice(all[j].span, all[i].span) {
			return
		}
		if !all[j].isBrief() {
			share = repliesLater
		}
	}
	end := j
	for ; j >= 0 && asked(j) && share < repliesAtOnce; j-- {
		if r.sharesTopic(s, &all[j]) {
			share = repliesAtOnce
		}
	}
	for j = end; j >= 0 && asked(j); j-- {
		for u, l := range all[j].levels {
			if s.levels[u] = max(s.levels[u], share*l); share*l >= Own {
				s.traces.join(&r.q.Units[u].traces)
			}
		}
	}
}

// sharesTopic reports whether two sentences have a word of what the question asks
// about in common.
func (r *reader) sharesTopic(a, b *sentence) bool {
	for i := range r.q.Units {
		if !r.q.Units[i].Light && !r.q.speaker.has(i) && a.levels[i] >= Own && b.levels[i] >= Own {
			return true
		}
	}
	return false
}

// fewWords is how many words a sentence has less than that only opens a reply:
// "Well, look.", "We do."
const fewWords = 6

func (s *sentence) isBrief() bool { return len(s.tokens) < fewWords }

// mostOpened is how long a brief sentence and those behind it are together at most, in
// bytes.
const mostOpened = 350

// opened is sentence i of a passage, together with those behind it as long as it is a
// brief one of a longer statement: by itself it would say too little.
func (r *reader) opened(p *Passage, all []sentence, i int) sentence {
	s := all[i]
	for next := i + 1; s.isBrief() && next < len(all) && p.goesOn(&s, &all[next]); next++ {
		s.span.End = all[next].span.End
		s.tokens = r.tokens[s.first : all[next].first+len(all[next].tokens)]
	}
	if len(s.tokens) == len(all[i].tokens) {
		return s
	}
	from, _ := slices.BinarySearchFunc(r.marks, s.first, func(m mark, at int) int { return m.token - at })
	to, _ := slices.BinarySearchFunc(r.marks, s.first+len(s.tokens), func(m mark, at int) int { return m.token - at })
	s.marks = r.marks[from:to]
	s.levels, s.traces = r.levels(s.marks), r.traces(&s)
	return s
}

// goesOn reports whether one statement, which is no question, holds two sentences in one
// paragraph, so that they can be quoted as one.
func (p *Passage) goesOn(s, next *sentence) bool {
	return next.span.End-s.span.Start <= mostOpened && p.oneVoice(s.span, next.span) && !strings.Contains(p.Text[s.span.End:next.span.Start], "\n") &&
		!slices.ContainsFunc(p.Asked, func(q text.Span) bool { return q.Overlaps(s.span) })
}

// oneVoice reports whether one statement holds both of two sentences.
func (p *Passage) oneVoice(a, b text.Span) bool {
	return slices.ContainsFunc(p.Voices, func(v Voice) bool { return v.Span.Overlaps(a) && v.Span.Overlaps(b) })
}
