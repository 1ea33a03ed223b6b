//go:build !unix

package index_test

// cpuSeconds is 0 where the system doesn't report how long the process has computed.
func cpuSeconds() float64 { return 0 }
