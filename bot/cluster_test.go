//go:build unix

package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"example.org/attache/bot/blob/blobtest"
	"example.org/attache/bot/cluster"
	"example.org/attache/bot/discord/discordtest"
	"example.org/attache/bot/etcd"
	"example.org/attache/bot/etcd/etcdtest"
	"example.org/attache/index"
)

// fleet is three nodes, in processes of their own, over three servers of etcd, a
// store and a local Discord.
type fleet struct {
	*discordtest.Server
	t     testing.TB
	etcds []*etcdtest.Server
	space *etcd.Space
	store *blobtest.Server
	nodes []*process
}

// process is a node.
type process struct {
	f           *fleet
	name        string
	dir         string
	api, health string
	wires       []*wire // to etcd
	gate        *gate   // to the store
	program     string
	cmd         *exec.Cmd
	out         discordtest.Output
}

// gate lets requests through to the store, and calls hook, where there is one, behind
// each that writes something of an index.
type gate struct {
	*httptest.Server

	mu    sync.Mutex
	hook  func()
	delay time.Duration // of each request
}

func newGate(t testing.TB, to string) *gate {
	store, err := url.Parse(to)
	if err != nil {
		t.Fatal(err)
	}
	g := &gate{}
	through := &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(store)
			r.Out.Host = r.In.Host // which is signed
		},
		ErrorLog: log.New(io.Discard, "", 0),
	}
	g.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		time.Sleep(g.slowness())
		through.ServeHTTP(w, r)
		if r.Method != http.MethodGet && r.Method != http.MethodHead && strings.HasPrefix(r.URL.Path, "/papers/index") {
			g.mu.Lock()
			defer g.mu.Unlock()
			if g.hook != nil {
				g.hook()
			}
		}
	}))
	t.Cleanup(g.Close)
	return g
}

func (g *gate) slowness() time.Duration {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.delay
}

// slow delays each request.
func (g *gate) slow(delay time.Duration) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.delay = delay
}

// behindWrites has a hook called behind each write.
func (g *gate) behindWrites(hook func()) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.hook = hook
}

// wire lets connections through to an address until it is cut.
type wire struct {
	net.Listener
	to string

	mu    sync.Mutex
	cut   bool
	conns map[net.Conn]bool
}

func newWire(t testing.TB, to string) *wire {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Skipf("there is no port to be had: %v", err)
	}
	w := &wire{Listener: l, to: strings.TrimPrefix(to, "http://"), conns: map[net.Conn]bool{}}
	t.Cleanup(func() {
		l.Close()
		w.set(true)
	})
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go w.carry(c)
		}
	}()
	return w
}

func (w *wire) carry(c net.Conn) {
	far, err := net.Dial("tcp", w.to)
	if err != nil {
		c.Close()
		return
	}
	if !w.add(c, far) {
		c.Close()
		far.Close()
		return
	}
	go func() {
		io.Copy(far, c)
		far.Close()
		c.Close()
	}()
	io.Copy(c, far)
	far.Close()
	c.Close()
}

func (w *wire) add(conns ...net.Conn) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, c := range conns {
		w.conns[c] = true
	}
	return !w.cut
}

// set cuts the wire, or mends it.
func (w *wire) set(cut bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.cut = cut; cut {
		for c := range w.conns {
			c.Close()
		}
		clear(w.conns)
	}
}

func port(t testing.TB) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Skipf("there is no port to be had: %v", err)
	}
	defer l.Close()
	return l.Addr().String()
}

// newFleet starts all of it, with more keys of [cluster], and waits until it answers.
func newFleet(t testing.TB, keys ...string) *fleet {
	t.Helper()
	return newFleetOver(t, nil, keys...)
}

// newFleetOver is newFleet with flags of the etcd servers.
func newFleetOver(t testing.TB, flags []string, keys ...string) *fleet {
	t.Helper()
	if testing.Short() {
		t.Skip("starts three servers of etcd and three nodes")
	}
	f := &fleet{t: t, etcds: etcdtest.Start(t, 3, flags...), store: blobtest.Start(t, "papers"), Server: discordtest.New(t)}
	f.space = etcdtest.Space(t, f.etcds...)
	f.IdentifyWindow = 10 * time.Millisecond
	f.store.Put(t, "papers", "docs/ferry.txt", "The ferry\n\nThe ferry sank on 3 May off the coast of Norland.\n")
	for i := range 3 {
		p := &process{f: f, name: fmt.Sprint("node-", i), dir: t.TempDir(), api: port(t), health: port(t), gate: newGate(t, f.store.Endpoint), program: "attache"}
		var endpoints []string
		for _, e := range f.etcds {
			w := newWire(t, e.Address)
			p.wires = append(p.wires, w)
			endpoints = append(endpoints, fmt.Sprintf("%q", "http://"+w.Addr().String()))
		}
		config := fmt.Sprintf(`
[corpus]
path = "s3://papers/docs"
[s3]
endpoint = %q
[cluster]
endpoints = [%s]
prefix = "/test/"
node = %q
generations = "s3://papers/index"
%s
[discord]
api_url = %q
guilds = [%q]
admin_users = [%q]
user_per_minute = 0
server_per_minute = 0
[api]
listen = %q
per_minute = 0
[metrics]
listen = %q
`, p.gate.URL, strings.Join(endpoints, ", "), p.name, strings.Join(keys, "\n"), f.URL, channel.Server, operator.ID, p.api, p.health)
		if err := os.WriteFile(filepath.Join(p.dir, "config.toml"), []byte(config), 0o600); err != nil {
			t.Fatal(err)
		}
		f.nodes = append(f.nodes, p)
		p.start()
		t.Cleanup(p.kill)
	}
	t.Cleanup(func() {
		if t.Failed() {
			for _, p := range f.nodes {
				t.Logf("%s says\n%.6000s", p.name, p.out.String())
			}
		}
	})
	f.settled("ferry")
	return f
}

func (p *process) start() {
	p.f.t.Helper()
	p.cmd = exec.Command(p.program, "serve", "--config", filepath.Join(p.dir, "config.toml"))
	p.cmd.Env = append(os.Environ(), "DISCORD_TOKEN="+p.f.Token, "AWS_ACCESS_KEY_ID="+blobtest.AccessKey, "AWS_SECRET_ACCESS_KEY="+blobtest.SecretKey)
	p.cmd.Stdout, p.cmd.Stderr = &p.out, &p.out
	if err := p.cmd.Start(); err != nil {
		p.f.t.Fatal(err)
	}
}

// kill ends a node as kill -9 does.
func (p *process) kill() {
	p.cmd.Process.Kill()
	p.cmd.Wait()
}

// quotes reports whether a node answers a question with some words, itself.
func (p *process) quotes(what, words string) bool {
	_, body := p.get(p.api, "/v1/ask?question="+url.QueryEscape(what))
	return strings.Contains(body, words)
}

func (p *process) get(address, path string) (int, string) {
	client := http.Client{Timeout: 10 * time.Second}
	resp, err := client.Get("http://" + address + path)
	if err != nil {
		return 0, err.Error()
	}
	defer resp.Body.Close()
	body, _ := io.ReadAll(resp.Body)
	return resp.StatusCode, string(body)
}

func (f *fleet) eventually(what string, is func() bool) {
	f.t.Helper()
	for deadline := time.Now().Add(2 * time.Minute); !is(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(deadline) {
			f.t.Fatalf("waited in vain until %s", what)
		}
	}
}

// settled waits until all nodes live and answer from the newest index, which tells
// of a subject, and a standby is connected beside the owner.
func (f *fleet) settled(subject string) {
	f.t.Helper()
	f.eventually("all nodes answer of the "+subject, func() bool {
		for _, p := range f.nodes {
			if code, _ := p.get(p.health, "/healthz"); code != http.StatusOK || !p.quotes("When did the "+subject+" sink?", "The "+subject+" sank") {
				return false
			}
		}
		return f.connected(len(f.nodes))
	})
}

// connected reports whether so many nodes live, and an owner and a standby of the shard
// among them are connected.
func (f *fleet) connected(nodes int) bool {
	members, err := cluster.Members(f.t.Context(), f.space)
	connected := 0
	for _, m := range members {
		connected += len(m.Shards)
	}
	return err == nil && len(members) == nodes && connected == 2 && f.Online() >= 2
}

// crowd asks twenty questions a second until it is stopped.
type crowd struct {
	f    *fleet
	stop context.CancelFunc
	done chan struct{}
	sent []*discordtest.Interaction
}

func (f *fleet) crowd() *crowd { return f.crowdOf(20) }

// crowdOf asks so many questions a second until it is stopped.
func (f *fleet) crowdOf(perSecond int) *crowd {
	ctx, stop := context.WithCancel(context.Background())
	c := &crowd{f: f, stop: stop, done: make(chan struct{})}
	data := f.SlashData(channel, "ask", discordtest.Option{Name: "question", Value: "When did the ferry sink?"})
	go func() {
		defer close(c.done)
		tick := time.NewTicker(time.Second / time.Duration(perSecond))
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
				c.sent = append(c.sent, f.Send(f.Make(member, channel, 2, data)))
			}
		}
	}()
	return c
}

// outcome ends the crowd, and returns how many were not answered in Discord's three
// seconds, how many were answered twice, and how long the slower ones waited.
func (c *crowd) outcome() (unanswered, twice int, p50, p99 time.Duration) {
	c.stop()
	<-c.done
	time.Sleep(c.f.AckTime)
	var took []time.Duration
	for _, in := range c.sent {
		if in.Latency() == 0 {
			unanswered++
			continue
		}
		took = append(took, in.Latency())
		if len(in.Replies()) != 1 {
			twice++
		}
	}
	slices.Sort(took)
	if len(took) == 0 {
		return unanswered, twice, 0, 0
	}
	return unanswered, twice, took[len(took)/2], took[len(took)*99/100]
}

// during runs something while a crowd asks.
func (f *fleet) during(what string, do func()) {
	f.t.Helper()
	c := f.crowd()
	time.Sleep(500 * time.Millisecond)
	do()
	time.Sleep(500 * time.Millisecond)
	unanswered, twice, p50, p99 := c.outcome()
	f.t.Logf("%s: %d asked, %d unanswered, %d answered twice, first answer p50 %v, p99 %v", what, len(c.sent), unanswered, twice, p50.Round(time.Millisecond), p99.Round(time.Millisecond))
	if twice > 0 {
		f.t.Errorf("%s: %d were answered twice", what, twice)
	}
	if unanswered > 0 && f.idle() {
		f.t.Errorf("%s: %d were not answered within three seconds", what, unanswered)
	}
}

// idle reports whether the machine has time enough for three seconds to mean
// something.
func (f *fleet) idle() bool {
	c := f.crowd()
	time.Sleep(2 * time.Second)
	unanswered, _, _, p99 := c.outcome()
	if unanswered > 0 || p99 > 300*time.Millisecond {
		f.t.Logf("this machine is too busy to tell: without a fault, %d are unanswered and the first answer takes %v", unanswered, p99)
		return false
	}
	return true
}

// leader is the node that leads something.
func (f *fleet) leader(what string) (leader *process) {
	f.t.Helper()
	f.eventually("a node leads "+what, func() bool {
		leaders, err := cluster.Leaders(f.t.Context(), f.space)
		if err != nil {
			return false
		}
		for _, p := range f.nodes {
			if p.name == leaders[what] {
				leader = p
			}
		}
		return leader != nil
	})
	return leader
}

// reindex has the documents read. Where another node is at it, it may have begun
// before they changed.
func (f *fleet) reindex() {
	f.t.Helper()
	f.eventually("the documents are read", func() bool {
		in := f.Send(f.Make(operator, channel, 2, f.SlashData(channel, "admin reindex")))
		f.eventually("/admin reindex is answered", in.Answered) // by whichever node took it
		return !strings.Contains(in.Reply().Text(), "already")
	})
}

func TestWhateverDiesAnswersGoOn(t *testing.T) {
	t.Parallel()
	f := newFleet(t)
	for _, p := range f.nodes { // among them the owner of the shard, its standby, and each leader
		f.during("kill -9 of "+p.name, func() {
			p.kill()
			time.Sleep(time.Second)
			p.start()
		})
		f.settled("ferry")
	}
	f.during("kill -9 of etcd's leader", func() {
		for _, e := range f.etcds {
			if e.Leads() {
				e.Kill()
				time.Sleep(2 * time.Second)
				e.Restart()
				break
			}
		}
	})
	f.settled("ferry")

	vote := f.Slash(member, channel, "ask", discordtest.Option{Name: "question", Value: "When did the ferry sink?"}).Reply()
	if got := f.Press(member, channel, vote, vote.Button("👍")).Reply().Text(); !strings.Contains(got, "Your vote is kept") {
		t.Fatalf("a vote is answered by %q", got)
	}
	for _, p := range f.nodes {
		p.kill()
	}
	for _, p := range f.nodes {
		p.start()
	}
	f.settled("ferry")
	if got := f.Slash(operator, channel, "admin feedback").Reply().Text(); !strings.Contains(got, "ferry") {
		t.Errorf("after all were killed, the votes are %q", got)
	}
	f.during("a rolling restart", func() {
		for _, p := range f.nodes {
			p.cmd.Process.Signal(syscall.SIGTERM)
			if err := p.cmd.Wait(); err != nil {
				t.Errorf("%s ended with %v", p.name, err)
			}
			p.start()
			f.settled("ferry")
		}
	})
}

func TestOneIndexForAllNodes(t *testing.T) {
	t.Parallel()
	f := newFleet(t)
	f.store.Put(t, "papers", "docs/tanker.txt", "The tanker\n\nThe tanker sank on 4 May off the coast of Norland.\n")
	began := time.Now()
	f.reindex()
	f.settled("tanker")
	t.Logf("all nodes answer from a new index %v after /admin reindex began", time.Since(began).Round(time.Millisecond))

	// A node that is frozen while it leads is replaced; thawed, it takes up what the
	// others have.
	frozen := f.leader("index-" + index.Format())
	f.during("the leader freezes", func() {
		frozen.cmd.Process.Signal(syscall.SIGSTOP)
		defer frozen.cmd.Process.Signal(syscall.SIGCONT)
		f.eventually("another node leads", func() bool {
			leaders, err := cluster.Leaders(t.Context(), f.space)
			return err == nil && leaders["index-"+index.Format()] != frozen.name && leaders["index-"+index.Format()] != ""
		})
		f.store.Put(t, "papers", "docs/barge.txt", "The barge\n\nThe barge sank on 5 May off the coast of Norland.\n")
		f.reindex()
	})
	f.settled("barge")

	// One that is cut off answers on, says so, and forgets nothing.
	cut := f.nodes[0]
	f.during(cut.name+" is cut off", func() {
		for _, w := range cut.wires {
			w.set(true)
		}
		f.eventually("it knows that it is cut off", func() bool {
			_, metrics := cut.get(cut.health, "/metrics")
			return strings.Contains(metrics, "attache_node_cut_off 1")
		})
		if code, _ := cut.get(cut.health, "/healthz"); code != http.StatusOK || !cut.quotes("When did the barge sink?", "The barge sank") {
			t.Errorf("cut off, it answers nothing: %d", code)
		}
		f.store.Put(t, "papers", "docs/canoe.txt", "The canoe\n\nThe canoe sank on 6 May off the coast of Norland.\n")
		for _, w := range cut.wires {
			w.set(false)
		}
	})
	f.settled("barge")
	f.reindex()
	f.settled("canoe")

	cmd := exec.Command("attache", "cluster", "status", "--json", "--config", filepath.Join(cut.dir, "config.toml"))
	cmd.Env = append(os.Environ(), "AWS_ACCESS_KEY_ID="+blobtest.AccessKey, "AWS_SECRET_ACCESS_KEY="+blobtest.SecretKey)
	out, err := cmd.CombinedOutput()
	var names []string
	for line := range bytes.Lines(out) {
		var n nodeJSON
		if err := json.Unmarshal(line, &n); err == nil {
			names = append(names, n.Name)
		}
	}
	if err != nil || !slices.Equal(names, []string{"node-0", "node-1", "node-2"}) {
		t.Errorf("the status is %v\n%s", err, out)
	}
}

// Whoever makes the index may die behind any of the writes by which it is stored: no half
// index is served, questions are answered, and the next one publishes what is new.
func TestWhoMakesTheIndexIsKilledAtEachStep(t *testing.T) {
	t.Parallel()
	f := newFleet(t)
	boats := []string{"barge", "canoe", "dinghy", "galley", "junk", "kayak", "lugger", "punt", "sloop", "yawl", "trawler", "schooner"}
	every := 5 // of the writes one; ATTACHE_EVERY_WRITE=1 tries them all
	if os.Getenv("ATTACHE_EVERY_WRITE") != "" {
		every = 1
	}
	killed := 0
	for i, boat := range boats {
		n := i * every
		f.store.Put(t, "papers", "docs/"+boat+".txt", fmt.Sprintf("The %s\n\nThe %s sank on %d May off the coast of Norland.\n", boat, boat, i+4))
		dead := make(chan *process, 1)
		writes := 0
		var mu sync.Mutex
		for _, p := range f.nodes {
			p.gate.behindWrites(func() {
				mu.Lock()
				defer mu.Unlock()
				if writes++; writes == n+1 {
					p.cmd.Process.Kill()
					dead <- p
				}
			})
		}
		var victim *process
		f.during(fmt.Sprintf("kill -9 of who makes the index, behind write %d", n+1), func() {
			f.Send(f.Make(operator, channel, 2, f.SlashData(channel, "admin reindex"))) // which may die with it
			select {
			case victim = <-dead:
				victim.cmd.Wait()
				time.Sleep(time.Second)
			case <-time.After(10 * time.Second): // there are fewer writes
			}
		})
		for _, p := range f.nodes {
			p.gate.behindWrites(nil)
		}
		if victim == nil {
			break
		}
		killed++
		victim.start()
		f.reindex()
		f.settled(boat)
	}
	if killed < 2 || killed == len(boats) {
		t.Errorf("%d steps were tried", killed)
	}
}

// Where etcd has no space left, answers go on, and what can't be kept is said.
func TestEtcdIsFull(t *testing.T) {
	t.Parallel()
	f := newFleetOver(t, []string{"--quota-backend-bytes", "8000000"})
	for err := error(nil); !errors.Is(err, etcd.ErrFull); {
		err = f.space.Try(t.Context(), "filling etcd", func(ctx context.Context) error {
			_, err := f.space.Put(ctx, f.space.Key("filler", fmt.Sprint(time.Now().UnixNano())), strings.Repeat("x", 500_000))
			return err
		})
		if err != nil && !errors.Is(err, etcd.ErrFull) && !errors.Is(err, etcd.ErrAway) {
			t.Fatal(err)
		}
	}
	f.during("etcd is full", func() {
		shown := f.Slash(member, channel, "ask", discordtest.Option{Name: "question", Value: "When did the ferry sink?"}).Reply()
		if got := f.Press(member, channel, shown, shown.Button("👍")).Reply().Text(); !strings.Contains(got, "is used up") {
			t.Errorf("a vote is answered by %q", got)
		}
		f.store.Put(t, "papers", "docs/barge.txt", "The barge\n\nThe barge sank on 5 May off the coast of Norland.\n")
		in := f.Send(f.Make(operator, channel, 2, f.SlashData(channel, "admin reindex")))
		f.eventually("/admin reindex is answered", in.Answered)
		if got := in.Reply().Text(); !strings.Contains(got, "is used up") {
			t.Errorf("/admin reindex says %q", got)
		}
	})
	for _, p := range f.nodes {
		if !p.quotes("When did the ferry sink?", "The ferry sank") {
			t.Errorf("%s answers no more", p.name)
		}
	}
}

// nextRelease builds the program with another version of the analysis: neither takes up
// the indexes of the other.
func nextRelease(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("builds the program")
	}
	dir := t.TempDir()
	source, err := filepath.Abs("../index/fingerprint.go")
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(source)
	if err != nil {
		t.Fatal(err)
	}
	version := regexp.MustCompile(`analysisVersion = \d+`)
	if !version.Match(data) {
		t.Fatalf("%s has no version of the analysis", source)
	}
	changed, overlay := filepath.Join(dir, "fingerprint.go"), filepath.Join(dir, "overlay.json")
	replace, err := json.Marshal(map[string]map[string]string{"Replace": {source: changed}})
	if err == nil {
		err = cmp.Or(os.WriteFile(changed, version.ReplaceAll(data, []byte("analysisVersion = 1000")), 0o600), os.WriteFile(overlay, replace, 0o600))
	}
	if err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(dir, "attache")
	build := exec.Command("go", "build", "-trimpath", "-overlay", overlay, "-ldflags", "-s -w", "-o", program, ".") // as releases are built
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("building the next release: %v\n%s", err, out)
	}
	return program
}

// Nodes of a release with another format of the index serve beside those of this one.
func TestRollingUpgradeOverFormats(t *testing.T) {
	t.Parallel()
	next := nextRelease(t)
	f := newFleet(t)
	upgrade := func(p *process) {
		p.cmd.Process.Signal(syscall.SIGTERM)
		if err := p.cmd.Wait(); err != nil {
			t.Errorf("%s ended with %v", p.name, err)
		}
		p.program = next
		p.start()
		f.settled("ferry")
	}
	f.during("the first node is upgraded", func() { upgrade(f.nodes[0]) })
	f.store.Put(t, "papers", "docs/tanker.txt", "The tanker\n\nThe tanker sank on 4 May off the coast of Norland.\n")
	f.during("both formats take in a document", func() {
		f.reindex()
		f.settled("tanker")
	})
	f.during("the others are upgraded", func() {
		upgrade(f.nodes[1])
		upgrade(f.nodes[2])
	})
	f.settled("tanker")
}

// What is away is said in words, answers go on without it, and it is taken up again; a
// node that has long been cut off quotes nothing that may have been removed since.
func TestWhatIsAwayIsSaid(t *testing.T) {
	t.Parallel()
	f := newFleet(t, `stale_after = "1m"`)
	cut := f.nodes[2]
	for _, w := range cut.wires {
		w.set(true)
	}
	f.eventually("the node knows that it is cut off", func() bool {
		_, metrics := cut.get(cut.health, "/metrics")
		return strings.Contains(metrics, "attache_node_cut_off 1")
	})
	f.eventually("the others have the shard", func() bool { return f.connected(2) })
	f.during("the store is away", func() {
		f.store.Stop()
		in := f.Send(f.Make(operator, channel, 2, f.SlashData(channel, "admin reindex")))
		f.eventually("/admin reindex is answered", in.Answered) // by whichever node took it
		if got := in.Reply().Text(); !strings.Contains(got, "the store is away") {
			t.Errorf("without the store, /admin reindex says %q", got)
		}
		f.store.Restart(t)
	})
	f.store.Put(t, "papers", "docs/barge.txt", "The barge\n\nThe barge sank on 5 May off the coast of Norland.\n")
	f.reindex()
	for _, p := range f.nodes[:2] {
		f.eventually(p.name+" answers from what is new", func() bool { return p.quotes("When did the barge sink?", "The barge sank") })
	}

	f.during("the store is slow", func() {
		for _, p := range f.nodes {
			p.gate.slow(time.Second / 2)
		}
		f.store.Put(t, "papers", "docs/canoe.txt", "The canoe\n\nThe canoe sank on 6 May off the coast of Norland.\n")
		f.reindex()
		for _, p := range f.nodes[:2] {
			f.eventually(p.name+" answers from what came slowly", func() bool { return p.quotes("When did the canoe sink?", "The canoe sank") })
		}
		for _, p := range f.nodes {
			p.gate.slow(0)
		}
	})

	f.eventually("the node that is cut off says that it is stale", func() bool {
		code, body := cut.get(cut.health, "/healthz")
		return code != http.StatusOK && strings.Contains(body, "stale_after")
	})
	if cut.quotes("When did the ferry sink?", "The ferry sank") {
		t.Error("a node that can't know what was removed quotes it")
	}
	for _, w := range cut.wires {
		w.set(false)
	}
	f.settled("barge")

	cut.kill()
	if err := os.RemoveAll(filepath.Join(cut.dir, "data")); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	cut.start()
	f.settled("barge")
	t.Logf("a fresh node answers %v after its start", time.Since(began).Round(time.Millisecond))
}

// memory is what a process has in memory that is not a file's, in MiB; 0 where the system
// doesn't say.
func (p *process) memory() float64 {
	data, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	_, rest, _ := strings.Cut(string(data), "RssAnon:")
	var kib float64
	fmt.Sscan(rest, &kib)
	return kib / 1024
}

// alone starts one process without [cluster] over documents of its own.
func alone(t testing.TB) *fleet {
	f := &fleet{t: t, Server: discordtest.New(t)}
	f.IdentifyWindow = 10 * time.Millisecond
	p := &process{f: f, name: "alone", dir: t.TempDir(), api: port(t), health: port(t), program: "attache"}
	config := fmt.Sprintf("[corpus]\npath = %q\n[state]\npath = %q\n[discord]\napi_url = %q\nguilds = [%q]\nadmin_users = [%q]\nuser_per_minute = 0\nserver_per_minute = 0\n[api]\nlisten = %q\nper_minute = 0\n[metrics]\nlisten = %q\n",
		filepath.Join(p.dir, "docs"), filepath.Join(p.dir, "state"), f.URL, channel.Server, operator.ID, p.api, p.health)
	err := errors.Join(os.Mkdir(filepath.Join(p.dir, "docs"), 0o700),
		os.WriteFile(filepath.Join(p.dir, "docs", "ferry.txt"), []byte("The ferry\n\nThe ferry sank on 3 May off the coast of Norland.\n"), 0o600),
		os.WriteFile(filepath.Join(p.dir, "config.toml"), []byte(config), 0o600))
	if err != nil {
		t.Fatal(err)
	}
	f.nodes = []*process{p}
	p.start()
	t.Cleanup(p.kill)
	f.eventually("it answers", func() bool { return p.quotes("When did the ferry sink?", "The ferry sank") && f.Online() > 0 })
	return f
}

// BenchmarkFirstAnswers is how long the first answer takes at fifty questions a second,
// of one process and of three nodes, and the memory of each.
func BenchmarkFirstAnswers(b *testing.B) {
	for _, f := range []struct {
		name string
		make func() *fleet
	}{{"process", func() *fleet { return alone(b) }}, {"nodes", func() *fleet { return newFleet(b) }}} {
		b.Run(f.name, func(b *testing.B) {
			f := f.make()
			for b.Loop() {
				c := f.crowdOf(50)
				time.Sleep(20 * time.Second)
				unanswered, twice, p50, p99 := c.outcome()
				if unanswered+twice > 0 {
					b.Errorf("%d unanswered, %d answered twice", unanswered, twice)
				}
				b.ReportMetric(float64(p50.Microseconds())/1000, "p50-ms")
				b.ReportMetric(float64(p99.Microseconds())/1000, "p99-ms")
				most := 0.0
				for _, p := range f.nodes {
					most = max(most, p.memory())
				}
				b.ReportMetric(most, "MiB/process")
			}
			b.ReportMetric(0, "ns/op")
		})
	}
}

// BenchmarkSwitch is how long it takes from /admin reindex on one node until all answer
// from a new index, of some 150 MiB, and until a fresh node does.
func BenchmarkSwitch(b *testing.B) {
	const documents, size = 72, 3 << 20 // bytes of each
	f := newFleet(b)
	words := strings.Fields("the harbour board minister signed treaty grain river coast storm vessel council border talks export quota tariff pilot bridge winter market price union election envoy summit patrol missile drought canal")
	r := rand.New(rand.NewPCG(7, 7))
	for n := range documents {
		var text strings.Builder
		fmt.Fprintf(&text, "Report %d\n\n", n)
		for text.Len() < size {
			for i := range 16 {
				w := words[r.IntN(len(words))]
				if r.IntN(4) == 0 {
					w = fmt.Sprintf("%s%d", w, r.IntN(5000))
				}
				if i == 0 {
					w = strings.ToUpper(w[:1]) + w[1:]
				}
				text.WriteString(w)
				text.WriteByte(' ')
			}
			text.WriteString("said so.\n\n")
		}
		f.store.Put(b, "papers", fmt.Sprintf("docs/report-%d.txt", n), text.String())
	}
	f.store.Put(b, "papers", "docs/tanker.txt", "The tanker\n\nThe tanker sank on 4 May off the coast of Norland.\n")
	f.reindex()
	f.settled("tanker")
	boats := []string{"barge", "canoe", "dinghy", "galley"}
	for i := 0; b.Loop(); i++ {
		boat := boats[i%len(boats)]
		f.store.Put(b, "papers", "docs/"+boat+".txt", fmt.Sprintf("The %s\n\nThe %s sank on 5 May off the coast of Norland.\n", boat, boat))
		began := time.Now()
		f.reindex()
		f.settled(boat)
		b.ReportMetric(time.Since(began).Seconds(), "s/switch")
		p := f.nodes[2]
		p.kill()
		if err := os.RemoveAll(filepath.Join(p.dir, "data")); err != nil {
			b.Fatal(err)
		}
		began = time.Now()
		p.start()
		f.eventually("a fresh node answers", func() bool { return p.quotes("When did the "+boat+" sink?", "The "+boat+" sank") })
		b.ReportMetric(time.Since(began).Seconds(), "s/fresh")
		b.ReportMetric(float64(folderSize(filepath.Join(p.dir, "data")))/(1<<20), "MiB/index")
		f.settled(boat)
	}
	b.ReportMetric(0, "ns/op")
}

// folderSize is the bytes of the files below a folder.
func folderSize(dir string) (n int64) {
	filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			if info, err := d.Info(); err == nil {
				n += info.Size()
			}
		}
		return nil
	})
	return n
}
