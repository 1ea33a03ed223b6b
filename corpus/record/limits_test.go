package record_test

import (
	"fmt"
	"strings"
	"testing"

	"example.org/attache/corpus/internal/budget"
	"example.org/attache/corpus/record"
)

// The time of a record of very many turns, or speakers, grows with its length.
func TestLongRecords(t *testing.T) {
	const turns = 10_000
	tests := map[string]func(n int) string{
		"one speaker":                  func(int) string { return "MR. HALE: We open on Monday." },
		"many of one name":             func(n int) string { return fmt.Sprintf("Mr. Hale (Port %c%d): We open.", 'A'+n%26, n) },
		"many speakers":                func(n int) string { return "MR. " + name(n) + ": We open on Monday." },
		"many speakers on their lines": func(n int) string { return "Mr. H" + strings.ToLower(name(n)) + " Lund (Port)\nWe open." },
		"offices":                      func(n int) string { return fmt.Sprintf("The Minister of %s: We open.", name(n)) },
		"names in capitals on lines":   func(n int) string { return "TIM " + name(n/2) + "\nWe open." },
		"initials":                     func(n int) string { return fmt.Sprintf("%c.H%s: We open.", 'A'+n%26, strings.ToLower(name(n/3))) },
		"answers under names": func(n int) string {
			return "Tim H" + strings.ToLower(name(n)) + ", Minister of Ports\nI open.\nQ. When?\nA. Now."
		},
		"buttons":              func(n int) string { return "Lord Hale (LD) Share this " + strings.ToLower(name(n/3)) + "\nWe open." },
		"brackets in brackets": func(n int) string { return strings.Repeat("(", 60) + name(n) + strings.Repeat(")", 60) + ": We open." },
		"full names":           func(n int) string { return "Tim " + "H" + strings.ToLower(name(n)) + ": We open?" },
	}
	for what, line := range tests {
		t.Run(what, func(t *testing.T) {
			var lines []string
			for n := range turns {
				lines = append(lines, strings.Split(line(n), "\n")...)
			}
			d := document("Press conference by Minister Nora Hale", lines...)
			budget.Within(t, func() { record.Read(d) })
		})
	}
}

// name makes a name of capitals of a number.
func name(n int) string {
	b := []byte("AAAAAA")
	for i := range b {
		b[i] += byte(n % 26)
		n /= 26
	}
	return string(b)
}
