package corpus

import (
	"context"
	"io/fs"
)

// Count returns how many files Read would read below the root of fsys.
func Count(ctx context.Context, fsys fs.FS) (n int) {
	for range walk(fsys) {
		if n++; ctx.Err() != nil {
			return n
		}
	}
	return n
}
