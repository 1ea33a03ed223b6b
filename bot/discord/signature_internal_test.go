package discord

import (
	"bytes"
	"crypto/ed25519"
	"encoding/hex"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strconv"
	"testing"
	"time"
)

// Whatever comes as signature, timestamp and body, only what is signed with the
// key, and lately, comes in.
func FuzzSignatures(f *testing.F) {
	key := ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))
	sign := func(timestamp string, body []byte) string {
		return hex.EncodeToString(ed25519.Sign(key, append([]byte(timestamp), body...)))
	}
	ping := []byte(`{"id":"1","token":"t","type":1}`)
	now := strconv.FormatInt(time.Now().Unix(), 10)
	f.Add(sign(now, ping), now, ping)
	f.Add(sign("0", ping), "0", ping)
	f.Add(sign("99999999999999999999", ping), "99999999999999999999", ping)
	f.Add("", "", []byte(nil))
	f.Add("00", "-1", []byte("{}"))
	f.Fuzz(func(t *testing.T, signature, timestamp string, body []byte) {
		d := &door{f: &Front{log: slog.New(slog.DiscardHandler)}, key: key.Public().(ed25519.PublicKey), seen: map[[32]byte]time.Time{}}
		status := func() int {
			r := httptest.NewRequest(http.MethodPost, "/interactions", bytes.NewReader(body))
			r.Header = http.Header{"X-Signature-Ed25519": {signature}, "X-Signature-Timestamp": {timestamp}}
			w := httptest.NewRecorder()
			d.ServeHTTP(w, r)
			return w.Code
		}
		raw, err := hex.DecodeString(signature)
		signed := err == nil && len(raw) == ed25519.SignatureSize && ed25519.Verify(d.key, append([]byte(timestamp), body...), raw)
		seconds, err := strconv.ParseInt(timestamp, 10, 64)
		lately := err == nil && time.Since(time.Unix(seconds, 0)).Abs() < time.Hour
		if got := status(); got != http.StatusUnauthorized && !(signed && lately) {
			t.Errorf("%q of %q lets %q in: %d", signature, timestamp, body, got)
		}
		if got := status(); got != http.StatusUnauthorized {
			t.Errorf("%q of %q lets %q in twice: %d", signature, timestamp, body, got)
		}
	})
}
