package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"example.org/attache/bot/command"
)

// What can be asked on Discord can be asked at the command line, with the same
// options, and is described in the same words.
func TestTheCommandLineHasTheCommandsOfTheTable(t *testing.T) {
	parser, err := kong.New(&cli{}, helpTexts())
	if err != nil {
		t.Fatal(err)
	}
	elsewhere := map[string]string{
		"private":   "nobody else reads a terminal",
		"file":      "the argument source", // of add
		"address":   "the argument source",
		"speaker_a": "the argument speaker-a",
		"speaker_b": "the argument speaker-b",
	}
	for _, c := range command.Table() {
		if c.Message || strings.HasPrefix(c.Name, "follow ") { // they belong to who is on Discord
			continue
		}
		name := strings.TrimPrefix(c.Name, "admin ")
		at := slices.IndexFunc(parser.Model.Children, func(n *kong.Node) bool { return n.Name == name })
		if at < 0 {
			t.Errorf("there is no command %s", name)
			continue
		}
		node := parser.Model.Children[at]
		for _, o := range c.Options {
			isFlag := slices.ContainsFunc(node.Flags, func(f *kong.Flag) bool { return f.Name == o.Name })
			isArgument := slices.ContainsFunc(node.Positional, func(p *kong.Positional) bool { return p.Name == o.Name })
			if !isFlag && !isArgument && elsewhere[o.Name] == "" {
				t.Errorf("%s has no %s", name, o.Name)
			}
		}
		if strings.Contains(node.Help, "${") {
			t.Errorf("%s is described as %q", name, node.Help)
		}
	}
}
