package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	linkOf = regexp.MustCompile(`\]\(([^)#:]+)(?:#[^)]*)?\)`)
	fileOf = regexp.MustCompile("`([a-z0-9_./*]+\\.(?:go|toml|json|txt)|(?:bot|corpus|index)(?:/[a-z]+)*/?)`")
)

// Links of the pages lead to files, and the files and folders that they name exist.
func TestThePagesNameFilesThatExist(t *testing.T) {
	base := map[string]bool{"config.toml": true, "removed.txt": true} // files of those who run it
	err := filepath.WalkDir("..", func(name string, d fs.DirEntry, err error) error {
		base[filepath.Base(name)] = true
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	pages, err := filepath.Glob("docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, page := range append(pages, "../README.md") {
		data, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range linkOf.FindAllStringSubmatch(string(data), -1) {
			if _, err := os.Stat(filepath.Join(filepath.Dir(page), m[1])); err != nil {
				t.Errorf("%s links to %s, which does not exist", page, m[1])
			}
		}
		if filepath.Base(page) != "ARCHITECTURE.md" {
			continue
		}
		for _, m := range fileOf.FindAllStringSubmatch(string(data), -1) {
			name := m[1]
			found, _ := filepath.Glob(filepath.Join("..", name))
			if len(found) == 0 && (strings.Contains(name, "/") || !base[name] && !matches(base, name)) {
				t.Errorf("%s names %s, which does not exist", page, name)
			}
		}
	}
}

// matches reports whether any name fits a pattern.
func matches(names map[string]bool, pattern string) bool {
	for name := range names {
		if ok, _ := filepath.Match(pattern, name); ok {
			return true
		}
	}
	return false
}
