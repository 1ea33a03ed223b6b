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
	r := newReader(q, 64)
	r.read(c.Span.In(c.Passage.Text), c.Passage.Language)
	s := sentence{tokens: r.tokens, marks: r.marks}
	r.kind(new(Features), &s)
	var places []text.Span
	if s.telling != nil && slices.Contains(brief, q.Kind) {
		places = append(places, r.told(&s))
	} else {
		places = r.own(&s)
	}
	for i := range places {
		places[i].Start += c.Span.Start
		places[i].End += c.Span.Start
	}
	return places
}

// own are the places of the question's own words.
func (r *reader) own(s *sentence) (places []text.Span) {
	for _, m := range s.marks {
		if m.level >= Own && !r.q.Units[m.unit].Light {
			t := s.tokens[m.token]
			last := s.tokens[m.token+max(int(t.Words), 1)-1]
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
