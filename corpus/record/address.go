package record

import (
	"cmp"
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
		p, first, ok = r.belowLead(first)
	}
	end := len(r.d.Blocks)
	if !ok {
		first = r.firstSaid()
		if p, end, ok = r.signed(first); !ok {
			return false
		}
	}
	first = r.belowNotes(first, p)
	if !r.speaks(first, end, p) {
		return false
	}
	voice := r.add(format.Voice{Name: r.nameOf(p), Office: r.officeOf(p), Whole: true})
	for i := first; i < len(r.d.Blocks); i++ {
		b := &r.d.Blocks[i]
		switch {
		case i >= end && i <= end+1: // the signature
			b.Kind = format.Heading
		case i > end:
			return true
		case isEnd(b.Text):
			if b.Kind == format.Body {
				b.Kind = format.Aside
			}
			return true
		case b.Kind != format.Body:
		case isAside(b.Text) || isNotice(b.Text):
			b.Kind = format.Aside
		case r.isHeadingWithin(i):
			b.Kind = format.Heading
		default:
			b.Voice = voice
		}
	}
	return true
}

// belowLead finds the line that is nothing but the name of whoever speaks below it, under
// a lead that speaks of them, on a page that a heading calls a speech; first is the block
// that the speech begins with.
func (r *reader) belowLead(lead int) (p person, first int, ok bool) {
	const most = 20 // blocks
	if !slices.ContainsFunc(append([]string{r.d.Title}, r.head...), holdsSpeech) {
		return person{}, 0, false
	}
	for i := lead + 1; i < min(lead+most, len(r.d.Blocks)-1); i++ {
		t := r.d.Blocks[i].Text
		p, _ := aloneIn(t)
		if len(p.name) < 2 || !isSentence(r.d.Blocks[i+1].Text) {
			continue
		}
		last := strings.ToLower(p.name[len(p.name)-1])
		if slices.ContainsFunc(r.d.Blocks[:i], func(b format.Block) bool { return indexFold(b.Text, last) >= 0 }) {
			return p, i + 1, true
		}
	}
	return person{}, 0, false
}

// signed is the person whose name, with an office in the line below or behind a comma, ends
// what a heading calls a speech, and the block of the name.
func (r *reader) signed(first int) (p person, at int, ok bool) {
	const most = 6 // blocks below the signature
	if !slices.ContainsFunc(append([]string{r.d.Title}, r.head...), holdsSpeech) {
		return person{}, 0, false
	}
	for i := len(r.d.Blocks) - 1; i > first+1 && i >= len(r.d.Blocks)-most; i-- {
		line := r.d.Blocks[i].Text
		below := ""
		if i+1 < len(r.d.Blocks) {
			below = r.d.Blocks[i+1].Text
		}
		if p, ok := signature(line, below); ok && isSentence(r.d.Blocks[i-1].Text) {
			return p, i, true
		}
	}
	return person{}, 0, false
}

// signature reads a line that is nothing but a name, which has an office beside it or in
// the line below.
func signature(line, below string) (person, bool) {
	first, _, _ := strings.Cut(below, " ")
	title := ""
	if classOf(first)&office != 0 && !isSentence(below) {
		title = below
	}
	p, sure := aloneIn(line)
	if ws := strings.Fields(line); len(p.name) < 2 && officeBehindName(ws) > 0 {
		at := officeBehindName(ws) // "Ada Brand Governor", of two lines
		p, sure = person{office: strings.Join(ws[at:], " "), name: ws[:at]}, true
	}
	if len(p.name) < 2 {
		p.name = caselessAlone(line)
	}
	if len(p.name) < 2 || !sure && title == "" {
		return person{}, false
	}
	p.office = cmp.Or(p.office, title)
	return p, true
}

// caselessAlone is the name that is all of a line in a script without capitals, behind a
// word of respect; nil for none.
func caselessAlone(line string) []string {
	const most = 4 // words
	ws := strings.Fields(line)
	for len(ws) > 0 && classOf(ws[0])&honorific != 0 {
		ws = ws[1:]
	}
	if len(ws) < 2 || len(ws) > most || slices.ContainsFunc(ws, func(w string) bool {
		return classOf(w) != 0 || !strings.ContainsFunc(w, isCaseless) || strings.ContainsAny(w, ".,:;،؛")
	}) {
		return nil
	}
	return ws
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

// officeOf is the office of whoever the heading names, which may be in the
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
	const long = 120 // letters
	for i, b := range r.d.Blocks {
		t := strings.TrimSpace(b.Text)
		if t == "" || b.Kind != format.Body && b.Kind != format.Heading {
			continue
		}
		last, _ := utf8.DecodeLastRuneInString(t)
		n := utf8.RuneCountInString(t)
		ends := !isCapitals(t) && (strings.ContainsRune(".!?…”\"", last) || last == ':' && n > long/2) && len(strings.Fields(t)) > 2
		addresses := !isCapitals(t) && (last == ',' || last == '!')
		isHeading := n < 2*long && beginsWithSpeech(t) && (namesOrator(t) || !ends && !addresses)
		if isPreamble(t) || isHeading {
			continue
		}
		if n > 2*long || (ends || addresses || n > long && !isCapitals(t)) && (date.Parse(t).Day == 0 || len(strings.Fields(t)) > mostOfDateLine) {
			return i
		}
	}
	return len(r.d.Blocks)
}

// namesOrator reports whether a line is a heading that says whose speech follows.
func namesOrator(t string) bool {
	p, ok := oratorIn(t)
	return ok && len(p.name) > 0
}

// isPreamble reports whether a paragraph says what the record is: "The following
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
// Ada Brand". A name without either stands elsewhere in the heading too.
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

// isThanks reports whether a paragraph is no more than an address or thanks, as speeches
// begin and end with in languages whose verbs need no "I": "Senhoras e senhores,".
func isThanks(t string) bool {
	const most = 100 // bytes
	if len(t) > most {
		return false
	}
	low := strings.ToLower(strings.TrimRight(t, ",.!: "))
	return slices.ContainsFunc(words().list[thanks], func(p string) bool { return low == p || strings.HasPrefix(low, p+",") || strings.HasPrefix(low, p+" ") })
}

// speaks reports whether the text below the heading is somebody's own words: it
// says I or we outside of quotation marks, or addresses and thanks those who hear it, and
// doesn't tell of the speaker.
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
		if saysI(b.Text) || isThanks(b.Text) {
			own++
		}
	}
	return own > 0 && own*5 >= blocks && told*2 <= own
}
