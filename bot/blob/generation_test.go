package blob

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"example.org/attache/bot/blob/blobtest"
	"example.org/attache/index"
)

// library is a corpus of so many made documents.
func library(documents int) fstest.MapFS {
	fsys := fstest.MapFS{}
	for n := range documents {
		fsys[documentName(n)] = document(n, 1)
	}
	return fsys
}

func documentName(n int) string { return fmt.Sprintf("%02d/paper-%04d.txt", n%10, n) }

// document is a text about a treaty, with words of its own and people.
func document(n, edition int) *fstest.MapFile {
	r := rand.New(rand.NewPCG(uint64(n), uint64(edition)))
	pick := func(words string) string { all := strings.Fields(words); return all[r.IntN(len(all))] }
	var b strings.Builder
	fmt.Fprintf(&b, "Treaty %d on %s\n\n", n, pick("grain fish tin salt wool timber coal"))
	for p := range 12 {
		fmt.Fprintf(&b, "Minister %s %s said paragraph %d of treaty %d, edition %d, was about %s and %s. ", pick("Ana Boris Carla Dmitri Elsa Farid"),
			pick("Orlov Petri Quist Ruiz Sato Tamm")+strings.Repeat("a", n%7), p, n, edition, pick("harbours borders rivers railways customs"), pick("tariffs visas quotas fees permits"))
		for range 3 {
			fmt.Fprintf(&b, "The %s %s was %s by %d delegates in %s. ", pick("northern southern eastern western"), pick("corridor council commission bridge canal"),
				pick("approved delayed rejected opened closed"), r.IntN(900), pick("March April June October"))
		}
		b.WriteString("\n\n")
	}
	return &fstest.MapFile{Data: []byte(b.String())}
}

func build(t testing.TB, dir string, fsys fs.FS) {
	t.Helper()
	if _, err := index.Build(t.Context(), dir, fsys, index.Options{}); err != nil {
		t.Fatal(err)
	}
}

// generations are those stored below a place of a test's store.
func generations(t testing.TB, s *blobtest.Server, address string) *Generations {
	t.Helper()
	b, err := Open(Config{Endpoint: s.Endpoint, Region: blobtest.Region, Env: s.Env}, address)
	if err != nil {
		t.Fatal(err)
	}
	return NewGenerations(b)
}

func pushed(t testing.TB, g *Generations, dir, base string) (ref string, moved Moved) {
	t.Helper()
	ref, moved, err := g.Push(t.Context(), dir, base)
	if err != nil {
		t.Fatal(err)
	}
	return ref, moved
}

func pulled(t testing.TB, g *Generations, ref, dir string) Moved {
	t.Helper()
	moved, err := g.Pull(t.Context(), ref, dir)
	if err != nil {
		t.Fatal(err)
	}
	return moved
}

// newest returns what files the newest generation of an index has.
func newest(t testing.TB, dir string) map[string][]byte {
	t.Helper()
	all, err := index.Generations(dir)
	if err != nil || len(all) == 0 {
		t.Fatalf("generations in %s: %v, %v", dir, all, err)
	}
	files := map[string][]byte{}
	err = fs.WalkDir(os.DirFS(all[0].Folder), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			files[name], err = os.ReadFile(filepath.Join(all[0].Folder, name))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// same fails the test unless two indexes have the same newest generation.
func same(t testing.TB, a, b string) {
	t.Helper()
	x, y := newest(t, a), newest(t, b)
	if len(x) != len(y) {
		t.Errorf("%d files and %d", len(x), len(y))
	}
	for name := range x {
		if !bytes.Equal(x[name], y[name]) {
			t.Errorf("%s is another", name)
		}
	}
	ix, err := index.Open(b)
	if err != nil {
		t.Fatal(err)
	}
	ix.Close()
}

func size(files map[string][]byte) (n int64) {
	for _, data := range files {
		n += int64(len(data))
	}
	return n
}

// What changes little moves little, in both directions; and whoever comes late gets
// all of it.
func TestPushPull(t *testing.T) {
	g := generations(t, blobtest.Start(t, "shared"), "s3://shared/index")
	leader, node := t.TempDir(), t.TempDir()
	docs := library(400)
	build(t, leader, docs)
	ref, first := pushed(t, g, leader, "")
	if got := pulled(t, g, ref, node); got.Blobs != first.Blobs {
		t.Errorf("stored %d blobs, fetched %d", first.Blobs, got.Blobs)
	}
	same(t, leader, node)
	if _, again := pushed(t, g, leader, ref); again.Blobs != 0 {
		t.Errorf("pushing the same again moved %+v", again)
	}
	for edition := 2; edition < 14; edition++ {
		for n := edition; n < 400; n += 100 { // one in a hundred
			docs[documentName(n)] = document(n, edition)
		}
		docs[documentName(400+edition)] = document(400+edition, 1)
		build(t, leader, docs)
		next, moved := pushed(t, g, leader, ref)
		fetched := pulled(t, g, next, node)
		same(t, leader, node)
		whole := size(newest(t, leader))
		t.Logf("edition %d: %d bytes in all, stored %d (%.1f %%), fetched %d", edition, whole, moved.Bytes, 100*float64(moved.Bytes)/float64(whole), fetched.Bytes)
		if edition == 2 && (moved.Bytes > whole/20 || fetched.Bytes > whole/20) {
			t.Errorf("of %d bytes, %d were stored and %d fetched", whole, moved.Bytes, fetched.Bytes)
		}
		if testing.Verbose() {
			t.Log(weights(t, g, ref, next))
		}
		ref = next
	}
	late := t.TempDir()
	pulled(t, g, ref, late)
	same(t, leader, late)
	if _, err := os.Stat(filepath.Join(late, fetchedFolder)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("what was fetched stays: %v", err)
	}
	// A node that missed some generations takes up from the one that it has.
	docs[documentName(500)] = document(500, 1)
	build(t, late, docs)
	next, _ := pushed(t, g, late, ref)
	pulled(t, g, next, leader)
	same(t, late, leader)
}

// weights says how many bytes each file of a generation added to the store.
func weights(t testing.TB, g *Generations, before, after string) string {
	t.Helper()
	stored := map[string]bool{}
	b, err := g.recipe(t.Context(), before)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range b.blobs() {
		stored[name] = true
	}
	r, err := g.recipe(t.Context(), after)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, f := range r.Files {
		var n int64
		for _, v := range f.Versions {
			for _, p := range v.Pieces {
				if !stored[p.Blob] {
					n += p.Stored
				}
			}
		}
		all = append(all, fmt.Sprintf("%s: %d of %d, %d versions", f.Name, n, f.last().Size, len(f.Versions)))
	}
	return strings.Join(all, "; ")
}

// Files of any size survive, also those that are cut in pieces.
func TestPieces(t *testing.T) {
	c := newCoder(2)
	r := rand.New(rand.NewPCG(1, 2))
	noise := make([]byte, pieceSize)
	for i := range noise {
		noise[i] = byte(r.Uint32())
	}
	words := bytes.Repeat([]byte("treaty "), pieceSize/7)
	for name, data := range map[string][]byte{"none": {}, "one": {1}, "noise": noise, "words": words} {
		packed, how, err := c.encode(data)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := c.decode(piece{Length: int64(len(data)), Coding: how}, packed, nil); err != nil || !bytes.Equal(got, data) {
			t.Errorf("%s, as %q: %v", name, how, err)
		}
		for from, base := range map[string][]byte{"noise": noise, "words": words, "itself": data, "none": {}} {
			packed, how, err := c.encodeAgainst(data, base)
			if err != nil {
				t.Fatal(err)
			}
			p := piece{Length: int64(len(data)), Coding: how}
			if got, err := c.decode(p, packed, base); err != nil || !bytes.Equal(got, data) {
				t.Errorf("%s from %s: %v", name, from, err)
			}
			if from == "itself" && len(packed) > 4000 {
				t.Errorf("no difference takes %d bytes", len(packed))
			}
		}
	}
	for _, p := range []piece{{Length: 3, Coding: compressed}, {Length: 3, Coding: difference}, {Length: 3, Coding: patched}, {Length: 3, Coding: "lzma"}, {Length: 4}} {
		if _, err := c.decode(p, []byte("abc"), nil); err == nil {
			t.Errorf("%+v is taken", p)
		}
	}
}

// A bomb is refused before it fills the memory.
func TestPieceThatIsTooLarge(t *testing.T) {
	c := newCoder(1)
	packed, how, err := c.encode(make([]byte, 16*pieceSize))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.decode(piece{Length: 3, Coding: how}, packed, nil); err == nil {
		t.Error("it is taken")
	}
}

// FuzzRecipe: whatever a store holds as a recipe names no file outside the folder,
// and costs no more than its limits.
func FuzzRecipe(f *testing.F) {
	f.Add([]byte(`{"format":1,"files":[{"name":"a","versions":[{"size":3,"pieces":[{"blob":"x","length":3}]}]}]}`))
	f.Add([]byte(`{"format":1,"files":[{"name":"../a","versions":[{}]}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := decodeRecipe(data)
		if err != nil {
			return
		}
		for _, file := range r.Files {
			if !filepath.IsLocal(file.Name) || len(file.Versions) == 0 {
				t.Errorf("%q is taken", file.Name)
			}
			for _, v := range file.Versions {
				for _, p := range v.Pieces {
					if p.Length > pieceSize || p.Length < 0 || p.To-p.From > maxBase || strings.ContainsAny(p.Blob, "/") {
						t.Errorf("%+v is taken", p)
					}
				}
			}
		}
	})
}

// What is damaged in the store is never taken up.
func TestDamagedInTheStore(t *testing.T) {
	s := blobtest.Start(t, "shared")
	g := generations(t, s, "s3://shared/index")
	leader, node := t.TempDir(), t.TempDir()
	build(t, node, library(3))
	before := newest(t, node)
	build(t, leader, library(30))
	ref, _ := pushed(t, g, leader, "")
	unchanged := func(what string, err error, want string) {
		t.Helper()
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", what, err)
		}
		if got := newest(t, node); size(got) != size(before) {
			t.Errorf("%s: the index is another", what)
		}
	}
	_, err := g.Pull(t.Context(), strings.Repeat("0", 64), node)
	unchanged("no such generation", err, ErrMissing.Error())
	_, err = g.Pull(t.Context(), "../"+ref[3:], node)
	unchanged("a name that is none", err, "names no generation")
	recipe := s.Get(t, "shared", "index/"+recipesFolder+ref)
	s.Put(t, "shared", "index/"+recipesFolder+ref, strings.Replace(recipe, "people", "peeple", 1))
	_, err = g.Pull(t.Context(), ref, node)
	unchanged("a damaged recipe", err, "damaged")
	s.Put(t, "shared", "index/"+recipesFolder+ref, recipe)
	var largest string
	for name, n := range s.Names(t, "shared", "index/"+blobsFolder) {
		if largest == "" || n > s.Names(t, "shared", largest)[largest] {
			largest = name
		}
	}
	content := s.Get(t, "shared", largest)
	s.Put(t, "shared", largest, content[:len(content)/2]+"x"+content[len(content)/2+1:])
	_, err = g.Pull(t.Context(), ref, node)
	unchanged("a damaged blob", err, "damaged")
	s.Remove(t, "shared", largest)
	_, err = g.Pull(t.Context(), ref, node)
	unchanged("a blob that is gone", err, ErrMissing.Error())
	s.Put(t, "shared", largest, content)
	other := `{"format":1,"index":"1-1","files":[]}`
	s.Put(t, "shared", "index/"+recipesFolder+digest([]byte(other)), other)
	_, err = g.Pull(t.Context(), digest([]byte(other)), node)
	unchanged("another release's", err, index.ErrOtherRelease.Error())
	s.Stop()
	_, err = g.Pull(t.Context(), ref, node)
	unchanged("the store is away", err, "nothing listens")
	if _, _, err := g.Push(t.Context(), leader, ""); !errors.Is(err, ErrAway) {
		t.Errorf("pushing: %v", err)
	}
	s.Restart(t)
	pulled(t, g, ref, node)
	same(t, leader, node)
}

// The helper is the test's program, started again to push or pull and to be killed.
const (
	helperTask  = "ATTACHE_TEST_TASK" // "push N DIR BASE", "pull N DIR REF" or "mirror N DIR", killed at step N
	helperStore = "ATTACHE_TEST_STORE"
)

func TestMain(m *testing.M) {
	blobtest.Serve()
	if task := os.Getenv(helperTask); task != "" {
		if err := help(strings.Fields(task)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func help(task []string) error {
	killed, err := strconv.Atoi(task[1])
	if err != nil {
		return err
	}
	b, err := Open(Config{Endpoint: os.Getenv(helperStore), Region: blobtest.Region, Env: new(blobtest.Server).Env}, "s3://shared/index")
	if err != nil {
		return err
	}
	steps := 0
	gate := make(chan struct{}, 1)
	atStep = func(string) error {
		gate <- struct{}{}
		if steps++; steps == killed {
			self, _ := os.FindProcess(os.Getpid())
			self.Kill()
			select {}
		}
		<-gate
		return nil
	}
	g := NewGenerations(b)
	switch task[0] {
	case "pull":
		_, err = g.Pull(context.Background(), task[3], task[2])
		return err
	case "mirror":
		papers, err := Open(b.config, "s3://papers")
		if err != nil {
			return err
		}
		_, err = NewMirror(papers, task[2], 1<<30, slog.New(slog.DiscardHandler)).Sync(context.Background(), false)
		return err
	}
	base := ""
	if len(task) > 3 {
		base = task[3]
	}
	ref, _, err := g.Push(context.Background(), task[2], base)
	fmt.Println(ref)
	return err
}

// killedAt runs a task that is killed at a step; survived reports that it has fewer.
func killedAt(t *testing.T, s *blobtest.Server, step int, what, dir, ref string) (out string, survived bool) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), self)
	cmd.Env = append(os.Environ(), fmt.Sprintf("%s=%s %d %s %s", helperTask, what, step, dir, ref), helperStore+"="+s.Endpoint)
	var said strings.Builder
	cmd.Stderr = &said
	data, err := cmd.Output()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return strings.TrimSpace(string(data)), true
	case errors.As(err, &exit) && exit.ExitCode() != 1:
		return "", false
	}
	t.Fatalf("%s at step %d: %v: %s", what, step, err, said.String())
	return "", false
}

// A push or a pull that is killed at any step leaves nothing half, and the next one
// does what was left.
func TestKilledAtEachStep(t *testing.T) {
	s := blobtest.Start(t, "shared")
	g := generations(t, s, "s3://shared/index")
	leader, node := t.TempDir(), t.TempDir()
	docs := library(12)
	build(t, leader, docs)
	ref, _ := pushed(t, g, leader, "")
	pulled(t, g, ref, node)
	old := newest(t, node)
	docs[documentName(3)] = document(3, 2)
	build(t, leader, docs)
	next, stored := "", 0
	for n := 1; next == ""; n++ {
		var whole bool
		if next, whole = killedAt(t, s, n, "push", leader, ref); !whole {
			stored = n
			if got := newest(t, node); size(got) != size(old) {
				t.Fatal("the node has another index")
			}
			pulled(t, g, ref, t.TempDir()) // what is published is whole
		}
	}
	blobs := len(s.Names(t, "shared", "index/"+blobsFolder))
	if _, moved := pushed(t, g, leader, ref); moved.Blobs != 0 || len(s.Names(t, "shared", "index/"+blobsFolder)) != blobs {
		t.Errorf("what the killed ones had stored was stored again: %+v", moved)
	}
	if stored < 4 {
		t.Errorf("only %d steps were tried", stored)
	}
	for n := 1; ; n++ {
		_, whole := killedAt(t, s, n, "pull", node, next)
		ix, err := index.Open(node)
		if err != nil {
			t.Fatalf("killed at step %d: %v", n, err)
		}
		ix.Close()
		if whole {
			break
		}
		if got := newest(t, node); size(got) != size(old) {
			t.Fatalf("killed at step %d: the index is another already", n)
		}
	}
	same(t, leader, node)
}

// What is needed is never collected; what is not is, after the grace.
func TestCollect(t *testing.T) {
	s := blobtest.Start(t, "shared")
	g := generations(t, s, "s3://shared/index")
	s.Put(t, "shared", "documents/a.txt", "Not below the place.")
	leader := t.TempDir()
	docs := library(40)
	var refs []string
	base := ""
	for n := range 3 {
		docs[documentName(n)] = document(n, 2)
		build(t, leader, docs)
		base, _ = pushed(t, g, leader, base)
		refs = append(refs, base)
	}
	all := func() int { return len(s.Names(t, "shared", "index/"+recipesFolder)) }
	collect := func(after time.Duration, live ...string) int {
		t.Helper()
		now, err := g.clock(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		n, err := g.collect(t.Context(), live, now.Add(after))
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	blobs := len(s.Names(t, "shared", "index/"+blobsFolder))
	if n := collect(0); n != 0 {
		t.Errorf("%d young objects were removed", n)
	}
	if n := collect(7*time.Hour, refs[1], refs[2]); n != 0 {
		t.Errorf("%d objects were removed when they were first found to be of no use", n)
	}
	collect(8*time.Hour, refs...) // it is used again
	if n := collect(14*time.Hour, refs[1], refs[2]); n != 0 || all() != 3 {
		t.Errorf("what was in use an hour ago was removed: %d", n)
	}
	if n := collect(28*time.Hour, refs[1], refs[2]); n == 0 || all() != 2 {
		t.Errorf("%d objects were removed, %d generations stay", n, all())
	}
	for _, ref := range refs[1:] {
		pulled(t, g, ref, t.TempDir())
	}
	if got := len(s.Names(t, "shared", "index/"+blobsFolder)); got > blobs {
		t.Errorf("%d blobs, once %d", got, blobs)
	}
	// What an upload that failed has left goes in the end.
	s.Put(t, "shared", "index/"+blobsFolder+digest([]byte("x"))+"-LEFT", "x")
	if n := collect(time.Hour, refs[2]); n != 0 {
		t.Errorf("%d young objects were removed", n)
	}
	collect(28*time.Hour, refs[2])
	collect(56*time.Hour, refs[2])
	if got := s.Names(t, "shared", "index/"+blobsFolder+digest([]byte("x"))); len(got) != 0 {
		t.Errorf("what a failed upload left stays: %v", got)
	}
	late := t.TempDir()
	pulled(t, g, refs[2], late)
	same(t, leader, late)
	if got := s.Names(t, "shared", "documents/"); len(got) != 1 {
		t.Errorf("of what lies beside, there stays %v", got)
	}
	if _, err := g.Collect(t.Context(), refs[2:]); err != nil {
		t.Error(err)
	}
	// As long as a generation can't be read, nothing is removed.
	s.Put(t, "shared", "index/"+recipesFolder+strings.Repeat("a", 64), "{")
	if _, err := g.collect(t.Context(), nil, time.Now()); err == nil || !strings.Contains(err.Error(), "damaged") {
		t.Errorf("with a damaged generation: %v", err)
	}
}
