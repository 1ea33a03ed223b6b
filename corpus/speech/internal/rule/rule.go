// Package rule finds speakers and reported speech by rules over the word lists of a
// language, for the languages other than English whose words are spaced. It takes
// the plain cases only and leaves the others without a speaker.
//
// The rules for the speaker of a quotation are tried in this order: what follows it
// (behind), what comes before it in its sentence (before), whether it continues the
// one before (continued). Reported speech has a rule of its own (reported).
// The people of a language without capitals are found by uncased.
package rule

import (
	"example.org/attache/corpus/speech"
	"example.org/attache/corpus/speech/internal/limit"
	"example.org/attache/corpus/speech/internal/outline"
	"example.org/attache/corpus/speech/internal/people"
	"example.org/attache/corpus/text"
)

// report finds speakers and reported speech in a language other than English, by
// rules over the words of its file speech.txt. It takes the plain cases only, and
// leaves the others open.
type report struct {
	*outline.Outline
	*grammar
	people []people.Person
	at     map[int]*people.Mention // by the item where the name begins
	last   []attribution           // of each quotation so far
	stems  map[string]int          // of family names: the person, -1 where several have it
}

// attribution is who says something: person is an index into the people of the
// text, NoPerson where it is nobody known.
type attribution struct {
	person       int
	written, cue text.Span
}

var unknown = attribution{person: speech.NoPerson}

// How far from a quotation its verb and its speaker are looked for, in items.
const (
	tailReach  = 5
	nameReach  = 14
	leadReach  = 40
	meantReach = 200 // of a pronoun
)

// Statements finds who says the quotations of a text, and the sentences that report
// speech, by the rules of its language. Of a language without any the quotations
// have no speaker.
func Statements(t speech.Text, o *outline.Outline, ps []people.Person, mentions []people.Mention) []speech.Statement {
	l := languages()[t.Language]
	if l == nil {
		l = &grammar{}
	}
	p := &report{Outline: o, grammar: l, people: ps, at: map[int]*people.Mention{}}
	for i := range mentions {
		if h := p.Home[mentions[i].From]; h >= 0 {
			p.at[int(h)] = &mentions[i]
		}
	}
	out := make([]speech.Statement, len(o.Quotes))
	for q, m := range o.Quotes {
		limit.Check(t.Over)
		who := p.speakerOf(q)
		p.last = append(p.last, who)
		out[q] = speech.Statement{Span: m.Span, Person: who.person, Written: who.written, Cue: who.cue}
	}
	for n := 0; n+1 < len(p.Sentences); n++ {
		limit.Check(t.Over)
		from, to := int(p.Sentences[n]), int(p.Sentences[n+1])
		if who := p.reportedBy(from, to); who.person != speech.NoPerson {
			out = append(out, speech.Statement{Span: p.Span(from, to), Kind: speech.Reported, Person: who.person, Written: who.written, Cue: who.cue})
		}
	}
	return out
}

// speakerOf finds who says quotation q: by what follows it, by what comes before
// it in its sentence, or as what goes on.
func (p *report) speakerOf(q int) attribution {
	at := int(p.Outline.At[q])
	from, to := p.Sentence(at)
	if t, ok := p.behind(at, to); ok {
		return t
	}
	if t, ok := p.before(at, from); ok {
		return t
	}
	if q > 0 && p.goesOn(q, from, to) {
		return p.last[q-1]
	}
	return unknown
}
