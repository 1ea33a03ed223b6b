package command_test

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gofrs/flock"

	"example.org/attache/bot/command"
	"example.org/attache/bot/state"
	"example.org/attache/index"
)

// archive is a bot over a folder of documents that can be changed.
type archive struct {
	*command.Bot
	t     *testing.T
	docs  string
	index string
}

func newArchive(t *testing.T, files map[string]string) *archive {
	t.Helper()
	a := &archive{t: t, docs: t.TempDir(), index: t.TempDir()}
	for name, content := range files {
		a.write(name, content)
	}
	kept, err := state.Open(t.TempDir(), time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	var ix *index.Index
	skip := func() (func(string) bool, error) {
		removed, err := kept.Removed()
		return state.KeptOut(removed), err
	}
	a.Bot = &command.Bot{
		Index: func() *index.Index { return ix }, State: kept, Corpus: a.docs, Log: slog.New(slog.DiscardHandler),
		Reindex: func(ctx context.Context, show func(index.Progress)) (*index.Report, error) {
			report, err := index.Build(ctx, a.index, os.DirFS(a.docs), index.Options{Progress: show, Skip: skip})
			if err == nil && ix != nil {
				err = ix.Refresh()
			}
			return report, err
		},
	}
	if _, err := a.Reindex(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if ix, err = index.Open(a.index); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ix.Close() })
	return a
}

func (a *archive) write(name, content string) {
	a.t.Helper()
	name = filepath.Join(a.docs, name)
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		a.t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
		a.t.Fatal(err)
	}
}

func (a *archive) has(name string) bool {
	_, err := os.Stat(filepath.Join(a.docs, name))
	return err == nil
}

// add adds a file as an admin does.
func (a *archive) add(name, content string) command.Reply {
	c := call("file", name)
	c.Admin = true
	c.Open = func(context.Context) (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(content)), nil }
	return a.Do(a.t.Context(), "admin add", c)
}

// documents returns what the index holds.
func (a *archive) documents() (all []string) {
	a.t.Helper()
	found, err := a.Index().Sources(a.t.Context(), "")
	if err != nil {
		a.t.Fatal(err)
	}
	for _, s := range found {
		all = append(all, s.Document)
	}
	slices.Sort(all)
	return all
}

const harbour = "The harbour\n\nThe harbour was opened again on Monday after a long winter.\n"

func TestARemovalFollowsTheReadingThatRuns(t *testing.T) {
	a := newArchive(t, map[string]string{"harbour.txt": harbour, "treaty.txt": treaty})
	running := flock.New(filepath.Join(a.index, "lock"))
	if ok, err := running.TryLock(); !ok || err != nil {
		t.Fatal(ok, err)
	}
	c := call("document", "harbour.txt")
	c.Admin = true
	asked := a.Do(t.Context(), "admin remove", c)
	told := make(chan string, 100)
	pressed := &command.Call{Admin: true, Progress: func(r command.Reply) { told <- said(r) }}
	replies := make(chan command.Reply, 1)
	go func() { replies <- a.Press(t.Context(), asked.Actions[0].ID, pressed) }()
	if s := <-told; !strings.Contains(s, "another reading follows") {
		t.Errorf("told %q", s)
	}
	running.Unlock()
	if r := <-replies; r.Failed || !strings.Contains(said(r), "harbour.txt has been taken out") {
		t.Errorf("said %q", said(r))
	}
	if got := a.documents(); !slices.Equal(got, []string{"treaty.txt"}) {
		t.Errorf("the index holds %v", got)
	}
}

func TestOnlyAdminsRemove(t *testing.T) {
	a := newArchive(t, map[string]string{"harbour.txt": harbour})
	r := a.Press(t.Context(), "remove:harbour.txt", &command.Call{User: "ana"})
	if !r.Failed || !strings.Contains(said(r), "admin_users") {
		t.Errorf("said %q", said(r))
	}
	if removed, _ := a.State.Removed(); len(removed) != 0 {
		t.Errorf("removed %v", removed)
	}
}

func TestCompletionOfAdminCommandsIsForAdmins(t *testing.T) {
	a := newArchive(t, map[string]string{"harbour.txt": harbour})
	if err := a.State.Remove("cable.txt"); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"admin restore", "admin remove"} {
		if got := a.Complete(t.Context(), name, "document", "", &command.Call{}); len(got) != 0 {
			t.Errorf("%s: strangers see %v", name, got)
		}
		if got := a.Complete(t.Context(), name, "document", "", &command.Call{Admin: true}); len(got) != 1 {
			t.Errorf("%s: admins see %v", name, got)
		}
	}
}

func TestAnArchiveIsRemovedAndRestoredAsAWhole(t *testing.T) {
	var packed bytes.Buffer
	z := zip.NewWriter(&packed)
	for name, content := range map[string]string{"harbour.txt": harbour, "old/treaty.txt": treaty} {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(w, content)
	}
	z.Close()
	a := newArchive(t, map[string]string{"press.zip": packed.String(), "press.txt": harbour, "table.jsonl": `{"text":"The road is open."}` + "\n" + `{"text":"The ferry is late."}`})
	admin := func(name, document string) command.Reply {
		c := call("document", document)
		c.Admin = true
		return a.Do(t.Context(), name, c)
	}
	asked := admin("admin remove", "press.zip")
	if asked.Failed || !strings.Contains(said(asked), "all 2 documents of press.zip") || !strings.Contains(said(asked), "old/treaty.txt") {
		t.Fatalf("asks %q", said(asked))
	}
	r := a.Press(t.Context(), asked.Actions[0].ID, &command.Call{Admin: true})
	if want := []string{"press.txt", "table.jsonl#1", "table.jsonl#2"}; r.Failed || len(r.Records) != 2 || !slices.Equal(a.documents(), want) {
		t.Errorf("%q, the index holds %v, want %v", said(r), a.documents(), want)
	}
	if r := admin("admin restore", "press.zip/harbour.txt"); !r.Failed || !strings.Contains(said(r), "press.zip was removed; restore that") {
		t.Errorf("one of it: said %q", said(r))
	}
	if r := admin("admin restore", "press.zip"); r.Failed || len(r.Records) != 2 || len(a.documents()) != 5 {
		t.Errorf("said %q, the index holds %v", said(r), a.documents())
	}
	if r := a.Press(t.Context(), admin("admin remove", "table.jsonl").Actions[0].ID, &command.Call{Admin: true}); r.Failed || len(a.documents()) != 3 {
		t.Errorf("a table: said %q, the index holds %v", said(r), a.documents())
	}
}

func TestRestoreTellsWhetherTheDocumentIsBack(t *testing.T) {
	a := newArchive(t, map[string]string{"harbour.txt": harbour, "treaty.txt": treaty})
	for _, name := range []string{"harbour.txt", "treaty.txt"} {
		if r := a.Press(t.Context(), "remove:"+name, &command.Call{Admin: true}); r.Failed {
			t.Fatal(said(r))
		}
	}
	os.Remove(filepath.Join(a.docs, "treaty.txt"))
	for name, want := range map[string]string{"harbour.txt": "harbour.txt is back", "treaty.txt": "there is no such document"} {
		c := call("document", name)
		c.Admin = true
		if r := a.Do(t.Context(), "admin restore", c); r.Failed || !strings.Contains(said(r), want) {
			t.Errorf("%s: said %q", name, said(r))
		}
	}
}

func zipped(t *testing.T, files map[string]string) string {
	t.Helper()
	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	for name, content := range files {
		f, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(f, content)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.String()
}

func TestAddTellsWhatBecameOfTheFile(t *testing.T) {
	png := "\x89PNG\r\n\x1a\nnothing"
	for name, c := range map[string]struct {
		file, content string
		failed        bool
		want          string
		stays         bool
	}{
		"document":              {"new.txt", harbour, false, "1 document", true},
		"picture":               {"new.png", png, true, "can't be read", false},
		"folder settings":       {"desktop.ini", "[x]\n", true, "no document", false},
		"sidecar":               {"old.txt.meta.toml", "title = \"Harbours\"\n", false, "1 document", true},
		"sidecar with a slip":   {"old.txt.meta.toml", "titel = \"Harbours\"\n", true, "titel", false},
		"sidecar of nothing":    {"none.txt.meta.toml", "title = \"Harbours\"\n", true, "not there", false},
		"archive with failures": {"new.zip", zipped(t, map[string]string{"a.txt": harbour, "b.png": png, "c.png": png}), false, "2 files could not be read", true},
		"there already":         {"kept.png", png, true, "can't be read", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newArchive(t, map[string]string{"added/old.txt": harbour, "added/kept.png": png})
			r := a.add(c.file, c.content)
			if r.Failed != c.failed || !strings.Contains(said(r), c.want) {
				t.Errorf("failed %v, said %q", r.Failed, said(r))
			}
			if a.has("added/"+c.file) != c.stays {
				t.Errorf("the file is there: %v", !c.stays)
			}
			if got := a.documents(); !slices.Contains(got, "added/old.txt") {
				t.Errorf("what was there before is gone: %v", got)
			}
		})
	}
}

func TestGettingAFileHasALimit(t *testing.T) {
	a := newArchive(t, map[string]string{"harbour.txt": harbour})
	c := call("file", "report.txt")
	c.Admin = true
	c.Open = func(ctx context.Context) (io.ReadCloser, error) {
		if _, limited := ctx.Deadline(); !limited {
			t.Error("a download that stalls would never end")
		}
		return nil, io.ErrUnexpectedEOF
	}
	if r := a.Do(t.Context(), "admin add", c); !r.Failed || !strings.Contains(said(r), "was not added") {
		t.Errorf("said %q", said(r))
	}
}

func TestFilesOfOneNameAddedAtOnceAreAllKept(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	a := newArchive(t, map[string]string{"harbour.txt": harbour})
	const many = 8
	var wg sync.WaitGroup
	for i := range many {
		wg.Go(func() {
			if r := a.add("report.txt", fmt.Sprintf("Report %d\n\nThe office has %d rooms.\n", i, i+10)); r.Failed {
				t.Error(said(r))
			}
		})
	}
	wg.Wait()
	if got := a.documents(); len(got) != many+1 {
		t.Errorf("the index holds %v", got)
	}
	hidden, _ := filepath.Glob(filepath.Join(a.docs, "added", ".*"))
	if len(hidden) > 0 {
		t.Errorf("left behind %v", hidden)
	}
}

// A story that is everywhere names a few of the places; scripts get all.
func TestAStoryThatIsEverywhereNamesAFewDocuments(t *testing.T) {
	files := map[string]string{}
	for n := range 9 {
		files[fmt.Sprint("outlet", n, ".txt")] = harbour
	}
	r := newArchive(t, files).Do(t.Context(), "ask", call("question", "When was the harbour opened?"))
	at := slices.IndexFunc(r.Sections, func(s command.Section) bool { return len(s.Quotes) > 0 })
	if at < 0 {
		t.Fatalf("nothing is quoted: %+v", r)
	}
	if q := r.Sections[at].Quotes[0]; len(q.Also) != 6 || q.Further != 2 || q.Also[0].Title == "" {
		t.Errorf("shown: %v, and %d more", q.Also, q.Further)
	}
	if got := fmt.Sprintf("%+v", r.Records); !strings.Contains(got, "outlet8.txt") || !strings.Contains(got, "outlet1.txt") {
		t.Errorf("records: %s", got)
	}
}
