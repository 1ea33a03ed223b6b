package main

import (
	"context"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gofrs/flock"
	"github.com/rogpeppe/go-internal/testscript"

	"example.org/attache/bot/blob/blobtest"
	"example.org/attache/bot/discord/discordtest"
)

// TestMain lets scripts run the whole program as "attache".
func TestMain(m *testing.M) {
	blobtest.Serve()
	testscript.Main(m, map[string]func(){"attache": main, "attache-nearby": mainNearby})
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:           "testdata",
		UpdateScripts: os.Getenv("UPDATE") != "", // writes golden files anew
		Cmds:          map[string]func(*testscript.TestScript, bool, []string){"damage": damage},
		Setup: func(e *testscript.Env) error {
			e.Setenv("HOME", e.WorkDir)
			return nil
		},
	})
}

// damage cuts every file of the newest index in a folder in half.
func damage(ts *testscript.TestScript, _ bool, args []string) {
	err := filepath.WalkDir(ts.MkAbs(args[0]), func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		return os.Truncate(name, info.Size()/2)
	})
	ts.Check(err)
}

// endless is input that never comes.
type endless struct{}

func (endless) Read([]byte) (int, error) { select {} }

func TestASignalEndsWaitingForInput(t *testing.T) {
	for name, c := range map[string]struct {
		args []string
		want int
	}{"prompt": {nil, done}, "questions": {[]string{"ask", "--json"}, broken}} {
		t.Run(name, func(t *testing.T) {
			ctx, signal := context.WithTimeout(t.Context(), 300*time.Millisecond)
			defer signal()
			ended := make(chan int, 1)
			go func() { ended <- run(ctx, c.args, noEnv, endless{}, io.Discard, io.Discard) }()
			select {
			case code := <-ended:
				if code != c.want {
					t.Errorf("exit status %d", code)
				}
			case <-time.After(10 * time.Second):
				t.Error("the program does not end")
			}
		})
	}
}

func TestASecondRebuildIsToldSo(t *testing.T) {
	dir := t.TempDir()
	first := flock.New(filepath.Join(dir, "lock"))
	if ok, err := first.TryLock(); !ok || err != nil {
		t.Fatal(ok, err)
	}
	defer first.Unlock()
	var out discordtest.Output
	if code := run(t.Context(), []string{"reindex", "--index", dir}, noEnv, endless{}, &out, &out); code != broken || !strings.Contains(out.String(), "already being read") {
		t.Errorf("exit status %d: %s", code, out.String())
	}
}
