// Package attribute finds speakers in English text, by features with fitted
// weights.
//
// For each quotation it gathers candidates (quotation), the phrases nearby that can
// name its speaker, and scores them by features (facts, surroundings); "he" and
// "the senator" are resolved to people on the way (resolve). Reported speech is
// found in the same way: each verb of speech with each phrase that can be its
// subject is a candidate (claim), and what scores high enough becomes a statement
// (reported). The weights are in the folder data; the command internal/fit, which
// fits them, sees the candidates through [Choices].
package attribute

import (
	"example.org/attache/corpus/speech/internal/limit"

	"example.org/attache/corpus/speech"
	"example.org/attache/corpus/speech/internal/clause"
	"example.org/attache/corpus/speech/internal/outline"
	"example.org/attache/corpus/speech/internal/people"
	"example.org/attache/corpus/speech/internal/word"
)

// Statements returns the quotations of an English text with their speakers, and the
// sentences that report speech. Person of a statement is an index into ps, the
// people whom mentions name.
func Statements(t speech.Text, o *outline.Outline, ps []people.Person, mentions []people.Mention) []speech.Statement {
	s := resolverOf(t, o, ps, mentions)
	return append(s.quotations(t.Over), s.reported(t.Over)...)
}

// resolverOf reads the phrases of an outline that can name a speaker.
func resolverOf(t speech.Text, o *outline.Outline, ps []people.Person, mentions []people.Mention) *resolver {
	c := clause.Reader{Outline: o}
	a := newAttribution(c, c.Phrases(ps, mentions), len(t.Paragraphs))
	for _, m := range mentions {
		if q := o.Tokens[m.From].Quote; q >= 0 {
			a.namedIn[q] = append(a.namedIn[q], m.Person)
		}
	}
	return newResolver(a, ps)
}

// quotations finds the speaker of every quotation. It gives up where over says
// so.
func (s *resolver) quotations(over func() bool) []speech.Statement {
	out := make([]speech.Statement, len(s.Quotes))
	sure := make([]float64, len(s.Quotes))
	for q := range s.Quotes {
		limit.Check(over)
		s.resolveBefore(q)
		sure[q] = s.choose(q)
		if x := s.chosen[q]; x >= 0 {
			s.speakers[q] = s.phrases[x].Person
		}
	}
	s.agree(sure)
	for q, m := range s.Quotes {
		out[q] = speech.Statement{Span: m.Span, Person: speech.NoPerson}
		if x := s.chosen[q]; x >= 0 && sure[q] >= maybe {
			p := &s.phrases[x]
			out[q].Written = s.written(x)
			if p.Verb >= 0 && s.Token(p.Verb).Is(word.StrongCue) {
				out[q].Cue = s.Token(p.Verb).Span
			}
			out[q].Person, out[q].Body = s.speakerOf(p, sure[q])
		}
	}
	return out
}

// speakerOf is the person or the body that phrase p refers to; neither where the
// probability is too low.
func (r *resolver) speakerOf(p *clause.Phrase, sure float64) (int, string) {
	switch {
	case p.Kind == clause.Pronoun && sure*p.Sure < sureOfHim, sure < sureEnough:
	case p.Person >= 0:
		return p.Person, ""
	case p.Kind == clause.Body && sure >= sureOfBody:
		return speech.NoPerson, r.BodyName(p)
	}
	return speech.NoPerson, ""
}
