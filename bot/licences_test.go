package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Licences by a sentence of their texts. All of them allow a program that links
// what they are of to have any licence itself.
var permissive = map[string]*regexp.Regexp{
	"MIT":        regexp.MustCompile(`(?i)permission is hereby granted, free of charge`),
	"BSD":        regexp.MustCompile(`(?i)redistributions? (?:and use )?(?:in|of) source (?:code|and binary)`),
	"Apache-2.0": regexp.MustCompile(`(?i)apache license,? *version 2\.0`),
	"ISC":        regexp.MustCompile(`(?i)permission to use, copy, modify, and(?:/or)? distribute this software`),
	"CC0":        regexp.MustCompile(`(?i)CC0 1\.0 universal`),
}

// copyleft matches licences that would ask more.
var copyleft = regexp.MustCompile(`(?i)GNU (?:lesser |affero |library )?general public license|mozilla public license|eclipse public license|european union public licen[cs]e|common development and distribution|server side public license`)

// Nothing that is linked is under a licence that would bind the program.
func TestLicencesOfWhatIsLinked(t *testing.T) {
	if testing.Short() {
		t.Skip("it lists all packages")
	}
	out, err := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}}\t{{.Dir}}{{end}}{{end}}", ".").Output()
	if err != nil {
		t.Fatalf("listing what is linked: %v", err)
	}
	seen := map[string]bool{}
	for line := range strings.Lines(string(out)) {
		module, dir, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || seen[module] {
			continue
		}
		seen[module] = true
		t.Run(module, func(t *testing.T) {
			if found := licencesIn(t, dir); len(found) == 0 {
				t.Errorf("no licence was recognised in %s", dir)
			} else {
				t.Log(strings.Join(found, ", "))
			}
		})
	}
	if len(seen) < 20 {
		t.Errorf("only %d modules are linked", len(seen))
	}
}

// licencesIn names the licences whose texts lie in the folder of a module.
func licencesIn(t *testing.T, dir string) (found []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if up := strings.ToUpper(e.Name()); e.IsDir() || !strings.HasPrefix(up, "LICEN") && !strings.HasPrefix(up, "COPYING") {
			continue
		}
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		text := strings.Join(strings.Fields(string(data)), " ")
		if m := copyleft.FindString(text); m != "" {
			t.Errorf("%s is under the %s", filepath.Join(dir, e.Name()), m)
		}
		for name, sentence := range permissive {
			if sentence.MatchString(text) {
				found = append(found, name)
			}
		}
	}
	return found
}
