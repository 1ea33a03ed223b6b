//go:build unix

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
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
	t     *testing.T
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
	cmd         *exec.Cmd
	out         discordtest.Output
}

// wire lets connections through to an address until it is cut.
type wire struct {
	net.Listener
	to string

	mu    sync.Mutex
	cut   bool
	conns map[net.Conn]bool
}

func newWire(t *testing.T, to string) *wire {
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

func port(t *testing.T) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Skipf("there is no port to be had: %v", err)
	}
	defer l.Close()
	return l.Addr().String()
}

// newFleet starts all of it, with more keys of [cluster], and waits until it answers.
func newFleet(t *testing.T, keys ...string) *fleet {
	t.Helper()
	if testing.Short() {
		t.Skip("starts three servers of etcd and three nodes")
	}
	f := &fleet{t: t, etcds: etcdtest.Start(t, 3), store: blobtest.Start(t, "papers"), Server: discordtest.New(t)}
	f.space = etcdtest.Space(t, f.etcds...)
	f.IdentifyWindow = 10 * time.Millisecond
	f.store.Put(t, "papers", "docs/ferry.txt", "The ferry\n\nThe ferry sank on 3 May off the coast of Norland.\n")
	for i := range 3 {
		p := &process{f: f, name: fmt.Sprint("node-", i), dir: t.TempDir(), api: port(t), health: port(t)}
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
`, f.store.Endpoint, strings.Join(endpoints, ", "), p.name, strings.Join(keys, "\n"), f.URL, channel.Server, operator.ID, p.api, p.health)
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
	p.cmd = exec.Command("attache", "serve", "--config", filepath.Join(p.dir, "config.toml"))
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

func (f *fleet) crowd() *crowd {
	ctx, stop := context.WithCancel(context.Background())
	c := &crowd{f: f, stop: stop, done: make(chan struct{})}
	data := f.SlashData(channel, "ask", discordtest.Option{Name: "question", Value: "When did the ferry sink?"})
	go func() {
		defer close(c.done)
		tick := time.NewTicker(time.Second / 20)
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
		return !strings.Contains(f.Slash(operator, channel, "admin reindex").Reply().Text(), "already")
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
