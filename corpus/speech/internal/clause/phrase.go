package clause

import (
	"strings"

	"example.org/attache/corpus/speech"
	"example.org/attache/corpus/speech/internal/people"
	"example.org/attache/corpus/speech/internal/token"
	"example.org/attache/corpus/speech/internal/word"
)

// Phrase is a piece of text outside quotations that can name a speaker.
type Phrase struct {
	From, To int // items
	Core     int // item where its name begins, behind titles and what else describes it
	Head     int // item of the word that says what it is
	Kind     Kind
	Person   int // index of the person it names, -1
	Mention  *people.Mention
	Gender   speech.Gender
	Verb     int     // item of the verb it is the subject of, -1
	Sure     float64 // of a pronoun: how sure its person is
	Relation Relation
	Joint    bool // one of several names with one verb: "Lee and Roe said"
	Held     bool // its person is known by the office alone: "the envoy"
}

// Kind is what a phrase names.
type Kind uint8

// The kinds of phrases.
const (
	Named    Kind = iota
	Pronoun       // he, she
	Plural        // they, we
	Nominal       // "the senator"
	Unnamed       // "a senior official", "supporters"
	Body          // "the White House", "India"
	Document      // "the statement", "a report"
	Relative      // who
	Unknown       // a capitalised name of something
	Other         // I, you, everything that is no speaker of interest
)

// String is the name of the kind in the features of package attribute.
func (k Kind) String() string {
	return [...]string{"name", "he", "they", "the", "a", "body", "text", "who", "cap", "other"}[k]
}

// Relation is the role of a phrase in its clause.
type Relation uint8

// The relations of phrases.
const (
	Loose    Relation = iota // nothing of the following
	Subject                  // of a verb that is no cue
	Speaking                 // subject of a cue
	Inverted                 // behind a cue: "said Blinken"
	Source                   // behind "according to"
	Told                     // object of a cue: "told Blinken"
	Object                   // behind a preposition or a verb
	Owner                    // "Blinken's"
	Passive                  // "Blinken was asked"
	Agent                    // "was asked by Blinken"
	Relay                    // "…, Lee said, according to Blinken"
	Aside                    // within "Lee, head of the office, said"
)

// String is the name of the relation in the features of package attribute.
func (r Relation) String() string {
	return [...]string{"loose", "subject", "speaking", "inverted", "source", "told", "object", "owner", "passive", "agent", "relay", "aside"}[r]
}

// Phrases finds everything outside quotations that can name a speaker, in
// order and without overlap.
func (o Reader) Phrases(ps []people.Person, mentions []people.Mention) []Phrase {
	byItem := make(map[int]*people.Mention, len(mentions))
	for i := range mentions {
		m := &mentions[i]
		if h := o.Home[m.From]; h >= 0 {
			byItem[int(h)] = m
		}
	}
	var out []Phrase
	for i := 0; i < len(o.Items); {
		p, ok := o.phraseAt(i, byItem)
		if !ok {
			i++
			continue
		}
		if p.Person >= 0 {
			p.Gender = ps[p.Person].Gender
			out = o.takeIn(&p, out)
		}
		out = append(out, p)
		i = p.To
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

// Paragraph is the index of the paragraph of a phrase.
func (p *Phrase) Paragraph(o Reader) int32 { return o.Items[p.From].Paragraph }

// phraseAt reads the phrase that begins at item i.
func (o Reader) phraseAt(i int, byItem map[int]*people.Mention) (Phrase, bool) {
	p := Phrase{From: i, To: i + 1, Core: i, Head: i, Person: -1, Verb: -1}
	if m := byItem[i]; m != nil {
		p.Kind, p.Person, p.Mention = Named, m.Person, m
		p.To = i + m.To - m.From
		p.Head = p.To - 1
		p.To = min(p.To, len(o.Items))
		return o.attached(p), true
	}
	t := o.Token(i)
	if t.Kind != token.Word {
		return p, false
	}
	switch t.Key {
	case "he", "he'd", "he'll":
		p.Kind, p.Gender = Pronoun, speech.Male
		return p, true
	case "she", "she'd", "she'll":
		p.Kind, p.Gender = Pronoun, speech.Female
		return p, true
	case "they", "we":
		p.Kind = Plural
		return p, true
	case "who":
		p.Kind = Relative
		return p, true
	case "i", "you", "it":
		p.Kind = Other
		return p, true
	}
	if p, ok := o.nounPhrase(i, byItem); ok {
		return p, ok
	}
	return o.capitals(p, byItem)
}

// attached reads on behind a name: "Clinton spokesman" and "Clinton aides" are
// not Clinton.
func (o Reader) attached(p Phrase) Phrase {
	for j := p.To; j < len(o.Items) && j < p.To+3; j++ {
		t := o.Token(j)
		if t.Kind != token.Word || t.Caps || t.Is(word.Function|word.StrongCue|word.Auxiliary|word.Adverb|word.Verb) || token.IsVerb(t) || o.Items[j].Paragraph != o.Items[p.From].Paragraph {
			break
		}
		if k, ok := headKind(t); ok {
			if k == Nominal {
				k = Unnamed
			}
			p.Kind, p.Person, p.Mention, p.Head, p.To = k, -1, nil, j, j+1
			return o.attached(p)
		}
	}
	return p
}

// capitals reads a run of capitalised words that names nobody known.
func (o Reader) capitals(p Phrase, byItem map[int]*people.Mention) (Phrase, bool) {
	t := o.Token(p.From)
	if !t.Caps || t.Is(word.Function|word.Calendar|word.Honorific) {
		return p, false
	}
	p.Kind = Unknown
	for p.To < len(o.Items) && o.Token(p.To).Kind == token.Word && o.Token(p.To).Caps && !o.Token(p.To).Is(word.Function|word.Calendar) &&
		byItem[p.To] == nil && o.Items[p.To].Sentence == o.Items[p.From].Sentence {
		p.To++
	}
	p.Head = p.To - 1
	return o.attached(p), true
}

// nounPhrase reads a phrase with an article or a possessive, or a bare plural
// or capitalised run, up to its head noun.
func (o Reader) nounPhrase(i int, byItem map[int]*people.Mention) (Phrase, bool) {
	p := Phrase{From: i, To: i, Core: i, Head: -1, Person: -1, Verb: -1, Kind: Nominal}
	opened := true
	switch o.Token(i).Key {
	case "the", "his", "her", "their", "its", "this", "that", "our", "my":
	case "a", "an", "one", "another", "some", "many", "several", "other", "two", "three":
		p.Kind = Unnamed
	default:
		if _, ok := headKind(o.Token(i)); !ok && o.Token(i).Is(word.Function) {
			return p, false // "On CNN", but "Officials"
		}
		opened = false
	}
	o.findHead(&p, opened, byItem)
	switch {
	case p.Head < 0:
		return p, false
	case opened || p.Kind != Nominal:
	case !o.Token(i - 1).Is(word.StrongCue): // "justice issues"; but "said spokesman"
		return p, false
	default:
		p.Kind = Unnamed
	}
	return p, true
}

// findHead reads on to the last noun of a phrase that says what it is.
func (o Reader) findHead(p *Phrase, opened bool, byItem map[int]*people.Mention) {
	j := p.From
	if opened {
		j++
	}
	for n := 0; n < 8 && j < len(o.Items); n, j = n+1, j+1 {
		t, m := o.Token(j), byItem[j]
		switch {
		case opened && t.Kind == token.Number && o.Token(j+2).Key == "year-old":
			j += 2
			p.Head, p.To = j, j+1 // "the 46-year-old"
		case opened && t.Kind == token.Sign && t.Key == "," && p.Head < 0 && n > 0 && o.Items[j].Paragraph == o.Items[p.From].Paragraph && o.Token(j-1).Kind == token.Word:
			// "the tall, quiet diplomat"
		case m != nil && opened && p.Head < 0:
			j += m.To - m.From - 1 // "a Clinton supporter"
		case t.Kind == token.Possessive && opened && n > 0 && p.Head >= 0:
			p.Head, p.To = -1, p.From // "the department's spokesman"
		case t.Kind != token.Word || m != nil || o.Items[j].Paragraph != o.Items[p.From].Paragraph:
			return
		default:
			if k, ok := headKind(t); ok {
				p.Head, p.To = j, j+1
				if !opened || p.Kind != Unnamed || k != Nominal {
					p.Kind = k
				}
			} else if !t.Caps && (!opened || t.Is(word.Function|word.Auxiliary|word.StrongCue|word.Adverb) && !t.Is(word.Quantity)) {
				return
			}
		}
	}
}

// headKind is the kind of the phrase of which a noun is the head; false for none.
func headKind(t *token.Token) (Kind, bool) {
	switch {
	case t.Caps && t.Is(word.SpeakingBody|word.Country):
		return Body, true
	case t.Caps && t.Upper && len(t.Key) > 1 && !t.Is(word.Function|word.Title|word.Calendar):
		return Body, true
	case t.Is(word.AnyRole):
		return Nominal, true
	case !t.Caps && t.Is(word.Listener) && !t.Is(word.Function):
		return Unnamed, true
	case !t.Caps && t.Is(word.BodyNoun):
		return Body, true
	case !t.Caps && t.Is(word.SpeechNoun):
		return Document, true
	case !t.Caps && strings.HasSuffix(t.Key, "s") && word.Of(t.Key[:len(t.Key)-1])&word.AnyRole != 0:
		return Unnamed, true
	}
	return 0, false
}

// BodyName is the name of the body or country that a phrase is, without its
// article; empty where it has none, or holds a word of office.
func (o Reader) BodyName(p *Phrase) string {
	from := p.Core
	for from < p.Head && (!o.Token(from).Caps || o.Token(from).Is(word.Function) && o.Token(from).Key != "new") {
		from++ // but The New York Times
	}
	for i := from; i <= p.Head; i++ {
		if t := o.Token(i); !t.Caps || t.Is(word.Title) && !t.Is(word.Body|word.SpeakingBody|word.Modifier) {
			return ""
		}
	}
	return strings.Join(strings.Fields(o.Body[o.Token(from).Start:o.Token(p.Head).End]), " ")
}
