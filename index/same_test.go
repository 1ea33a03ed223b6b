package index_test

import (
	"encoding/json"
	"io/fs"
	"testing"
	"testing/fstest"

	"example.org/attache/corpus"
	"example.org/attache/index"
)

// everything is what an index says to a number of questions, in a form to
// compare.
func everything(t *testing.T, ix *index.Index) string {
	t.Helper()
	var all []any
	keep := func(v any, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, v)
	}
	for _, question := range []string{"When will Blinken be in India?", "What did South Korea sign?", "Who visited Seoul?", "Why did they meet?", "korea", "Where was the missile launched?"} {
		keep(ix.Ask(t.Context(), index.Question{Text: question, Limit: 20, Explain: true}))
		keep(ix.Timeline(t.Context(), question, index.Filter{}, 20))
	}
	for _, name := range []string{"Park Jin", "Blinken", "Kim"} {
		keep(ix.Who(t.Context(), name, index.Filter{}, 0))
		keep(ix.Said(t.Context(), name, "", index.Filter{}, 20))
		keep(ix.Said(t.Context(), name, "talks in Seoul", index.Filter{}, 20))
		keep(ix.Suggest(t.Context(), name[:3], 25))
	}
	for p, err := range ix.Everybody(t.Context(), index.Filter{}) {
		keep(p, err)
	}
	for q, err := range ix.Statements(t.Context(), index.Filter{}) {
		keep(q, err)
	}
	keep(ix.Sources(t.Context(), ""))
	out, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// The same documents give the same answers in the same order, however often the
// index is built, asked, or brought up to date step by step.
func TestSameDocumentsSameAnswers(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	docs := fstest.MapFS{}
	names, err := fs.Glob(corpus.Builtin(), "*")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		data, err := fs.ReadFile(corpus.Builtin(), name)
		if err != nil {
			t.Fatal(err)
		}
		docs[name] = &fstest.MapFile{Data: data, Mode: 0o644}
		docs["copies/"+name] = docs[name]
	}
	at := t.TempDir()
	build(t, at, docs)
	ix := open(t, at)
	want := everything(t, ix)
	for range 3 {
		if everything(t, ix) != want {
			t.Error("asked again, the index says something else")
		}
	}
	for range 2 {
		dir := t.TempDir()
		build(t, dir, docs)
		if everything(t, open(t, dir)) != want {
			t.Error("built again, the index says something else")
		}
	}
	dir := t.TempDir()
	step := fstest.MapFS{"old.txt": {Data: []byte("The road is closed.\n")}}
	for name, f := range docs {
		step[name] = f
		build(t, dir, step)
	}
	delete(step, "old.txt")
	build(t, dir, step)
	if everything(t, open(t, dir)) != want {
		t.Error("built step by step, the index says something else")
	}
}
