package attribute

import (
	"example.org/attache/corpus/text"

	"example.org/attache/corpus/speech"
	"example.org/attache/corpus/speech/internal/clause"
	"example.org/attache/corpus/speech/internal/outline"
	"example.org/attache/corpus/speech/internal/people"
)

// Choice is one of the choices that reading makes: who says a quotation,
// whether a sentence reports what somebody says and, after either, whom the
// pronoun chosen for it means.
type Choice struct {
	Text     text.Span // of a quotation the text between the marks, of reported speech the sentence
	Reported bool      // of a sentence: the first option is that the words at its span say it
	Pronoun  bool
	Options  []Option // of the choices of both other kinds the last is: nobody
}

// Option is something to choose, with what the weights are given to.
type Option struct {
	Span  text.Span // the words of the text, of a name without its title; empty for nobody
	Name  string    // of the person or of the capitalised stranger whom a pronoun can mean
	Facts []string  // the facts that hold of it, by which it is weighed
}

// Choices finds the speakers of an English text as Statements does, but lets choose
// see each choice in turn and make it: with the index of an option, or below 0 to
// leave it to the weights.
func Choices(t speech.Text, o *outline.Outline, ps []people.Person, mentions []people.Mention, choose func(Choice) int) {
	s := resolverOf(t, o, ps, mentions)
	for q := range s.Quotes {
		s.resolveBefore(q)
		cands, options := s.options(q)
		at := choose(Choice{Text: s.Quotes[q].Span, Options: options})
		switch {
		case at < 0:
			s.choose(q)
		case at < len(cands):
			s.chosen[q] = cands[at]
		default:
			s.chosen[q] = -1
		}
		x := s.chosen[q]
		if x < 0 {
			continue
		}
		p := &s.phrases[x]
		if p.Kind == clause.Pronoun && at >= 0 {
			s.chooseMeaning(x, s.Quotes[q].Span, choose)
		}
		s.speakers[q] = p.Person
	}
	s.resolveRest()
	p := newReporter(s)
	for n := 0; n+1 < len(s.Sentences); n++ {
		p.chooseClaims(int(s.Sentences[n]), int(s.Sentences[n+1]), choose)
	}
}

// chooseMeaning lets choose see whom pronoun x can mean, which is chosen for
// a text.
func (r *resolver) chooseMeaning(x int, of text.Span, choose func(Choice) int) {
	refs := r.referents(x)
	if at := choose(Choice{Text: of, Pronoun: true, Options: r.meanings(x, refs)}); at >= 0 {
		p := &r.phrases[x]
		p.Person, p.Sure = max(-1, refs[at].person), 1
		if p.Person >= 0 {
			r.called[p.Person] |= p.Gender
		}
	}
}

// chooseClaims lets choose see each claim of a sentence.
func (p *reporter) chooseClaims(from, to int, choose func(Choice) int) {
	s := p.claimedIn(from, to)
	for i, c := range s.claims {
		options := make([]Option, 2)
		options[0].Span = p.spanOf(c.phrase)
		p.score.noting(&options[0].Facts, func() { p.weighClaim(&p.score, &s, i) })
		of := p.Span(from, to)
		if choose(Choice{Text: of, Reported: true, Options: options}) == 0 && p.phrases[c.phrase].Kind == clause.Pronoun {
			p.chooseMeaning(c.phrase, of, choose)
		}
	}
}

// options are the candidates for the speaker of quotation q, and nobody.
func (r *resolver) options(q int) (cands []int, options []Option) {
	cands = r.candidates(q)
	options = make([]Option, len(cands)+1)
	s := r.around(q)
	for i, x := range cands {
		options[i].Span = r.spanOf(x)
		r.attribution.score.noting(&options[i].Facts, func() { r.weigh(&s, x) })
	}
	r.attribution.score.noting(&options[len(cands)].Facts, func() { r.weighNone(&s, q) })
	return cands, options
}

// meanings are the options for pronoun x.
func (r *resolver) meanings(x int, refs []referent) []Option {
	options := make([]Option, len(refs))
	for i := range refs {
		o, ref := &options[i], &refs[i]
		o.Span = r.spanOf(ref.phrase)
		o.Name = r.Token(r.phrases[ref.phrase].Head).In(r.Body)
		if ref.person >= 0 {
			o.Name = people.FullName(r.Body, r.Tokens, &r.people[ref.person])
		}
		r.score.noting(&o.Facts, func() { r.weighReferent(x, ref) })
	}
	return options
}

// noting appends the facts that f notes to facts, in the place of weighing
// them.
func (s *scorer) noting(facts *[]string, f func()) {
	weight := s.weight
	s.weight = func(fact []byte) float64 {
		*facts = append(*facts, string(fact))
		return 0
	}
	f()
	s.weight = weight
}
