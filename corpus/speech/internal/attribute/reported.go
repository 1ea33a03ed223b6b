package attribute

import (
	"slices"

	"example.org/attache/corpus/speech"
	"example.org/attache/corpus/speech/internal/clause"
	"example.org/attache/corpus/speech/internal/limit"
	"example.org/attache/corpus/speech/internal/token"
	"example.org/attache/corpus/speech/internal/word"
	"example.org/attache/corpus/text"
)

// When a claim is believed.
const (
	sureOfReport     = 0.57 // chance that a sentence is reported speech
	sureOfSecond     = 0.80 // … that it is so by a second speaker
	sureOfBodySpeech = 0.70 // … to name a body or a country as its speaker
	sureOfInner      = 0.20 // … of what another passes on
	sureWhoIsHe      = 0.80 // chance of a pronoun's person
)

// What makes up the text of a reported statement.
const (
	fewestWords  = 4   // outside quotation marks, beside the speaker and the cue
	mostSpeakers = 4   // of one sentence
	scrap        = 8   // words; a longer quotation at the edge of the sentence is a statement of its own
	officeReach  = 4   // the most paragraphs from the envoy's name to "the envoy"
	longest      = 400 // bytes; a longer sentence is cut to the clauses around the cue
)

// reporter finds the reported speech of a text.
type reporter struct {
	*resolver
	score scorer
}

func newReporter(r *resolver) *reporter {
	return &reporter{resolver: r, score: weighBy(reportedWeights())}
}

// reported finds the sentences that report what somebody said, after the
// quotations have their speakers. It gives up where over says so.
func (r *resolver) reported(over func() bool) []speech.Statement {
	r.resolveRest()
	p := newReporter(r)
	var out []speech.Statement
	for n := 0; n+1 < len(r.Sentences); n++ {
		limit.Check(over)
		s := r.claimedIn(int(r.Sentences[n]), int(r.Sentences[n+1]))
		out = p.believed(out, &s)
	}
	return out
}

// resolveRest resolves the phrases behind the last quotation.
func (r *resolver) resolveRest() { r.resolveBefore(len(r.At)) }

// believed adds the statements of the claims of a sentence that are believed:
// the likeliest one, and others of whom a clause of their own is.
func (p *reporter) believed(out []speech.Statement, s *claimed) []speech.Statement {
	sure := make([]float64, len(s.claims))
	for i := range s.claims {
		sure[i] = chance(p.weighClaim(&p.score, s, i))
	}
	kept := p.keep(s, sure)
	for k, i := range kept {
		from, to := s.from, s.to
		if s.claims[i].link == byWho {
			from, to = p.aside(s, i)
		} else if k > 0 {
			from = p.clauseStart(s, i)
		}
		if k+1 < len(kept) {
			to = p.clauseStart(s, kept[k+1])
		}
		if span := p.spanOfClaim(s, i, from, to); span.Len() > 0 {
			out = append(out, p.statement(&s.claims[i], span, sure[i]))
		}
	}
	return out
}

// aside is where the clause of claim i, of somebody "who called for talks",
// begins and ends in its sentence: with the name before it, before the sentence
// goes on.
func (p *reporter) aside(s *claimed, i int) (from, to int) {
	c := &s.claims[i]
	x := c.phrase
	for x > 0 && p.phrases[x-1].Person == p.phrases[x].Person && p.phrases[x].From-p.phrases[x-1].To <= 1 && p.phrases[x-1].From >= s.from {
		x--
	}
	to = c.to
	for to < s.to {
		t := p.Token(to + 1)
		if p.Items[to].Quote < 0 && (p.Token(to).Key == ")" || p.Token(to).Key == "," && t.Kind == token.Word && !t.Caps && t.Is(word.Auxiliary|word.StrongCue|word.Verb)) {
			break
		}
		to++
	}
	return p.phrases[x].From, to
}

// keep chooses among the claims of a sentence, by their order in it.
func (p *reporter) keep(s *claimed, sure []float64) []int {
	var kept []int
	best := -1
	for i := range sure {
		if best < 0 || sure[i] > sure[best] {
			best = i
		}
	}
	if best < 0 || sure[best] < sureOfReport {
		return nil
	}
	best = p.passedOn(s, best, sure)
	kept = append(kept, best)
	for i := range sure {
		if len(kept) == mostSpeakers {
			break
		}
		if sure[i] < sureOfSecond || slices.ContainsFunc(kept, func(k int) bool { return !p.apart(s, i, k) }) {
			continue
		}
		kept = append(kept, i)
	}
	slices.Sort(kept)
	return kept
}

// passedOn is the claim that claim i only passes on: in "CNN reported that Lee
// said" that of Lee. It is i for none.
func (p *reporter) passedOn(s *claimed, i int, sure []float64) int {
	c := &s.claims[i]
	if ph := &p.phrases[c.phrase]; ph.Person >= 0 || ph.Kind == clause.Pronoun {
		return i
	}
	next := c.to
	if p.Token(next).Key == "that" {
		next++
	}
	for k := i + 1; k < len(s.claims); k++ {
		b := &s.claims[k]
		if ph := &p.phrases[b.phrase]; ph.From == next && ph.Verb == b.from && p.strength(b) == "core" && sure[k] >= sureOfInner {
			return k
		}
	}
	return i
}

// apart reports whether two claims of a sentence are of different speakers and
// have clauses of their own.
func (p *reporter) apart(s *claimed, i, k int) bool {
	i, k = min(i, k), max(i, k)
	a, b := &s.claims[i], &s.claims[k]
	return p.sameSpeaker(a, b) == "other" && a.to < p.clauseStart(s, k) && a.phrase < b.phrase
}

// clauseStart is the item where the clause of claim k of a sentence begins,
// behind a sign that parts it from what comes before; -1 where none does.
func (p *reporter) clauseStart(s *claimed, k int) int {
	c := &s.claims[k]
	ph := &p.phrases[c.phrase]
	if c.link != clause.Speaking.String() && c.link != clause.Subject.String() || p.frames(ph) && !p.joins(ph.From-1) {
		return -1
	}
	i := ph.From
	for i > s.from && p.Items[i-1].Quote < 0 && (p.Token(i-1).Is(word.Adverb) || p.joins(i-1)) {
		i--
	}
	if i > s.from && p.Items[i-1].Quote < 0 && !clauseSigns[p.Token(i-1).Key] {
		return -1
	}
	return i
}

// joins reports whether item i is a word that joins a clause to another.
func (o *attribution) joins(i int) bool {
	switch o.Token(i).Key {
	case "and", "but", "while", "though", "although", "whereas", "yet", "so", "or", "as", "after", "when", "because":
		return true
	}
	return false
}

// clauseSigns are the signs that part clauses.
var clauseSigns = map[string]bool{",": true, ";": true, "—": true, "–": true, "-": true, ":": true, "(": true, ")": true}

// spanOfClaim is the text of claim k of a sentence, whose clauses are the items
// from from to to; empty where too little is left beside the speaker and the cue.
func (p *reporter) spanOfClaim(s *claimed, k, from, to int) text.Span {
	c := &s.claims[k]
	ph := &p.phrases[c.phrase]
	for to > from+1 && p.Items[to-1].Quote < 0 && (clauseSigns[p.Token(to-1).Key] && p.Token(to-1).Key != ")" || p.joins(to-1)) {
		to--
	}
	first := min(ph.From, c.from)
	for i := from; i < first; i++ {
		if q := p.Items[i].Quote; q >= 0 && p.WordsOf(q) > scrap {
			from = max(i+1, p.clauseStart(s, k)) // "“…,” Roe said, but Lee told reporters"
		}
	}
	for from < first && p.Items[from].Quote < 0 && (clauseSigns[p.Token(from).Key] || p.joins(from)) {
		from++
	}
	end := to
	if c.link == clause.Inverted.String() {
		end = first // "…, said Lee, who …"
	}
	n := 0
	for i := from; i < end; i++ {
		if p.Items[i].Quote < 0 && p.Token(i).Kind == token.Word && !(i >= ph.From && i < ph.To) && !(i >= c.from && i < c.to) {
			n++
		}
	}
	if n < fewestWords {
		return text.Span{}
	}
	return p.shortened(c, from, to)
}

// shortened is the text of the items from from to to or, where that is long,
// of the clauses of them around a claim.
func (p *reporter) shortened(c *claim, from, to int) text.Span {
	ph := &p.phrases[c.phrase]
	first, last := min(max(from, min(ph.From, c.from)), to-1), min(to, max(ph.To, c.to))
	starts := []int{from}
	for i := from + 1; i < to; i++ {
		if (i <= first || i > last) && p.opensClause(i, from) {
			starts = append(starts, i)
		}
	}
	starts = append(starts, to)
	a, _ := slices.BinarySearch(starts, first+1)
	a--
	b, _ := slices.BinarySearch(starts, last)
	b = max(b, a+1)
	fits := func(a, b int) bool { return p.Span(starts[a], starts[b]).Len() <= longest }
	for grown := true; grown; {
		grown = false
		if b+1 < len(starts) && fits(a, b+1) {
			b, grown = b+1, true
		}
		if a > 0 && fits(a-1, b) {
			a, grown = a-1, true
		}
	}
	from, to = starts[a], starts[b]
	for to > from+1 && p.Items[to-1].Quote < 0 && clauseSigns[p.Token(to-1).Key] && p.Token(to-1).Key != ")" {
		to--
	}
	return p.Span(from, to)
}

// opensClause reports whether a clause can begin at item i.
func (o *attribution) opensClause(i, from int) bool {
	if o.Items[i].Quote >= 0 {
		return o.WordsOf(o.Items[i].Quote) > scrap
	}
	if o.Items[i-1].Quote >= 0 {
		return o.WordsOf(o.Items[i-1].Quote) > scrap
	}
	switch o.Token(i - 1).Key {
	case ";", "—", "–", ":":
		return true
	case ",":
		return o.joins(i)
	}
	return false
}

// statement is a claim that is believed.
func (p *reporter) statement(c *claim, s text.Span, sure float64) speech.Statement {
	out := speech.Statement{Span: s, Kind: speech.Reported, Person: speech.NoPerson, Written: p.written(c.phrase), Cue: p.Span(c.from, c.to)}
	switch ph := &p.phrases[c.phrase]; {
	case ph.Joint || ph.Kind == clause.Pronoun && ph.Sure < sureWhoIsHe || ph.Held && !p.plainly(c.phrase):
	case ph.Person >= 0:
		out.Person = ph.Person
	case ph.Kind == clause.Body && sure >= sureOfBodySpeech && p.standsAlone(ph, c.link == clause.Source.String()):
		out.Body = p.BodyName(ph)
	}
	return out
}

// plainly reports whether the person of phrase x, which only names an office,
// was named shortly before it, and nothing beside the office is said.
func (p *reporter) plainly(x int) bool {
	ph := &p.phrases[x]
	if ph.To-ph.From > 2 {
		return false
	}
	for i := x - 1; i >= 0 && p.Items[p.phrases[i].From].Paragraph >= p.Items[ph.From].Paragraph-officeReach; i-- {
		if b := &p.phrases[i]; b.Kind == clause.Named && b.Person == ph.Person {
			return true
		}
	}
	return false
}

// standsAlone reports whether a phrase is a body and nothing more: not "the
// F.B.I. records", behind "according to" nothing with a word behind it, not
// "Washington and Seoul", and no word for a crowd: "Police said".
func (o *attribution) standsAlone(p *clause.Phrase, behindSource bool) bool {
	before := o.Token(p.From - 1)
	if before.Key == "and" || before.Key == "or" || p.To-p.From == 1 && o.Token(p.Head).Is(word.Listener) {
		return p.From > 1 && o.Token(p.From-2).Key == "," // "…, and Seoul said"
	}
	if p.To >= len(o.Items) || o.Items[p.To].Quote >= 0 || o.Items[p.To].Sentence != o.Items[p.From].Sentence {
		return true
	}
	t := o.Token(p.To)
	switch {
	case t.Key == "/":
		return false
	case t.Kind != token.Word || t.Is(word.Calendar|word.Adverb) || t.Is(word.Function) && !t.Caps:
		return true
	case t.Caps || behindSource:
		return false
	}
	return t.Is(word.Auxiliary|word.StrongCue|word.Verb) || token.IsVerb(t)
}
