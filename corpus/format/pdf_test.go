package format_test

import (
	"context"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"attache/corpus/format"
)

func testdata(t testing.TB, name string) format.File {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return format.File{Path: name, Data: data}
}

// Reading that is given up on must not use up what reads the next file.
func TestPDFIsReadAfterOthersWereGivenUp(t *testing.T) {
	f := testdata(t, "libreoffice.pdf")
	for i := range 8 {
		ctx, cancel := context.WithTimeout(t.Context(), time.Duration(i)*3*time.Millisecond)
		defer cancel()
		for _, err := range format.Read(ctx, f) {
			if err == nil && i == 0 {
				t.Error("a file is read although nobody waits for it")
			}
		}
	}
	if got := print(f); !strings.Contains(got, "harbour road") {
		t.Errorf("got %s", got)
	}
}

func TestPDFsAreReadSideBySide(t *testing.T) {
	f := testdata(t, "libreoffice.pdf")
	want := print(f)
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			if got := print(f); got != want {
				t.Errorf("got %s\nwant %s", got, want)
			}
		})
	}
	all.Wait()
}

func TestPDFIsLaidOut(t *testing.T) {
	got := print(testdata(t, "wkhtmltopdf.pdf"))
	if n := strings.Count(got, "Papers on the Harbour Road"); n > 2 {
		t.Errorf("the header of the pages is %d times in the text", n)
	}
	for _, l := range strings.Split(print(testdata(t, "ghostscript.pdf")), "\n") {
		if strings.ContainsAny(l, "\x02\ufffe") || strings.Contains(l, "acknowl-") || strings.Contains(l, "admin istrative") {
			t.Errorf("a broken word is left: %s", l)
		}
	}
}
