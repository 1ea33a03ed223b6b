package speech

import (
	"slices"
	"strings"

	"example.org/attache/corpus/text"
)

// Voice is somebody who speaks in a text whose structure or layout tells who
// speaks.
type Voice struct {
	Name   string // without honorific and office, perhaps a family name alone; empty where it is nobody to be named
	Office string // "Minister for Foreign Affairs"; may be empty
	For    string // the body or country that speaks, or for which the person does; may be empty
	Gender Gender // as far as an honorific or an office tells
}

// Said is what a voice says in one go.
type Said struct {
	Voice      int         // index into the voices of the text
	Label      text.Span   // the words that name the speaker; empty where a heading or a column does
	Paragraphs []text.Span // in order
	Kind       StatementKind
}

// turns returns the statements of those whom the layout of t lets speak, and the
// people with them among them.
func (t *Text) turns(people []Person) ([]Statement, []Person) {
	r := newRoll(t, people)
	who := make([]int, len(t.Voices))
	for i := range t.Voices {
		t.ask()
		if who[i] = NoPerson; t.Voices[i].Name != "" {
			who[i] = r.enlist(&t.Voices[i])
		}
	}
	var out []Statement
	for _, s := range t.Said {
		if p := who[s.Voice]; p != NoPerson {
			r.people[p].label(t.Body, s.Label)
		}
		for _, paragraph := range s.Paragraphs {
			out = append(out, Statement{Span: paragraph, Kind: s.Kind, Person: who[s.Voice], Body: t.Voices[s.Voice].For, Written: s.Label})
		}
	}
	return out, r.people
}

// roll is the people of a text, by family name, while its voices are found among
// them.
type roll struct {
	people   []Person
	byFamily map[string][]int
	voices   map[string]int // how many voices have a family name
	taken    map[int]bool   // people who are a voice already
}

func newRoll(t *Text, people []Person) *roll {
	r := &roll{people: people, byFamily: map[string][]int{}, voices: map[string]int{}, taken: map[int]bool{}}
	if len(t.Voices) == 0 {
		return r
	}
	for i := range people {
		r.add(i)
	}
	for i := range t.Voices {
		r.voices[familyKey(t.Voices[i].Name)]++
	}
	return r
}

func (r *roll) add(i int) {
	k := familyKey(r.people[i].Name)
	r.byFamily[k] = append(r.byFamily[k], i)
}

// familyKey is the last word of a name in lower case.
func familyKey(name string) string {
	return strings.ToLower(name[strings.LastIndexByte(name, ' ')+1:])
}

// enlist finds a voice among the people, or adds it to them.
func (r *roll) enlist(v *Voice) int {
	at := r.find(v)
	if at == NoPerson {
		at = len(r.people)
		r.people = append(r.people, Person{Name: v.Name})
	}
	r.taken[at] = true
	p := &r.people[at]
	whole := strings.Contains(v.Name, " ")
	if whole && !strings.Contains(p.Name, " ") {
		if p.Name != v.Name && !slices.Contains(p.Aliases, p.Name) {
			p.Aliases = append(p.Aliases, p.Name)
		}
		p.Name = v.Name
	}
	if p.Gender |= v.Gender; p.Gender == 0 && whole {
		first, _, _ := strings.Cut(v.Name, " ")
		p.Gender = givenGender(strings.ToLower(first))
	}
	p.holds(v)
	return at
}

// find is the person that a voice is: one of the same name, else one of the family
// name who is known by it alone, or whom the voice is known by it alone, if no
// other voice has it. Two who fit are nobody.
func (r *roll) find(v *Voice) int {
	family := familyKey(v.Name)
	whole := strings.Contains(v.Name, " ")
	found := NoPerson
	for _, i := range r.byFamily[family] {
		p := &r.people[i]
		if r.taken[i] || p.Gender != 0 && v.Gender != 0 && p.Gender&v.Gender == 0 {
			continue
		}
		if strings.EqualFold(p.Name, v.Name) {
			return i
		}
		if whole != strings.Contains(p.Name, " ") && r.voices[family] == 1 && found == NoPerson {
			found = i
		}
	}
	return found
}

// holds notes what the office of a voice, and whom it speaks for, tell of the
// person.
func (p *Person) holds(v *Voice) {
	var read person
	for _, s := range []string{v.Office, v.For} {
		if s == "" {
			continue
		}
		span := text.Span{End: len(s)}
		read.learn(tokens(Text{Body: s, Paragraphs: []text.Span{span}, Sentences: []text.Span{span}}))
	}
	if v.For != "" {
		read.trait("country:" + strings.ToLower(v.For))
	}
	for _, trait := range read.traits {
		if !slices.Contains(p.Traits, trait) {
			p.Traits = append(p.Traits, trait)
		}
	}
}

// label notes that a label names a person.
func (p *Person) label(body string, s text.Span) {
	if s.Len() == 0 {
		return
	}
	at, _ := slices.BinarySearchFunc(p.Mentions, s.Start, func(m Mention, start int) int { return m.Span.Start - start })
	p.Mentions = slices.Insert(p.Mentions, at, Mention{Span: s})
	w := spaced(s.In(body))
	if w != p.Name && w != strings.ToUpper(w) && !strings.ContainsAny(w, "(,") && !slices.Contains(p.Aliases, w) {
		p.Aliases = append(p.Aliases, w)
	}
}
