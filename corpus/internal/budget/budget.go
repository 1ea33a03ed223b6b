// Package budget measures and bounds, in tests, the time that reading an input
// takes.
package budget

import (
	"strings"
	"testing"
	"time"
)

// Most is how much time of processors reading a small input may take, also
// where races are looked for. What grows with the square of the input takes longer.
const Most = 10 * time.Second

// started is when the process began, nearly.
var started = time.Now()

// Read reads data, and then data again and again as one input of about size
// bytes, so that what grows too fast shows, each within the budget.
func Read(t testing.TB, data string, size int, read func(data string)) {
	t.Helper()
	Within(t, func() { read(data) })
	if n := size / max(len(data), 1); n > 1 && data != "" {
		Within(t, func() { read(strings.Repeat(data, n)) })
	}
}

// Within fails when f takes longer than the budget.
func Within(t testing.TB, f func()) {
	t.Helper()
	start := Used()
	f()
	if took := Used() - start; took > Most {
		t.Errorf("it took %v", took)
	}
}
