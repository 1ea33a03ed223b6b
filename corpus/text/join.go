package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Between returns what is between two lines of a paragraph when they are
// written as one: a space, but nothing in writing that has no spaces between
// words, such as Chinese.
func Between(line, next string) string {
	last, _ := utf8.DecodeLastRuneInString(line)
	first, _ := utf8.DecodeRuneInString(next)
	if (isUnspaced(last) || isUnspaced(first)) && (isUnspaced(last) || isCurly(last)) && (isUnspaced(first) || isCurly(first)) {
		return ""
	}
	return " "
}

// JoinLines folds the white space of t to single spaces, and joins its lines
// as Between says.
func JoinLines(t string) string {
	if !strings.Contains(t, "\n") {
		return strings.Join(strings.Fields(t), " ")
	}
	var joined []byte
	for line := range strings.SplitSeq(t, "\n") {
		if line = strings.Join(strings.Fields(line), " "); line == "" {
			continue
		}
		if len(joined) > 0 {
			end := joined[max(0, len(joined)-utf8.UTFMax):]
			joined = append(joined, Between(string(end), line)...)
		}
		joined = append(joined, line...)
	}
	return string(joined)
}

// Unspaced reports whether r is of a script that writes without spaces between
// words.
func Unspaced(r rune) bool {
	switch {
	case r == 'ー', r == 'ｰ': // they lengthen a vowel of Japanese
		return true
	case r >= 0x2e80:
		return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
	case r >= 0x0e00:
		return unicode.In(r, unicode.Thai, unicode.Khmer, unicode.Lao, unicode.Myanmar)
	}
	return false
}

// isUnspaced is Unspaced of letters and of the marks that go with them.
func isUnspaced(r rune) bool {
	return Unspaced(r) || r >= 0x3001 && r <= 0x303f || r >= 0xff01 && r <= 0xff65
}

func isCurly(r rune) bool { return strings.ContainsRune("“”‘’—…", r) }
