package discord_test

import (
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"example.org/attache/bot/discord"
	"example.org/attache/bot/discord/discordtest"
)

// count returns the value of a metric with all its labels, as text: "name{a="b"}".
func count(t *testing.T, r *rig, name string) string {
	t.Helper()
	registry := prometheus.NewPedanticRegistry()
	if err := registry.Register(r.front); err != nil {
		t.Fatal(err)
	}
	page := httptest.NewRecorder()
	promhttp.HandlerFor(registry, promhttp.HandlerOpts{}).ServeHTTP(page, httptest.NewRequest("GET", "/metrics", nil))
	for line := range strings.Lines(page.Body.String()) {
		if value, ok := strings.CutPrefix(line, name+" "); ok {
			return strings.TrimSpace(value)
		}
	}
	return ""
}

func TestWhatTheBotDoesIsCounted(t *testing.T) {
	t.Parallel()
	r := start(t, func(r *rig, c *discord.Config) { r.HeartbeatInterval, c.UserPerMinute = time.Second, 4 })
	m := r.ask("When will Blinken be in India?").Reply()
	r.ask("When?", option("since", "soon")).Reply()
	r.Press(asker, home, m, m.Button("Context")).Reply()
	r.Press(asker, home, m, "a:made up by somebody").Reply()
	r.ask("Too much?").Reply()
	r.Say(other, home, "<@"+r.UserID+"> When will Blinken be in India?")
	r.Fault(discordtest.Fault{Match: "POST /interactions", Times: 1, Status: 500})
	r.Slash(other, home, "help").Reply()
	r.Await("the mention's answer", 30*time.Second, func() bool { return len(r.Posted(home.Channel)) > 0 })
	r.Cut()
	r.awaitResumes(1)
	const uses, prefix = "attache_discord_uses_total", "attache_discord_"
	for name, want := range map[string]string{
		uses + `{command="ask",outcome="done"}`:                 "1",
		uses + `{command="ask",outcome="refused"}`:              "1",
		uses + `{command="ask",outcome="limited"}`:              "1",
		uses + `{command="context",outcome="done"}`:             "1",
		uses + `{command="unknown",outcome="refused"}`:          "1",
		uses + `{command="mention",outcome="done"}`:             "1",
		uses + `{command="help",outcome="done"}`:                "1",
		prefix + `first_answer_seconds_count{kind="command"}`:   "4",
		prefix + `first_answer_seconds_count{kind="component"}`: "2",
		prefix + `refusals_total{status="500"}`:                 "1",
		prefix + `shards`:                                       "1",
		prefix + `shards_connected`:                             "1",
		prefix + `sessions_total{by="identify"}`:                "1",
		prefix + `sessions_total{by="resume"}`:                  "1",
		prefix + `disconnects_total{reason="network"}`:          "1",
	} {
		r.Await(name, 30*time.Second, func() bool { return count(t, r, name) == want })
	}
	r.Await("a heartbeat's time", 30*time.Second, func() bool { return count(t, r, prefix+`heartbeat_seconds{shard="0"}`) != "" })
}

func TestABotOutOfReachIsIll(t *testing.T) {
	t.Parallel()
	var shut atomic.Bool
	r := start(t, func(r *rig, c *discord.Config) {
		*c = discord.WithMissing(*c, 300*time.Millisecond)
		refuse := func(c *discordtest.Conn) bool {
			if shut.Load() {
				c.Close(4000)
			}
			return shut.Load()
		}
		r.OnResume, r.OnIdentify = refuse, refuse
	})
	time.Sleep(400 * time.Millisecond)
	if err := r.front.Health(); err != nil {
		t.Errorf("connected: %v", err)
	}
	shut.Store(true)
	r.Cut()
	if err := r.front.Health(); err != nil {
		t.Errorf("at once: %v", err)
	}
	r.Await("an ill bot", 30*time.Second, func() bool {
		err := r.front.Health()
		return err != nil && strings.Contains(err.Error(), "no connection to Discord")
	})
	shut.Store(false)
	r.Await("a bot that is well again", 30*time.Second, func() bool { return r.front.Health() == nil })
}

func TestABotOverHTTPThatDiscordDoesNotKnowIsIll(t *testing.T) {
	t.Parallel()
	r := prepare(t, func(r *rig, c *discord.Config) {
		c.Listen, c.PublicKey = "127.0.0.1:0", strings.Repeat("ab", 32)
		*c = discord.WithMissing(*c, 200*time.Millisecond)
		r.Server.Fault(discordtest.Fault{Match: "GET ", Status: 503})
	})
	r.Await("an ill bot", 30*time.Second, func() bool { return r.front.Health() != nil })
	r.Calm()
	r.Await("a bot that is well again", 30*time.Second, func() bool { return r.front.Health() == nil })
}
