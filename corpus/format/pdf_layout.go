package format

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"example.org/attache/corpus/text"
)

// layPages puts the lines of a file together to paragraphs, over pages too,
// without the headers and footers of the pages. Notes at the foot of a page follow
// the paragraph that goes on above them.
func layPages(pages []pdfPage) []Block {
	turnMarks(pages)
	dropRunning(pages)
	var lines []pdfLine
	for _, page := range pages {
		lines = append(lines, page.lines...)
	}
	size, words := bodySize(lines), vocabulary(lines)
	s := setter{size: size, words: words}
	var flow []pdfLine // without the notes
	notes := map[int][]pdfLine{}
	for _, page := range pages {
		at := footnotes(page.lines, size)
		flow = append(flow, page.lines[:at]...)
		if at < len(page.lines) {
			notes[len(flow)] = page.lines[at:]
		}
	}
	for i, l := range flow {
		if i > 0 && s.breaks(flow, i) {
			s.flush()
		}
		s.add(l)
		if foot := notes[i+1]; foot != nil {
			n := setter{size: size, words: words}
			n.setAll(foot)
			s.aside = append(s.aside, n.out...)
		}
	}
	s.flush()
	return s.out
}

// footnotes returns where the notes begin that are at the foot of a page: lines
// of smaller letters, the first of which has a number.
func footnotes(lines []pdfLine, size float64) int {
	at := len(lines)
	for i := len(lines) - 1; i > 0 && lines[i].size > 0 && lines[i].size < size*smallPrint; i-- {
		if beginsNote(lines[i]) && lines[i].bottom < lines[i-1].bottom {
			at = i
		}
	}
	return at
}

var noteStart = regexp.MustCompile(`^(?:\(?[0-9]{1,3}[.)]?|[*∗†‡§¶]+)\s*\pL`)

func beginsNote(l pdfLine) bool { return l.marked || noteStart.MatchString(l.text) }

// bodySize returns the size of most of the text.
func bodySize(lines []pdfLine) float64 {
	var sizes []float64
	for _, l := range lines {
		for range len(l.text)/20 + 1 {
			sizes = append(sizes, l.size)
		}
	}
	if len(sizes) == 0 {
		return 0
	}
	slices.Sort(sizes)
	return sizes[len(sizes)/2]
}

// vocabulary counts the words within lines, hyphens included, to
// tell a word that was broken from one that has a hyphen.
func vocabulary(lines []pdfLine) map[string]bool {
	words := map[string]bool{}
	for _, l := range lines {
		for w := range strings.FieldsSeq(l.text) {
			w = strings.ToLower(strings.TrimFunc(w, func(r rune) bool { return !unicode.IsLetter(r) }))
			words[strings.ReplaceAll(w, "\u2010", "-")] = true
		}
	}
	return words
}

// setter puts lines together.
type setter struct {
	size    float64
	words   map[string]bool
	text    strings.Builder
	page    int
	line    float64 // the size of the block under way
	lines   int     // of it
	heading bool    // it is one by its place
	aside   []Block // what follows the block under way
	out     []Block
}

// setAll puts lines together that are notes.
func (s *setter) setAll(notes []pdfLine) {
	for i, l := range notes {
		if i > 0 && (beginsNote(l) || s.breaks(notes, i)) {
			s.flush()
		}
		s.add(l)
	}
	s.flush()
}

// breaks reports whether a paragraph begins with line i: by the space above it,
// its size, its indent, or the end of the line before.
func (s *setter) breaks(lines []pdfLine, i int) bool {
	before, l := lines[i-1], lines[i]
	if l.size == 0 || before.size == 0 {
		return endsSentence(before.text)
	}
	if different(l.size, before.size) {
		return true
	}
	drop := before.bottom - l.bottom
	open := !endsSentence(before.text)
	switch {
	case l.page != before.page || drop < -l.size: // another page or column
		return !open || s.line > s.size*1.1
	case drop < l.size/2: // beside it, as in a table
		return false
	case drop > s.leading(lines, i)*1.25+1:
		return true
	}
	right := rightEdge(lines, i-1)
	short := before.right < right-0.15*(right-before.left)
	if item.MatchString(l.text) || numberedItem.MatchString(l.text) && (!open || short || strings.ContainsAny(before.text[len(before.text)-1:], ";:,")) {
		return true
	}
	if s.lines == 1 && before.right < right-0.4*(right-before.left) && readsAsHeading(before.text, l.text) {
		s.heading = true
		return true
	}
	indented := l.left > before.left+l.size*0.8 && l.left < before.left+l.size*6
	return !open && (short || indented) || short && indented
}

func different(a, b float64) bool { return a > b*1.12 || b > a*1.12 }

// leading returns the usual distance of the lines around line i.
func (s *setter) leading(lines []pdfLine, i int) float64 {
	const around = 12
	var drops []float64
	for j := max(1, i-around); j < min(len(lines), i+around); j++ {
		if d := lines[j-1].bottom - lines[j].bottom; d > lines[j].size/2 && d < lines[j].size*3 && lines[j].page == lines[j-1].page {
			drops = append(drops, d)
		}
	}
	if len(drops) == 0 {
		return lines[i].size * 1.2
	}
	slices.Sort(drops)
	return drops[len(drops)/3]
}

// rightEdge returns how far the lines around line i reach that begin where it
// does.
func rightEdge(lines []pdfLine, i int) float64 {
	const around, near = 15, 25
	edge := lines[i].right
	for j := max(0, i-around); j < min(len(lines), i+around); j++ {
		if l := lines[j]; l.page == lines[i].page && l.left < lines[i].left+near && l.left > lines[i].left-near {
			edge = max(edge, l.right)
		}
	}
	return edge
}

// Items of a list begin with a bullet or a number. One that ends with a full stop
// may as well be the end of a sentence that was broken before it.
var (
	item         = regexp.MustCompile(`^(?:[•▪◦‣–—-]\s|\([0-9a-z]{1,4}\)\s+\pL|[0-9a-z]\)\s+\pL)`)
	numberedItem = regexp.MustCompile(`^(?:[0-9]{1,3}|[a-z]|[ivx]{1,4})[.)]\s+\pL`)
)

func endsSentence(t string) bool {
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(t, "\"'”’)]」』»0123456789"))
	return strings.ContainsRune(".!?:。！？؟।", last)
}

// readsAsHeading reports whether a short line stands over the text that begins
// with next.
func readsAsHeading(t, next string) bool {
	first, _ := utf8.DecodeRuneInString(t)
	begins, _ := utf8.DecodeRuneInString(next)
	last, _ := utf8.DecodeLastRuneInString(t)
	return !unicode.IsLower(first) && !unicode.IsLower(begins) && !endsSentence(t) && unicode.In(last, unicode.L, unicode.N)
}

func (s *setter) add(l pdfLine) {
	s.lines++
	if s.text.Len() == 0 {
		s.page, s.line = l.page, l.size
	} else {
		s.join(l.text)
		return
	}
	s.text.WriteString(l.text)
}

// join puts a line behind the text and undoes the hyphen that breaks a word.
func (s *setter) join(next string) {
	t := s.text.String()
	body, hyphen := t, ""
	for _, h := range []string{lineHyphen, "-", "\u2010"} {
		if strings.HasSuffix(t, h) {
			body, hyphen = t[:len(t)-len(h)], strings.Replace(h, lineHyphen, "-", 1)
			break
		}
	}
	first, _ := utf8.DecodeRuneInString(next)
	if hyphen == "" || !endsWithLetter(body) || !unicode.IsLetter(first) {
		s.text.WriteString(text.Between(t, next))
		s.text.WriteString(next)
		return
	}
	s.text.Reset()
	s.text.WriteString(body)
	if unicode.IsUpper(first) || s.hyphened(body, next) {
		s.text.WriteString(hyphen)
	}
	s.text.WriteString(next)
}

func endsWithLetter(t string) bool {
	r, _ := utf8.DecodeLastRuneInString(t)
	return unicode.IsLetter(r)
}

// hyphened reports whether the word that two lines share has a hyphen
// elsewhere, and is nowhere written without.
func (s *setter) hyphened(body, next string) bool {
	left := strings.ToLower(body[strings.LastIndexAny(body, " (“\"")+1:])
	right := next
	if n := strings.IndexFunc(next, func(r rune) bool { return !unicode.IsLetter(r) }); n >= 0 {
		right = next[:n]
	}
	right = strings.ToLower(right)
	return s.words[left+"-"+right] && !s.words[left+right]
}

// flush ends the block under way. What is set larger than the text and short
// is a heading, the first and largest of them the title.
func (s *setter) flush() {
	const longest = 200
	t := strings.Join(strings.Fields(strings.ReplaceAll(s.text.String(), lineHyphen, "-")), " ")
	s.text.Reset()
	byPlace := s.heading
	s.lines, s.heading = 0, false
	defer func() {
		s.out = append(s.out, s.aside...)
		s.aside = nil
	}()
	if t == "" {
		return
	}
	kind := Body
	if (byPlace || s.line > s.size*1.12) && len(t) < longest {
		kind = Heading
		if len(s.out) == 0 && !byPlace {
			kind = Title
		}
	}
	s.out = append(s.out, Block{Text: t, Kind: kind, Page: s.page})
}
