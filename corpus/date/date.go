// Package date reads dates as far as they are known: a day, a month or a year.
//
// [Parse] reads a date that stands by itself, as metadata has it; [Reported]
// finds in running text the day that a report is about.
package date

import (
	"cmp"
	"fmt"
	"time"
)

// Date is a day, a month (Day 0) or a year (Month and Day 0). The zero Date is
// unknown.
type Date struct {
	Year, Month, Day int
}

// IsZero reports whether the date is unknown.
func (d Date) IsZero() bool { return d.Year == 0 }

// Compare returns -1 when d is earlier than other, 1 when it is later and 0 when
// they are the same. A month comes before its days, a year before its months, an
// unknown date before all.
func (d Date) Compare(other Date) int {
	return cmp.Or(cmp.Compare(d.Year, other.Year), cmp.Compare(d.Month, other.Month), cmp.Compare(d.Day, other.Day))
}

// String writes the date as far as it is known: 2024-08-28, 2024-08, 2024.
func (d Date) String() string {
	switch {
	case d.Year == 0:
		return ""
	case d.Month == 0:
		return fmt.Sprintf("%04d", d.Year)
	case d.Day == 0:
		return fmt.Sprintf("%04d-%02d", d.Year, d.Month)
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// MarshalText writes the date like String.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (d *Date) UnmarshalText(b []byte) error {
	*d = Date{}
	if len(b) == 0 {
		return nil
	}
	n, err := fmt.Sscanf(string(b), "%d-%d-%d", &d.Year, &d.Month, &d.Day)
	if n == 0 {
		return fmt.Errorf("reading the date %q: %w", b, err)
	}
	return nil
}

// Beside reports whether d is the day before or after another day.
func (d Date) Beside(other Date) bool {
	if d.Day == 0 || other.Day == 0 {
		return false
	}
	a := time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC)
	b := time.Date(other.Year, time.Month(other.Month), other.Day, 0, 0, 0, 0, time.UTC)
	return a.Sub(b).Abs() == 24*time.Hour
}

// Of returns the day of t, in the zone that t is in.
func Of(t time.Time) Date {
	if t.IsZero() {
		return Date{}
	}
	return Date{t.Year(), int(t.Month()), t.Day()}
}

// weekday returns the day of the week; d must have a day.
func (d Date) weekday() time.Weekday {
	return time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC).Weekday()
}

// valid reports whether there is such a date, in the age of documents.
func (d Date) valid() bool {
	if d.Year < 1400 || d.Year > 2199 || d.Month > 12 || d.Month == 0 && d.Day > 0 {
		return false
	}
	if d.Day == 0 {
		return true
	}
	t := time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC)
	return t.Day() == d.Day && int(t.Month()) == d.Month
}
