package record

import (
	"slices"
	"strings"
)

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
