package corpus_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"example.org/attache/corpus"
)

// Fields that are too long are cut behind a word, and what is cut off is noted
// where that is asked for.
func TestLongFieldsAreCut(t *testing.T) {
	title := strings.Repeat("The pier fell ", 1000)
	fsys := fstest.MapFS{"a.jsonl": {Data: []byte(`{"title":"` + title + `","author":"Ada Lund","url":"https://a.example/` + strings.Repeat("x", 3000) + `","text":"The pier of Varn fell in May."}` + "\n")}}
	for r := range corpus.Explain(t.Context(), fsys, corpus.Options{}, "a.jsonl") {
		d := r.Document
		if r.Err != nil || len(d.Title) > 1010 || !strings.HasPrefix(title, strings.TrimSuffix(d.Title, "…")) || !strings.HasSuffix(d.Title, "…") || d.Author != "Ada Lund" || d.URL != "" {
			t.Fatalf("%v: %.100q of %d bytes, %.100q", r.Err, d.Title, len(d.Title), d.URL)
		}
		var noted []string
		for _, l := range d.Left {
			if l.Why == "excess" {
				noted = append(noted, l.Text[:8])
			}
		}
		if strings.Join(noted, "|") != "The pier|https://" {
			t.Errorf("noted: %q", noted)
		}
	}
}
