package record

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

func ideograph(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
}

// cutLast cuts a text before its last word.
func cutLast(s string) (before, last string, ok bool) {
	at := strings.LastIndexByte(s, ' ')
	if at < 0 {
		return "", s, false
	}
	return s[:at], s[at+1:], true
}

func isPossessive(w string) bool {
	w = strings.ToLower(w)
	return strings.HasSuffix(w, "’s") || strings.HasSuffix(w, "'s")
}

// gender is what honorifics and offices tell: "f", "m" or "".
func gender(s string) string {
	for w := range strings.FieldsSeq(s) {
		switch c := classOf(w); {
		case c&woman != 0:
			return "f"
		case c&man != 0:
			return "m"
		}
	}
	return ""
}

// keyOf is a name as labels are compared by it.
func keyOf(name []string) string {
	var b []string
	for _, w := range name {
		if w = plain(w); w != "" {
			b = append(b, w)
		}
	}
	return strings.Join(b, " ")
}

func isCapital(w string) bool {
	for _, r := range w {
		if unicode.IsLetter(r) {
			return unicode.IsUpper(r) || unicode.IsTitle(r)
		}
	}
	return false
}

// isUpper reports whether a word is in capitals, but for such as "Mc" before
// them.
func isUpper(w string) bool {
	upper, lower := 0, 0
	for _, r := range w {
		switch {
		case unicode.IsUpper(r):
			upper++
		case unicode.IsLower(r):
			lower++
		}
	}
	return upper >= 2 && (lower == 0 || lower <= 2 && upper >= 4)
}

// isInitials reports whether a word is one or several initials: "J.", "J.R.".
func isInitials(w string) bool { return initials.MatchString(w) }

var initials = regexp.MustCompile(`^(?:\p{Lu}\.(?:-?\p{Lu}\.)*|Jr\.|Sr\.|St\.)$`)

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// indexFold is strings.Index for a lower-case word, whatever the text's case.
func indexFold(s, lower string) int {
	n := len(lower)
	if n == 0 {
		return 0
	}
	first, ascii := lower[0], lower[0] < utf8.RuneSelf
	for i := 0; i+n <= len(s); i++ {
		if c := s[i]; ascii && c != first && c|0x20 != first {
			continue
		}
		if strings.EqualFold(s[i:i+n], lower) {
			return i
		}
	}
	return -1
}

func isCapitals(s string) bool {
	return strings.ToUpper(s) == s && strings.ToLower(s) != s
}
