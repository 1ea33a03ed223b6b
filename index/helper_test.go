package index_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"

	"example.org/attache/index"
	"example.org/attache/index/internal/disk"
)

// The helper is the test binary, started anew to rebuild an index and to be
// killed, or to answer while somebody else rebuilds.
const helperEnv = "ATTACHE_HELPER"

// helper starts the helper with a task: its words are in helperTasks.
func helper(ctx context.Context, task, dir, docs string) *exec.Cmd {
	self, err := os.Executable()
	if err != nil {
		panic(err)
	}
	cmd := exec.CommandContext(ctx, self)
	cmd.Env = append(os.Environ(), helperEnv+"="+task, "ATTACHE_INDEX="+dir, "ATTACHE_DOCS="+docs)
	return cmd
}

// runHelper is what the helper does. Build N is killed at the N-th change to
// the disk (0: never); full N can't write files of more than N bytes; hold
// waits at its first rename until its standard input ends; answer N asks until
// then, and on until the answer is number N.
func runHelper(task string) error {
	dir, docs := os.Getenv("ATTACHE_INDEX"), os.DirFS(os.Getenv("ATTACHE_DOCS"))
	what, arg, _ := strings.Cut(task, " ")
	n, _ := strconv.Atoi(arg)
	switch what {
	case "build":
		killAt(n)
	case "full":
		if err := limitFiles(n); err != nil {
			return err
		}
	case "hold":
		waitAtRename()
	case "answer":
		return answerUntilEnd(dir, fmt.Sprintf("number %d.", n))
	}
	_, err := index.Build(context.Background(), dir, docs, index.Options{})
	return err
}

func killAt(n int) {
	count := 0
	disk.Gate = func(op, path string) error {
		if count++; count == n {
			self, err := os.FindProcess(os.Getpid())
			if err != nil {
				return err
			}
			self.Kill()
			select {}
		}
		return nil
	}
}

func waitAtRename() {
	disk.Gate = func(op, path string) error {
		if op == "rename" {
			fmt.Println("holding")
			bufio.NewReader(os.Stdin).ReadString('\n')
			disk.Gate = nil
		}
		return nil
	}
}

// answerUntilEnd asks again and again what the bulletin is. After the end of
// its standard input it goes on for a while, until the answer is the one that
// is wanted, and writes how many answers there were and the last.
func answerUntilEnd(dir, wanted string) error {
	ix, err := index.Open(dir)
	if err != nil {
		return err
	}
	defer ix.Close()
	ended := make(chan struct{})
	go func() {
		bufio.NewReader(os.Stdin).ReadString('\n')
		close(ended)
	}()
	last := ""
	var deadline time.Time
	for n := 1; ; n++ {
		a, err := ix.Ask(context.Background(), index.Question{Text: "What is the bulletin on the harbour?"})
		if err != nil || len(a.Quotes) == 0 {
			return fmt.Errorf("answer %d: %v, %v", n, a, err)
		}
		last = a.Quotes[0].Text
		select {
		case <-ended:
			if deadline.IsZero() {
				deadline = time.Now().Add(20 * time.Second)
			}
			if strings.HasSuffix(last, wanted) || time.Now().After(deadline) {
				fmt.Println(n, last)
				return nil
			}
		default:
		}
		if n == 1 {
			fmt.Println("answering")
		}
	}
}

// leaveOut are options that keep a document out.
func leaveOut(document string) index.Options {
	return index.Options{Skip: func() (func(string) bool, error) {
		return func(d string) bool { return d == document }, nil
	}}
}
