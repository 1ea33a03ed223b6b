package discord

import (
	"errors"
	"fmt"
	"strconv"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"example.org/attache/bot/command"
)

// counts is what a front reports to Prometheus. Nothing in it names a
// person, a server or what was asked.
type counts struct {
	uses      *prometheus.CounterVec   // by command and outcome
	first     *prometheus.HistogramVec // by kind of interaction
	deferrals prometheus.Counter
	wanted    prometheus.Gauge
	connected prometheus.GaugeFunc
	beats     *prometheus.GaugeVec   // by shard
	sessions  *prometheus.CounterVec // by how they began
	ended     *prometheus.CounterVec // by reason
	refusals  *prometheus.CounterVec // by status
}

func newCounts(r *reach) *counts {
	counter := func(name, help string, labels ...string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Name: "attache_discord_" + name, Help: help}, labels)
	}
	gauge := func(name, help string) prometheus.GaugeOpts {
		return prometheus.GaugeOpts{Name: "attache_discord_" + name, Help: help}
	}
	return &counts{
		uses: counter("uses_total", "What people did, by command or action and by what came of it.", "command", "outcome"),
		first: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "attache_discord_first_answer_seconds",
			Help:    "How long interactions waited for their first answer, from when the bot was told of them to when Discord had it.",
			Buckets: []float64{.005, .01, .025, .05, .1, .25, .5, .75, 1, 1.5, 2, 2.5, 3}}, []string{"kind"}),
		deferrals: prometheus.NewCounter(prometheus.CounterOpts{Name: "attache_discord_deferrals_total", Help: "First answers that only said that the bot is at work."}),
		wanted:    prometheus.NewGauge(gauge("shards", "Connections to the gateway that the bot holds when all is well.")),
		connected: prometheus.NewGaugeFunc(gauge("shards_connected", "Connections to the gateway that stand."), r.count),
		beats:     prometheus.NewGaugeVec(gauge("heartbeat_seconds", "How long the gateway took to answer the last heartbeat."), []string{"shard"}),
		sessions:  counter("sessions_total", "Sessions at the gateway that were begun: by an identify, of which Discord allows 1,000 a day, or a resume.", "by"),
		ended:     counter("disconnects_total", "Connections to the gateway that ended.", "reason"),
		refusals:  counter("refusals_total", "REST requests that Discord answered with an error.", "status"),
	}
}

func (c *counts) all() []prometheus.Collector {
	return []prometheus.Collector{c.uses, c.first, c.deferrals, c.wanted, c.connected, c.beats, c.sessions, c.ended, c.refusals}
}

// Describe and Collect make a Front something that Prometheus collects.
func (f *Front) Describe(out chan<- *prometheus.Desc) {
	for _, c := range f.counts.all() {
		c.Describe(out)
	}
}

// Collect hands over what is counted.
func (f *Front) Collect(out chan<- prometheus.Metric) {
	for _, c := range f.counts.all() {
		c.Collect(out)
	}
}

// The outcomes of what people do.
const (
	outcomeDone    = "done"    // a reply was shown
	outcomeRefused = "refused" // a reply was shown that says why it can't be done
	outcomeBroken  = "broken"  // an apology was shown
	outcomeLimited = "limited" // it was too much at once
	outcomeLost    = "lost"    // no reply could be shown
)

// outcome is what came of something: its reply, and whether that was shown.
func outcome(r command.Reply, err error) string {
	switch {
	case err != nil:
		return outcomeLost
	case r.Err != nil:
		return outcomeBroken
	case r.Failed:
		return outcomeRefused
	}
	return outcomeDone
}

// use counts one use of a command or of an action; one that is not known by its
// name, which anybody may have made up, counts without it.
func (c *counts) use(name, outcome string) {
	if name == "" {
		name = "unknown"
	}
	c.uses.WithLabelValues(name, outcome).Inc()
}

// refused counts a request that Discord answered with an error.
func (c *counts) refused(err error) {
	var p *problem
	if errors.As(err, &p) && p.status > 0 {
		c.refusals.WithLabelValues(strconv.Itoa(p.status)).Inc()
	}
}

// reach knows whether Discord can reach the bot.
type reach struct {
	mu    sync.Mutex
	up    int       // connections to the gateway that stand
	since time.Time // when the last one ended, or the front began
}

func (r *reach) begin(now time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.since = now
}

// change counts a connection that was opened, or one that ended.
func (r *reach) change(by int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.up += by; r.up == 0 {
		r.since = time.Now()
	}
}

// connected notes that a shard is connected, or no longer.
func (f *Front) connected(shard int, is bool) {
	by := 1
	if !is {
		by = -1
	}
	f.reach.change(by)
	if f.Duties != nil {
		f.Duties.Connected(shard, is)
	}
}

// count returns how many connections are open.
func (r *reach) count() float64 {
	r.mu.Lock()
	defer r.mu.Unlock()
	return float64(r.up)
}

// Health is why the bot is not reached from Discord, for some minutes already;
// nil when it is, or was until just now.
func (f *Front) Health() error {
	f.reach.mu.Lock()
	defer f.reach.mu.Unlock()
	gone := time.Since(f.reach.since).Round(time.Second)
	switch {
	case f.reach.since.IsZero(), gone < f.pace.missing:
		return nil
	case f.Listen != "" && f.appID() == "":
		return fmt.Errorf("no word from Discord on who the bot is for %v", gone)
	case f.Listen == "" && f.reach.up == 0 && f.hasShards():
		return fmt.Errorf("no connection to Discord for %v", gone)
	}
	return nil
}

// hasShards reports whether this process is to be connected to the gateway.
func (f *Front) hasShards() bool {
	if f.Duties == nil {
		return true
	}
	for shard := range int(f.shards.Load()) {
		if f.Duties.Holds(shard) {
			return true
		}
	}
	return false
}
