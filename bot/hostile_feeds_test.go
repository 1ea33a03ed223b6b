//go:build linux

package main

import (
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
)

// What a hostile source may cost the program, which takes some of it by itself.
const (
	mostSourceMemory = 400      // MiB
	mostSourceSent   = 80 << 20 // bytes that it takes of an answer, with what is under way
)

// Sources that are large beyond all measure are refused in words, with bounded memory
// and without being read to their end.
func TestHostileSources(t *testing.T) {
	if testing.Short() {
		t.Skip("takes many seconds")
	}
	t.Parallel()
	program := buildNearby(t)
	const item = `<item><title>x</title><guid>%d</guid><description>The ferry sank in May off the coast of Norland.</description></item>`
	endless := func(w io.Writer, begin string, next func(n int) string) {
		io.WriteString(w, begin)
		for n := 0; ; n++ {
			if _, err := io.WriteString(w, next(n)); err != nil {
				return
			}
		}
	}
	for _, c := range []struct {
		name  string
		serve func(w http.ResponseWriter)
		want  string
	}{
		{"2 GB that are announced", func(w http.ResponseWriter) {
			w.Header().Set("Content-Length", fmt.Sprint(2<<30))
			endless(w, "<rss><channel>", func(n int) string { return fmt.Sprintf(item, n) })
		}, "larger than 20 MB"},
		{"endless", func(w http.ResponseWriter) {
			endless(w, "<rss><channel>", func(n int) string { return fmt.Sprintf(item, n) })
		}, "larger than 20 MB"},
		{"endless, packed", func(w http.ResponseWriter) {
			w.Header().Set("Content-Encoding", "gzip")
			z := gzip.NewWriter(w)
			endless(z, "<rss><channel>", func(int) string { return strings.Repeat(" ", 1<<16) })
		}, "larger than 20 MB"},
		{"one endless word", func(w http.ResponseWriter) {
			endless(w, "<rss><channel><title>", func(int) string { return strings.Repeat("x", 1<<16) })
		}, "larger than 20 MB"},
		{"a million items", func(w http.ResponseWriter) {
			io.WriteString(w, "<rss><channel>"+strings.Repeat("<item/>", 1_000_000)+"</channel></rss>")
		}, "more than 300000 elements"},
		{"a million attributes", func(w http.ResponseWriter) {
			io.WriteString(w, `<rss version="2.0"><channel><item `)
			for n := range 1_000_000 {
				fmt.Fprintf(w, `a%d="" `, n)
			}
			io.WriteString(w, "></item></channel></rss>")
		}, ""},
		{"as much as is taken", func(w http.ResponseWriter) {
			io.WriteString(w, `<rss version="2.0"><channel><title>Office</title>`)
			for n := range 70_000 {
				fmt.Fprintf(w, item, n)
			}
			io.WriteString(w, "</channel></rss>")
		}, "a feed of 10,000 entries"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var sent atomic.Int64
			source := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path != "/feed" {
					http.NotFound(w, r)
					return
				}
				c.serve(counting{w, &sent})
			}))
			defer source.Close()
			r := runLimited(t, program, "feeds", "--check", source.URL+"/feed")
			if said := string(r.out) + string(r.errs); !strings.Contains(said, c.want) || strings.Contains(said, "goroutine ") {
				t.Errorf("it says %.500s", said)
			}
			if r.resident > mostSourceMemory || r.time > mostTime || sent.Load() > mostSourceSent {
				t.Errorf("it took %d MiB of memory, %v of processors, %d bytes of the answer", r.resident, r.time, sent.Load())
			}
			t.Logf("%d MiB, %.1f s, %d MB sent", r.resident, r.time.Seconds(), sent.Load()>>20)
		})
	}
}

// counting counts what is written to an answer.
type counting struct {
	http.ResponseWriter
	sent *atomic.Int64
}

func (c counting) Write(p []byte) (int, error) {
	n, err := c.ResponseWriter.Write(p)
	c.sent.Add(int64(n))
	return n, err
}
