package etcd_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"example.org/attache/bot/etcd"
	"example.org/attache/bot/etcd/etcdtest"
)

func put(s *etcd.Space, key, value string) error {
	return s.Try(context.Background(), "writing "+key, func(ctx context.Context) error {
		_, err := s.Put(ctx, s.Key(key), value)
		return err
	})
}

func TestWritesGoOnWhenTheLeaderDies(t *testing.T) {
	servers := etcdtest.Start(t, 3)
	space := etcdtest.Space(t, servers...)
	if err := put(space, "a", "1"); err != nil {
		t.Fatal(err)
	}
	for _, s := range servers {
		if s.Leads() {
			s.Kill()
			break
		}
	}
	began := time.Now()
	if err := put(space, "b", "2"); err != nil {
		t.Errorf("after the death of the leader: %v", err)
	}
	t.Logf("written %v after the death of the leader", time.Since(began).Round(time.Millisecond))
	for _, s := range servers {
		s.Kill()
	}
	began = time.Now()
	err := put(space, "c", "3")
	if !errors.Is(err, etcd.ErrAway) || !strings.Contains(err.Error(), "writing c") {
		t.Errorf("without servers: %v", err)
	}
	if took := time.Since(began); took > 4*etcd.Patience {
		t.Errorf("that was known after %v", took)
	}
}

func TestFullIsSaid(t *testing.T) {
	space := etcdtest.Space(t, etcdtest.Start(t, 1, "--quota-backend-bytes", "1000000")...)
	var err error
	for began := time.Now(); err == nil && time.Since(began) < time.Minute; {
		err = put(space, "big", strings.Repeat("x", 100_000))
	}
	if !errors.Is(err, etcd.ErrFull) {
		t.Errorf("got %v", err)
	}
}

func TestFilesThatAreNoCertificatesAreSaid(t *testing.T) {
	file := filepath.Join(t.TempDir(), "ca.pem")
	os.WriteFile(file, []byte("nothing"), 0o600)
	for key, c := range map[string]etcd.Config{
		"cluster.ca_file":   {CAFile: file},
		"cluster.cert_file": {CertFile: file, KeyFile: file},
	} {
		c.Endpoints = []string{"https://127.0.0.1:1"}
		if _, err := etcd.Open(c); err == nil || !strings.Contains(err.Error(), key) {
			t.Errorf("%s: %v", key, err)
		}
	}
}
