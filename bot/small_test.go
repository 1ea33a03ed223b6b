//go:build linux

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A thousand documents are read and answer where a process may have 64 files open,
// in the memory of the smallest machines.
func TestSmallMachine(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds the program")
	}
	const documents, mostMemory = 1000, 128 // MiB
	program, dir, index := build(t), t.TempDir(), filepath.Join(t.TempDir(), "index")
	t.Setenv("GOMEMLIMIT", "100MiB")
	for i := range documents {
		filler := strings.Repeat(fmt.Sprintf("Ferry %d left pier %d before noon, the harbour master said. ", i, i%17), 40)
		text := fmt.Sprintf("Port report %d\n\n%s\n\nMinister Ida Falk opened lock %d on Monday.\n", i, filler, i)
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%04d.txt", i)), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, args := range [][]string{{"reindex"}, {"ask", "Who opened lock 700?"}, {"who", "Ida Falk"}} {
		did := runUnder(t, "-n 64", program, append(args, "--json", "--corpus", dir, "--index", index)...)
		if did.resident > mostMemory {
			t.Errorf("%s took %d MiB of memory, more than %d", args[0], did.resident, mostMemory)
		}
		if len(did.errs) > 0 {
			t.Errorf("%s: %s", args[0], tail(did.errs))
		}
		if args[0] != "reindex" && !strings.Contains(string(did.out), "Ida Falk opened lock") {
			t.Errorf("%s: got %.500s", args[0], did.out)
		}
	}
}
