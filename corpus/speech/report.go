package speech

import (
	"strings"
	"unicode/utf8"

	"example.org/attache/corpus/text"
)

// report finds speakers and reported speech in a language other than English, by
// rules over the words of its file speech.txt. It takes the plain cases only, and
// leaves the others open.
type report struct {
	*outline
	*grammar
	people   []person
	mentions []mention
	at       map[int]*mention // by the item where the name begins
	last     []teller         // of each quotation so far
	stems    map[string]int   // of family names: the person, -1 where several have it
}

// teller is who says a quotation: person is NoPerson where it is nobody known.
type teller struct {
	person       int
	written, cue text.Span
}

var untold = teller{person: NoPerson}

// How far from a quotation its verb and its speaker are looked for, in items.
const (
	tailReach  = 5
	nameReach  = 14
	leadReach  = 40
	meantReach = 200 // of a pronoun
)

// report attributes the quotations of a text in language l.
func (r *reading) report(l *grammar) []Statement {
	p := &report{outline: outlineOf(r.text.Body, r.toks, r.marks), grammar: l, people: r.people, mentions: r.mentions, at: map[int]*mention{}}
	for i := range r.mentions {
		if h := p.home[r.mentions[i].from]; h >= 0 {
			p.at[int(h)] = &r.mentions[i]
		}
	}
	out := make([]Statement, len(r.marks))
	for q, m := range r.marks {
		r.text.ask()
		t := p.tellerOf(q)
		p.last = append(p.last, t)
		out[q] = Statement{Span: m.Span, Person: t.person, Written: t.written, Cue: t.cue}
	}
	for n := 0; n+1 < len(p.sents); n++ {
		r.text.ask()
		from, to := int(p.sents[n]), int(p.sents[n+1])
		if t := p.reportedBy(from, to); t.person != NoPerson {
			out = append(out, Statement{Span: p.spanOfItems(from, to), Kind: Reported, Person: t.person, Written: t.written, Cue: t.cue})
		}
	}
	return inOrder(out)
}

// tellerOf finds who says quotation q: by what follows it, by what comes before
// it in its sentence, or as what goes on.
func (p *report) tellerOf(q int) teller {
	at := int(p.outline.at[q])
	from, to := p.sentence(at)
	if t, ok := p.behind(at, to); ok {
		return t
	}
	if t, ok := p.before(at, from); ok {
		return t
	}
	if q > 0 && p.goesOn(q, from, to) {
		return p.last[q-1]
	}
	return untold
}

// goesOn reports whether a quotation has nothing beside it and follows
// another of the same paragraph, or one that its paragraph left open.
func (p *report) goesOn(q, from, to int) bool {
	m, b := p.ms[q], p.ms[q-1]
	if b.open && m.para == b.para+1 {
		return true
	}
	if m.para != b.para || p.items[p.outline.at[q]].sent > p.items[p.outline.at[q-1]].sent+1 {
		return false
	}
	for i := from; i < to; i++ {
		if p.items[i].quote < 0 && p.token(i).kind != sign {
			return false
		}
	}
	return true
}

// behind reads what follows the quotation at item at: "…, dit Ann Lee", "…,
// selon Ann Lee", "…, Ann Lee said".
func (p *report) behind(at, to int) (teller, bool) {
	i := at + 1
	for i < to && p.items[i].quote < 0 && p.token(i).kind == sign && p.token(i).key != ":" {
		i++
	}
	if n := p.sourceAt(i); n > 0 {
		return p.named(i, i+n, to)
	}
	for v := i; v < min(to, i+tailReach) && p.items[v].quote < 0; v++ {
		if p.at[v] != nil {
			return p.subjectFirst(v, to)
		}
		if g := p.saidBy(p.token(v).key); g != 0 {
			for v+1 < to && p.saidBy(p.token(v+1).key) != 0 {
				v++
			}
			return p.subjectOf(i, v, to, g)
		}
		if p.token(v).kind == sign {
			break
		}
	}
	return untold, false
}

// subjectFirst reads a name and its verb behind a quotation.
func (p *report) subjectFirst(i, to int) (teller, bool) {
	m := p.at[i]
	for v := i + m.to - m.from; v < min(to, i+m.to-m.from+3) && p.items[v].quote < 0; v++ {
		if p.saidBy(p.token(v).key) != 0 && !p.isObject(i) {
			return p.tell(m, v), true
		}
	}
	return untold, false
}

// subjectOf finds the subject of the verb at item v, whose words begin at item
// i: behind it, or a pronoun with it, or none.
func (p *report) subjectOf(i, v, to int, g Gender) (teller, bool) {
	for j := i; j < min(to, v+3) && p.items[j].quote < 0; j++ {
		if him := p.pronounOf(p.token(j).key); him != 0 {
			return teller{p.meant(i, him), p.token(j).Span, p.token(v).Span}, true
		}
	}
	if t, ok := p.named(v, v+1, to); ok {
		return t, true
	}
	if next := p.token(v + 1); p.drops && (v+1 >= to || p.items[v+1].quote >= 0 || next.kind == sign) {
		return teller{p.meant(i, g), text.Span{}, p.token(v).Span}, true
	}
	return teller{-1, p.office(v+1, to), p.token(v).Span}, true
}

// named finds the name behind a verb or a phrase, the cue that begins at item
// c, from item i on: with nothing before it but what its holder is.
func (p *report) named(c, i, to int) (teller, bool) {
	offices, comma, of := 0, false, false
	for j := i; j < min(to, i+nameReach) && p.items[j].quote < 0; j++ {
		t := p.token(j)
		if m := p.at[j]; m != nil {
			if offices == 0 && (comma || j-i > 2) || j > i && p.isObject(j) {
				return untold, false
			}
			return p.tell(m, c), true
		}
		switch {
		case p.isOffice(t):
			if offices > 0 && of && !comma {
				return untold, false // the spokesman of the minister
			}
			offices++
			of = false
		case t.key == ",":
			if comma {
				return untold, false
			}
			comma = true
		case t.kind == sign && t.key != "-" || p.saidBy(t.key) != 0 || p.opensClause(j):
			return untold, false
		case p.of[t.key]:
			of = true
		case p.isElided(t) && offices > 0 && !comma:
			return untold, false
		case t.caps && offices == 0:
			if person := p.inflected(t.key); person >= 0 {
				return teller{person, t.Span, p.token(c).Span}, true
			}
			if p.at[j+1] == nil && p.inflected(p.token(j+1).key) < 0 {
				return untold, false // somebody unknown
			}
		}
	}
	return untold, false
}

// opensClause reports whether the word at item i opens a clause.
func (p *report) opensClause(i int) bool {
	key := p.token(i).key
	return p.which[key] || p.comma[key] && p.token(i-1).key == ","
}

// inflected is the only person whose family name a word is with another
// ending, as Russian has them; -1 for none.
func (p *report) inflected(key string) int {
	if key == "" || key[0] < 0x80 {
		return -1
	}
	if p.stems == nil {
		p.stems = map[string]int{}
		for i := range p.people {
			stem := stemOf(p.people[i].family)
			if _, ok := p.stems[stem]; ok {
				i = -1
			}
			p.stems[stem] = i
		}
	}
	for range 4 {
		if i, ok := p.stems[key]; ok && utf8.RuneCountInString(key) >= 3 {
			return i
		}
		key = key[:beforeLast(key)]
	}
	return -1
}

// stemOf is a Russian family name without its vowel ending.
func stemOf(family string) string { return strings.TrimRight(family, "аяыйио") }

// before reads what comes before the quotation at item at in its sentence.
func (p *report) before(at, from int) (teller, bool) {
	if at == from {
		return untold, false
	}
	if t := p.token(at - 1); t.key == ":" {
		for i := at - 2; i >= from && i > at-7; i-- {
			if m := p.at[i]; m != nil && i+m.to-m.from == at-1 && !p.isObject(i) && p.verbIn(max(from, i-leadReach), i) < 0 {
				return p.tell(m, -1), true
			}
		}
	}
	for v := at - 1; v >= max(from, at-leadReach); v-- {
		if b := p.items[v].quote; b >= 0 {
			return p.last[b], p.verbIn(v, at) < 0 // broken by its speaker
		}
		if n := p.sourceAt(v); n > 0 {
			return p.named(v, v+n, at)
		}
		if g := p.saidBy(p.token(v).key); g != 0 {
			return p.subjectBefore(v, from, at, g)
		}
	}
	return untold, false
}

// verbIn is the first verb of speech from one item to another, -1 for none.
func (p *report) verbIn(from, to int) int {
	for i := from; i < to; i++ {
		if p.items[i].quote < 0 && p.saidBy(p.token(i).key) != 0 {
			return i
		}
	}
	return -1
}

// subjectBefore finds the subject of the verb at item v before a quotation:
// the nearest name before it that is no object, else what is behind it. Whom
// the sentence names as an object only is not who says it.
func (p *report) subjectBefore(v, from, at int, g Gender) (teller, bool) {
	object := false
	inverted := v == from || p.token(v-1).key == ","
	for i := v - 1; i >= max(from, v-leadReach) && !inverted; i-- {
		if p.items[i].quote >= 0 {
			break
		}
		if him := p.pronounOf(p.token(i).key); him != 0 && v-i < 4 {
			return teller{p.meant(i, him), p.token(i).Span, p.token(v).Span}, true
		}
		m := p.at[i]
		if m == nil || p.isObject(i) {
			object = object || m != nil
			continue
		}
		if p.another(m, max(from, v-leadReach), i) && v-(i+m.to-m.from) > 3 {
			return untold, false
		}
		return p.tell(m, v), true
	}
	t, ok := p.subjectOf(v, v, at, g)
	if object && t.written.Len() == 0 {
		t.person = -1
	}
	return t, ok
}

// another reports whether somebody else than m is named as a subject between
// two items.
func (p *report) another(m *mention, from, to int) bool {
	for i := from; i < to; i++ {
		if o := p.at[i]; o != nil && o.person != m.person && !p.isObject(i) {
			return true
		}
	}
	return false
}

// tell is what a mention with the cue at item c tells; without cue c is -1.
func (p *report) tell(m *mention, c int) teller {
	t := teller{person: m.person, written: text.Span{Start: p.toks[m.lead].Start, End: p.toks[m.to-1].End}}
	if m.title.Len() > 0 && m.title.Start < t.written.Start {
		t.written.Start = m.title.Start
	}
	if c >= 0 {
		t.cue = p.token(c).Span
		for n := p.sourceAt(c); n > 1; n = 0 {
			t.cue.End = p.token(c + n - 1).End
		}
	}
	return t
}

// isObject reports whether a small word stands before the name at item i and
// its offices: "to Ann Lee", "by the minister Ann Lee".
func (p *report) isObject(i int) bool {
	for i--; i >= 0 && (p.isOffice(p.token(i)) || p.token(i).is(honorific|titleModifier|demonym)); i-- {
	}
	return i >= 0 && (p.of[p.token(i).key] || p.isElided(p.token(i)))
}

// isElided reports whether a word is a small word and an office in one:
// "dell'ambasciatrice".
func (p *report) isElided(t *token) bool {
	at := strings.IndexAny(t.key, "'’")
	if at < 0 || !p.of[t.key[:at]+"'"] {
		return false
	}
	return foreignOffices()[strings.TrimLeft(t.key[at:], "'’")]
}

func (p *report) isOffice(t *token) bool {
	return t.kind == word && (t.is(titleWord|roleWord|roleMale|roleFemale) || p.title[t.key])
}

// office is the words from item i on that name a speaker by an office alone.
func (p *report) office(i, to int) text.Span {
	for j := i; j < min(to, i+3) && p.items[j].quote < 0 && p.token(j).kind == word && !p.of[p.token(j).key]; j++ {
		if p.isOffice(p.token(j)) {
			return text.Span{Start: p.token(i).Start, End: p.token(j).End}
		}
	}
	return text.Span{}
}

// sourceAt is how many items from i on are a phrase like "according to"; 0 for
// none.
func (p *report) sourceAt(i int) int {
	for _, words := range p.source {
		n := 0
		for n < len(words) && p.token(i+n).key == words[n] {
			n++
		}
		if n == len(words) {
			return n
		}
	}
	return 0
}

// meant is the only person of a gender who is named in the sentences before
// item i, in its paragraph and at the end of the one before; -1 for none, and
// where two fit.
func (p *report) meant(i int, g Gender) int {
	found := -1
	for j := i - 1; j >= 0 && p.items[j].para >= p.items[i].para-1 && p.items[j].sent >= p.items[i].sent-3 && i-j < meantReach; j-- {
		m := p.at[j]
		if m == nil || m.person == found || p.genderOf(m.person)&g == 0 {
			continue
		}
		if found >= 0 {
			return -1
		}
		found = m.person
	}
	return found
}

// genderOf is what is known of a person's gender; any where nothing is.
func (p *report) genderOf(person int) Gender {
	g := p.people[person].gender
	if g == 0 {
		g = givenGender(p.people[person].given)
	}
	if g == 0 {
		g = anyGender
	}
	return g
}

// thatReach is how far behind a verb of speech the word stands that opens what
// is said, in items.
const thatReach = 9

// reportedBy is who says what a sentence tells outside quotation marks, in the
// plain cases: "Lee said that …", "…, said Lee", "according to Lee …".
func (p *report) reportedBy(from, to int) teller {
	outside, inside := 0, 0
	for i := from; i < to; i++ {
		if q := p.items[i].quote; q >= 0 {
			inside += p.wordsOf(q)
		} else if doubleMark(p.token(i).key) {
			return untold // a quotation that is not paired
		} else if p.token(i).kind == word {
			outside++
		}
	}
	if outside < fewestWords+2 || inside > outside {
		return untold
	}
	for v := from; v < to; v++ {
		if p.items[v].quote >= 0 {
			continue
		}
		if n := p.sourceAt(v); n > 0 && !p.of[p.token(v).key] && (v == from || p.token(v-1).key == ",") {
			if t, ok := p.named(v, v+n, to); ok && (v > from || n > 1 || p.token(v).key != "so") {
				return t
			}
		}
		g := p.saidBy(p.token(v).key)
		if g == 0 || p.quotes[p.token(v).key] {
			continue
		}
		if at := p.thatBehind(v, to); at > 0 {
			if t, _ := p.subjectBefore(v, from, at, g); t.written.Len() > 0 {
				return t
			}
			return untold
		}
		if v > from+fewestWords && (p.token(v-1).key == "," || p.token(v-2).key == ",") {
			t, _ := p.named(v, v+1, to)
			return t
		}
	}
	return untold
}

// thatBehind is the item behind the verb of speech at item v that opens what is
// said; 0 for none.
func (p *report) thatBehind(v, to int) int {
	for i := v + 1; i < min(to, v+thatReach) && p.items[i].quote < 0; i++ {
		t := p.token(i)
		elided := strings.IndexAny(t.key, "'’")
		switch {
		case p.that[t.key], elided > 0 && p.that[t.key[:elided]+"'"]:
			return i
		case t.key == "," && p.that[p.token(i+1).key]:
			return i + 1
		case t.key == "," && p.bare && i == v+1 && i+fewestWords < to:
			return i // German: "sagte, der Vertrag sei fertig"
		case t.kind == sign || p.saidBy(t.key) != 0 && t.key != p.token(v).key && i > v+1:
			return 0
		}
	}
	return 0
}
