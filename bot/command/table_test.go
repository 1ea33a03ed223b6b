package command_test

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"example.org/attache/bot/command"
	"example.org/attache/bot/command/words"
)

var (
	anyName     = regexp.MustCompile(`^[-_'\pL\pN]{1,32}$`) // in any language
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
		described(t, c.Name, c.Help(words.Catalogue{}))
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
		described(t, c.Name+" "+o.Name, o.Help(words.Catalogue{}))
	}
	if len(c.Options) > 25 {
		t.Errorf("%s has %d options", c.Name, len(c.Options))
	}
}

// Discord takes names in lower case, of letters and digits of any script, that
// differ among the commands and among the options of each.
func TestCommandsHaveNamesThatDiscordTakesInEveryLanguage(t *testing.T) {
	for _, language := range words.Languages {
		w := words.In(language)
		named := map[string]string{}
		for _, c := range command.Table() {
			title := c.Title(w)
			if named[title] != "" {
				t.Errorf("%s: %s and %s are both %q", language, c.Name, named[title], title)
			}
			named[title] = c.Name
			parts := strings.Split(title, " ")
			if c.Message {
				parts = nil
				if n := utf8.RuneCountInString(title); n < 1 || n > 32 {
					t.Errorf("%s: %s is %q", language, c.Name, title)
				}
			} else if len(parts) != len(strings.Split(c.Name, " ")) {
				t.Errorf("%s: %s is %q", language, c.Name, title)
			}
			for _, p := range parts {
				if !anyName.MatchString(p) || strings.ToLower(p) != p {
					t.Errorf("%s: %s is %q", language, c.Name, title)
				}
			}
			if found, ok := command.Called(w, title); !c.Message && (!ok || found.Name != c.Name) {
				t.Errorf("%s: %q means %q", language, title, found.Name)
			}
			described(t, language+" "+c.Name, c.Help(w))
			optionNames(t, w, c)
		}
	}
}

func optionNames(t *testing.T, w words.Catalogue, c command.Command) {
	t.Helper()
	size := utf8.RuneCountInString(c.Title(w) + c.Help(w))
	named := map[string]bool{}
	labels := map[string]bool{}
	for _, o := range c.Options {
		title := o.Title(w)
		if !anyName.MatchString(title) || strings.ToLower(title) != title || named[title] {
			t.Errorf("%s: %s of %s is %q", w.Language(), o.Name, c.Name, title)
		}
		if label := o.Label(w); label != "" && labels[label] {
			t.Errorf("%s: %s of %s has the label %q of another", w.Language(), o.Name, c.Name, label)
		}
		named[title], labels[o.Label(w)] = true, true
		described(t, w.Language()+" "+c.Name+" "+o.Name, o.Help(w))
		size += utf8.RuneCountInString(title + o.Help(w))
		for _, choice := range o.Choices {
			called := command.ChoiceTitle(w, choice)
			n := utf8.RuneCountInString(called)
			if n < 1 || n > 100 {
				t.Errorf("%s: %s of %s is %q", w.Language(), choice, o.Name, called)
			}
			size += n
		}
	}
	if size > 4000 { // of 8,000 that all the subcommands of one share
		t.Errorf("%s: /%s has %d characters", w.Language(), c.Name, size)
	}
}
