package health

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"example.org/attache/corpus"
	"example.org/attache/index"
)

func get(t *testing.T, url string) (int, string) {
	t.Helper()
	resp, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(body)
}

func TestHealthAndMetrics(t *testing.T) {
	var ix *index.Index
	m := New(func() *index.Index { return ix })
	s := httptest.NewServer(m.Handler())
	defer s.Close()
	if code, body := get(t, s.URL+"/healthz"); code != 503 || !strings.Contains(body, "first time") {
		t.Errorf("without an index: %d %s", code, body)
	}

	dir := t.TempDir()
	if _, err := index.Build(t.Context(), dir, corpus.Builtin(), index.Options{}); err != nil {
		t.Fatal(err)
	}
	var err error
	if ix, err = index.Open(dir); err != nil {
		t.Fatal(err)
	}
	if code, body := get(t, s.URL+"/healthz"); code != 200 || body != "ok\n" {
		t.Errorf("with an index: %d %s", code, body)
	}
	var ill error
	m.Add(prometheus.NewGauge(prometheus.GaugeOpts{Name: "a_part"}), func() error { return ill })
	if code, body := get(t, s.URL+"/healthz"); code != 200 || body != "ok\n" {
		t.Errorf("with a part that is well: %d %s", code, body)
	}
	ill = errors.New("no connection")
	if code, body := get(t, s.URL+"/healthz"); code != 503 || body != "no connection\n" {
		t.Errorf("with a part that is ill: %d %s", code, body)
	}
	m.Observe("ask", 3*time.Millisecond, false)
	m.Observe("ask", time.Second, true)
	_, body := get(t, s.URL+"/metrics")
	for _, want := range []string{"attache_documents 3\n", `attache_command_seconds_count{command="ask"} 2`, `attache_command_failures_total{command="ask"} 1`, "go_goroutines", "a_part 0\n"} {
		if !strings.Contains(body, want) {
			t.Errorf("no %q in the metrics", want)
		}
	}
	ix.Close()
	if code, _ := get(t, s.URL+"/healthz"); code != 503 {
		t.Errorf("with a closed index: %d", code)
	}
}

func TestServeEndsWithItsContext(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- New(func() *index.Index { return nil }).serve(ctx, l) }()
	get(t, "http://"+l.Addr().String()+"/metrics")
	if err := New(nil).Serve(ctx, l.Addr().String()); err == nil || !strings.Contains(err.Error(), "metrics.listen") {
		t.Errorf("a second listener: %v", err)
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}
