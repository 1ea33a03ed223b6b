package record

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"example.org/attache/corpus/format"
)

// isAside reports whether a block is in brackets from end to end, or stands for what is
// left out: "<…>".
func isAside(t string) bool {
	const most = 200 // bytes
	if strings.Trim(t, "<>[](){}.… ") == "" {
		return true
	}
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

// isNotice reports whether a block is a short word of the record on itself: "Check
// against delivery!", "11:31 A.M. EDT".
func isNotice(t string) bool {
	const most = 60 // bytes
	if len(t) > most {
		return false
	}
	low := strings.ToLower(strings.Trim(t, "*()[]!. "))
	return strings.Contains(low, " ") && slices.Contains(words().list[imprint], low) || timeOfDay.MatchString(t)
}

// timeOfDay is the time at which a record begins or ends, by itself.
var timeOfDay = regexp.MustCompile(`^\(?\d{1,2}[:.]\d{2}\s?(?:[AaPp]\.?\s?[Mm]\.?)(?: \(?[A-Z]{2,4}\)?)?\)?$`)

// isLink reports whether a block leads to something elsewhere: "Link to the video:
// https://…".
func isLink(t string) bool {
	const most = 160 // bytes
	return len(t) < most && strings.Contains(t, ": http")
}

// isCapitalsHeading reports whether a block is a heading in capitals within what is said:
// "STATEMENT OF HON. ADA BRAND, AMBASSADOR-AT-LARGE".
func isCapitalsHeading(t string) bool {
	const least, most = 3, 40 // words
	n := len(strings.Fields(t))
	return n >= least && n <= most && isCapitals(t) && !strings.ContainsAny(t[len(t)-1:], ".?!")
}

// shouts reports whether much of what is said is in capitals, which then set nothing
// off.
func (r *reader) shouts() bool {
	all, loud := 0, 0
	for _, b := range r.d.Blocks[r.labels[0].block:] {
		if b.Kind == format.Body {
			all++
			if isCapitals(b.Text) {
				loud++
			}
		}
	}
	return loud*3 > all
}

// isTopic reports whether a block is the heading of the next topic: short, and no
// sentence.
func isTopic(t string) bool {
	const most = 80 // bytes
	return len(t) <= most && !isSentence(t) && !strings.HasSuffix(t, "-")
}

// isHeadingWithin reports whether block i, within what somebody says, is the heading of
// what follows: short, no sentence, and between sentences.
func (r *reader) isHeadingWithin(i int) bool {
	if i == 0 || i+1 >= len(r.d.Blocks) {
		return false
	}
	t, before, after := r.d.Blocks[i].Text, r.d.Blocks[i-1].Text, r.d.Blocks[i+1].Text
	begins := func(s string) bool {
		first := firstRune(s)
		return unicode.IsUpper(first) || unicode.IsDigit(first)
	}
	return isTopic(t) && begins(t) && begins(after) && isSentence(before) && isSentence(after)
}

// isEnd reports whether a block says that the record ends.
func isEnd(t string) bool {
	low := strings.ToLower(strings.Trim(t, "\\ ."))
	if words().is(low, end) || strings.HasPrefix(t, "©") {
		return true
	}
	rest, ok := strings.CutPrefix(low, "end ")
	return ok && len(rest) <= 24 && strings.ContainsFunc(rest, unicode.IsDigit)
}

// isRule reports whether a block is a line of asterisks, which ends what is said.
func isRule(t string) bool {
	return strings.Count(t, "*") >= 3 && strings.Trim(t, "* ") == ""
}

// isProceeding reports whether a block is the record's own word on what happens:
// "The draft resolution was adopted by 11 votes", or the text of a bill.
func isProceeding(t string) bool {
	const most = 300 // bytes
	if len(t) > most {
		return false
	}
	low := strings.ToLower(t) + " "
	if strings.Contains(low, " i ") || strings.Contains(low, " we ") || strings.Contains(low, " my ") {
		return false
	}
	begins := func(p string) bool { return strings.HasPrefix(low, p+" ") }
	if slices.ContainsFunc(words().list[bill], begins) {
		return true
	}
	first := low[:min(len(low), 90)]
	return slices.ContainsFunc(words().list[begin], begins) && len(strings.Fields(t)) <= 40 &&
		slices.ContainsFunc(words().list[proceeding], func(p string) bool { return strings.Contains(first, p) })
}
