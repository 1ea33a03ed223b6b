package index_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"example.org/attache/corpus"
	"example.org/attache/index"
)

// folder makes a corpus of the given names and texts.
func folder(texts map[string]string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for name, text := range texts {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

func build(t *testing.T, dir string, fsys fs.FS) *index.Report {
	t.Helper()
	r, err := index.Build(context.Background(), dir, fsys, index.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// indexed returns an index of documents.
func indexed(t *testing.T, fsys fs.FS) *index.Index {
	t.Helper()
	dir := t.TempDir()
	build(t, dir, fsys)
	return open(t, dir)
}

func open(t *testing.T, dir string) *index.Index {
	t.Helper()
	ix, err := index.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ix.Close() })
	return ix
}

// first returns the first quote on a question.
func first(t *testing.T, ix *index.Index, question string) string {
	t.Helper()
	a, err := ix.Ask(context.Background(), index.Question{Text: question})
	if err != nil {
		t.Fatal(err)
	}
	if len(a.Quotes) == 0 {
		return ""
	}
	return a.Quotes[0].Text
}

// statuses lists what a report says, one "document status" each.
func statuses(r *index.Report) string {
	var all []string
	for _, e := range r.Entries {
		all = append(all, e.Document+" "+string(e.Status))
	}
	return strings.Join(all, ", ")
}

var harbour = map[string]string{
	"a.txt": "Talks on the harbour\n\nThe harbour of Tolland was reopened in March after a long strike.\n",
	"b.txt": "Talks on fish\n\nFishing rights in the northern strait were shared between the two neighbours.\n",
	"c.txt": "Talks on rail\n\nThe railway across the pass will carry grain from next summer on.\n",
}

func TestRebuildTakesOnlyWhatChanged(t *testing.T) {
	dir := t.TempDir()
	if got, want := statuses(build(t, dir, folder(harbour))), "a.txt added, b.txt added, c.txt added"; got != want {
		t.Fatalf("first build: %s, want %s", got, want)
	}
	ix := open(t, dir)
	if got := first(t, ix, "Who shares fishing rights?"); !strings.Contains(got, "northern strait") {
		t.Fatalf("got %q", got)
	}
	again := build(t, dir, folder(harbour))
	if got, want := statuses(again), "a.txt unchanged, b.txt unchanged, c.txt unchanged"; got != want || again.Swapped {
		t.Fatalf("nothing changed: %s, swapped %v, want %s", got, again.Swapped, want)
	}
	next := map[string]string{
		"a.txt": harbour["a.txt"],
		"b.txt": "Talks on fish\n\nFishing rights were given up for good by the smaller neighbour.\n",
		"d.txt": "Talks on trees\n\nThe forests of the east belong to nobody but the wolves.\n",
	}
	if got, want := statuses(build(t, dir, folder(next))), "a.txt unchanged, b.txt changed, d.txt added, c.txt removed"; got != want {
		t.Fatalf("next build: %s, want %s", got, want)
	}
	if err := ix.Refresh(); err != nil {
		t.Fatal(err)
	}
	for question, want := range map[string]string{
		"Who gave up fishing rights?":       "Fishing rights were given up for good by the smaller neighbour.",
		"Whose are the forests of the east": "The forests of the east belong to nobody but the wolves.",
		"When was the harbour reopened?":    "The harbour of Tolland was reopened in March after a long strike.",
	} {
		if got := first(t, ix, question); got != want {
			t.Errorf("%s: %q, want %q", question, got, want)
		}
	}
	for _, gone := range []string{"railway", "northern strait"} {
		if got := first(t, ix, gone); strings.Contains(got, gone) {
			t.Errorf("%q is still quoted: %q", gone, got)
		}
	}
}

// Many small rebuilds end with the same answers as one large build.
func TestManyRebuilds(t *testing.T) {
	dir := t.TempDir()
	fsys := fstest.MapFS{}
	for i := range 12 {
		fsys[fmt.Sprintf("note-%d.txt", i)] = &fstest.MapFile{Data: fmt.Appendf(nil, "Note\n\nThe delegate number%d spoke about matter%d.\n", i, i)}
		if i > 2 {
			delete(fsys, fmt.Sprintf("note-%d.txt", i-3))
		}
		build(t, dir, fsys)
	}
	ix := open(t, dir)
	sources, err := ix.Sources(context.Background(), "")
	if err != nil || len(sources) != 3 {
		t.Fatalf("%d sources, %v; want 3", len(sources), err)
	}
	for i := range 12 {
		want := ""
		if i > 8 {
			want = fmt.Sprintf("The delegate number%d spoke about matter%d.", i, i)
		}
		if got := first(t, ix, fmt.Sprintf("matter%d", i)); got != want {
			t.Errorf("matter%d: %q, want %q", i, got, want)
		}
	}
	gens, _ := filepath.Glob(filepath.Join(dir, "gen-*"))
	if len(gens) != 2 {
		t.Fatalf("%d generations are kept: %v", len(gens), gens)
	}
	if texts, _ := filepath.Glob(filepath.Join(gens[1], "texts-*")); len(texts) > 8 {
		t.Errorf("the texts of three documents lie in %d files", len(texts))
	}
}

// Many small changes leave most of an index in the files that it was in.
func TestSmallChangesRewriteLittle(t *testing.T) {
	dir := t.TempDir()
	fsys := fstest.MapFS{}
	note := func(n, edition int) *fstest.MapFile {
		return &fstest.MapFile{Data: fmt.Appendf(nil, "Note %d\n\nThe delegate number%d spoke about matter%d in edition%d.\n", n, n, n, edition)}
	}
	for n := range 400 {
		fsys[fmt.Sprintf("note-%03d.txt", n)] = note(n, 0)
	}
	build(t, dir, fsys)
	large := func() (names []string) {
		t.Helper()
		err := filepath.WalkDir(newestOf(t, dir).Folder, func(path string, d fs.DirEntry, err error) error {
			if strings.HasPrefix(d.Name(), "texts-") || strings.HasSuffix(d.Name(), ".zap") {
				if info, err := d.Info(); err != nil || info.Size() > 20_000 {
					names = append(names, d.Name())
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return names
	}
	first := large()
	if len(first) != 2 {
		t.Fatalf("the large files are %v", first)
	}
	for edition := 1; edition <= 30; edition++ {
		fsys[fmt.Sprintf("note-%03d.txt", edition)] = note(edition, edition)
		build(t, dir, fsys)
		if now := large(); !slices.Equal(now, first) {
			t.Fatalf("after %d changes the large files are %v and not %v", edition, now, first)
		}
	}
	ix := open(t, dir)
	for n := range 31 {
		want := fmt.Sprintf("The delegate number%d spoke about matter%d in edition%d.", n, n, n)
		if a, err := ix.Ask(t.Context(), index.Question{Text: fmt.Sprintf("matter%d", n)}); err != nil || len(a.Quotes) == 0 || a.Quotes[0].Text != want {
			t.Errorf("matter%d: %+v, %v", n, a.Quotes, err)
		}
	}
}

func TestEmptyCorpus(t *testing.T) {
	ix := indexed(t, fstest.MapFS{})
	if got := first(t, ix, "anything"); got != "" {
		t.Errorf("an empty corpus says %q", got)
	}
}

func TestOpenWithoutAnIndex(t *testing.T) {
	for name, dir := range map[string]string{"an empty folder": t.TempDir(), "no folder": filepath.Join(t.TempDir(), "none")} {
		if _, err := index.Open(dir); !errors.Is(err, index.ErrNone) {
			t.Errorf("%s: %v, want ErrNone", name, err)
		}
	}
}

// A question is answered by the old generation or by the new one, and always
// by one of them.
func TestQuestionsDuringRebuilds(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	dir := t.TempDir()
	build(t, dir, folder(harbour))
	ix := open(t, dir)
	stop := make(chan struct{})
	var asking sync.WaitGroup
	for range 4 {
		asking.Add(1)
		go func() {
			defer asking.Done()
			for {
				select {
				case <-stop:
					return
				default:
				}
				a, err := ix.Ask(context.Background(), index.Question{Text: "When was the harbour of Tolland reopened?"})
				if err != nil || len(a.Quotes) == 0 || !strings.Contains(a.Quotes[0].Text, "reopened in March") {
					t.Errorf("during a rebuild: %v, %v", a, err)
					return
				}
			}
		}()
	}
	for i := range 5 {
		texts := map[string]string{"a.txt": harbour["a.txt"], "x.txt": fmt.Sprintf("News\n\nBulletin %d is out.\n", i)}
		build(t, dir, folder(texts))
		if err := ix.Refresh(); err != nil {
			t.Error(err)
		}
	}
	close(stop)
	asking.Wait()
	if err := ix.Close(); err != nil {
		t.Error(err)
	}
	if _, err := ix.Ask(context.Background(), index.Question{Text: "harbour"}); err == nil {
		t.Error("a closed index answers")
	}
}

func TestBuiltinDocuments(t *testing.T) {
	dir := t.TempDir()
	build(t, dir, corpus.Builtin())
	if got := first(t, open(t, dir), "When will Blinken be in India?"); !strings.Contains(got, "November 10") {
		t.Errorf("got %q", got)
	}
}

// The path of an index may hold what stands for something in a pattern. What a
// killed rebuild left is cleared away there, too.
func TestFolderNameWithBrackets(t *testing.T) {
	for _, name := range []string{"a[b]", "a["} {
		dir := filepath.Join(t.TempDir(), name)
		build(t, dir, folder(map[string]string{"a.txt": harbour["a.txt"]}))
		stale := filepath.Join(dir, "tmp-gen-000009")
		if err := os.Mkdir(stale, 0o755); err != nil {
			t.Fatal(err)
		}
		build(t, dir, folder(harbour))
		if got := first(t, open(t, dir), "harbour"); !strings.Contains(got, "reopened") {
			t.Errorf("%s: got %q", name, got)
		}
		if _, err := os.Stat(stale); err == nil {
			t.Errorf("%s: %s is still there", name, stale)
		}
	}
}

// The newest generation that is whole serves when a newer one is damaged, and
// the next rebuild mends it.
func TestDamagedGeneration(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	damage := map[string]func(t *testing.T, gen string){
		"segment is missing": func(t *testing.T, gen string) { remove(t, gen, "bleve/store/*.zap") },
		"segment is corrupt": func(t *testing.T, gen string) { corrupt(t, gen, "bleve/store/*.zap") },
		"table is corrupt":   func(t *testing.T, gen string) { corrupt(t, gen, "documents") },
		"manifest is gone":   func(t *testing.T, gen string) { remove(t, gen, "manifest.json") },
		"manifest is empty": func(t *testing.T, gen string) {
			if err := os.WriteFile(filepath.Join(gen, "manifest.json"), nil, 0o644); err != nil {
				t.Fatal(err)
			}
		},
		"a count is another":       func(t *testing.T, gen string) { spoil(t, gen, `"passages": `, `"passages": 1`) },
		"format is newer":          func(t *testing.T, gen string) { edit(t, gen, `"format": `, `"format": 1000, "before": `) },
		"words were cut otherwise": func(t *testing.T, gen string) { edit(t, gen, `"analysis": `, `"analysis": 999, "before": `) },
		"folder is half there":     func(t *testing.T, gen string) { remove(t, gen, "bleve/store"); remove(t, gen, "passages") },
	}
	for name, do := range damage {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			build(t, dir, folder(map[string]string{"a.txt": harbour["a.txt"]}))
			build(t, dir, folder(harbour))
			gens, _ := filepath.Glob(filepath.Join(dir, "gen-*"))
			if len(gens) != 2 {
				t.Fatalf("generations: %v", gens)
			}
			do(t, gens[1])
			ix := open(t, dir)
			if got := first(t, ix, "harbour"); !strings.Contains(got, "reopened") {
				t.Errorf("the generation before says %q", got)
			}
			r := build(t, dir, folder(harbour))
			if !r.Swapped || r.Damaged == nil {
				t.Errorf("rebuilt %v, damaged: %v", r.Swapped, r.Damaged)
			}
			if other := name == "format is newer" || name == "words were cut otherwise"; errors.Is(r.Damaged, index.ErrOtherRelease) != other {
				t.Errorf("of another release: %v, want %v", r.Damaged, other)
			}
			if err := ix.Refresh(); err != nil {
				t.Errorf("after mending: %v", err)
			}
			if got := first(t, ix, "railway across the pass"); !strings.Contains(got, "grain") {
				t.Errorf("after mending: %q", got)
			}
		})
	}
}

// With no generation left that is whole, Open says so and Build starts anew.
func TestOnlyGenerationDamaged(t *testing.T) {
	dir := t.TempDir()
	build(t, dir, folder(harbour))
	remove(t, filepath.Join(dir, "gen-000001"), "bleve/store/*.zap")
	if _, err := index.Open(dir); !errors.Is(err, index.ErrNone) || !strings.Contains(err.Error(), "zap") {
		t.Fatalf("opening: %v, want ErrNone with the file", err)
	}
	build(t, dir, folder(harbour))
	if got := first(t, open(t, dir), "harbour"); !strings.Contains(got, "reopened") {
		t.Errorf("after mending: %q", got)
	}
}

// Rebuilds share the files that stay: damage of such a file in its place is in
// both generations. It is noticed, and the next rebuild reads everything.
func TestSharedFileDamaged(t *testing.T) {
	dir := t.TempDir()
	build(t, dir, folder(map[string]string{"a.txt": harbour["a.txt"]}))
	build(t, dir, folder(harbour))
	name := filepath.Join(dir, "gen-000002", "texts-000001")
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	data[len(data)/2] ^= 0x55
	if err := os.WriteFile(name, data, 0o644); err != nil { // in place
		t.Fatal(err)
	}
	if _, err := index.Open(dir); !errors.Is(err, index.ErrNone) || !strings.Contains(err.Error(), "texts-000001 is damaged") {
		t.Fatalf("opening: %v, want ErrNone with the file", err)
	}
	if r := build(t, dir, folder(harbour)); r.Damaged == nil || r.Count(index.Added) != 3 {
		t.Errorf("rebuilt: %s, damaged: %v", statuses(r), r.Damaged)
	}
	if got := first(t, open(t, dir), "harbour"); !strings.Contains(got, "reopened") {
		t.Errorf("after mending: %q", got)
	}
}

// An index folder may be cleared at any time: what is built there then is taken
// up, though its number is not a higher one.
func TestClearedFolder(t *testing.T) {
	for name, builds := range map[string]int{"the same number": 1, "a lower number": 2} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			for n := range builds {
				build(t, dir, folder(map[string]string{"a.txt": harbour["a.txt"], fmt.Sprint(n, ".txt"): harbour["b.txt"]}))
			}
			ix := open(t, dir)
			remove(t, dir, "*")
			if err := ix.Refresh(); err != nil {
				t.Errorf("with nothing there: %v", err)
			}
			if got := first(t, ix, "harbour"); !strings.Contains(got, "reopened") {
				t.Errorf("with nothing there it says %q", got)
			}
			build(t, dir, folder(map[string]string{"b.txt": harbour["b.txt"]}))
			if err := ix.Refresh(); err != nil {
				t.Error(err)
			}
			if s, err := ix.Stats(); err != nil || s.Documents != 1 {
				t.Errorf("%d documents, %v; want the new one", s.Documents, err)
			}
			if got := first(t, ix, "Who shares fishing rights?"); !strings.Contains(got, "northern strait") {
				t.Errorf("it says %q", got)
			}
		})
	}
}

// An index is not emptied because the documents are not there today.
func TestVanishedDocuments(t *testing.T) {
	dir := t.TempDir()
	build(t, dir, folder(harbour))
	gone := filepath.Join(t.TempDir(), "unmounted")
	r, err := index.Build(t.Context(), dir, os.DirFS(gone), index.Options{})
	if err != nil || r.Swapped || r.Count(index.Failed) != 1 || r.Count(index.Removed) > 0 {
		t.Errorf("without the folder: %v, %v", r, err)
	}
	if _, err := index.Build(t.Context(), dir, fstest.MapFS{}, index.Options{}); !errors.Is(err, index.ErrVanished) {
		t.Errorf("with an empty folder: %v, want ErrVanished", err)
	}
	if got := first(t, open(t, dir), "harbour"); !strings.Contains(got, "reopened") {
		t.Errorf("afterwards it says %q", got)
	}
	r, err = index.Build(t.Context(), dir, fstest.MapFS{}, index.Options{MayEmpty: true})
	if err != nil || r.Count(index.Removed) != 3 {
		t.Errorf("when told so: %v, %v", r, err)
	}
}

// An index that another reading of the documents made is read anew.
func TestOtherReading(t *testing.T) {
	dir := t.TempDir()
	build(t, dir, folder(harbour))
	edit(t, filepath.Join(dir, "gen-000001"), `"reading": `, `"reading": 1, "before": `)
	if got := first(t, open(t, dir), "harbour"); !strings.Contains(got, "reopened") {
		t.Errorf("until then it says %q", got)
	}
	if r := build(t, dir, folder(harbour)); r.Count(index.Changed) != 3 {
		t.Errorf("rebuilt: %s", statuses(r))
	}
	if r := build(t, dir, folder(harbour)); r.Count(index.Unchanged) != 3 {
		t.Errorf("rebuilt again: %s", statuses(r))
	}
}

// edit makes another manifest of a generation, as another program would have
// written it.
func edit(t *testing.T, gen, from, to string) {
	t.Helper()
	spoil(t, gen, from, to)
	if err := index.Seal(gen); err != nil {
		t.Fatal(err)
	}
}

// spoil changes the manifest of a generation.
func spoil(t *testing.T, gen, from, to string) {
	t.Helper()
	name := filepath.Join(gen, "manifest.json")
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(strings.Replace(string(data), from, to, 1)), 0o644); err != nil {
		t.Fatal(err)
	}
}

func remove(t *testing.T, dir, pattern string) {
	t.Helper()
	for _, f := range match(t, dir, pattern) {
		if err := os.RemoveAll(f); err != nil {
			t.Fatal(err)
		}
	}
}

// corrupt changes one byte in the middle of each file.
func corrupt(t *testing.T, dir, pattern string) {
	t.Helper()
	for _, f := range match(t, dir, pattern) {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		data[len(data)/2] ^= 0x55
		// Written anew: the file may be shared with another generation.
		if err := os.Remove(f); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(f, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func match(t *testing.T, dir, pattern string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, pattern))
	if err != nil || len(files) == 0 {
		t.Fatalf("nothing matches %s in %s: %v", pattern, dir, err)
	}
	return files
}
