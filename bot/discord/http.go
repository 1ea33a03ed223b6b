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
	d := &door{f: f, key: key, seen: map[[32]byte]time.Time{}}
	mux := http.NewServeMux()
	mux.Handle("POST /interactions", d)
	mux.Handle("POST /interactions/{$}", d)
	mux.HandleFunc("/", d.elsewhere)
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
	spoke time.Time // when the log was last told of a request of Discord's that is refused
}

// elsewhere refuses what comes to another path. Where Discord has signed it, the
// address that was entered there is wrong.
func (d *door) elsewhere(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, mostBody)
	if r.URL.Path == "/interactions" || r.URL.Path == "/interactions/" {
		w.Header().Set("Allow", http.MethodPost)
		http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
		return
	}
	if r.Method == http.MethodPost && discordgo.VerifyInteraction(r, d.key) {
		d.advise("Discord sends interactions to a path where none are taken; in its developer portal, under General Information, the Interactions Endpoint URL has to end in /interactions", "path", r.URL.Path)
	}
	http.NotFound(w, r)
}

// advise logs, at most once a minute, what keeps Discord out.
func (d *door) advise(what string, args ...any) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if now := time.Now(); now.Sub(d.spoke) >= time.Minute {
		d.spoke = now
		d.f.log.Warn(what, args...)
	}
}

func (d *door) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, mostBody)
	if !discordgo.VerifyInteraction(r, d.key) || !d.timely(r, time.Now()) || !d.fresh(r) {
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
		d.f.spawn(func() { d.f.interact(raw, first, false) })
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

// timely reports whether the timestamp of a signed request is of the last
// minutes. Discord's always is: else the clock here is wrong.
func (d *door) timely(r *http.Request, now time.Time) bool {
	at, err := signedAt(r)
	if err != nil {
		return false
	}
	if age := now.Sub(at); age.Abs() > stale {
		d.advise("refusing what Discord has signed at another time than now: when it is new, the clock of this machine is wrong and has to be set, as NTP does", "signed", at.UTC().Format(time.RFC3339), "here it is", now.UTC().Format(time.RFC3339))
		return false
	}
	return true
}

// signedAt is the timestamp of a signed request.
func signedAt(r *http.Request) (time.Time, error) {
	sec, err := strconv.ParseInt(r.Header.Get("X-Signature-Timestamp"), 10, 64)
	return time.Unix(sec, 0), err
}

// fresh reports whether a signed request was not seen before.
func (d *door) fresh(r *http.Request) bool {
	at, err := signedAt(r)
	if err != nil {
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
	if now := time.Now(); now.Sub(d.swept) > time.Minute {
		d.swept = now
		maps.DeleteFunc(d.seen, func(_ [32]byte, until time.Time) bool { return now.After(until) })
	}
	d.seen[key] = at.Add(stale)
	return true
}
