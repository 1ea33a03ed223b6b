package main

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"example.org/attache/bot/discord/discordtest"
)

var (
	member   = discordtest.Asker
	operator = discordtest.Operator
	channel  = discordtest.Home
	foreign  = discordtest.Foreign
)

// serving is the whole program at work on a local Discord.
type serving struct {
	*discordtest.Server
	*discordtest.Program[int] // ends with the exit status
	t                         *testing.T
	env                       func(string) string
	dir, health               string
}

// serve starts the program over a corpus of one document.
func serve(t *testing.T, token string) *serving {
	t.Helper()
	s := configured(t)
	if token == "" {
		token = s.Token
	}
	s.env = func(key string) string { return map[string]string{"DISCORD_TOKEN": token}[key] }
	out := &discordtest.Output{}
	s.Program = discordtest.Start(t, token, out, func(ctx context.Context) int {
		return run(ctx, []string{"serve", "--config", s.config()}, s.env, strings.NewReader(""), out, out)
	})
	return s
}

// configured is a corpus and a configuration for the program, on a local
// Discord.
func configured(t *testing.T) *serving {
	t.Helper()
	s := &serving{Server: discordtest.New(t), t: t, dir: t.TempDir()}
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
[api]
listen = "127.0.0.1:0"
[metrics]
listen = %q
`, s.URL, channel.Server, operator.ID, s.health))
	return s
}

func (s *serving) config() string { return filepath.Join(s.dir, "config.toml") }

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

func (s *serving) read(name string) string {
	s.t.Helper()
	data, err := os.ReadFile(filepath.Join(s.dir, name))
	if err != nil {
		s.t.Fatal(err)
	}
	return string(data)
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
	s.t.Fatalf("no %q in %s\n%s", want, last, s.Out)
}

func TestTheWholeProgramOnDiscord(t *testing.T) {
	s := serve(t, "")
	s.AwaitOnline(1, 10*time.Second)
	s.Await("the commands", 10*time.Second, func() bool { return len(s.Commands(channel.Server)) > 0 })
	question := func(q string) func() string {
		return func() string { return s.reply(member, "ask", discordtest.Option{Name: "question", Value: q}) }
	}
	s.eventually("3 May", question("When did the ferry sink?"))

	// Other programs are answered meanwhile.
	api := regexp.MustCompile(`serving the API" address=(\S+)`).FindStringSubmatch(s.Out.String())
	if api == nil {
		t.Fatalf("no API in %s", s.Out)
	}
	if resp, err := http.Get("http://" + api[1] + "/v1/ask?question=When+did+the+ferry+sink%3F"); err != nil || resp.StatusCode != http.StatusOK {
		t.Errorf("the API: %v %v", resp, err)
	} else {
		resp.Body.Close()
	}

	// A document that comes is found by itself.
	s.write("corpus/new/lighthouse.txt", "The lighthouse\n\nA painter bought the lighthouse in June.\n")
	s.eventually("painter", question("Who bought the lighthouse?"))

	// What has no answer is the admin's list of gaps; nobody else's.
	s.eventually("othing", question("Who is the queen of Ruritania?"))
	s.eventually("queen of Ruritania", func() string { return s.reply(operator, "admin unanswered") })
	if code, list := s.run("unanswered", "--json"); code != 0 || !strings.Contains(list, "{\"question\":\"Who is the queen of Ruritania?\",\"count\":1}\n") {
		t.Errorf("at the terminal, beside the program that serves: %d %s", code, list)
	}
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
	if code := s.Stop(); code != 0 {
		t.Errorf("exit status %d\n%s", code, s.Out)
	}
	s.run("clear")
	if code, list := s.run("unanswered"); code != 0 || !strings.Contains(list, "There is none") {
		t.Errorf("after clear: %d %s", code, list)
	}
	if code, said := s.run("unregister", channel.Server); code != 0 || len(s.Commands(channel.Server)) > 0 {
		t.Errorf("after unregister: %d %s", code, said)
	}
	s.Fault(discordtest.Fault{Match: "PUT ", Times: 1, Status: 404})
	if code, said := s.run("unregister", foreign.Server); code != 1 || !strings.Contains(said, "server "+foreign.Server) || !strings.Contains(said, "not in that server") {
		t.Errorf("unregister where the bot is not: %d %s", code, said)
	}
	for _, wrong := range []string{"../../users/@me", "home"} {
		if code, said := s.run("unregister", wrong); code != 2 || !strings.Contains(said, "is no server") {
			t.Errorf("unregister %s: %d %s", wrong, code, said)
		}
	}
}

// run runs another command of the program, and returns its exit status and what
// it prints.
func (s *serving) run(args ...string) (int, string) {
	s.t.Helper()
	var out discordtest.Output
	args = append(args, "--config", s.config())
	return run(s.t.Context(), args, s.env, strings.NewReader(""), &out, &out), out.String()
}

// The signal to reload reads what changed. A file that can't be read is logged
// once and not each time, and so are the start and an admin's command.
func TestSIGHUPReadsWhatChanged(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("there is no SIGHUP on Windows")
	}
	s := configured(t)
	s.write("config.toml", strings.Replace(s.read("config.toml"), "watch = true", "watch = false", 1))
	s.write("corpus/broken.docx", "no document")
	var out discordtest.Output
	cmd := exec.Command("attache", "serve", "--config", s.config())
	cmd.Env, cmd.Stdout, cmd.Stderr = append(os.Environ(), "DISCORD_TOKEN="+s.Token), &out, &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer cmd.Process.Kill()
	logged := func(what string, times int) {
		s.Await(what, 20*time.Second, func() bool { return strings.Count(out.String(), what) == times })
	}
	s.AwaitOnline(1, 10*time.Second)
	s.Await("the commands", 10*time.Second, func() bool { return len(s.Commands(channel.Server)) > 0 })
	logged("have been read", 1)
	for n, name := range []string{"lighthouse", "harbour"} {
		s.write("corpus/"+name+".txt", "The "+name+"\n\nA painter bought the "+name+" in June.\n")
		if err := cmd.Process.Signal(syscall.SIGHUP); err != nil {
			t.Fatal(err)
		}
		logged("have been read", n+2)
	}
	s.reply(operator, "admin status")
	logged(`msg="an admin command was run" command="admin status" by=`+operator.ID, 1)
	logged("a file could not be read", 1)
	logged("msg=serving", 1)
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("after SIGTERM: %v\n%s", err, out.String())
	}
	logged("msg=stopped", 1)
}

// The signal of a service manager lets the program finish what is in flight.
func TestSIGTERMEndsTheProgramPolitely(t *testing.T) {
	s := configured(t)
	var out discordtest.Output
	cmd := exec.Command("attache", "serve", "--config", s.config())
	cmd.Env, cmd.Stdout, cmd.Stderr = append(os.Environ(), "DISCORD_TOKEN="+s.Token), &out, &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer cmd.Process.Kill()
	s.AwaitOnline(1, 10*time.Second)
	s.Await("the commands", 10*time.Second, func() bool { return len(s.Commands(channel.Server)) > 0 })
	s.Await("the index", 10*time.Second, func() bool { return strings.Contains(out.String(), "have been read") })
	var answering atomic.Int32
	s.Fault(discordtest.Fault{Match: "POST /interactions", Delay: 500 * time.Millisecond,
		On: map[discordtest.Moment]func(){discordtest.Came: func() { answering.Add(1) }}})
	var sent []*discordtest.Interaction
	for range 5 {
		sent = append(sent, s.Slash(member, channel, "ask", discordtest.Option{Name: "question", Value: "When did the ferry sink?"}))
	}
	s.Await("the first of the answers", 10*time.Second, func() bool { return answering.Load() > 0 })
	began := time.Now()
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil || time.Since(began) > 10*time.Second {
		t.Errorf("it ended with %v after %v\n%s", err, time.Since(began), out.String())
	}
	for i, in := range sent {
		if !in.Answered() {
			t.Errorf("question %d was not answered", i)
		}
	}
	if strings.Contains(out.String(), s.Token) {
		t.Error("the token is in the output")
	}
}

func TestAWrongTokenEndsTheProgram(t *testing.T) {
	for name, token := range map[string]string{"nobody's": "not-the-token-of-anybody", "can't be sent": "a-token\nand-another-line"} {
		t.Run(name, func(t *testing.T) {
			s := serve(t, token)
			s.Forgive()
			for range 150 {
				if strings.Contains(s.Out.String(), "attache:") {
					break
				}
				time.Sleep(100 * time.Millisecond)
			}
			if code := s.Stop(); code != 1 || !strings.Contains(s.Out.String(), "DISCORD_TOKEN") {
				t.Errorf("exit status %d\n%s", code, s.Out)
			}
		})
	}
}

func TestServingNeedsAToken(t *testing.T) {
	var out discordtest.Output
	code := run(t.Context(), []string{"serve", "--config", write(t, "")}, noEnv, strings.NewReader(""), &out, &out)
	if code != 2 || !strings.Contains(out.String(), "set DISCORD_TOKEN") {
		t.Errorf("exit status %d\n%s", code, out.String())
	}
}
