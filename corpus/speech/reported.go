package speech

import (
	"slices"
	"strings"

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
	scrap        = 8   // words; a longer quotation at the edge of the sentence stands for itself
	officeReach  = 4   // paragraphs that "the envoy" can stand behind the envoy's name
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
// quotations have their speakers. It calls ask at each sentence.
func (r *resolver) reported(ask func()) []Statement {
	r.resolveRest()
	p := newReporter(r)
	var out []Statement
	for n := 0; n+1 < len(r.sents); n++ {
		ask()
		s := r.claimedIn(int(r.sents[n]), int(r.sents[n+1]))
		out = p.believed(out, &s)
	}
	return out
}

// resolveRest resolves what stands behind the last quotation.
func (r *resolver) resolveRest() { r.resolveBefore(len(r.at)) }

// believed adds the statements of the claims of a sentence that are believed:
// the likeliest one, and others of whom a clause of their own is.
func (p *reporter) believed(out []Statement, s *claimed) []Statement {
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
	for x > 0 && p.phrases[x-1].person == p.phrases[x].person && p.phrases[x].from-p.phrases[x-1].to <= 1 && p.phrases[x-1].from >= s.from {
		x--
	}
	to = c.to
	for to < s.to {
		t := p.token(to + 1)
		if p.items[to].quote < 0 && (p.token(to).key == ")" || p.token(to).key == "," && t.kind == word && !t.caps && t.is(auxiliary|strongCue|verbWord)) {
			break
		}
		to++
	}
	return p.phrases[x].from, to
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
	if ph := &p.phrases[c.phrase]; ph.person >= 0 || ph.kind == pronoun {
		return i
	}
	next := c.to
	if p.token(next).key == "that" {
		next++
	}
	for k := i + 1; k < len(s.claims); k++ {
		b := &s.claims[k]
		if ph := &p.phrases[b.phrase]; ph.from == next && ph.verb == b.from && p.strength(b) == "core" && sure[k] >= sureOfInner {
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
	if c.link != speaking.String() && c.link != subject.String() || p.frames(ph) && !p.joins(ph.from-1) {
		return -1
	}
	i := ph.from
	for i > s.from && p.items[i-1].quote < 0 && (p.token(i-1).is(adverb) || p.joins(i-1)) {
		i--
	}
	if i > s.from && p.items[i-1].quote < 0 && !clauseSigns[p.token(i-1).key] {
		return -1
	}
	return i
}

// joins reports whether item i is a word that joins a clause to another.
func (o *outline) joins(i int) bool {
	switch o.token(i).key {
	case "and", "but", "while", "though", "although", "whereas", "yet", "so", "or", "as", "after", "when", "because":
		return true
	}
	return false
}

// clauseSigns are the signs that part clauses.
var clauseSigns = map[string]bool{",": true, ";": true, "—": true, "–": true, "-": true, ":": true, "(": true, ")": true}

// spanOfClaim is the text of claim k of a sentence, whose clauses are the items
// from from to to; empty where it tells too little beside who says it.
func (p *reporter) spanOfClaim(s *claimed, k, from, to int) text.Span {
	c := &s.claims[k]
	ph := &p.phrases[c.phrase]
	for to > from+1 && p.items[to-1].quote < 0 && (clauseSigns[p.token(to-1).key] && p.token(to-1).key != ")" || p.joins(to-1)) {
		to--
	}
	first := min(ph.from, c.from)
	for i := from; i < first; i++ {
		if q := p.items[i].quote; q >= 0 && p.wordsOf(q) > scrap {
			from = max(i+1, p.clauseStart(s, k)) // "“…,” Roe said, but Lee told reporters"
		}
	}
	for from < first && p.items[from].quote < 0 && (clauseSigns[p.token(from).key] || p.joins(from)) {
		from++
	}
	end := to
	if c.link == inverted.String() {
		end = first // "…, said Lee, who …"
	}
	n := 0
	for i := from; i < end; i++ {
		if p.items[i].quote < 0 && p.token(i).kind == word && !(i >= ph.from && i < ph.to) && !(i >= c.from && i < c.to) {
			n++
		}
	}
	if n < fewestWords {
		return text.Span{}
	}
	return p.shortened(c, from, to)
}

func (o *outline) wordsOf(q int32) int { return 1 + strings.Count(o.ms[q].In(o.body), " ") }

// shortened is the text of the items from from to to or, where that is long,
// of the clauses of them around a claim.
func (p *reporter) shortened(c *claim, from, to int) text.Span {
	ph := &p.phrases[c.phrase]
	first, last := min(ph.from, c.from), max(ph.to, c.to)
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
	fits := func(a, b int) bool { return p.spanOfItems(starts[a], starts[b]).Len() <= longest }
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
	for to > from+1 && p.items[to-1].quote < 0 && clauseSigns[p.token(to-1).key] && p.token(to-1).key != ")" {
		to--
	}
	return p.spanOfItems(from, to)
}

// opensClause reports whether a clause can begin at item i.
func (o *outline) opensClause(i, from int) bool {
	if o.items[i].quote >= 0 {
		return o.wordsOf(o.items[i].quote) > scrap
	}
	if o.items[i-1].quote >= 0 {
		return o.wordsOf(o.items[i-1].quote) > scrap
	}
	switch o.token(i - 1).key {
	case ";", "—", "–", ":":
		return true
	case ",":
		return o.joins(i)
	}
	return false
}

// spanOfItems is the text of the items from from to to, with the marks of
// quotations.
func (o *outline) spanOfItems(from, to int) text.Span {
	return text.Span{Start: o.outerSpan(from).Start, End: o.outerSpan(to - 1).End}
}

func (o *outline) outerSpan(i int) text.Span {
	if q := o.items[i].quote; q >= 0 {
		return o.ms[q].outer
	}
	return o.token(i).Span
}

// statement is a claim that is believed.
func (p *reporter) statement(c *claim, s text.Span, sure float64) Statement {
	out := Statement{Span: s, Kind: Reported, Person: NoPerson, Written: p.written(c.phrase), Cue: p.spanOfItems(c.from, c.to)}
	switch ph := &p.phrases[c.phrase]; {
	case ph.joint || ph.kind == pronoun && ph.sure < sureWhoIsHe || ph.held && !p.plainly(c.phrase):
	case ph.person >= 0:
		out.Person = ph.person
	case ph.kind == body && sure >= sureOfBodySpeech && p.standsAlone(ph, c.link == source.String()):
		out.Body = p.bodyName(ph)
	}
	return out
}

// plainly reports whether the person of phrase x, which only names an office,
// was named shortly before it, and nothing beside the office is said.
func (p *reporter) plainly(x int) bool {
	ph := &p.phrases[x]
	if ph.to-ph.from > 2 {
		return false
	}
	for i := x - 1; i >= 0 && p.items[p.phrases[i].from].para >= p.items[ph.from].para-officeReach; i-- {
		if b := &p.phrases[i]; b.kind == named && b.person == ph.person {
			return true
		}
	}
	return false
}

// standsAlone reports whether a phrase is a body and nothing more: not "the
// F.B.I. records", behind "according to" nothing with a word behind it, not
// "Washington and Seoul", and no word for a crowd: "Police said".
func (o *outline) standsAlone(p *phrase, behindSource bool) bool {
	before := o.token(p.from - 1)
	if before.key == "and" || before.key == "or" || p.to-p.from == 1 && o.token(p.head).is(listener) {
		return p.from > 1 && o.token(p.from-2).key == "," // "…, and Seoul said"
	}
	if p.to >= len(o.items) || o.items[p.to].quote >= 0 || o.items[p.to].sent != o.items[p.from].sent {
		return true
	}
	t := o.token(p.to)
	switch {
	case t.key == "/":
		return false
	case t.kind != word || t.is(calendar|adverb) || t.is(functionWord) && !t.caps:
		return true
	case t.caps || behindSource:
		return false
	}
	return t.is(auxiliary|strongCue|verbWord) || isVerb(t)
}
