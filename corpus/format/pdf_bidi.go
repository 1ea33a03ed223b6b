package format

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"

	"github.com/klippa-app/go-pdfium/requests"
)

// isRightToLeft reports whether most letters are of a script that runs from the
// right.
func isRightToLeft(runes []rune) bool {
	left, right := 0, 0
	for _, r := range runes {
		switch {
		case r < 0x590:
			if unicode.IsLetter(r) {
				left++
			}
		case isRTL(r):
			right++
		}
	}
	return right > left
}

func isRTL(r rune) bool {
	return unicode.In(r, unicode.Hebrew, unicode.Arabic, unicode.Syriac, unicode.Thaana, unicode.Nko) && unicode.IsLetter(r)
}

// fromRight reads the lines of a page whose script runs from the right. PDFium
// turns the signs of such lines round, but ligatures, marks above a letter and
// what is set in another font come out of order, so that the places of all signs
// are looked at.
func (t *pdfText) fromRight(lines []pdfLine, at []stretch) {
	for i := range lines {
		s := at[i]
		boxes := make([]box, s.to-s.from)
		for j := range boxes {
			if !isBlank(t.runes[s.from+j]) {
				boxes[j] = t.box(s.from + j)
			}
		}
		t.measure(&lines[i], s, boxes)
		if l := (rtlLine{t.runes[s.from:s.to], boxes, lines[i].size}); slices.ContainsFunc(l.runes, isRTL) {
			l.joinLigatures()
			l.placeMarks()
			l.sort()
		}
	}
}

// measure finds the place of a line by all of its signs. Fonts of these scripts
// often tell no height but that of each sign.
func (t *pdfText) measure(l *pdfLine, s stretch, boxes []box) {
	first := true
	for _, b := range boxes {
		if b.size == 0 {
			continue
		}
		if first {
			l.left, l.right, first = b.left, b.right, false
		}
		l.left, l.right = min(l.left, b.left), max(l.right, b.right)
	}
	tallest := box{}
	for _, b := range boxes {
		if b.size > tallest.size {
			tallest = b
		}
	}
	l.bottom, l.size = tallest.bottom, tallest.size
	at, ok := t.char(s.from)
	if !ok {
		return
	}
	size, err := t.instance.FPDFText_GetFontSize(&requests.FPDFText_GetFontSize{TextPage: t.page, Index: at})
	if err != nil {
		return
	}
	matrix, err := t.instance.FPDFText_GetMatrix(&requests.FPDFText_GetMatrix{TextPage: t.page, Index: at})
	if err != nil {
		return
	}
	origin, err := t.instance.FPDFText_GetCharOrigin(&requests.FPDFText_GetCharOrigin{TextPage: t.page, Index: at})
	if height := size.FontSize * math.Abs(float64(matrix.Matrix.D)); err == nil && height > 0 {
		l.bottom, l.size = origin.Y, height
	}
}

// rtlLine is a line of a script that runs from the right, and where its signs
// stand.
type rtlLine struct {
	runes []rune
	boxes []box
	size  float64
}

const alefs = "اأإآٱ"

// joinLigatures puts the letters of ligatures in order. A ligature is one sign for
// several letters; with the signs of a line those letters are turned round as well.
// They have one place, or parts of it.
func (l rtlLine) joinLigatures() {
	turned := false
	for i := 0; i+1 < len(l.runes); i++ {
		if strings.ContainsRune(alefs, l.runes[i]) && l.runes[i+1] == 'ل' && (l.boxes[i] == l.boxes[i+1] || l.boxes[i].right <= l.boxes[i+1].left+l.size*0.05) {
			turned = true
			l.swap(i)
			i++
		}
	}
	if !turned {
		return
	}
	for i := 0; i < len(l.runes); { // other ligatures of the line are turned as well
		end := i + 1
		for isRTL(l.runes[i]) && end < len(l.runes) && isRTL(l.runes[end]) && l.boxes[i].size > 0 && l.boxes[end] == l.boxes[i] {
			end++
		}
		if group := l.runes[i:end]; len(group) > 2 || len(group) == 2 && group[0] != 'ل' {
			slices.Reverse(group)
		}
		i = end
	}
}

func (l rtlLine) swap(i int) {
	l.runes[i], l.runes[i+1] = l.runes[i+1], l.runes[i]
	l.boxes[i], l.boxes[i+1] = l.boxes[i+1], l.boxes[i]
}

// placeMarks puts each mark that is set above or below a letter behind it.
func (l rtlLine) placeMarks() {
	over := func(a, b box) float64 { return min(a.right, b.right) - max(a.left, b.left) }
	for i := 0; i+1 < len(l.runes); i++ {
		if unicode.Is(unicode.Mn, l.runes[i]) && isRTL(l.runes[i+1]) && l.boxes[i].size > 0 &&
			(i == 0 || over(l.boxes[i], l.boxes[i+1]) > over(l.boxes[i], l.boxes[i-1])) {
			l.swap(i)
			i++
		}
	}
}

// token is a word, a number or a mark of a line.
type token struct {
	runes       []rune
	left, right float64
	at          int  // which of the file's tokens it is
	spaced      bool // white space follows in the file
}

// sort puts the words of a line in the order of their places when the file has
// them in another.
func (l rtlLine) sort() {
	tokens := l.tokens()
	astray := false
	for i := 1; i < len(tokens); i++ {
		before, k := tokens[i-1], tokens[i]
		astray = astray || before.right+k.right > 0 && before.left < k.left && before.right < k.left+l.size*0.1 ||
			before.spaced && strings.ContainsRune(".,:;!?،؛؟", k.runes[0]) && before.left-k.right < l.size*0.12
	}
	if !astray {
		return
	}
	for i := range tokens {
		tokens[i].at = i
	}
	slices.SortStableFunc(tokens, func(a, b token) int { return cmp.Compare(b.right, a.right) })
	var out []rune
	for i, k := range tokens {
		if i > 0 {
			last := tokens[i-1]
			together := k.at == last.at+1 && !last.spaced
			if last.left-k.right > l.size*0.12 && !together {
				out = append(out, ' ')
			}
		}
		out = append(out, k.runes...)
	}
	for i, r := range out {
		if mirrored[r] != 0 && markStands(out, i) < 0 {
			out[i] = mirrored[r]
		}
	}
	n := copy(l.runes, out)
	for ; n < len(l.runes); n++ {
		l.runes[n] = ' '
	}
}

// tokens takes a line apart. Marks within numbers are part of them.
func (l rtlLine) tokens() (tokens []token) {
	kind := func(i int) int {
		switch r := l.runes[i]; {
		case isBlank(r):
			return 0
		case isRTL(r), unicode.Is(unicode.M, r):
			return 1
		case unicode.IsLetter(r), unicode.IsDigit(r):
			return 2
		}
		return 3
	}
	for i := 0; i < len(l.runes); {
		k := kind(i)
		if k == 0 {
			if len(tokens) > 0 {
				tokens[len(tokens)-1].spaced = true
			}
			i++
			continue
		}
		end := i + 1
		for end < len(l.runes) && k != 3 && (kind(end) == k || k == 2 && kind(end) == 3 && end+1 < len(l.runes) && kind(end+1) == 2 && strings.ContainsRune(".,:/-–", l.runes[end])) {
			end++
		}
		w := token{runes: slices.Clone(l.runes[i:end])}
		first := true
		for _, b := range l.boxes[i:end] {
			if b.size == 0 {
				continue
			}
			if first {
				w.left, w.right, first = b.left, b.right, false
			}
			w.left, w.right = min(w.left, b.left), max(w.right, b.right)
		}
		tokens = append(tokens, w)
		i = end
	}
	return tokens
}

// mirrored are the marks that show the other way round in text from the right.
var mirrored = map[rune]rune{'(': ')', ')': '(', '[': ']', ']': '[', '{': '}', '}': '{', '«': '»', '»': '«', '‹': '›', '›': '‹'}

// turnMarks turns brackets and quotation marks of text from the right that stand
// the wrong way round, as they do when a font says what a mark looks like, not
// what it means. Most of the file's marks decide.
func turnMarks(pages []pdfPage) {
	right, wrong := 0, 0
	each := func(visit func(runes []rune, i int)) {
		for _, page := range pages {
			for j := range page.lines {
				l := &page.lines[j]
				if !strings.ContainsAny(l.text, "()[]{}«»‹›") {
					continue
				}
				if runes := []rune(l.text); slices.ContainsFunc(runes, isRTL) {
					for i, r := range runes {
						if mirrored[r] != 0 {
							visit(runes, i)
						}
					}
					l.text = string(runes)
				}
			}
		}
	}
	each(func(runes []rune, i int) {
		switch markStands(runes, i) {
		case 1:
			right++
		case -1:
			wrong++
		}
	})
	if wrong <= right {
		return
	}
	each(func(runes []rune, i int) {
		if markStands(runes, i) <= 0 {
			runes[i] = mirrored[runes[i]]
		}
	})
}

// markStands tells by what is beside a mark whether it stands the right way: 1
// where it does, -1 where it does not, 0 where that can't be told. One that opens
// has white space before it and none behind.
func markStands(runes []rune, i int) int {
	blank := func(at int) bool { return at < 0 || at >= len(runes) || isBlank(runes[at]) }
	opens := strings.ContainsRune("([{«‹", runes[i])
	looksOpen := blank(i-1) && !blank(i+1) && !unicode.IsPunct(runes[i+1])
	looksClosed := !blank(i-1) && (blank(i+1) || unicode.IsPunct(runes[i+1]))
	switch {
	case looksOpen == looksClosed:
		return 0
	case opens == looksOpen:
		return 1
	}
	return -1
}
