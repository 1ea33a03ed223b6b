package corpus_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"

	"example.org/attache/corpus"
)

// read returns the documents of fsys by their ids, and the errors by path.
func read(t testing.TB, fsys fs.FS) (ids []string, docs map[string]*corpus.Document, errs map[string]error) {
	t.Helper()
	docs, errs = map[string]*corpus.Document{}, map[string]error{}
	for r := range corpus.Read(t.Context(), fsys) {
		if r.Err != nil {
			errs[r.Path] = r.Err
			continue
		}
		ids = append(ids, r.Document.ID)
		docs[r.Document.ID] = r.Document
	}
	return ids, docs, errs
}

func files(paths ...string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for i := 0; i < len(paths); i += 2 {
		fsys[paths[i]] = &fstest.MapFile{Data: []byte(paths[i+1]), Mode: 0o644}
	}
	return fsys
}

func TestReadKeepsTheOrderOfPaths(t *testing.T) {
	fsys := fstest.MapFS{}
	var want []string
	for i := range 200 {
		name := fmt.Sprintf("%03d/report.txt", i)
		size := 1 + i%7*20 // some take longer
		fsys[name] = &fstest.MapFile{Data: []byte(strings.Repeat("The road is open. ", size))}
		want = append(want, name)
	}
	got, _, errs := read(t, fsys)
	if !slices.Equal(got, want) || len(errs) > 0 {
		t.Errorf("got %v, errors %v", got, errs)
	}
}

// Who takes the documents may be slow: that is not the file's fault.
func TestReadWaitsForThoseWhoTake(t *testing.T) {
	const parts = 60
	lines := strings.Repeat(`{"text":"The road is open."}`+"\n", parts)
	synctest.Test(t, func(t *testing.T) {
		n := 0
		for r := range corpus.Read(t.Context(), files("a.jsonl", lines, "b.jsonl", lines)) {
			if r.Err != nil {
				t.Fatal(r.Err)
			}
			n++
			time.Sleep(10 * time.Second)
		}
		if n != 2*parts {
			t.Errorf("%d documents were read, want %d", n, 2*parts)
		}
	})
}

func TestReadNamesPartsOfFiles(t *testing.T) {
	ids, _, _ := read(t, files(
		"a.jsonl", `{"text":"The road."}`+"\n"+`{"text":"The ferry."}`,
		"b.txt", "The bridge."))
	if want := []string{"a.jsonl#1", "a.jsonl#2", "b.txt"}; !slices.Equal(ids, want) {
		t.Errorf("got %v, want %v", ids, want)
	}
}

func TestReadPassesOverWhatIsNoDocument(t *testing.T) {
	ids, _, errs := read(t, files(
		".git/config", "x", ".hidden.txt", "x", "~$draft.docx", "x", "Thumbs.db", "x",
		"a.txt", "The road.", "a.txt.meta.toml", `title = "The Road"`))
	if !slices.Equal(ids, []string{"a.txt"}) || len(errs) > 0 {
		t.Errorf("got %v, errors %v", ids, errs)
	}
}

func TestReadReportsWhatItCannotRead(t *testing.T) {
	_, _, errs := read(t, files(
		"a.txt", "The road.",
		"empty.txt", "",
		"ferry.jpg", "\xff\xd8",
		"lone.txt.meta.toml", `title = "x"`,
		"key.txt", "The road.", "key.txt.meta.toml", "titel = \"x\"\n",
		"day.txt", "The road.", "day.txt.meta.toml", "date = \"soon\"\n",
		"line\nend.txt", "The road.",
		"tongue.txt", "The road.", "tongue.txt.meta.toml", "language = \"Norwegian\"\n",
		"big.txt", "The road.", "big.txt.meta.toml", "#"+strings.Repeat(" ", 1<<20),
		"toml.txt", "The road.", "toml.txt.meta.toml", "title = \n"))
	for path, want := range map[string]string{
		"empty.txt":          "no text",
		"ferry.jpg":          ".jpg",
		"lone.txt.meta.toml": "lone.txt, which is not there",
		"tongue.txt":         `"Norwegian" is no language`,
		"big.txt":            "too big",
		"key.txt":            "no key titel",
		"day.txt":            "2024-08-28",
		"toml.txt":           "line 1",
		"line\ufffdend.txt":  "rename it",
	} {
		err := errs[path]
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: the error is %v, want one that names it and has %q", path, err, want)
		}
		delete(errs, path)
	}
	if len(errs) > 0 {
		t.Errorf("more errors: %v", errs)
	}
}

func TestReadChangedPassesOverWhatIsKnown(t *testing.T) {
	fsys := files("a.txt", "The road.", "b.txt", "The ferry.", "c.jsonl", `{"text":"The bridge."}`)
	hashes := map[string]string{}
	for r := range corpus.Read(t.Context(), fsys) {
		hashes[r.Path] = r.Hash
	}
	known := func(path, hash string) bool { return hashes[path] == hash }
	fsys["b.txt"].Data = []byte("The ferry is gone.")
	fsys["c.jsonl.meta.toml"] = &fstest.MapFile{Data: []byte(`publisher = "Coast Gazette"`)}
	fsys["d.txt"] = &fstest.MapFile{Data: []byte("The lighthouse.")}
	var got []string
	for r := range corpus.ReadChanged(t.Context(), fsys, corpus.Options{}, known) {
		switch {
		case r.Unchanged && r.Document == nil && r.Err == nil:
			got = append(got, r.Path+" unchanged")
		case r.Document != nil:
			got = append(got, r.Document.ID+" read")
		}
	}
	want := []string{"a.txt unchanged", "b.txt read", "c.jsonl#1 read", "d.txt read"}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestSidecarGoesBeforeTheFile(t *testing.T) {
	_, docs, errs := read(t, files("a.md", "---\ntitle: Draft\nauthor: Bo Lind\n---\nThe road is open.",
		"a.md.meta.toml", "title = \"The Road\"\npublisher = \"Coast Gazette\"\ndate = 2023-05-04\nurl = \"https://gazette.example/road\"\nlanguage = \"no-NO\"\ntags = [\"harbour\"]\n",
		"b.txt", "The ferry.", "b.txt.meta.toml", "date = \"May 2023\"\n",
		"c.jsonl", `{"text":"The ferry.","title":"Ferry"}`+"\n"+`{"text":"The bridge."}`, "c.jsonl.meta.toml", "title = \"Notes\"\npublisher = \"Coast Gazette\"\n"))
	d := docs["a.md"]
	if d == nil || d.Title != "The Road" || d.Author != "Bo Lind" || d.Publisher != "Coast Gazette" || d.Published.String() != "2023-05-04" ||
		d.URL != "https://gazette.example/road" || d.Language != "nb" || !slices.Equal(d.Tags, []string{"harbour"}) {
		t.Errorf("got %+v, %v", d, errs)
	}
	if one, two := docs["c.jsonl#1"], docs["c.jsonl#2"]; one.Title != "Ferry" || one.Publisher != "Coast Gazette" || two.Title != "Notes" {
		t.Errorf("parts: %q of %q, %q", one.Title, one.Publisher, two.Title)
	}
	if got := docs["b.txt"].Published.String(); got != "2023-05" {
		t.Errorf("b.txt is of %q, want 2023-05", got)
	}
}

// growing is a file that is longer at every look.
type growing struct{ fs.FS }

func (g growing) Open(name string) (fs.File, error) {
	f, err := g.FS.Open(name)
	if name != "log.txt" {
		return f, err
	}
	return &growingFile{File: f}, err
}

type growingFile struct {
	fs.File
	looks int64
}

func (f *growingFile) Stat() (fs.FileInfo, error) {
	info, err := f.File.Stat()
	f.looks++
	return growingInfo{info, f.looks}, err
}

type growingInfo struct {
	fs.FileInfo
	looks int64
}

func (i growingInfo) ModTime() time.Time { return time.Unix(i.looks, 0) }

func TestReadReportsAFileThatChanges(t *testing.T) {
	ids, _, errs := read(t, growing{files("a.txt", "The road.", "log.txt", "The ferry.")})
	if !slices.Equal(ids, []string{"a.txt"}) || errs["log.txt"] == nil || !strings.Contains(errs["log.txt"].Error(), "changed while it was read") {
		t.Errorf("got %v, %v", ids, errs)
	}
}

// huge is a file that says it is huge, and is.
type huge struct{ fs.FS }

func (h huge) Open(name string) (fs.File, error) {
	f, err := h.FS.Open(name)
	if name != "huge.txt" {
		return f, err
	}
	return hugeFile{f}, err
}

type hugeFile struct{ fs.File }

func (f hugeFile) Stat() (fs.FileInfo, error) {
	info, err := f.File.Stat()
	return hugeInfo{info}, err
}

type hugeInfo struct{ fs.FileInfo }

func (hugeInfo) Size() int64 { return 2 << 30 }

func TestReadRefusesAHugeFile(t *testing.T) {
	ids, _, errs := read(t, huge{files("a.txt", "The road.", "huge.txt", "The ferry.")})
	if !slices.Equal(ids, []string{"a.txt"}) || errs["huge.txt"] == nil || !strings.Contains(errs["huge.txt"].Error(), "2048 MB") {
		t.Errorf("got %v, %v", ids, errs)
	}
}

func TestReadRefusesATextWithoutEnd(t *testing.T) {
	ids, _, errs := read(t, files("a.txt", "The road.", "endless.txt", strings.Repeat("The road is open. ", 1<<20)))
	if !slices.Equal(ids, []string{"a.txt"}) || errs["endless.txt"] == nil || !strings.Contains(errs["endless.txt"].Error(), "split it") {
		t.Errorf("got %v, %v", ids, errs)
	}
}

func TestReadStopsWhenAsked(t *testing.T) {
	fsys := fstest.MapFS{}
	for i := range 500 {
		fsys[fmt.Sprintf("%03d.txt", i)] = &fstest.MapFile{Data: []byte("The road is open.")}
	}
	n := 0
	for range corpus.Read(t.Context(), fsys) {
		if n++; n == 3 {
			break
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var last error
	n = 0
	for r := range corpus.Read(ctx, fsys) {
		if n++; n == 3 {
			cancel()
		}
		last = r.Err
	}
	if n > 100 || !errors.Is(last, context.Canceled) {
		t.Errorf("%d results after the end, the last %v", n, last)
	}
}

func TestSpansAreSlicesOfTheText(t *testing.T) {
	_, docs, errs := read(t, corpus.Builtin())
	if len(docs) != 3 || len(errs) > 0 {
		t.Fatalf("%d documents, errors %v", len(docs), errs)
	}
	for _, d := range docs {
		at := 0
		for _, p := range d.Paragraphs {
			if p.Start < at || p.Len() <= 0 || p.End > len(d.Text) {
				t.Errorf("%s: paragraph %v after %d", d.ID, p.Span, at)
			}
			at = p.End
		}
		for _, s := range d.Sentences {
			if !slices.ContainsFunc(d.Paragraphs, func(p corpus.Paragraph) bool { return p.Contains(s) }) {
				t.Errorf("%s: sentence %q is in no paragraph", d.ID, s.In(d.Text))
			}
		}
	}
}

func TestBuiltinDocumentsAreRead(t *testing.T) {
	_, docs, _ := read(t, corpus.Builtin())
	blinken := docs["blinken-heads-to-japan-south-korea-india.txt"]
	if want := "Blinken Heads to Japan, South Korea, India After Middle East Visit"; blinken.Title != want {
		t.Errorf("the title is %q, want %q", blinken.Title, want)
	}
	if !blinken.Published.IsZero() {
		t.Errorf("published %v, but the text tells no year", blinken.Published)
	}
	for _, frame := range []string{"Home »", "India Japan News", "Source :"} {
		if strings.Contains(blinken.Text, frame) {
			t.Errorf("the text still has %q", frame)
		}
	}
	if n := strings.Count(blinken.Text, blinken.Title); n != 1 {
		t.Errorf("the title is %d times in the text", n)
	}
	var sentences []string
	for _, s := range blinken.Sentences {
		sentences = append(sentences, s.In(blinken.Text))
	}
	for _, want := range []string{
		"“Secretary Blinken will be in India on November 10.",
		"He will be joined by Secretary of Defense Lloyd Austin.",
		"G7 foreign ministers will meet in Tokyo November 7-8.",
		"This year marks the 70th anniversary of the alliance between the U.S. and South Korea.",
	} {
		if !slices.Contains(sentences, want) {
			t.Errorf("%q is no sentence", want)
		}
	}
	envoy := docs["korean-envoy-on-the-quad-and-india.txt"]
	if envoy.Title != "" || envoy.Published.String() != "2024-08-28" {
		t.Errorf("title %q, published %v", envoy.Title, envoy.Published)
	}
	for id, d := range docs {
		if d.Language != "en" || d.Publisher != "" || d.Author != "" || d.URL != "" {
			t.Errorf("%s: language %q, publisher %q, author %q, url %q", id, d.Language, d.Publisher, d.Author, d.URL)
		}
	}
}

func ExampleRead() {
	for r := range corpus.Read(context.Background(), corpus.Builtin()) {
		fmt.Println(r.Document.ID, r.Document.Language)
	}
	// Output:
	// blinken-heads-to-japan-south-korea-india.txt en
	// korean-envoy-on-the-quad-and-india.txt en
	// us-korea-science-and-technology-agreement.txt en
}

// What browsers save beside a page are its pictures, frames and advertisements.
func TestFoldersOfSavedPagesAreNoDocuments(t *testing.T) {
	page := "<html><body><p>The lock has two gates and a keeper.</p></body></html>"
	advert := "<html><body><p>Buy our watches today.</p></body></html>"
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, content := range map[string]string{"c.html": page, "c_files/ad.html": advert, "d_files/own.html": page} {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(w, content)
	}
	z.Close()
	ids, _, errs := read(t, files(
		"a.html", page, "a_files/ad.html", advert, "a_files/style.css", "p {}",
		"sub/b.htm", page, "sub/b-Dateien/ad.html", advert,
		"case_files/note.txt", "The case is closed.",
		"pages.zip", b.String()))
	slices.Sort(ids)
	if want := []string{"a.html", "case_files/note.txt", "pages.zip/c.html", "pages.zip/d_files/own.html", "sub/b.htm"}; !slices.Equal(ids, want) || len(errs) > 0 {
		t.Errorf("got %v, want %v, errors %v", ids, want, errs)
	}
}

func TestNamesThatCannotBePrintedAreReportedInALine(t *testing.T) {
	_, _, errs := read(t, files("new\nline.txt", "The road.", "bad\xff.txt", "The ferry."))
	for _, name := range []string{"new\ufffdline.txt", "bad\ufffd.txt"} {
		if err := errs[name]; err == nil || !strings.Contains(err.Error(), "rename it") {
			t.Errorf("%q: %v among %v", name, err, errs)
		}
	}
}

// What libraries say of a file may have a line for each of its lines.
func TestReasonsAreALine(t *testing.T) {
	_, _, errs := read(t, files("a.md", "---\n"+strings.Repeat("title: x\n", 200)+"---\nThe road is open.\n"))
	if err := errs["a.md"]; err == nil || len(err.Error()) > 400 || strings.Contains(err.Error(), "\n") || !strings.Contains(err.Error(), "front matter") || !strings.HasSuffix(err.Error(), "the first two marks") {
		t.Errorf("%v", err)
	}
}

func TestSidecarsInArchives(t *testing.T) {
	pack := func(paths ...string) string {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for i := 0; i < len(paths); i += 2 {
			w, err := z.Create(paths[i])
			if err != nil {
				t.Fatal(err)
			}
			io.WriteString(w, paths[i+1])
		}
		z.Close()
		return b.String()
	}
	inner := pack("road.txt", "The road is open.", "road.txt.meta.toml", `title = "Roads"`)
	_, docs, errs := read(t, files(
		"a.zip", pack(
			"ferry.txt", "The ferry is late.", "ferry.txt.meta.toml", "title = \"Ferries\"\ndate = 2021-05-04\npublisher = \"Quay\"",
			"list.jsonl", `{"text":"One boat.","title":"Boat"}`+"\n"+`{"text":"Two boats."}`, "list.jsonl.meta.toml", `title = "Boats"`,
			"inner.zip", inner, "inner.zip.meta.toml", "title = \"Inner\"\npublisher = \"Ministry\"",
			"wrong.txt", "The bridge is old.", "wrong.txt.meta.toml", `titel = "Bridges"`,
			"gone.txt.meta.toml", `title = "Gone"`),
		"a.zip.meta.toml", "publisher = \"Archive\"\nauthor = \"Ann Moe\""))
	for id, want := range map[string]string{
		"a.zip/ferry.txt":          "Ferries, Quay, Ann Moe, 2021-05-04",
		"a.zip/list.jsonl#1":       "Boat, Archive, Ann Moe, ",
		"a.zip/list.jsonl#2":       "Boats, Archive, Ann Moe, ",
		"a.zip/inner.zip/road.txt": "Roads, Ministry, Ann Moe, ",
	} {
		d := docs[id]
		if d == nil {
			t.Errorf("%s was not read", id)
			continue
		}
		if got := fmt.Sprintf("%s, %s, %s, %s", d.Title, d.Publisher, d.Author, d.Published); got != want {
			t.Errorf("%s: %s, want %s", id, got, want)
		}
	}
	if len(docs) != 4 || len(errs) != 1 {
		t.Errorf("%d documents, errors %v", len(docs), errs)
	}
	var all []string
	for r := range corpus.Read(t.Context(), files("a.zip", pack("wrong.txt", "The bridge.", "wrong.txt.meta.toml", `titel = "x"`, "gone.txt.meta.toml", `title = "x"`))) {
		all = append(all, fmt.Sprint(r.Err))
	}
	got := strings.Join(all, "\n")
	for _, want := range []string{"a.zip/wrong.txt: its description wrong.txt.meta.toml: line 1: there is no key titel", "a.zip/gone.txt.meta.toml: it describes gone.txt, which is not there"} {
		if !strings.Contains(got, want) {
			t.Errorf("nothing says %q:\n%s", want, got)
		}
	}
}
