// Package turn turns what the layout of a record says (who speaks which paragraphs)
// into statements, and finds the speakers among the people of the text.
package turn

import (
	"slices"
	"strings"

	"example.org/attache/corpus/speech"
	"example.org/attache/corpus/speech/internal/limit"
	"example.org/attache/corpus/speech/internal/people"
	"example.org/attache/corpus/speech/internal/word"
	"example.org/attache/corpus/text"
)

// Statements returns what the voices of t say, one statement a paragraph, and the
// people of the text with those of the voices among them.
func Statements(t *speech.Text, people []speech.Person) ([]speech.Statement, []speech.Person) {
	r := newRoll(t, people)
	who := make([]int, len(t.Voices))
	for i := range t.Voices {
		limit.Check(t.Over)
		if who[i] = speech.NoPerson; t.Voices[i].Name != "" {
			who[i] = r.enlist(&t.Voices[i])
		}
	}
	var out []speech.Statement
	for _, s := range t.Said {
		if p := who[s.Voice]; p != speech.NoPerson {
			label(&r.people[p], t.Body, s.Label)
		}
		for _, paragraph := range s.Paragraphs {
			out = append(out, speech.Statement{Span: paragraph, Kind: s.Kind, Person: who[s.Voice], Body: t.Voices[s.Voice].For, Written: s.Label})
		}
	}
	return out, r.people
}

// roll is the people of a text, by family name, while its voices are found among
// them.
type roll struct {
	people   []speech.Person
	byFamily map[string][]int
	voices   map[string]int // how many voices have a family name
	taken    map[int]bool   // people who are a voice already
}

func newRoll(t *speech.Text, people []speech.Person) *roll {
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
func (r *roll) enlist(v *speech.Voice) int {
	at := r.find(v)
	if at == speech.NoPerson {
		at = len(r.people)
		r.people = append(r.people, speech.Person{Name: v.Name})
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
		p.Gender = word.GivenGender(strings.ToLower(first))
	}
	holds(p, v)
	return at
}

// find is the person that a voice is: one of the same name, else one of the family
// name who is known by it alone, or whom the voice is known by it alone, if no
// other voice has it. Two who fit are nobody.
func (r *roll) find(v *speech.Voice) int {
	family := familyKey(v.Name)
	whole := strings.Contains(v.Name, " ")
	found := speech.NoPerson
	for _, i := range r.byFamily[family] {
		p := &r.people[i]
		if r.taken[i] || p.Gender != 0 && v.Gender != 0 && p.Gender&v.Gender == 0 {
			continue
		}
		if strings.EqualFold(p.Name, v.Name) {
			return i
		}
		if whole != strings.Contains(p.Name, " ") && r.voices[family] == 1 && found == speech.NoPerson {
			found = i
		}
	}
	return found
}

// holds notes the traits of a person that the office of a voice shows, and the body
// or country for which it speaks.
func holds(p *speech.Person, v *speech.Voice) {
	for _, trait := range people.TraitsOf(v.Office, v.For) {
		if !slices.Contains(p.Traits, trait) {
			p.Traits = append(p.Traits, trait)
		}
	}
}

// label notes that a label names a person.
func label(p *speech.Person, body string, s text.Span) {
	if s.Len() == 0 {
		return
	}
	at, _ := slices.BinarySearchFunc(p.Mentions, s.Start, func(m speech.Mention, start int) int { return m.Span.Start - start })
	p.Mentions = slices.Insert(p.Mentions, at, speech.Mention{Span: s})
	w := strings.Join(strings.Fields(s.In(body)), " ")
	if w != p.Name && w != strings.ToUpper(w) && !strings.ContainsAny(w, "(,") && !slices.Contains(p.Aliases, w) {
		p.Aliases = append(p.Aliases, w)
	}
}
