package discord

import (
	"context"
	"errors"
	"math/rand/v2"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// serveGateway connects all shards and keeps them connected until ctx is done
// or one can't be helped.
func (f *Front) serveGateway(ctx context.Context) error {
	info, err := f.findGateway(ctx)
	if err != nil {
		return err
	}
	shards := f.Shards
	if shards == 0 {
		shards = info.Shards
	}
	f.counts.wanted.Set(float64(shards))
	f.shards.Store(int32(shards))
	ctx, fail := context.WithCancelCause(ctx)
	defer fail(nil)
	g := &gate{f: f, info: info}
	for range info.Limit.MaxConcurrency {
		g.turns = append(g.turns, make(chan struct{}, 1))
	}
	g.budget = rate.NewLimiter(rate.Every(2*time.Minute), 50+shards)
	var all sync.WaitGroup
	for n := range shards {
		all.Go(func() {
			if err := f.hold(ctx, g, [2]int{n, shards}); err != nil {
				fail(err)
			}
		})
	}
	all.Wait()
	return context.Cause(ctx)
}

// hold keeps one shard connected while it is this process's.
func (f *Front) hold(ctx context.Context, g *gate, shard [2]int) error {
	if f.Duties == nil {
		return f.supervise(ctx, g, shard)
	}
	for {
		changed := f.Duties.Changed()
		if f.Duties.Holds(shard[0]) {
			while, cancel := context.WithCancel(ctx)
			go func() {
				defer cancel()
				for f.Duties.Holds(shard[0]) {
					select {
					case <-changed:
						changed = f.Duties.Changed()
					case <-while.Done():
						return
					}
				}
			}()
			err := f.supervise(while, g, shard)
			cancel()
			if err != nil || ctx.Err() != nil {
				return err
			}
			continue
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return nil
		}
	}
}

// late waits as long as what comes from a shard is left to others, and reports
// whether it did.
func (f *Front) late(shard int) bool {
	if f.Duties == nil {
		return false
	}
	delay := f.Duties.Delay(shard)
	return delay > 0 && sleep(f.work, delay)
}

// findGateway asks for the gateway until there is an answer.
func (f *Front) findGateway(ctx context.Context) (gatewayInfo, error) {
	for try := 0; ; try++ {
		info, err := f.gatewayBot(ctx)
		if err == nil || errors.Is(err, errToken) {
			return info, err
		}
		f.log.Warn("can't find Discord's gateway yet, trying again", "error", err)
		if !sleep(ctx, f.wait(try)) {
			return info, ctx.Err()
		}
	}
}

// staleAfter is how many connections in a row may fail to resume a session
// before it is given up: Discord keeps it for minutes only, and to identify
// also asks where the gateway is now.
const staleAfter = 6

// supervise keeps one shard connected. It waits longer from one new session to
// the next, until a connection has lasted for minutes, for Discord resets the
// token of a bot that identifies a thousand times a day. To resume is free:
// that never waits long, so that what was missed can still be answered.
func (f *Front) supervise(ctx context.Context, g *gate, shard [2]int) error {
	var se session
	var identifies, resumes, barren int
	for {
		c := &connection{f: f, shard: shard, se: &se, identified: func() {}}
		addr := se.url
		if se.id == "" {
			var err error
			if c.identified, err = g.identify(ctx, shard[0]); err != nil {
				return stopped(ctx, err)
			}
			identifies++
		} else {
			resumes++
		}
		if addr == "" {
			addr = g.address()
		}
		began := time.Now()
		err := f.connect(ctx, addr, c)
		c.identified()
		if c.stood {
			f.connected(shard[0], false)
		}
		if ctx.Err() != nil {
			return nil
		}
		f.counts.ended.WithLabelValues(reason(err)).Inc()
		if err := verdict(err); err != nil {
			return err
		}
		if barren++; c.stood {
			barren = 0
		}
		if lost(err) || barren >= staleAfter {
			se = session{}
		}
		if time.Since(began) > f.pace.stable {
			identifies, resumes = 0, 0
		}
		wait := f.pause(err, &se, identifies, resumes)
		f.log.Warn("the connection to Discord ended", "shard", shard[0], "reason", err, "resumes", se.id != "", "again in", wait)
		if !sleep(ctx, wait) {
			return nil
		}
	}
}

// pause is how long to wait before the next connection.
func (f *Front) pause(err error, se *session, identifies, resumes int) time.Duration {
	var limit *limitError
	switch {
	case errors.As(err, &limit):
		return max(f.wait(identifies), limit.wait)
	case se.id != "":
		return min(f.wait(resumes), 4*f.pace.backoff)
	case errors.Is(err, errInvalid): // Discord wants one to five seconds
		return max(f.wait(identifies), f.pace.backoff+rand.N(4*f.pace.backoff))
	}
	return f.wait(identifies)
}

// stopped drops an error that only says that the program ends.
func stopped(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// wait is the pause after a number of failures in a row: nearly none after the
// first, then twice as long each time, up to two minutes, never the same for
// two shards.
func (f *Front) wait(failures int) time.Duration {
	if failures == 0 {
		return rand.N(f.pace.backoff / 4)
	}
	step := min(f.pace.backoff<<min(failures-1, 10), 120*f.pace.backoff)
	return step/2 + rand.N(step/2)
}

// gate lets shards identify: not too many at once, and not too many a day.
type gate struct {
	f      *Front
	turns  []chan struct{} // max_concurrency of them; a shard waits for its own to be free
	budget *rate.Limiter   // of identifies, over all shards

	mu   sync.Mutex
	info gatewayInfo
}

// address returns where the gateway is.
func (g *gate) address() string {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.info.URL
}

// identify waits until shard n may identify. The function that it returns is to
// be called once Discord has taken it: the next one's time counts from there.
func (g *gate) identify(ctx context.Context, n int) (done func(), err error) {
	if g.budget.Tokens() < 1 {
		g.f.log.Error("too many new sessions today; waiting, so that Discord does not reset the token")
	}
	if err := g.budget.Wait(ctx); err != nil {
		return nil, err
	}
	for try := 0; ; try++ {
		info, err := g.f.gatewayBot(ctx)
		wait := g.f.wait(try)
		switch {
		case errors.Is(err, errToken):
			return nil, err
		case err != nil:
			g.f.log.Warn("can't find Discord's gateway, trying again", "error", err)
		case info.resets() == 0:
			g.mu.Lock()
			g.info = info
			g.mu.Unlock()
			return g.turn(ctx, n)
		default:
			wait = info.resets()
			g.f.log.Error("Discord allows no further sessions today; waiting", "until", time.Now().Add(wait).Format(time.DateTime))
		}
		if !sleep(ctx, wait) {
			return nil, ctx.Err()
		}
	}
}

// turn waits for the shard's turn within max_concurrency.
func (g *gate) turn(ctx context.Context, n int) (done func(), err error) {
	turn := g.turns[n%len(g.turns)]
	select {
	case turn <- struct{}{}:
		return sync.OnceFunc(func() { time.AfterFunc(g.f.pace.window, func() { <-turn }) }), nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
