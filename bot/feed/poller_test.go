package feed

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"example.org/attache/bot/fetch"
	"example.org/attache/bot/state"
)

// clockwork is a web without a network, which notes when it is asked.
type clockwork struct {
	mu    sync.Mutex
	began time.Time
	asked map[string][]time.Duration
	down  bool
}

func (*clockwork) Allows(string) bool { return true }

func (c *clockwork) Robots(context.Context, string) (fetch.Response, error) {
	return fetch.Response{}, &fetch.StatusError{Code: 404, Status: "404 Not Found"}
}

func (c *clockwork) Fetch(_ context.Context, r fetch.Request) (fetch.Response, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.asked[r.Address] = append(c.asked[r.Address], time.Since(c.began))
	if c.down {
		return fetch.Response{}, errors.New("no route to host")
	}
	return fetch.Response{File: fetch.File{Data: []byte(`<rss version="2.0"><channel><title>x</title></channel></rss>`)}, Address: r.Address}, nil
}

// hours are the times of requests, to the nearest hour.
func (c *clockwork) hours(address string) (all []int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, d := range c.asked[address] {
		all = append(all, int(d.Round(time.Hour)/time.Hour))
	}
	return all
}

func TestSourcesAreAskedWhenTheyAreDue(t *testing.T) {
	corpus, store := t.TempDir(), t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		s, err := state.Open(store, time.Hour)
		if err != nil {
			t.Fatal(err)
		}
		web := &clockwork{began: time.Now(), asked: map[string][]time.Duration{}}
		feeds := []Feed{{Name: "often", Address: "https://a.example/feed", Every: time.Hour}, {Name: "seldom", Address: "https://b.example/feed", Every: 10 * time.Hour}}
		run := func(until time.Duration) {
			ctx, stop := context.WithTimeout(t.Context(), until-time.Since(web.began))
			defer stop()
			New(feeds, Options{Web: web, Store: s, Corpus: corpus, Log: slog.New(slog.DiscardHandler)}).Run(ctx)
		}
		run(3*time.Hour + 30*time.Minute)
		if often, seldom := web.hours(feeds[0].Address), web.hours(feeds[1].Address); !slices.Equal(often, []int{0, 1, 2, 3}) || !slices.Equal(seldom, []int{0}) {
			t.Errorf("asked at %v and %v", often, seldom)
		}
		exact := web.asked[feeds[0].Address]
		if a, b := exact[2]-exact[1], exact[3]-exact[2]; a == b {
			t.Errorf("asked after just %v again and again, as all others would", a)
		}
		// A restart asks nothing before its time.
		run(3*time.Hour + 40*time.Minute)
		if n := len(web.hours(feeds[1].Address)); n != 1 {
			t.Errorf("a restart asked %d times", n)
		}
		// One that fails is asked less and less often, up to a day.
		web.down, web.began, web.asked = true, time.Now(), map[string][]time.Duration{}
		run(120 * time.Hour)
		if n := len(web.hours(feeds[0].Address)); n < 6 || n > 11 {
			t.Errorf("a source that failed for five days was asked %d times", n)
		}
	})
}

// Of two processes over one state only one reads a source at a time, and neither
// reads again what the other has just read.
func TestTwoProcessesDoNotReadASourceTwice(t *testing.T) {
	corpus, dir := t.TempDir(), t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		web := &clockwork{began: time.Now(), asked: map[string][]time.Duration{}}
		f := Feed{Name: "often", Address: "https://a.example/feed", Every: time.Hour}
		ctx, stop := context.WithTimeout(t.Context(), 3*time.Hour+30*time.Minute)
		defer stop()
		var running sync.WaitGroup
		for range 2 {
			s, err := state.Open(dir, time.Hour)
			if err != nil {
				t.Fatal(err)
			}
			p := New([]Feed{f}, Options{Web: web, Store: s, Corpus: corpus, Log: slog.New(slog.DiscardHandler), Lock: s.Lock})
			running.Go(func() { p.Run(ctx) })
		}
		running.Wait()
		if got := web.hours(f.Address); !slices.Equal(got, []int{0, 1, 2, 3}) {
			t.Errorf("asked at %v", got)
		}
	})
}

func TestAHostIsAskedOneThingAtATime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		web := &clockwork{began: time.Now(), asked: map[string][]time.Duration{}}
		p := newPolite(web, time.Second)
		var asking sync.WaitGroup
		for range 5 {
			asking.Go(func() {
				if _, err := p.fetch(t.Context(), fetch.Request{Address: "https://a.example/x"}); err != nil {
					t.Error(err)
				}
			})
		}
		asking.Wait()
		asked := web.asked["https://a.example/x"]
		slices.Sort(asked)
		if want := []time.Duration{time.Second, 2 * time.Second, 3 * time.Second, 4 * time.Second, 5 * time.Second}; !slices.Equal(asked, want) { // its robots.txt comes first
			t.Errorf("asked at %v", asked)
		}
	})
}

func TestFeedsAreMeasured(t *testing.T) {
	s := newSite(t)
	s.put("/good", page{text: rss([4]string{"/1", "Good", "03", "The office of the governor confirmed the date of the summit in a short note."})})
	d := newDesk(t, s, Feed{Name: "bad", Address: "/bad"}, Feed{Name: "good", Address: "/good"})
	d.Once(t.Context())
	s.put("/good", page{text: rss([4]string{"/1", "Good", "03", "The office of the governor put off the date of the summit in a short note."})})
	d.Once(t.Context())
	all := prometheus.NewRegistry()
	all.MustRegister(d.Poller)
	families, err := all.Gather()
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]float64{}
	for _, f := range families {
		for _, m := range f.GetMetric() {
			got[f.GetName()+" "+m.GetLabel()[0].GetValue()] = m.GetCounter().GetValue() + m.GetGauge().GetValue()
		}
	}
	success := got["attache_feed_success_seconds good"]
	delete(got, "attache_feed_success_seconds good")
	want := map[string]float64{"attache_feed_documents_total good": 1, "attache_feed_changes_total good": 1, "attache_feed_failures_total good": 0,
		"attache_feed_documents_total bad": 0, "attache_feed_changes_total bad": 0, "attache_feed_failures_total bad": 2}
	if !maps.Equal(got, want) || success < float64(time.Now().Add(-time.Hour).Unix()) {
		t.Errorf("measured are %v, the last success %v", got, success)
	}
}
