package format

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"attache/corpus/text"
)

// pdfLine is a line as a PDF sets it. Lengths are points, from the lower left
// corner of the page; all are 0 where the file does not tell.
type pdfLine struct {
	text                      string
	left, right, bottom, size float64
	page                      int
}

// lineHyphen ends a line whose last word goes on in the next.
const lineHyphen = "\x02"

// layPages puts the lines of a file together to paragraphs, over pages too,
// without the headers and footers of the pages.
func layPages(pages [][]pdfLine) []Block {
	running := runningLines(pages)
	var lines []pdfLine
	for _, page := range pages {
		for i, l := range page {
			if atMargin(i, len(page)) && (running[runningKey(l.text)] || isPageNumber(l.text)) {
				continue
			}
			lines = append(lines, l)
		}
	}
	s := setter{size: bodySize(lines), words: vocabulary(lines)}
	for i, l := range lines {
		if i > 0 && s.breaks(lines, i) {
			s.flush()
		}
		s.add(l)
	}
	s.flush()
	return s.out
}

// atMargin reports whether line i of n may be part of a header or a footer.
func atMargin(i, n int) bool {
	const deep = 3
	return i < deep || i >= n-deep
}

var digits = regexp.MustCompile(`[0-9]+`)

// runningKey is the same for the headers of two pages that differ by number.
func runningKey(t string) string { return digits.ReplaceAllString(t, "#") }

// runningLines returns what stands at the top or the bottom of many pages.
func runningLines(pages [][]pdfLine) map[string]bool {
	counts := map[string]int{}
	for _, page := range pages {
		seen := map[string]bool{}
		for i, l := range page {
			if key := runningKey(l.text); atMargin(i, len(page)) && !seen[key] {
				seen[key] = true
				counts[key]++
			}
		}
	}
	running := map[string]bool{}
	for key, n := range counts {
		running[key] = n >= 3 && n*3 >= len(pages) || n >= 10
	}
	return running
}

var pageNumber = regexp.MustCompile(`^(?i)[-–—|\s]*(?:p\.|page|seite|página|стр\.)?\s*(?:[0-9]{1,5}|[ivxlc]{1,6})(?:\s*(?:/|of|von|de|из)\s*[0-9]{1,5})?[-–—|\s]*$`)

func isPageNumber(t string) bool { return pageNumber.MatchString(t) }

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

// vocabulary counts the words that stand within lines, hyphens included, to
// tell a word that was broken from one that has a hyphen.
func vocabulary(lines []pdfLine) map[string]bool {
	words := map[string]bool{}
	for _, l := range lines {
		for w := range strings.FieldsSeq(l.text) {
			words[strings.ToLower(strings.TrimFunc(w, func(r rune) bool { return !unicode.IsLetter(r) }))] = true
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
	out     []Block
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
	case isItem(l.text):
		return true
	}
	right := rightEdge(lines, i-1)
	short := before.right < right-0.15*(right-before.left)
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

var item = regexp.MustCompile(`^(?:[•▪◦‣–—-]\s|\(?[0-9a-z]{1,3}[.)]\s+\pL)`)

func isItem(t string) bool { return item.MatchString(t) }

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
	body, broken := strings.CutSuffix(t, lineHyphen)
	if !broken {
		body, broken = strings.CutSuffix(t, "-")
	}
	first, _ := utf8.DecodeRuneInString(next)
	if !broken || !endsWithLetter(body) || !unicode.IsLetter(first) {
		s.text.WriteString(text.Between(t, next))
		s.text.WriteString(next)
		return
	}
	s.text.Reset()
	s.text.WriteString(body)
	if unicode.IsUpper(first) || s.hyphened(body, next) {
		s.text.WriteByte('-')
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
