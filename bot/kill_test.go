package main

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"example.org/attache/bot/discord/discordtest"
	"example.org/attache/bot/follow"
	"example.org/attache/bot/state"
	"example.org/attache/index"
)

// mainNearby is the program, which may read sources of this machine.
func mainNearby() {
	p := &program{env: os.Getenv, in: os.Stdin, out: os.Stdout, errs: os.Stderr, reach: func(netip.Addr) bool { return true }}
	os.Exit(p.run(untilSignal(), os.Args[1:]))
}

// victim is the program in a process of its own, which a test kills.
type victim struct {
	cmd     *exec.Cmd
	out     discordtest.Output
	started chan struct{}
	dead    chan struct{}
}

// nearby prepares a process that serves Discord.
func nearby(s *serving) *victim {
	v := &victim{cmd: exec.Command("attache-nearby", "serve", "--config", s.config()), started: make(chan struct{}), dead: make(chan struct{})}
	v.cmd.Env, v.cmd.Stdout, v.cmd.Stderr = append(os.Environ(), "DISCORD_TOKEN="+s.Token), &v.out, &v.out
	return v
}

func (v *victim) start(t *testing.T) {
	t.Helper()
	if err := v.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	close(v.started)
	go func() {
		defer close(v.dead)
		v.cmd.Wait()
	}()
	t.Cleanup(v.kill)
}

// kill ends the process as kill -9 does, and returns when it is dead.
func (v *victim) kill() {
	<-v.started
	v.cmd.Process.Kill()
	<-v.dead
}

// Whatever the program is doing when it is killed, what is new at a source is told
// once: by a real process, over a local Discord and a local source.
func TestKilledAtAnyStepTheProgramTellsWhatIsNewOnce(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a process for each step")
	}
	t.Parallel()
	m := newMinistry(t)
	s := configured(t)
	s.IdentifyWindow = 10 * time.Millisecond
	kept := followed(t, s, fmt.Sprintf("[corpus]\npath = \"corpus\"\naddresses = [%q]\n[[feed]]\naddress = \"%s/rss.xml\"\nname = \"norland\"\n[discord]\napi_url = %q\nguilds = [%q]\n",
		m.URL, m.URL, s.URL, channel.Server))

	const post = "POST /channels/"
	says := func(n int) string {
		return fmt.Sprintf("Bridge number %d to the islands will be built of Norland steel.", n)
	}
	for n, step := range []struct {
		name string
		arm  func(n int, kill func()) // lets the process be killed at the step
	}{
		{"a source is being asked", func(_ int, kill func()) { m.asked.Store(&kill) }},
		{"a document is written", func(n int, kill func()) {
			go func() {
				for {
					if found, _ := filepath.Glob(filepath.Join(s.dir, fmt.Sprintf("corpus/feeds/norland/*bridge-%d-*.html", n))); len(found) > 0 {
						kill()
						return
					}
					time.Sleep(time.Millisecond)
				}
			}()
		}},
		{"the documents have been read", nil},
		{"what is new was matched", nil},
		{"a notice is on its way", func(n int, kill func()) {
			s.Fault(discordtest.Fault{Match: post, Holding: says(n), Times: 1, Status: http.StatusBadGateway, On: map[discordtest.Moment]func(){discordtest.Came: kill}})
		}},
		{"a notice is there, and nobody knows", func(n int, kill func()) {
			s.Fault(discordtest.Fault{Match: post, Holding: says(n), Times: 1, Status: http.StatusBadGateway, After: true, On: map[discordtest.Moment]func(){discordtest.Done: kill}})
		}},
		{"a notice was taken", func(n int, kill func()) {
			s.Fault(discordtest.Fault{Match: post, Holding: says(n), Times: 1, On: map[discordtest.Moment]func(){discordtest.Answered: kill}})
		}},
		{"", nil}, // it is left alone
	} {
		m.publish(fmt.Sprint(n), fmt.Sprintf("Bridge %d", n), "Minister Ada Holm said on Tuesday: “"+says(n)+"”")
		if err := kept.Write(state.Change{Kind: "feed", Key: "norland"}); err != nil { // the source is due
			t.Fatal(err)
		}
		v := nearby(s)
		if step.arm != nil {
			step.arm(n, v.kill)
		}
		v.start(t)
		switch {
		case step.name == "":
			s.Await("all that is new", time.Minute, func() bool { return s.times(says(n)) > 0 })
			v.kill()
		case step.arm == nil: // the log shows it
			s.Await("the step: "+step.name, time.Minute, func() bool { return strings.Contains(v.out.String(), step.name) })
			v.kill()
		}
		select {
		case <-v.dead:
		case <-time.After(time.Minute):
			t.Fatalf("the step was not reached: %s\n%s", step.name, &v.out)
		}
		if v.cmd.ProcessState.Exited() && runtime.GOOS != "windows" { // there a kill is an exit too
			t.Fatalf("the program ended by itself: %s\n%s", step.name, &v.out)
		}
	}
	for n := range 8 {
		if got := s.times(says(n)); got != 1 {
			t.Errorf("statement %d was told %d times", n, got)
		}
	}
}

// Of two processes over one state one says what is new, and where it is killed the
// other does.
func TestTwoProcessesTellWhatIsNewOnce(t *testing.T) {
	if testing.Short() {
		t.Skip("starts two processes")
	}
	t.Parallel()
	s := configured(t)
	s.IdentifyWindow = 10 * time.Millisecond
	followed(t, s, fmt.Sprintf("[corpus]\npath = \"corpus\"\nwatch = true\n[discord]\napi_url = %q\nguilds = [%q]\n", s.URL, channel.Server))
	first, second := nearby(s), nearby(s)
	for _, v := range []*victim{first, second} {
		v.start(t)
		s.Await("the documents", time.Minute, func() bool { return strings.Contains(v.out.String(), "have been read") })
	}
	for n := range 2 {
		says := fmt.Sprintf("Ferry number %d will be painted white.", n)
		s.write(fmt.Sprintf("corpus/ferry-%d.txt", n), fmt.Sprintf("Ferry %d\n\nMinister Ada Holm said on Tuesday: “%s”\n", n, says))
		s.Await("the statement", time.Minute, func() bool { return s.times(says) > 0 })
		first.kill()
	}
	second.kill()
	for n := range 2 {
		if got := s.times(fmt.Sprintf("Ferry number %d will be painted white.", n)); got != 1 {
			t.Errorf("statement %d was told %d times", n, got)
		}
	}
}

// times counts how often something was posted to the channel.
func (s *serving) times(what string) (n int) {
	for _, m := range s.Posted(channel.Channel) {
		n += strings.Count(strings.ReplaceAll(m.Text(), "**", ""), what)
	}
	return n
}

// followed has the program read its documents by a configuration, and lets the
// channel follow a person, with those documents as known. It returns the state.
func followed(t *testing.T, s *serving, config string) state.Store {
	t.Helper()
	s.write("config.toml", config)
	s.env = noEnv
	if code, out := s.run("reindex"); code != done {
		t.Fatalf("status %d\n%s", code, out)
	}
	kept, err := state.Open(filepath.Join(s.dir, "data/state"), time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	ix, err := index.Open(filepath.Join(s.dir, "data/index"))
	if err != nil {
		t.Fatal(err)
	}
	defer ix.Close()
	service := &follow.Service{Book: follow.NewBook(kept, follow.Limits{Person: 1, Server: 1, All: 1}), Index: func() *index.Index { return ix }, Log: slog.New(slog.DiscardHandler)}
	if err := service.Match(t.Context()); err != nil {
		t.Fatal(err)
	}
	f := follow.Follow{Kind: follow.Person, Subject: "Ada Holm", Owner: member.ID, Place: follow.Place{Server: channel.Server, Channel: channel.Channel}}
	if err := f.Check(); err != nil {
		t.Fatal(err)
	}
	if _, err := service.Book.Add(f, time.Now()); err != nil {
		t.Fatal(err)
	}
	return kept
}
