package index

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/RoaringBitmap/roaring/v2"
)

// What is found with pruning is what scoring every passage finds.
func TestSearchFindsTheBest(t *testing.T) {
	words := strings.Fields("ash birch cedar elm fir hazel larch maple oak pine rowan spruce willow yew")
	r := rand.New(rand.NewPCG(1, 2))
	fsys := fstest.MapFS{}
	for i := range 300 {
		var text []string
		for range 3 + r.IntN(20) {
			text = append(text, words[int(float64(len(words))*r.Float64()*r.Float64())])
		}
		fsys[fmt.Sprintf("%03d.txt", i)] = &fstest.MapFile{Data: []byte(strings.Join(text, " ") + ".\n")}
	}
	dir := t.TempDir()
	if _, err := Build(t.Context(), dir, fsys, Options{}); err != nil {
		t.Fatal(err)
	}
	ix, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer ix.Close()
	g := ix.current.Load()
	for range 200 {
		var clauses []clause
		for range 1 + r.IntN(5) {
			var ways []way
			for range 1 + r.IntN(2) {
				ways = append(ways, way{field(g.languages[0]), termsOf(g.languages[0], words[r.IntN(len(words))])})
			}
			clauses = append(clauses, clause{ways, 0.2 + r.Float32()})
		}
		var accept func(int) bool
		if r.IntN(2) == 0 {
			accept = func(doc int) bool { return doc%3 > 0 }
		}
		both, within := accept, []*roaring.Bitmap(nil)
		if r.IntN(2) == 0 {
			var even []uint32
			for doc := 0; doc < g.table.len(); doc += 2 {
				even = append(even, g.places.of(doc, 0, 100)...)
			}
			within = g.bitmaps(even)
			both = func(doc int) bool { return doc%2 == 0 && (accept == nil || accept(doc)) }
		}
		got, err := g.search(t.Context(), clauses, 7, accept, within)
		if err != nil {
			t.Fatal(err)
		}
		if want := searchAll(t, g, clauses, 7, both); !slices.EqualFunc(got, want, alike) {
			t.Fatalf("%v\ngot  %v\nwant %v", clauses, got, want)
		}
	}
}

// alike allows for the order in which scores are added up.
func alike(a, b hit) bool {
	return a.doc == b.doc && a.passage == b.passage && max(a.score-b.score, b.score-a.score) < 1e-3
}

// searchAll scores every passage.
func searchAll(t *testing.T, g *generation, clauses []clause, n int, accept func(int) bool) (all []hit) {
	parts, err := g.weigh(clauses)
	if err != nil {
		t.Fatal(err)
	}
	norms := g.norms()
	for at, doc := range g.places.doc {
		h := hit{doc: int(doc), passage: int(g.places.passage[at])}
		for _, p := range parts {
			for i, b := range p.found {
				if s := g.segments[i]; at >= s.base && b.Contains(uint32(at-s.base)) {
					h.score += p.weight * norms[g.places.terms[at]]
				}
			}
		}
		if h.score > 0 && (accept == nil || accept(h.doc)) {
			all = append(all, h)
		}
	}
	slices.SortFunc(all, func(a, b hit) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.doc, b.doc), cmp.Compare(a.passage, b.passage))
	})
	return all[:min(n, len(all))]
}
