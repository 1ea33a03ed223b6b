//go:build !unix

package budget

import "time"

// Used is how long the process has run.
func Used() time.Duration { return time.Since(started) }
