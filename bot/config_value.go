package main

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"time"
)

// secret is text that no output shows: every way to print it writes a
// placeholder.
type secret string

func (secret) String() string                  { return "[secret]" }
func (secret) Format(f fmt.State, _ rune)      { io.WriteString(f, "[secret]") }
func (secret) MarshalText() ([]byte, error)    { return []byte("[secret]"), nil }
func (s *secret) UnmarshalText(b []byte) error { *s = secret(strings.TrimSpace(string(b))); return nil }

// reveal returns the text itself, for the one place that needs it.
func (s secret) reveal() string { return string(s) }

// duration is a span of time, written as "90d", "12h" or "30m". It is a struct so
// that a bare number in the file is an error and not nanoseconds.
type duration struct{ time.Duration }

// mostDays is the longest duration: what a time.Duration holds.
const mostDays = int(math.MaxInt64 / (24 * time.Hour))

func (d *duration) UnmarshalText(b []byte) error {
	s := string(b)
	if days, ok := strings.CutSuffix(s, "d"); ok {
		n, err := strconv.Atoi(days)
		if err != nil || n < 0 || strconv.Itoa(n) != days {
			return fmt.Errorf("%q is not a duration: write \"90d\", \"12h\" or \"30m\"", s)
		}
		if n > mostDays {
			return fmt.Errorf("%q is too long: at most %dd", s, mostDays)
		}
		d.Duration = time.Duration(n) * 24 * time.Hour
		return nil
	}
	v, err := time.ParseDuration(s)
	if err != nil || v < 0 {
		return fmt.Errorf("%q is not a duration: write \"90d\", \"12h\" or \"30m\"", s)
	}
	d.Duration = v
	return nil
}

// memory is an amount of memory, written as "512 MiB" or "2 GiB". It is a struct
// so that a bare number in the file is an error and not bytes.
type memory struct{ bytes int64 }

// The least memory is what the largest document takes.
const (
	leastMemory = 256 << 20
	mostMemory  = 1 << 50
)

func (m *memory) UnmarshalText(b []byte) error {
	s := string(b)
	for unit, size := range map[string]int64{"MiB": 1 << 20, "GiB": 1 << 30} {
		digits, ok := strings.CutSuffix(s, unit)
		if !ok {
			continue
		}
		n, err := strconv.ParseInt(strings.TrimSpace(digits), 10, 64)
		switch {
		case err != nil:
		case n < leastMemory/size || n > mostMemory/size:
			return fmt.Errorf("%q is too little or too much: at least \"%d MiB\"", s, leastMemory>>20)
		default:
			m.bytes = n * size
			return nil
		}
	}
	return fmt.Errorf("%q is no amount of memory: write \"512 MiB\" or \"2 GiB\"", s)
}
