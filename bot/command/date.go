package command

import (
	"strings"
	"time"

	dateparser "github.com/markusmobius/go-dateparser"
	"github.com/markusmobius/go-dateparser/date"

	"attache/corpus"
)

// parseDate reads a date as people write one, in any common language: a day, a
// month or a year, or one counted from now ("last week"). It is as precise as
// what was written.
func parseDate(s string, now time.Time) (corpus.Date, bool) {
	if weekday, ok := strings.CutPrefix(strings.ToLower(s), "last "); ok && strings.HasSuffix(weekday, "day") {
		s = weekday
	}
	d, err := dateparser.Parse(&dateparser.Configuration{CurrentTime: now, PreferredDateSource: dateparser.Past}, s)
	if err != nil || d.IsZero() || d.Time.Year() < 1 || d.Time.Year() > 9999 {
		return corpus.Date{}, false
	}
	switch d.Period {
	case date.Year:
		return corpus.Date{Year: d.Time.Year()}, true
	case date.Month:
		return corpus.Date{Year: d.Time.Year(), Month: int(d.Time.Month())}, true
	}
	return corpus.Date{Year: d.Time.Year(), Month: int(d.Time.Month()), Day: d.Time.Day()}, true
}

func (b *Bot) now() time.Time {
	if b.Now == nil {
		return time.Now()
	}
	return b.Now()
}
