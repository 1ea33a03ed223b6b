package index

import (
	"context"
	"io/fs"
	"time"

	"attache/corpus"
)

// Check reads the documents of fsys and reports what [Build] would do with the
// index in the folder dir. It writes nothing. With an empty dir every document
// is a new one.
func Check(ctx context.Context, dir string, fsys fs.FS, o Options) (*Report, error) {
	b := &builder{dir: dir, fsys: fsys, Options: o, seen: map[string]bool{}, report: &Report{}}
	defer b.close()
	if dir != "" {
		var err error
		if b.prev, b.report.Damaged, err = newest(dir, 0); err != nil {
			return nil, err
		}
	}
	p := Progress{Started: time.Now()}
	for r := range corpus.Read(ctx, fsys) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		b.judge(r)
		p.Done++
		b.progress(p)
	}
	if b.prev != nil {
		for i := range b.prev.table.len() {
			if r := b.prev.table.row(i); !b.seen[r.Document] {
				b.note(r.Document, Removed, nil)
			}
		}
	}
	return b.report, ctx.Err()
}
