package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"sync"
	"text/tabwriter"
	"time"

	"example.org/attache/bot/terminal"
	"example.org/attache/index"
)

// benchCmd measures how fast answers are over somebody's own documents.
type benchCmd struct {
	Questions string `help:"File of questions, one a line." required:"" placeholder:"FILE"`
	Rounds    int    `help:"How often to ask them all." default:"3" placeholder:"N"`
}

// measured is what bench prints.
type measured struct {
	Documents    int     `json:"documents"`
	BuildSeconds float64 `json:"build_seconds"`
	IndexBytes   int64   `json:"index_bytes"`
	Questions    int     `json:"questions"`
	Answered     int     `json:"answered"`
	P50          float64 `json:"p50_ms"`
	P95          float64 `json:"p95_ms"`
	P99          float64 `json:"p99_ms"`
	PerSecond    float64 `json:"per_second"`
	PerSecond8   float64 `json:"per_second_8_at_once"`
	Bytes        uint64  `json:"bytes_per_question"`
	Allocations  uint64  `json:"allocations_per_question"`
}

// Run builds an index of its own, in a temporary folder, and asks it.
func (b *benchCmd) Run(ctx context.Context, p *program) error {
	questions, err := readLines(ctx, b.Questions)
	if err != nil {
		return misused{fmt.Errorf("reading the questions: %w", err)}
	}
	if b.Rounds < 1 {
		return misused{fmt.Errorf("--rounds is %d: it must be 1 or more", b.Rounds)}
	}
	if err := p.open(); err != nil {
		return err
	}
	p.library.dir = "" // what is measured is the making, too
	start := time.Now()
	if _, err := p.library.open(ctx, nil); err != nil {
		return err
	}
	m := measured{BuildSeconds: time.Since(start).Seconds(), Questions: len(questions)}
	ix := p.library.index()
	stats, err := ix.Stats()
	if err != nil {
		return err
	}
	m.Documents, m.IndexBytes = stats.Documents, stats.Bytes
	for _, measure := range []func(context.Context, *index.Index, []string, int) error{m.oneByOne, m.atOnce} {
		if err := measure(ctx, ix, questions, b.Rounds); err != nil {
			return err
		}
	}
	if p.cli.JSON {
		return p.encode(m)
	}
	return m.print(p.out)
}

// readLines reads the lines of a file that are not empty.
func readLines(ctx context.Context, name string) (lines []string, err error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	for line, err := range terminal.Lines(ctx, f) {
		if err != nil {
			return nil, err
		}
		if line != "" {
			lines = append(lines, line)
		}
	}
	if len(lines) == 0 {
		return nil, errors.New(name + " has no questions")
	}
	return lines, nil
}

// oneByOne asks the questions one after another, after a round that warms up.
func (m *measured) oneByOne(ctx context.Context, ix *index.Index, questions []string, rounds int) error {
	for _, q := range questions {
		a, err := ix.Ask(ctx, index.Question{Text: q})
		if err != nil {
			return err
		}
		if a.Answered {
			m.Answered++
		}
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	took := make([]time.Duration, 0, rounds*len(questions))
	for range rounds {
		for _, q := range questions {
			start := time.Now()
			if _, err := ix.Ask(ctx, index.Question{Text: q}); err != nil {
				return err
			}
			took = append(took, time.Since(start))
		}
	}
	runtime.ReadMemStats(&after)
	n := uint64(len(took))
	m.Bytes, m.Allocations = (after.TotalAlloc-before.TotalAlloc)/n, (after.Mallocs-before.Mallocs)/n
	var all time.Duration
	for _, d := range took {
		all += d
	}
	m.PerSecond = float64(n) / all.Seconds()
	slices.Sort(took)
	at := func(share float64) float64 {
		return float64(took[int(share*float64(len(took)-1))].Microseconds()) / 1000
	}
	m.P50, m.P95, m.P99 = at(.50), at(.95), at(.99)
	return nil
}

// atOnce asks eight questions at a time.
func (m *measured) atOnce(ctx context.Context, ix *index.Index, questions []string, rounds int) error {
	next := make(chan string)
	var askers sync.WaitGroup
	var failed error
	var once sync.Once
	start := time.Now()
	for range 8 {
		askers.Go(func() {
			for q := range next {
				if _, err := ix.Ask(ctx, index.Question{Text: q}); err != nil {
					once.Do(func() { failed = err })
				}
			}
		})
	}
	for range rounds {
		for _, q := range questions {
			next <- q
		}
	}
	close(next)
	askers.Wait()
	m.PerSecond8 = float64(rounds*len(questions)) / time.Since(start).Seconds()
	return failed
}

func (m *measured) print(out io.Writer) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "documents\t%d\n", m.Documents)
	fmt.Fprintf(w, "building the index\t%.2f s\n", m.BuildSeconds)
	fmt.Fprintf(w, "index\t%.1f MiB\n", float64(m.IndexBytes)/(1<<20))
	fmt.Fprintf(w, "questions\t%d, of which answered %d\n", m.Questions, m.Answered)
	fmt.Fprintf(w, "a question\tp50 %.2f ms, p95 %.2f ms, p99 %.2f ms\n", m.P50, m.P95, m.P99)
	fmt.Fprintf(w, "questions a second\t%.0f, eight at once %.0f\n", m.PerSecond, m.PerSecond8)
	fmt.Fprintf(w, "memory for a question\t%d bytes in %d pieces\n", m.Bytes, m.Allocations)
	return w.Flush()
}
