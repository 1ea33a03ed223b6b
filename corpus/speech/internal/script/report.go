package script

import (
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"example.org/attache/corpus/speech"
	"example.org/attache/corpus/speech/internal/limit"
	"example.org/attache/corpus/text"
)

// quotations attributes the quotations.
func (r *scripted) quotations() []speech.Statement {
	out := make([]speech.Statement, len(r.marks))
	for q, m := range r.marks {
		out[q] = speech.Statement{Span: m.Span, Person: speech.NoPerson}
		left, right := r.around(q)
		n, cue, ok := r.speaker(left, right)
		if !ok && q > 0 && r.goesOn(q, left, right) {
			out[q].Person, out[q].Written, out[q].Cue = out[q-1].Person, out[q-1].Written, out[q-1].Cue
			continue
		}
		if out[q].Cue = cue; n != nil {
			out[q].Person, out[q].Written = n.person, n.all()
		} else if body := r.bodyIn(left); ok && body.Len() > 0 {
			out[q].Body, out[q].Written = body.In(r.written), body
		}
	}
	return out
}

// Of reported speech in such a script.
const (
	fewestSigns = 8  // beside the speaker and the verb
	mostBetween = 14 // signs between a Chinese name and its verb
	mostBehind  = 6  // signs behind a verb that ends its sentence
)

// reported finds the sentences that report what somebody said, in the plain
// cases: in Chinese a name and its verb with what is said behind them, in
// Japanese and Korean a subject and what is said, joined to a verb at the end.
func (r *scripted) reported() []speech.Statement {
	var out []speech.Statement
	q := 0
	for _, s := range r.t.Sentences {
		limit.Check(r.t.Over)
		for q < len(r.marks) && r.marks[q].Outer.End <= s.Start {
			q++
		}
		inside := 0
		for k := q; k < len(r.marks) && r.marks[k].Outer.Start < s.End; k++ {
			inside += r.marks[k].Len()
		}
		if 2*inside > s.Len() {
			continue
		}
		find := r.reportedAhead
		if len(r.quoting) > 0 {
			find = r.reportedBehind
		}
		n, cue := find(s)
		body := r.bodyIn(s)
		if n != nil {
			out = append(out, speech.Statement{Span: s, Kind: speech.Reported, Person: n.person, Written: n.all(), Cue: cue})
		} else if cue.Len() > 0 && body.Len() > 0 {
			out = append(out, speech.Statement{Span: s, Kind: speech.Reported, Person: speech.NoPerson, Body: body.In(r.written), Written: body, Cue: cue})
		}
	}
	return out
}

// bodyIn is the body that opens a span as its subject: 외교부는, 外務省は, 外交部.
func (r *scripted) bodyIn(s text.Span) text.Span {
	in := s.In(r.t.Body)
	from := len(in) - len(strings.TrimLeft(in, " \n　"))
	n := prefix(in[from:], r.bodies)
	rest := in[from+n:]
	if n == 0 || len(r.subject) > 0 && prefix(rest, r.subject) == 0 || len(r.subject) == 0 && prefix(rest, r.said) == 0 {
		return text.Span{}
	}
	return text.Span{Start: s.Start + from, End: s.Start + from + n}
}

// reportedAhead reads "Wang said, …".
func (r *scripted) reportedAhead(s text.Span) (*naming, text.Span) {
	all := r.within(s)
	from := r.bodyIn(s).End
	switch {
	case len(all) > 0:
		from = all[0].all().End
	case from == 0:
		return nil, text.Span{}
	}
	in := text.Span{Start: from, End: s.End}.In(r.t.Body)
	signs := 0
	for at, c := range in {
		if signs++; signs > mostBetween || strings.ContainsRune("，,；;：:“「", c) {
			break
		}
		n := prefix(in[at:], r.said)
		if n == 0 || slices.Contains(r.quotes, in[at:at+n]) {
			continue
		}
		v := text.Span{Start: from + at, End: from + at + n}
		rest := in[at+n:]
		if utf8.RuneCountInString(rest) < fewestSigns || startsQuoted(rest) ||
			utf8.RuneCountInString(in[at:at+n]) == 1 && at > 0 && !strings.HasPrefix(rest, "，") {
			return nil, v
		}
		return r.subjectIn(text.Span{Start: s.Start, End: v.Start}), v
	}
	return nil, text.Span{}
}

// startsQuoted reports whether s opens with a quotation mark, behind signs.
func startsQuoted(s string) bool {
	s = strings.TrimLeft(s, "，,：: ")
	return strings.HasPrefix(s, "“") || strings.HasPrefix(s, "\"") || strings.HasPrefix(s, "「")
}

// reportedBehind reads "Lee-subject … that said."
func (r *scripted) reportedBehind(s text.Span) (*naming, text.Span) {
	in := strings.TrimRight(s.In(r.t.Body), stops+". ")
	from := max(0, len(in)-longestRun)
	for from < len(in) && !utf8.RuneStart(in[from]) {
		from++
	}
	for at := range in[from:] {
		at += from
		n := prefix(in[at:], r.said)
		if n == 0 || utf8.RuneCountInString(in[at+n:]) > mostBehind {
			continue
		}
		before := strings.TrimRight(in[:at], " ")
		joined := suffixIn(before, r.quoting)
		if joined == 0 || strings.HasSuffix(before[:len(before)-joined], "」") || strings.HasSuffix(before[:len(before)-joined], "”") {
			continue
		}
		verb := text.Span{Start: s.Start + at, End: s.Start + at + n}
		found, unclear := r.markedIn(text.Span{Start: s.Start, End: s.Start + len(before)})
		if body := r.bodyIn(s); found == nil && !unclear && body.Len() > 0 && utf8.RuneCountInString(r.t.Body[body.End:s.Start+len(before)]) >= fewestSigns {
			return nil, verb
		}
		if found == nil || utf8.RuneCountInString(r.t.Body[found.all().End:s.Start+len(before)]) < fewestSigns {
			return nil, text.Span{}
		}
		return found, verb
	}
	return nil, text.Span{}
}

// stops end a sentence.
const stops = "。！？!?．\n"

// around is the text before and behind quotation q in its sentence, up to other
// quotations.
func (r *scripted) around(q int) (left, right text.Span) {
	m := r.marks[q].Outer
	p := r.t.Paragraphs[r.marks[q].Paragraph]
	left, right = text.Span{Start: p.Start, End: m.Start}, text.Span{Start: m.End, End: p.End}
	if q > 0 && r.marks[q-1].Outer.End <= m.Start {
		left.Start = max(left.Start, r.marks[q-1].Outer.End)
	}
	if q+1 < len(r.marks) && r.marks[q+1].Outer.Start >= m.End {
		right.End = min(right.End, r.marks[q+1].Outer.Start)
	}
	left.Start = r.lastStop(left)
	in := right.In(r.t.Body)
	if at := strings.IndexAny(in, stops); at >= 0 {
		right.End = right.Start + at
	} else if at := strings.Index(in, ". "); at >= 0 {
		right.End = right.Start + at
	}
	return left, right
}

// farthestStop is how far back the beginning of a sentence is looked for, in
// bytes.
const farthestStop = 1500

// lastStop is where the last sentence of a span begins.
func (r *scripted) lastStop(s text.Span) int {
	s.Start = max(s.Start, s.End-farthestStop)
	for s.Start < s.End && !utf8.RuneStart(r.t.Body[s.Start]) {
		s.Start++
	}
	in := s.In(r.t.Body)
	at := strings.LastIndexAny(in, stops)
	if at >= 0 {
		_, size := utf8.DecodeRuneInString(in[at:])
		at += size
	}
	return s.Start + max(0, at, strings.LastIndex(in, ". ")+1)
}

// goesOn reports whether a quotation has nothing beside it and follows
// another, or one that its paragraph left open.
func (r *scripted) goesOn(q int, left, right text.Span) bool {
	m, b := r.marks[q], r.marks[q-1]
	if b.Open && m.Paragraph == b.Paragraph+1 {
		return true
	}
	bare := strings.Trim(left.In(r.t.Body)+right.In(r.t.Body), " ，,。．.") == ""
	return bare && m.Paragraph == b.Paragraph && strings.Trim(r.t.Body[b.Outer.End:m.Outer.Start], " ，,。．.") == ""
}

// speaker finds who says a quotation between left and right: nil for somebody
// unknown.
func (r *scripted) speaker(left, right text.Span) (*naming, text.Span, bool) {
	if len(r.quoting) > 0 {
		return r.marked(left, right)
	}
	if v := r.saidAtEnd(left); v.Len() > 0 {
		if n := r.subjectIn(text.Span{Start: left.Start, End: v.Start}); n != nil {
			return n, v, true
		}
		return r.pronounIn(text.Span{Start: left.Start, End: v.Start}), v, true
	}
	in := right.In(r.t.Body)
	for at := range in {
		if n := prefix(in[at:], r.said); n > 0 && at < 60 {
			v := text.Span{Start: right.Start + at, End: right.Start + at + n}
			subject := text.Span{Start: right.Start, End: v.Start}
			if n := r.subjectIn(subject); n != nil && r.onlyPlaces(r.t.Body[right.Start:n.all().Start]) {
				return n, v, true
			}
			return r.pronounIn(subject), v, true
		}
	}
	return nil, text.Span{}, false
}

// onlyPlaces reports whether s is nothing but the countries and bodies that
// precede an office.
func (r *scripted) onlyPlaces(s string) bool {
	for s = strings.Trim(s, " ，,"); s != ""; {
		n := prefix(s, r.place)
		if n == 0 {
			return false
		}
		s = s[n:]
	}
	return true
}

// saidAtEnd is the verb of speech with which a span ends, but for a few signs
// and, before a colon, words.
func (r *scripted) saidAtEnd(s text.Span) (verb text.Span) {
	in := strings.TrimRight(s.In(r.t.Body), " ，,：:")
	for at := range in {
		if n := prefix(in[at:], r.said); n > 0 && (at+n == len(in) || utf8.RuneCountInString(in[at+n:]) <= 8 && !strings.ContainsAny(in[at+n:], "，,；;")) {
			return text.Span{Start: s.Start + at, End: s.Start + at + n}
		}
	}
	return verb
}

// within are the names between two places.
func (r *scripted) within(s text.Span) []naming {
	from := sort.Search(len(r.found), func(i int) bool { return r.found[i].name.Start >= s.Start })
	to := from
	for to < len(r.found) && r.found[to].name.End <= s.End {
		to++
	}
	return r.found[from:to]
}

// subjectIn is the only name in a span that is no object; of two the nearest
// to the end, where nothing but signs parts it from there.
func (r *scripted) subjectIn(s text.Span) *naming {
	var found *naming
	all := r.within(s)
	for i := range all {
		n := &all[i]
		before := r.t.Body[s.Start:n.all().Start]
		before = before[:r.overPlaces(before)]
		if suffixIn(before, r.of) > 0 || strings.HasPrefix(r.t.Body[n.all().End:], "的") {
			continue
		}
		if found != nil && found.person != n.person && s.End-n.all().End > 24 {
			return nil
		}
		found = n
	}
	return found
}

// pronounIn is who is named before the sentence of a span that has a pronoun
// for its subject, or none at all: the only person of the two sentences
// before it.
func (r *scripted) pronounIn(s text.Span) *naming {
	in := strings.Trim(s.In(r.t.Body), " ，,")
	if in != "" && prefix(in, r.he) == 0 {
		return nil
	}
	before := text.Span{Start: 0, End: s.Start}
	for range 3 {
		before.End = r.lastStop(text.Span{Start: 0, End: before.End})
		before.End = beforeLast(r.t.Body[:before.End])
	}
	before = text.Span{Start: before.End, End: s.Start}
	var found *naming
	all := r.within(before)
	for i := range all {
		if found != nil && found.person != all[i].person {
			return nil
		}
		found = &all[i]
	}
	return found
}

// marked finds the speaker where a sign joins the quotation to its verb, as in
// Japanese and Korean: the last name before the quotation that is marked as the
// subject, one between it and the verb, or the subject of the sentence before.
func (r *scripted) marked(left, right text.Span) (*naming, text.Span, bool) {
	in := strings.TrimLeft(right.In(r.t.Body), " ")
	skipped := right.Len() - len(in)
	n := prefix(in, r.quoting)
	if n == 0 {
		return nil, text.Span{}, false
	}
	v := r.verbWithin(text.Span{Start: right.Start + skipped + n, End: right.End})
	if v.Len() == 0 {
		return nil, v, false
	}
	for _, s := range []text.Span{{Start: right.Start, End: v.Start}, left} {
		if found, unclear := r.markedIn(s); found != nil || unclear {
			return found, v, true
		}
	}
	in = strings.TrimSpace(left.In(r.t.Body))
	if in == "" || prefix(in, r.he) > 0 {
		end := beforeLast(r.t.Body[:left.Start])
		s := text.Span{Start: r.lastStop(text.Span{Start: 0, End: end}), End: end}
		if found, _ := r.markedIn(s); found != nil && r.namesOnly(s, found.person) {
			return found, v, true
		}
	}
	return nil, v, true
}

// namesOnly reports whether a span names nobody but a person.
func (r *scripted) namesOnly(s text.Span, person int) bool {
	return !slices.ContainsFunc(r.within(s), func(n naming) bool { return n.person != person })
}

// verbWithin is the first verb of speech of a span, near its beginning.
func (r *scripted) verbWithin(s text.Span) text.Span {
	const near = 120
	in := s.In(r.t.Body)
	for at := range in {
		if n := prefix(in[at:], r.said); n > 0 && at < near {
			return text.Span{Start: s.Start + at, End: s.Start + at + n}
		}
	}
	return text.Span{}
}

// markedIn is the person marked as the subject in a span; none, and unclear,
// where two are.
func (r *scripted) markedIn(s text.Span) (found *naming, unclear bool) {
	all := r.within(s)
	for i := range all {
		n := &all[i]
		if prefix(strings.TrimLeft(r.t.Body[n.all().End:], "（）()"), r.subject) == 0 {
			continue
		}
		if found != nil && found.person != n.person {
			return nil, true
		}
		found = n
	}
	return found, false
}
