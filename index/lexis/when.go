package lexis

import (
	"fmt"
	"time"
)

// Period is a day, a month or a year, by its distance from the present one.
type Period struct {
	Unit   string // "day", "month" or "year"
	Offset int
}

// when is the words for a period.
type when struct {
	words []string
	Period
}

func readPeriod(s string) (p Period, err error) {
	if _, err := fmt.Sscanf(s, "%s %d", &p.Unit, &p.Offset); err != nil {
		return p, fmt.Errorf("reading the period %q: %w", s, err)
	}
	return p, nil
}

// Date returns what the period is when it is now; month and day are 0 where
// the period is longer.
func (p Period) Date(now time.Time) (year, month, day int) {
	switch p.Unit {
	case "year":
		return now.Year() + p.Offset, 0, 0
	case "month":
		t := time.Date(now.Year(), now.Month()+time.Month(p.Offset), 1, 0, 0, 0, 0, time.UTC)
		return t.Year(), int(t.Month()), 0
	}
	t := now.AddDate(0, 0, p.Offset)
	return t.Year(), int(t.Month()), t.Day()
}

// When reports whether the tokens begin with words for a period, and how many
// they are.
func (a *Analyzer) When(tokens []Token) (p Period, n int) {
	for _, w := range a.when {
		if len(w.words) > n && (phrase{words: w.words}).begins(tokens) {
			p, n = w.Period, len(w.words)
		}
	}
	return p, n
}

// Newest returns how many of the tokens, from the first on, ask for the newest
// that there is; 0 for none.
func (a *Analyzer) Newest(tokens []Token) int {
	f, _ := first(a.newest, tokens)
	return len(f.words)
}

// Month returns which month the tokens begin with the name of, 0 for none.
func (a *Analyzer) Month(tokens []Token) int {
	if len(tokens) > 1 {
		if m := a.months[tokens[0].Word+" "+tokens[1].Word]; m > 0 {
			return m
		}
	}
	return a.months[tokens[0].Word]
}

// words are the words of a phrase.
func (a *Analyzer) words(s string) (words []string) {
	for _, t := range a.Tokens(nil, s) {
		words = append(words, t.Word)
	}
	return words
}
