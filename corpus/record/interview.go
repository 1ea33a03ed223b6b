package record

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"example.org/attache/corpus/format"
)

// splitQuestions cuts paragraphs that hold a question, set off in bold or italics,
// and the answer to it, as newspapers print interviews.
func (r *reader) splitQuestions() {
	holds := func(b format.Block) bool {
		return b.Kind == format.Body && b.Lead > 0 && b.Lead < len(b.Text) && endsQuestion(b.Text[:b.Lead])
	}
	n := 0
	for _, b := range r.d.Blocks {
		if holds(b) {
			n++
		}
	}
	if n < 2 {
		return
	}
	var out []format.Block
	for _, b := range r.d.Blocks {
		if holds(b) {
			question := b
			question.Text = b.Text[:b.Lead]
			out = append(out, question)
			b.Text, b.Lead = strings.TrimSpace(b.Text[b.Lead:]), 0
		}
		out = append(out, b)
	}
	r.d.Blocks = out
}

// endsQuestion reports whether a text ends with a question mark.
func endsQuestion(t string) bool {
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(t, " \t\u00a0\"”’»)"))
	return strings.ContainsRune("?？؟", last)
}

// isSetOff reports whether all of a block is in bold or italics, or a heading.
func isSetOff(b format.Block) bool {
	return b.Kind == format.Heading || b.Kind == format.Body && b.Lead > 0 && b.Lead >= len(strings.TrimRight(b.Text, " "))
}

// isSetOffQuestion reports whether a block is set off and asks something, perhaps
// with a sentence behind it.
func isSetOffQuestion(b format.Block) bool {
	return isSetOff(b) && (endsQuestion(b.Text) || b.Kind == format.Body && strings.Contains(b.Text, "? "))
}

// setOffQuestions is how many blocks are nothing but a question that is set off.
func (r *reader) setOffQuestions() (n int) {
	for _, b := range r.d.Blocks {
		if isSetOffQuestion(b) {
			n++
		}
	}
	return n
}

// interview reads a document in which questions that are set off, or in an
// interview by its heading paragraphs that are questions, alternate with the
// answers of the one person whom the heading names.
func (r *reader) interview() bool {
	isQuestion, least := isSetOffQuestion, 2
	if r.setOffQuestions() < least {
		isQuestion, least = func(b format.Block) bool { return b.Kind == format.Body && endsQuestion(b.Text) }, 3
	}
	var questions []int
	for i, b := range r.d.Blocks {
		if isQuestion(b) {
			questions = append(questions, i)
		}
	}
	if len(questions) < least {
		return false
	}
	first, last := questions[0], questions[len(questions)-1]
	r.readHead(first)
	if least > 2 && !r.asksByHeading() || !r.isAnswered(questions) {
		return false
	}
	p, ok := r.interviewee(first)
	if !ok {
		return false
	}
	asker, voice := r.add(format.Voice{Office: "q"}), r.add(format.Voice{Name: r.nameOf(p), Office: p.office})
	for i := first; i < len(r.d.Blocks); i++ {
		b := &r.d.Blocks[i]
		switch {
		case isQuestion(*b), i < last && isSetOff(*b):
			b.Kind, b.Voice = format.Question, asker
		case i > last && (isSetOff(*b) || isEnd(b.Text) || r.isNote(b.Text)):
			return true
		case isAside(b.Text):
			b.Kind = format.Aside
		case b.Kind == format.Body && isSentence(b.Text):
			b.Voice = voice
		}
	}
	return true
}

// isSentence reports whether a block is running text, not a caption or a button.
func isSentence(t string) bool {
	last, _ := utf8.DecodeLastRuneInString(t)
	return strings.ContainsRune(".?!…:;,”\"’»)]。！？」", last)
}

// isAnswered reports whether what is below the questions is somebody's own
// words: each question has an answer, and of the answers a third speak as I or we.
func (r *reader) isAnswered(questions []int) bool {
	answers, own := 0, 0
	for n, q := range questions {
		end := len(r.d.Blocks)
		if n+1 < len(questions) {
			end = questions[n+1]
		}
		some, speaks := false, false
		for _, b := range r.d.Blocks[q+1 : end] {
			if b.Kind == format.Body && !isSetOff(b) {
				some, speaks = true, speaks || saysI(b.Text)
			}
		}
		if some {
			answers++
		}
		if speaks {
			own++
		}
	}
	const several = 3 // questions set off in what its title calls an interview: verbs may need no "I"
	if isSetOff(r.d.Blocks[questions[0]]) && len(questions) >= several && (asksIn(r.d.Title) || slices.ContainsFunc(r.head, func(h string) bool { return strings.Contains(h, " / ") && asksIn(h) })) {
		own = answers
	}
	return answers*4 >= len(questions)*3 && own*3 >= answers && own > 1
}

// saysI reports whether a text speaks as I or we outside of quotation marks.
func saysI(t string) bool {
	quoted := false
	for w := range strings.FieldsSeq(t) {
		if strings.ContainsAny(w, "“„«") {
			quoted = true
		}
		c := words().class[strings.ToLower(strings.Trim(w, ".,;:!?()—–\"“”"))]
		if !quoted && c&self != 0 && w != "US" && w != "I." && w != "i" {
			return true
		}
		if strings.ContainsAny(w, "”»") {
			quoted = false
		}
	}
	return false
}

// isNote reports whether a block below the last answer is the page's own: it is
// about whoever wrote it, or no sentence of somebody's.
func (r *reader) isNote(t string) bool {
	first, _ := utf8.DecodeRuneInString(t)
	return strings.ContainsRune("•©*", first) || r.isOfWriter(t)
}

// isOfWriter reports whether a block speaks of whoever wrote the page: it begins with
// their full name.
func (r *reader) isOfWriter(t string) bool {
	return slices.ContainsFunc(r.writers(), func(name []string) bool {
		return strings.HasPrefix(t, strings.Join(name, " ")+" ") && !saysI(t)
	})
}

// writers are the full names behind "by" in the heading, and the document's author.
func (r *reader) writers() (all [][]string) {
	if name := strings.Fields(r.d.Author); len(name) > 1 && len(name) < 5 {
		all = append(all, name)
	}
	for _, h := range r.head {
		low := strings.ToLower(h)
		for _, p := range words().list[byline] {
			at := 0
			if strings.Contains(p, " ") {
				at = strings.Index(low, p+" ")
			} else if !strings.HasPrefix(low, p+" ") { // nor "2 May 2030. By Ada Brand"
				if at = strings.Index(low, ". "+p+" "); at > 0 {
					at += len(". ")
				}
			}
			if at < 0 || at+len(p) >= len(h) {
				continue
			}
			if name, _ := nameAt(strings.Fields(h[at+len(p):])); len(name) > 1 {
				all = append(all, name)
			}
		}
	}
	return all
}

// interviewee is the one person whom the heading of an interview is about, block n
// being its first question: of the full names there that are no writer's and no
// place's, the one that comes most often, and first in the title.
func (r *reader) interviewee(n int) (person, bool) {
	const longest = 700 // bytes
	lines := []string{r.d.Title}
	for _, b := range r.d.Blocks[:n] {
		if len(b.Text) <= longest && b.Text != r.d.Title {
			lines = append(lines, b.Text)
		}
	}
	writers := r.writers()
	times, order := map[string]int{}, [][]string{}
	for _, h := range lines {
		if numberedHeading.MatchString(h) {
			continue // a topic
		}
		for _, name := range fullNamesIn(h) {
			if len(name) < 2 || isPlace(h, name) || slices.ContainsFunc(writers, func(w []string) bool { return keyOf(w) == keyOf(name) }) {
				continue
			}
			if times[keyOf(name)] == 0 {
				order = append(order, name)
			}
			times[keyOf(name)]++
			if h == r.d.Title {
				times[keyOf(name)]++
			}
		}
	}
	order = slices.DeleteFunc(order, func(name []string) bool {
		return slices.ContainsFunc(lines, func(h string) bool { return isPlace(h, name) })
	})
	var best []string
	for _, name := range order {
		if best == nil || times[keyOf(name)] > times[keyOf(best)] {
			best = name
		}
	}
	for _, name := range order {
		if keyOf(name) != keyOf(best) && times[keyOf(name)] == times[keyOf(best)] {
			return person{}, false
		}
	}
	if best == nil {
		return person{}, false
	}
	for _, p := range r.known {
		if keyOf(p.name) == keyOf(best) {
			return p, true
		}
	}
	return person{name: best}, true
}

// numberedHeading is the heading of a topic: "2. The Strait of Mahr".
var numberedHeading = regexp.MustCompile(`^\d{1,3}\. `)

// isPlace reports whether a name follows a word that makes it a place's:
// "the harbour of Port Ansel".
func isPlace(line string, name []string) bool {
	before, _, found := strings.Cut(line, strings.Join(name, " "))
	if !found {
		return false
	}
	ws := strings.Fields(before)
	return len(ws) > 0 && classOf(ws[len(ws)-1])&ofPlace != 0
}

// answererAt is whoever answers under the label "A" of a block: the last whom a label on a
// line of its own names above it, else the answerer of the whole document.
func (r *reader) answererAt(block int) (person, bool) {
	if p, ok := r.namedAbove(block); ok {
		return p, true
	}
	return r.answerer()
}

// namedAbove is the last person above a block whom a label on a line of its own names.
func (r *reader) namedAbove(block int) (p person, ok bool) {
	if r.above == nil {
		r.above = []chairing{}
		for i := range r.labels {
			if l := &r.labels[i]; l.ending == line && len(l.name) > 0 && l.shape&(asks|anonymous) == 0 {
				r.above = append(r.above, chairing{l.block, person{office: cmp.Or(l.office, l.officeBehind()), name: l.name}})
			}
		}
	}
	return lastAbove(r.above, block-1)
}

// answerer is whoever answers all questions: whom the heading says it is an interview of,
// the only one with a label that has a name, the one person of the heading right above the
// questions, else the one whom the document's heading names but
// for its writer, else whom it is about.
func (r *reader) answerer() (person, bool) {
	if p, ok := r.interviewedBy(); ok {
		return p, true
	}
	if p, ok := r.onlyNamed(); ok {
		return p, true
	}
	const longest = 100 // bytes of a heading that is on whoever answers
	first := r.labels[0].block
	for i := first - 1; i >= 0 && i >= first-3; i-- {
		if i < len(r.d.Blocks) && r.d.Blocks[i].Kind == format.Heading {
			if all := fullNamesIn(r.d.Blocks[i].Text); len(all) == 1 && len(all[0]) > 1 && len(r.d.Blocks[i].Text) <= longest {
				return person{name: all[0]}, true
			}
			break
		}
	}
	writers := r.writers()
	var one person
	for _, p := range r.known {
		if slices.ContainsFunc(writers, func(w []string) bool { return keyOf(w) == keyOf(p.name) }) {
			continue
		}
		if one.name != nil && keyOf(one.name) != keyOf(p.name) {
			one = person{}
			break
		}
		one = p
	}
	if one.name != nil {
		return one, true
	}
	return r.interviewee(min(first, len(r.d.Blocks)))
}

// initialled is the full name in the heading that a label of two or three capitals
// stands for, "NL:"; nil for none, and for two.
func (r *reader) initialled(label string) (found []string) {
	const most = 3
	if n := len(label); n < 2 || n > most || strings.ToUpper(label) != label {
		return nil
	}
	lines := append([]string{r.d.Title, r.d.Author}, r.head...)
	for _, h := range lines {
		for _, name := range namesIn(h) {
			name = withInitials(name, label) // an office may precede it: "Pilot Ada Quill"
			if name == nil {
				continue
			}
			if found != nil && keyOf(found) != keyOf(name) {
				return nil
			}
			found = name
		}
	}
	return found
}

// withInitials is the end of a name whose parts begin with the letters of a label; nil for
// none. The parts of a double name count each.
func withInitials(name []string, label string) []string {
	for from := range name {
		rest := label
		for _, w := range name[from:] {
			for part := range strings.SplitSeq(w, "-") {
				if r := firstRune(part); unicode.IsUpper(r) {
					var ok bool
					if rest, ok = strings.CutPrefix(rest, string(r)); !ok {
						rest = "-"
					}
				}
			}
		}
		if rest == "" {
			return name[from:]
		}
	}
	return nil
}

// onlyNamed is the one person whom labels name beside those of questions and answers.
func (r *reader) onlyNamed() (p person, ok bool) {
	for i := range r.labels {
		l := &r.labels[i]
		if len(l.name) == 0 || l.shape&(asks|anonymous) != 0 {
			continue
		}
		if ok && keyOf(l.name) != keyOf(p.name) {
			return person{}, false
		}
		p, ok = person{office: l.office, name: l.name}, true
	}
	return p, ok
}

// interviewedBy is whom a line of the heading says it is an interview of: "DEPOSITION OF:
// ADA BRAND". In a heading in Hangul it is the one whose name has an office beside it.
func (r *reader) interviewedBy() (person, bool) {
	for _, h := range r.head {
		for _, p := range words().list[interviewed] {
			if len(h) <= len(p) || !strings.EqualFold(h[:len(p)], p) {
				continue
			}
			if name, n := nameAt(strings.Fields(strings.TrimLeft(h[len(p):], ": "))); n > 1 && !isBodyName(name) {
				return person{name: name}, true
			}
		}
	}
	return r.holderInHangul()
}

// holderInHangul is the one person whom lines of the heading name beside an office and
// nothing else: "한도윤 외교부 대변인".
func (r *reader) holderInHangul() (found person, ok bool) {
	for _, h := range r.head {
		m := hangulHolder.FindStringSubmatch(h)
		if m == nil || !endsOffice(m[2]) || endsOffice(m[1]) {
			continue
		}
		if ok && m[1] != found.name[0] {
			return person{}, false
		}
		found, ok = person{office: m[2], name: []string{m[1]}}, true
	}
	return found, ok
}

// hangulHolder is a name of three or four syllables and an office of one word or two.
var hangulHolder = regexp.MustCompile(`^[<〈【\[]?(\p{Hangul}{3,4}) ((?:\p{Hangul}{2,12} )?\p{Hangul}{2,12})[>〉】\]]?$`)
