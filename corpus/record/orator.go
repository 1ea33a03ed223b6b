package record

import (
	"slices"
	"strings"
)

// orator is the one person whose speech the heading calls the document.
func (r *reader) orator() (person, bool) {
	lines := append([]string{r.d.Title}, r.head...)
	for i := range lines {
		// A heading in capitals goes over several lines.
		joined := lines[i]
		for j := i + 1; j < len(lines) && j <= i+3 && (isCapitals(lines[i]) || j == i+1 && goesOn(lines[j])); j++ {
			joined += " ¶ " + lines[j]
		}
		if p, found := oratorIn(joined); found {
			if len(p.name) == 0 && p.office != "" {
				p, _ = r.inOffice(p.office)
			}
			return p, len(p.name) > 0
		}
	}
	if slices.ContainsFunc(lines, holdsSpeech) {
		return r.namedAlone()
	}
	return person{}, false
}

// beginsWithSpeech reports whether a heading begins with a word for a speech: "Speech to
// the Institute of Ports".
func beginsWithSpeech(h string) bool {
	first, _, _ := strings.Cut(h, " ")
	return words().is(plain(first), speechNoun) && isCapital(first)
}

// holdsSpeech reports whether a heading has words for a speech.
func holdsSpeech(h string) bool {
	ws := strings.Fields(h)
	return slices.ContainsFunc(ws, func(w string) bool { return words().is(plain(w), speechNoun) }) ||
		slices.ContainsFunc(words().list[speechNoun], func(p string) bool { return strings.Contains(p, " ") && indexFold(h, p) >= 0 })
}

// namedAlone is the one person whose name is all of a line of the heading but for what
// precedes it, an honorific or an office, and for an office behind a comma: "Rt Hon
// Ada Brand". A name without either is elsewhere in the heading too.
func (r *reader) namedAlone() (found person, ok bool) {
	for i, h := range r.head {
		p, sure := aloneIn(h)
		if len(p.name) < 2 || !sure && !r.namedBeside(p, i) {
			continue
		}
		if ok && keyOf(p.name) != keyOf(found.name) {
			return person{}, false
		}
		found, ok = p, true
	}
	return found, ok
}

// aloneIn is the person whom a line names and nothing else; sure is false for one with
// neither honorific nor office.
func aloneIn(line string) (p person, sure bool) {
	const most = 12 // words
	line = strings.TrimSpace(bracket.ReplaceAllString(line, " "))
	head, tail, _ := strings.Cut(line, ",")
	ws := strings.Fields(head)
	if len(ws) > most || isSentence(line) {
		return person{}, false
	}
	n := 0
	for n < len(ws) && (classOf(ws[n])&(honorific|office) != 0 || n+1 < len(ws) && classOf(ws[n+1])&office != 0 && isUpper(ws[n])) {
		sure = true
		n++
	}
	name, took := nameAt(ws[n:])
	if n+took != len(ws) || len(name) < 2 || isBodyName(name) || !isFullName(name) {
		return person{}, false
	}
	for w := range strings.FieldsSeq(tail) {
		sure = sure || classOf(w)&office != 0
	}
	if tail != "" && !sure {
		return person{}, false
	}
	return person{office: strings.Join(ws[:n], " "), name: name, honoured: sure}, sure
}

// namedBeside reports whether another line of the heading than line i has the family name
// of a person.
func (r *reader) namedBeside(p person, i int) bool {
	last := strings.ToLower(p.name[len(p.name)-1])
	has := func(h string) bool { return indexFold(h, last) >= 0 }
	return has(r.d.Title) && r.d.Title != r.head[i] || slices.ContainsFunc(r.head[:i], has) || slices.ContainsFunc(r.head[i+1:], has)
}

// inOffice is the one person whom the first lines name with an office.
func (r *reader) inOffice(office string) (p person, ok bool) {
	const lines, longest = 12, 300
	for _, b := range r.d.Blocks[:min(lines, len(r.d.Blocks))] {
		if len(b.Text) > longest {
			continue
		}
		for _, o := range peopleIn(b.Text) {
			if !sameOffice(office, o.office) || len(o.name) < 2 {
				continue
			}
			if ok && keyOf(o.name) != keyOf(p.name) {
				return person{}, false
			}
			p, ok = o, true
		}
	}
	return p, ok
}

// goesOn reports whether a line of the heading goes on with the one above: "by NATO
// Secretary General …".
func goesOn(line string) bool {
	first, _, _ := strings.Cut(line, " ")
	return classOf(first)&byWord != 0 && !isCapital(first)
}

// lineMarks sets the signs between the lines of a heading apart, drops quotation marks,
// and writes in full what French leaves out: "Discours d’Yves Arnot".
var lineMarks = strings.NewReplacer("¶", " ¶ ", "“", " ", "”", " ", " d’", " de ", " d'", " de ", " l’", " la ", " l'", " la ")

// oratorIn reads one heading; found is true for one that is decisive, also when
// it names nobody: a joint statement.
func oratorIn(h string) (p person, found bool) {
	ws := strings.Fields(lineMarks.Replace(h))
	low := make([]string, len(ws))
	for i, w := range ws {
		low[i] = plain(w)
	}
	for i, w := range low[:min(len(low), 6)] {
		if words().is(w, joint) {
			return person{}, true
		}
		if i > 0 && words().is(w, between) {
			break // "Statement on the cable"
		}
	}
	for i := range low {
		for n := 1; n <= 2 && i+n <= len(low); n++ {
			phrase := strings.Join(low[i:i+n], " ")
			if !words().is(phrase, speechNoun) {
				continue
			}
			if p, ok := behindNoun(ws[i+n:]); ok {
				return p, true
			}
			if p, ok := beforeNoun(ws[:i]); ok {
				return p, true
			}
			if p, ok := beforeDash(ws[:i]); ok {
				return p, true
			}
		}
		if low[i] == "delivered" && i+1 < len(low) && words().is(low[i+1], byWord) {
			if p, ok := behindNoun(ws[i+1:]); ok {
				return p, true
			}
		}
	}
	return person{}, false
}

// behindNoun reads whose speech it is behind the noun: "by Foreign Minister Maren
// Lindqvist at the opening". Two people are nobody's.
func behindNoun(ws []string) (person, bool) {
	for i := 0; i < len(ws) && i < 6; i++ {
		c := classOf(ws[i])
		if c&byWord == 0 {
			if plain(ws[i]) == "as" || plain(ws[i]) == "delivered" || plain(ws[i]) == "prepared" || plain(ws[i]) == "for" || plain(ws[i]) == "delivery" || ws[i] == "¶" || c&speechNoun != 0 {
				continue
			}
			return person{}, false
		}
		rest := strings.ReplaceAll(strings.Join(ws[i:], " "), "¶ ", "")
		all := peopleIn(rest)
		if len(all) == 0 {
			return person{}, false
		}
		if len(all) > 1 && twoSpeak(rest, all) {
			return person{}, true
		}
		return all[0], true
	}
	return person{}, false
}

// twoSpeak reports whether "and" is between the first two people.
func twoSpeak(rest string, all []person) bool {
	a := strings.Index(rest, all[0].name[len(all[0].name)-1])
	b := strings.Index(rest, all[1].name[0])
	if a < 0 || b < a {
		return true
	}
	return slices.ContainsFunc(strings.Fields(rest[a:b]), func(w string) bool { return classOf(w)&conjunction != 0 })
}

// beforeNoun reads whose speech it is before the noun: "Foreign Minister
// Lindqvist’s National".
func beforeNoun(ws []string) (person, bool) {
	for i := len(ws) - 1; i >= 0 && i >= len(ws)-4; i-- {
		if !strings.HasSuffix(ws[i], "’s") && !strings.HasSuffix(ws[i], "'s") && !strings.HasSuffix(ws[i], "s’") && !strings.HasSuffix(ws[i], "s'") {
			continue
		}
		if all := peopleIn(strings.Join(ws[:i+1], " ")); len(all) == 1 {
			return all[0], true
		}
		name, n := nameAt(ws[:i+1])
		if n == i+1 && len(name) > 1 && !isBodyName(name) {
			return person{name: name}, true
		}
		// "Prime Minister’s statement"
		possessed := append(slices.Clone(ws[:i]), strings.TrimRight(ws[i], "’'s"))
		if isOfficeOf(possessed) && !slices.ContainsFunc(possessed, func(w string) bool { return classOf(w)&office == 0 }) {
			return person{office: strings.Join(possessed, " ")}, true
		}
		return person{}, false
	}
	return person{}, false
}

// beforeDash reads whose speech it is at the beginning of the heading: "Ruth Aben –
// Prize Lecture".
func beforeDash(ws []string) (person, bool) {
	name, n := nameAt(ws)
	if len(name) < 2 || isBodyName(name) || n >= len(ws) && !strings.HasSuffix(ws[n-1], ":") {
		return person{}, false
	}
	if n < len(ws) && !slices.Contains([]string{"–", "—", "-", ":", "|"}, ws[n]) && !strings.HasSuffix(ws[n-1], ":") {
		return person{}, false
	}
	return person{name: name}, true
}
