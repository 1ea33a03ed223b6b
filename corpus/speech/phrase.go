package speech

import "strings"

// phrase is a piece of text outside quotations that can name a speaker.
type phrase struct {
	from, to int // items
	core     int // item where its name begins, behind titles and what else describes it
	head     int // item of the word that says what it is
	kind     phraseKind
	person   int // index of the person it names, -1
	mention  *mention
	gender   Gender
	verb     int     // item of the verb it is the subject of, -1
	sure     float64 // of a pronoun: how sure its person is
	relation relation
	joint    bool // one of several names with one verb: "Lee and Roe said"
	held     bool // its person is told by the office alone: "the envoy"
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
	unknown             // a capitalised name of something
	other               // I, you, everything that is no speaker of interest
)

func (k phraseKind) String() string {
	return [...]string{"name", "he", "they", "the", "a", "body", "text", "who", "cap", "other"}[k]
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
	passive                  // "Blinken was asked"
	agent                    // "was asked by Blinken"
	relay                    // "…, Lee said, according to Blinken"
	aside                    // within "Lee, head of the office, said"
)

func (r relation) String() string {
	return [...]string{"loose", "subject", "speaking", "inverted", "source", "told", "object", "owner", "passive", "agent", "relay", "aside"}[r]
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
	o.joinLists(out)
	o.clearAsides(out)
	o.markRelays(out)
	return out
}

func (p *phrase) para(o *outline) int32 { return o.items[p.from].para }

// phraseAt reads the phrase that begins at item i.
func (o *outline) phraseAt(i int, byItem map[int]*mention) (phrase, bool) {
	p := phrase{from: i, to: i + 1, core: i, head: i, person: -1, verb: -1}
	if m := byItem[i]; m != nil {
		p.kind, p.person, p.mention = named, m.person, m
		p.to = i + m.to - m.from
		p.head = p.to - 1
		p.to = min(p.to, len(o.items))
		return o.attached(p), true
	}
	t := o.token(i)
	if t.kind != word {
		return p, false
	}
	switch t.key {
	case "he", "he'd", "he'll":
		p.kind, p.gender = pronoun, Male
		return p, true
	case "she", "she'd", "she'll":
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
	if p, ok := o.nounPhrase(i, byItem); ok {
		return p, ok
	}
	return o.capitals(p, byItem)
}

// attached reads on behind a name: "Clinton spokesman" and "Clinton aides" are
// not Clinton.
func (o *outline) attached(p phrase) phrase {
	for j := p.to; j < len(o.items) && j < p.to+3; j++ {
		t := o.token(j)
		if t.kind != word || t.caps || t.is(functionWord|strongCue|auxiliary|adverb|verbWord) || isVerb(t) || o.items[j].para != o.items[p.from].para {
			break
		}
		if k, ok := headKind(t); ok {
			if k == nominal {
				k = unnamed
			}
			p.kind, p.person, p.mention, p.head, p.to = k, -1, nil, j, j+1
			return o.attached(p)
		}
	}
	return p
}

// capitals reads a run of capitalised words that names nobody known.
func (o *outline) capitals(p phrase, byItem map[int]*mention) (phrase, bool) {
	t := o.token(p.from)
	if !t.caps || t.is(functionWord|calendar|honorific) {
		return p, false
	}
	p.kind = unknown
	for p.to < len(o.items) && o.token(p.to).kind == word && o.token(p.to).caps && !o.token(p.to).is(functionWord|calendar) &&
		byItem[p.to] == nil && o.items[p.to].sent == o.items[p.from].sent {
		p.to++
	}
	p.head = p.to - 1
	return o.attached(p), true
}

// nounPhrase reads a phrase with an article or a possessive, or a bare plural
// or capitalised run, up to its head noun.
func (o *outline) nounPhrase(i int, byItem map[int]*mention) (phrase, bool) {
	p := phrase{from: i, to: i, core: i, head: -1, person: -1, verb: -1, kind: nominal}
	opened := true
	switch o.token(i).key {
	case "the", "his", "her", "their", "its", "this", "that", "our", "my":
	case "a", "an", "one", "another", "some", "many", "several", "other", "two", "three":
		p.kind = unnamed
	default:
		if _, ok := headKind(o.token(i)); !ok && o.token(i).is(functionWord) {
			return p, false // "On CNN", but "Officials"
		}
		opened = false
	}
	o.findHead(&p, opened, byItem)
	switch {
	case p.head < 0:
		return p, false
	case opened || p.kind != nominal:
	case !o.token(i - 1).is(strongCue): // "justice issues"; but "said spokesman"
		return p, false
	default:
		p.kind = unnamed
	}
	return p, true
}

// findHead reads on to the last noun of a phrase that says what it is.
func (o *outline) findHead(p *phrase, opened bool, byItem map[int]*mention) {
	j := p.from
	if opened {
		j++
	}
	for n := 0; n < 8 && j < len(o.items); n, j = n+1, j+1 {
		t, m := o.token(j), byItem[j]
		switch {
		case opened && t.kind == number && o.token(j+2).key == "year-old":
			j += 2
			p.head, p.to = j, j+1 // "the 46-year-old"
		case opened && t.kind == sign && t.key == "," && p.head < 0 && n > 0 && o.items[j].para == o.items[p.from].para && o.token(j-1).kind == word:
			// "the tall, quiet diplomat"
		case m != nil && opened && p.head < 0:
			j += m.to - m.from - 1 // "a Clinton supporter"
		case t.kind == possessive && opened && n > 0 && p.head >= 0:
			p.head, p.to = -1, p.from // "the department's spokesman"
		case t.kind != word || m != nil || o.items[j].para != o.items[p.from].para:
			return
		default:
			if k, ok := headKind(t); ok {
				p.head, p.to = j, j+1
				if !opened || p.kind != unnamed || k != nominal {
					p.kind = k
				}
			} else if !t.caps && (!opened || t.is(functionWord|auxiliary|strongCue|adverb) && !t.is(quantity)) {
				return
			}
		}
	}
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
	case !t.caps && t.is(bodyNoun):
		return body, true
	case !t.caps && t.is(speechNoun):
		return document, true
	case !t.caps && strings.HasSuffix(t.key, "s") && words().words[t.key[:len(t.key)-1]]&anyRole != 0:
		return unnamed, true
	}
	return 0, false
}

// bodyName is the name of the body or country that a phrase is, without its
// article; empty where it has none, or holds a word of office.
func (o *outline) bodyName(p *phrase) string {
	from := p.core
	for from < p.head && (!o.token(from).caps || o.token(from).is(functionWord) && o.token(from).key != "new") {
		from++ // but The New York Times
	}
	for i := from; i <= p.head; i++ {
		if t := o.token(i); !t.caps || t.is(titleWord) && !t.is(bodyWord|speakingBody|titleModifier) {
			return ""
		}
	}
	return spaced(o.body[o.token(from).Start:o.token(p.head).End])
}
