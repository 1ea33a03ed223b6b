package speech

import "strings"

// phrase is a piece of text outside quotations that can name a speaker.
type phrase struct {
	from, to int // items
	core     int // item where its name begins, behind titles and what else describes it
	head     int // item of the word that says what it is
	kind     phraseKind
	person   int // index of the person it names, -1
	gender   Gender
	verb     int     // item of the verb it is the subject of, -1
	sure     float64 // of a pronoun: how sure its person is
	relation relation
	apposed  bool // it stands beside another phrase for the same person
}

type phraseKind uint8

const (
	named    phraseKind = iota
	pronoun             // he, she
	plural              // they, we
	nominal             // "the senator"
	unnamed             // "a senior official", "supporters"
	body                // "the White House", "India"
	document            // "the statement", "a report"
	relative            // who
	other               // I, you, everything that is no speaker of interest
)

func (k phraseKind) String() string {
	return [...]string{"name", "he", "they", "the", "a", "body", "text", "who", "other"}[k]
}

// relation is what a phrase is in its clause.
type relation uint8

const (
	loose    relation = iota // nothing of the following
	subject                  // of a verb that is no cue
	speaking                 // subject of a cue
	inverted                 // behind a cue: "said Blinken"
	source                   // behind "according to"
	told                     // object of a cue: "told Blinken"
	object                   // behind a preposition or a verb
	owner                    // "Blinken's"
)

func (r relation) String() string {
	return [...]string{"loose", "subject", "speaking", "inverted", "source", "told", "object", "owner"}[r]
}

// phrases finds everything outside quotations that can name a speaker, in
// order and without overlap.
func (o *outline) phrases(ps []person, mentions []mention) []phrase {
	byItem := make(map[int]*mention, len(mentions))
	for i := range mentions {
		m := &mentions[i]
		if h := o.home[m.from]; h >= 0 {
			byItem[int(h)] = m
		}
	}
	var out []phrase
	for i := 0; i < len(o.items); {
		p, ok := o.phraseAt(i, byItem)
		if !ok {
			i++
			continue
		}
		if p.person >= 0 {
			p.gender = ps[p.person].gender
			out = o.takeIn(&p, out)
		}
		out = append(out, p)
		i = p.to
	}
	for i := range out {
		o.relate(&out[i])
	}
	o.joinAppositions(out)
	return out
}

// takeIn widens the phrase of a name to what describes it: "undecided
// Republican voter Ann Lee". Phrases that it takes in are dropped.
func (o *outline) takeIn(p *phrase, out []phrase) []phrase {
	first, _ := o.sentence(p.from)
	for n := 0; n < 8 && p.from > first; n++ {
		t := o.token(p.from - 1)
		if t.kind == possessive && n > 0 && p.from-2 >= first { // CNN's Jake Tapper
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
		if out[len(out)-1].kind == pronoun || out[len(out)-1].kind == named && o.token(out[len(out)-1].to).kind != possessive {
			p.from = out[len(out)-1].to
			break
		}
		p.from = min(p.from, out[len(out)-1].from)
		out = out[:len(out)-1]
	}
	return out
}

// joinAppositions gives "the envoy" in "Ann Lee, the envoy," and "The envoy,
// Ann Lee," the person of the name beside it, and "who" the one before it.
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
		case a.person >= 0 && b.kind == nominal && b.person < 0 || a.person >= 0 && b.kind == unnamed && o.token(b.from).key[:1] == "a":
			b.person, b.gender, b.apposed = a.person, a.gender, true
		case b.kind == named && (a.kind == nominal || a.kind == unnamed) && after == ",":
			a.person, a.gender = b.person, b.gender
			b.apposed = true
		}
	}
}

func (p *phrase) para(o *outline) int32 { return o.items[p.from].para }

// phraseAt reads the phrase that begins at item i.
func (o *outline) phraseAt(i int, byItem map[int]*mention) (phrase, bool) {
	p := phrase{from: i, to: i + 1, core: i, head: i, person: -1, verb: -1}
	if m := byItem[i]; m != nil {
		p.kind, p.person = named, m.person
		p.to = i + m.to - m.from
		p.head = p.to - 1
		for p.to > len(o.items) || p.to > i+1 && o.items[p.to-1].quote >= 0 {
			p.to--
		}
		return p, true
	}
	t := o.token(i)
	if t.kind != word {
		return p, false
	}
	switch t.key {
	case "he":
		p.kind, p.gender = pronoun, Male
		return p, true
	case "she":
		p.kind, p.gender = pronoun, Female
		return p, true
	case "they", "we":
		p.kind = plural
		return p, true
	case "who":
		p.kind = relative
		return p, true
	case "i", "you", "it":
		p.kind = other
		return p, true
	}
	return o.nounPhrase(i, byItem)
}

// nounPhrase reads a phrase with an article or a possessive, or a bare plural
// or capitalised run, up to its head noun.
func (o *outline) nounPhrase(i int, byItem map[int]*mention) (phrase, bool) {
	p := phrase{from: i, to: i, core: i, head: -1, person: -1, verb: -1, kind: nominal}
	t := o.token(i)
	opened := false
	switch t.key {
	case "the", "his", "her", "their", "its", "this", "that", "our", "my":
		opened = true
	case "a", "an", "one", "another", "some", "many", "several", "other", "two", "three":
		opened, p.kind = true, unnamed
	}
	j := i
	if opened {
		j++
	}
	for n := 0; n < 8 && j < len(o.items); n, j = n+1, j+1 {
		t := o.token(j)
		if t.kind != word || byItem[j] != nil || o.items[j].para != o.items[i].para {
			break
		}
		k, ok := headKind(t)
		if ok {
			p.head, p.to = j, j+1
			if !(opened && p.kind == unnamed && k == nominal) {
				p.kind = k
			}
			if opened && k == unnamed && p.kind == unnamed && strings.Contains(" the his her their ", " "+o.token(i).key+" ") {
				p.kind = unnamed
			}
			continue
		}
		if t.is(functionWord|auxiliary|strongCue|adverb) && !t.caps || !opened && !t.caps && n > 0 && !t.is(titleModifier) {
			break
		}
		if !opened && !t.caps {
			break
		}
	}
	if p.head < 0 {
		return p, false
	}
	if !opened && p.kind == nominal {
		if !o.token(i - 1).is(strongCue) { // "justice issues"; but "said spokesman"
			return p, false
		}
		p.kind = unnamed
	}
	return p, true
}

// headKind tells what kind of speaker a noun is the head of.
func headKind(t *token) (phraseKind, bool) {
	switch {
	case t.caps && t.is(speakingBody|countryWord):
		return body, true
	case t.caps && t.upper && len(t.key) > 1 && !t.is(functionWord|titleWord|calendar):
		return body, true
	case t.is(anyRole):
		return nominal, true
	case !t.caps && t.is(listener) && !t.is(functionWord):
		return unnamed, true
	case !t.caps && bodyNouns[t.key]:
		return body, true
	case !t.caps && t.is(speechNoun):
		return document, true
	case !t.caps && strings.HasSuffix(t.key, "s") && words().words[t.key[:len(t.key)-1]]&anyRole != 0:
		return unnamed, true
	}
	return 0, false
}

// bodyNouns are everyday words for bodies that speak.
var bodyNouns = map[string]bool{"campaign": true, "group": true, "organization": true, "company": true, "government": true,
	"ministry": true, "department": true, "agency": true, "administration": true, "embassy": true, "court": true,
	"committee": true, "commission": true, "party": true, "union": true, "paper": true, "network": true, "office": true}

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
	case before >= 0 && strings.HasPrefix(o.token(before).key, "t") && (o.token(before).key == "told" || o.token(before).key == "telling" || o.token(before).key == "tells"):
		p.relation = told
	case before >= 0 && isLink(o.token(before)):
		p.relation = object
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
	return i > 1 && o.token(i-1).key == "," && o.token(i).is(coreCue)
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
	case "of", "to", "for", "with", "by", "from", "against", "about", "in", "at", "on", "between", "under", "over", "like", "toward", "towards", "than", "behind", "into":
		return true
	}
	return false
}
