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
// doesn't speak of the speaker in the third person.
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
