package attribute

import (
	"strings"

	"example.org/attache/corpus/speech/internal/token"
	"example.org/attache/corpus/speech/internal/word"
)

// surroundingsOf describes the sentence around one quotation.
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
	at := int(a.At[q])
	s := surroundingsOf{at: at, cueBefore: -1, cueAfter: -1, previous: -1}
	s.from, s.to = a.Sentence(at)
	for i := at - 1; i >= max(s.from, at-farthestCue); i-- {
		if t := a.Token(i); t.Is(word.StrongCue) && !t.Caps && a.Items[i].Quote < 0 {
			s.cueBefore = i
			break
		}
	}
	for i := at + 1; i < min(s.to, at+farthestCue) && a.Items[i].Quote < 0; i++ {
		if t := a.Token(i); t.Is(word.StrongCue) && !t.Caps {
			s.cueAfter = i
			break
		}
	}
	s.framed = a.framed(&s)
	s.lead, s.tail = a.lead(&s), a.tail(&s)
	s.size = sizeOf(a.Quotes[q].In(a.Body))
	if q > 0 {
		s.previous = a.chosen[q-1]
		s.near = a.nearness(q)
	}
	return s
}

// framed reports whether a phrase behind the quotation frames its sentence.
func (a *attribution) framed(s *surroundingsOf) bool {
	for i := a.phraseFrom(s.at); i < len(a.phrases) && a.phrases[i].From < min(s.to, s.at+farthestCue); i++ {
		if a.frames(&a.phrases[i]) {
			return true
		}
	}
	return false
}

// nearness is how near the quotation before q is.
func (a *attribution) nearness(q int) string {
	m, b := a.Quotes[q], a.Quotes[q-1]
	switch {
	case b.Open && m.Paragraph == b.Paragraph+1:
		return "goes on"
	case a.Items[a.At[q]].Sentence == a.Items[a.At[q-1]].Sentence:
		return "same sentence"
	case m.Paragraph == b.Paragraph && a.Items[a.At[q]].Sentence == a.Items[a.At[q-1]].Sentence+1:
		return "next sentence"
	case m.Paragraph == b.Paragraph:
		return "same paragraph"
	case m.Paragraph == b.Paragraph+1:
		return "next paragraph"
	}
	return "far"
}

// lead classifies the text before a quotation in its sentence.
func (a *attribution) lead(s *surroundingsOf) string {
	switch {
	case s.at == s.from && s.at > 0 && a.Token(s.at-1).Key == ":" && a.Items[s.at-1].Paragraph == a.Items[s.at].Paragraph-1:
		return "announced" // by the end of the paragraph before
	case s.at == s.from:
		return "opens"
	}
	switch t := a.Token(s.at - 1); {
	case a.Items[s.at-1].Quote >= 0:
		return "quote"
	case t.Key == ":":
		return "colon"
	case t.Key == ",":
		if s.cueBefore >= 0 {
			return "cue comma"
		}
		return "comma"
	case t.Key == "that" || t.Key == "as" || t.Key == "the" || t.Key == "a" || t.Key == "and" || t.Key == "of" || t.Key == "to":
		return t.Key
	case t.Is(word.StrongCue):
		return "cue"
	case t.Kind == token.Sign:
		return "sign"
	}
	return "words"
}

// longestByline is how many items name the speaker behind a quotation and a
// dash.
const longestByline = 14

// tail classifies the text after a quotation in its sentence.
func (a *attribution) tail(s *surroundingsOf) string {
	i, dash := s.at+1, false
	for i < s.to && a.Items[i].Quote < 0 && a.Token(i).Kind == token.Sign && a.Token(i).Key != ":" {
		dash = dash || strings.Contains("-–—", a.Token(i).Key)
		i++
	}
	switch {
	case i >= s.to:
		return "ends"
	case dash && a.Token(i).Caps && s.cueAfter < 0 && s.to-i <= longestByline:
		return "byline"
	case a.Items[i].Quote >= 0:
		return "quote"
	case a.Token(i).Is(word.StrongCue) && !a.Token(i).Caps:
		return "cue"
	case s.cueAfter >= 0 && s.cueAfter-i < 5 && (a.Token(i).Caps || a.Token(i).Key == "he" || a.Token(i).Key == "she"):
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
