package index

import (
	"context"

	"example.org/attache/corpus/text"
	"example.org/attache/index/internal/store"
)

// Suggest returns at most n names of people that have a word beginning with
// what is typed so far, those of most documents first; for an empty prefix the
// people of most documents.
func (ix *Index) Suggest(ctx context.Context, prefix string, n int) ([]string, error) {
	return ix.suggest(ctx, prefix, n, func(g *generation, e int) bool { return e < g.People })
}

// Speakers is like Suggest for all who are quoted: people, bodies, countries.
func (ix *Index) Speakers(ctx context.Context, prefix string, n int) ([]string, error) {
	return ix.suggest(ctx, prefix, n, func(g *generation, e int) bool { return g.people.Quoted(e) > 0 })
}

func (ix *Index) suggest(ctx context.Context, prefix string, n int, keep func(g *generation, e int) bool) ([]string, error) {
	g, err := ix.acquire()
	if err != nil {
		return nil, err
	}
	defer g.release()
	var names []string
	given := map[string]bool{}
	add := func(e int) {
		if name := g.people.Name(e); !given[name] {
			given[name] = true
			names = append(names, name)
		}
	}
	prefix = text.Fold(store.Spaced(prefix))
	if prefix == "" {
		for e := 0; e < g.people.Len() && len(names) < n; e++ {
			if keep(g, e) {
				add(e)
			}
		}
		return names, ctx.Err()
	}
	for _, e := range g.people.Complete(prefix, n, func(e int) bool { return keep(g, e) }) {
		add(e)
	}
	return names, ctx.Err()
}
