// Package speech reads who says what in a text: its direct quotations with
// their speakers, and the people it names with what it calls them.
//
// A [Statement] is a stretch of the text with the one who says it, such as what
// stands inside one pair of quotation marks in one paragraph. A [Person] is
// everybody the text names, with every place where it does. Both carry byte
// offsets into the text. Where the text leaves a speaker open the speaker stays
// empty: naming nobody is better than naming the wrong one.
//
// Reading takes small steps, each in a file of its own: marks are paired,
// words looked up (token), names cut from runs of capitals (names) and weighed
// (evidence), spellings gathered (people), titles found. Then the quotations
// are shrunk to one item each (outline), so that what is around them reads as
// sentences: verbs are found (clause), and the phrases that can name a speaker
// (phrase) with what they are in their clause (relation). Named facts about a
// phrase and a quotation (facts) are weighed against each other (attribute),
// "he" and "the senator" resolved (resolve). Last come the sentences that report
// speech: their verbs with who may be their subjects (claim) are weighed in the
// same way (reported).
//
// So it is in English. In other languages rules do the work of the weights, and
// take plain cases only: over the words of the language's file speech.txt
// (language, report, uncased), or over signs, where a script has neither capitals
// nor plain words (script).
//
// What the steps know is data: word lists in corpus/language and weights in the
// folder data. A rule that concerns words is a line there; the weights are fitted
// by the command internal/fit, which sees them through [Choices].
package speech

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"example.org/attache/corpus/text"
)

// Text is what Read needs to know of a text.
type Text struct {
	Body       string
	Paragraphs []text.Span // in order, without overlap
	Sentences  []text.Span // in order, without overlap, each within a paragraph
	Language   string      // ISO 639-1, empty when unknown
	Voices     []Voice     // who speaks in it, where its structure or layout tells
	Said       []Said      // what they say, in order
	Over       func() bool // asked now and then: whether to give up; nil: never
}

// Person is somebody a text names.
type Person struct {
	Name     string   // the fullest spelling in the text, without titles
	Aliases  []string // the other spellings, with honorifics, as they occur
	Gender   Gender
	Traits   []string // what could tell a namesake apart, from the titles: "country:korea", "work:politics"
	Mentions []Mention
}

// The kinds of traits, which their values follow.
const (
	CountryTrait = "country:" // that somebody acts for
	WorkTrait    = "work:"    // politics, sport, science …
	OfficeTrait  = "office:"  // a title without the country, the time and small words
	SeatTrait    = "seat:"    // an office of which a person holds one at a time, "mayor of springfield"
)

// Mention is one place that names a person.
type Mention struct {
	Span  text.Span // the name with its honorific: "Mr. Chang"
	Title text.Span // what the text calls the person there: "South Korean Foreign Minister"; empty when nothing
	Also  text.Span // a second title, behind the name: "the State Department's assistant secretary"
}

// Read returns the statements of t in the order of the text, and the people it
// names in the order of their first mention. Where the time of the text is over
// it returns nothing.
func Read(t Text) (_ []Statement, _ []Person) {
	defer func() {
		if p := recover(); p != nil && p != errOver {
			panic(p)
		}
	}()
	said, people := t.prose()
	turns, people := t.turns(people)
	if len(turns) > 0 {
		said = append(turns, said...)
		slices.SortStableFunc(said, func(a, b Statement) int { return a.Span.Start - b.Span.Start })
	}
	return said, people
}

// errOver is what a reading panics with when its time is over, from whatever
// depth; Read recovers it.
var errOver = errors.New("the time of the text is over")

// ask ends the reading when its time is over. Every loop over what a text may
// have very many of asks.
func (t *Text) ask() {
	if t.Over != nil && t.Over() {
		panic(errOver)
	}
}

// prose reads what the words of the text tell, whatever its layout.
func (t Text) prose() ([]Statement, []Person) {
	if s := scripts()[t.Language]; s != nil {
		return readScript(t, s)
	}
	r := read(t)
	said := r.statements()
	people, at := export(t.Body, r.toks, r.people, r.mentions)
	for i := range said {
		if p := said[i].Person; p != NoPerson {
			said[i].Person = at[p]
		}
	}
	return said, people
}

// reading is a text with everything that is found in it.
type reading struct {
	text     Text
	toks     []token
	marks    []marked
	people   []person
	mentions []mention
}

// read takes the steps that need no speaker: marks, words, names, people.
func read(t Text) *reading {
	r := &reading{text: t, toks: tokens(t), marks: quotations(t)}
	placeTokens(r.toks, r.marks)
	t.ask()
	plain := plainWords(r.toks)
	ns := names(r.toks, headings(r.toks, len(t.Paragraphs), plain), plain)
	if !r.english() {
		for i := range ns {
			ns[i].foreign = true
		}
	}
	if l := languages()[t.Language]; l != nil && len(l.title) > 0 {
		r.people, r.mentions = namesBehindOffices(r.toks, l)
		return r
	}
	r.people, r.mentions = people(r.toks, ns, plain, t.ask)
	t.ask()
	giveTitles(r.toks, r.people, r.mentions, !r.english())
	return r
}

// english reports whether the text is in the language that the rules are made
// for; the others have the marks, names and verbs of the data files only.
func (r *reading) english() bool { return r.text.Language == "en" || r.text.Language == "" }

// statements are the quotations and the reported speech, in the order of the
// text: by weights that were fitted to English, or by the rules of another
// language that the data files describe.
func (r *reading) statements() []Statement {
	if r.english() {
		s := r.resolver()
		return inOrder(append(r.attribute(s), s.reported(r.text.ask)...))
	}
	l := languages()[r.text.Language]
	if l == nil {
		l = &grammar{}
	}
	return r.report(l)
}

// inOrder sorts statements by where they begin, the longer one first.
func inOrder(all []Statement) []Statement {
	slices.SortStableFunc(all, func(a, b Statement) int {
		return cmp.Or(cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(b.Span.End, a.Span.End))
	})
	return all
}

// resolver sets out to find the speakers.
func (r *reading) resolver() *resolver {
	o := outlineOf(r.text.Body, r.toks, r.marks)
	a := newAttribution(o, o.phrases(r.people, r.mentions), len(r.text.Paragraphs))
	for _, m := range r.mentions {
		if q := r.toks[m.from].quote; q >= 0 {
			a.namedIn[q] = append(a.namedIn[q], m.person)
		}
	}
	return newResolver(a, r.people)
}

// attribute finds the speaker of every quotation.
func (r *reading) attribute(s *resolver) []Statement {
	out := make([]Statement, len(r.marks))
	sure := make([]float64, len(r.marks))
	for q := range r.marks {
		r.text.ask()
		s.resolveBefore(q)
		sure[q] = s.choose(q)
		if x := s.chosen[q]; x >= 0 {
			s.speakers[q] = s.phrases[x].person
		}
	}
	s.agree(sure)
	for q, m := range r.marks {
		out[q] = Statement{Span: m.Span, Person: NoPerson}
		if x := s.chosen[q]; x >= 0 && sure[q] >= maybe {
			p := &s.phrases[x]
			out[q].Written = s.written(x)
			if p.verb >= 0 && s.token(p.verb).is(strongCue) {
				out[q].Cue = s.token(p.verb).Span
			}
			out[q].Person, out[q].Body = s.speakerOf(p, sure[q])
		}
	}
	return out
}

// speakerOf is the person or the body that phrase p stands for, neither where
// that is not sure enough.
func (r *resolver) speakerOf(p *phrase, sure float64) (int, string) {
	switch {
	case p.kind == pronoun && sure*p.sure < sureOfHim, sure < sureEnough:
	case p.person >= 0:
		return p.person, ""
	case p.kind == body && sure >= sureOfBody:
		return NoPerson, r.bodyName(p)
	}
	return NoPerson, ""
}

// placeTokens notes in which quotation each token stands.
func placeTokens(toks []token, ms []marked) {
	i := 0
	for q, m := range ms {
		for i < len(toks) && toks[i].Start < m.outer.Start {
			i++
		}
		for ; i < len(toks) && toks[i].Start < m.outer.End; i++ {
			toks[i].quote = int32(q)
		}
	}
}

// export turns what was read into People, in the order of their first mention,
// and tells where each of ps is among them: NoPerson for who isn't mentioned.
func export(body string, toks []token, ps []person, mentions []mention) (out []Person, at []int) {
	out = make([]Person, 0, len(ps))
	at = slices.Repeat([]int{NoPerson}, len(ps))
	for _, m := range mentions {
		p := &ps[m.person]
		if at[m.person] == NoPerson {
			g := p.gender
			if g == 0 {
				g = givenGender(p.given)
			}
			at[m.person] = len(out)
			out = append(out, Person{Name: nameIn(body, toks, p), Gender: g, Traits: p.traits})
		}
		o := &out[at[m.person]]
		s := span(toks, m.lead, m.to)
		o.Mentions = append(o.Mentions, Mention{Span: s, Title: m.title, Also: m.also})
		for _, w := range []string{spaced(s.In(body)), otherScript(body, toks, m.to)} {
			if w != "" && w != o.Name && !slices.Contains(o.Aliases, w) {
				o.Aliases = append(o.Aliases, w)
			}
		}
	}
	return out, at
}

// otherScript is a name in brackets at token i, in a script without capitals:
// "Park Jin (박진)".
func otherScript(body string, toks []token, i int) string {
	if i+2 >= len(toks) || toks[i].key != "(" || toks[i+1].kind != word || toks[i+2].key != ")" {
		return ""
	}
	w := toks[i+1].In(body)
	if r, _ := utf8.DecodeRuneInString(w); !unicode.IsLetter(r) || unicode.IsUpper(r) || unicode.IsLower(r) {
		return ""
	}
	return w
}

// nameIn is the fullest spelling of a person's name.
func nameIn(body string, toks []token, p *person) string {
	return spaced(span(toks, p.full, p.fullTo).In(body))
}

// spaced folds white space.
func spaced(s string) string { return strings.Join(strings.Fields(s), " ") }
