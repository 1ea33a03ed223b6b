package attribute

import (
	"slices"
	"strings"
	"unicode"

	"example.org/attache/corpus/speech/internal/clause"
	"example.org/attache/corpus/speech/internal/token"
	"example.org/attache/corpus/speech/internal/word"
)

// weigh scores phrase x as the speaker of a quotation.
func (a *attribution) weigh(s *surroundingsOf, x int) float64 {
	p := &a.phrases[x]
	f := &a.score
	place := a.placeOf(s, p)
	rel := a.relationTo(s, x)
	kind := p.Kind.String()
	f.fact(place, rel)
	f.fact(place, rel, "lead", s.lead)
	f.fact(place, rel, "tail", s.tail)
	f.fact(place, s.lead, s.tail)
	f.fact(place, kind)
	if s.framed {
		f.fact("framed", place, rel)
	}
	f.fact(rel, kind)
	f.fact(place, rel, "between", a.between(s, x))
	f.fact("size", s.size, place, rel)
	if p.Verb >= 0 {
		v := a.Token(p.Verb)
		strength := "verb"
		if v.Is(word.CoreCue) {
			strength = "core"
		} else if v.Is(word.StrongCue) {
			strength = "cue"
		}
		f.fact("verb", strength, place, rel)
		f.fact("verb", strength, distance(s.at, p.Verb))
		f.fact("tail", s.tail, "verb", strength, distance(s.at, p.Verb))
		if v.Is(word.CoreCue) {
			f.fact("verb", v.Key, place)
		}
	}
	if isSubject(p) > 0 {
		f.fact("order", a.order(x), place, rel)
	}
	if p.Person >= 0 && slices.Contains(a.namedIn[a.Items[s.at].Quote], p.Person) {
		f.fact("named in it", kind)
		f.fact("named in it", place, rel)
	}
	if a.touches(s, p) {
		f.fact("touches", place, rel, kind)
		f.fact("touches", place, s.lead, s.tail)
	}
	if s.previous >= 0 {
		a.compare(s, x, place)
	}
	return f.take()
}

// order is whether a phrase is the first subject of its sentence, as a feature.
func (a *attribution) order(x int) string {
	for i := x - 1; i >= 0 && a.Items[a.phrases[i].From].Sentence == a.Items[a.phrases[x].From].Sentence; i-- {
		if isSubject(&a.phrases[i]) > 0 {
			return "later"
		}
	}
	return "first"
}

// touches reports whether nothing but signs separates a phrase from the quotation.
func (a *attribution) touches(s *surroundingsOf, p *clause.Phrase) bool {
	from, to := p.To, s.at
	if p.From > s.at {
		from, to = s.at+1, p.From
	}
	for i := from; i < to; i++ {
		if i-from > 2 || a.Items[i].Quote >= 0 || a.Token(i).Kind != token.Sign {
			return false
		}
	}
	return true
}

// compare notes how phrase x goes with the speaker of the quotation before.
func (a *attribution) compare(s *surroundingsOf, x int, place string) {
	p, b := &a.phrases[x], &a.phrases[s.previous]
	same := "other"
	switch {
	case x == s.previous:
		same = "itself"
	case p.Person >= 0 && p.Person == b.Person:
		same = "same"
	case p.Person >= 0 && b.Person >= 0:
		same = "another"
	case p.Kind == clause.Pronoun && b.Gender != 0:
		same = "fits"
		if p.Gender&b.Gender == 0 {
			same = "clashes"
		}
	}
	a.score.fact("before", same, s.near)
	a.score.fact("before", same, s.near, s.lead, s.tail)
	a.score.fact("before", same, place)
}

// distance is the signed distance from item i to item j, in classes.
func distance(i, j int) string {
	d := j - i
	switch {
	case d < -12:
		return "-13"
	case d < -6:
		return "-7"
	case d < -3:
		return "-4"
	case d < -1:
		return "-2"
	case d < 0:
		return "-1"
	case d <= 1:
		return "1"
	case d <= 3:
		return "3"
	case d <= 6:
		return "6"
	case d <= 12:
		return "12"
	}
	return "13"
}

// placeOf is the place of a phrase relative to a quotation.
func (a *attribution) placeOf(s *surroundingsOf, p *clause.Phrase) string {
	here, there := a.Items[s.at], a.Items[p.From]
	switch {
	case here.Sentence == there.Sentence && p.From < s.at:
		return "before"
	case here.Sentence == there.Sentence:
		return "after"
	case here.Paragraph == there.Paragraph && there.Sentence == here.Sentence-1:
		return "sentence before"
	case here.Paragraph == there.Paragraph && there.Sentence < here.Sentence:
		return "earlier here"
	case here.Paragraph == there.Paragraph && there.Sentence == here.Sentence+1:
		return "sentence after"
	case here.Paragraph == there.Paragraph:
		return "later here"
	case there.Paragraph == here.Paragraph-1 && there.Sentence == a.lastSentence(there.Paragraph):
		return "end of paragraph before"
	case there.Paragraph == here.Paragraph-1:
		return "paragraph before"
	}
	return "far before"
}

func (a *attribution) lastSentence(para int32) int32 {
	if i := a.byPara[para+1] - 1; i >= 0 {
		return a.Items[a.phrases[i].From].Sentence
	}
	return -1
}

// relationTo refines what a phrase is in its clause by the cues beside the
// quotation.
func (a *attribution) relationTo(s *surroundingsOf, x int) string {
	p := &a.phrases[x]
	switch {
	case p.Relation == clause.Speaking && p.Verb == s.cueBefore:
		return "speaks before"
	case p.Relation == clause.Speaking && p.Verb == s.cueAfter:
		return "speaks after"
	case p.Relation == clause.Inverted && p.Verb == s.cueAfter:
		return "inverted after"
	case p.From > s.at && a.frames(p):
		return "frames"
	case p.From < s.at && s.cueBefore > p.To && (p.Relation == clause.Speaking || p.Relation == clause.Subject) && a.inherits(s, x):
		return "goes on to " + a.form(s.cueBefore)
	case p.Relation == clause.Told && p.From < s.at && s.cueBefore == p.From-1:
		return "is told"
	}
	return p.Relation.String()
}

// frames reports whether a phrase and its verb follow a comma and attribute the
// clause before them: "The plan is dead, Lee said on Monday."
func (a *attribution) frames(p *clause.Phrase) bool {
	if p.Verb < 0 || !a.Token(p.Verb).Is(word.CoreCue) {
		return false
	}
	return p.Relation == clause.Speaking && a.Token(p.From-1).Key == "," || p.Relation == clause.Inverted
}

// form distinguishes participles from other verbs.
func (a *attribution) form(i int) string {
	if strings.HasSuffix(a.Token(i).Key, "ing") {
		return "saying"
	}
	return "say"
}

// inherits reports whether phrase x is the last subject before the cue that
// precedes the quotation, and that cue has no subject of its own.
func (a *attribution) inherits(s *surroundingsOf, x int) bool {
	if a.Items[a.phrases[x].From].Sentence != a.Items[s.at].Sentence {
		return false
	}
	for i := x + 1; i < len(a.phrases) && a.phrases[i].From < s.cueBefore; i++ {
		if r := a.phrases[i].Relation; r == clause.Subject || r == clause.Speaking {
			return false
		}
	}
	for i := x + 1; i < len(a.phrases) && a.phrases[i].From < s.at; i++ {
		if a.phrases[i].Verb == s.cueBefore {
			return false
		}
	}
	return true
}

// between counts the possible subjects between a phrase and the quotation.
func (a *attribution) between(s *surroundingsOf, x int) string {
	n := 0
	p := &a.phrases[x]
	if p.From < s.at {
		for i := x + 1; i < len(a.phrases) && a.phrases[i].From < s.at && n < 3; i++ {
			n += isSubject(&a.phrases[i])
		}
	} else {
		for i := x - 1; i >= 0 && a.phrases[i].From > s.at && n < 3; i-- {
			n += isSubject(&a.phrases[i])
		}
	}
	return [...]string{"0", "1", "2", "more"}[n]
}

func isSubject(p *clause.Phrase) int {
	if p.Relation == clause.Subject || p.Relation == clause.Speaking || p.Relation == clause.Inverted || p.Relation == clause.Source {
		return 1
	}
	return 0
}

// weighNone scores that a quotation has no speaker.
func (a *attribution) weighNone(s *surroundingsOf, q int) float64 {
	f := &a.score
	f.fact("none")
	f.fact("none", s.lead, s.tail)
	f.fact("none", s.size)
	f.fact("none", s.size, s.lead)
	cue := "no cue"
	switch {
	case s.cueBefore >= 0 && s.cueAfter >= 0:
		cue = "both cues"
	case s.cueBefore >= 0:
		cue = "cue before"
	case s.cueAfter >= 0:
		cue = "cue after"
	}
	f.fact("none", cue)
	f.fact("none", cue, s.size)
	f.fact("none", caseOf(a.Quotes[q].In(a.Body)), s.size)
	if q > 0 {
		before := "speaks"
		if s.previous < 0 {
			before = "none"
		}
		f.fact("none before", before, s.near)
		f.fact("none before", before, s.near, s.lead)
	}
	if end := a.LastSign(int32(q)); strings.ContainsRune(",.!?", end) {
		f.fact("none ends", string(end), s.tail)
	} else {
		f.fact("none ends", s.size, s.lead)
	}
	if t := a.Token(s.at - 1); s.at > s.from && t.Kind == token.Word && !t.Caps {
		f.fact("none after", t.Key)
	}
	return f.take()
}

// caseOf distinguishes titles from sentences by their capitals.
func caseOf(s string) string {
	fields := strings.Fields(s)
	caps, long := 0, 0
	for _, w := range fields {
		if len(w) > 3 {
			long++
			if r := []rune(w)[0]; unicode.IsUpper(r) {
				caps++
			}
		}
	}
	switch {
	case long > 0 && caps == long && len(fields) > 1:
		return "title"
	case len(fields) > 0 && unicode.IsUpper([]rune(fields[0])[0]):
		return "sentence"
	}
	return "small"
}
