//go:build linux || darwin

package index_test

import (
	"os/signal"
	"syscall"
)

// limitFiles lets the process write no file of more than n bytes.
func limitFiles(n int) error {
	signal.Ignore(syscall.SIGXFSZ)
	return syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: uint64(n), Max: uint64(n)})
}
