package follow

import (
	"errors"

	"github.com/prometheus/client_golang/prometheus"
)

// counts is what a Service reports to Prometheus. Nothing in it names a person, a
// server or what is followed.
type counts struct {
	notices  *prometheus.CounterVec
	matching prometheus.Histogram
}

func newCounts() *counts {
	return &counts{
		notices: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "attache_follow_notices_total",
			Help: "Notices to followers, by what came of them."}, []string{"outcome"}),
		matching: prometheus.NewHistogram(prometheus.HistogramOpts{Name: "attache_follow_matching_seconds",
			Help: "How long it took to match what is new with all that is followed.", Buckets: []float64{.01, .05, .1, .5, 1, 2, 5, 15, 60}}),
	}
}

// sent counts a notice.
func (c *counts) sent(err error) {
	outcome := "failed"
	switch {
	case err == nil:
		outcome = "sent"
	case errors.Is(err, ErrOver):
		outcome = "over"
	case errors.Is(err, ErrRefused):
		outcome = "refused"
	}
	c.notices.WithLabelValues(outcome).Inc()
}

var follows = prometheus.NewDesc("attache_follows", "What people and channels follow.", nil, nil)

// Describe and Collect make a Service something that Prometheus collects.
func (s *Service) Describe(out chan<- *prometheus.Desc) {
	s.begin()
	s.counts.notices.Describe(out)
	s.counts.matching.Describe(out)
	out <- follows
}

// Collect hands over what is counted.
func (s *Service) Collect(out chan<- prometheus.Metric) {
	s.begin()
	s.counts.notices.Collect(out)
	s.counts.matching.Collect(out)
	if all, err := s.Book.All(); err == nil {
		out <- prometheus.MustNewConstMetric(follows, prometheus.GaugeValue, float64(len(all)))
	}
}
