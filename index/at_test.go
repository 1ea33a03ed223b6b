package index_test

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"example.org/attache/corpus/text"
	"example.org/attache/index"
)

// A place of a document is told with who says what stands there: of a quotation
// within a sentence that reports it, the one who is quoted.
func TestThePlaceOfAQuote(t *testing.T) {
	ix := indexed(t, fstest.MapFS{"ferry.txt": {Data: []byte("The ferry\n\nThe ferry sailed at dawn.\n\n“The ferry is late,” said Foreign Minister Ada Quist.\n")}})
	whole, err := ix.Text("ferry.txt")
	if err != nil {
		t.Fatal(err)
	}
	place := func(s string) text.Span {
		at := strings.Index(whole, s)
		return text.Span{Start: at, End: at + len(s)}
	}
	for said, want := range map[string]string{"The ferry is late,": "Ada Quist", "ferry is": "Ada Quist", "The ferry sailed at dawn.": "", "dawn.\n": ""} {
		q, err := ix.At("ferry.txt", place(said))
		if err != nil || q.Speaker != want || q.Text != strings.TrimSpace(said) || q.Source.Document != "ferry.txt" || (q.Kind == "") != (want == "") {
			t.Errorf("%q: %+v, %v", said, q, err)
		}
	}
	for _, span := range []text.Span{{Start: -1, End: 3}, {Start: 5, End: 3}, {Start: 0, End: len(whole) + 1}} {
		if _, err := ix.At("ferry.txt", span); !errors.Is(err, index.ErrNoPlace) {
			t.Errorf("%v: %v", span, err)
		}
	}
	if _, err := ix.At("gone.txt", text.Span{End: 1}); !errors.Is(err, index.ErrNoDocument) {
		t.Errorf("no document: %v", err)
	}
}
