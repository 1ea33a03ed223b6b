//go:build linux

package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// What any one file may cost: memory that is resident, and time of processors.
const (
	mostResident = 300 // MiB
	mostTime     = 60 * time.Second
)

// hostileSizes is the variable of the environment that makes the hostile files as
// large as they come, each read by itself: ATTACHE_HOSTILE=full. It takes twenty
// minutes of processors. Else they are small and read together.
const hostileSizes = "ATTACHE_HOSTILE"

// ordinary is the document beside hostile files.
const ordinary = "The bridge over the Orla was opened by Mayor Nils Berg on 3 May 2021.\n"

// Whatever files hold, they are read or refused with a reason, and the documents
// beside them answer.
func TestHostileFiles(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes a minute")
	}
	dir := t.TempDir()
	for _, h := range hostiles {
		size := h.size
		if h.small > 0 {
			size = h.small
		}
		writeHostile(t, filepath.Join(dir, h.name), h, size)
	}
	read := readHostile(t, build(t), dir)
	const most = 512 // MiB, which corpus.memory is where nothing is configured
	if read.check(t, hostiles...); read.resident > most {
		t.Errorf("it took %d MiB of memory, more than %d", read.resident, most)
	}
}

// Reading any one file costs no more than it may.
func TestTheLargestHostileFiles(t *testing.T) {
	if os.Getenv(hostileSizes) != "full" {
		t.Skip("it takes twenty minutes: set " + hostileSizes + "=full")
	}
	program := build(t)
	for _, h := range hostiles {
		t.Run(h.name, func(t *testing.T) {
			dir := t.TempDir()
			writeHostile(t, filepath.Join(dir, h.name), h, h.size)
			read := readHostile(t, program, dir)
			read.check(t, h)
			if read.resident > mostResident {
				t.Errorf("it took %d MiB of memory, more than %d", read.resident, mostResident)
			}
			if read.time > mostTime {
				t.Errorf("it took %v of processors, more than %v", read.time, mostTime)
			}
		})
	}
}

// build builds the program.
func build(t *testing.T) string { return compile(t, "attache", "build") }

// buildNearby builds the program that may ask sources on this machine.
func buildNearby(t *testing.T) string { return compile(t, "attache-nearby", "test", "-c") }

// compile makes a program by a go command, without the race detector, which needs
// several times the memory.
func compile(t *testing.T, name string, command ...string) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), name)
	if out, err := exec.Command("go", append(command, "-o", program, ".")...).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return program
}

// readHostile reads a folder with an ordinary document besides, which must answer.
func readHostile(t *testing.T, program, dir string) ran {
	t.Helper()
	t.Setenv("GOMEMLIMIT", "")
	if err := os.WriteFile(filepath.Join(dir, "ordinary.txt"), []byte(ordinary), 0o600); err != nil {
		t.Fatal(err)
	}
	index := filepath.Join(t.TempDir(), "index")
	read := runLimited(t, program, "reindex", "--json", "--corpus", dir, "--index", index)
	asked := runLimited(t, program, "ask", "--json", "--corpus", dir, "--index", index, "Who opened the bridge over the Orla?")
	if answer := asked.lines(t); len(answer) != 1 || !strings.Contains(string(answer[0]), `"document":"ordinary.txt"`) {
		t.Errorf("the document beside it does not answer: %.500s", asked.out)
	}
	return read
}

func writeHostile(t *testing.T, name string, h hostile, size int) {
	t.Helper()
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	w := bufio.NewWriter(f)
	h.make(w, size)
	if err := errors.Join(w.Flush(), f.Close()); err != nil {
		t.Fatal(err)
	}
}

// ran is what a run of the program left.
type ran struct {
	out, errs []byte
	resident  int64 // MiB
	time      time.Duration
}

// runLimited runs the program where it can't take more of the machine than a few
// times what it may.
func runLimited(t *testing.T, program string, args ...string) ran {
	t.Helper()
	return runUnder(t, "-v 6000000", program, args...) // KiB of addresses, of which little is used
}

// runUnder runs the program under a limit of the shell's ulimit.
func runUnder(t *testing.T, limit, program string, args ...string) ran {
	t.Helper()
	var out, errs bytes.Buffer
	c := exec.CommandContext(t.Context(), "sh", append([]string{"-c", "ulimit " + limit + ` && exec "$0" "$@"`, program}, args...)...)
	c.Stdout, c.Stderr = &out, &errs
	c.Env = append(os.Environ(), "DISCORD_TOKEN=")
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	ended, peak := make(chan struct{}), make(chan int64)
	go func() { peak <- peakMemory(c.Process.Pid, ended) }()
	err := c.Wait()
	close(ended)
	resident := <-peak
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	if code := c.ProcessState.ExitCode(); code != 0 && code != 1 {
		t.Errorf("%v: %s", c.ProcessState, tail(errs.Bytes()))
	}
	return ran{out.Bytes(), errs.Bytes(), resident, c.ProcessState.UserTime() + c.ProcessState.SystemTime()}
}

// peakMemory returns the most memory, in MiB, that a process had resident until it
// ended. The resource usage of a child is of no use for it: it begins with the
// memory of the process that started it.
func peakMemory(pid int, ended <-chan struct{}) (most int64) {
	look := time.NewTicker(5 * time.Millisecond)
	defer look.Stop()
	for {
		status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
		if _, after, ok := bytes.Cut(status, []byte("VmHWM:")); ok {
			var kib int64
			fmt.Sscan(string(after), &kib)
			most = max(most, kib>>10)
		}
		select {
		case <-look.C:
		case <-ended:
			return most
		}
	}
}

func tail(b []byte) []byte { return b[max(0, len(b)-2000):] }

// lines are the lines of JSON that it printed.
func (r ran) lines(t *testing.T) (all []json.RawMessage) {
	t.Helper()
	for line := range bytes.Lines(r.out) {
		if !json.Valid(line) {
			t.Fatalf("it printed %.200q", line)
		}
		all = append(all, line)
	}
	return all
}

// check checks what became of hostile files.
func (r ran) check(t *testing.T, files ...hostile) {
	t.Helper()
	type outcome struct {
		good, bad int
		reason    string
	}
	outcomes, beside := map[string]*outcome{}, false
	for _, h := range files {
		outcomes[h.name] = &outcome{}
	}
	for _, line := range r.lines(t) {
		var d struct{ Document, Status, Reason string }
		if err := json.Unmarshal(line, &d); err != nil {
			t.Fatal(err)
		}
		name, _, _ := strings.Cut(strings.ReplaceAll(d.Document, "/", "#"), "#")
		o := outcomes[name]
		switch {
		case name == "ordinary.txt":
			beside = d.Status == "added"
		case o == nil:
			t.Errorf("it tells of %s", d.Document)
		case d.Status == "failed" && d.Reason != "":
			o.bad, o.reason = o.bad+1, d.Reason
		case d.Status == "added":
			o.good++
		}
	}
	t.Logf("%4d MiB, %5.1f s", r.resident, r.time.Seconds())
	for _, h := range files {
		switch o := outcomes[h.name]; {
		case o.good+o.bad == 0:
			t.Errorf("%s is neither read nor refused with a reason", h.name)
		case o.bad > 1000:
			t.Errorf("of %s, %d reasons are listed", h.name, o.bad)
		default:
			t.Logf("%s: read %d, refused %d: %.120s", h.name, o.good, o.bad, o.reason)
		}
	}
	if !beside {
		t.Errorf("the document beside them is not indexed: %s", tail(r.errs))
	}
	if bytes.Contains(r.errs, []byte("goroutine ")) {
		t.Errorf("it panicked: %s", tail(r.errs))
	}
}
