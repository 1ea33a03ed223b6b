package command

import (
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"example.org/attache/corpus"
	"example.org/attache/corpus/language"
	"example.org/attache/corpus/text"
)

// dateWords are the words of dates, without accents and in lower case, each with
// its number: those of all languages, and the numbers of English, whose phrases
// ("two weeks ago") are understood.
type dateWords struct{ months, weekdays, numbers map[string]int }

var wordsOfDates = sync.OnceValue(func() dateWords {
	all := dateWords{map[string]int{}, map[string]int{}, map[string]int{}}
	for _, code := range language.With(language.Dates) {
		words := language.Of(code, language.Dates)
		number(all.months, words.Lines("months"), 1)
		number(all.weekdays, words.Lines("days"), 0)
		number(all.numbers, words.Lines("numbers"), 1)
	}
	return all
})

// number gives the words of each line its number, which counts from first.
func number(words map[string]int, lines [][]string, first int) {
	for i, line := range lines {
		for _, w := range line {
			words[text.Fold(w)] = first + i
		}
	}
}

// parseDate reads a date as people write one: a day, a month or a year
// ("2023-11-07", "7 Nov. 2023", "March 2023"), or one counted from now ("last
// week", "3 days ago"). It is as precise as what was written; what could be a
// day of two years is the latest that has been.
func parseDate(s string, now time.Time) (corpus.Date, bool) {
	s = strings.TrimSpace(text.Fold(strings.ToLower(s)))
	if d, ok := relativeDate(strings.Fields(s), now); ok {
		return d, true
	}
	return absoluteDate(s, now)
}

// relativeDate reads a date that is counted from now.
func relativeDate(words []string, now time.Time) (corpus.Date, bool) {
	if len(words) == 2 && words[0] == "last" || len(words) == 2 && words[0] == "on" {
		if _, ok := wordsOfDates().weekdays[words[1]]; ok {
			words = words[1:]
		}
	}
	switch len(words) {
	case 1:
		if words[0] == "today" || words[0] == "now" {
			return day(now), true
		}
		if words[0] == "yesterday" {
			return day(now.AddDate(0, 0, -1)), true
		}
		if w, ok := wordsOfDates().weekdays[words[0]]; ok {
			back := (int(now.Weekday())-w+6)%7 + 1
			return day(now.AddDate(0, 0, -back)), true
		}
	case 2:
		if n, ok := map[string]int{"this": 0, "last": 1, "past": 1}[words[0]]; ok {
			return ago(n, words[1], now)
		}
	case 3:
		n, ok := wordsOfDates().numbers[words[0]]
		if v, err := strconv.Atoi(words[0]); err == nil && v >= 0 && v < 5000 {
			n, ok = v, true
		}
		if ok && words[2] == "ago" {
			return ago(n, words[1], now)
		}
	}
	return corpus.Date{}, false
}

// ago is so many units of time before now.
func ago(n int, unit string, now time.Time) (corpus.Date, bool) {
	switch strings.TrimSuffix(unit, "s") {
	case "day":
		return day(now.AddDate(0, 0, -n)), true
	case "week":
		return day(now.AddDate(0, 0, -7*n)), true
	case "month":
		first := time.Date(now.Year(), now.Month()-time.Month(n), 1, 0, 0, 0, 0, time.UTC)
		return corpus.Date{Year: first.Year(), Month: int(first.Month())}, true
	case "year":
		return corpus.Date{Year: now.Year() - n}, n < now.Year()
	}
	return corpus.Date{}, false
}

func day(t time.Time) corpus.Date {
	return corpus.Date{Year: t.Year(), Month: int(t.Month()), Day: t.Day()}
}

var (
	yearStart = regexp.MustCompile(`^\d{4}`)
	datePart  = regexp.MustCompile(`\d+|\p{L}+|[^\s,]`)
	filler    = map[string]bool{"of": true, "de": true, "the": true, "in": true, "del": true,
		"st": true, "nd": true, "rd": true, "th": true,
		"-": true, "/": true, ".": true, "년": true, "월": true, "일": true, "年": true, "月": true, "日": true}
)

// absoluteDate reads a date that names its year, or a month of the last twelve.
func absoluteDate(s string, now time.Time) (corpus.Date, bool) {
	var d corpus.Date
	var small []int // a day, a month or both, in the order of the text
	for _, part := range datePart.FindAllString(s, -1) {
		n, err := strconv.Atoi(part)
		switch {
		case err == nil && len(part) == 4 && d.Year == 0:
			d.Year = n
		case err == nil && len(part) <= 2 && n > 0:
			small = append(small, n)
		case wordsOfDates().months[part] != 0 && d.Month == 0:
			d.Month = wordsOfDates().months[part]
		case !filler[part]:
			return corpus.Date{}, false
		}
	}
	yearFirst := yearStart.MatchString(s)
	switch {
	case d.Month != 0 && len(small) <= 1:
		d.Day = append(small, 0)[0]
	case d.Month != 0 || len(small) > 2 || d.Year == 0:
		return corpus.Date{}, false
	case len(small) == 1:
		d.Month = small[0]
	case len(small) == 2 && (yearFirst || strings.Contains(s, "/") && small[0] <= 12):
		d.Month, d.Day = small[0], small[1]
	case len(small) == 2:
		d.Day, d.Month = small[0], small[1]
	}
	return latest(d, now)
}

// latest gives a date without a year the last year in which it has been, and
// reports whether there is such a day.
func latest(d corpus.Date, now time.Time) (corpus.Date, bool) {
	if d.Year == 0 {
		d.Year = now.Year()
		if time.Date(d.Year, time.Month(d.Month), max(d.Day, 1), 0, 0, 0, 0, now.Location()).After(now) {
			d.Year--
		}
	}
	t := time.Date(d.Year, time.Month(max(d.Month, 1)), max(d.Day, 1), 0, 0, 0, 0, time.UTC)
	return d, t.Year() == d.Year && int(t.Month()) == max(d.Month, 1) && d.Year > 0
}

func (b *Bot) now() time.Time {
	if b.Now == nil {
		return time.Now()
	}
	return b.Now()
}
