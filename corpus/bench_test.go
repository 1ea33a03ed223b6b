package corpus_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"example.org/attache/corpus"
)

// article returns a report of about 5 KB that no other number shares.
func article(n int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Delegation %d Reopens the Harbour Road\n\nMOSS, May 4, 2023 — ", n)
	for i := range 12 {
		fmt.Fprintf(&b, "The foreign ministers of the two coastal republics met envoy %d of city %d on Thursday, nine years after the road was closed. "+
			"“The road belongs to those who live along it,” said Minister Ola Vik. Dr. Ruiz of the U.S. commission %d, who leads it, said that its maps would be ready by Nov. %d. "+
			"Lorries under 3.5 tons pass without a permit.\n\n", n, i, n+i, i+1)
	}
	return b.String()
}

// BenchmarkRead reads a corpus of plain reports on one core: documents and
// megabytes a second of everything that reading does.
func BenchmarkRead(b *testing.B) {
	const count = 200
	fsys, size := fstest.MapFS{}, 0
	for i := range count {
		body := article(i)
		fsys[fmt.Sprintf("%04d.txt", i)] = &fstest.MapFile{Data: []byte(body)}
		size += len(body)
	}
	b.SetBytes(int64(size))
	for b.Loop() {
		for r := range corpus.Read(b.Context(), fsys) {
			if r.Err != nil {
				b.Fatal(r.Err)
			}
		}
	}
	b.ReportMetric(float64(count*b.N)/b.Elapsed().Seconds(), "docs/s")
}

// BenchmarkUnchanged passes over a corpus that is known.
func BenchmarkUnchanged(b *testing.B) {
	const count = 2000
	fsys := fstest.MapFS{}
	for i := range count {
		fsys[fmt.Sprintf("%04d.txt", i)] = &fstest.MapFile{Data: []byte(article(i))}
	}
	for b.Loop() {
		for range corpus.ReadChanged(b.Context(), fsys, corpus.Options{}, func(string, string) bool { return true }) {
		}
	}
	b.ReportMetric(float64(count*b.N)/b.Elapsed().Seconds(), "docs/s")
}
