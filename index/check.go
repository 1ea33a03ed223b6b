package index

import (
	"context"
	"io/fs"

	"example.org/attache/corpus"
)

// Check reads the documents of fsys and reports what [Build] would do with the
// index in the folder dir. It writes nothing. With an empty dir every document
// is a new one.
func Check(ctx context.Context, dir string, fsys fs.FS, o Options) (*Report, error) {
	v := newInventory(o)
	defer v.close()
	if dir != "" {
		if err := v.load(dir); err != nil {
			return nil, err
		}
	}
	take := func(r corpus.Result) error {
		v.judge(r)
		return nil
	}
	// Files that did not change are read too, so that their errors are reported
	// every time.
	if err := v.read(ctx, fsys, nil, take); err != nil {
		return nil, err
	}
	v.removed()
	return v.report, nil
}
