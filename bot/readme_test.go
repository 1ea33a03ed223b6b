package main

import (
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"attache/bot/command"
)

func TestTheReadmeNamesEveryCommand(t *testing.T) {
	data, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range command.Table() {
		group, sub, nested := strings.Cut(c.Name, " ")
		switch {
		case c.Message:
			if !strings.Contains(string(data), c.Name) {
				t.Errorf("README.md lacks %s", c.Name)
			}
		case nested && !wordsAfter(data, "/"+group)[sub], !nested && !wordsAfter(data, "/")[group]:
			t.Errorf("README.md lacks /%s", c.Name)
		}
	}
	run := wordsAfter(data, "attache")
	for f := range reflect.TypeFor[cli]().Fields() {
		if _, hidden := f.Tag.Lookup("hidden"); f.Type.Kind() == reflect.Struct && !hidden && !run[strings.ToLower(f.Name)] {
			t.Errorf("README.md lacks attache %s", strings.ToLower(f.Name))
		}
	}
}

// wordsAfter returns the words that are listed after lead: "add" and "remove"
// of "attache add FILE, remove DOCUMENT".
func wordsAfter(text []byte, lead string) map[string]bool {
	found := map[string]bool{}
	lists := regexp.MustCompile("(?m)(?:^|[ `(])"+regexp.QuoteMeta(lead)+" ?([^`#\n]*)").FindAllSubmatch(text, -1)
	for _, list := range lists {
		for item := range strings.SplitSeq(string(list[1]), ",") {
			word, _, _ := strings.Cut(strings.TrimSpace(item), " ")
			found[word] = true
		}
	}
	return found
}
