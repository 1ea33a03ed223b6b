package main

import (
	"os"
	"reflect"
	"strings"
	"testing"

	"attache/bot/command"
)

func TestTheReadmeNamesEveryCommand(t *testing.T) {
	data, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	readme := string(data)
	for _, c := range command.Table() {
		name := "/" + c.Name
		if group, sub, ok := strings.Cut(c.Name, " "); ok && c.Admin {
			name = sub
			if !strings.Contains(readme, "/"+group) {
				t.Errorf("README.md lacks /%s", group)
			}
		} else if c.Message {
			name = c.Name
		}
		if !strings.Contains(readme, name) {
			t.Errorf("README.md lacks %s", name)
		}
	}
	for f := range reflect.TypeFor[cli]().Fields() {
		if _, hidden := f.Tag.Lookup("hidden"); f.Type.Kind() == reflect.Struct && !hidden && !strings.Contains(readme, strings.ToLower(f.Name)) {
			t.Errorf("README.md lacks attache %s", strings.ToLower(f.Name))
		}
	}
}
