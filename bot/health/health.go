// Package health tells those who run the bot how it does: /healthz for
// supervisors, /metrics for Prometheus.
//
// Neither says anything about people or what they asked; both are meant for a
// private address.
package health

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"example.org/attache/index"
)

// Monitor counts what the bot does.
type Monitor struct {
	index    func() *index.Index // nil while there is none
	registry *prometheus.Registry
	took     *prometheus.HistogramVec
	failed   *prometheus.CounterVec
	checks   []func() error
}

// New returns a Monitor of a bot that answers from the given index.
func New(ix func() *index.Index) *Monitor {
	m := &Monitor{
		index:    ix,
		registry: prometheus.NewRegistry(),
		took: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "attache_command_seconds", Help: "How long commands took.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 15, 60},
		}, []string{"command"}),
		failed: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "attache_command_failures_total", Help: "Commands that could not be done.",
		}, []string{"command"}),
	}
	m.registry.MustRegister(m.took, m.failed, holdings{ix}, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Add lets a part of the bot be seen: what it collects, and what is wrong with
// it, which may be nil. It is called before the Monitor serves.
func (m *Monitor) Add(c prometheus.Collector, check func() error) {
	m.registry.MustRegister(c)
	if check != nil {
		m.checks = append(m.checks, check)
	}
}

// Observe counts one use of a command.
func (m *Monitor) Observe(command string, took time.Duration, failed bool) {
	m.took.WithLabelValues(command).Observe(took.Seconds())
	if failed {
		m.failed.WithLabelValues(command).Inc()
	}
}

// Serve answers on the address listen until ctx is done.
func (m *Monitor) Serve(ctx context.Context, listen string) error {
	l, err := net.Listen("tcp", listen)
	if err != nil {
		return fmt.Errorf("listening for health and metrics (metrics.listen): %w", err)
	}
	return m.serve(ctx, l)
}

func (m *Monitor) serve(ctx context.Context, l net.Listener) error {
	s := &http.Server{Handler: m.Handler(), ReadHeaderTimeout: 5 * time.Second}
	stopped := context.AfterFunc(ctx, func() { s.Close() })
	defer stopped()
	if err := s.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serving health and metrics: %w", err)
	}
	return nil
}

// Handler answers /healthz and /metrics.
func (m *Monitor) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{}))
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		for _, check := range m.checks {
			if err := check(); err != nil {
				http.Error(w, err.Error(), http.StatusServiceUnavailable)
				return
			}
		}
		ix := m.index()
		if ix == nil {
			http.Error(w, "the documents are being read for the first time", http.StatusServiceUnavailable)
			return
		}
		if _, err := ix.Stats(); err != nil {
			http.Error(w, "the index does not answer", http.StatusServiceUnavailable)
			return
		}
		fmt.Fprintln(w, "ok")
	})
	return mux
}

// holdings collects what the index holds at the moment it is asked.
type holdings struct{ index func() *index.Index }

var (
	documents  = prometheus.NewDesc("attache_documents", "Documents in the index.", nil, nil)
	quotations = prometheus.NewDesc("attache_quotations", "Direct quotations in the index.", nil, nil)
	statements = prometheus.NewDesc("attache_statements", "Statements of all kinds in the index.", nil, nil)
	people     = prometheus.NewDesc("attache_people", "People in the index.", nil, nil)
	size       = prometheus.NewDesc("attache_index_bytes", "Size of the index on the disk.", nil, nil)
	built      = prometheus.NewDesc("attache_index_built_seconds", "When the index was built, in Unix time.", nil, nil)
)

func (h holdings) Describe(c chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{documents, quotations, people, size, built} {
		c <- d
	}
}

func (h holdings) Collect(c chan<- prometheus.Metric) {
	ix := h.index()
	if ix == nil {
		return
	}
	s, err := ix.Stats()
	if err != nil {
		return
	}
	for d, v := range map[*prometheus.Desc]float64{
		documents: float64(s.Documents), quotations: float64(s.Quotations), statements: float64(s.Statements), people: float64(s.People),
		size: float64(s.Bytes), built: float64(s.Built.Unix()),
	} {
		c <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v)
	}
}
