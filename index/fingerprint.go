package index

import (
	"context"
	"fmt"
	"hash/crc32"
	"io/fs"
	"runtime/debug"
	"strings"

	"example.org/attache/corpus"
	"example.org/attache/index/internal/near"
	"example.org/attache/index/lexis"
)

// A program that reads documents or cuts words otherwise than the one that
// built an index would look for words that the index doesn't hold. Nobody
// remembers to raise a number whenever a rule or a list of words changes, so
// both are tried on the documents that ship in the program. Those are in one
// language, so that the words of the others count as they stand.

// analysisPrint tells how words become terms in the given languages. An index
// of another analysis is not served.
func analysisPrint(languages []string) uint32 {
	h := crc32.New(castagnoli)
	fsys := corpus.Builtin()
	names, _ := fs.Glob(fsys, "*.txt")
	for _, l := range languages {
		h.Write(lexis.Words(l))
	}
	for _, name := range names {
		text, _ := fs.ReadFile(fsys, name)
		for _, l := range languages {
			h.Write([]byte(strings.Join(termsOf(l, string(text)), " ")))
		}
	}
	return h.Sum32()
}

// readingPrint tells how documents are read. An index of another reading is
// served, but the next build reads every document again. The documents that
// ship are of few formats and languages, so the revision of the program counts
// too, where its build tells it, and so do the options.
func readingPrint(o corpus.Options) uint32 {
	h := crc32.New(castagnoli)
	o.Memory = 0 // it reads the same
	fmt.Fprintf(h, "%+v", o)
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				h.Write([]byte(s.Value))
			}
		}
	}
	for r := range corpus.Read(context.Background(), corpus.Builtin()) {
		if d := r.Document; d != nil {
			h.Write(appendRow(nil, row{Source: sourceOf(d)}))
			h.Write(packDocument(d, passages(d), near.NewSketch(running(d))))
		}
	}
	return h.Sum32()
}
