package rank

import (
	"strings"

	"example.org/attache/corpus/text"
	"example.org/attache/index/lexis"
)

// brief are the kinds of things that a few words tell.
var brief = [lexis.Kinds]bool{lexis.Person: true, lexis.Place: true, lexis.Time: true, lexis.Number: true, lexis.Duration: true}

// Bold returns the place, in the passage's text, of the candidate's words that
// tell what is asked for, where that is a name, a place, a date or a number.
// There is none for other questions, where nothing of the kind is told, and
// where two things tell it about as well. People are where names says, places in
// the passage's text.
func Bold(q *Question, c *Candidate, names []text.Span) []text.Span {
	if !brief[q.Kind] {
		return nil
	}
	r := newReader(q)
	defer r.close()
	t := c.Span.In(c.Passage.Text)
	r.read(t, c.Passage.Language)
	s := sentence{tokens: r.tokens, marks: r.marks}
	var all []extent
	if q.Kind == lexis.Person {
		all = r.named(&s, c.Span.Start, names)
	} else {
		all = r.told(&s, t)
	}
	var best extent
	most, second := 0.0, 0.0 // how near the best is, and the next that is as full
	fullest := -1
	for _, e := range all {
		full, near := r.fullness(&s, e), r.standsNear(&s, e)
		switch {
		case full > fullest:
			best, fullest, most, second = e, full, near, 0
		case full == fullest && near > most:
			best, most, second = e, near, most
		case full == fullest:
			second = max(second, near)
		}
	}
	if best.end == 0 || second > most*plainly {
		return nil
	}
	first, last := s.tokens[best.first], s.tokens[best.end-1]
	return []text.Span{{Start: c.Span.Start + int(first.Start), End: c.Span.Start + int(last.End)}}
}

// plainly is how near the next best may come to what is plainly told.
const plainly = 0.9

// told are the words that tell what is asked for.
func (r *reader) told(s *sentence, t string) (all []extent) {
	for i := 0; i < len(s.tokens); i++ {
		if !r.shows(r.q.Kind, s, i) || s.tokens[i].Start > 0 && t[s.tokens[i].Start-1] == '[' { // a note's number
			continue
		}
		if e := r.around(s, t, i); r.q.Kind != lexis.Place || placed(s, e) {
			all = append(all, e)
			i = max(i, e.end-1)
		}
	}
	return all
}

// placed reports whether words follow one that places something: "in the
// Philippines", and not the Philippine one.
func placed(s *sentence, e extent) bool {
	for i := e.first - 1; i >= max(e.first-2, 0) && s.tokens[i].Is(lexis.Stop); i-- {
		if s.tokens[i].Tells.Has(lexis.Place) {
			return true
		}
	}
	return false
}

// named are the people whom the question does not name, who are where names says
// in a text of which the sentence begins at start.
func (r *reader) named(s *sentence, start int, names []text.Span) (all []extent) {
	for _, name := range names {
		e, asked := extent{first: -1}, false
		for i, t := range s.tokens {
			if start+int(t.Start) < name.Start || start+int(t.End) > name.End {
				continue
			}
			if e.first < 0 {
				e.first = i
			}
			e.end = i + 1
			_, is := r.match(&s.tokens[i])
			asked = asked || is
		}
		if e.first >= 0 && !asked {
			all = append(all, e)
		}
	}
	return all
}

// extent is the words from first up to end that tell one thing together.
type extent struct{ first, end int }

// around returns the words around i that tell the same: all of "7 October
// 2023", "twelve years", "the summer of 2015".
func (r *reader) around(s *sentence, t string, i int) extent {
	k := r.q.Kind
	joined := func(i int) bool { // with the word before
		if s.tokens[i].Start <= s.tokens[i-1].End {
			return true // pairs of characters overlap
		}
		between := t[s.tokens[i-1].End:s.tokens[i].Start]
		return strings.Trim(between, " ,\u00a0") == "" || strings.TrimSpace(between) != between && strings.Trim(between, ". ") == ""
	}
	tells := func(i int) bool {
		switch {
		case r.shows(k, s, i):
			return true
		case k == lexis.Time || k == lexis.Number:
			return s.tokens[i].Is(lexis.Digits)
		case k == lexis.Place:
			return s.tokens[i].Is(lexis.Capital)
		case k == lexis.Duration:
			return s.tokens[i].Is(lexis.Digits) || s.tokens[i].Tells.Has(lexis.Number)
		}
		return false
	}
	told := extent{i, i + 1}
	for told.first > 0 && joined(told.first) && tells(told.first-1) {
		told.first--
	}
	for told.end < len(s.tokens) && joined(told.end) {
		if tells(told.end) {
			told.end++
		} else if told.end+1 < len(s.tokens) && s.tokens[told.end].Is(lexis.Stop) && k == lexis.Time && joined(told.end+1) && tells(told.end+1) {
			told.end += 2
		} else {
			break
		}
	}
	return told
}

// standsNear is how much of the question is near some words.
func (r *reader) standsNear(s *sentence, told extent) float64 {
	near := 0.0
	for i := told.first; i < told.end; i++ {
		near = max(near, r.closeness(s, i))
	}
	return near
}

// fullness is how much of what is asked for some words tell: of a date, whether
// they have a day, a month and a year; of a number, whether it counts what is
// asked for.
func (r *reader) fullness(s *sentence, told extent) (parts int) {
	switch r.q.Kind {
	case lexis.Time:
		var date [3]bool
		for i := told.first; i < told.end; i++ {
			t := s.tokens[i]
			switch {
			case year(t.Word):
				date[0] = true
			case r.q.analyzer.Month(s.tokens[i:]) > 0:
				date[1] = true
			case t.Is(lexis.Digits):
				date[2] = true
			}
		}
		for _, has := range date {
			if has {
				parts++
			}
		}
	case lexis.Number:
		for _, m := range s.marks {
			if d := m.token - told.end; m.unit == r.q.focus && d >= 0 && d < 3 {
				return 1
			}
		}
	}
	return parts
}
