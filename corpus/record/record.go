// Package record reads the layout of records of what was said: briefings, press
// conferences, debates, verbatim records, interviews and speeches.
//
// [Read] finds out which layout a document has before it believes any label. In
// a talk, labels name who says what follows; a label alone is a weak witness, so
// it needs a second one: it recurs, others of its shape are there, or the heading
// names the person. In a speech the heading names whose words all of it is.
// Whoever a document names by an office or a family name alone is looked for in
// the heading, among the other labels, and in the text.
//
// What a record is told by is data: see words.txt.
package record

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"attache/corpus/date"
	"attache/corpus/format"
)

// Read finds who says what in d. It sets labels off as blocks of their own, marks
// reporters' questions and asides, and names the voice of each block that is
// somebody's words. Title and date are taken from the heading of a record that
// tells them. A document that is no record, and one whose structure already names
// its speakers, stays as it is.
func Read(d *format.Document) {
	if len(d.Voices) > 0 {
		return
	}
	r := &reader{d: d}
	switch {
	case r.talk():
	case r.address():
	default:
		return
	}
	r.describe()
}

// reader reads one document.
type reader struct {
	d      *format.Document
	labels []label // of the blocks that are believed to begin with one, in order
	head   []string
	known  []person // whom the heading names
	voices map[string]int
	alike  map[string]bool // keys of labels that are believed
	listed []person        // whom lines such as "Chair: Ms. Lind" name
	un     bool            // brackets hold whom one speaks for
	text   string          // of the whole document, once it is needed
}

// talk reads a document whose labels tell who speaks.
func (r *reader) talk() bool {
	r.joinNames()
	var found []label
	for i, b := range r.d.Blocks {
		if b.Kind == format.Title || b.Row {
			continue
		}
		if l := labelOf(b); l.ending != none {
			l.block = i
			if l.ending == colon && l.shape&capitals != 0 && l.shape&(honoured|titled|bracketed) == 0 && strings.TrimSpace(b.Text[l.length:]) == "" && !r.speaksBelow(&l) {
				continue // "MEMBERS PRESENT:"
			}
			if r.isRoster(&l) {
				r.listed = append(r.listed, peopleIn(strings.Replace(b.Text, ":", " ", 1))...)
				continue
			}
			found = append(found, l)
		}
	}
	if len(found) > 0 && found[0].block == 0 && r.d.Title == "" && !slices.ContainsFunc(found[1:], func(l label) bool { return l.key == found[0].key }) {
		found = found[1:] // the headline: "Governor Brandt: the harbour will open"
	}
	if len(found) < 2 {
		return false
	}
	r.labels = r.believed(found)
	if len(r.labels) == 0 {
		return false
	}
	r.readHead(r.labels[0].block)
	r.speaksForCountries()
	r.mark()
	return true
}

// How sure a label is by itself.
const (
	weak = iota
	medium
	strong
)

func (l *label) strength() int {
	has := func(s shape) bool { return l.shape&s != 0 }
	named := len(l.name) > 0
	switch {
	case l.ending == line:
		return weak
	case l.ending == stop:
		if has(capitals) || has(bare) {
			return strong
		}
		return medium
	case has(asks) && l.name == nil && (l.ending == space || l.ending == colon || l.ending == dash):
		return strong
	case named && has(honoured|capitals|bracketed), named && has(titled) && !has(single|bare), has(bold) && named && has(full|bracketed|titled|honoured|described):
		return strong
	case has(full|described|bare|answers|anonymous|titled|bold) && !has(single), has(bold):
		return medium
	}
	return weak
}

// believed are the labels that the document as a whole bears out; none where it
// is no talk.
func (r *reader) believed(found []label) []label {
	r.readHead(found[0].block)
	times := map[string]int{}
	strongs, lines := map[string]bool{}, 0
	asked := r.asksByHeading()
	for i := range found {
		l := &found[i]
		times[l.key]++
		if l.strength() == strong {
			strongs[l.key+string(rune('0'+l.ending))] = true
		}
		if l.shape&asks != 0 && l.strength() == strong {
			asked = true
		}
		if r.isLine(l) {
			lines++
		}
	}
	recurring := 0
	for i := range found {
		if l := &found[i]; l.ending != line && times[l.key] > 1 && l.strength() >= medium {
			recurring++
		}
	}
	dashes := 0
	for k := range strongs {
		if strings.HasSuffix(k, string(rune('0'+dash))) {
			dashes++
		}
	}
	byLine := lines >= 3 && lines*12 >= len(r.d.Blocks)
	inHead := slices.ContainsFunc(found, func(l label) bool { return l.ending != line && l.strength() >= medium && r.headNames(&l) })
	honouredTwice := map[string]bool{}
	for i := range found {
		if l := &found[i]; l.ending == stop && l.shape&(honoured|titled) != 0 && len(l.name) > 0 && times[l.key] > 1 {
			honouredTwice[l.key] = true
		}
	}
	stops := len(honouredTwice)
	for k := range strongs {
		if strings.HasSuffix(k, string(rune('0'+stop))) {
			stops++
		}
	}
	talk := stops >= 2 || len(strongs) >= 2 || len(strongs) == 1 && asked && r.asksByHeading() || len(strongs) == 1 && (recurring >= 2 || inHead) || inHead && recurring >= 2 || recurring >= 4 && asked
	if !talk && !byLine {
		return nil
	}
	r.alike = map[string]bool{}
	var kept []label
	for i := range found {
		l := &found[i]
		if l.ending == line {
			if byLine && r.isLine(l) {
				r.alike[l.key] = true
			}
			continue
		}
		if talk && (l.strength() == strong || l.strength() == medium && (times[l.key] > 1 || r.headNames(l) || l.shape&(bare|anonymous|answers|titled) != 0 || l.ending == dash && dashes > 1 || l.ending == stop && stops > 1 && l.shape&(honoured|titled|bracketed) != 0)) {
			r.alike[l.key] = true
		}
	}
	for i := range found {
		l := found[i]
		switch {
		case l.ending == line:
			if !byLine || !r.alike[l.key] && !r.alikeName(&l) || !r.speaksBelow(&l) {
				continue
			}
		case r.alike[l.key]:
		case asked && r.asksHere(&l):
			l.shape |= asks
			l.key = "q"
		case !r.alikeName(&l) && (times[l.key] < 2 || l.strength() == weak && !talk):
			continue
		}
		if asked && l.shape&(asks|honoured|titled|bold) == 0 && (l.shape&capitals == 0 || len(l.name) == 1 && r.asksByHeading()) && len(l.name) > 0 && !r.headNames(&l) && r.asksAlways(found, l.key) {
			l.shape |= asks
			l.key = "q"
		}
		kept = append(kept, l)
	}
	return kept
}

// joinNames joins a name on a line with the brackets on the line below: "Jane
// Moor", "(Eastport) (Lib)".
func (r *reader) joinNames() {
	out := r.d.Blocks[:0]
	for _, b := range r.d.Blocks {
		if n := len(out); n > 0 && onlyBrackets.MatchString(b.Text) && len(out[n-1].Text) < 80 && !strings.ContainsAny(out[n-1].Text, ".:?!") {
			out[n-1].Text += " " + b.Text
			continue
		}
		out = append(out, b)
	}
	r.d.Blocks = out
}

var onlyBrackets = regexp.MustCompile(`^(?:\(\p{Lu}[^()]{1,60}\)\s*)+$`)

// isRoster reports whether a label is an entry of a list rather than what
// somebody says: "President: Mr. Duval (Arenne)".
func (r *reader) isRoster(l *label) bool {
	if l.ending != colon || l.shape&bare == 0 {
		return false
	}
	rest := strings.TrimSpace(r.said(l))
	last, _ := utf8.DecodeLastRuneInString(rest)
	return rest != "" && len(strings.Fields(rest)) <= 8 && !strings.ContainsRune(".?!…”", last) && len(peopleIn(rest)) > 0
}

// isLine reports whether a label that is a line of its own looks like a name with
// what tells it from a heading: brackets, an honorific, an office.
func (r *reader) isLine(l *label) bool {
	if l.ending != line || len(l.name) == 0 && l.shape&bare == 0 {
		return false
	}
	if l.shape&capitals != 0 && l.shape&(honoured|bracketed) == 0 {
		return false
	}
	return l.shape&(bracketed|honoured|titled) != 0 && r.speaksBelow(l)
}

// speaksBelow reports whether the block below a line is running text.
func (r *reader) speaksBelow(l *label) bool {
	if l.block+1 >= len(r.d.Blocks) {
		return false
	}
	b := r.d.Blocks[l.block+1]
	last, _ := utf8.DecodeLastRuneInString(b.Text)
	return b.Kind != format.Title && strings.ContainsRune(".?!…”\"’):;—–。？！", last)
}

// alikeName reports whether a label has the family name of one that is believed.
func (r *reader) alikeName(l *label) bool {
	if len(l.name) == 0 {
		return false
	}
	last := plain(l.name[len(l.name)-1])
	for k := range r.alike {
		k, _, _ = strings.Cut(k, "/")
		if k == keyOf(l.name) || len(l.name) == 1 && strings.HasSuffix(k, " "+last) {
			return true
		}
	}
	return false
}

// asksByHeading reports whether the heading tells of a press conference or an
// interview.
func (r *reader) asksByHeading() bool {
	all := strings.ToLower(r.d.Title + "\n" + strings.Join(r.head, "\n"))
	return slices.ContainsFunc(words().list[asking], func(p string) bool { return strings.Contains(all, p) })
}

// asksHere reports whether somebody whom nothing bears out asks a question.
func (r *reader) asksHere(l *label) bool {
	return l.shape&(honoured|titled|bold) == 0 && l.ending == colon && strings.Contains(r.said(l), "?") || l.shape&asks != 0
}

// asksAlways reports whether all that stands under a label asks something.
func (r *reader) asksAlways(found []label, key string) bool {
	for i := range found {
		if found[i].key == key && !strings.ContainsAny(r.said(&found[i]), "?？؟") {
			return false
		}
	}
	return true
}

// said is the text of a label's block behind the label.
func (r *reader) said(l *label) string { return r.d.Blocks[l.block].Text[l.length:] }

// readHead takes the title and the lines above block n for the heading, and the
// people whom it names.
func (r *reader) readHead(n int) {
	const few, most, longest = 5, 150, 500
	r.head = r.head[:0]
	if first := r.firstSaid(); n > few && first < n {
		n = first // an opening without a label
	}
	for _, b := range r.d.Blocks[:min(n, most)] {
		if len(b.Text) > longest {
			break
		}
		r.head = append(r.head, b.Text)
	}
	r.known = append(peopleIn(r.d.Title), r.listed...)
	for _, h := range r.head {
		r.known = append(r.known, peopleIn(h)...)
	}
}

// speaksForCountries decides whether the brackets behind names hold whom one
// speaks for, as in the records of the United Nations: one bracket each, behind
// an honorific and a family name, of at least two countries.
func (r *reader) speaksForCountries() {
	different, named, one := map[string]bool{}, 0, 0
	for i := range r.labels {
		l := &r.labels[i]
		if len(l.name) == 0 {
			continue
		}
		named++
		if p := l.parties(); len(p) == 1 && l.shape&honoured != 0 && len(l.name) <= 3 && (!isUpper(p[0]) || strings.Contains(p[0], " ")) {
			one++
			different[p[0]] = true
		}
	}
	r.un = len(different) >= 2 && one*2 > named
}

// parties are the brackets of a label that tell no language, time or manner.
func (l *label) parties() (all []string) {
	for _, p := range l.party {
		if isCapital(strings.TrimPrefix(p, "the ")) && !strings.ContainsFunc(p, unicode.IsDigit) && !strings.HasPrefix(p, "As ") && !strings.HasSuffix(p, ".") && !strings.Contains(strings.ToLower(p), "interpret") {
			all = append(all, p)
		}
	}
	return all
}

// mark cuts the labels from the blocks and gives each block its voice.
func (r *reader) mark() {
	r.voices = map[string]int{}
	var out []format.Block
	next, voice, kind := 0, 0, format.Body
	opening := r.opening()
	for i, b := range r.d.Blocks {
		if next < len(r.labels) && r.labels[next].block == i {
			l := &r.labels[next]
			next++
			voice, kind = r.voice(l), format.Body
			if l.shape&asks != 0 {
				kind = format.Question
			}
			head := b
			head.Text, head.Kind, head.Voice, head.Lead = strings.TrimSpace(b.Text[:l.length]), format.Label, voice, 0
			out = append(out, head)
			b.Text, b.Kind, b.Lead = strings.TrimSpace(b.Text[l.length:]), format.Body, 0
			if b.Text == "" {
				continue
			}
		} else if voice == 0 && opening > 0 && next == 0 && i >= r.firstSaid() && b.Kind == format.Body {
			b.Voice = opening
		}
		switch {
		case isAside(b.Text):
			b.Kind = format.Aside
		case b.Kind == format.Title || b.Kind == format.Heading || isEnd(b.Text):
			voice = 0
			if isEnd(b.Text) {
				b.Kind = format.Aside
			}
		case isProceeding(b.Text):
			voice = 0
		case voice > 0:
			b.Voice, b.Kind = voice, kind
		}
		out = append(out, b)
	}
	r.d.Blocks = out
}

// opening is the voice of what stands above the first label where the heading
// calls it somebody's speech; 0 for none.
func (r *reader) opening() int {
	if r.firstSaid() >= r.labels[0].block {
		return 0
	}
	p, ok := r.orator()
	if !ok && r.asksByHeading() && len(r.known) > 0 && !slices.ContainsFunc(r.known[1:], func(o person) bool { return keyOf(o.name) != keyOf(r.known[0].name) }) {
		p, ok = r.known[0], true
	}
	if !ok || !r.speaks(r.firstSaid(), r.labels[0].block, p) {
		return 0
	}
	return r.add(format.Voice{Name: strings.Join(r.spelled(p.name), " "), Office: p.office, Whole: true})
}

// isAside reports whether a block is in brackets from end to end.
func isAside(t string) bool {
	const most = 200 // bytes
	if len(t) > most || len(t) < 3 {
		return false
	}
	first, size := utf8.DecodeRuneInString(t)
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(t, ". "))
	open := strings.IndexRune("([（【", first)
	if open < 0 || strings.ContainsAny(t[size:], "([（") {
		return false
	}
	return last == ')' || last == ']' || last == '）' || last == '】'
}

// isEnd reports whether a block says that the record ends.
func isEnd(t string) bool {
	low := strings.ToLower(strings.Trim(t, "\\ ."))
	if words().is(low, end) {
		return true
	}
	rest, ok := strings.CutPrefix(low, "end ")
	return ok && len(rest) <= 24 && strings.ContainsFunc(rest, unicode.IsDigit)
}

// isProceeding reports whether a block is the record's own word on what happens:
// "The draft resolution was adopted by 11 votes".
func isProceeding(t string) bool {
	const most = 300 // bytes
	if len(t) > most {
		return false
	}
	low := strings.ToLower(t)
	if strings.Contains(low, " i ") || strings.Contains(low, " we ") || strings.Contains(low, " my ") {
		return false
	}
	first := low[:min(len(low), 90)]
	begins := strings.HasPrefix(low, "the ") || strings.HasPrefix(low, "it was") || strings.HasPrefix(low, "question ") || strings.HasPrefix(low, "several ") || strings.HasPrefix(low, "a vote") || strings.HasPrefix(low, "in favour:") || strings.HasPrefix(low, "against:") || strings.HasPrefix(low, "abstaining:") || strings.HasPrefix(low, "draft ") || strings.HasPrefix(low, "at the invitation")
	return begins && len(strings.Fields(t)) <= 40 && slices.ContainsFunc(words().list[proceeding], func(p string) bool { return strings.Contains(first, p) })
}

// voice is the number of whoever a label names.
func (r *reader) voice(l *label) int {
	v := r.voiceOf(l)
	return r.add(v)
}

// add returns the number of a voice, from 1.
func (r *reader) add(v format.Voice) int {
	key := strings.ToLower(v.Name) + "\x00" + v.For
	if v.Name == "" {
		key = "\x00" + v.Office
	}
	if n := r.voices[key]; n > 0 {
		return n
	}
	r.d.Voices = append(r.d.Voices, v)
	if r.voices == nil {
		r.voices = map[string]int{}
	}
	r.voices[key] = len(r.d.Voices)
	return len(r.d.Voices)
}

// describe takes title and date from the heading.
func (r *reader) describe() {
	if r.d.Title == "" {
		r.d.Title = r.title()
	}
	r.quietHead()
	if !r.d.Published.IsZero() {
		return
	}
	for _, h := range append([]string{r.d.Title}, r.head...) {
		if len(h) > 160 {
			continue
		}
		if day := date.Parse(h); day.Day != 0 {
			r.d.Published = day
			return
		}
	}
}

// quietHead makes headings of the lines above what is said that are no sentences,
// such as "Tarrow House, 22 February 2031": they are never quoted.
func (r *reader) quietHead() {
	for i := range r.d.Blocks {
		b := &r.d.Blocks[i]
		if b.Voice > 0 || b.Kind == format.Label {
			return
		}
		last, _ := utf8.DecodeLastRuneInString(b.Text)
		switch {
		case b.Kind != format.Body || strings.ContainsRune(".?!…”", last) && date.Parse(b.Text).Day == 0 || len(b.Text) > 250:
		case b.Text == r.d.Title:
			b.Kind = format.Title
		default:
			b.Kind = format.Heading
		}
	}
}

// title is what the heading calls the event: the line that names a speech, a
// briefing or a sitting, with the lines that go on with it.
func (r *reader) title() string {
	for i, h := range r.head {
		low := " " + strings.ToLower(h) + " "
		names := func(c class) bool {
			return slices.ContainsFunc(words().list[c], func(p string) bool { return strings.Contains(low, " "+p+" ") || strings.Contains(low, " "+p+"’s ") })
		}
		if len(h) > 250 || !(names(speechNoun) || names(asking) || names(occasion)) || strings.Contains(low, "check against delivery") {
			continue
		}
		all := h
		if isCapitals(h) {
			for _, more := range r.head[i+1:] {
				if !isCapitals(more) || date.Parse(more).Day != 0 || len(all)+len(more) > 250 {
					break
				}
				all += " " + more
			}
		}
		return strings.Join(strings.Fields(all), " ")
	}
	return ""
}

func isCapitals(s string) bool {
	return strings.ToUpper(s) == s && strings.ToLower(s) != s
}
