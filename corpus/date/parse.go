package date

import (
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"example.org/attache/corpus/language"
)

// nameTable is the words of dates in all languages. Names that are words of
// daily speech in another language are safe: only one beside a number counts.
type nameTable struct {
	months map[string]int
	days   map[string]time.Weekday
	beside map[string]bool
	ahead  map[string]bool
	// kinds of writings, whose names precede a day as places do
	writings map[string]bool
}

var names = sync.OnceValue(func() nameTable {
	all := language.Everywhere(language.Dates)
	t := nameTable{map[string]int{}, map[string]time.Weekday{}, all.Set("beside"), all.Set("ahead"), all.Set("writings")}
	for _, code := range language.With(language.Dates) {
		w := language.Of(code, language.Dates)
		for i, spellings := range w.Lines("months") {
			for _, name := range spellings {
				t.months[name] = i + 1
			}
		}
		for i, spellings := range w.Lines("days") {
			for _, name := range spellings {
				t.days[name] = time.Weekday(i)
			}
		}
	}
	return t
})

// A pattern is one way to write a date; order names its groups: y, m, d are
// numbers, M is the name of a month, x and z are a day and a month whose order
// differs between countries.
type pattern struct {
	expr  *regexp.Regexp
	order string
}

var patterns = []pattern{
	{regexp.MustCompile(`\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:\D|$)`), "ymd"},
	{regexp.MustCompile(`(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일号]`), "ymd"},
	{regexp.MustCompile(`([\pL\pM]{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b`), "Mdy"},
	{regexp.MustCompile(`\b(\d{1,2})(?:st|nd|rd|th|er|\.|º)?[\s-]+(?:of\s+|de\s+)?([\pL\pM]{3,})\.?,?[\s-]+(?:de\s+|of\s+)?(\d{4})\b`), "dMy"},
	{regexp.MustCompile(`\b(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})\b`), "dmy"},
	{regexp.MustCompile(`\b(\d{1,2})[/-](\d{1,2})[/-](\d{4})\b`), "xzy"},
	{regexp.MustCompile(`\b(\d{4})(\d{2})(\d{2})\b`), "ymd"},
	{regexp.MustCompile(`\b(\d{4})-(\d{2})\b`), "ym"},
	{regexp.MustCompile(`(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]`), "ym"},
	{regexp.MustCompile(`([\pL\pM]{3,})\.?,?\s+(?:de\s+)?(\d{4})\b`), "My"},
	{regexp.MustCompile(`^\s*(\d{4})\s*[年년]?\s*$`), "y"},
}

// Parse returns the first date in s, a value that is meant to be one, as far
// as it is known; zero when there is none.
func Parse(s string) Date {
	d, _ := find(s)
	return d
}

// find returns the most precise date in s and its place.
func find(s string) (Date, []int) {
	if !hasFullYear(s) {
		return Date{}, nil
	}
	for _, p := range patterns {
		for _, m := range p.expr.FindAllStringSubmatchIndex(s, 8) {
			if d := p.date(s, m); d.valid() {
				return d, m[:2]
			}
		}
	}
	return Date{}, nil
}

// hasFullYear reports whether s holds four digits in a row, as what matches any of
// the patterns does.
func hasFullYear(s string) bool {
	digits := 0
	for i := range len(s) {
		if digits++; !isDigit(s[i]) {
			digits = 0
		}
		if digits == 4 {
			return true
		}
	}
	return false
}

func (p pattern) date(s string, m []int) Date {
	var d Date
	var x, z int
	for i, c := range p.order {
		in := s[m[2*i+2]:m[2*i+3]]
		n, _ := strconv.Atoi(in)
		switch c {
		case 'y':
			d.Year = n
		case 'm':
			d.Month = n
		case 'd':
			d.Day = n
		case 'M':
			if d.Month = names().months[strings.ToLower(in)]; d.Month == 0 {
				return Date{}
			}
		case 'x':
			x = n
		case 'z':
			z = n
		}
	}
	switch {
	case p.order[0] != 'x':
		if strings.ContainsAny(p.order, "mM") && d.Month == 0 || strings.Contains(p.order, "d") && d.Day == 0 {
			return Date{}
		}
	case x > 12 || x == z:
		d.Day, d.Month = x, z
	case z > 12:
		d.Day, d.Month = z, x
	}
	return d
}

// Alone returns the date in a line with nothing else in it: that may be
// above a report and say when it was published.
func Alone(s string) (Date, bool) {
	const longest = 100
	if len(s) > longest {
		return Date{}, false
	}
	d, at := find(s)
	if d.Month == 0 {
		return Date{}, false
	}
	for w := range strings.FieldsSeq(s[:at[0]] + " " + s[at[1]:]) {
		if w = strings.Trim(w, ".,:;|()[]-–—·/•"); !isBeside(w) {
			return Date{}, false
		}
	}
	return d, true
}

// isBeside reports whether a word may be beside a date on its own: a
// time, a zone, a day of the week, "published".
func isBeside(w string) bool {
	if w == "" || strings.ContainsAny(w[:1], "0123456789T+") {
		return true
	}
	low := strings.ToLower(w)
	_, day := names().days[low]
	return day || names().beside[low] || len(w) <= 4 && strings.ToUpper(w) == w
}

var dayThenDate = regexp.MustCompile(`([\pL\pM-]{3,})\.?\s*\(([^()]{6,30})\)`)

// Reported returns the day that a report says it is about: a day of the week
// with its full date in brackets, as in "on Wednesday (August 28, 2024)". A date
// that does not fall on that day is passed over, and so is one to come.
func Reported(s string) Date {
	if !hasYear(s) || !strings.Contains(s, "(") {
		return Date{}
	}
	const before = 80 // bytes in which a word tells that the day is to come
	for _, m := range dayThenDate.FindAllStringSubmatchIndex(s, -1) {
		day, ok := names().days[strings.ToLower(s[m[2]:m[3]])]
		if !ok || isAhead(s[max(0, m[0]-before):m[0]]) {
			continue
		}
		if d := Parse(s[m[4]:m[5]]); d.Day > 0 && d.weekday() == day {
			return d
		}
	}
	return Date{}
}

// isAhead reports whether a clause speaks of what is to come.
func isAhead(s string) bool {
	s = s[strings.LastIndexAny(s, ".!?")+1:]
	for w := range strings.FieldsSeq(s) {
		if names().ahead[strings.ToLower(strings.Trim(w, ",;:"))] {
			return true
		}
	}
	return false
}

// hasYear reports whether s holds four digits that may be a year of our time.
func hasYear(s string) bool {
	for i := 0; i+4 <= len(s); i++ {
		if (s[i] == '1' && s[i+1] == '9' || s[i] == '2' && s[i+1] == '0') && isDigit(s[i+2]) && isDigit(s[i+3]) {
			return true
		}
	}
	return false
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// Closing returns the day that a title ends with behind a comma, a dash or a
// bracket, as that of a transcript does: "Press briefing – August 28, 2024".
func Closing(title string) Date {
	d, at := find(title)
	if d.Day == 0 || strings.Trim(title[at[1]:], " .)") != "" {
		return Date{}
	}
	before := strings.TrimRight(title[:at[0]], " ")
	for _, mark := range []string{",", "–", "—", "-", "(", "|", ":"} {
		if strings.HasSuffix(before, mark) {
			return d
		}
	}
	return Date{}
}

// PlaceAndDay returns the day of a line that tells a place and a day and
// nothing else, as it is above a press release: "Basel, 4 May 2023".
func PlaceAndDay(s string) (Date, bool) {
	const longest, most = 60, 4 // bytes of the line; words of the place
	if len(s) > longest {
		return Date{}, false
	}
	d, at := find(s)
	if d.Day == 0 || strings.Trim(s[at[1]:], " .") != "" {
		return Date{}, false
	}
	place, ok := strings.CutSuffix(strings.TrimSpace(s[:at[0]]), ",")
	words := strings.FieldsFunc(place, func(r rune) bool { return r == ' ' || r == ',' })
	if !ok || len(words) == 0 || len(words) > most {
		return Date{}, false
	}
	for _, w := range words {
		if r, _ := utf8.DecodeRuneInString(w); !unicode.IsLetter(r) || unicode.IsLower(r) || names().writings[strings.ToLower(w)] {
			return Date{}, false
		}
	}
	return d, true
}

// Dateline returns the date of the dateline that a report begins with, as in
// "OSLO, Aug. 28, 2024 (NTB) — ": a place in capitals, the date, perhaps an
// agency, a dash.
func Dateline(s string) Date {
	const reach, agency = 100, 40 // bytes: to the dash; from the date to it
	head := s[:min(len(s), reach)]
	if !hasYear(head) {
		return Date{}
	}
	end := -1
	for _, dash := range []string{" — ", " – ", " -- ", " - ", "—"} {
		if i := strings.Index(head, dash); i > 0 && (end < 0 || i < end) {
			end = i
		}
	}
	if end < 0 {
		return Date{}
	}
	d, at := find(head[:end])
	if d.Day == 0 || end-at[1] > agency || !isPlace(head[:at[0]]) {
		return Date{}
	}
	return d
}

// isPlace reports whether what precedes the date of a dateline is a place:
// the first word in capitals, and few more.
func isPlace(s string) bool {
	const most = 5
	words := strings.Fields(s)
	if len(words) == 0 || len(words) > most || strings.ContainsAny(s, ";:·|") {
		return false
	}
	first := strings.Trim(words[0], ",.(")
	return len(first) > 2 && strings.ToUpper(first) == first && strings.ToLower(first) != first
}
