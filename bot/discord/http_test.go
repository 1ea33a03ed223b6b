package discord_test

import (
	"crypto/ed25519"
	"encoding/hex"
	"net"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"example.org/attache/bot/discord"
	"example.org/attache/bot/discord/discordtest"
)

// overHTTP runs the bot with its HTTP door.
func overHTTP(t *testing.T, slow time.Duration) (*rig, string, discordtest.Signer) {
	t.Helper()
	return overHTTPWith(t, func(r *rig) { r.slow(slow) })
}

func overHTTPWith(t *testing.T, change func(*rig)) (*rig, string, discordtest.Signer) {
	t.Helper()
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	lis, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := lis.Addr().String()
	lis.Close()
	r := prepare(t, func(r *rig, c *discord.Config) {
		c.Listen, c.PublicKey = addr, hex.EncodeToString(public)
		change(r)
	})
	r.awaitCommands(home.Server)
	r.Await("the door", 30*time.Second, func() bool { return strings.Contains(r.Out.String(), addr) })
	return r, "http://" + addr + "/interactions", discordtest.Signer{Key: private}
}

func TestInteractionsOverHTTP(t *testing.T) {
	for name, slow := range map[string]time.Duration{"at once": 0, "deferred": time.Second} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, url, sign := overHTTP(t, slow)
			in := r.Make(asker, home, 2, r.SlashData(home, "said", discordtest.Option{Name: "speaker", Value: "Chang Jae-Bok"}))
			if status := r.Post(url, sign, in); status != 200 {
				t.Fatalf("status %d", status)
			}
			m := in.Reply()
			if !strings.Contains(m.Text(), "> ") || in.Deferred() != (slow > 0) {
				t.Errorf("deferred %v: %v", in.Deferred(), m)
			}
			press := r.MakePress(other, home, m, m.Button("Context"))
			if status := r.Post(url, sign, press); status != 200 {
				t.Fatalf("status %d", status)
			}
			if got := press.Reply(); !strings.Contains(got.Text(), "> ") || !got.Private() {
				t.Errorf("got %v", got)
			}
			more := r.MakePress(asker, home, m, m.Button("More"))
			if status := r.Post(url, sign, more); status != 200 {
				t.Fatalf("status %d", status)
			}
			if next := more.Reply(); !more.Updated() || more.Deferred() != (slow > 0) || next.Text() == m.Text() {
				t.Errorf("updated %v, deferred %v: %v", more.Updated(), more.Deferred(), next)
			}
			if n := len(r.Identifies()); n > 0 {
				t.Error("it identified at the gateway")
			}
		})
	}
}

func TestTheHTTPDoorLetsInOnlyWhatDiscordSigned(t *testing.T) {
	t.Parallel()
	r, url, sign := overHTTP(t, 0)
	_, stranger, _ := ed25519.GenerateKey(nil)
	ping := func(n string) []byte {
		return []byte(`{"id":"` + n + `","type":1,"token":"t","application_id":"1","version":1}`)
	}
	for name, tt := range map[string]struct {
		sign discordtest.Signer
		body []byte
		want int
	}{
		"ping":               {sign, ping("1"), 200},
		"another":            {sign, ping("2"), 200},
		"wrong key":          {discordtest.Signer{Key: stranger}, ping("3"), 401},
		"six minutes old":    {discordtest.Signer{Key: sign.Key, At: time.Now().Add(-6 * time.Minute)}, ping("4"), 401},
		"four minutes old":   {discordtest.Signer{Key: sign.Key, At: time.Now().Add(-4 * time.Minute)}, ping("5"), 200},
		"of tomorrow":        {discordtest.Signer{Key: sign.Key, At: time.Now().Add(24 * time.Hour)}, ping("6"), 401},
		"not an interaction": {sign, []byte(`{"type":2}`), 400},
		"not JSON":           {sign, []byte(`{`), 400},
		"two megabytes":      {sign, []byte(`{"id":"7","type":1,"token":"` + strings.Repeat("x", 2<<20) + `"}`), 401},
	} {
		if got, body := r.PostRaw(url, tt.sign, tt.body); got != tt.want {
			t.Errorf("%s: %d %s, want %d", name, got, body, tt.want)
		}
	}
	at := discordtest.Signer{Key: sign.Key, At: time.Now()}
	if got, body := r.PostRaw(url, at, ping("8")); got != 200 || strings.TrimSpace(string(body)) != `{"type":1}` {
		t.Errorf("ping: %d %s", got, body)
	}
	if got, _ := r.PostRaw(url+"/", at, ping("9")); got != 200 {
		t.Errorf("with a slash behind the address: %d, want 200", got)
	}
	if got, _ := r.PostRaw(url, at, ping("8")); got != 401 {
		t.Errorf("the same again: %d, want 401", got)
	}
	for name, header := range map[string]http.Header{"no signature": {}, "half a signature": {"X-Signature-Ed25519": {"abcd"}, "X-Signature-Timestamp": {"1"}}} {
		req, _ := http.NewRequest("POST", url, strings.NewReader(`{"type":1}`))
		req.Header = header
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != 401 {
			t.Errorf("%s: %d, want 401", name, resp.StatusCode)
		}
	}
}

func TestWrongKeyIsToldAtTheStart(t *testing.T) {
	t.Parallel()
	r := prepare(t, func(r *rig, c *discord.Config) { c.Listen, c.PublicKey = "127.0.0.1:0", "abcd" })
	if err := r.Wait(); err == nil || !strings.Contains(err.Error(), "public_key") {
		t.Errorf("got %v", err)
	}
}

func TestEndFinishesWhatCameOverHTTP(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	t.Parallel()
	r, url, sign := overHTTP(t, time.Second)
	in := r.Make(asker, home, 2, r.SlashData(home, "ask", option("question", "When will Blinken be in India?")))
	if status := r.Post(url, sign, in); status != 200 || !in.Deferred() {
		t.Fatalf("status %d, deferred %v", status, in.Deferred())
	}
	if err := r.Stop(); err != nil {
		t.Errorf("ended with %v", err)
	}
	if !in.Answered() {
		t.Error("the question in flight was not answered")
	}
}

func TestTheHTTPDoorIsOpenWhileRESTIsDown(t *testing.T) {
	t.Parallel()
	public, private, _ := ed25519.GenerateKey(nil)
	r := prepare(t, func(r *rig, c *discord.Config) {
		c.Listen, c.PublicKey = "127.0.0.1:0", hex.EncodeToString(public)
		r.Fault(discordtest.Fault{Match: "", Status: 503})
	})
	var at []string
	r.Await("the door", 30*time.Second, func() bool {
		at = regexp.MustCompile(`address=(\S+)`).FindStringSubmatch(r.Out.String())
		return at != nil
	})
	var in *discordtest.Interaction
	for try := 0; in == nil || in.Deferred(); try++ { // a busy machine may need more time than an answer at once has
		if try == 20 {
			t.Fatal("no question was answered at once")
		}
		in = r.Make(asker, home, 2, map[string]any{"id": "1", "name": "ask", "type": 1, "options": []any{
			map[string]any{"name": "question", "type": 3, "value": "When will Blinken be in India?"}}})
		if status := r.Post("http://"+at[1]+"/interactions", discordtest.Signer{Key: private}, in); status != 200 {
			t.Fatalf("status %d", status)
		}
	}
	if m := in.Reply(); !strings.Contains(m.Text(), "> ") {
		t.Errorf("got %v", m)
	}
}

func TestWrongTokenEndsTheProgramOverHTTPToo(t *testing.T) {
	t.Parallel()
	public, _, _ := ed25519.GenerateKey(nil)
	r := prepare(t, func(r *rig, c *discord.Config) {
		c.Listen, c.PublicKey, c.Token = "127.0.0.1:0", hex.EncodeToString(public), "not-the-token"
	})
	if err := r.Wait(); err == nil || !strings.Contains(err.Error(), "DISCORD_TOKEN") {
		t.Errorf("got %v", err)
	}
}

func TestTheHTTPDoorSaysWhatKeepsDiscordOut(t *testing.T) {
	t.Parallel()
	r, url, sign := overHTTP(t, 0)
	ping := []byte(`{"id":"1","type":1,"token":"t","application_id":"1","version":1}`)
	if got, _ := r.PostRaw(url+"/", sign, ping); got != 200 {
		t.Errorf("with a slash at the end: %d", got)
	}
	_, stranger, _ := ed25519.GenerateKey(nil)
	base := strings.TrimSuffix(url, "/interactions")
	if got, _ := r.PostRaw(base+"/", discordtest.Signer{Key: stranger}, ping); got != 404 || strings.Contains(r.Out.String(), "Interactions Endpoint URL") {
		t.Errorf("a stranger at another path: %d", got)
	}
	for range 3 {
		if got, _ := r.PostRaw(base+"/discord", sign, ping); got != 404 {
			t.Errorf("at another path: %d", got)
		}
	}
	if got := strings.Count(r.Out.String(), "Interactions Endpoint URL"); got != 1 {
		t.Errorf("told %d times of the path", got)
	}
	late, url, sign := overHTTP(t, 0)
	for n := range 3 {
		if got, _ := late.PostRaw(url, discordtest.Signer{Key: sign.Key, At: time.Now().Add(time.Duration(-6-n) * time.Minute)}, ping); got != 401 {
			t.Errorf("minutes old: %d", got)
		}
	}
	if got := strings.Count(late.Out.String(), "the clock of this machine"); got != 1 {
		t.Errorf("told %d times of the clock", got)
	}
}

func TestQuestionsOverHTTPWaitForTheIndexToOpen(t *testing.T) {
	t.Parallel()
	opened := make(chan struct{})
	r, url, sign := overHTTPWith(t, func(r *rig) { opening(r, opened) })
	in := r.Make(asker, home, 2, r.SlashData(home, "said", discordtest.Option{Name: "speaker", Value: "Chang Jae-Bok"}))
	time.AfterFunc(1500*time.Millisecond, func() { close(opened) })
	if status := r.Post(url, sign, in); status != 200 || !in.Deferred() {
		t.Fatalf("status %d, deferred %v", status, in.Deferred())
	}
	if m := in.Reply(); !strings.Contains(m.Text(), "> ") {
		t.Errorf("got %v", m)
	}
}
