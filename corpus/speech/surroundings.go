package speech

import "strings"

// surroundingsOf is what is around one quotation in its sentence.
type surroundingsOf struct {
	at         int // its item
	from, to   int // its sentence
	cueBefore  int // item of the nearest cue before it, -1
	cueAfter   int
	framed     bool // "…, Lee said" makes the sentence around it speech
	lead, tail string
	size       string // of the quotation, in words
	previous   int    // phrase of the quotation before, -1
	near       string // how near that quotation is
}

// around reads the surroundings of quotation q.
func (a *attribution) around(q int) surroundingsOf {
	at := int(a.at[q])
	s := surroundingsOf{at: at, cueBefore: -1, cueAfter: -1, previous: -1}
	s.from, s.to = a.sentence(at)
	for i := at - 1; i >= max(s.from, at-farthestCue); i-- {
		if t := a.token(i); t.is(strongCue) && !t.caps && a.items[i].quote < 0 {
			s.cueBefore = i
			break
		}
	}
	for i := at + 1; i < min(s.to, at+farthestCue) && a.items[i].quote < 0; i++ {
		if t := a.token(i); t.is(strongCue) && !t.caps {
			s.cueAfter = i
			break
		}
	}
	s.framed = a.framed(&s)
	s.lead, s.tail = a.lead(&s), a.tail(&s)
	s.size = sizeOf(a.ms[q].In(a.body))
	if q > 0 {
		s.previous = a.chosen[q-1]
		s.near = a.nearness(q)
	}
	return s
}

// framed reports whether a phrase behind the quotation frames its sentence.
func (a *attribution) framed(s *surroundingsOf) bool {
	for i := a.phraseFrom(s.at); i < len(a.phrases) && a.phrases[i].from < min(s.to, s.at+farthestCue); i++ {
		if a.frames(&a.phrases[i]) {
			return true
		}
	}
	return false
}

// nearness tells how near the quotation before q is.
func (a *attribution) nearness(q int) string {
	m, b := a.ms[q], a.ms[q-1]
	switch {
	case b.open && m.para == b.para+1:
		return "goes on"
	case a.items[a.at[q]].sent == a.items[a.at[q-1]].sent:
		return "same sentence"
	case m.para == b.para && a.items[a.at[q]].sent == a.items[a.at[q-1]].sent+1:
		return "next sentence"
	case m.para == b.para:
		return "same paragraph"
	case m.para == b.para+1:
		return "next paragraph"
	}
	return "far"
}

// lead tells what comes before a quotation in its sentence.
func (a *attribution) lead(s *surroundingsOf) string {
	switch {
	case s.at == s.from && s.at > 0 && a.token(s.at-1).key == ":" && a.items[s.at-1].para == a.items[s.at].para-1:
		return "announced" // by the end of the paragraph before
	case s.at == s.from:
		return "opens"
	}
	switch t := a.token(s.at - 1); {
	case a.items[s.at-1].quote >= 0:
		return "quote"
	case t.key == ":":
		return "colon"
	case t.key == ",":
		if s.cueBefore >= 0 {
			return "cue comma"
		}
		return "comma"
	case t.key == "that" || t.key == "as" || t.key == "the" || t.key == "a" || t.key == "and" || t.key == "of" || t.key == "to":
		return t.key
	case t.is(strongCue):
		return "cue"
	case t.kind == sign:
		return "sign"
	}
	return "words"
}

// longestByline is how many items name the speaker behind a quotation and a
// dash.
const longestByline = 14

// tail tells what follows a quotation in its sentence.
func (a *attribution) tail(s *surroundingsOf) string {
	i, dash := s.at+1, false
	for i < s.to && a.items[i].quote < 0 && a.token(i).kind == sign && a.token(i).key != ":" {
		dash = dash || strings.Contains("-–—", a.token(i).key)
		i++
	}
	switch {
	case i >= s.to:
		return "ends"
	case dash && a.token(i).caps && s.cueAfter < 0 && s.to-i <= longestByline:
		return "byline"
	case a.items[i].quote >= 0:
		return "quote"
	case a.token(i).is(strongCue) && !a.token(i).caps:
		return "cue"
	case s.cueAfter >= 0 && s.cueAfter-i < 5 && (a.token(i).caps || a.token(i).key == "he" || a.token(i).key == "she"):
		return "speaker"
	case s.cueAfter >= 0:
		return "words cue"
	}
	return "words"
}

func sizeOf(s string) string {
	n := 1 + strings.Count(s, " ")
	switch {
	case n <= 2:
		return "scrap"
	case n <= 4:
		return "short"
	case n <= 9:
		return "middling"
	}
	return "long"
}
