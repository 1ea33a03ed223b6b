package discord_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"example.org/attache/bot/discord"
	"example.org/attache/index"
)

// blocked is a reading that ends only with its context.
func blocked(began chan<- struct{}) func(context.Context, func(index.Progress)) (*index.Report, error) {
	return func(ctx context.Context, show func(index.Progress)) (*index.Report, error) {
		close(began)
		<-ctx.Done()
		return nil, ctx.Err()
	}
}

// readings is a reading of 200 documents at 15 ms each, one at a time.
func readings() func(context.Context, func(index.Progress)) (*index.Report, error) {
	var one sync.Mutex
	return func(ctx context.Context, show func(index.Progress)) (*index.Report, error) {
		if !one.TryLock() {
			return nil, index.ErrBusy
		}
		defer one.Unlock()
		for n := range 200 {
			show(index.Progress{Done: n, Total: 200, Started: time.Now()})
			time.Sleep(15 * time.Millisecond)
		}
		return &index.Report{}, nil
	}
}

func TestReindexShowsItsProgressAndRunsOnce(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	t.Parallel()
	r := start(t, func(r *rig, c *discord.Config) { r.bot.Reindex = readings() })
	r.awaitCommands(home.Server)
	first := r.Slash(operator, home, "admin reindex")
	r.Await("the first sign", 30*time.Second, first.Answered)
	second := r.Slash(operator, home, "admin reindex").Reply()
	if !strings.Contains(second.Text(), "already") {
		t.Errorf("the second: %v", second)
	}
	r.Await("the end", 30*time.Second, func() bool { return !strings.Contains(first.Reply().Text(), "/ 200") })
	m := first.Reply()
	if m.Edits < 2 { // how many at most is told by their times below
		t.Errorf("%d edits in three seconds, want 2 or more", m.Edits)
	}
	if !strings.Contains(strings.Join(m.History, "\n"), "/ 200") || !m.Private() {
		t.Errorf("private %v, history %q", m.Private(), m.History)
	}
	edits := r.Requests("PATCH /webhooks") // each may be late by itself, but not all may come too soon
	if n := len(edits) - 1; edits[n].At.Sub(edits[0].At) < time.Duration(n)*time.Second-600*time.Millisecond {
		t.Errorf("%d edits in %v", n+1, edits[n].At.Sub(edits[0].At))
	}
}

func TestReindexLongerThanAReplyCanBeChanged(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	t.Parallel()
	r := start(t, func(r *rig, c *discord.Config) {
		r.bot.Reindex = readings()
		*c = discord.WithToken(*c, 1500*time.Millisecond)
		r.TokenTime = 15 * time.Second // far off, so that a busy machine's last word is in time
	})
	r.awaitCommands(home.Server)
	in := r.Slash(operator, home, "admin reindex")
	r.Await("the last word", 30*time.Second, func() bool { return strings.Contains(in.Reply().Text(), "longer") })
	r.Await("the log", 30*time.Second, func() bool { return strings.Contains(r.Out.String(), "took too long to show") })
	if got := in.Refused(); len(got) > 0 {
		t.Errorf("refused with %v", got)
	}
}

func TestRefusedReindexChangesNothing(t *testing.T) {
	t.Parallel()
	ran := false
	r := start(t, func(r *rig, c *discord.Config) {
		r.bot.Reindex = func(context.Context, func(index.Progress)) (*index.Report, error) {
			ran = true
			return &index.Report{}, nil
		}
	})
	r.awaitCommands(home.Server)
	if m := r.Slash(asker, home, "admin reindex").Reply(); ran || !m.Private() {
		t.Errorf("ran %v: %v", ran, m)
	}
}
