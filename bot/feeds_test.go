package main

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"example.org/attache/bot/discord/discordtest"
	"example.org/attache/bot/state"
	"example.org/attache/index"
)

// ministry is a local source: a feed whose items a test changes.
type ministry struct {
	*httptest.Server
	items atomic.Value           // of the feed, a string
	asked atomic.Pointer[func()] // is called once when the feed is asked for, before it answers
}

func newMinistry(t *testing.T) *ministry {
	m := &ministry{}
	m.items.Store("")
	m.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/rss.xml" {
			http.NotFound(w, r)
			return
		}
		if asked := m.asked.Swap(nil); asked != nil {
			(*asked)()
		}
		fmt.Fprintf(w, `<rss version="2.0"><channel><title>Ministry of Norland</title>%s</channel></rss>`, m.items.Load())
	}))
	t.Cleanup(m.Close)
	return m
}

// publish adds an item to the feed.
func (m *ministry) publish(name, title, says string) {
	m.items.Store(fmt.Sprintf("<item><guid>%[1]s</guid><link>%[2]s/%[1]s</link><title>%[3]s</title><pubDate>Tue, 07 May 2024 09:30:00 GMT</pubDate><description>&lt;p&gt;%[4]s&lt;/p&gt;</description></item>",
		name, m.URL, title, says) + m.items.Load().(string))
}

// reachable is a program that may reach the test's own servers.
func reachable(args []string, env func(string) string) (int, string) {
	var out discordtest.Output
	p := &program{env: env, in: strings.NewReader(""), out: &out, errs: &out, reach: func(netip.Addr) bool { return true }}
	return p.run(context.Background(), args), out.String()
}

func TestFeedsAtTheTerminal(t *testing.T) {
	m := newMinistry(t)
	m.publish("1", "A bridge", "Minister Ada Holm said on Tuesday: “The bridge to the islands will be built of Norland steel.”")
	dir := t.TempDir()
	config := filepath.Join(dir, "config.toml")
	if err := os.WriteFile(config, fmt.Appendf(nil, "[corpus]\npath = \"corpus\"\naddresses = [%q]\n[[feed]]\naddress = \"%s/rss.xml\"\nname = \"norland\"\n", m.URL, m.URL), 0o600); err != nil {
		t.Fatal(err)
	}
	attache := func(args ...string) (int, string) { return reachable(append(args, "--config", config), noEnv) }
	for _, step := range []struct {
		args string
		code int
		want []string
	}{
		{"feeds", 0, []string{"norland", "not read yet"}},
		{"feeds --check " + m.URL + "/rss.xml", 0, []string{"a feed of 1 entry", "it calls itself Ministry of Norland", "A bridge", "2024-05-07", "[[feed]]"}},
		{"feeds --check " + m.URL + "/nothing", 1, []string{"404"}},
		{"feeds --check rss.xml", 2, []string{"must begin with https://"}},
		{"feeds --read", 0, []string{"1 document added"}},
		{"feeds --read", 0, []string{"1 document unchanged"}},
		{"feeds", 0, []string{"just now", "1 document from it", "1 came last"}},
		{"feeds --json", 0, []string{`"feed":"norland"`, `"documents":1`}},
		{"who Ada Holm", 0, []string{"The bridge to the islands will be built", "Ministry of Norland"}},
	} {
		code, out := attache(strings.Fields(step.args)...)
		if code != step.code {
			t.Errorf("attache %s: status %d\n%s", step.args, code, out)
		}
		for _, want := range step.want {
			if !strings.Contains(out, want) {
				t.Errorf("attache %s lacks %q:\n%s", step.args, want, out)
			}
		}
	}
	if found, _ := filepath.Glob(filepath.Join(dir, "corpus/feeds/norland/2024-05-07-a-bridge-*.html")); len(found) != 1 {
		t.Errorf("the file is not where it belongs: %v", found)
	}
	// Without the test's permission a private address is refused.
	var out discordtest.Output
	if code := run(t.Context(), []string{"feeds", "--read", "--config", config}, noEnv, strings.NewReader(""), &out, &out); code != 1 || !strings.Contains(out.String(), "no public address") {
		t.Errorf("status %d\n%s", code, out.String())
	}
}

func TestWhatFeedsBringIsReadOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, stop := context.WithCancel(t.Context())
		came := make(chan struct{}, 1)
		var results []error
		var at []time.Duration
		began := time.Now()
		done := make(chan struct{})
		go func() {
			defer close(done)
			takeUp(ctx, came, time.Second, func(context.Context) error {
				at = append(at, time.Since(began))
				if len(at) <= len(results) {
					return results[len(at)-1]
				}
				return nil
			})
		}()
		results = []error{fmt.Errorf("reading: %w", index.ErrBusy)} // somebody else is reading: once more after that
		came <- struct{}{}
		time.Sleep(10 * time.Second)
		came <- struct{}{}
		time.Sleep(10 * time.Second)
		stop()
		<-done
		if want := []time.Duration{time.Second, 2 * time.Second, 11 * time.Second}; !slices.Equal(at, want) {
			t.Errorf("read at %v", at)
		}
	})
}

// Of several processes over one state one at a time does what only one may do.
func TestATaskIsDoneByOneProcessAtATime(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		working := make(chan int)
		begin := func(n int) context.CancelFunc {
			s, err := state.Open(dir, time.Hour)
			if err != nil {
				t.Fatal(err)
			}
			ctx, stop := context.WithCancel(t.Context())
			p := &program{library: &library{state: s}}
			go func() {
				if err := p.alone(ctx, "follows", func(ctx context.Context) {
					working <- n
					<-ctx.Done()
				}); err != nil {
					t.Error(err)
				}
			}()
			return stop
		}
		first := begin(1)
		if n := <-working; n != 1 {
			t.Fatalf("process %d works", n)
		}
		second := begin(2)
		defer second()
		select {
		case n := <-working:
			t.Errorf("process %d works beside the first", n)
		case <-time.After(time.Hour):
		}
		first()
		if n := <-working; n != 2 {
			t.Errorf("process %d takes over", n)
		}
	})
}

// A process that serves the API alone keeps the documents current too.
func TestFeedsAreAskedWithoutDiscord(t *testing.T) {
	m := newMinistry(t)
	m.publish("1", "A bridge", "Minister Ada Holm said on Tuesday: “The bridge to the islands will be built of Norland steel.”")
	config := filepath.Join(t.TempDir(), "config.toml")
	if err := os.WriteFile(config, fmt.Appendf(nil, "[corpus]\npath = \"corpus\"\naddresses = [%q]\n[[feed]]\naddress = \"%s/rss.xml\"\nname = \"norland\"\n[api]\nper_minute = 0\n", m.URL, m.URL), 0o600); err != nil {
		t.Fatal(err)
	}
	out := &discordtest.Output{}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan int, 1)
	go func() {
		p := &program{env: noEnv, in: strings.NewReader(""), out: out, errs: out, reach: func(netip.Addr) bool { return true }}
		ended <- p.run(ctx, []string{"serve-api", "--config", config, "--listen", "127.0.0.1:0"})
	}()
	if !answers(out, "/v1/said?speaker=Ada+Holm", "built of Norland steel") {
		t.Errorf("what the feed brought is not found\n%s", out)
	}
	stop()
	if code := <-ended; code != done {
		t.Errorf("status %d\n%s", code, out)
	}
}

// What a member follows is told soon after its source has it.
func TestWhatIsFollowedIsToldWhenItsSourceHasIt(t *testing.T) {
	m := newMinistry(t)
	m.publish("1", "A visit", "Minister Ada Holm said on Monday: “I will travel to the islands in June.”")
	s := configured(t)
	s.env = noEnv
	s.write("config.toml", fmt.Sprintf("[corpus]\npath = \"corpus\"\naddresses = [%q]\n[[feed]]\naddress = \"%s/rss.xml\"\nname = \"norland\"\n[discord]\napi_url = %q\nguilds = [%q]\nadmin_users = [%q]\n",
		m.URL, m.URL, s.URL, channel.Server, operator.ID))
	start := func() *discordtest.Program[int] {
		out := &discordtest.Output{}
		return discordtest.Start(t, s.Token, out, func(ctx context.Context) int {
			p := &program{env: func(key string) string { return map[string]string{"DISCORD_TOKEN": s.Token}[key] }, in: strings.NewReader(""), out: out, errs: out,
				reach: func(netip.Addr) bool { return true }}
			return p.run(ctx, []string{"serve", "--config", s.config()})
		})
	}
	s.Program = start()
	s.AwaitOnline(1, 10*time.Second)
	s.Await("the commands", 10*time.Second, func() bool { return len(s.Commands(channel.Server)) > 0 })
	s.eventually("travel to the islands", func() string {
		return s.reply(member, "said", discordtest.Option{Name: "speaker", Value: "Ada Holm"})
	})
	s.Await("the first round", 10*time.Second, func() bool { return strings.Contains(s.Out.String(), "what is new was matched") })

	moderator := member
	moderator.Permissions = 1 << 13 // Manage Messages
	if said := s.reply(member, "follow who", discordtest.Option{Name: "name", Value: "Holm"}); !strings.Contains(said, "Manage Messages") {
		t.Errorf("a member without the permission is told %s", said)
	}
	if said := s.reply(moderator, "follow who", discordtest.Option{Name: "name", Value: "Holm"}); !strings.Contains(said, "Ada Holm") {
		t.Errorf("following says %s", said)
	}
	if said := s.reply(moderator, "follow who", discordtest.Option{Name: "name", Value: "Ada Holm"}); !strings.Contains(said, "followed already") {
		t.Errorf("following again says %s", said)
	}
	if said := s.reply(operator, "admin feeds"); !strings.Contains(said, "norland") || !strings.Contains(said, "1 document from it") {
		t.Errorf("the feeds are %s", said)
	}

	m.publish("2", "Steel", "Minister Ada Holm said on Tuesday: “The bridge to the islands will be built of Norland steel.”")
	if code, out := s.Stop(), s.Out.String(); code != 0 {
		t.Fatalf("status %d\n%s", code, out)
	}
	if code, out := reachable([]string{"feeds", "--read", "--config", s.config()}, noEnv); code != 0 { // the next round of the feed is an hour away
		t.Fatalf("status %d\n%s", code, out)
	}
	s.Program = start()
	s.Await("the new statement", 20*time.Second, func() bool { return len(s.Posted(channel.Channel)) == 1 })
	told := s.Posted(channel.Channel)[0]
	for _, want := range []string{"New from Ada Holm", "The bridge to the islands will be built of Norland steel.", "Ministry of Norland"} {
		if said := strings.ReplaceAll(told.Text(), "**", ""); !strings.Contains(said, want) {
			t.Errorf("the channel is told %s", said)
		}
	}
	if strings.Contains(told.Text(), "travel to the islands") {
		t.Errorf("the channel is told what is old: %s", told.Text())
	}
	s.AwaitOnline(1, 10*time.Second)
	found := s.Slash(member, channel, "said", discordtest.Option{Name: "speaker", Value: "Ada Holm"}).Reply()
	files := s.Press(member, channel, found, found.Button("Export")).Reply()
	if len(files.Contents) != 3 || !files.Private() {
		t.Fatalf("Export gives %v", files)
	}
	for name, data := range files.Contents {
		if strings.HasSuffix(name, ".docx") && !opensAs(t, data, "built of Norland steel") {
			t.Errorf("LibreOffice does not open %s", name)
		}
	}
	// Neither a restart nor an index that is made anew tells it again.
	s.Stop()
	m.publish("3", "Rails", "Minister Ada Holm said on Friday: “The rails will come by sea before the winter.”")
	if err := os.RemoveAll(filepath.Join(s.dir, "data/index")); err != nil {
		t.Fatal(err)
	}
	if code, out := reachable([]string{"feeds", "--read", "--config", s.config()}, noEnv); code != 0 {
		t.Fatalf("status %d\n%s", code, out)
	}
	s.Program = start()
	s.Await("the newest statement", 20*time.Second, func() bool { return len(s.Posted(channel.Channel)) == 2 })
	if said := s.Posted(channel.Channel)[1].Text(); !strings.Contains(said, "rails") || strings.Contains(said, "steel") {
		t.Errorf("the channel is told %s", said)
	}
	s.AwaitOnline(1, 10*time.Second)
	stop := s.Slash(moderator, channel, "follow stop", discordtest.Option{Name: "follow", Value: "Ada Holm"})
	s.eventually("Followed no more", func() string { return stop.Reply().Text() })
	if code, out := s.run("follows"); code != 0 || !strings.Contains(out, "Nothing is followed") {
		t.Errorf("status %d, %s", code, out)
	}
}

// opensAs reports whether LibreOffice opens a document and finds some words in it;
// where there is none it is taken to.
func opensAs(t *testing.T, docx []byte, words string) bool {
	t.Helper()
	office, err := exec.LookPath("soffice")
	if err != nil || testing.Short() {
		t.Log("LibreOffice (soffice) is not installed or not wanted: the file is not opened")
		return true
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "export.docx"), docx, 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), office, "-env:UserInstallation=file://"+filepath.ToSlash(filepath.Join(dir, "profile")), "--headless", "--convert-to", "txt:Text", "--outdir", dir, filepath.Join(dir, "export.docx"))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	text, _ := os.ReadFile(filepath.Join(dir, "export.txt"))
	return strings.Contains(string(text), words)
}
