// Package etcdtest starts etcd servers for tests, each in a process of its own:
// the real program, built from the module that go.mod names.
package etcdtest

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"example.org/attache/bot/etcd"
)

// program is where the built program lies: in Go's own cache, so that it is built
// once for all tests.
var program = sync.OnceValues(func() (string, error) {
	build := exec.Command("go", "tool", "-n", "go.etcd.io/etcd/server/v3")
	build.Stderr = new(strings.Builder)
	out, err := build.Output()
	if err != nil {
		return "", fmt.Errorf("building etcd: %w\n%s", err, build.Stderr)
	}
	return strings.TrimSpace(string(out)), nil
})

// Server is one etcd server.
type Server struct {
	t    testing.TB
	args []string
	cmd  *exec.Cmd
	log  string

	Address string // where clients reach it
}

// Start starts n servers that are one cluster, and waits until it answers. More
// are flags of etcd. They end with the test.
func Start(t testing.TB, n int, more ...string) []*Server {
	t.Helper()
	if testing.Short() {
		t.Skip("it builds and starts etcd")
	}
	name, err := program()
	if err != nil {
		t.Fatal(err)
	}
	var servers []*Server
	var members []string
	dir := t.TempDir()
	for i := range n {
		peer, client := address(t), address(t)
		id := fmt.Sprint("s", i)
		members = append(members, id+"="+peer)
		servers = append(servers, &Server{t: t, Address: client, log: filepath.Join(dir, id+".log"), args: append([]string{name,
			"--name", id, "--data-dir", filepath.Join(dir, id), "--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer,
			"--listen-client-urls", client, "--advertise-client-urls", client, "--log-level", "warn"}, more...)})
	}
	for _, s := range servers {
		s.args = append(s.args, "--initial-cluster", strings.Join(members, ","), "--initial-cluster-state", "new")
		s.Restart()
		t.Cleanup(s.Kill)
	}
	space := Space(t, servers...)
	for deadline := time.Now().Add(time.Minute); ; {
		err := space.Try(t.Context(), "waiting for etcd", func(ctx context.Context) error {
			_, err := space.Get(ctx, "/")
			return err
		})
		if err == nil {
			return servers
		}
		if time.Now().After(deadline) {
			data, _ := os.ReadFile(servers[0].log)
			t.Fatalf("%v; the first server says\n%s", err, data)
		}
	}
}

// address is a free one on this machine.
func address(t testing.TB) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Skipf("there is no port to be had: %v", err)
	}
	defer l.Close()
	return "http://" + l.Addr().String()
}

// Addresses returns where clients reach some servers.
func Addresses(servers ...*Server) (all []string) {
	for _, s := range servers {
		all = append(all, s.Address)
	}
	return all
}

// Space returns the keys of a cluster in the servers, until the test ends.
func Space(t testing.TB, servers ...*Server) *etcd.Space {
	t.Helper()
	s, err := etcd.Open(etcd.Config{Endpoints: Addresses(servers...), Prefix: "/test/"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// Restart starts a server that does not run, with the data it had.
func (s *Server) Restart() {
	s.t.Helper()
	out, err := os.OpenFile(s.log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		s.t.Fatal(err)
	}
	defer out.Close()
	s.cmd = exec.Command(s.args[0], s.args[1:]...)
	s.cmd.Stdout, s.cmd.Stderr = out, out
	if err := s.cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
}

// Kill ends a server at once, as kill -9 does.
func (s *Server) Kill() {
	s.cmd.Process.Kill()
	s.cmd.Wait()
}

// Leads reports whether a server is the leader of its cluster.
func (s *Server) Leads() bool {
	space, err := etcd.Open(etcd.Config{Endpoints: []string{s.Address}})
	if err != nil {
		return false
	}
	defer space.Close()
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	status, err := space.Status(ctx, s.Address)
	return err == nil && status.Leader == status.Header.MemberId
}
