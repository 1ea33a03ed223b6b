package format

import (
	"math"
	"regexp"
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

// goesOnIn reports whether another line stands in the same row, at once behind
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

// isRaised reports whether a character is set above the line of another one.
func isRaised(b, line box) bool {
	up := b.bottom - line.bottom
	return b.size > 0 && up < line.size && (b.size < line.size*0.9 && up > line.size*0.12 || b.size <= line.size*1.05 && up > line.size*0.3)
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

// marks marks the characters of each line that refer to notes, nil where a line
// has none: those that are set above the line, and on a page without any those
// that are drawn apart and are numbers of the notes at its foot.
func (t *pdfText) marks(lines []pdfLine, at []stretch) [][]bool {
	marks := make([][]bool, len(lines))
	some := false
	for i := range lines {
		marks[i] = t.raised(lines[i], at[i])
		some = some || marks[i] != nil
	}
	if some {
		return marks
	}
	notes := noteNumbers(lines, t.textOf(at))
	for i := range lines {
		if len(notes) > 0 {
			marks[i] = t.noteMarks(at[i], notes)
		}
	}
	return marks
}

// raised marks the characters of a line that are set above it, if they may refer
// to a note; nil for none.
func (t *pdfText) raised(l pdfLine, s stretch) (marks []bool) {
	runes := t.runes[s.from:s.to]
	if l.size == 0 {
		return nil
	}
	line := box{bottom: l.bottom, size: l.size}
	table := !slices.ContainsFunc(runes, unicode.IsLetter) // the numbers of a table, or the last of a sentence
	for end := len(runes); end > 0; {
		if !isMark(runes[end-1]) {
			end--
			continue
		}
		from := end
		for from > 0 && isMark(runes[from-1]) && isRaised(t.box(s.from+from-1), line) {
			from--
		}
		if from < end && marks == nil {
			marks = make([]bool, len(runes))
		}
		for at := from; at < end; at++ {
			marks[at] = true
		}
		for end = from; end > 0 && isMark(runes[end-1]); end-- {
		}
		if table {
			break
		}
	}
	for i := 1; i+1 < len(marks); i++ { // what stands between two numbers belongs to them
		if marks[i-1] && marks[i+1] && strings.ContainsRune(",;-–", runes[i]) {
			marks[i] = true
		}
	}
	return marks
}

// joinRaised puts raised numbers that PDFium takes for lines of their own behind
// the line that they stand above, or before it.
func joinRaised(lines []pdfLine) []pdfLine {
	kept := lines[:0]
	for i, l := range lines {
		if isNoteMark(l.text) && len(l.text) <= 4 && l.size > 0 {
			at := box{bottom: l.bottom, size: l.size}
			if n := len(kept); n > 0 {
				before := &kept[n-1]
				near := l.left > before.right-before.size && l.left < before.right+before.size
				if near && isRaised(at, box{bottom: before.bottom, size: before.size}) {
					before.text = settleRaised(before.text + raisedBegin + l.text + raisedEnd)
					continue
				}
			}
			if i+1 < len(lines) {
				next := &lines[i+1]
				near := l.right > next.left-next.size && l.right < next.left+next.size/2
				if near && isRaised(at, box{bottom: next.bottom, size: next.size}) {
					next.marked = true
					continue
				}
			}
		}
		kept = append(kept, l)
	}
	return kept
}

// noteNumbers returns the numbers of the notes at the foot of a page, which is set
// in smaller letters.
func noteNumbers(lines []pdfLine, texts []string) map[string]bool {
	if len(lines) < 2 {
		return nil
	}
	var notes map[string]bool
	size := bodySize(lines)
	for i := len(lines) - 1; i > 0 && lines[i].size > 0 && lines[i].size < size*smallPrint; i-- {
		if m := noteNumber.FindStringSubmatch(texts[i]); m != nil {
			if notes == nil {
				notes = map[string]bool{}
			}
			notes[m[1]] = true
		}
	}
	return notes
}

var noteNumber = regexp.MustCompile(`^([0-9]{1,3})[.)]?\s*\pL`)

// smallPrint is how large notes are at most, of the size of the text.
const smallPrint = 0.92

func (t *pdfText) textOf(at []stretch) []string {
	texts := make([]string, len(at))
	for i, s := range at {
		texts[i] = string(t.runes[s.from:s.to])
	}
	return texts
}

// noteMarks marks the numbers of a line that are set like the text but are those
// of notes at the foot of the page: each stands at once behind something else, is
// drawn apart from it, and is referred to once. Those that are found are taken out
// of notes.
func (t *pdfText) noteMarks(s stretch, notes map[string]bool) (marks []bool) {
	runes := t.runes[s.from:s.to]
	for end := 1; end <= len(runes); end++ {
		if !isASCIIDigit(runes[end-1]) || end < len(runes) && (isASCIIDigit(runes[end]) || unicode.IsLetter(runes[end])) ||
			end+1 < len(runes) && isASCIIDigit(runes[end+1]) {
			continue
		}
		for from := max(1, end-3); from < end; from++ {
			number := string(runes[from:end])
			if isBlank(runes[from-1]) || !notes[number] || !t.drawnApart(s.from+from, s.from+end) {
				continue
			}
			if marks == nil {
				marks = make([]bool, len(runes))
			}
			for i := from; i < end; i++ {
				marks[i] = true
			}
			delete(notes, number)
			break
		}
	}
	return marks
}

// drawnApart reports whether the characters [from, to) are drawn by themselves,
// while the two before them are drawn together.
func (t *pdfText) drawnApart(from, to int) bool {
	pieces := func(from, to int) int {
		from, ok := t.char(from)
		to, last := t.char(to - 1)
		if !ok || !last {
			return 0
		}
		r, err := t.instance.FPDFText_CountRects(&requests.FPDFText_CountRects{TextPage: t.page, StartIndex: from, Count: to - from + 1})
		if err != nil {
			return 0
		}
		return r.Count
	}
	return pieces(from-1, to) == 2 && (from < 2 || isBlank(t.runes[from-2]) || pieces(from-2, from) == 1)
}

func isMark(r rune) bool { return '0' <= r && r <= '9' || strings.ContainsRune("*∗†‡§¶", r) }

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
