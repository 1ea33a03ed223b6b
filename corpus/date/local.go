package date

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"example.org/attache/corpus/language"
)

var (
	slashed = regexp.MustCompile(`\b(\d{1,2})[/-](\d{1,2})[/-](\d{4})\b`)
	dotted  = regexp.MustCompile(`\b(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{2})\b(\.?\D|\.?$)`)
)

// monthFirst are the countries that write the month before the day.
var monthFirst = map[string]bool{"us": true, "ph": true, "pr": true, "fm": true}

// dayFirst are the languages that never do, whose pages write 03/04/2024 for 3
// April.
var dayFirst = sync.OnceValue(func() map[string]bool {
	all := map[string]bool{}
	for _, code := range language.With(language.Dates) {
		all[code] = language.Of(code, language.Dates).Says("day first")
	}
	all["no"], all["nn"] = all["nb"], all["nb"] // Norwegian
	return all
})

// ParseIn is Parse of a value on a page whose language is tag, as "en-GB": it
// reports whether 03/04/2024 is in March or in April, where that is sure.
func ParseIn(s, tag string) Date { return Parse(inOrder(s, tag)) }

// AloneIn is Alone of a line on a page whose language is tag.
func AloneIn(s, tag string) (Date, bool) { return Alone(inOrder(s, tag)) }

// Beginning returns the day that a paragraph begins with, as reports of some
// agencies do: "4.5.2023 – The ministers …".
func Beginning(s, tag string) Date {
	const reach, before = 40, 2 // bytes: of the day and the time; in front
	s = inOrder(s[:min(len(s), 2*reach)], tag)
	d, at := find(s[:min(len(s), reach)])
	if d.Day == 0 || at[0] > before {
		return Date{}
	}
	if m := afterDay.FindStringIndex(s[at[1]-1:]); m != nil {
		return d
	}
	return Date{}
}

// afterDay matches what is between a day and the report behind it.
var afterDay = regexp.MustCompile(`^.?[\s,]*(?:\d{1,2}[:.]\d{2}\s*(?:Uhr|h|CET|CEST|GMT|UTC)?)?\s*(?:[–—-]{1,2}\s|[|:]\s|[„“"«]|$)`)

// inOrder writes the dates of a text that are numbers, whose order the language
// decides, as 2024-04-03; years of two digits, which only dates with dots have,
// are of this century.
func inOrder(s, tag string) string {
	code, country, _ := strings.Cut(strings.ToLower(strings.ReplaceAll(tag, "_", "-")), "-")
	if code == "" {
		return s
	}
	if dayFirst()[code] {
		s = dotted.ReplaceAllString(s, "$1.$2.20$3$4")
	}
	days := dayFirst()[code] || code == "en" && country != "" && !monthFirst[country]
	months := code == "en" && monthFirst[country]
	if !days && !months {
		return s
	}
	return slashed.ReplaceAllStringFunc(s, func(m string) string {
		part := slashed.FindStringSubmatch(m)
		day, month := part[1], part[2]
		if months {
			day, month = month, day
		}
		d, _ := strconv.Atoi(day)
		mo, _ := strconv.Atoi(month)
		if mo > 12 {
			return m // in another order than the language's
		}
		return fmt.Sprintf("%s-%02d-%02d", part[3], mo, d)
	})
}

var (
	pathDay   = regexp.MustCompile(`[/_-]((?:19|20)\d\d)[/_-](0?[1-9]|1[0-2])[/_-](0?[1-9]|[12]\d|3[01])(?:[/_.-]|$)`)
	pathDigit = regexp.MustCompile(`[/_-]((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:[/_.-]|$)`)
)

// OfAddress returns the day in the path of an address, as sites write it for
// their articles: https://a.example/2024/05/09/title.
func OfAddress(address string) Date {
	_, path, ok := strings.Cut(address, "://")
	if !ok {
		return Date{}
	}
	path, _, _ = strings.Cut(path, "?")
	path, _, _ = strings.Cut(path, "#")
	return OfPath(path)
}

// OfPath returns the day in a path or the name of a file, zero when there is
// none: "2024-05-09_title.txt".
func OfPath(path string) Date {
	for _, expr := range []*regexp.Regexp{pathDay, pathDigit} {
		if m := expr.FindStringSubmatch("/" + path); m != nil {
			var n [3]int
			for i := range n {
				n[i], _ = strconv.Atoi(m[i+1])
			}
			if d := (Date{n[0], n[1], n[2]}); d.valid() {
				return d
			}
		}
	}
	return Date{}
}
