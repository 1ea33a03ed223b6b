//go:build !unix

package budget

import "time"

// used is how long the process has run.
func used() time.Duration { return time.Since(started) }
