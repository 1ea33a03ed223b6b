package postings

import (
	"cmp"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const english = "text-en"

// build makes postings in a folder of documents whose passages hold the words of a
// string each, upon nothing.
func build(t *testing.T, folder string, documents [][]string) *Index {
	t.Helper()
	w, err := NewWriter(folder, nil)
	if err != nil {
		t.Fatal(err)
	}
	for doc, all := range documents {
		for n, passage := range all {
			if err := w.Add(ID{uint32(doc), uint32(n)}, english, unique(passage)); err != nil {
				t.Fatal(err)
			}
		}
	}
	finish(t, w, folder, documents)
	x, err := Open(folder, len(documents))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { x.Close() })
	return x
}

func finish(t *testing.T, w *Writer, folder string, documents [][]string) {
	t.Helper()
	if err := w.Finish(t.Context()); err != nil {
		t.Fatal(err)
	}
	err := WritePassages(folder, func(id ID) (uint32, uint8, bool) {
		return id.Document, uint8(len(unique(documents[id.Document][id.Passage]))), true
	})
	if err != nil {
		t.Fatal(err)
	}
}

func unique(passage string) []string {
	words := strings.Fields(passage)
	slices.Sort(words)
	return slices.Compact(words)
}

func clauseOf(terms ...string) Clause {
	c := Clause{Weight: 1}
	for _, term := range terms {
		c.Ways = append(c.Ways, Way{english, []string{term}})
	}
	return c
}

// What is found with pruning is what scoring every passage finds.
func TestSearchFindsTheBest(t *testing.T) {
	words := strings.Fields("ash birch cedar elm fir hazel larch maple oak pine rowan spruce willow yew")
	r := rand.New(rand.NewPCG(1, 2))
	documents := make([][]string, 300)
	for i := range documents {
		for range 1 + r.IntN(3) {
			var text []string
			for range 3 + r.IntN(20) {
				text = append(text, words[int(float64(len(words))*r.Float64()*r.Float64())])
			}
			documents[i] = append(documents[i], strings.Join(text, " "))
		}
	}
	x := build(t, t.TempDir(), documents)
	for range 200 {
		var clauses []Clause
		for range 1 + r.IntN(5) {
			c := Clause{Weight: 0.2 + r.Float32()}
			for range 1 + r.IntN(2) {
				c.Ways = append(c.Ways, Way{english, []string{words[r.IntN(len(words))]}})
			}
			clauses = append(clauses, c)
		}
		var accept func(int) bool
		if r.IntN(2) == 0 {
			accept = func(doc int) bool { return doc%3 > 0 }
		}
		both, within := accept, Set(nil)
		if r.IntN(2) == 0 {
			var even []uint32
			for doc := 0; doc < len(documents); doc += 2 {
				even = append(even, x.Numbers(doc, 0, 100)...)
			}
			within = x.Set(even)
			both = func(doc int) bool { return doc%2 == 0 && (accept == nil || accept(doc)) }
		}
		got, err := x.Search(t.Context(), clauses, 7, accept, within)
		if err != nil {
			t.Fatal(err)
		}
		if want := searchAll(t, x, clauses, 7, both); !slices.EqualFunc(got, want, alike) {
			t.Fatalf("%v\ngot  %v\nwant %v", clauses, got, want)
		}
	}
}

// alike allows for the order in which scores are added up.
func alike(a, b Hit) bool {
	return a.Doc == b.Doc && a.Passage == b.Passage && max(a.Score-b.Score, b.Score-a.Score) < 1e-3
}

// searchAll scores every passage.
func searchAll(t *testing.T, x *Index, clauses []Clause, n int, accept func(int) bool) (all []Hit) {
	parts, err := x.weigh(clauses)
	if err != nil {
		t.Fatal(err)
	}
	norms := x.norms()
	for at, doc := range x.passages.doc {
		h := Hit{Doc: int(doc), Passage: int(x.passages.passage[at])}
		for _, p := range parts {
			for i, b := range p.found {
				if s := x.segments[i]; at >= s.base && b.Contains(uint32(at-s.base)) {
					h.Score += p.weight * norms[x.passages.terms[at]]
				}
			}
		}
		if h.Score > 0 && (accept == nil || accept(h.Doc)) {
			all = append(all, h)
		}
	}
	slices.SortFunc(all, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Doc, b.Doc), cmp.Compare(a.Passage, b.Passage))
	})
	return all[:min(n, len(all))]
}

// Echoes are found as other passages are, but make no word commoner.
func TestEchoesDoNotCount(t *testing.T) {
	folder := t.TempDir()
	documents := [][]string{{"harbour treaty", "harbour"}, {"harbour treaty"}, {"treaty", "quay"}}
	x := build(t, folder, documents)
	packed, err := PackEchoes(folder, len(documents), func(doc, passage int) bool { return doc == 1 && passage == 0 })
	if err != nil {
		t.Fatal(err)
	}
	if err := x.SetEchoes(packed); err != nil {
		t.Fatal(err)
	}
	for term, want := range map[string]int{"harbour": 2, "treaty": 2, "quay": 1, "unheard": 0} {
		if n, err := x.Frequency(clauseOf(term).Ways...); n != want || err != nil {
			t.Errorf("%s: in %d passages, %v, want %d", term, n, err, want)
		}
	}
	if x.Size() != 4 {
		t.Errorf("%d passages, want 4", x.Size())
	}
	hits, err := x.Search(t.Context(), []Clause{clauseOf("treaty")}, 9, nil, nil)
	if len(hits) != 3 || err != nil {
		t.Errorf("found %v, %v, want the echo too", hits, err)
	}
}

// A generation that builds upon another holds what was kept and what was added, in
// the order of its own table, and leaves the other as it is.
func TestWriterBuildsUponAnother(t *testing.T) {
	first, second := t.TempDir(), t.TempDir()
	before := build(t, first, [][]string{{"harbour"}, {"treaty", "quay"}})
	if err := os.CopyFS(filepath.Join(second, folderName), os.DirFS(filepath.Join(first, folderName))); err != nil {
		t.Fatal(err)
	}
	w, err := NewWriter(second, before)
	if err != nil {
		t.Fatal(err)
	}
	for n := range 2 {
		if err := w.Remove(ID{1, uint32(n)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Add(ID{2, 0}, english, []string{"ferry"}); err != nil {
		t.Fatal(err)
	}
	if err := w.Finish(t.Context()); err != nil {
		t.Fatal(err)
	}
	places := map[uint32]uint32{2: 0, 0: 1}
	err = WritePassages(second, func(id ID) (uint32, uint8, bool) {
		doc, ok := places[id.Document]
		return doc, 1, ok
	})
	if err != nil {
		t.Fatal(err)
	}
	x, err := Open(second, 2)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	for _, tt := range []struct {
		x    *Index
		term string
		want []Hit
	}{
		{x, "ferry", []Hit{{Doc: 0}}}, {x, "harbour", []Hit{{Doc: 1}}}, {x, "quay", nil},
		{before, "quay", []Hit{{Doc: 1, Passage: 1}}}, {before, "ferry", nil},
	} {
		hits, err := tt.x.Search(t.Context(), []Clause{clauseOf(tt.term)}, 9, nil, nil)
		if err != nil || !slices.EqualFunc(hits, tt.want, func(a, b Hit) bool { return a.Doc == b.Doc && a.Passage == b.Passage }) {
			t.Errorf("%s: %v, %v, want %v", tt.term, hits, err, tt.want)
		}
	}
}

// A table of passages that is cut short, or names documents that there are none of,
// is an error, never a panic.
func TestDamagedPassages(t *testing.T) {
	folder := t.TempDir()
	x := build(t, folder, [][]string{{"harbour"}, {"treaty", "quay"}})
	whole := x.passages.pack()
	if _, err := unpackPassages(whole, 2); err != nil {
		t.Fatal(err)
	}
	for n := range whole {
		if _, err := unpackPassages(whole[:n], 2); err == nil {
			t.Errorf("%d of %d bytes are no error", n, len(whole))
		}
	}
	if _, err := unpackPassages(whole, 1); err == nil {
		t.Error("a document that is not there is no error")
	}
	if err := os.WriteFile(filepath.Join(folder, passagesName), (&passages{}).pack(), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(folder, 2); err == nil || !strings.Contains(err.Error(), folder) {
		t.Errorf("passages of other postings: %v", err)
	}
}
