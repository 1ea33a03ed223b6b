package discord_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"example.org/attache/bot/discord"
	"example.org/attache/index"
)

// dated is a corpus of a document a month.
func dated(t *testing.T) *index.Index {
	t.Helper()
	files := fstest.MapFS{}
	for m := 1; m <= 12; m++ {
		for n := range 3 {
			text := fmt.Sprintf("---\ntitle: Harbour news %d/%d\ndate: 2023-%02d-%02d\nurl: https://example.org/harbour/%d-%d\npublisher: The Coast Post\n---\n\nThe harbour treaty was discussed for the %dth time in round %d, officials said.\n", m, n, m, n+3, m, n, m, n)
			files[fmt.Sprintf("%02d-%d.md", m, n)] = &fstest.MapFile{Data: []byte(text)}
		}
	}
	dir := t.TempDir()
	if _, err := index.Build(t.Context(), dir, files, index.Options{}); err != nil {
		t.Fatal(err)
	}
	ix, err := index.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ix.Close() })
	return ix
}

func TestTimelineComesWithItsPicture(t *testing.T) {
	t.Parallel()
	ix := dated(t)
	r := start(t, func(r *rig, c *discord.Config) { r.bot.Index = func() *index.Index { return ix } })
	r.awaitCommands(home.Server)
	in := r.Slash(asker, home, "timeline", option("topic", "harbour treaty"))
	m := in.Reply()
	if len(m.Files) != 1 || !strings.Contains(m.Text(), "> ") {
		t.Fatalf("files %v: %v", m.Files, m)
	}
	if !strings.Contains(m.Text(), "](https://example.org/harbour/") || !strings.Contains(m.Text(), "#:~:text=") {
		t.Errorf("no link to the text in %v", m)
	}
	if m.Button("More") == "" {
		t.Fatalf("no more in %v", m)
	}
	if got := r.Press(other, home, m, m.Button("More")).Reply(); !got.Private() || !strings.Contains(got.Text(), "> ") {
		t.Errorf("someone else's More: %v", got)
	}
	own := r.Press(asker, home, m, m.Button("More"))
	if got := own.Reply(); !strings.Contains(got.Text(), "> ") || !own.Updated() {
		t.Errorf("the asker's More, updated %v: %v", own.Updated(), got)
	}
}

func TestSlowMentionsShowThatTheBotIsTyping(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	t.Parallel()
	r := start(t, func(r *rig, c *discord.Config) {
		r.slow(time.Second)
	})
	r.Say(asker, home, "<@"+r.UserID+"> When will Blinken be in India?")
	r.Await("the answer", 30*time.Second, func() bool { return len(r.Posted(home.Channel)) == 1 })
	if len(r.Requests("POST /channels/"+home.Channel+"/typing")) != 1 {
		t.Error("not shown as typing")
	}
}

func TestUploadsAreTakenIn(t *testing.T) {
	t.Parallel()
	cdn := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/note.txt" {
			http.NotFound(w, r)
			return
		}
		fmt.Fprint(w, "The note says what it says.")
	}))
	defer cdn.Close()
	folder := t.TempDir()
	r := start(t, func(r *rig, c *discord.Config) {
		r.bot.Corpus = folder
		r.bot.Reindex = func(context.Context, func(index.Progress)) (*index.Report, error) {
			return &index.Report{Entries: []index.Entry{{Document: "added/note.txt", Status: index.Added}}}, nil
		}
	})
	r.awaitCommands(home.Server)
	upload := func(url string) string {
		const id = "900000000000000001"
		data := r.SlashData(home, "admin add", option("file", id))
		data["resolved"] = map[string]any{"attachments": map[string]any{id: map[string]any{"id": id, "filename": "note.txt", "size": 27, "url": url}}}
		m := r.Send(r.Make(operator, home, 2, data)).Reply()
		if !m.Private() {
			t.Errorf("everyone sees %v", m)
		}
		return m.Text()
	}
	if got := upload(cdn.URL + "/gone.txt"); !strings.Contains(got, "404") {
		t.Errorf("a file that is gone: %s", got)
	}
	if got := upload("file:///etc/passwd"); !strings.Contains(got, "no address") {
		t.Errorf("a file of the machine: %s", got)
	}
	upload(cdn.URL + "/note.txt")
	found, _ := filepath.Glob(filepath.Join(folder, "*", "note*"))
	if len(found) != 1 {
		t.Errorf("kept %v", found)
	}
}
