package clause

import (
	"strings"

	"example.org/attache/corpus/speech/internal/token"
	"example.org/attache/corpus/speech/internal/word"
)

// takeIn widens the phrase of a name to what describes it: "undecided
// Republican voter Ann Lee". Phrases that it takes in are dropped.
func (o Reader) takeIn(p *Phrase, out []Phrase) []Phrase {
	first, _ := o.Sentence(p.From)
	for n := 0; n < 8 && p.From > first; n++ {
		t := o.Token(p.From - 1)
		if t.Kind == token.Possessive && p.From-2 >= first { // CNN's Jake Tapper
			p.From--
			continue
		}
		if t.Kind != token.Word || t.Is(word.Function|word.Auxiliary|word.Verb|word.Calendar) || t.Is(word.StrongCue|word.Adverb) && !t.Caps ||
			t.Key == "who" || strings.HasSuffix(t.Key, "ing") && !t.Is(word.AnyRole) {
			break
		}
		p.From--
	}
	if t := o.Token(p.From - 1); p.From > first && p.From < p.Core && t.Kind == token.Word {
		switch t.Key {
		case "the", "a", "an", "his", "her", "their", "our", "its":
			p.From--
		}
	}
	for len(out) > 0 && out[len(out)-1].To > p.From {
		b := out[len(out)-1]
		if b.Kind == Pronoun || b.Kind == Relative || b.Kind == Named && b.To == p.Core {
			p.From = b.To
			break
		}
		p.From = min(p.From, b.From)
		out = out[:len(out)-1]
	}
	return out
}

// joinAppositions gives "the envoy" in "Ann Lee, the envoy," and "The envoy,
// Ann Lee," the person of the name beside it, and "who" the one before it. In
// "…, not for Ann Lee, the envoy said" the envoy is somebody else.
func (o Reader) joinAppositions(ps []Phrase) {
	for i := 1; i < len(ps); i++ {
		a, b := &ps[i-1], &ps[i]
		gap := b.From - a.To
		if a.Paragraph(o) != b.Paragraph(o) || gap > 1 || gap == 1 && o.Token(a.To).Key != "," {
			continue
		}
		after := o.Token(b.To).Key
		switch {
		case b.Kind == Relative:
			b.Person, b.Gender = a.Person, a.Gender
		case gap == 0:
		case a.Person >= 0 && b.Person < 0 && b.Verb != b.To && (b.Kind == Nominal || b.Kind == Unnamed && o.indefinite(b)):
			b.Person, b.Gender = a.Person, a.Gender
		case b.Kind == Named && (a.Kind == Nominal || a.Kind == Unnamed) && after == ",":
			a.Person, a.Gender = b.Person, b.Gender
		}
	}
}

// indefinite reports whether a phrase opens with "a", "an" or "another".
func (o Reader) indefinite(p *Phrase) bool {
	k := o.Token(p.From).Key
	return k == "a" || k == "an" || k == "another"
}

// relate finds out what the phrase is in its clause.
func (o Reader) relate(p *Phrase) {
	p.Verb = o.verbAfter(p.To)
	before := o.Before(p.From)
	after := o.Token(p.To)
	if before >= 0 && o.Items[before].Paragraph != o.Items[p.From].Paragraph {
		before = -1
	}
	switch {
	case after.Kind == token.Possessive && o.Items[min(p.To, len(o.Items)-1)].Paragraph == o.Items[p.From].Paragraph:
		p.Relation, p.Verb = Owner, -1
	case o.afterAttribution(p.From):
		p.Relation = Source
	case before >= 0 && o.Token(before).Is(word.StrongCue) && !o.Token(before).Caps && o.opensTail(before):
		p.Relation = Inverted
		p.Verb = before
	case before >= 0 && (o.Token(before).Key == "told" || o.Token(before).Key == "telling" || o.Token(before).Key == "tells"):
		p.Relation = Told
	case before > 0 && o.Token(before).Key == "by" && o.Token(before-1).Is(word.StrongCue) && !o.Token(before-1).Caps:
		p.Relation, p.Verb = Agent, before-1
	case before >= 0 && isLink(o.Token(before)):
		p.Relation = Object
	case p.Verb >= 0 && o.passive(p.Verb):
		p.Relation = Passive
	case p.Verb >= 0 && o.Token(p.Verb).Is(word.StrongCue):
		p.Relation = Speaking
	case p.Verb >= 0:
		p.Relation = Subject
	case before >= 0 && token.IsVerb(o.Token(before)):
		p.Relation = Object
	}
}

// Before is the item before i, over adverbs; -1 at the start of the text.
func (o Reader) Before(i int) int {
	i--
	for i > 0 && o.Token(i).Is(word.Adverb) && !o.Token(i).Is(word.StrongCue) {
		i--
	}
	return i
}

// opensTail reports whether the verb at i follows a quotation, so that its
// subject follows it.
func (o Reader) opensTail(i int) bool {
	j := i - 1
	for j >= 0 && (o.Token(j).Is(word.Adverb) && o.Items[j].Quote < 0 || o.Token(j).Key == "," || o.Token(j).Key == "—" || o.Token(j).Key == "-" || o.Token(j).Key == "–") {
		j--
	}
	if j >= 0 && o.Items[j].Quote >= 0 && o.Items[j].Paragraph == o.Items[i].Paragraph {
		return true
	}
	// "…, said Blinken": the verb follows a clause and its comma
	return i > 1 && o.Token(i-1).Key == "," && o.Token(i).Is(word.CoreCue) && !strings.HasSuffix(o.Token(i).Key, "ing")
}

// afterAttribution reports whether "according to" or the like ends before i.
func (o Reader) afterAttribution(i int) bool {
	for _, a := range word.Attributions() {
		if i < len(a) {
			continue
		}
		match := true
		for k, w := range a {
			if o.Token(i-len(a)+k).Key != w {
				match = false
				break
			}
		}
		if match {
			return true
		}
	}
	return false
}

// isLink reports whether a word makes what follows it no subject.
func isLink(t *token.Token) bool {
	switch t.Key {
	case "of", "to", "for", "with", "by", "from", "against", "about", "in", "at", "on", "between", "under", "over", "like", "toward", "towards", "than", "behind", "into", "including":
		return true
	}
	return false
}

// passive reports whether the verb at i is a participle behind "was".
func (o Reader) passive(i int) bool {
	switch k := o.Token(i).Key; {
	case k == "quoted" || k == "cited": // "is quoted as saying"
		return false
	case !strings.HasSuffix(k, "ed") && k != "told" && k != "heard":
		return false
	}
	for j := i - 1; j >= 0 && j > i-4; j-- {
		switch t := o.Token(j); {
		case t.Key == "was" || t.Key == "were" || t.Key == "is" || t.Key == "are" || t.Key == "been" || t.Key == "being":
			return true
		case !t.Is(word.Adverb):
			return false
		}
	}
	return false
}

// joinLists gives the names of a list the relation of the last: "Ann Lee, Bob
// Roe and Al Poe said".
func (o Reader) joinLists(ps []Phrase) {
	for i := len(ps) - 2; i >= 0; i-- {
		a, b := &ps[i], &ps[i+1]
		if a.Kind != Named || b.Kind != Named || a.Relation != Loose || b.From != a.To+1 || a.Paragraph(o) != b.Paragraph(o) {
			continue
		}
		if k := o.Token(a.To).Key; k == "and" || k == "or" || k == "&" || k == "," && b.Joint {
			a.Relation, a.Verb = b.Relation, b.Verb
			a.Joint, b.Joint = true, true
		}
	}
}

// clearAsides takes the verb from phrases inside an aside about another phrase: in "Ann Lee, head of the office, said" the office says nothing.
func (o Reader) clearAsides(ps []Phrase) {
	for i := range ps {
		for j := i + 1; j < len(ps) && ps[i].Verb > ps[i].To+1 && ps[j].From < ps[i].Verb; j++ {
			if ps[i].Kind == Named && ps[j].Kind != Named && ps[j].Verb == ps[i].Verb && ps[j].Person != ps[i].Person {
				ps[j].Verb, ps[j].Relation = -1, Aside
			}
		}
	}
}

// markRelays marks who only passes on what somebody else says: behind
// "according to", where the same sentence has a speaker already.
func (o Reader) markRelays(ps []Phrase) {
	for i := range ps {
		if ps[i].Relation != Source {
			continue
		}
		for j := i - 1; j >= max(0, i-20) && o.Items[ps[j].From].Sentence == o.Items[ps[i].From].Sentence; j-- {
			if (ps[j].Relation == Speaking || ps[j].Relation == Inverted) && o.Token(ps[j].Verb).Is(word.CoreCue) {
				ps[i].Relation = Relay
			}
		}
	}
}
