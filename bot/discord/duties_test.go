package discord_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"example.org/attache/bot/discord"
	"example.org/attache/bot/discord/discordtest"
)

// duty is what one process of several does.
type duty struct {
	mu         sync.Mutex
	holds      bool
	delay      time.Duration
	changed    chan struct{}
	connected  bool
	handedOver chan struct{} // closed once it may end
}

func newDuty(holds bool, delay time.Duration) *duty {
	return &duty{holds: holds, delay: delay, changed: make(chan struct{}), handedOver: make(chan struct{})}
}

func (d *duty) set(holds bool, delay time.Duration) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.holds, d.delay = holds, delay
	close(d.changed)
	d.changed = make(chan struct{})
}

func (d *duty) Changed() <-chan struct{} {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.changed
}

func (d *duty) Holds(int) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.holds
}

func (d *duty) Delay(int) time.Duration {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.delay
}

func (d *duty) Connected(_ int, is bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.connected = is
}

func (d *duty) HandOver(ctx context.Context) {
	select {
	case <-d.handedOver:
	case <-ctx.Done():
	}
}

// beside starts a second process of the bot on the same Discord.
func (r *rig) beside(d *duty) *rig {
	r.t.Helper()
	second := &rig{Server: r.Server, t: r.t, bot: newBot(r.t)}
	second.launch(func(_ *rig, c *discord.Config) { c.Duties = d })
	return second
}

func TestAStandbyAnswersOnlyWhereTheOwnerDoesNot(t *testing.T) {
	owner, standby := newDuty(true, 0), newDuty(true, 300*time.Millisecond)
	r := start(t, func(_ *rig, c *discord.Config) { c.Duties = owner })
	r.beside(standby)
	r.AwaitOnline(2, time.Minute)
	r.awaitCommands(home.Server)
	in := r.ask("When will Blinken be in India?")
	if got := in.Reply().Text(); !strings.Contains(got, "November 10") {
		t.Errorf("answered %q", got)
	}
	r.Await("the standby to be refused", time.Minute, func() bool { return len(in.Refused()) == 1 })
	if n := len(in.Replies()); n != 1 {
		t.Errorf("%d replies", n)
	}
	mention := r.Say(asker, home, "<@"+r.UserID+"> When will Blinken be in India?")
	r.Await("both to have answered the mention", time.Minute, func() bool { return len(r.Requests("POST /channels/"+home.Channel+"/messages")) >= 2 })
	if n := len(r.Posted(home.Channel)); n != 1 {
		t.Errorf("%d answers to the mention %s", n, mention)
	}

	close(owner.handedOver)
	r.Stop() // the owner is gone, and the standby does not know that yet
	in = r.ask("When will Blinken be in India?")
	if got := in.Reply().Text(); !strings.Contains(got, "November 10") || in.Latency() > 3*time.Second {
		t.Errorf("the standby answered %q after %v", got, in.Latency())
	}
	choices := r.Complete(asker, home, "who", "name", discordtest.Option{Name: "name", Value: "Bli"}).Choices()
	if len(choices) == 0 {
		t.Error("the standby completes nothing")
	}
}

func TestShardsComeAndGo(t *testing.T) {
	d := newDuty(false, 0)
	close(d.handedOver)
	r := prepare(t, func(_ *rig, c *discord.Config) { c.Duties = d })
	r.awaitCommands(home.Server)
	if n := r.Online(); n != 0 {
		t.Errorf("%d connections that are not its own", n)
	}
	d.set(true, 0)
	r.AwaitOnline(1, time.Minute)
	if got := r.ask("When will Blinken be in India?").Reply().Text(); !strings.Contains(got, "November 10") {
		t.Errorf("answered %q", got)
	}
	d.set(false, 0)
	r.Await("the connection to be given up", time.Minute, func() bool { return r.Online() == 0 })
}

func TestWhoEndsAnswersUntilOthersHaveTakenOver(t *testing.T) {
	d := newDuty(true, 0)
	r := start(t, func(_ *rig, c *discord.Config) { c.Duties = d })
	r.AwaitOnline(1, time.Minute)
	r.awaitCommands(home.Server)
	ended := make(chan struct{})
	go func() {
		r.Stop()
		close(ended)
	}()
	time.Sleep(100 * time.Millisecond)
	if got := r.ask("When will Blinken be in India?").Reply().Text(); !strings.Contains(got, "November 10") {
		t.Errorf("while it hands over, it answers %q", got)
	}
	close(d.handedOver)
	<-ended
}
