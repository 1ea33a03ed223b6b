package discord

import (
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"
)

// mostBody is the longest interaction that is read, in bytes: a message
// command carries a whole message.
const mostBody = 1 << 20

// stale is how old the timestamp of a request may be.
const stale = 5 * time.Minute

// serveHTTP takes interactions as requests from Discord until ctx is done.
func (f *Front) serveHTTP(ctx context.Context) error {
	key, err := hex.DecodeString(f.PublicKey)
	if err != nil || len(key) != ed25519.PublicKeySize {
		return fmt.Errorf("serving interactions over HTTP: public_key of [discord] is not a key of %d hex digits; copy it from the application's page in Discord's developer portal", 2*ed25519.PublicKeySize)
	}
	lis, err := net.Listen("tcp", f.Listen)
	if err != nil {
		return fmt.Errorf("serving interactions over HTTP: %w; change listen of [http]", err)
	}
	mux := http.NewServeMux()
	mux.Handle("POST /interactions", &door{f: f, key: key, seen: map[[32]byte]time.Time{}})
	srv := &http.Server{Handler: mux, ReadTimeout: 10 * time.Second, WriteTimeout: 10 * time.Second, IdleTimeout: time.Minute,
		MaxHeaderBytes: 16 << 10, ErrorLog: slog.NewLogLogger(f.log.Handler(), slog.LevelWarn)}
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		<-ctx.Done()
		drain, cancel := context.WithTimeout(context.Background(), f.pace.ack)
		defer cancel()
		srv.Shutdown(drain)
	}()
	f.log.Info("waiting for interactions over HTTP", "address", lis.Addr().String(), "path", "/interactions")
	if err := srv.Serve(lis); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serving interactions over HTTP: %w", err)
	}
	<-stopped
	return context.Cause(ctx)
}

// door lets in what Discord has signed, once.
type door struct {
	f   *Front
	key ed25519.PublicKey

	mu    sync.Mutex
	seen  map[[32]byte]time.Time // signatures, until their timestamps are stale
	swept time.Time
}

func (d *door) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, mostBody)
	if !discordgo.VerifyInteraction(r, d.key) || !d.fresh(r, time.Now()) {
		http.Error(w, "invalid request signature", http.StatusUnauthorized)
		return
	}
	raw, err := io.ReadAll(r.Body)
	in, ok := readInteraction(raw)
	switch {
	case err != nil:
		http.Error(w, "unreadable request", http.StatusBadRequest)
	case in.Type == typePing:
		reply(w, callback{Type: discordgo.InteractionResponsePong})
	case !ok:
		http.Error(w, "not an interaction", http.StatusBadRequest)
	default:
		first := make(chan callback, 1)
		d.f.spawn(func() { d.f.interact(raw, first) })
		select {
		case c := <-first:
			reply(w, c)
		case <-time.After(d.f.pace.ack):
			http.Error(w, "no answer in time", http.StatusServiceUnavailable)
		}
	}
}

func reply(w http.ResponseWriter, c callback) {
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(c)
}

// fresh reports whether a signed request is new: its timestamp is of the last
// minutes, and it was not seen before.
func (d *door) fresh(r *http.Request, now time.Time) bool {
	sec, err := strconv.ParseInt(r.Header.Get("X-Signature-Timestamp"), 10, 64)
	if err != nil {
		return false
	}
	at := time.Unix(sec, 0)
	if now.Sub(at) > stale || at.Sub(now) > stale {
		return false
	}
	sig, err := hex.DecodeString(r.Header.Get("X-Signature-Ed25519"))
	if err != nil {
		return false
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	key := sha256.Sum256(sig)
	if _, again := d.seen[key]; again {
		return false
	}
	if now.Sub(d.swept) > time.Minute {
		d.swept = now
		maps.DeleteFunc(d.seen, func(_ [32]byte, until time.Time) bool { return now.After(until) })
	}
	d.seen[key] = at.Add(stale)
	return true
}
