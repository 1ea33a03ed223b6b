package corpus

import (
	"strings"
	"testing"
	"testing/fstest"
)

// Of a document with more sentences, people or statements than the budget has the
// first are read, and the report says that there are more. The others are read whole.
func TestDocumentsBeyondTheBudgetAreCut(t *testing.T) {
	const text = "“The pier of Varn is open,” said Ada Lund.\n\nIt was closed. It was old.\n\n“We mended it,” said Bo Arden.\n"
	whole := budget{sentences: 4, people: 2, statements: 2}
	for _, c := range []struct {
		name   string
		most   budget
		want   budget // that is left
		reason string
	}{
		{"nothing", whole, whole, ""},
		{"sentences", budget{2, 2, 2}, budget{2, 1, 1}, "reading a.txt: it is too big: only its first 2 sentences are read; split it"},
		{"people", budget{4, 1, 2}, budget{4, 1, 2}, "reading a.txt: it is too big: only its first 1 people are read; split it"},
		{"statements", budget{4, 2, 1}, budget{4, 2, 1}, "reading a.txt: it is too big: only its first 1 statements are read; split it"},
	} {
		t.Run(c.name, func(t *testing.T) {
			fsys := fstest.MapFS{"a.txt": {Data: []byte(text)}, "b.txt": {Data: []byte("The lock has two gates.")}}
			var reasons []string
			documents := map[string]*Document{}
			for _, name := range []string{"a.txt", "b.txt"} {
				r := Options{}.reader(fsys, func(string, string) bool { return false })
				r.budget = c.most
				for found := range r.file(t.Context(), name) {
					if found.Err != nil {
						reasons = append(reasons, found.Err.Error())
						continue
					}
					documents[name] = found.Document
				}
			}
			if got := strings.Join(reasons, "|"); got != c.reason {
				t.Errorf("told is %q, want %q", got, c.reason)
			}
			d := documents["a.txt"]
			if d == nil || documents["b.txt"] == nil {
				t.Fatal("a document is missing")
			}
			if got := (budget{len(d.Sentences), len(d.People), len(d.Statements)}); got != c.want {
				t.Errorf("read are %+v, want %+v", got, c.want)
			}
			for _, s := range d.Statements {
				if s.Speaker(d.People) == "Bo Arden" && c.most.people == 1 {
					t.Error("a statement is of somebody who is not among the people")
				}
			}
		})
	}
}
