package rank

import (
	"slices"

	"attache/corpus/text"
	"attache/index/lexis"
)

// brief are the kinds of things that a few words tell.
var brief = []lexis.Kind{lexis.Person, lexis.Place, lexis.Time, lexis.Number, lexis.Duration}

// Bold returns the places, in the passage's text, of the candidate's words that
// tell what is asked for, where that is a name, a place, a date or a number;
// otherwise those of the question's words.
func Bold(q *Question, c *Candidate) []text.Span {
	r := newReader(q)
	r.read(c.Passage.Text, c.Passage.Language)
	s := r.part(sentence{tokens: r.tokens, marks: r.marks}, c.Span)
	r.kind(new(Features), &s)
	if s.telling != nil && slices.Contains(brief, q.Kind) {
		return []text.Span{r.told(&s)}
	}
	var places []text.Span
	for _, m := range s.marks {
		if m.level >= Own && !q.Units[m.unit].Light {
			t := r.tokens[m.token]
			last := r.tokens[m.token+max(int(t.Words), 1)-1]
			places = append(places, text.Span{Start: int(t.Start), End: int(last.End)})
		}
	}
	return places
}

// told is the place of the words around the telling one that tell the same.
func (r *reader) told(s *sentence) text.Span {
	at := 0
	for &s.tokens[at] != s.telling {
		at++
	}
	from, to := at, at+1
	for from > 0 && r.shows(r.q.Kind, s, from-1) {
		from--
	}
	for to < len(s.tokens) && (r.shows(r.q.Kind, s, to) || s.tokens[to].Is(lexis.Digits)) {
		to++
	}
	return text.Span{Start: int(s.tokens[from].Start), End: int(s.tokens[to-1].End)}
}
