package command_test

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"example.org/attache/bot/command"
)

var (
	slashName   = regexp.MustCompile(`^[a-z][a-z_-]{0,31}$`)
	messageName = regexp.MustCompile(`^[A-Za-z][A-Za-z ]{0,31}$`)
)

// TestTheTableKeepsDiscordsLimits: what the table holds can be registered.
func TestTheTableKeepsDiscordsLimits(t *testing.T) {
	subcommands, seen := map[string]int{}, map[string]bool{}
	for _, c := range command.Table() {
		if seen[c.Name] {
			t.Errorf("there are two commands %s", c.Name)
		}
		seen[c.Name] = true
		parts := strings.Split(c.Name, " ")
		if c.Message {
			parts = nil
			if !messageName.MatchString(c.Name) || len(c.Options) != 1 {
				t.Errorf("message command %q", c.Name)
			}
		} else if len(parts) > 2 {
			t.Errorf("%q has more than two levels", c.Name)
		}
		for _, p := range parts {
			if !slashName.MatchString(p) {
				t.Errorf("name %q of %q", p, c.Name)
			}
		}
		if len(parts) == 2 {
			subcommands[parts[0]]++
		}
		if (parts != nil && parts[0] == "admin") != c.Admin {
			t.Errorf("%s is for admins: %v", c.Name, c.Admin)
		}
		described(t, c.Name, c.Help)
		options(t, c)
	}
	for group, n := range subcommands {
		if n > 25 || seen[group] {
			t.Errorf("/%s has %d subcommands, or is a command itself", group, n)
		}
	}
	if len(command.Table()) > 100 {
		t.Error("too many commands")
	}
}

func described(t *testing.T, name, help string) {
	t.Helper()
	if n := utf8.RuneCountInString(help); n < 1 || n > 100 || strings.HasPrefix(help, "[") {
		t.Errorf("%s is described by %q, of %d characters", name, help, n)
	}
}

func options(t *testing.T, c command.Command) {
	t.Helper()
	optional, seen := false, map[string]bool{}
	for _, o := range c.Options {
		if !slashName.MatchString(o.Name) || seen[o.Name] {
			t.Errorf("option %q of %s", o.Name, c.Name)
		}
		seen[o.Name] = true
		if o.Required && optional {
			t.Errorf("required option %s of %s comes after one that is not", o.Name, c.Name)
		}
		optional = optional || !o.Required
		if o.Max > 6000 || o.Type != command.String && o.Type != command.Name && o.Complete != nil {
			t.Errorf("option %s of %s", o.Name, c.Name)
		}
		described(t, c.Name+" "+o.Name, o.Help)
	}
	if len(c.Options) > 25 {
		t.Errorf("%s has %d options", c.Name, len(c.Options))
	}
}
