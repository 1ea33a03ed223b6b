package clean

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// readsAsTitle reports whether a line could be a title by its shape.
func readsAsTitle(t string) bool {
	const longest, most = 140, 22
	if t == "" || utf8.RuneCountInString(t) > longest || len(strings.Fields(t)) > most {
		return false
	}
	first, _ := utf8.DecodeRuneInString(t)
	last, _ := utf8.DecodeLastRuneInString(t)
	if unicode.IsLower(first) || strings.ContainsRune("-–—•*.…([#@", first) || strings.ContainsRune(":,-–—…", last) || strings.HasSuffix(t, "...") {
		return false
	}
	return strings.IndexFunc(t, unicode.IsLetter) >= 0
}

// isTitleCase reports whether most words begin with a capital, as headlines
// are set in English.
func isTitleCase(t string) bool {
	long, capital := 0, 0
	for w := range strings.FieldsSeq(t) {
		r, _ := utf8.DecodeRuneInString(strings.TrimLeft(w, "“‘\"'("))
		if utf8.RuneCountInString(w) < 4 || !unicode.IsLetter(r) {
			continue
		}
		long++
		if unicode.IsUpper(r) {
			capital++
		}
	}
	return capital*10 > long*7
}

// isTagLine reports whether a line is a row of keywords: capitals only, and
// nothing that joins the words.
func isTagLine(t string) bool {
	words := strings.Fields(t)
	if len(words) < 2 || endsLikeSentence(t) {
		return false
	}
	for _, w := range words {
		r, _ := utf8.DecodeRuneInString(strings.TrimLeft(w, "#"))
		if !unicode.IsUpper(r) {
			return false
		}
	}
	return true
}

func endsLikeSentence(t string) bool {
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(t, "\"'”’)]」』»"))
	return strings.ContainsRune(".!?。！？؟।۔…", last)
}

// isName reports whether t looks like the names of people: few words, all
// with a capital but "and" and the like.
func isName(t string) bool {
	words := strings.Fields(t)
	if len(words) == 0 || len(words) > 8 {
		return false
	}
	for _, w := range words {
		r, _ := utf8.DecodeRuneInString(w)
		if unicode.IsLower(r) && utf8.RuneCountInString(w) > 3 || unicode.IsDigit(r) {
			return false
		}
	}
	return true
}

// withoutStop returns a title without the full stop or semicolon behind it.
func withoutStop(t string) string {
	if strings.HasSuffix(t, "..") {
		return t
	}
	return strings.TrimRight(t, ".;")
}
