package format

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Raised characters are gathered between these, until the paragraph around them
// is known: see settleRaised. No format that is read here has them in its text.
const (
	raisedBegin = "\x0e"
	raisedEnd   = "\x0f"
)

// settleRaised takes the references to notes out of a paragraph, which are not
// text: left in it, "1815" with a note 1 would read "18151". Raised letters stay
// ("21st"), and so do powers, units and isotopes, as raised digits ("km²").
func settleRaised(t string) string {
	if !strings.Contains(t, raisedBegin) {
		return t
	}
	t = strings.ReplaceAll(t, raisedEnd+raisedBegin, "") // a reference in several runs is one
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(t, raisedBegin)
		b.WriteString(before)
		if !ok {
			return strings.ReplaceAll(b.String(), raisedEnd, "")
		}
		mark, after, _ := strings.Cut(rest, raisedEnd)
		switch {
		case !isNoteMark(mark):
			b.WriteString(mark)
		case isExponent(b.String(), mark) || isMassNumber(b.String(), mark, after):
			b.WriteString(superscripts.Replace(strings.TrimSpace(mark)))
		case strings.HasSuffix(mark, " ") && !strings.HasPrefix(after, " "):
			b.WriteByte(' ')
		}
		t = after
	}
}

// isNoteMark reports whether raised characters may refer to a note: numbers,
// asterisks and daggers, several of them perhaps, in brackets perhaps.
func isNoteMark(t string) bool {
	some := false
	for _, r := range t {
		switch {
		case unicode.IsDigit(r), strings.ContainsRune("*∗†‡§¶#", r):
			some = true
		case !strings.ContainsRune(" ,;-–−()[]\u00a0", r):
			return false
		}
	}
	return some
}

// Units that are squared and cubed; those that are words too, only behind a
// number.
var (
	lengths = set("m km cm mm dm nm µm μm")
	units   = set("ft in yd mi s h ha")
)

// isExponent reports whether raised digits are a power of what precedes.
func isExponent(before, mark string) bool {
	mark = strings.TrimLeft(strings.TrimSpace(mark), "-–−")
	head, ten := strings.CutSuffix(before, "10")
	if ten && strings.HasSuffix(strings.TrimRight(head, " \u00a0"), "×") && isDigits(mark) {
		return true
	}
	unit := before[len(strings.TrimRightFunc(before, unicode.IsLetter)):]
	if mark != "1" && mark != "2" && mark != "3" {
		return false
	}
	number := strings.TrimRight(before[:len(before)-len(unit)], " \u00a0")
	last, _ := utf8.DecodeLastRuneInString(number)
	measured := unicode.IsDigit(last) || last == '/' || last == '·'
	return measured && units[unit] || (measured || mark != "1") && lengths[unit]
}

var nucleus = regexp.MustCompile(`^\p{Lu}\p{Ll}?(?:\PL|$)`)

// isMassNumber reports whether raised digits are the mass of the nucleus whose
// sign follows at once, as in "²³⁵U".
func isMassNumber(before, mark, after string) bool {
	last, _ := utf8.DecodeLastRuneInString(before)
	return before != "" && !unicode.IsLetter(last) && !unicode.IsDigit(last) && len(mark) > 1 && isDigits(mark) && nucleus.MatchString(after)
}

func isDigits(t string) bool {
	return t != "" && strings.Trim(t, "0123456789") == ""
}

var superscripts = strings.NewReplacer("0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴", "5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹", "-", "⁻", "–", "⁻", "−", "⁻")
