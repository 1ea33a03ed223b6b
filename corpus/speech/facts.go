package speech

import (
	"slices"
	"strings"
	"unicode"
)

// weigh scores phrase x as the speaker of a quotation.
func (a *attribution) weigh(s *surroundingsOf, x int) float64 {
	p := &a.phrases[x]
	f := &a.score
	place := a.placeOf(s, p)
	rel := a.relationTo(s, x)
	kind := p.kind.String()
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
	if p.verb >= 0 {
		v := a.token(p.verb)
		strength := "verb"
		if v.is(coreCue) {
			strength = "core"
		} else if v.is(strongCue) {
			strength = "cue"
		}
		f.fact("verb", strength, place, rel)
		f.fact("verb", strength, distance(s.at, p.verb))
		f.fact("tail", s.tail, "verb", strength, distance(s.at, p.verb))
		if v.is(coreCue) {
			f.fact("verb", v.key, place)
		}
	}
	if isSubject(p) > 0 {
		f.fact("order", a.order(x), place, rel)
	}
	if p.person >= 0 && slices.Contains(a.namedIn[a.items[s.at].quote], p.person) {
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

// order tells whether a phrase is the first subject of its sentence.
func (a *attribution) order(x int) string {
	for i := x - 1; i >= 0 && a.items[a.phrases[i].from].sent == a.items[a.phrases[x].from].sent; i-- {
		if isSubject(&a.phrases[i]) > 0 {
			return "later"
		}
	}
	return "first"
}

// touches reports whether only signs stand between a phrase and the quotation.
func (a *attribution) touches(s *surroundingsOf, p *phrase) bool {
	from, to := p.to, s.at
	if p.from > s.at {
		from, to = s.at+1, p.from
	}
	for i := from; i < to; i++ {
		if i-from > 2 || a.items[i].quote >= 0 || a.token(i).kind != sign {
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
	case p.person >= 0 && p.person == b.person:
		same = "same"
	case p.person >= 0 && b.person >= 0:
		same = "another"
	case p.kind == pronoun && b.gender != 0:
		same = "fits"
		if p.gender&b.gender == 0 {
			same = "clashes"
		}
	}
	a.score.fact("before", same, s.near)
	a.score.fact("before", same, s.near, s.lead, s.tail)
	a.score.fact("before", same, place)
}

// distance tells how far apart two items are.
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

// placeOf tells where a phrase stands, seen from a quotation.
func (a *attribution) placeOf(s *surroundingsOf, p *phrase) string {
	here, there := a.items[s.at], a.items[p.from]
	switch {
	case here.sent == there.sent && p.from < s.at:
		return "before"
	case here.sent == there.sent:
		return "after"
	case here.para == there.para && there.sent == here.sent-1:
		return "sentence before"
	case here.para == there.para && there.sent < here.sent:
		return "earlier here"
	case here.para == there.para && there.sent == here.sent+1:
		return "sentence after"
	case here.para == there.para:
		return "later here"
	case there.para == here.para-1 && there.sent == a.lastSentence(there.para):
		return "end of paragraph before"
	case there.para == here.para-1:
		return "paragraph before"
	}
	return "far before"
}

func (a *attribution) lastSentence(para int32) int32 {
	if i := a.byPara[para+1] - 1; i >= 0 {
		return a.items[a.phrases[i].from].sent
	}
	return -1
}

// relationTo refines what a phrase is in its clause by the cues beside the
// quotation.
func (a *attribution) relationTo(s *surroundingsOf, x int) string {
	p := &a.phrases[x]
	switch {
	case p.relation == speaking && p.verb == s.cueBefore:
		return "speaks before"
	case p.relation == speaking && p.verb == s.cueAfter:
		return "speaks after"
	case p.relation == inverted && p.verb == s.cueAfter:
		return "inverted after"
	case p.from > s.at && a.frames(p):
		return "frames"
	case p.from < s.at && s.cueBefore > p.to && (p.relation == speaking || p.relation == subject) && a.inherits(s, x):
		return "goes on to " + a.form(s.cueBefore)
	case p.relation == told && p.from < s.at && s.cueBefore == p.from-1:
		return "is told"
	}
	return p.relation.String()
}

// frames reports whether a phrase and its verb stand behind a comma and make
// what comes before them speech: "The plan is dead, Lee said on Monday."
func (a *attribution) frames(p *phrase) bool {
	if p.verb < 0 || !a.token(p.verb).is(coreCue) {
		return false
	}
	return p.relation == speaking && a.token(p.from-1).key == "," || p.relation == inverted
}

// form tells a participle from other verbs.
func (a *attribution) form(i int) string {
	if strings.HasSuffix(a.token(i).key, "ing") {
		return "saying"
	}
	return "say"
}

// inherits reports whether phrase x is the last subject before the cue that
// precedes the quotation, and that cue has no subject of its own.
func (a *attribution) inherits(s *surroundingsOf, x int) bool {
	if a.items[a.phrases[x].from].sent != a.items[s.at].sent {
		return false
	}
	for i := x + 1; i < len(a.phrases) && a.phrases[i].from < s.cueBefore; i++ {
		if r := a.phrases[i].relation; r == subject || r == speaking {
			return false
		}
	}
	for i := x + 1; i < len(a.phrases) && a.phrases[i].from < s.at; i++ {
		if a.phrases[i].verb == s.cueBefore {
			return false
		}
	}
	return true
}

// between counts the possible subjects between a phrase and the quotation.
func (a *attribution) between(s *surroundingsOf, x int) string {
	n := 0
	p := &a.phrases[x]
	if p.from < s.at {
		for i := x + 1; i < len(a.phrases) && a.phrases[i].from < s.at && n < 3; i++ {
			n += isSubject(&a.phrases[i])
		}
	} else {
		for i := x - 1; i >= 0 && a.phrases[i].from > s.at && n < 3; i-- {
			n += isSubject(&a.phrases[i])
		}
	}
	return [...]string{"0", "1", "2", "more"}[n]
}

func isSubject(p *phrase) int {
	if p.relation == subject || p.relation == speaking || p.relation == inverted || p.relation == source {
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
	f.fact("none", caseOf(a.ms[q].In(a.body)), s.size)
	if q > 0 {
		before := "speaks"
		if s.previous < 0 {
			before = "none"
		}
		f.fact("none before", before, s.near)
		f.fact("none before", before, s.near, s.lead)
	}
	if end := a.endOf(int32(q)); strings.ContainsRune(",.!?", end) {
		f.fact("none ends", string(end), s.tail)
	} else {
		f.fact("none ends", s.size, s.lead)
	}
	if t := a.token(s.at - 1); s.at > s.from && t.kind == word && !t.caps {
		f.fact("none after", t.key)
	}
	return f.take()
}

// caseOf tells a title from a sentence by its capitals.
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
