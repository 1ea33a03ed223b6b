// Package etcd reaches the etcd servers through which the nodes of a cluster agree.
//
// A [Space] is the part of their keys that belongs to one cluster. Whatever is
// done in it ends within [Patience], and an error reports whether the servers were
// away or full, so that who asked can be told what to do.
package etcd

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"

	"go.etcd.io/etcd/api/v3/v3rpc/rpctypes"
	clientv3 "go.etcd.io/etcd/client/v3"
	"go.uber.org/zap"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/grpclog"
	"google.golang.org/grpc/status"
)

// Config says how the servers are reached.
type Config struct {
	Endpoints         []string // their addresses, as https://etcd1.example.org:2379
	CAFile            string   // a PEM file with the authorities that sign their certificates; empty: the system's
	CertFile, KeyFile string   // PEM files with what this program shows them; empty: nothing
	User, Password    string   // empty: without
	Prefix            string   // of all keys
}

// Patience is how long one operation may take, all tries together. The servers
// choose a new leader in less.
const Patience = 5 * time.Second

// Why something could not be done.
var (
	ErrAway = errors.New("etcd can't be reached")
	ErrFull = errors.New("etcd takes no more data: its space is used up (see etcdctl alarm list)")
)

// ErrNotLeader means that something was not written because another process may lead
// by now.
var ErrNotLeader = errors.New("this node does not lead any more")

// Space is the keys below a prefix. It may be used by many at once.
type Space struct {
	*clientv3.Client
	prefix string
}

// Open returns the space that c means. It does not wait for the servers.
func Open(c Config) (*Space, error) {
	secure, err := c.secure()
	if err != nil {
		return nil, err
	}
	quiet()
	client, err := clientv3.New(clientv3.Config{
		Endpoints: c.Endpoints, Username: c.User, Password: c.Password, TLS: secure,
		DialTimeout:       Patience,
		DialKeepAliveTime: 10 * time.Second, DialKeepAliveTimeout: 3 * time.Second, // more often, the servers refuse
		Logger: zap.NewNop(),
	})
	if err != nil {
		return nil, fmt.Errorf("reaching etcd at %s: %w", strings.Join(c.Endpoints, ", "), err)
	}
	return &Space{Client: client, prefix: c.Prefix}, nil
}

// quiet keeps the transport of the client from writing to standard error: what
// matters comes back as an error.
var quiet = sync.OnceFunc(func() { grpclog.SetLoggerV2(grpclog.NewLoggerV2(io.Discard, io.Discard, io.Discard)) })

// secure reads the files for TLS; nil where the addresses are without it.
func (c Config) secure() (*tls.Config, error) {
	encrypted := false
	for _, e := range c.Endpoints {
		encrypted = encrypted || strings.HasPrefix(e, "https://")
	}
	if !encrypted {
		return nil, nil
	}
	t := &tls.Config{MinVersion: tls.VersionTLS12}
	if c.CAFile != "" {
		pem, err := os.ReadFile(c.CAFile)
		if err != nil {
			return nil, fmt.Errorf("reading the authorities of etcd's certificates (cluster.ca_file): %w", err)
		}
		t.RootCAs = x509.NewCertPool()
		if !t.RootCAs.AppendCertsFromPEM(pem) {
			return nil, fmt.Errorf("reading the authorities of etcd's certificates (cluster.ca_file): %s holds no certificate in PEM", c.CAFile)
		}
	}
	if c.CertFile != "" {
		if _, err := tls.LoadX509KeyPair(c.CertFile, c.KeyFile); err != nil {
			return nil, fmt.Errorf("reading the certificate for etcd (cluster.cert_file, cluster.key_file): %w", err)
		}
		t.GetClientCertificate = func(*tls.CertificateRequestInfo) (*tls.Certificate, error) { // anew each time: it is renewed while the program runs
			pair, err := tls.LoadX509KeyPair(c.CertFile, c.KeyFile)
			return &pair, err
		}
	}
	return t, nil
}

// Key is a key of the space.
func (s *Space) Key(parts ...string) string { return s.prefix + strings.Join(parts, "/") }

// Name is what follows the prefix and the given parts in a key.
func (s *Space) Name(key []byte, parts ...string) string {
	return strings.TrimPrefix(string(key), s.Key(parts...))
}

// Try runs do, again after transient faults until [Patience] is over, so do must be
// idempotent. what names the operation in errors.
func (s *Space) Try(ctx context.Context, what string, do func(ctx context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, Patience)
	defer cancel()
	for wait := 50 * time.Millisecond; ; wait *= 2 {
		once, stop := context.WithTimeout(ctx, Patience/3) // a server that hangs is left for another
		err := do(once)
		stop()
		if err == nil {
			return nil
		}
		err = classify(err)
		if errors.Is(err, ErrAway) && ctx.Err() == nil {
			select {
			case <-time.After(wait):
				continue
			case <-ctx.Done():
			}
		}
		return fmt.Errorf("%s: %w", what, err)
	}
}

// classify separates faults of the servers from those of a request.
func classify(err error) error {
	switch {
	case errors.Is(err, rpctypes.ErrNoSpace):
		return errors.Join(ErrFull, err)
	case errors.Is(err, context.Canceled):
		return err
	case errors.Is(err, context.DeadlineExceeded):
		return errors.Join(ErrAway, err)
	}
	code := status.Code(err)
	var known rpctypes.EtcdError
	if errors.As(err, &known) {
		code = known.Code()
	}
	switch code {
	case codes.Unavailable, codes.DeadlineExceeded:
		return errors.Join(ErrAway, err)
	}
	return err
}
