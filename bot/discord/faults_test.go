package discord_test

import (
	"strings"
	"testing"
	"time"

	"example.org/attache/bot/discord"
	"example.org/attache/bot/discord/discordtest"
	"example.org/attache/index"
)

func TestAnswersArriveThroughFaultsOfREST(t *testing.T) {
	const callback, edit = "POST /interactions", "PATCH /webhooks"
	for name, tt := range map[string]struct {
		faults []discordtest.Fault
		slow   time.Duration // of the command
		ack    time.Duration // how long the bot tries to give its first answer; 0: as usual
	}{
		"bad gateway":                         {faults: []discordtest.Fault{{Match: callback, Times: 3, Status: 502}}},
		"server errors":                       {faults: []discordtest.Fault{{Match: callback, Times: 3, Status: 500}}},
		"done, but the answer was lost":       {faults: []discordtest.Fault{{Match: callback, Times: 1, Status: 502, After: true}}},
		"connection reset":                    {faults: []discordtest.Fault{{Match: callback, Times: 2, Reset: true}}},
		"done, then connection reset":         {faults: []discordtest.Fault{{Match: callback, Times: 1, Reset: true, After: true}}},
		"deferred, but that was never told":   {faults: []discordtest.Fault{{Match: callback, Status: 502, After: true, Times: 1}, {Match: callback, Status: 502}}, slow: 1200 * time.Millisecond, ack: time.Second},
		"route limit":                         {faults: []discordtest.Fault{{Match: callback, Times: 1, Status: 429, Retry: 300 * time.Millisecond}}},
		"global limit":                        {faults: []discordtest.Fault{{Match: callback, Times: 1, Status: 429, Retry: 300 * time.Millisecond, Global: true}}},
		"a request that hangs":                {faults: []discordtest.Fault{{Match: callback, Times: 1, Delay: time.Minute}}},
		"two seconds slow":                    {faults: []discordtest.Fault{{Match: callback, Delay: 2 * time.Second}}},
		"two seconds slow, and a command too": {faults: []discordtest.Fault{{Match: "", Delay: 2 * time.Second}}, slow: 1500 * time.Millisecond},
		"bad gateway after a deferral":        {faults: []discordtest.Fault{{Match: edit, Times: 3, Status: 502}}, slow: time.Second},
		"route limit after a deferral":        {faults: []discordtest.Fault{{Match: edit, Times: 1, Status: 429, Retry: time.Second}}, slow: time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := start(t, func(r *rig, c *discord.Config) {
				r.slow(tt.slow)
				if tt.ack > 0 {
					*c = discord.WithAck(*c, tt.ack)
				}
			})
			r.awaitCommands(home.Server)
			for _, f := range tt.faults {
				r.Fault(f)
			}
			in := r.ask("When will Blinken be in India?")
			if m := in.Reply(); !strings.Contains(m.Text(), "> ") {
				t.Errorf("no quotation in %v", m)
			}
		})
	}
}

// Discord may take a first answer at once and say so only when its time is over:
// the reply must not come twice, nor an apology after it.
func TestAnAnswerWhoseReceiptComesLateIsGivenOnce(t *testing.T) {
	for name, tt := range map[string]struct {
		slow  time.Duration // of the command
		times int           // how many receipts are late; 0: all
	}{
		"at once":                {0, 0},
		"at once, first receipt": {0, 1},
		"deferred":               {time.Second, 0},
		"deferred, first only":   {time.Second, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := start(t, func(r *rig, c *discord.Config) {
				r.slow(tt.slow)
				*c = discord.WithAck(*c, 1200*time.Millisecond)
			})
			r.awaitCommands(home.Server)
			r.Fault(discordtest.Fault{Match: "POST /interactions", Times: tt.times, Late: 4 * time.Second})
			in := r.ask("When will Blinken be in India?")
			m := in.Reply()
			if !strings.Contains(m.Text(), "> ") || in.Deferred() != (tt.slow > 0) {
				t.Errorf("deferred %v: %v", in.Deferred(), m)
			}
			time.Sleep(1500 * time.Millisecond)
			if again := in.Reply(); in.Followups() > 0 || again.Text() != m.Text() || m.Edits > 1 {
				t.Errorf("%d follow-ups, %d edits: %v", in.Followups(), m.Edits, again)
			}
		})
	}
}

func TestFirstAnswersAreTriedAgainWhileTheirTimeLasts(t *testing.T) {
	t.Parallel()
	if left := discord.Ack - discord.Deferral; left < 2*time.Second || discord.Ack > 3*time.Second {
		t.Errorf("a deferral has %v to arrive, want time for a REST that is two seconds slow", left)
	}
	r := start(t, func(r *rig, c *discord.Config) { *c = discord.WithAck(*c, time.Second) })
	r.awaitCommands(home.Server)
	r.Fault(discordtest.Fault{Match: "POST /interactions", Status: 500})
	r.ask("When will Blinken be in India?")
	r.Await("the end of the tries", 30*time.Second, func() bool { return strings.Contains(r.Out.String(), "did not arrive") })
	if n := len(r.Requests("POST /interactions")); n < 2 { // a busy machine makes few
		t.Errorf("%d tries in a second", n)
	}
	r.Calm()
	r.answers()
}

func TestARefusedReplyIsFollowedByAnApology(t *testing.T) {
	for name, tt := range map[string]struct {
		match string
		slow  time.Duration // of the command
	}{
		"at once":          {"POST /interactions", 0},
		"after a deferral": {"PATCH /webhooks", time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := start(t, func(r *rig, c *discord.Config) {
				r.slow(tt.slow)
			})
			r.awaitCommands(home.Server)
			r.Fault(discordtest.Fault{Match: tt.match, Times: 1, Status: 400})
			in := r.ask("When will Blinken be in India?")
			r.Await("the apology", 30*time.Second, func() bool { return in.Answered() && strings.Contains(in.Reply().Text(), "Sorry") })
		})
	}
}

func TestSlowCommandsAreDeferredForTheRightEyes(t *testing.T) {
	for name, tt := range map[string]struct {
		use     func(*rig) *discordtest.Interaction
		private bool
	}{
		"public": {func(r *rig) *discordtest.Interaction { return r.ask("When will Blinken be in India?") }, false},
		"private": {func(r *rig) *discordtest.Interaction {
			return r.ask("When will Blinken be in India?", discordtest.Option{Name: "private", Value: true})
		}, true},
		"failed": {func(r *rig) *discordtest.Interaction {
			return r.ask("Who?", discordtest.Option{Name: "since", Value: "soon"})
		}, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := start(t, func(r *rig, c *discord.Config) {
				r.slow(time.Second)
				now := r.bot.Now
				r.bot.Now = func() time.Time { time.Sleep(time.Second); return now() }
			})
			in := tt.use(r)
			m := in.Reply()
			if !in.Deferred() {
				t.Error("not deferred")
			}
			if m.Private() != tt.private {
				t.Errorf("private %v, want %v: %v", m.Private(), tt.private, m)
			}
		})
	}
}

func TestPanicsCostNobodyElse(t *testing.T) {
	ix := documents(t)
	panics := true
	r := start(t, func(r *rig, c *discord.Config) {
		r.bot.Index = func() *index.Index {
			if panics {
				panic("broken on purpose")
			}
			return ix
		}
	})
	m := r.ask("When will Blinken be in India?").Reply()
	if !strings.Contains(m.Text(), "Sorry") || strings.Contains(m.Text(), "broken") {
		t.Errorf("got %v", m)
	}
	if got := r.Complete(asker, home, "ask", "source", discordtest.Option{Name: "source", Value: "a"}).Choices(); len(got) != 0 {
		t.Errorf("choices %v", got)
	}
	panics = false
	r.answers()
}

func TestEndFinishesWhatIsInFlight(t *testing.T) {
	t.Parallel()
	ix := documents(t)
	began := make(chan struct{}, 1)
	r := start(t, func(r *rig, c *discord.Config) {
		r.bot.Index = func() *index.Index {
			select {
			case began <- struct{}{}:
			default:
			}
			time.Sleep(600 * time.Millisecond)
			return ix
		}
	})
	in := r.ask("When will Blinken be in India?")
	<-began
	if err := r.Stop(); err != nil {
		t.Errorf("ended with %v", err)
	}
	if !in.Answered() {
		t.Error("the question in flight was not answered")
	}
}

func TestEndStopsWhatTakesTooLong(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	t.Parallel()
	began := make(chan struct{})
	r := start(t, func(r *rig, c *discord.Config) { r.bot.Reindex = blocked(began) })
	r.awaitCommands(home.Server)
	in := r.Slash(operator, home, "admin reindex")
	<-began
	at := time.Now()
	if err := r.Stop(); err != nil || time.Since(at) > 5*time.Second {
		t.Errorf("ended with %v after %v", err, time.Since(at))
	}
	if !in.Answered() {
		t.Error("the admin was not told")
	}
}

func TestUnknownInteractionsAreNotAnsweredTwice(t *testing.T) {
	t.Parallel()
	r := start(t, func(r *rig, c *discord.Config) { r.AckTime = time.Nanosecond })
	in := r.ask("When will Blinken be in India?")
	r.Await("the refusal", 30*time.Second, func() bool { return len(in.Refused()) > 0 })
	time.Sleep(300 * time.Millisecond)
	if got := in.Refused(); len(got) != 1 || got[0] != 10062 {
		t.Errorf("refused with %v", got)
	}
}

func TestCommandsThatNeverEndAreGivenUp(t *testing.T) {
	t.Parallel()
	release := make(chan struct{})
	ix := documents(t)
	r := start(t, func(r *rig, c *discord.Config) {
		*c = discord.WithHandle(*c, 800*time.Millisecond)
		r.bot.Index = func() *index.Index { <-release; return ix }
	})
	defer close(release)
	if m := r.ask("When will Blinken be in India?").Reply(); !strings.Contains(m.Text(), "too long") || !m.Private() {
		t.Errorf("got %v", m)
	}
}

func TestWhatComesWithTheSignalIsAnswered(t *testing.T) {
	t.Parallel()
	r := start(t, nil)
	r.awaitCommands(home.Server)
	var sent []*discordtest.Interaction
	for range 20 {
		sent = append(sent, r.ask("When will Blinken be in India?"))
	}
	r.Await("the first answer", 30*time.Second, sent[0].Answered)
	if err := r.Stop(); err != nil {
		t.Errorf("ended with %v", err)
	}
	for i, in := range sent {
		if !in.Answered() {
			t.Errorf("interaction %d was not answered", i)
		}
	}
}
