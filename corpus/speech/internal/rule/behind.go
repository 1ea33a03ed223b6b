package rule

import (
	"example.org/attache/corpus/speech"
	"example.org/attache/corpus/speech/internal/token"
	"example.org/attache/corpus/text"
)

// behind reads what follows the quotation at item at: "…, dit Ann Lee", "…,
// selon Ann Lee", "…, Ann Lee said".
func (p *report) behind(at, to int) (attribution, bool) {
	i := at + 1
	for i < to && p.Items[i].Quote < 0 && p.Token(i).Kind == token.Sign && p.Token(i).Key != ":" {
		i++
	}
	if n := p.sourceAt(i); n > 0 {
		return p.named(i, i+n, to)
	}
	for v := i; v < min(to, i+tailReach) && p.Items[v].Quote < 0; v++ {
		if p.at[v] != nil {
			return p.subjectFirst(v, to)
		}
		if g := p.saidBy(p.Token(v).Key); g != 0 {
			for v+1 < to && p.saidBy(p.Token(v+1).Key) != 0 {
				v++
			}
			return p.subjectOf(i, v, to, g)
		}
		if p.Token(v).Kind == token.Sign {
			break
		}
	}
	return unknown, false
}

// subjectFirst reads a name and its verb behind a quotation.
func (p *report) subjectFirst(i, to int) (attribution, bool) {
	m := p.at[i]
	for v := i + m.To - m.From; v < min(to, i+m.To-m.From+3) && p.Items[v].Quote < 0; v++ {
		if p.saidBy(p.Token(v).Key) != 0 && !p.isObject(i) {
			return p.attributed(m, v), true
		}
	}
	return unknown, false
}

// subjectOf finds the subject of the verb at item v, whose words begin at item
// i: behind it, or a pronoun with it, or none.
func (p *report) subjectOf(i, v, to int, g speech.Gender) (attribution, bool) {
	for j := i; j < min(to, v+3) && p.Items[j].Quote < 0; j++ {
		if him := p.pronounOf(p.Token(j).Key); him != 0 {
			return attribution{p.meant(i, him), p.Token(j).Span, p.Token(v).Span}, true
		}
	}
	if t, ok := p.named(v, v+1, to); ok {
		return t, true
	}
	if next := p.Token(v + 1); p.drops && (v+1 >= to || p.Items[v+1].Quote >= 0 || next.Kind == token.Sign) {
		return attribution{p.meant(i, g), text.Span{}, p.Token(v).Span}, true
	}
	return attribution{-1, p.office(v+1, to), p.Token(v).Span}, true
}
