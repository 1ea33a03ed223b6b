package speech

import "strings"

// takeIn widens the phrase of a name to what describes it: "undecided
// Republican voter Ann Lee". Phrases that it takes in are dropped.
func (o *outline) takeIn(p *phrase, out []phrase) []phrase {
	first, _ := o.sentence(p.from)
	for n := 0; n < 8 && p.from > first; n++ {
		t := o.token(p.from - 1)
		if t.kind == possessive && p.from-2 >= first { // CNN's Jake Tapper
			p.from--
			continue
		}
		if t.kind != word || t.is(functionWord|auxiliary|verbWord|calendar) || t.is(strongCue|adverb) && !t.caps ||
			t.key == "who" || strings.HasSuffix(t.key, "ing") && !t.is(anyRole) {
			break
		}
		p.from--
	}
	if t := o.token(p.from - 1); p.from > first && p.from < p.core && t.kind == word {
		switch t.key {
		case "the", "a", "an", "his", "her", "their", "our", "its":
			p.from--
		}
	}
	for len(out) > 0 && out[len(out)-1].to > p.from {
		b := out[len(out)-1]
		if b.kind == pronoun || b.kind == relative || b.kind == named && b.to == p.core {
			p.from = b.to
			break
		}
		p.from = min(p.from, b.from)
		out = out[:len(out)-1]
	}
	return out
}

// joinAppositions gives "the envoy" in "Ann Lee, the envoy," and "The envoy,
// Ann Lee," the person of the name beside it, and "who" the one before it. In
// "…, not for Ann Lee, the envoy said" the envoy is somebody else.
func (o *outline) joinAppositions(ps []phrase) {
	for i := 1; i < len(ps); i++ {
		a, b := &ps[i-1], &ps[i]
		gap := b.from - a.to
		if a.para(o) != b.para(o) || gap > 1 || gap == 1 && o.token(a.to).key != "," {
			continue
		}
		after := o.token(b.to).key
		switch {
		case b.kind == relative:
			b.person, b.gender = a.person, a.gender
		case gap == 0:
		case a.person >= 0 && b.person < 0 && b.verb != b.to && (b.kind == nominal || b.kind == unnamed && o.indefinite(b)):
			b.person, b.gender = a.person, a.gender
		case b.kind == named && (a.kind == nominal || a.kind == unnamed) && after == ",":
			a.person, a.gender = b.person, b.gender
		}
	}
}

// indefinite reports whether a phrase opens with "a" or "an".
func (o *outline) indefinite(p *phrase) bool {
	k := o.token(p.from).key
	return k == "a" || k == "an" || k == "another"
}

// relate finds out what the phrase is in its clause.
func (o *outline) relate(p *phrase) {
	p.verb = o.verbAfter(p.to)
	before := o.before(p.from)
	after := o.token(p.to)
	if before >= 0 && o.items[before].para != o.items[p.from].para {
		before = -1
	}
	switch {
	case after.kind == possessive && o.items[min(p.to, len(o.items)-1)].para == o.items[p.from].para:
		p.relation, p.verb = owner, -1
	case o.afterAttribution(p.from):
		p.relation = source
	case before >= 0 && o.token(before).is(strongCue) && !o.token(before).caps && o.opensTail(before):
		p.relation = inverted
		p.verb = before
	case before >= 0 && (o.token(before).key == "told" || o.token(before).key == "telling" || o.token(before).key == "tells"):
		p.relation = told
	case before > 0 && o.token(before).key == "by" && o.token(before-1).is(strongCue) && !o.token(before-1).caps:
		p.relation, p.verb = agent, before-1
	case before >= 0 && isLink(o.token(before)):
		p.relation = object
	case p.verb >= 0 && o.passive(p.verb):
		p.relation = passive
	case p.verb >= 0 && o.token(p.verb).is(strongCue):
		p.relation = speaking
	case p.verb >= 0:
		p.relation = subject
	case before >= 0 && isVerb(o.token(before)):
		p.relation = object
	}
}

// before is the item before i, over adverbs; -1 at the start of the text.
func (o *outline) before(i int) int {
	i--
	for i > 0 && o.token(i).is(adverb) && !o.token(i).is(strongCue) {
		i--
	}
	return i
}

// opensTail reports whether the verb at i follows a quotation, so that its
// subject stands behind it.
func (o *outline) opensTail(i int) bool {
	j := i - 1
	for j >= 0 && (o.token(j).is(adverb) && o.items[j].quote < 0 || o.token(j).key == "," || o.token(j).key == "—" || o.token(j).key == "-" || o.token(j).key == "–") {
		j--
	}
	if j >= 0 && o.items[j].quote >= 0 && o.items[j].para == o.items[i].para {
		return true
	}
	// "…, said Blinken": the verb stands behind a clause and its comma
	return i > 1 && o.token(i-1).key == "," && o.token(i).is(coreCue) && !strings.HasSuffix(o.token(i).key, "ing")
}

// afterAttribution reports whether "according to" or the like ends before i.
func (o *outline) afterAttribution(i int) bool {
	for _, a := range words().attribute {
		if i < len(a) {
			continue
		}
		match := true
		for k, w := range a {
			if o.token(i-len(a)+k).key != w {
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
func isLink(t *token) bool {
	switch t.key {
	case "of", "to", "for", "with", "by", "from", "against", "about", "in", "at", "on", "between", "under", "over", "like", "toward", "towards", "than", "behind", "into", "including":
		return true
	}
	return false
}

// passive reports whether the verb at i is a participle behind "was".
func (o *outline) passive(i int) bool {
	switch k := o.token(i).key; {
	case k == "quoted" || k == "cited": // "is quoted as saying"
		return false
	case !strings.HasSuffix(k, "ed") && k != "told" && k != "heard":
		return false
	}
	for j := i - 1; j >= 0 && j > i-4; j-- {
		switch t := o.token(j); {
		case t.key == "was" || t.key == "were" || t.key == "is" || t.key == "are" || t.key == "been" || t.key == "being":
			return true
		case !t.is(adverb):
			return false
		}
	}
	return false
}

// joinLists gives the names of a list the relation of the last: "Ann Lee, Bob
// Roe and Al Poe said".
func (o *outline) joinLists(ps []phrase) {
	for i := len(ps) - 2; i >= 0; i-- {
		a, b := &ps[i], &ps[i+1]
		if a.kind != named || b.kind != named || a.relation != loose || b.from != a.to+1 || a.para(o) != b.para(o) {
			continue
		}
		if k := o.token(a.to).key; k == "and" || k == "or" || k == "&" || k == "," && b.joint {
			a.relation, a.verb = b.relation, b.verb
			a.joint, b.joint = true, true
		}
	}
}

// clearAsides takes the verb from phrases that stand in an aside about another
// phrase: in "Ann Lee, head of the office, said" the office says nothing.
func (o *outline) clearAsides(ps []phrase) {
	for i := range ps {
		for j := i + 1; j < len(ps) && ps[i].verb > ps[i].to+1 && ps[j].from < ps[i].verb; j++ {
			if ps[i].kind == named && ps[j].kind != named && ps[j].verb == ps[i].verb && ps[j].person != ps[i].person {
				ps[j].verb, ps[j].relation = -1, aside
			}
		}
	}
}

// markRelays marks who only passes on what somebody else says: behind
// "according to", where the same sentence has a speaker already.
func (o *outline) markRelays(ps []phrase) {
	for i := range ps {
		if ps[i].relation != source {
			continue
		}
		for j := i - 1; j >= max(0, i-20) && o.items[ps[j].from].sent == o.items[ps[i].from].sent; j-- {
			if (ps[j].relation == speaking || ps[j].relation == inverted) && o.token(ps[j].verb).is(coreCue) {
				ps[i].relation = relay
			}
		}
	}
}
