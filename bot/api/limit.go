package api

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// limits bounds how often each address may ask.
type limits struct {
	perMinute int // 0: without limit

	mu    sync.Mutex
	known map[string]*rate.Limiter
	swept time.Time
}

// mostKnown is how many addresses are kept apart at most; those beyond share one
// allowance.
const mostKnown = 10_000

func newLimits(perMinute int) *limits {
	return &limits{perMinute: perMinute, known: map[string]*rate.Limiter{}}
}

// take counts a request. When there were too many it returns how long to wait
// until the next, and false.
func (l *limits) take(who string, now time.Time) (time.Duration, bool) {
	if l.perMinute == 0 {
		return 0, true
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if now.Sub(l.swept) >= time.Minute { // forget those who have all their requests left
		l.swept = now
		for key, lim := range l.known {
			if lim.TokensAt(now) >= float64(lim.Burst()) {
				delete(l.known, key)
			}
		}
	}
	lim := l.known[who]
	if lim == nil {
		if len(l.known) >= mostKnown {
			who = ""
		}
		if lim = l.known[who]; lim == nil {
			lim = rate.NewLimiter(rate.Every(time.Minute/time.Duration(l.perMinute)), l.perMinute)
			l.known[who] = lim
		}
	}
	r := lim.ReserveN(now, 1)
	if wait := r.DelayFrom(now); wait > 0 {
		r.CancelAt(now)
		return wait, false
	}
	return 0, true
}

// client is whose requests are counted together: those of one address, of IPv6
// one network. Behind a web server on this machine, the one that it names.
func client(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	addr, err := netip.ParseAddr(host)
	if err != nil {
		return host
	}
	if addr.IsLoopback() {
		list := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",") // some servers add a line of their own
		if named, err := netip.ParseAddr(strings.TrimSpace(list[len(list)-1])); err == nil {
			addr = named
		}
	}
	addr = addr.Unmap()
	if addr.Is6() {
		if network, err := addr.WithZone("").Prefix(64); err == nil {
			return network.String()
		}
	}
	return addr.String()
}
