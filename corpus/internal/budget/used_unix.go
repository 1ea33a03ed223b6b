//go:build unix

package budget

import (
	"syscall"
	"time"
)

// Used is how much time the process has spent on processors, which other
// programs on a busy machine don't lengthen.
func Used() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return time.Since(started)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
