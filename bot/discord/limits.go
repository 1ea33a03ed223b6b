package discord

import (
	"maps"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// limits bounds how often each person and each server may use the bot.
type limits struct {
	user, server int // a minute; 0: without limit

	mu    sync.Mutex
	known map[string]*rate.Limiter // by "u" or "s" and ID
	told  map[string]time.Time     // when a person was last told something in public, by what and ID
	swept time.Time
}

// window is the time in which one public word is enough.
const window = time.Minute

func newLimits(user, server int) *limits {
	return &limits{user: user, server: server, known: map[string]*rate.Limiter{}, told: map[string]time.Time{}, swept: time.Now()}
}

// take counts one use. When there were too many it returns how long to wait
// until the next, and false.
func (l *limits) take(user, server string, now time.Time) (time.Duration, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.sweep(now)
	var taken []*rate.Reservation
	for _, who := range []struct {
		key string
		n   int
	}{{"u" + user, l.user}, {"s" + server, l.server}} {
		if who.n == 0 || len(who.key) == 1 {
			continue
		}
		r := l.limiter(who.key, who.n).ReserveN(now, 1)
		taken = append(taken, r)
		if wait := r.DelayFrom(now); wait > 0 {
			for _, r := range taken {
				r.CancelAt(now)
			}
			return wait, false
		}
	}
	return 0, true
}

func (l *limits) limiter(key string, perMinute int) *rate.Limiter {
	lim := l.known[key]
	if lim == nil {
		lim = rate.NewLimiter(rate.Every(time.Minute/time.Duration(perMinute)), perMinute)
		l.known[key] = lim
	}
	return lim
}

// word reports whether a person may be told something in public, which they
// are once in a window: what says no more than before is noise.
func (l *limits) word(what, user string, now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.sweep(now)
	key := what + " " + user
	if at, ok := l.told[key]; ok && now.Sub(at) < window {
		return false
	}
	l.told[key] = now
	return true
}

// sweep forgets, once a minute, those who have all their uses left.
func (l *limits) sweep(now time.Time) {
	if now.Sub(l.swept) < time.Minute {
		return
	}
	l.swept = now
	for key, lim := range l.known {
		if lim.TokensAt(now) >= float64(lim.Burst()) {
			delete(l.known, key)
		}
	}
	maps.DeleteFunc(l.told, func(_ string, at time.Time) bool { return now.Sub(at) >= window })
}
