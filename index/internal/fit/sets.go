package main

import (
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/gob"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/pelletier/go-toml/v2"
)

//go:embed sets.toml
var setsFile []byte

// set is a public set of questions, as sets.toml names it.
type set struct {
	Name    string // its folder, below the one that holds the sets
	Lays    string // a folder beside it whose documents are laid among its own; empty for none
	Source  string
	Licence string
	SHA256  string
}

func readSets() ([]set, error) {
	var file struct{ Set []set }
	if err := toml.Unmarshal(setsFile, &file); err != nil {
		return nil, fmt.Errorf("reading sets.toml: %w", err)
	}
	return file.Set, nil
}

// checksum is that of all files below a folder.
func checksum(folder string) (string, error) {
	sum := sha256.New()
	err := fs.WalkDir(os.DirFS(folder), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(name)))
		if err != nil {
			return err
		}
		fmt.Fprintf(sum, "%x  %s\n", sha256.Sum256(b), name)
		return nil
	})
	return fmt.Sprintf("%x", sum.Sum(nil)), err
}

// load asks the questions of all sets, or reads what was asked before.
func load(ctx context.Context, cache, dir string) (all []asked, err error) {
	if f, err := os.Open(cache); err == nil {
		defer f.Close()
		err = gob.NewDecoder(f).Decode(&all)
		return all, err
	}
	sets, err := readSets()
	if err != nil {
		return nil, err
	}
	for _, s := range sets {
		folder := filepath.Join(dir, filepath.FromSlash(s.Name))
		sum, err := checksum(folder)
		if err != nil {
			return nil, fmt.Errorf("reading the set %s: %w", s.Name, err)
		}
		if sum != s.SHA256 {
			fmt.Fprintf(os.Stderr, "%s is not the set that sets.toml names: its checksum is %s\n", folder, sum)
		}
		lays := ""
		if s.Lays != "" {
			lays = filepath.Join(dir, filepath.FromSlash(s.Lays))
		}
		found, err := askSet(ctx, s.Name, folder, lays)
		if err != nil {
			return nil, fmt.Errorf("asking %s: %w", s.Name, err)
		}
		fmt.Fprintf(os.Stderr, "%s: %d questions asked\n", s.Name, len(found))
		all = append(all, found...)
	}
	if cache == "" {
		return all, nil
	}
	f, err := os.Create(cache)
	if err != nil {
		return nil, err
	}
	if err := gob.NewEncoder(f).Encode(all); err != nil {
		return nil, err
	}
	return all, f.Close()
}
