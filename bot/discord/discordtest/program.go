package discordtest

import (
	"bytes"
	"context"
	"strings"
	"sync"
	"testing"
	"time"
)

// The people and places of tests.
var (
	Asker    = Person{ID: "400000000000000001"}
	Other    = Person{ID: "400000000000000002"}
	Operator = Person{ID: "400000000000000009"}
	Home     = Place{Server: "500000000000000001", Channel: "600000000000000001"}
	Foreign  = Place{Server: "500000000000000002", Channel: "600000000000000002"}
	Direct   = Place{Channel: "600000000000000003"}
)

// Output is what a program prints, safe to read meanwhile.
type Output struct {
	mu sync.Mutex
	b  bytes.Buffer
}

// Write takes what is printed.
func (o *Output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.Write(p)
}

// String is what was printed so far.
func (o *Output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.String()
}

// Program is a bot at work, whose end is a T: an error, or an exit status.
type Program[T any] struct {
	Out *Output

	t      testing.TB
	signal context.CancelFunc
	ended  chan struct{}
	result T
}

// Start lets run work until the test ends, which fails when it does not end in
// time, or when it has printed the token or that of an interaction.
func Start[T any](t testing.TB, token string, out *Output, run func(context.Context) T) *Program[T] {
	ctx, cancel := context.WithCancel(context.Background())
	p := &Program[T]{Out: out, t: t, signal: cancel, ended: make(chan struct{})}
	go func() {
		defer close(p.ended)
		p.result = run(ctx)
	}()
	t.Cleanup(func() {
		p.Stop()
		for _, secret := range []string{token, TokenPrefix} {
			if strings.Contains(out.String(), secret) {
				t.Errorf("a token is in the output:\n%s", out)
			}
		}
		if t.Failed() {
			t.Logf("output:\n%.4000s", out)
		}
	})
	return p
}

// Stop ends the program as a signal does, and returns what it came to.
func (p *Program[T]) Stop() T {
	p.t.Helper()
	p.signal()
	return p.await(10 * time.Second)
}

// Wait waits for the program to end by itself.
func (p *Program[T]) Wait() T {
	p.t.Helper()
	return p.await(15 * time.Second)
}

func (p *Program[T]) await(limit time.Duration) (none T) {
	p.t.Helper()
	select {
	case <-p.ended:
		return p.result
	case <-time.After(limit):
		p.t.Errorf("the program did not end within %v", limit)
		return none
	}
}
