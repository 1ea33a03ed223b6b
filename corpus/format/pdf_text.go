package format

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
)

// pdfPage is a page of a PDF.
type pdfPage struct {
	lines  []pdfLine
	height float64 // points; 0 where the file does not tell
}

// pdfLine is a line as a PDF sets it. Lengths are points, from the lower left
// corner of the page; all are 0 where the file does not tell. In a script that
// runs from the right, left and right are those of the page in a mirror: every
// line begins at its left.
type pdfLine struct {
	text                      string
	left, right, bottom, size float64
	page                      int
	start                     int  // its first rune on the page
	marked                    bool // it began with the number of a note, which was taken out
}

func (l pdfLine) top() float64 { return l.bottom + l.size }

// mostLines is how many lines a page has at most in which line numbers and drop
// caps are looked for: no sheet that people read has more, and each line is held
// against the others.
const mostLines = 1000

// lineHyphen ends a line whose last word goes on in the next.
const lineHyphen = "\x02"

// brokenWord is what PDFium writes for the hyphen that breaks a word. It may
// leave the end of the line out behind it.
const brokenWord = '\ufffe'

// pdfText is the text of one page, by character.
type pdfText struct {
	instance pdfium.Pdfium
	page     references.FPDF_TEXTPAGE
	runes    []rune
	same     bool // the runes of the text are the characters of the page, one by one
}

// stretch is a part of the page's runes, [from, to).
type stretch struct{ from, to int }

// lines takes the page apart into lines.
func (t *pdfText) lines(page int) []pdfLine {
	at := t.split()
	lines := make([]pdfLine, len(at))
	rightward := isRightToLeft(t.runes)
	for i, s := range at {
		lines[i].page, lines[i].start = page, s.from
		if !rightward {
			t.place(&lines[i], s)
		}
	}
	if rightward {
		t.fromRight(lines, at)
	}
	numbers := t.lineNumbers(lines, at)
	for i, s := range numbers {
		if at[i] = s; s.from < s.to && !rightward {
			t.place(&lines[i], s)
		}
	}
	marks := t.marks(lines, at)
	var kept []pdfLine
	end := 0 // of the line before
	for i, l := range lines {
		s := at[i]
		if s.from == s.to {
			continue // it was nothing but its number
		}
		spaced := t.setText(&l, s, marks[i])
		if rightward {
			l.left, l.right = -l.right, -l.left
		}
		spaced = spaced || slices.ContainsFunc(t.runes[end:s.from], func(r rune) bool { return r == ' ' || r == '\u00a0' })
		if n := len(kept); n > 0 && !rightward && kept[n-1].goesOnIn(l) {
			kept[n-1].extend(l, spaced)
		} else {
			kept = append(kept, l)
		}
		end = s.to
	}
	return t.dropCaps(joinRaised(kept))
}

// goesOnIn reports whether another line is in the same row, at once behind
// this one: PDFium ends a line before and behind what is raised.
func (l pdfLine) goesOnIn(next pdfLine) bool {
	gap := next.left - l.right
	return l.size > 0 && next.size > 0 && math.Abs(l.bottom-next.bottom) < l.size*0.1 && !different(l.size, next.size) &&
		gap > -l.size*0.3 && gap < l.size*0.6 && !strings.HasSuffix(l.text, lineHyphen)
}

func (l *pdfLine) extend(next pdfLine, spaced bool) {
	if spaced || next.left-l.right > l.size*0.15 {
		l.text += " "
	}
	l.text += next.text
	l.right = max(l.right, next.right)
}

// split returns the lines of the page, without the white space around them.
func (t *pdfText) split() (lines []stretch) {
	from := 0
	end := func(to int) {
		s := stretch{from, to}
		for s.from < s.to && isBlank(t.runes[s.from]) {
			s.from++
		}
		for s.from < s.to && isBlank(t.runes[s.to-1]) {
			s.to--
		}
		if s.from < s.to {
			lines = append(lines, s)
		}
	}
	for i, r := range t.runes {
		switch r {
		case '\n':
			end(i)
			from = i + 1
		case brokenWord:
			end(i + 1)
			from = i + 1
		}
	}
	end(len(t.runes))
	return lines
}

func isBlank(r rune) bool { return r == ' ' || r == '\r' || r == '\n' || r == '\u00a0' || r == 0 }

// char returns which character of the page a rune of its text is.
func (t *pdfText) char(at int) (int, bool) {
	if t.same {
		return at, true
	}
	index, err := t.instance.FPDFText_GetCharIndexFromTextIndex(&requests.FPDFText_GetCharIndexFromTextIndex{TextPage: t.page, NTextIndex: at})
	if err != nil || index.CharIndex < 0 {
		return 0, false
	}
	return index.CharIndex, true
}

// box is where a character stands.
type box struct{ left, right, bottom, size float64 }

// box returns where a character stands; its size is 0 when that is not known.
func (t *pdfText) box(at int) box {
	at, ok := t.char(at)
	if !ok {
		return box{}
	}
	b, err := t.instance.FPDFText_GetLooseCharBox(&requests.FPDFText_GetLooseCharBox{TextPage: t.page, Index: at})
	if err != nil {
		return box{}
	}
	return box{float64(b.Rect.Left), float64(b.Rect.Right), float64(b.Rect.Bottom), float64(b.Rect.Top - b.Rect.Bottom)}
}

// place finds where a line stands by its first and last character. The larger of
// them tells its size, since the other may be raised.
func (t *pdfText) place(l *pdfLine, s stretch) {
	for s.to-1 > s.from && t.runes[s.to-1] == brokenWord {
		s.to--
	}
	first := t.box(s.from)
	l.left, l.right, l.bottom, l.size = first.left, first.right, first.bottom, first.size
	last := t.box(s.to - 1)
	if last.size == 0 || first.size == 0 {
		return
	}
	l.left, l.right = min(first.left, last.left), max(first.right, last.right)
	if isRaised(first, last) {
		l.bottom, l.size = last.bottom, last.size
	}
}

// setText sets the text of a line, with what is raised in it settled, and reports
// whether there was white space behind a number that it began with.
func (t *pdfText) setText(l *pdfLine, s stretch, raised []bool) (spaced bool) {
	runes := t.runes[s.from:s.to]
	var b strings.Builder
	for i, r := range runes {
		if raised != nil && raised[i] && (i == 0 || !raised[i-1]) {
			b.WriteString(raisedBegin)
		}
		switch r {
		case brokenWord:
			b.WriteString(lineHyphen)
		case '\u00ad':
			if i == len(runes)-1 {
				b.WriteString(lineHyphen)
			}
		case 0x0e, 0x0f:
		default:
			b.WriteRune(r)
		}
		if raised != nil && raised[i] && (i == len(runes)-1 || !raised[i+1]) {
			b.WriteString(raisedEnd)
		}
	}
	l.marked = raised != nil && raised[0]
	settled := settleRaised(b.String())
	l.text = strings.TrimSpace(settled)
	if l.text == "" { // a raised number that stands alone
		l.text, l.marked = string(runes), false
	}
	return strings.HasPrefix(settled, " ")
}

// dropCaps puts an initial that is set over several lines before the line that it
// begins.
func (t *pdfText) dropCaps(lines []pdfLine) []pdfLine {
	if len(lines) > mostLines {
		return lines
	}
	for i := 0; i < len(lines); i++ {
		c := lines[i]
		letter, size := utf8.DecodeRuneInString(strings.TrimLeft(c.text, "\"“„«‘'"))
		if !unicode.IsUpper(letter) || !strings.HasSuffix(c.text, string(letter)) || len(c.text)-size > 4 || !t.tighten(&c) {
			continue
		}
		at := -1
		for j, l := range lines {
			beside := l.size > 0 && l.size < c.size && l.bottom > c.bottom-l.size*0.6 && l.bottom+l.size/2 < c.top() &&
				l.left >= c.left-1 && l.left < c.right+2*l.size && j != i
			if beside && (at < 0 || l.bottom > lines[at].bottom) {
				at = j
			}
		}
		if at < 0 {
			continue
		}
		for j := range lines { // what stands beside it is not set in
			if l := &lines[j]; j != i && l.bottom > c.bottom-l.size*0.6 && l.bottom <= lines[at].bottom && l.left > c.left && l.left < c.right+2*l.size {
				l.left = c.left
			}
		}
		lines[at].text = withInitial(c.text, lines[at].text, lines)
		lines[at].left = c.left
		lines = slices.Delete(lines, i, i+1)
		i--
	}
	return lines
}

// tighten makes the place of a line of one letter that of what is seen of it, and
// reports whether that is known.
func (t *pdfText) tighten(l *pdfLine) bool {
	at, ok := t.char(l.start)
	if !ok {
		return false
	}
	b, err := t.instance.FPDFText_GetCharBox(&requests.FPDFText_GetCharBox{TextPage: t.page, Index: at})
	if err != nil {
		return false
	}
	l.bottom, l.size = b.Bottom, b.Top-b.Bottom
	return l.size > 0
}

// withInitial puts an initial before a line: as a word of its own where it is one
// and what follows occurs on the page as a word.
func withInitial(initial, line string, lines []pdfLine) string {
	word, _, _ := strings.Cut(strings.ToLower(line), " ")
	if last, _ := utf8.DecodeLastRuneInString(initial); strings.ContainsRune("AIOÀÉYВИКОСУЯ", last) {
		words := vocabulary(lines)
		if words[word] && !words[strings.ToLower(string(last))+word] && countWord(lines, word) > 1 {
			return initial + " " + line
		}
	}
	return initial + line
}

// countWord counts how often a word occurs.
func countWord(lines []pdfLine, word string) (n int) {
	for _, l := range lines {
		for w := range strings.FieldsSeq(strings.ToLower(l.text)) {
			if strings.TrimFunc(w, func(r rune) bool { return !unicode.IsLetter(r) }) == word {
				n++
			}
		}
	}
	return n
}
