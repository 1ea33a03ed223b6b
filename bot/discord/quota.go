package discord

import (
	"maps"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// quota bounds how often each person and each server may use the bot.
type quota struct {
	user, server int // a minute; 0: without limit

	mu    sync.Mutex
	known map[string]*rate.Limiter // by "u" or "s" and ID
	told  map[string]time.Time     // when a person was last told something in public, by what and ID
	swept time.Time
}

// window is the time in which one public word is enough.
const window = time.Minute

func newQuota(user, server int) *quota {
	return &quota{user: user, server: server, known: map[string]*rate.Limiter{}, told: map[string]time.Time{}, swept: time.Now()}
}

// take counts one use. When there were too many it returns how long to wait
// until the next, and false.
func (q *quota) take(user, server string, now time.Time) (time.Duration, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.sweep(now)
	var taken []*rate.Reservation
	for _, who := range []struct {
		key string
		n   int
	}{{"u" + user, q.user}, {"s" + server, q.server}} {
		if who.n == 0 || len(who.key) == 1 {
			continue
		}
		r := q.limiter(who.key, who.n).ReserveN(now, 1)
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

func (q *quota) limiter(key string, perMinute int) *rate.Limiter {
	lim := q.known[key]
	if lim == nil {
		lim = rate.NewLimiter(rate.Every(time.Minute/time.Duration(perMinute)), perMinute)
		q.known[key] = lim
	}
	return lim
}

// word reports whether a person may be told something in public, which they
// are once in a window: what says no more than before is noise.
func (q *quota) word(what, user string, now time.Time) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.sweep(now)
	key := what + " " + user
	if at, ok := q.told[key]; ok && now.Sub(at) < window {
		return false
	}
	q.told[key] = now
	return true
}

// sweep forgets, once a minute, those who have all their uses left.
func (q *quota) sweep(now time.Time) {
	if now.Sub(q.swept) < time.Minute {
		return
	}
	q.swept = now
	for key, lim := range q.known {
		if lim.TokensAt(now) >= float64(lim.Burst()) {
			delete(q.known, key)
		}
	}
	maps.DeleteFunc(q.told, func(_ string, at time.Time) bool { return now.Sub(at) >= window })
}
