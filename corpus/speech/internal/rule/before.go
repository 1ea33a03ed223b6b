package rule

import (
	"example.org/attache/corpus/speech"
	"example.org/attache/corpus/speech/internal/people"
)

// before reads what comes before the quotation at item at in its sentence.
func (p *report) before(at, from int) (attribution, bool) {
	if at == from {
		return unknown, false
	}
	if t := p.Token(at - 1); t.Key == ":" {
		for i := at - 2; i >= from && i > at-7; i-- {
			if m := p.at[i]; m != nil && i+m.To-m.From == at-1 && !p.isObject(i) && p.verbIn(max(from, i-leadReach), i) < 0 {
				return p.attributed(m, -1), true
			}
		}
	}
	for v := at - 1; v >= max(from, at-leadReach); v-- {
		if b := p.Items[v].Quote; b >= 0 {
			return p.last[b], p.verbIn(v, at) < 0 // broken by its speaker
		}
		if n := p.sourceAt(v); n > 0 {
			return p.named(v, v+n, at)
		}
		if g := p.saidBy(p.Token(v).Key); g != 0 {
			return p.subjectBefore(v, from, at, g)
		}
	}
	return unknown, false
}

// verbIn is the first verb of speech from one item to another, -1 for none.
func (p *report) verbIn(from, to int) int {
	for i := from; i < to; i++ {
		if p.Items[i].Quote < 0 && p.saidBy(p.Token(i).Key) != 0 {
			return i
		}
	}
	return -1
}

// subjectBefore finds the subject of the verb at item v before a quotation:
// the nearest name before it that is no object, else the one behind it. Whom
// the sentence names as an object only is not who says it.
func (p *report) subjectBefore(v, from, at int, g speech.Gender) (attribution, bool) {
	object := false
	inverted := v == from || p.Token(v-1).Key == ","
	for i := v - 1; i >= max(from, v-leadReach) && !inverted; i-- {
		if p.Items[i].Quote >= 0 {
			break
		}
		if him := p.pronounOf(p.Token(i).Key); him != 0 && v-i < 4 {
			return attribution{p.meant(i, him), p.Token(i).Span, p.Token(v).Span}, true
		}
		m := p.at[i]
		if m == nil || p.isObject(i) {
			object = object || m != nil
			continue
		}
		if p.another(m, max(from, v-leadReach), i) && v-(i+m.To-m.From) > 3 {
			return unknown, false
		}
		return p.attributed(m, v), true
	}
	t, ok := p.subjectOf(v, v, at, g)
	if object && t.written.Len() == 0 {
		t.person = -1
	}
	return t, ok
}

// another reports whether somebody else than m is named as a subject between
// two items.
func (p *report) another(m *people.Mention, from, to int) bool {
	for i := from; i < to; i++ {
		if o := p.at[i]; o != nil && o.Person != m.Person && !p.isObject(i) {
			return true
		}
	}
	return false
}
