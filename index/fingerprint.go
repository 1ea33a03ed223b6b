package index

import (
	"fmt"
	"hash/crc32"

	"example.org/attache/corpus"
)

// The versions of what an index rests on. TestVersionsAreRaised fails until they are
// raised with a change of code or data that has the effect.
const (
	// analysisVersion changes when words become other terms. An index of another
	// one is not served: it would be asked for terms that it does not hold.
	analysisVersion = 6

	// readingVersion changes when a file is read as another text, with other
	// statements or other people. An index of another one is served, and the next
	// build reads every document again.
	readingVersion = 13
)

// readingPrint identifies how documents are read: by which version and with which
// options. The memory that may be used changes nothing in what is read.
func readingPrint(o corpus.Options) uint32 {
	return crc32.Checksum(fmt.Appendf(nil, "%d %q %q %q", readingVersion, o.DateFromName, o.OCR, o.OCRLanguages), crc32.MakeTable(crc32.Castagnoli))
}
