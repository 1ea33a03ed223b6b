package record

import (
	"slices"
	"strings"
)

// questions counts the questions of the labels of each key.
type questions struct {
	keys  map[string]*questioner
	heads [2]named // the last labels whom the heading names, of two keys
}

type questioner struct {
	first          int  // its first label
	begins         bool // with a question
	all, questions int  // labels
}

type named struct {
	key string
	at  int // its label, from 1; 0 for none
}

// asksMostly reports whether of the labels of a key the first asks a question, and
// a third of all, while another speaker, whom the heading names, answers.
func (y *layout) asksMostly(key string) bool {
	if y.asking == nil {
		y.countQuestions()
	}
	k := y.asking.keys[key]
	if k == nil || !k.begins || k.all < 2 || k.questions*3 < k.all {
		return false
	}
	return slices.ContainsFunc(y.asking.heads[:], func(h named) bool { return h.key != key && h.at-1 > k.first })
}

// countQuestions counts what asksMostly needs.
func (y *layout) countQuestions() {
	y.asking = &questions{keys: map[string]*questioner{}}
	for i := range y.found {
		l := &y.found[i]
		if l.ending == line {
			continue
		}
		asks := strings.ContainsAny(y.said(l), "?？؟")
		k := y.asking.keys[l.key]
		if k == nil {
			k = &questioner{first: i, begins: asks}
			y.asking.keys[l.key] = k
		}
		k.all++
		if asks {
			k.questions++
		}
		if h := &y.asking.heads; y.headHas(l) {
			if h[0].key != l.key {
				h[1] = h[0]
			}
			h[0] = named{l.key, i + 1}
		}
	}
}

// asksByHeading reports whether the heading speaks of a press conference or an
// interview.
func (r *reader) asksByHeading() bool {
	return asksIn(r.d.Title + "\n" + strings.Join(r.head, "\n"))
}

// asksIn reports whether a heading speaks of a press conference or an interview.
func asksIn(heading string) bool {
	all := strings.ToLower(heading)
	return slices.ContainsFunc(words().list[asking], func(p string) bool { return strings.Contains(all, p) })
}

// asksHere reports whether somebody whom nothing bears out asks a question.
func (r *reader) asksHere(l *label) bool {
	return l.shape&(honoured|titled|bold) == 0 && l.ending == colon && strings.Contains(r.said(l), "?") || l.shape&asks != 0
}
