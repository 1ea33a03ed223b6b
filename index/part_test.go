package index_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"example.org/attache/index"
)

// part opens the news of docs after what was known; close it.
func part(t testing.TB, dir string, docs fstest.MapFS, known map[string]string) *index.Part {
	t.Helper()
	if _, err := index.Build(t.Context(), dir, docs, index.Options{}); err != nil {
		t.Fatal(err)
	}
	ix, err := index.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ix.Close() })
	p, err := ix.News(func(document string) string { return known[document] })
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Close)
	return p
}

func TestAPartQuotesItsDocumentsAlone(t *testing.T) {
	dir, known := t.TempDir(), map[string]string{}
	text := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	docs := fstest.MapFS{
		"old.txt": text("Trade\n\nMinister Ada Holm said on Monday: “Trade with Sudland will grow this year.”\n"),
		"gone.md": text("---\ntitle: Ice\n---\n\nThe ice came early to Norport.\n"),
	}
	p := part(t, dir, docs, known)
	for _, d := range p.Documents() {
		known[d.Document] = d.Revision
	}
	if len(known) != 2 {
		t.Fatalf("of a new index all is new, and not %v", known)
	}
	docs["new.txt"] = text("Ferries\n\nMinister Ada Holm said on Friday: “Trade with Sudland needs a second ferry.”\n\nThe old ferry sank on 3 May off the coast of Norland.\n")
	docs["gone.md"] = text("---\ntitle: Ice\n---\n\nThe ice came early to Norport. It stayed until May.\n")
	p = part(t, dir, docs, known)
	var names []string
	for _, d := range p.Documents() {
		names = append(names, d.Document)
	}
	if !slices.Equal(names, []string{"gone.md", "new.txt"}) {
		t.Errorf("new are %v", names)
	}
	said, err := p.Said(t.Context(), "Holm", 10)
	if err != nil || len(said) != 1 || said[0].Source.Document != "new.txt" {
		t.Errorf("said: %+v, %v", said, err)
	}
	if near, err := p.Said(t.Context(), "Holms", 10); err != nil || len(near) != 0 {
		t.Errorf("a name that is spelled nearly so: %+v, %v", near, err)
	}
	on, err := p.On(t.Context(), "trade with Sudland", 10)
	if err != nil || len(on) == 0 || slices.ContainsFunc(on, func(q index.Quote) bool { return q.Source.Document == "old.txt" }) {
		t.Errorf("on: %+v, %v", on, err)
	}
	if a, err := p.Ask(t.Context(), index.Question{Text: "When did the old ferry sink?"}); err != nil || !a.Answered || !strings.Contains(a.Quotes[0].Text, "3 May") {
		t.Errorf("asked: %+v, %v", a, err)
	}
	if from := p.From("ice"); len(from) != 1 || from[0].Document != "gone.md" {
		t.Errorf("from: %+v", from)
	}
	keys, err := p.Sentences("new.txt")
	if err != nil || len(keys) < 2 {
		t.Errorf("keys %v, %v", keys, err)
	}
	if of, err := p.SentencesOf(said[0]); err != nil || len(of) != 1 || !slices.Contains(keys, of[0]) {
		t.Errorf("the quote has the keys %v, %v", of, err)
	}
}

func TestAPartKnowsWhatWasPrintedBefore(t *testing.T) {
	dir := t.TempDir()
	story := "The strait\n\nMinister Ada Holm said on Friday: “The strait will stay open to all ships.”\n\nThe strait is twelve miles wide, and a third of the fish that Norland eats comes through it every spring. Sudland had asked for it to be closed at night, since two of its boats were lost there in the storms of last autumn. The assembly is to speak of that in June, when the members from the islands are back.\n"
	text := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	docs := fstest.MapFS{"a.txt": text(story), "other.txt": text("Ice\n\nThe ice came early to Norport.\n")}
	p := part(t, dir, docs, nil)
	known := map[string]string{}
	for _, d := range p.Documents() {
		known[d.Document] = d.Revision
	}
	docs["b.txt"] = text(strings.Replace(story, "on Friday", "Friday", 1) + "\nThe minister also said that “no toll will be asked for”.\n")
	p = part(t, dir, docs, known)
	said, err := p.Said(t.Context(), "Ada Holm", 10)
	if err != nil || len(said) == 0 {
		t.Fatalf("said %+v, %v", said, err)
	}
	for _, q := range said {
		before, err := p.PrintedBefore(t.Context(), q)
		if err != nil || before != strings.Contains(q.Text, "open to all ships") {
			t.Errorf("%q was printed before: %v, %v", q.Text, before, err)
		}
	}
}

// BenchmarkNews is what one follow costs against a hundred new documents among
// five thousand.
func BenchmarkNews(b *testing.B) {
	docs := fstest.MapFS{}
	known := map[string]string{}
	dir := b.TempDir()
	add := func(from, to int) {
		for n := from; n < to; n++ {
			docs[fmt.Sprintf("%05d.txt", n)] = &fstest.MapFile{Data: fmt.Appendf(nil, "Report %[1]d\n\nMinister Ada Holm of district %[2]d said on Monday: “Town %[1]d will get a ferry, a school and a court of its own.”\n\nThe council of town %[1]d put off the treaty on fishing with district %[3]d until the spring, and asked for talks on the toll of the bridge.\n", n, n%40, n%70)}
		}
	}
	add(0, 5000)
	p := part(b, dir, docs, nil)
	for _, d := range p.Documents() {
		known[d.Document] = d.Revision
	}
	add(5000, 5100)
	p = part(b, dir, docs, known)
	for name, find := range map[string]func(n int) error{
		"who": func(n int) error { _, err := p.Said(b.Context(), fmt.Sprint("Ada Holm ", n), 50); return err },
		"topic": func(n int) error {
			_, err := p.On(b.Context(), fmt.Sprintf("treaty on fishing number %d", n), 50)
			return err
		},
		"nothing": func(n int) error { _, err := p.On(b.Context(), fmt.Sprintf("submarine cables %d", n), 50); return err },
		"question": func(n int) error {
			_, err := p.Ask(b.Context(), index.Question{Text: fmt.Sprintf("Who put off the treaty on fishing with district %d?", n%70)})
			return err
		},
	} {
		b.Run(name, func(b *testing.B) {
			for n := 0; b.Loop(); n++ {
				if err := find(n); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
