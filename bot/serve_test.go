package main

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"attache/bot/discord/discordtest"
)

// output is what the program prints, safe to read meanwhile.
type output struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.String()
}

var (
	member   = discordtest.Person{ID: "400000000000000001"}
	operator = discordtest.Person{ID: "400000000000000009"}
	channel  = discordtest.Place{Server: "500000000000000001", Channel: "600000000000000001"}
)

// serving is the whole program at work on a local Discord.
type serving struct {
	*discordtest.Server
	t           *testing.T
	dir, health string
	out         *output
	stop        func() int // as a signal does; returns the exit status
}

// serve starts the program over a corpus of one document.
func serve(t *testing.T, token string) *serving {
	t.Helper()
	s := &serving{Server: discordtest.New(t), t: t, dir: t.TempDir(), out: &output{}}
	if token == "" {
		token = s.Token
	}
	s.write("corpus/ferry.txt", "The ferry\n\nThe ferry sank on 3 May off the coast of Norland.\n")
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.health = l.Addr().String()
	l.Close()
	s.write("config.toml", fmt.Sprintf(`
[corpus]
path = "corpus"
watch = true
[discord]
api_url = %q
guilds = [%q]
admin_users = [%q]
user_per_minute = 0
server_per_minute = 0
[metrics]
listen = %q
`, s.URL, channel.Server, operator.ID, s.health))
	env := func(key string) string { return map[string]string{"DISCORD_TOKEN": token}[key] }
	ctx, signal := context.WithCancel(context.Background())
	ended := make(chan int, 1)
	go func() {
		ended <- run(ctx, []string{"serve", "--config", filepath.Join(s.dir, "config.toml")}, env, strings.NewReader(""), s.out, s.out)
	}()
	s.stop = sync.OnceValue(func() int {
		signal()
		select {
		case code := <-ended:
			return code
		case <-time.After(10 * time.Second):
			t.Error("the program does not end")
			return -1
		}
	})
	t.Cleanup(func() {
		s.stop()
		if strings.Contains(s.out.String(), token) {
			t.Error("the token is in the output")
		}
	})
	return s
}

func (s *serving) write(name, content string) {
	s.t.Helper()
	name = filepath.Join(s.dir, name)
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		s.t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
		s.t.Fatal(err)
	}
}

func (s *serving) reply(p discordtest.Person, path string, options ...discordtest.Option) string {
	s.t.Helper()
	return s.Slash(p, channel, path, options...).Reply().Text()
}

// eventually waits until a reply has some words.
func (s *serving) eventually(want string, ask func() string) {
	s.t.Helper()
	last := ""
	for range 100 {
		last = strings.ReplaceAll(ask(), "**", "") // words in bold
		if strings.Contains(last, want) {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	s.t.Fatalf("no %q in %s\n%s", want, last, s.out)
}

func TestTheWholeProgramOnDiscord(t *testing.T) {
	s := serve(t, "")
	s.AwaitOnline(1, 10*time.Second)
	s.Await("the commands", 10*time.Second, func() bool { return len(s.Commands(channel.Server)) > 0 })
	question := func(q string) func() string {
		return func() string { return s.reply(member, "ask", discordtest.Option{Name: "question", Value: q}) }
	}
	s.eventually("3 May", question("When did the ferry sink?"))

	// A document that comes is found by itself.
	s.write("corpus/new/lighthouse.txt", "The lighthouse\n\nA painter bought the lighthouse in June.\n")
	s.eventually("painter", question("Who bought the lighthouse?"))

	// What has no answer is the admin's list of gaps; nobody else's.
	s.eventually("othing", question("Who is the queen of Ruritania?"))
	s.eventually("queen of Ruritania", func() string { return s.reply(operator, "admin unanswered") })
	if list := s.reply(member, "admin unanswered"); strings.Contains(list, "queen") || !strings.Contains(list, "admin_users") {
		t.Errorf("a member sees %s", list)
	}
	reindex := s.Slash(operator, channel, "admin reindex")
	s.eventually("2 documents unchanged", func() string { return reindex.Reply().Text() })

	for path, want := range map[string]string{"/healthz": "ok", "/metrics": `attache_discord_uses_total{command="ask",outcome="done"}`} {
		resp, err := http.Get("http://" + s.health + path)
		if err != nil {
			t.Fatal(err)
		}
		var body bytes.Buffer
		body.ReadFrom(resp.Body)
		resp.Body.Close()
		if !strings.Contains(body.String(), want) {
			t.Errorf("%s says %s", path, body.String())
		}
	}
	if code := s.stop(); code != 0 {
		t.Errorf("exit status %d\n%s", code, s.out)
	}
}

func TestAWrongTokenEndsTheProgram(t *testing.T) {
	s := serve(t, "not-the-token-of-anybody")
	s.Forgive()
	for range 150 {
		if strings.Contains(s.out.String(), "attache:") {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	if code := s.stop(); code != 1 || !strings.Contains(s.out.String(), "DISCORD_TOKEN") {
		t.Errorf("exit status %d\n%s", code, s.out)
	}
}

func TestServingNeedsAToken(t *testing.T) {
	var out output
	code := run(t.Context(), []string{"serve", "--config", write(t, "")}, noEnv, strings.NewReader(""), &out, &out)
	if code != 2 || !strings.Contains(out.String(), "set DISCORD_TOKEN") {
		t.Errorf("exit status %d\n%s", code, out.String())
	}
}
