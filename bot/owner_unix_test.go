//go:build unix

package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// What the program keeps is its owner's alone.
func TestOthersCannotReadWhatIsKept(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "corpus"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "corpus/a.txt"), []byte("The pier of Varn fell in May."), 0o644); err != nil {
		t.Fatal(err)
	}
	config := filepath.Join(dir, "config.toml")
	if err := os.WriteFile(config, []byte("[corpus]\npath = \"corpus\"\n[index]\npath = \"index\"\n[state]\npath = \"state\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, out := reachable([]string{"reindex", "--config", config}, noEnv); code != 0 {
		t.Fatalf("status %d: %s", code, out)
	}
	kept := 0
	for _, folder := range []string{"index", "state"} {
		filepath.WalkDir(filepath.Join(dir, folder), func(name string, d fs.DirEntry, err error) error {
			if err != nil {
				t.Error(err)
				return nil
			}
			info, err := d.Info()
			if err != nil {
				t.Error(err)
				return nil
			}
			kept++
			if d.Name() == "index_meta.json" { // bleve writes it as it likes, in a folder that is closed
				return nil
			}
			if want := map[bool]string{true: "-rwx------", false: "-rw-------"}[d.IsDir()]; fmt.Sprint(info.Mode().Perm()) != want {
				t.Errorf("%s has the mode %v, not %s", name, info.Mode().Perm(), want)
			}
			return nil
		})
	}
	if kept < 8 {
		t.Errorf("only %d files and folders are there", kept)
	}
}
