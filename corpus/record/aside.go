package record

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// isAside reports whether a block is in brackets from end to end.
func isAside(t string) bool {
	const most = 200 // bytes
	if len(t) > most || len(t) < 3 {
		return false
	}
	first, size := utf8.DecodeRuneInString(t)
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(t, ". "))
	open := strings.IndexRune("([（【", first)
	if open < 0 || strings.ContainsAny(t[size:], "([（") {
		return false
	}
	return last == ')' || last == ']' || last == '）' || last == '】'
}

// isEnd reports whether a block says that the record ends.
func isEnd(t string) bool {
	low := strings.ToLower(strings.Trim(t, "\\ ."))
	if words().is(low, end) {
		return true
	}
	rest, ok := strings.CutPrefix(low, "end ")
	return ok && len(rest) <= 24 && strings.ContainsFunc(rest, unicode.IsDigit)
}

// isProceeding reports whether a block is the record's own word on what happens:
// "The draft resolution was adopted by 11 votes".
func isProceeding(t string) bool {
	const most = 300 // bytes
	if len(t) > most {
		return false
	}
	low := strings.ToLower(t)
	if strings.Contains(low, " i ") || strings.Contains(low, " we ") || strings.Contains(low, " my ") {
		return false
	}
	first := low[:min(len(low), 90)]
	begins := strings.HasPrefix(low, "the ") || strings.HasPrefix(low, "it was") || strings.HasPrefix(low, "question ") || strings.HasPrefix(low, "several ") || strings.HasPrefix(low, "a vote") || strings.HasPrefix(low, "in favour:") || strings.HasPrefix(low, "against:") || strings.HasPrefix(low, "abstaining:") || strings.HasPrefix(low, "draft ") || strings.HasPrefix(low, "at the invitation")
	return begins && len(strings.Fields(t)) <= 40 && slices.ContainsFunc(words().list[proceeding], func(p string) bool { return strings.Contains(first, p) })
}
