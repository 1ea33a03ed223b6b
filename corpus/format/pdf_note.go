package format

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/klippa-app/go-pdfium/requests"
)

// isRaised reports whether a character is set above the line of another one.
func isRaised(b, line box) bool {
	up := b.bottom - line.bottom
	return b.size > 0 && up < line.size && (b.size < line.size*0.9 && up > line.size*0.12 || b.size <= line.size*1.05 && up > line.size*0.3)
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
// the line that they are above, or before it.
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
// of notes at the foot of the page: each is at once behind something else, is
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
