package index_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"example.org/attache/index"
)

// The benchmarks measure over a corpus multiplied from real texts:
//
//	go test ./index -run - -bench . -benchtime 1x -texts DIR -sentences 1000000 -questions FILE
//
// Building and answering run in processes of their own, which tell their peak
// memory; the peers do the same over the same sentences.
var (
	textsFlag     = flag.String("texts", "", "folder of text files to multiply (default: the built-in documents)")
	sentencesFlag = flag.Int("sentences", 10000, "how many sentences to make")
	eachFlag      = flag.Int("each", 24, "how many sentences a document has")
	questionsFlag = flag.String("questions", "testdata/builtin_questions.jsonl", "JSON lines with a question each")
	limitFlag     = flag.Int("asked", 200, "how many of the questions to ask")
	timesFlag     = flag.Int("times", 1, "how often to ask each; its best time counts, so that what else a busy machine does counts less")
)

// A role is what a process of the benchmark does: build or answer, for us or
// for a peer.
type role struct {
	build  func(m *multiplied, dir string) error // nil: answers from our index
	answer func(dir string) (answering, error)
}

// answering is something that was opened and can be asked.
type answering struct {
	ask   func(question string) error
	close func() error
	asked []string // nil: the questions
}

var roles = map[string]role{
	"attache":         {buildOurs, answerOurs(ask)},
	"attache-who":     {nil, answerOurs(who)},
	"attache-said":    {nil, answerOurs(said)},
	"attache-suggest": {nil, answerOurs(suggest)},
	"bleve":           {buildBleve, answerBleve},
	"sqlite":          {buildSQLite, answerSQLite},
}

func buildOurs(m *multiplied, dir string) error {
	r, err := index.Build(context.Background(), dir, m, index.Options{})
	if err != nil {
		return err
	}
	var failed []error
	for _, e := range r.Entries {
		if e.Status == index.Failed && len(failed) < 10 {
			failed = append(failed, fmt.Errorf("reading %s: %w", e.Document, e.Err))
		}
	}
	return errors.Join(failed...)
}

// answerOurs opens our index for one of the finders.
func answerOurs(finder func(ix *index.Index) (answering, error)) func(dir string) (answering, error) {
	return func(dir string) (answering, error) {
		ix, err := index.Open(dir)
		if err != nil {
			return answering{}, err
		}
		a, err := finder(ix)
		a.close = ix.Close
		return a, err
	}
}

func ask(ix *index.Index) (answering, error) {
	return answering{ask: func(q string) error {
		_, err := ix.Ask(context.Background(), index.Question{Text: q, Limit: 10})
		return err
	}}, nil
}

func who(ix *index.Index) (answering, error) {
	names, err := ix.Suggest(context.Background(), "", *limitFlag)
	return answering{asked: names, ask: func(name string) error {
		_, err := ix.Who(context.Background(), name, index.Filter{}, 0)
		return err
	}}, err
}

// said asks each of the most quoted speakers for the topics of the questions.
func said(ix *index.Index) (answering, error) {
	names, err := ix.Speakers(context.Background(), "", *limitFlag)
	if err != nil {
		return answering{}, err
	}
	questions, err := readQuestions()
	var n atomic.Int64
	return answering{asked: names, ask: func(name string) error {
		_, err := ix.Said(context.Background(), name, questions[int(n.Add(1))%len(questions)], index.Filter{}, 0)
		return err
	}}, err
}

// suggest types the names of people letter by letter.
func suggest(ix *index.Index) (answering, error) {
	names, err := ix.Suggest(context.Background(), "", *limitFlag)
	var typed []string
	for _, n := range names {
		for i := range n {
			typed = append(typed, n[:i])
		}
	}
	return answering{asked: typed, ask: func(prefix string) error {
		_, err := ix.Suggest(context.Background(), prefix, 25)
		return err
	}}, err
}

// measured is what a process reports about its work, on its standard output.
type measured struct {
	Documents int             // built from
	Text      int             // their bytes
	Seconds   float64         // building
	CPU       float64         // seconds of all cores, building or answering
	Open      time.Duration   // opening and the first answer
	Took      []time.Duration // each question
	Alone     time.Duration   // all questions, one after another
	Together  time.Duration   // all questions, eight at once
	Allocs    uint64          // of all questions
	Bytes     uint64
	Peak      int // resident KiB
}

// TestMain turns the test binary into one of the benchmark's processes when it
// is started as one.
func TestMain(m *testing.M) {
	flag.Parse()
	if task := os.Getenv(helperEnv); task != "" {
		if err := runHelper(task); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	if what := os.Getenv("ATTACHE_BENCH"); what != "" {
		if err := work(what, os.Getenv("ATTACHE_BENCH_DIR")); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	status := m.Run()
	for _, dir := range built.dirs {
		os.RemoveAll(dir)
	}
	os.Exit(status)
}

func work(what, dir string) error {
	name, task, _ := strings.Cut(what, " ")
	var out measured
	var err error
	switch task {
	case "build", "rebuild":
		err = out.build(roles[name], dir)
	case "answer":
		err = out.answer(roles[name], dir)
	}
	if err != nil {
		return err
	}
	out.Peak = peakMemory()
	return json.NewEncoder(os.Stdout).Encode(out)
}

func (out *measured) build(r role, dir string) error {
	m, err := newMultiplied(*textsFlag, *sentencesFlag)
	if err != nil {
		return err
	}
	start, used := time.Now(), cpuSeconds()
	err = r.build(m, dir)
	out.Seconds, out.CPU = time.Since(start).Seconds(), cpuSeconds()-used
	out.Documents = m.documents()
	for i := range out.Documents {
		out.Text += len(m.document(i))
	}
	return err
}

func (out *measured) answer(r role, dir string) error {
	questions, err := readQuestions()
	if err != nil {
		return err
	}
	start := time.Now()
	a, err := r.answer(dir)
	if err != nil {
		return err
	}
	defer a.close()
	if a.asked != nil {
		questions = a.asked
	}
	if len(questions) == 0 {
		return errors.New("nothing to ask")
	}
	if err := a.ask(questions[0]); err != nil {
		return err
	}
	out.Open = time.Since(start)
	for _, q := range questions { // warm
		if err := a.ask(q); err != nil {
			return err
		}
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	used := cpuSeconds()
	for range *timesFlag {
		for i, q := range questions {
			start := time.Now()
			if err := a.ask(q); err != nil {
				return err
			}
			took := time.Since(start)
			if i == len(out.Took) {
				out.Took = append(out.Took, took)
			}
			out.Took[i] = min(out.Took[i], took)
			out.Alone += took
		}
	}
	times := time.Duration(*timesFlag)
	out.CPU, out.Alone = (cpuSeconds()-used)/float64(times), out.Alone/times
	runtime.ReadMemStats(&after)
	if out.Together, err = askTogether(a, questions, 8); err != nil {
		return err
	}
	out.Allocs, out.Bytes = (after.Mallocs-before.Mallocs)/uint64(times), (after.TotalAlloc-before.TotalAlloc)/uint64(times)
	return nil
}

// askTogether returns how long the questions take when n are asked at once.
func askTogether(a answering, questions []string, n int) (time.Duration, error) {
	next := make(chan string)
	failed := make(chan error, n)
	start := time.Now()
	var asking sync.WaitGroup
	for range n {
		asking.Go(func() {
			for q := range next {
				if err := a.ask(q); err != nil {
					failed <- err
					for range next { // lets the others be handed out
					}
				}
			}
		})
	}
	for _, q := range questions {
		next <- q
	}
	close(next)
	asking.Wait()
	close(failed)
	return time.Since(start), <-failed
}

func readQuestions() ([]string, error) {
	f, err := os.Open(*questionsFlag)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var all []string
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var q struct{ Question string }
		if err := json.Unmarshal(lines.Bytes(), &q); err != nil {
			return nil, err
		}
		all = append(all, q.Question)
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("%s holds no questions", *questionsFlag)
	}
	if n := len(all); n > *limitFlag { // spread over the file
		for i := range *limitFlag {
			all[i] = all[i*n / *limitFlag]
		}
		all = all[:*limitFlag]
	}
	return all, nil
}

// peakMemory is the most memory that was resident so far, in KiB; 0 where the
// system doesn't tell.
func peakMemory() int {
	data, _ := os.ReadFile("/proc/self/status")
	_, rest, _ := strings.Cut(string(data), "VmHWM:")
	kib, _, _ := strings.Cut(strings.TrimSpace(rest), " ")
	n, _ := strconv.Atoi(kib)
	return n
}

// start runs one of the benchmark's processes.
func start(b *testing.B, name, task, dir string) (out measured) {
	b.Helper()
	self, err := os.Executable()
	if err != nil {
		b.Fatal(err)
	}
	cmd := exec.Command(self, "-texts", *textsFlag, "-sentences", strconv.Itoa(*sentencesFlag), "-each", strconv.Itoa(*eachFlag), "-questions", *questionsFlag, "-asked", strconv.Itoa(*limitFlag), "-times", strconv.Itoa(*timesFlag))
	cmd.Env = append(os.Environ(), "ATTACHE_BENCH="+name+" "+task, "ATTACHE_BENCH_DIR="+dir)
	cmd.Stderr = os.Stderr
	told, err := cmd.Output()
	if err == nil {
		err = json.Unmarshal(told, &out)
	}
	if err != nil {
		b.Fatalf("%s %s: %v", name, task, err)
	}
	return out
}

// built keeps the indexes that BenchmarkBuild made for those that answer.
var built struct {
	sync.Mutex
	dirs map[string]string
	took map[string]measured
}

func builtIndex(b *testing.B, name string) (string, measured) {
	b.Helper()
	built.Lock()
	defer built.Unlock()
	if roles[name].build == nil {
		name = "attache"
	}
	if dir, ok := built.dirs[name]; ok {
		return dir, built.took[name]
	}
	dir, err := os.MkdirTemp("", "attache-bench-")
	if err != nil {
		b.Fatal(err)
	}
	if built.dirs == nil {
		built.dirs, built.took = map[string]string{}, map[string]measured{}
	}
	built.dirs[name] = dir
	built.took[name] = start(b, name, "build", dir)
	return dir, built.took[name]
}

func BenchmarkBuild(b *testing.B) {
	for _, name := range slices.Sorted(mapKeys(roles)) {
		if roles[name].build == nil {
			continue
		}
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				dir, took := builtIndex(b, name)
				b.ReportMetric(took.Seconds, "s/build")
				b.ReportMetric(took.CPU, "cpu-s")
				b.ReportMetric(float64(*sentencesFlag)/took.Seconds, "sentences/s")
				b.ReportMetric(float64(took.Documents), "docs")
				b.ReportMetric(float64(took.Text)/(1<<20), "text-MiB")
				b.ReportMetric(float64(folderSize(dir))/(1<<20), "MiB")
				b.ReportMetric(float64(took.Peak)/1024, "peak-MiB")
			}
			b.ReportMetric(0, "ns/op")
		})
	}
}

// BenchmarkRebuild reads the corpus again, of which nothing changed.
func BenchmarkRebuild(b *testing.B) {
	dir, _ := builtIndex(b, "attache")
	for b.Loop() {
		took := start(b, "attache", "rebuild", dir)
		b.ReportMetric(took.Seconds, "s/build")
		b.ReportMetric(took.CPU, "cpu-s")
		b.ReportMetric(float64(took.Documents)/took.Seconds, "docs/s")
		b.ReportMetric(float64(took.Peak)/1024, "peak-MiB")
	}
	b.ReportMetric(0, "ns/op")
}

func BenchmarkAnswer(b *testing.B) {
	for _, name := range slices.Sorted(mapKeys(roles)) {
		b.Run(name, func(b *testing.B) {
			dir, _ := builtIndex(b, name)
			for b.Loop() {
				out := start(b, name, "answer", dir)
				slices.Sort(out.Took)
				at := func(p float64) float64 {
					return float64(out.Took[int(p*float64(len(out.Took)-1))].Microseconds()) / 1000
				}
				b.ReportMetric(at(.5), "p50-ms")
				b.ReportMetric(at(.95), "p95-ms")
				b.ReportMetric(at(.99), "p99-ms")
				b.ReportMetric(1000*out.CPU/float64(len(out.Took)), "cpu-ms/question")
				b.ReportMetric(float64(out.Open.Microseconds())/1000, "open-ms")
				b.ReportMetric(out.Alone.Seconds()/out.Together.Seconds(), "x-together")
				b.ReportMetric(float64(out.Allocs)/float64(len(out.Took)), "allocs/question")
				b.ReportMetric(float64(out.Bytes)/float64(len(out.Took)), "B/question")
				b.ReportMetric(float64(out.Peak)/1024, "peak-MiB")
			}
			b.ReportMetric(0, "ns/op")
		})
	}
}

func mapKeys[V any](m map[string]V) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

func folderSize(dir string) (n int64) {
	fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := os.Stat(filepath.Join(dir, name))
		if err == nil {
			n += info.Size()
		}
		return err
	})
	return n
}
