package speech

import (
	"slices"
	"strings"

	"attache/corpus/text"
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
	var out []Statement
	who := make([]int, len(t.Voices))
	for i := range t.Voices {
		who[i] = NoPerson
		if t.Voices[i].Name != "" {
			people, who[i] = t.enlist(people, i, who[:i])
		}
	}
	for _, s := range t.Said {
		v := &t.Voices[s.Voice]
		if p := who[s.Voice]; p != NoPerson {
			people[p].label(t.Body, s.Label)
		}
		for _, paragraph := range s.Paragraphs {
			out = append(out, Statement{Span: paragraph, Kind: s.Kind, Person: who[s.Voice], Body: v.For, Written: s.Label})
		}
	}
	return out, people
}

// enlist finds a voice among the people, none of whom is one of the voices of
// before, or adds it to them.
func (t *Text) enlist(people []Person, voice int, before []int) ([]Person, int) {
	v := &t.Voices[voice]
	family := lastWord(v.Name)
	whole := strings.Contains(v.Name, " ")
	found := NoPerson
	for i := range people {
		p := &people[i]
		if slices.Contains(before, i) || p.Gender != 0 && v.Gender != 0 && p.Gender&v.Gender == 0 || !strings.EqualFold(lastWord(p.Name), family) {
			continue
		}
		switch {
		case strings.EqualFold(p.Name, v.Name):
			found = i
		case whole && strings.Contains(p.Name, " ") && !strings.EqualFold(p.Name[:1], v.Name[:1]):
			continue
		case whole == strings.Contains(p.Name, " ") || t.sharedFamily(family) || found != NoPerson:
			continue
		default:
			found = i
			continue
		}
		break
	}
	if found == NoPerson {
		people, found = append(people, Person{Name: v.Name}), len(people)
	}
	p := &people[found]
	if whole && !strings.Contains(p.Name, " ") {
		if p.Name != v.Name && !slices.Contains(p.Aliases, p.Name) {
			p.Aliases = append(p.Aliases, p.Name)
		}
		p.Name = v.Name
	}
	if p.Gender |= v.Gender; p.Gender == 0 {
		first, _, _ := strings.Cut(v.Name, " ")
		if whole {
			p.Gender = givenGender(strings.ToLower(first))
		}
	}
	p.holds(v)
	return people, found
}

// sharedFamily reports whether several voices have a family name.
func (t *Text) sharedFamily(family string) bool {
	n := 0
	for i := range t.Voices {
		if strings.EqualFold(lastWord(t.Voices[i].Name), family) {
			n++
		}
	}
	return n > 1
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

func lastWord(s string) string { return s[strings.LastIndexByte(s, ' ')+1:] }
