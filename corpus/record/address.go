package record

import (
	"slices"
	"strings"
	"unicode/utf8"

	"example.org/attache/corpus/date"
	"example.org/attache/corpus/format"
)

// address reads a document that is one person's speech: the heading says whose,
// and the text speaks as I or we.
func (r *reader) address() bool {
	first := r.firstSaid()
	r.readHead(first)
	p, ok := r.orator()
	if !ok {
		return false
	}
	first = r.belowNotes(first, p)
	if !r.speaks(first, len(r.d.Blocks), p) {
		return false
	}
	voice := r.add(format.Voice{Name: r.nameOf(p), Office: r.officeOf(p), Whole: true})
	for i := first; i < len(r.d.Blocks); i++ {
		b := &r.d.Blocks[i]
		switch {
		case isEnd(b.Text):
			if b.Kind == format.Body {
				b.Kind = format.Aside
			}
			return true
		case b.Kind != format.Body:
		case isAside(b.Text) || isNotice(b.Text):
			b.Kind = format.Aside
		default:
			b.Voice = voice
		}
	}
	return true
}

// belowNotes is where the speech begins below notes on it: paragraphs that are set
// off, that tell what the record is, or that tell of the speaker, above the first
// that speaks as I or we.
func (r *reader) belowNotes(first int, p person) int {
	const most = 10
	last := p.name[len(p.name)-1]
	begin := first
	for i := first; i < len(r.d.Blocks) && i < first+most; i++ {
		b := r.d.Blocks[i]
		switch {
		case isSetOff(b) && b.Kind == format.Body, isPreamble(b.Text):
			begin = i + 1
		case saysI(b.Text):
			return begin
		case strings.Contains(b.Text, last):
			begin = i + 1
		}
	}
	return begin
}

// officeOf is the office of whoever the heading names, which may stand in the
// line below the name.
func (r *reader) officeOf(p person) string {
	if p.office != "" {
		return p.office
	}
	for i, h := range r.head[:max(0, len(r.head)-1)] {
		if strings.Contains(h, p.name[len(p.name)-1]) {
			if first, _, _ := strings.Cut(r.head[i+1], " "); classOf(first)&office != 0 {
				return r.head[i+1]
			}
		}
	}
	return ""
}

// firstSaid is the block that the speech begins with: the first below the
// heading that is a sentence or an address.
func (r *reader) firstSaid() int {
	const long = 120 // bytes
	for i, b := range r.d.Blocks {
		t := strings.TrimSpace(b.Text)
		if t == "" || b.Kind != format.Body && b.Kind != format.Heading {
			continue
		}
		last, _ := utf8.DecodeLastRuneInString(t)
		ends := strings.ContainsRune(".!?:…”\"", last) && len(strings.Fields(t)) > 2 && !isCapitals(t) || last == ',' || last == '!'
		if isPreamble(t) {
			continue
		}
		if len(t) > 2*long || (ends || len(t) > long && !isCapitals(t)) && date.Parse(t).Day == 0 {
			return i
		}
	}
	return len(r.d.Blocks)
}

// isPreamble reports whether a paragraph tells what the record is: "The following
// is a near-verbatim transcript of today's noon briefing by …".
func isPreamble(t string) bool {
	low := strings.ToLower(t)
	return len(t) < 500 && slices.ContainsFunc(words().list[preamble], func(p string) bool { return strings.Contains(low, p) })
}

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
	if slices.ContainsFunc(lines, beginsWithSpeech) {
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

// namedAlone is the one person whose name, behind an honorific, is all of a line of the
// heading: "Rt Hon Ada Brand".
func (r *reader) namedAlone() (found person, ok bool) {
	for _, h := range r.head {
		ws := strings.Fields(h)
		n := 0
		for n < len(ws) && classOf(ws[n])&honorific != 0 {
			n++
		}
		name, took := nameAt(ws[n:])
		if n == 0 || len(name) < 2 || n+took != len(ws) || isBodyName(name) {
			continue
		}
		if ok && keyOf(name) != keyOf(found.name) {
			return person{}, false
		}
		found, ok = person{name: name, honoured: true}, true
	}
	return found, ok
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

// lineMarks sets the signs between the lines of a heading apart, and drops
// quotation marks.
var lineMarks = strings.NewReplacer("¶", " ¶ ", "“", " ", "”", " ")

// oratorIn reads one heading; found is true for one that is decisive, also when
// it names nobody: a joint statement.
func oratorIn(h string) (p person, found bool) {
	ws := strings.Fields(lineMarks.Replace(h))
	low := make([]string, len(ws))
	for i, w := range ws {
		low[i] = plain(w)
	}
	if slices.ContainsFunc(low[:min(len(low), 6)], func(w string) bool { return words().is(w, joint) }) {
		return person{}, true
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

// twoSpeak reports whether "and" stands between the first two people.
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

// speaks reports whether the text below the heading is somebody's own words: it
// says I or we outside of quotation marks, and doesn't tell of the speaker.
func (r *reader) speaks(first, end int, p person) bool {
	own, blocks, told := 0, 0, 0
	last := plain(p.name[len(p.name)-1])
	for _, b := range r.d.Blocks[first:end] {
		if b.Kind != format.Body {
			continue
		}
		blocks++
		for w := range strings.FieldsSeq(b.Text) {
			if plain(w) == last {
				told++
			}
		}
		if saysI(b.Text) {
			own++
		}
	}
	return own > 0 && own*5 >= blocks && told*2 <= own
}
