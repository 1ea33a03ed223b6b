package format_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"example.org/attache/corpus/format"
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

// nestedPDF is a page of forms in forms, each drawn several times over, so that
// the work grows as the power of their depth.
func nestedPDF(depth, times int) []byte {
	font := "/Font<</F 5 0 R>>"
	stream := func(head, body string) string {
		return fmt.Sprintf("<<%s/Length %d>>\nstream\n%s\nendstream", head, len(body), body)
	}
	draw := strings.Repeat("/X Do ", times)
	objects := []string{
		"<</Type/Catalog/Pages 2 0 R>>",
		"<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<<" + font + "/XObject<</X 6 0 R>>>>>>",
		stream("", "BT /F 12 Tf 50 700 Td (The ferry to Marrow is late.) Tj ET "+draw),
		"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
	}
	for i := range depth {
		inner, body := fmt.Sprintf("/XObject<</X %d 0 R>>", 7+i), draw
		if i == depth-1 {
			inner, body = "", "q Q"
		}
		objects = append(objects, stream("/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<<"+font+inner+">>", body))
	}
	return assemble(objects)
}

// A PDF that keeps its reader busy for ever ends with its time, and the next one
// is read.
func TestPDFThatNeverEnds(t *testing.T) {
	if got := print(format.File{Path: "a.pdf", Data: nestedPDF(2, 2)}); !strings.Contains(got, "ferry to Marrow") {
		t.Fatalf("of a page that ends: %s", got)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
	defer cancel()
	for _, err := range format.Read(ctx, format.File{Path: "a.pdf", Data: nestedPDF(9, 20)}) {
		if err == nil {
			t.Error("a page without end is read")
		}
	}
	if ctx.Err() == nil {
		t.Error("it ended before its time; make it longer")
	}
	if got := print(testdata(t, "libreoffice.pdf")); !strings.Contains(got, "harbour road") {
		t.Errorf("the next one: %s", got)
	}
}
