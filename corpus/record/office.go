package record

import (
	"slices"
	"strings"
)

// officeBehind is the office behind the comma of a label: "Luc Pernin, Member of
// the Commission".
func (l *label) officeBehind() string {
	for w := range strings.FieldsSeq(l.tail) {
		if classOf(w)&office != 0 {
			return l.tail
		}
	}
	return ""
}

// holder is whom the document names for an office that stands as a label by
// itself. A chair is nobody unless the document names one.
func (r *reader) holder(l *label) (person, bool) {
	var found []person
	add := func(p person) {
		same := func(o person) bool {
			return keyOf(o.name) == keyOf(p.name) || plain(o.name[len(o.name)-1]) == plain(p.name[len(p.name)-1]) || isPart(o.name, p.name) || isPart(p.name, o.name)
		}
		if at := slices.IndexFunc(found, same); at >= 0 {
			if len(p.name) > len(found[at].name) {
				found[at] = p
			}
			return
		}
		found = append(found, p)
	}
	if r.chairs(l) {
		return r.presiding(l)
	}
	for _, p := range r.known {
		if sameOffice(l.office, p.office) {
			add(p)
		}
	}
	for i := range r.labels {
		if o := &r.labels[i]; len(o.name) > 0 && (sameOffice(l.office, o.office) || sameOffice(l.office, o.officeBehind())) {
			add(person{office: o.office, name: o.name})
		}
	}
	if len(found) > 1 {
		found = slices.DeleteFunc(found, func(p person) bool { return r.isOfAnother(l, p) })
	}
	if len(found) == 0 {
		if p, ok := r.calledAs(l.text); ok {
			add(p)
		} else if p, ok := r.bracketed(l.office); ok {
			add(p)
		} else if p, ok := r.besideOffice(l.office); ok {
			add(p)
		}
	}
	last := l.office[strings.LastIndexByte(l.office, ' ')+1:]
	if len(found) == 0 && classOf(last)&chair != 0 {
		return r.presiding(l)
	}
	if len(found) == 0 && len(r.known) == 1 && r.known[0].office == "" {
		found = r.known
	}
	if len(found) != 1 {
		return person{}, false
	}
	return found[0], true
}

// calledAs is the one person whose name follows the very words of a label and a comma
// in what is said: "our Director of Ports, Mr. Jens Lunde".
func (r *reader) calledAs(label string) (found person, ok bool) {
	const shortest, reach = 8, 80 // bytes of a label that has an office, and of what follows it
	if len(label) < shortest {
		return person{}, false
	}
	for rest := r.all(); ; {
		at := strings.Index(rest, label+", ")
		if at < 0 {
			return found, ok
		}
		rest = rest[at+len(label)+2:]
		behind := rest[:min(len(rest), reach)]
		if end := strings.IndexByte(behind, '\n'); end >= 0 {
			behind = behind[:end]
		}
		ws := strings.Fields(behind)
		for len(ws) > 0 && isCapital(ws[0]) && classOf(ws[0])&honorific != 0 {
			ws = ws[1:]
		}
		name, _ := nameAt(ws)
		if len(name) < 2 || isBodyName(name) {
			continue
		}
		if ok && keyOf(name) != keyOf(found.name) {
			return person{}, false
		}
		found, ok = person{office: label, name: name}, true
	}
}

// besideOffice is the one person whom a line of the heading that has an office
// names, or the line beside it: "the Chief Executive, Ms Kwok Man-yee". A line that
// names somebody with an honorific goes before one that holds a name alone.
func (r *reader) besideOffice(office string) (person, bool) {
	var lines [][]string // each with those beside it
	for part := range strings.SplitSeq(r.d.Title, " | ") {
		lines = append(lines, []string{part})
	}
	for i, h := range r.head {
		lines = append(lines, []string{h, at(r.head, i-1), at(r.head, i+1)})
	}
	wanted := strings.Fields(strings.ToLower(office))
	for _, honoured := range []bool{true, false} {
		for _, around := range lines {
			low := strings.Fields(strings.ToLower(around[0]))
			for k := range low {
				low[k] = plain(low[k])
			}
			if slices.ContainsFunc(wanted, func(w string) bool { return !slices.Contains(low, plain(w)) }) {
				continue
			}
			for k, line := range around {
				one := len(peopleIn(line)) == 1
				if all := namesIn(line); len(all) == 1 && (one || !honoured) {
					return person{office: office, name: all[0], honoured: one && (k == 0 || len(low) <= len(wanted)+1)}, true
				}
			}
		}
	}
	return person{}, false
}

// isPart reports whether a name is one word of another: "KITAHARA" of "KITAHARA
// Sayuri".
func isPart(one, whole []string) bool {
	return len(one) == 1 && slices.ContainsFunc(whole, func(w string) bool { return plain(w) == plain(one[0]) })
}

// isOfAnother reports whether a label that says more of the office than l does is
// a person's: of two spokespersons, "Spokesperson for the Assembly President:" is
// one, so "Spokesperson:" is the other.
func (r *reader) isOfAnother(l *label, p person) bool {
	return slices.ContainsFunc(r.labels, func(o label) bool {
		return len(o.name) == 0 && len(o.office) > len(l.office) && sameOffice(o.office, p.office)
	})
}

// sameWord reports whether two words of offices are one, perhaps with the article
// at the end: "president", "presidenten".
func sameWord(a, b string) bool {
	const shortest, article = 6, 3 // bytes
	if len(a) > len(b) {
		a, b = b, a
	}
	return a == b || len(a) >= shortest && len(b)-len(a) <= article && strings.HasPrefix(b, a)
}

// sameSex writes the offices that tell the sex alike.
var sameSex = strings.NewReplacer("spokesman", "spokesperson", "spokeswoman", "spokesperson", "chairman", "chair", "chairwoman", "chair", "chairperson", "chair", ",", "", ".", "")

// sameOffice reports whether two offices can be one: all words of the shorter
// are among those of the longer, and it is no other office that ends alike
// ("Minister", "Prime Minister").
func sameOffice(a, b string) bool {
	x, y := strings.Fields(sameSex.Replace(strings.ToLower(a))), strings.Fields(sameSex.Replace(strings.ToLower(b)))
	if len(x) == 0 || len(y) == 0 {
		return false
	}
	if len(x) > len(y) {
		x, y = y, x
	}
	for _, w := range x {
		if !slices.ContainsFunc(y, func(o string) bool { return sameWord(w, o) }) {
			return false
		}
	}
	for _, w := range []string{"vice", "deputy", "former", "assistant", "under", "prime"} {
		if slices.Contains(x, w) != slices.Contains(y, w) {
			return false
		}
	}
	return true
}
