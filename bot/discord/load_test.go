package discord_test

import (
	"flag"
	"fmt"
	"runtime"
	"slices"
	"testing"
	"time"

	"example.org/attache/bot/discord/discordtest"
)

var crowd = flag.Int("crowd", 250, "how many interactions the test of what a crowd leaves behind makes")

// crowd uses the bot n times, so many times a second, and returns how long the
// first answers took, shortest first.
func (r *rig) crowd(n, perSecond int) []time.Duration {
	r.t.Helper()
	questions := []string{"When will Blinken be in India?", "What did Blinken say about DPRK missiles?", "Who is the president of Brazil?", "What was signed in Seoul?"}
	tick := time.NewTicker(time.Second / time.Duration(perSecond))
	defer tick.Stop()
	var sent []*discordtest.Interaction
	for i := range n {
		<-tick.C
		who := discordtest.Person{ID: fmt.Sprint(400000000000001000 + i%97)}
		sent = append(sent, r.Slash(who, home, "ask", discordtest.Option{Name: "question", Value: questions[i%len(questions)]}))
	}
	var took []time.Duration
	for _, in := range sent {
		in.Reply()
		took = append(took, in.Latency())
	}
	slices.Sort(took)
	return took
}

func TestCrowdLeavesNothingBehind(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	r := start(t, nil)
	r.awaitCommands(home.Server)
	idle := runtime.NumGoroutine()
	heap := func() uint64 {
		r.ForgetInteractions()
		r.HangUp()
		r.Await("the goroutines of a crowd to end", 30*time.Second, func() bool { return runtime.NumGoroutine() <= idle+10 })
		runtime.GC()
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	r.crowd(*crowd, 200) // fills what is kept between interactions
	before := heap()
	r.crowd(*crowd, 200)
	if after := heap(); after > before+4<<20 {
		t.Errorf("%d bytes of heap, then %d", before, after)
	}
}

// The first acknowledgement at fifty interactions a second.
func BenchmarkFirstAnswer(b *testing.B) {
	r := start(b, nil)
	r.awaitCommands(home.Server)
	for b.Loop() {
		took := r.crowd(500, 50)
		b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
		b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
	}
}
