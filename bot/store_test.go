package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"example.org/attache/bot/blob/blobtest"
	"example.org/attache/bot/discord/discordtest"
)

// shelf is a program whose documents are in a store.
type shelf struct {
	*blobtest.Server
	config string
}

func newShelf(t *testing.T, more string) *shelf {
	t.Helper()
	s := &shelf{blobtest.Start(t, "papers"), filepath.Join(t.TempDir(), "config.toml")}
	s.configure(t, "s3://papers/2024", more)
	return s
}

func (s *shelf) configure(t *testing.T, corpus, more string) {
	t.Helper()
	if err := os.WriteFile(s.config, fmt.Appendf(nil, "[corpus]\npath = %q\n[s3]\nendpoint = %q\n%s", corpus, s.Endpoint, more), 0o600); err != nil {
		t.Fatal(err)
	}
}

// run runs a command, and returns its exit status and all that it says.
func (s *shelf) run(args ...string) (int, string) {
	var out discordtest.Output
	code := run(context.Background(), append(args, "--config", s.config), s.Env, strings.NewReader(""), &out, &out)
	return code, out.String()
}

// says fails the test unless a command ends with a status and says something.
func (s *shelf) says(t *testing.T, code int, want string, args ...string) {
	t.Helper()
	if got, out := s.run(args...); got != code || !strings.Contains(out, want) {
		t.Errorf("%s: status %d, want %d and %q:\n%s", strings.Join(args, " "), got, code, want, out)
	}
}

func TestDocumentsInAStore(t *testing.T) {
	s := newShelf(t, "")
	s.Put(t, "papers", "2024/in/bridge.txt", "The bridge\n\nThe bridge to the islands will be built of Norland steel.\n")
	s.Put(t, "papers", "2024/in/bridge.txt.meta.toml", "title = \"On the bridge\"\npublisher = \"Ministry of Works\"\n")
	s.Put(t, "papers", "2023/old.txt", "The canal was closed to barges.\n")
	s.says(t, done, "will be built of Norland steel", "ask", "What will the bridge to the islands be built of?")
	s.says(t, done, "On the bridge (Ministry of Works)", "sources")
	s.says(t, done, "in/bridge.txt", "sources", "--json")

	file := filepath.Join(t.TempDir(), "tunnel.txt")
	if err := os.WriteFile(file, []byte("The tunnel\n\nThe tunnel under the strait will be dug in spring.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the same once more is no other document
		s.says(t, done, "added/tunnel.txt", "add", file)
	}
	if got := s.Get(t, "papers", "2024/added/tunnel.txt"); !strings.Contains(got, "dug in spring") {
		t.Errorf("the store has %q", got)
	}
	s.says(t, done, "will be dug in spring", "ask", "When will the tunnel be dug?")

	// Another process adds a document of the same name meanwhile.
	s.Put(t, "papers", "2024/added/ferry.txt", "The ferry\n\nThe ferry leaves at noon.\n")
	file = filepath.Join(t.TempDir(), "ferry.txt")
	if err := os.WriteFile(file, []byte("The ferry\n\nThe ferry of the north leaves at night.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s.says(t, done, "added/ferry-2.txt", "add", file)
	if got := s.Get(t, "papers", "2024/added/ferry.txt"); !strings.Contains(got, "at noon") {
		t.Errorf("the store has %q", got)
	}

	// What can't be read stays neither here nor there.
	file = filepath.Join(t.TempDir(), "broken.docx")
	if err := os.WriteFile(file, []byte("no document"), 0o600); err != nil {
		t.Fatal(err)
	}
	s.says(t, broken, "broken.docx", "add", file)
	if names := s.Names(t, "papers", "2024/added/broken"); len(names) > 0 {
		t.Errorf("the store has %v", names)
	}

	s.says(t, done, "", "remove", "--yes", "added/tunnel.txt")
	s.says(t, done, "No answer", "ask", "When will the tunnel be dug?")
	s.Get(t, "papers", "2024/added/tunnel.txt") // the original stays
	s.says(t, done, "", "restore", "added/tunnel.txt")
	s.says(t, done, "will be dug in spring", "ask", "When will the tunnel be dug?")
	s.Remove(t, "papers", "2024/added/tunnel.txt")
	s.says(t, done, "1 document removed", "reindex")
	s.says(t, done, "unchanged", "check")
}

// Answers need no store; what needs one says what is wrong with it.
func TestTheStoreIsAway(t *testing.T) {
	s := newShelf(t, "")
	s.Put(t, "papers", "2024/bridge.txt", "The bridge\n\nThe bridge to the islands will be built of Norland steel.\n")
	s.says(t, done, "1 document", "reindex")
	file := filepath.Join(t.TempDir(), "ferry.txt")
	if err := os.WriteFile(file, []byte("The ferry\n\nThe ferry leaves at noon.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s.Stop()
	const question = "What will the bridge to the islands be built of?"
	s.says(t, done, "will be built of Norland steel", "ask", question)
	s.says(t, broken, "nothing listens at "+s.Endpoint, "reindex")
	s.says(t, broken, "nothing listens at "+s.Endpoint, "check")
	s.says(t, broken, "The document was not added: writing s3://papers/2024/added/ferry.txt", "add", file)
	s.says(t, done, "will be built of Norland steel", "ask", question)
	s.Restart(t)
	s.says(t, done, "added/ferry.txt", "add", file)
	s.configure(t, "s3://papyri", "")
	s.says(t, broken, "no bucket of this name", "reindex")
	s.configure(t, "s3://", "")
	s.says(t, misuse, "corpus.path", "reindex")
	s.Server.Endpoint = "ftp://x"
	s.configure(t, "s3://papers/2024", "")
	s.says(t, misuse, "s3.endpoint", "reindex")
	var out discordtest.Output
	s.Server.Endpoint = "http://127.0.0.1:1"
	s.configure(t, "s3://papers/2024", "")
	if code := run(t.Context(), []string{"reindex", "--config", s.config}, noEnv, strings.NewReader(""), &out, &out); code != misuse || !strings.Contains(out.String(), "AWS_ACCESS_KEY_ID") {
		t.Errorf("without keys: status %d: %s", code, &out)
	}
}

// With watch = true, what changes in the store is read by itself.
func TestWatchingAStore(t *testing.T) {
	s := newShelf(t, "")
	s.Put(t, "papers", "2024/bridge.txt", "The bridge\n\nThe bridge will be built of steel.\n")
	p := &program{cli: &cli{Config: s.config}, env: s.Env, in: strings.NewReader(""), out: &discordtest.Output{}, errs: &discordtest.Output{}}
	if err := p.openIndex(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer p.close()
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		p.watchStore(ctx, 20*time.Millisecond)
	}()
	has := func(document string) {
		t.Helper()
		for deadline := time.Now().Add(time.Minute); ; time.Sleep(20 * time.Millisecond) {
			found, err := p.library.index().Sources(t.Context(), document)
			if err == nil && len(found) == 1 {
				return
			}
			if time.Now().After(deadline) {
				t.Fatalf("%s is not there after a minute: %v", document, err)
			}
		}
	}
	s.Put(t, "papers", "2024/tunnel.txt", "The tunnel\n\nThe tunnel will be dug in spring.\n")
	has("tunnel.txt")
	s.Stop()
	s.Restart(t)
	s.Put(t, "papers", "2024/ferry.txt", "The ferry\n\nThe ferry leaves at noon.\n")
	has("ferry.txt")
	stop()
	<-ended
}

// What feeds bring is kept in the store.
func TestFeedsAndAStore(t *testing.T) {
	m := newMinistry(t)
	m.publish("1", "A bridge", "Minister Ada Holm said on Tuesday: “The bridge to the islands will be built of Norland steel.”")
	s := newShelf(t, fmt.Sprintf("[[feed]]\naddress = \"%s/rss.xml\"\nname = \"norland\"\n", m.URL))
	data, err := os.ReadFile(s.config)
	if err == nil {
		err = os.WriteFile(s.config, []byte(strings.Replace(string(data), "[s3]", fmt.Sprintf("addresses = [%q]\n[s3]", m.URL), 1)), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	code, out := reachable([]string{"feeds", "--read", "--config", s.config}, s.Env)
	if code != done || !strings.Contains(out, "1 document added") {
		t.Fatalf("status %d: %s", code, out)
	}
	names := s.Names(t, "papers", "2024/feeds/norland/")
	if len(names) != 2 {
		t.Errorf("the store has %v", names)
	}
	// On the disk of another node, what a person has corrected meanwhile stays.
	for name := range names {
		if strings.HasSuffix(name, ".meta.toml") {
			s.Put(t, "papers", name, "title = \"The steel bridge\"\n")
		}
	}
	for _, folder := range []string{"data/mirror", "data/index"} {
		if err := os.RemoveAll(filepath.Join(filepath.Dir(s.config), folder)); err != nil {
			t.Fatal(err)
		}
	}
	if code, out := reachable([]string{"feeds", "--read", "--config", s.config}, s.Env); code != done || !strings.Contains(out, "1 document added") {
		t.Fatalf("status %d: %s", code, out)
	}
	s.says(t, done, "The steel bridge", "sources")
	m.publish("2", "A tunnel", "Minister Ada Holm said on Friday: “The tunnel will be dug in spring.”")
	s.Stop()
	if code, out := reachable([]string{"feeds", "--read", "--config", s.config}, s.Env); code != broken || !strings.Contains(out, "nothing listens") {
		t.Errorf("with the store away: status %d: %s", code, out)
	}
	s.Restart(t)
	if code, out := reachable([]string{"feeds", "--read", "--config", s.config}, s.Env); code != done || !strings.Contains(out, "1 document added") {
		t.Errorf("with the store back: status %d: %s", code, out)
	}
}
