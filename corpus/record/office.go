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
// itself. A chair is nobody unless the heading or another label names one.
func (r *reader) holder(l *label) (person, bool) {
	var found []person
	add := func(p person) {
		same := func(o person) bool {
			return keyOf(o.name) == keyOf(p.name) || plain(o.name[len(o.name)-1]) == plain(p.name[len(p.name)-1])
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
		return r.presiding(l.office)
	}
	for _, p := range r.known {
		if sameOffice(l.office, p.office) {
			add(p)
		}
	}
	for i := range r.labels {
		if o := &r.labels[i]; len(o.name) > 0 && sameOffice(l.office, o.office) {
			add(person{o.office, o.name})
		}
	}
	if len(found) == 0 {
		if p, ok := r.besideOffice(l.office); ok {
			add(p)
		}
	}
	if len(found) == 0 && len(r.known) == 1 && r.known[0].office == "" && plain(l.office) != "speaker" {
		found = r.known
	}
	if len(found) != 1 {
		return person{}, false
	}
	return found[0], true
}

// besideOffice is the one person whom a line of the heading that has an office
// names, or the line beside it: "the Chief Executive, Ms Kwok Man-yee".
func (r *reader) besideOffice(office string) (person, bool) {
	wanted := strings.Fields(strings.ToLower(office))
	lines := append([]string{r.d.Title}, r.head...)
	for i, h := range lines {
		low := strings.Fields(strings.ToLower(h))
		for k := range low {
			low[k] = plain(low[k])
		}
		if slices.ContainsFunc(wanted, func(w string) bool { return !slices.Contains(low, plain(w)) }) {
			continue
		}
		for _, line := range []string{h, at(lines, i-1), at(lines, i+1)} {
			if all := namesIn(line); len(all) == 1 {
				return person{office, all[0]}, true
			}
		}
	}
	return person{}, false
}

// presiding is whom a line of the heading names as the chair: "Présidence de Mme
// …".
func (r *reader) presiding(office string) (person, bool) {
	for _, h := range r.head {
		first, _, _ := strings.Cut(strings.ToLower(h), " ")
		if all := namesIn(h); words().is(first, presiding) && len(all) == 1 {
			return person{office, all[0]}, true
		}
	}
	return person{}, false
}

func at(lines []string, i int) string {
	if i < 0 || i >= len(lines) || len(lines[i]) > 120 {
		return ""
	}
	return lines[i]
}

// chairs reports whether an office chairs a debate: it isn't that of the heading,
// and others have names with brackets or a bold face.
func (r *reader) chairs(l *label) bool {
	last := plain(l.office[strings.LastIndexByte(l.office, ' ')+1:])
	first, _, _ := strings.Cut(l.office, " ")
	if !words().is(last, chair) && !words().is(plain(first), chair) {
		return false
	}
	if r.un {
		return true
	}
	for i := range r.labels {
		if o := &r.labels[i]; len(o.name) > 0 && o.shape&(bracketed|bold) != 0 {
			return true
		}
	}
	return false
}

// sameSex writes the offices that tell the sex alike.
var sameSex = strings.NewReplacer("spokesman", "spokesperson", "spokeswoman", "spokesperson", "chairman", "chair", "chairwoman", "chair", "chairperson", "chair", ",", "")

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
		if !slices.Contains(y, w) {
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
