package index_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"example.org/attache/index"
)

// A book: many chapters, in several blocks of the store.
func book() string {
	var b strings.Builder
	b.WriteString("The book of bridges\n\n")
	for i := range 2000 {
		fmt.Fprintf(&b, "Bridge number%d was opened in the %dth year of the “Great Übergang”, said Jonas Weyland. It spans %d metres.\n\n", i, i, 10*i)
	}
	return b.String()
}

// Long texts are quoted like short ones, wherever their blocks meet, also
// after the records were gathered in another file.
func TestLongTexts(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	dir := t.TempDir()
	texts := map[string]string{"book.txt": book(), "note.txt": harbour["a.txt"]}
	build(t, dir, folder(texts))
	for n := range 10 {
		texts["note.txt"] = fmt.Sprintf("Notes\n\nA note of the %dth hour.\n", n)
		build(t, dir, folder(texts))
	}
	ix := open(t, dir)
	whole, err := ix.Text("book.txt")
	if err != nil || len(whole) < 100_000 || !utf8.ValidString(whole) {
		t.Fatalf("the book has %d bytes, %v", len(whole), err)
	}
	for n := 0; n < 2000; n += 13 {
		want := fmt.Sprintf("Bridge number%d was opened in the %dth year of the “Great Übergang”, said Jonas Weyland.", n, n)
		a, err := ix.Ask(t.Context(), index.Question{Text: fmt.Sprintf("When was bridge number%d opened?", n)})
		if err != nil || len(a.Quotes) == 0 || a.Quotes[0].Text != want {
			t.Fatalf("number %d: %+v, %v", n, a.Quotes, err)
		}
		if q := a.Quotes[0]; strings.Join(strings.Fields(q.Span.In(whole)), " ") != want {
			t.Errorf("number %d is not at %v", n, q.Span)
		}
	}
	who, err := ix.Who(t.Context(), "Jonas Weyland", index.Filter{}, 0)
	if err != nil || len(who.Profiles) != 1 {
		t.Errorf("%+v, %v", who, err)
	}
}

// Many books are asked for at once, more than stay unpacked.
func TestManyLongTexts(t *testing.T) {
	texts := map[string]string{}
	for n := range 6 {
		texts[fmt.Sprintf("book%d.txt", n)] = strings.ReplaceAll(book()[:60_000], "Bridge number", fmt.Sprintf("Tunnel%dx", n))
	}
	ix := indexed(t, folder(texts))
	var asking sync.WaitGroup
	for n := range 24 {
		asking.Go(func() {
			want := fmt.Sprintf("Tunnel%dx%d was opened in the %dth year of the “Great Übergang”, said Jonas Weyland.", n%6, 7*n, 7*n)
			a, err := ix.Ask(t.Context(), index.Question{Text: fmt.Sprintf("When was tunnel%dx%d opened?", n%6, 7*n)})
			if err != nil || len(a.Quotes) == 0 || a.Quotes[0].Text != want {
				t.Errorf("%+v, %v; want %q", a.Quotes, err, want)
			}
		})
	}
	asking.Wait()
}
