// Package blobtest gives tests a real store that speaks S3: VersityGW over a
// temporary folder. It runs in a process of its own, which is the test's own
// program started once more.
package blobtest

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
	"github.com/versity/versitygw/backend/meta"
	"github.com/versity/versitygw/backend/posix"
	"github.com/versity/versitygw/embedgw"
)

// The keys and the region of a test's store.
const (
	AccessKey = "attache-test"
	SecretKey = "attache-test-secret"
	Region    = "us-east-1"
)

// Environment variables that make the program the store, and that say where it keeps what it holds and
// where it listens.
const (
	folderVariable = "ATTACHE_TEST_STORE_FOLDER"
	listenVariable = "ATTACHE_TEST_STORE_LISTEN"
	healthPath     = "/health"
)

// Serve runs the store and ends the process where [Start] has started the process;
// otherwise it does nothing. Call it first in the TestMain of a package that uses Start.
func Serve() {
	dir := os.Getenv(folderVariable)
	if dir == "" {
		return
	}
	if err := serve(dir, os.Getenv(listenVariable)); err != nil {
		fmt.Fprintln(os.Stderr, "the test's store:", err)
		os.Exit(1)
	}
	os.Exit(0)
}

// serve is the store, until its standard input ends: it never outlives the test.
func serve(dir, listen string) error {
	objects, sidecars := filepath.Join(dir, "objects"), filepath.Join(dir, "sidecars")
	for _, d := range []string{objects, sidecars} {
		if err := os.MkdirAll(d, 0o700); err != nil {
			return err
		}
	}
	ctx, stop := context.WithCancel(context.Background())
	go func() {
		io.Copy(io.Discard, os.Stdin)
		stop()
	}()
	described, err := meta.NewSideCar(sidecars)
	if err != nil {
		return err
	}
	store, err := posix.New(objects, described, posix.PosixOpts{SideCarDir: sidecars, Concurrency: 100})
	if err != nil {
		return err
	}
	return embedgw.RunVersityGW(ctx, store, &embedgw.Config{RootUserAccess: AccessKey, RootUserSecret: SecretKey, Region: Region,
		Ports: []string{listen}, MaxConnections: 1000, MaxRequests: 1000, MultipartMaxParts: 10000, Quiet: true, KeepAlive: true, HealthPath: healthPath})
}

// Server is a store.
type Server struct {
	Endpoint string // http://127.0.0.1:PORT
	dir      string
	cmd      *exec.Cmd
	input    io.Closer
}

// Start starts a store with empty buckets of the given names. It ends with the test.
func Start(t testing.TB, buckets ...string) *Server {
	t.Helper()
	s := &Server{dir: t.TempDir()}
	for range 5 { // the port may be taken between looking and listening
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Skipf("no port can be had on this machine: %v", err)
		}
		s.Endpoint = "http://" + l.Addr().String()
		l.Close()
		if err = s.run(); err == nil {
			break
		}
		t.Logf("starting the store: %v", err)
	}
	if s.cmd == nil {
		t.Fatal("the store does not start")
	}
	t.Cleanup(s.Stop)
	for _, b := range buckets {
		if err := s.client(t).MakeBucket(t.Context(), b, minio.MakeBucketOptions{Region: Region}); err != nil {
			t.Fatalf("making a bucket: %v", err)
		}
	}
	return s
}

// run starts the process and waits until it answers.
func (s *Server) run() error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), folderVariable+"="+s.dir, listenVariable+"="+strings.TrimPrefix(s.Endpoint, "http://"))
	cmd.Stderr = os.Stderr
	input, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	deadline := time.After(time.Minute)
	for {
		select {
		case err := <-ended:
			return fmt.Errorf("it ended: %v", err)
		case <-deadline:
			cmd.Process.Kill()
			return fmt.Errorf("it does not answer at %s", s.Endpoint)
		case <-time.After(20 * time.Millisecond):
		}
		if r, err := http.Get(s.Endpoint + healthPath); err == nil {
			r.Body.Close()
			if r.StatusCode == http.StatusOK {
				s.cmd, s.input = cmd, input
				return nil
			}
		}
	}
}

// Stop kills the store; what it holds stays.
func (s *Server) Stop() {
	if s.cmd != nil {
		s.cmd.Process.Kill()
		s.input.Close()
		s.cmd = nil
	}
}

// Restart starts a stopped store where it was.
func (s *Server) Restart(t testing.TB) {
	t.Helper()
	if err := s.run(); err != nil {
		t.Fatalf("starting the store again: %v", err)
	}
}

// Env is an environment with the keys of the store.
func (s *Server) Env(name string) string {
	return map[string]string{"AWS_ACCESS_KEY_ID": AccessKey, "AWS_SECRET_ACCESS_KEY": SecretKey}[name]
}

func (s *Server) client(t testing.TB) *minio.Client {
	t.Helper()
	c, err := minio.New(strings.TrimPrefix(s.Endpoint, "http://"), &minio.Options{Creds: credentials.NewStaticV4(AccessKey, SecretKey, ""), Region: Region, BucketLookup: minio.BucketLookupPath})
	if err != nil {
		t.Fatalf("preparing to use the store: %v", err)
	}
	return c
}

// Put makes an object.
func (s *Server) Put(t testing.TB, bucket, name, content string) {
	t.Helper()
	if _, err := s.client(t).PutObject(t.Context(), bucket, name, strings.NewReader(content), int64(len(content)), minio.PutObjectOptions{}); err != nil {
		t.Fatalf("writing %s: %v", name, err)
	}
}

// Get returns the content of an object.
func (s *Server) Get(t testing.TB, bucket, name string) string {
	t.Helper()
	o, err := s.client(t).GetObject(t.Context(), bucket, name, minio.GetObjectOptions{})
	if err != nil {
		t.Fatalf("reading %s: %v", name, err)
	}
	defer o.Close()
	data, err := io.ReadAll(o)
	if err != nil {
		t.Fatalf("reading %s: %v", name, err)
	}
	return string(data)
}

// Remove removes an object.
func (s *Server) Remove(t testing.TB, bucket, name string) {
	t.Helper()
	if err := s.client(t).RemoveObject(t.Context(), bucket, name, minio.RemoveObjectOptions{}); err != nil {
		t.Fatalf("removing %s: %v", name, err)
	}
}

// Names lists the objects of a bucket whose names begin with prefix, with their
// sizes.
func (s *Server) Names(t testing.TB, bucket, prefix string) map[string]int64 {
	t.Helper()
	names := map[string]int64{}
	for o := range s.client(t).ListObjectsIter(t.Context(), bucket, minio.ListObjectsOptions{Prefix: prefix, Recursive: true}) {
		if o.Err != nil {
			t.Fatalf("listing %s: %v", bucket, o.Err)
		}
		names[o.Key] = o.Size
	}
	return names
}
