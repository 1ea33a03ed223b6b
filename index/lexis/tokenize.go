package lexis

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"example.org/attache/corpus/text"
)

// cut calls word for each word of s and pair for each two neighbouring
// characters of scripts that write without spaces (a lone one comes alone).
// Dotted abbreviations ("U.S."), numbers with separators ("1,200.5") and sums
// ("2+2") are one word; an apostrophe ends a word.
func cut(s string, word, pair func(start, end int)) {
	for at := 0; at < len(s); {
		r, size := rune(s[at]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s[at:])
		}
		switch {
		case text.Unspaced(r):
			at = cutPairs(s, at, pair)
		case inWord(r):
			end := wordEnd(s, at)
			word(at, end)
			at = end
		default:
			at += size
		}
	}
}

func inWord(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r|0x20 && r|0x20 <= 'z' || '0' <= r && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.Is(unicode.M, r)
}

func cutPairs(s string, at int, pair func(start, end int)) int {
	_, size := utf8.DecodeRuneInString(s[at:])
	first, next := at, at+size
	for lone := true; ; lone = false {
		r, size := utf8.DecodeRuneInString(s[next:])
		if size == 0 || !text.Unspaced(r) {
			if lone {
				pair(first, next)
			}
			return next
		}
		pair(first, next+size)
		first, next = next, next+size
	}
}

func wordEnd(s string, at int) int {
	if end := dottedEnd(s, at); end > 0 {
		return end
	}
	end := at
	for end < len(s) {
		if s[end] < utf8.RuneSelf && inWord(rune(s[end])) {
			end++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[end:])
		if end > at && digit(s[end-1]) && unicode.Is(unicode.Hangul, r) {
			return end // a year and the word for it
		}
		if !inWord(r) && r != 0xad && r != 0x200c || text.Unspaced(r) {
			if !joinsDigits(s, end, size, r) {
				return end
			}
		}
		end += size
	}
	return end
}

// joinsDigits reports whether r, at s[at:], belongs to the number around it.
func joinsDigits(s string, at, size int, r rune) bool {
	return (r == '.' || r == ',' || r == '+' || r == '٫' || r == '٬') && at > 0 && at+size < len(s) && digit(s[at-1]) && digit(s[at+size])
}

func digit(b byte) bool { return b >= '0' && b <= '9' }

// dottedEnd returns the end of a dotted abbreviation that begins at s[at:], 0
// when there is none.
func dottedEnd(s string, at int) int {
	if at+1 < len(s) && s[at] < utf8.RuneSelf && s[at+1] != '.' {
		return 0 // as nearly always
	}
	letters, end := 0, at
	for {
		r, size := utf8.DecodeRuneInString(s[end:])
		if !unicode.IsLetter(r) {
			break
		}
		if end+size >= len(s) || s[end+size] != '.' {
			if letters >= 1 && unicode.IsUpper(r) && !letterAt(s, end+size) {
				return end + size // the last dot may be missing: "U.S"
			}
			break
		}
		letters++
		end += size + 1
	}
	if letters < 2 || letterAt(s, end) {
		return 0
	}
	return end
}

func letterAt(s string, at int) bool {
	r, _ := utf8.DecodeRuneInString(s[at:])
	return unicode.IsLetter(r)
}

// shape tells the shape of a written word.
func shape(w string) Shape {
	var s Shape
	upper, lower, digits := 0, 0, 0
	for i, r := range w {
		switch {
		case unicode.IsUpper(r):
			upper++
			if i == 0 {
				s |= Capital
			}
		case unicode.IsNumber(r):
			s |= Digits
			digits++
		case unicode.IsLetter(r):
			lower++
		}
	}
	if upper > 0 && upper+digits > 1 && lower == 0 {
		s |= Acronym
	}
	return s
}

// plain drops the dots of an abbreviation and the separators of thousands.
func plain(w string, s Shape) string {
	if s&Digits != 0 {
		w = strings.Map(western, strings.ReplaceAll(w, ",", ""))
		if n := len(w) - 1; n >= 2 && w[n] == 's' && digit(w[n-1]) {
			w = w[:n] // "1990s" is written "1990's" too
		}
		return w
	}
	return strings.ReplaceAll(strings.ReplaceAll(w, ".", ""), "\u00ad", "")
}

// western turns the decimal digits that Arabic, Persian, Hindi and Bengali are
// written with into those of ASCII, so that a year is found in either.
func western(r rune) rune {
	for _, zero := range [...]rune{'٠', '۰', '०', '০'} {
		if r >= zero && r <= zero+9 {
			return '0' + r - zero
		}
	}
	return r
}
