//go:build !linux && !darwin

package index_test

import "errors"

// limitFiles is for systems that can bound the size of a process's files.
func limitFiles(int) error { return errors.ErrUnsupported }
