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

// presiding is whom the document names as the chair: in a label of the same
// office, in a list above what is said, or by a line that says who takes the
// chair. Whoever acts for the chair is the last one of whom it is told.
func (r *reader) presiding(l *label) (person, bool) {
	for i := range r.labels {
		if o := &r.labels[i]; len(o.name) > 0 && o.block <= l.block && (sameOffice(l.office, o.office) || sameOffice(l.office, o.officeBehind())) {
			return person{office: l.office, name: o.name}, true
		}
	}
	first, _, _ := strings.Cut(l.office, " ")
	acts := classOf(first)&acting != 0
	if acts {
		if p, ok := r.taker(l); ok {
			return p, true
		}
		return person{}, false
	}
	if p, ok := r.presidesAt(l.block); ok {
		p.office = l.office
		return p, true
	}
	for _, p := range r.listed {
		if sameOffice(l.office, p.office) && (len(p.name) > 1 || p.inColumns) {
			return p, true
		}
	}
	for _, h := range r.head {
		if _, rest, ok := strings.Cut(h, l.office+": "); ok && !r.un {
			ws := strings.Fields(rest)
			for len(ws) > 0 && classOf(ws[0])&(honorific|particle) != 0 {
				ws = ws[1:]
			}
			if name, _ := nameAt(ws); len(name) > 1 && !isBodyName(name) {
				return person{office: l.office, name: name}, true
			}
		}
		first, rest, _ := strings.Cut(h, " ")
		if all := namesIn(rest); classOf(first)&presiding != 0 && len(all) == 1 {
			return person{office: l.office, name: all[0]}, true
		}
	}
	if p, ok := r.besideOffice(l.office); ok && p.honoured && len(p.name) > 1 {
		return p, true
	}
	if p, ok := r.bracketed(l.office); ok {
		return p, true
	}
	if p, ok := r.leader(l); ok {
		return p, true
	}
	return r.taker(l)
}

// Lists of those present are in the first blocks of a record, and have few words.
const (
	mostPresent    = 150
	longestPresent = 300 // bytes
)

// bracketed is the one person whose name precedes an office in brackets, or in
// brackets behind it, in a line above what is said: "Dame Ada Quill (Chair)", "The
// Presiding Officer (Ada Quill)".
func (r *reader) bracketed(office string) (found person, ok bool) {
	for _, b := range r.d.Blocks[:min(r.labels[0].block, mostPresent)] {
		h := b.Text
		if len(h) > longestPresent {
			continue
		}
		for _, m := range bracket.FindAllStringSubmatchIndex(h, -1) {
			before, in := strings.TrimLeft(h[:m[0]], "[("), h[m[2]:m[3]]
			name, _ := holderIn(in)
			switch {
			case isOfficeOf(strings.Fields(in)) && sameOffice(in, office):
				name = nameBefore(before)
			case len(name) < 2 || !endsAsSameOffice(before, office):
				continue
			}
			if len(name) < 2 || ok && keyOf(name) != keyOf(found.name) {
				return person{}, false
			}
			found, ok = person{office: office, name: name}, true
		}
	}
	return found, ok
}

// nameBefore is the full name that a text ends with.
func nameBefore(s string) []string {
	ws := strings.Fields(s)
	for n := min(4, len(ws)); n >= 2; n-- {
		name, took := nameAt(ws[len(ws)-n:])
		if took == n && len(name) == n && !isBodyName(name) {
			return name
		}
	}
	return nil
}

// endsAsSameOffice reports whether a text ends with the words of an office.
func endsAsSameOffice(s, office string) bool {
	ws, wanted := strings.Fields(s), strings.Fields(office)
	if len(ws) < len(wanted) {
		return false
	}
	return strings.EqualFold(strings.Join(ws[len(ws)-len(wanted):], " "), office)
}

// leader is whoever a line names behind words such as "chaired by", with the office
// where several are named.
func (r *reader) leader(l *label) (person, bool) {
	for _, b := range r.d.Blocks[:min(l.block, mostPresent)] {
		if len(b.Text) > longestPresent {
			continue
		}
		for _, phrase := range words().list[ledBy] {
			at := indexFold(b.Text, phrase+" ")
			if at < 0 {
				continue
			}
			rest := b.Text[at+len(phrase):]
			if i := indexFold(rest, strings.ToLower(l.office)); i >= 0 {
				rest = rest[i+len(l.office):]
			}
			if all := namesIn(rest); len(all) > 0 && len(all[0]) > 1 {
				return person{office: l.office, name: all[0]}, true
			}
			if all := peopleIn(rest); len(all) > 0 {
				return all[0], true
			}
		}
	}
	return person{}, false
}

// chairing is a line that names who presides over what follows it, "PRÉSIDENCE DE
// M. YVES COLLIN", or who speaks there.
type chairing struct {
	block int
	who   person
}

// readChairing finds the lines that name who presides.
func (r *reader) readChairing() {
	const longest = 160 // bytes
	for i, b := range r.d.Blocks {
		if len(b.Text) > longest {
			continue
		}
		if rest, ok := chairNamed(b.Text); ok {
			if name, _ := holderIn(rest); len(name) > 1 {
				r.chairing = append(r.chairing, chairing{i, person{name: name}})
			}
			continue
		}
		first, rest, _ := strings.Cut(b.Text, " ")
		if !isCapital(first) || classOf(first)&presiding == 0 {
			continue
		}
		if name := inCapitals(b.Text); len(name) > 0 {
			r.chairing = append(r.chairing, chairing{i, person{name: name}})
		} else if all := append(peopleIn(rest), peopleIn(b.Text)...); len(all) > 0 {
			r.chairing = append(r.chairing, chairing{i, all[0]})
		}
	}
}

// chairNamed returns what follows the words of a line that lead to who presides: "IN THE
// CHAIR: ADA BRAND".
func chairNamed(line string) (rest string, ok bool) {
	for _, p := range words().list[inTheChair] {
		if len(line) > len(p) && strings.EqualFold(line[:len(p)], p) {
			return strings.TrimLeft(line[len(p):], ": "), true
		}
	}
	return "", false
}

// inCapitals is the name that a line sets off in capitals, with its initials:
// "Presidenza del presidente ALTIERI"; none where all of the line is in capitals.
func inCapitals(line string) (name []string) {
	if isCapitals(line) {
		return nil
	}
	for w := range strings.FieldsSeq(line) {
		switch w = strings.TrimRight(w, ",;:"); {
		case isUpper(w) && classOf(w)&(office|honorific|presiding|bodyWord|particle) == 0 || len(name) > 0 && isInitials(w):
			name = append(name, w)
		case len(name) > 0:
			return name
		}
	}
	return name
}

// namesChair reports whether a block is a line that names who presides.
func (r *reader) namesChair(block int) bool {
	_, ok := slices.BinarySearchFunc(r.chairing, block, func(c chairing, b int) int { return c.block - b })
	return ok
}

// presidesAt is whom the last line above a block names that names who presides.
func (r *reader) presidesAt(block int) (p person, ok bool) {
	return lastAbove(r.chairing, block)
}

// lastAbove is whom the last of some lines names that is not below a block.
func lastAbove(lines []chairing, block int) (p person, ok bool) {
	n, found := slices.BinarySearchFunc(lines, block, func(c chairing, b int) int { return c.block - b })
	if found {
		n++
	}
	if n == 0 {
		return person{}, false
	}
	return lines[n-1].who, true
}

// taker is the last person above a label of whom a line tells that they take the
// chair, or preside.
func (r *reader) taker(l *label) (p person, found bool) {
	const longest = 300 // bytes
	for _, b := range r.d.Blocks[:l.block] {
		if len(b.Text) > longest {
			continue
		}
		low := strings.ToLower(b.Text)
		for _, phrase := range words().list[inChair] {
			at := strings.Index(low, phrase)
			if at <= 0 {
				continue
			}
			// Lower case may have other lengths than capitals.
			if all := peopleIn(b.Text[:min(at, len(b.Text))]); len(all) == 1 {
				p, found = person{office: l.office, name: all[0].name}, true
			}
			break
		}
	}
	return p, found
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
