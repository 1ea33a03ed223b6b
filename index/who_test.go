package index_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"example.org/attache/corpus"
	"example.org/attache/index"
)

func builtins(t *testing.T) *index.Index {
	t.Helper()
	dir := t.TempDir()
	build(t, dir, corpus.Builtin())
	return open(t, dir)
}

func names(p index.People) (all []string) {
	for _, p := range p.Profiles {
		all = append(all, p.Name)
	}
	return all
}

func TestWhoFindsAnySpelling(t *testing.T) {
	ix := builtins(t)
	for typed, want := range map[string]struct {
		name string
		near bool
	}{
		"Park Jin":               {"Park Jin", false},
		"park jin":               {"Park Jin", false},
		"Jin Park":               {"Park Jin", false},
		"Antony Blinken":         {"Antony Blinken", false},
		"ANTONY  BLINKEN":        {"Antony Blinken", false},
		"Blinken":                {"Antony Blinken", false},
		"Antony":                 {"Antony Blinken", false},
		"Blinkin":                {"Antony Blinken", true},
		"Anthony Blinken":        {"Antony Blinken", true},
		"Kritenbrnik":            {"Daniel Kritenbrink", true},
		"Chang Jae-Bok":          {"Chang Jae-Bok", false},
		"Mr. Chang":              {"Chang Jae-Bok", false},
		"Chang Jae Bok":          {"Chang Jae-Bok", false},
		"Fumio Kishída":          {"Fumio Kishida", false},
		"Subrahmanyam Jaishankr": {"Subrahmanyam Jaishankar", true},
	} {
		got, err := ix.Who(t.Context(), typed, index.Filter{}, 0)
		if err != nil {
			t.Fatal(err)
		}
		if n := names(got); !slices.Equal(n, []string{want.name}) || got.Near != want.near {
			t.Errorf("%s: %q, near %v; want %q, near %v", typed, n, got.Near, want.name, want.near)
		}
	}
	for _, typed := range []string{"", "  ", "Xi", "Nobody Whatsoever", "South Korea", "Tokyo", "*", "\x00"} {
		if got, err := ix.Who(t.Context(), typed, index.Filter{}, 0); err != nil || len(got.Profiles) != 0 {
			t.Errorf("%q: %q, %v; want nobody", typed, names(got), err)
		}
	}
}

func TestProfile(t *testing.T) {
	ix := builtins(t)
	got, err := ix.Who(t.Context(), "Park Jin", index.Filter{}, 0)
	if err != nil || len(got.Profiles) != 1 {
		t.Fatalf("%+v, %v", got, err)
	}
	p := got.Profiles[0]
	if p.Documents != 2 {
		t.Errorf("%d documents name him, want 2", p.Documents)
	}
	if !slices.Contains(p.With, "Antony Blinken") {
		t.Errorf("appears with %q, want Antony Blinken among them", p.With)
	}
	if len(p.Mentions) == 0 {
		t.Error("nothing is said of him")
	}
	for _, q := range p.Mentions {
		text, err := ix.Text(q.Source.Document)
		if err != nil || strings.Join(strings.Fields(q.Span.In(text)), " ") != q.Text {
			t.Errorf("%q is not what %s says at %v", q.Text, q.Source.Document, q.Span)
		}
	}
}

// A title is counted by document, and holds in the period of those that give it.
func TestTitlesInAPeriod(t *testing.T) {
	ix := indexed(t, folder(map[string]string{
		"old.md": "---\ndate: 2020-03-01\n---\nForeign Minister Ann Moelund came to Tolland. “It rains,” Foreign Minister Ann Moelund said. Nobody met Foreign Minister Ann Moelund.\n",
		"new.md": "---\ndate: 2024-03-01\n---\nForeign Minister Ann Moelund left Tolland by sea.\n",
	}))
	for name, c := range map[string]struct {
		filter index.Filter
		from   string
		want   int
	}{
		"all":  {index.Filter{}, "new.md", 2},
		"then": {index.Filter{Until: corpus.Date{Year: 2021}}, "old.md", 1},
	} {
		got, err := ix.Who(t.Context(), "Ann Moelund", c.filter, 0)
		if err != nil || len(got.Profiles) != 1 || len(got.Profiles[0].Titles) != 1 {
			t.Fatalf("%s: %+v, %v", name, got, err)
		}
		if title := got.Profiles[0].Titles[0]; title.Quote.Source.Document != c.from || title.Documents != c.want {
			t.Errorf("%s: %q of %d documents in %s, want %d, %s", name, title.Title, title.Documents, title.Quote.Source.Document, c.want, c.from)
		}
	}
}

func TestSuggest(t *testing.T) {
	ix := builtins(t)
	for prefix, want := range map[string]string{
		"bli":     "Antony Blinken",
		"Jin":     "Park Jin",
		"park j":  "Park Jin",
		"kishída": "Fumio Kishida",
		"JAI":     "Subrahmanyam Jaishankar",
	} {
		got, err := ix.Suggest(t.Context(), prefix, 5)
		if err != nil || len(got) == 0 || got[0] != want {
			t.Errorf("%s: %q, %v; want %s first", prefix, got, err, want)
		}
	}
	if got, err := ix.Suggest(t.Context(), "zz", 5); err != nil || len(got) != 0 {
		t.Errorf("zz: %q, %v", got, err)
	}
	if got, err := ix.Suggest(t.Context(), "", 3); err != nil || len(got) != 3 || got[0] != "Antony Blinken" {
		t.Errorf("nothing typed: %q, %v; want three, Antony Blinken first", got, err)
	}
}

func TestATitleThatAnotherSaysMoreFullyIsLeftOut(t *testing.T) {
	ix := indexed(t, fstest.MapFS{
		"a.txt": {Data: []byte("Harbour talks\n\nSecretary of State Ada Quist met Senator Tom Barlow in Bergen on Monday.\n")},
		"b.txt": {Data: []byte("More talks\n\nSecretary Ada Quist left with former Senator Tom Barlow, who had asked for the meeting.\n")},
	})
	for name, want := range map[string][]string{
		"Ada Quist":  {"Secretary of State"},
		"Tom Barlow": {"Senator", "former Senator"},
	} {
		got, err := ix.Who(t.Context(), name, index.Filter{}, 0)
		if err != nil || len(got.Profiles) != 1 {
			t.Fatalf("%s: %+v, %v", name, got, err)
		}
		var titles []string
		for _, title := range got.Profiles[0].Titles {
			titles = append(titles, title.Title)
		}
		slices.Sort(titles)
		if !slices.Equal(titles, want) {
			t.Errorf("%s: %q, want %q", name, titles, want)
		}
	}
}

// Everybody of a name has a profile where so many are asked for.
func TestManyOfOneName(t *testing.T) {
	dir := t.TempDir()
	files := map[string]string{}
	for _, given := range strings.Fields("Ann Paul Nora Peter Lena Martha Michael Robert Carla Anna Susan George") {
		files[given+".txt"] = "Senator " + given + " Moelund came to Tolland and met the harbour board there."
	}
	build(t, dir, folder(files))
	ix := open(t, dir)
	for limit, want := range map[int]int{0: 8, 1000: len(files)} {
		got, err := ix.Who(t.Context(), "Moelund", index.Filter{}, limit)
		if err != nil || len(got.Profiles) != want || got.More != len(files)-want {
			t.Errorf("limit %d: %d profiles, %d more, %v; want %d", limit, len(got.Profiles), got.More, err, want)
		}
	}
}

// Two people of one name whose offices are of one time are two, whom a typed
// title tells apart; a third document goes with the one of its office.
func TestNamesakes(t *testing.T) {
	ix := indexed(t, folder(map[string]string{
		"harbour.md": "---\ndate: 2023-03-01\n---\nMayor John Smith of Springfield opened the harbour. “The ships are back,” Smith said.\n",
		"senate.md":  "---\ndate: 2023-04-01\n---\nSenator John Smith voted against the treaty. “It is a poor treaty,” Smith said.\n",
		"budget.md":  "---\ndate: 2023-05-01\n---\nThe mayor of Springfield, John Smith, signed the budget on Monday.\n",
	}))
	for typed, want := range map[string][]int{"John Smith": {2, 1}, "Mayor John Smith": {2}, "John Smith, senator": {1}, "Governor John Smith": {2, 1}} {
		got, err := ix.Who(t.Context(), typed, index.Filter{}, 0)
		var documents []int
		for _, p := range got.Profiles {
			documents = append(documents, p.Documents)
		}
		if err != nil || !slices.Equal(documents, want) {
			t.Errorf("%s: people of %v documents, %v; want %v", typed, documents, err, want)
		}
	}
	said, err := ix.Said(t.Context(), "Senator John Smith", "", index.Filter{}, 0)
	if err != nil || len(said.Quotes) != 1 || said.Quotes[0].Text != "It is a poor treaty," {
		t.Errorf("%+v, %v", said, err)
	}
	if said, err = ix.Said(t.Context(), "John Smith", "", index.Filter{}, 0); err != nil || len(said.Others) != 1 || !strings.Contains(said.Others[0], "Smith, ") {
		t.Errorf("others %q, %v; want one with a title", said.Others, err)
	}
}

// Whoever is in a directory is not in the company of all others there.
func TestADirectoryIsNoCompany(t *testing.T) {
	list := &strings.Builder{}
	for i := range 1200 {
		fmt.Fprintf(list, "Ambassador Ada Quist%s%s came.\n\n", string(rune('a'+i%26)), strings.Repeat(string(rune('a'+i/26%26)), 1+i/676))
	}
	dir := t.TempDir()
	build(t, dir, folder(map[string]string{
		"list.txt": list.String() + "Ambassador Lena Ortmann came.\n",
		"talk.txt": "Ambassador Lena Ortmann met Ivo Brandt, the mayor of Tolland, at the harbour.\n",
	}))
	found, err := open(t, dir).Who(t.Context(), "Lena Ortmann", index.Filter{}, 0)
	if err != nil || len(found.Profiles) != 1 {
		t.Fatalf("%d profiles, error %v", len(found.Profiles), err)
	}
	if p := found.Profiles[0]; p.Documents != 2 || !slices.Equal(p.With, []string{"Ivo Brandt"}) {
		t.Errorf("in %d documents, with %q; want 2, with Ivo Brandt", p.Documents, p.With)
	}
}
