package discord_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"example.org/attache/bot/discord"
	"example.org/attache/bot/discord/discordtest"
)

// answers checks that the bot is reachable.
func (r *rig) answers() {
	r.t.Helper()
	if m := r.ask("When will Blinken be in India?").Reply(); !strings.Contains(m.Text(), "> ") {
		r.t.Errorf("no quotation in %v", m)
	}
}

// awaitResumes waits for so many RESUMEs, and until the bot is online again.
func (r *rig) awaitResumes(n int) {
	r.t.Helper()
	r.Await(fmt.Sprintf("%d resumes", n), 30*time.Second, func() bool { return len(r.Resumes()) >= n && r.Online() > 0 })
}

func TestBadDaysAtTheGatewayAreSurvived(t *testing.T) {
	for name, tt := range map[string]struct {
		happen     func(*rig)
		identifies int // in all
	}{
		"connection cut":     {func(r *rig) { r.Cut(); r.awaitResumes(1) }, 1},
		"asked to reconnect": {func(r *rig) { r.Reconnect(); r.awaitResumes(1) }, 1},
		"connection cut nine times": {func(r *rig) {
			for n := range 9 {
				r.Cut()
				r.awaitResumes(n + 1)
			}
		}, 1},
		"asked to reconnect first thing after a resume": {func(r *rig) {
			r.OnResume = func(c *discordtest.Conn) bool {
				if len(r.Resumes()) > 1 {
					return false
				}
				c.Send(7, nil)
				return true
			}
			r.Cut()
			r.awaitResumes(2)
		}, 1},
		"invalid session that can be resumed": {func(r *rig) { r.Invalidate(true); r.awaitResumes(1) }, 1},
		"invalid session": {func(r *rig) {
			r.Invalidate(false)
			r.Await("a new session", 30*time.Second, func() bool { return len(r.Identifies()) == 2 })
		}, 2},
		"resume refused": {func(r *rig) {
			r.Forget()
			r.Cut()
			r.Await("a new session", 30*time.Second, func() bool { return len(r.Identifies()) == 2 })
		}, 2},
		"session timed out":     {func(r *rig) { r.CloseWith(4009); r.AwaitOnline(1, 30*time.Second) }, 2},
		"unknown error":         {func(r *rig) { r.CloseWith(4000); r.awaitResumes(1) }, 1},
		"too many payloads":     {func(r *rig) { r.CloseWith(4008); r.awaitResumes(1) }, 1},
		"asked for a heartbeat": {func(r *rig) { r.RequestHeartbeat() }, 1},
		"heartbeats not answered": {func(r *rig) {
			r.Silence(true)
			r.Await("a resume", 30*time.Second, func() bool { return len(r.Resumes()) > 0 })
			r.Silence(false)
			r.AwaitOnline(1, 30*time.Second)
		}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := start(t, func(r *rig, c *discord.Config) { r.HeartbeatInterval = time.Second })
			r.answers()
			before := len(r.Identifies())
			tt.happen(r)
			r.Await("the bot online", 30*time.Second, func() bool { return r.Online() == 1 })
			r.answers()
			if n := len(r.Identifies()) - before + 1; n != tt.identifies {
				t.Errorf("%d IDENTIFYs, want %d", n, tt.identifies)
			}
		})
	}
}

func TestNothingIsLostWhenTheConnectionIsCut(t *testing.T) {
	r := start(t, nil)
	r.awaitCommands(home.Server)
	var sent []*discordtest.Interaction
	for i := range 100 {
		sent = append(sent, r.Slash(discordtest.Person{ID: fmt.Sprint(400000000000000100 + i)}, home, "ask", discordtest.Option{Name: "question", Value: "When will Blinken be in India?"}))
		if i == 30 || i == 70 {
			r.Cut()
		}
	}
	for i, in := range sent {
		if m := in.Reply(); !strings.Contains(m.Text(), "> ") {
			t.Fatalf("interaction %d: %v", i, m)
		}
	}
	if n := len(r.Identifies()); n > 2 {
		t.Errorf("%d IDENTIFYs", n)
	}
}

func TestCloseCodesThatCannotBeHelpedEndTheProgram(t *testing.T) {
	for code, advice := range map[int]string{4004: "DISCORD_TOKEN", 4010: "shards", 4011: "shards", 4012: "update", 4013: "update", 4014: "portal"} {
		t.Run(fmt.Sprint(code), func(t *testing.T) {
			t.Parallel()
			for _, when := range []string{"at start", "later"} {
				r := prepare(t, func(r *rig, c *discord.Config) {
					if when == "at start" {
						r.OnIdentify = func(c *discordtest.Conn) bool { c.Close(code); return true }
					}
				})
				if when == "later" {
					r.AwaitOnline(1, 30*time.Second)
					r.CloseWith(code)
				}
				if err := r.Wait(); err == nil || !strings.Contains(err.Error(), advice) {
					t.Errorf("%s: got %v, want advice with %q", when, err, advice)
				}
				if n := len(r.Identifies()); n > 2 {
					t.Errorf("%s: %d IDENTIFYs", when, n)
				}
			}
		})
	}
}

func TestStormsAreWaitedOut(t *testing.T) {
	t.Parallel()
	r := prepare(t, func(r *rig, c *discord.Config) {
		r.OnIdentify = func(c *discordtest.Conn) bool { c.Close(4000); return true }
	})
	time.Sleep(1500 * time.Millisecond) // 37 steps of the back-off
	if n := len(r.Identifies()); n > 10 {
		t.Errorf("%d IDENTIFYs in the time of 37 steps, want 3 to 10", n)
	}
	r.Await("three of them, on a busy machine", 30*time.Second, func() bool { return len(r.Identifies()) >= 3 })
	began := time.Now()
	if err := r.Stop(); err != nil || time.Since(began) > time.Second {
		t.Errorf("ending during the back-off: %v after %v", err, time.Since(began))
	}
	n := len(r.Identifies())
	time.Sleep(200 * time.Millisecond)
	if len(r.Identifies()) > n {
		t.Error("connected again after its end")
	}
}

func TestDailySessionsAreNotOverdrawn(t *testing.T) {
	t.Parallel()
	r := prepare(t, func(r *rig, c *discord.Config) { r.IdentifiesLeft = 0 })
	r.Await("the warning", 30*time.Second, func() bool { return strings.Contains(r.Out.String(), "no further sessions") })
	if n := len(r.Identifies()); n > 0 {
		t.Errorf("%d IDENTIFYs", n)
	}
}

func TestShardsIdentifyInTurnAndShareTheServers(t *testing.T) {
	t.Parallel()
	r := prepare(t, func(r *rig, c *discord.Config) {
		r.Shards, c.Guilds = 4, nil
		r.MaxConcurrency = 2
	})
	r.Await("all shards", 30*time.Second, func() bool { return r.Online() == 4 })
	r.awaitCommands("")
	if n := len(r.Identifies()); n != 4 {
		t.Errorf("%d IDENTIFYs, want 4: one a shard, each in its turn", n)
	}
	for n := range 4 {
		at := discordtest.Place{Server: fmt.Sprint(n << 22), Channel: "1"}
		if m := r.Slash(asker, at, "ask", discordtest.Option{Name: "question", Value: "When will Blinken be in India?"}).Reply(); !strings.Contains(m.Text(), "> ") {
			t.Errorf("shard %d: %v", n, m)
		}
	}
}

func TestOnlyNeededIntentsAreAsked(t *testing.T) {
	t.Parallel()
	r := start(t, nil)
	if got, want := r.Identifies()[0].Intents, 1<<0|1<<9|1<<12; got != want {
		t.Errorf("intents %b, want %b", got, want)
	}
}

func TestDiscordMayBeDownAtTheStart(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	t.Parallel()
	r := prepare(t, func(r *rig, c *discord.Config) {
		r.Fault(discordtest.Fault{Match: "GET ", Times: 6, Status: 503})
		r.Fault(discordtest.Fault{Match: "PUT ", Times: 1, Status: 500})
	})
	r.AwaitOnline(1, 30*time.Second)
	r.answers()
}

func TestEndingBeforeDiscordAnswers(t *testing.T) {
	t.Parallel()
	r := prepare(t, func(r *rig, c *discord.Config) { r.Fault(discordtest.Fault{Match: "GET ", Status: 503}) })
	time.Sleep(100 * time.Millisecond)
	if err := r.Stop(); err != nil && err != context.Canceled {
		t.Errorf("got %v", err)
	}
}
