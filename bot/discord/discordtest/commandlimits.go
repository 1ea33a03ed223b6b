package discordtest

import (
	"encoding/json"
	"regexp"
	"strings"
)

// chatName is what the name of a slash command or an option may be made of.
var chatName = regexp.MustCompile(`^[-_'\p{L}\p{N}\p{Devanagari}\p{Thai}]{1,32}$`)

type commandSpec struct {
	Type        int          `json:"type"`
	Name        string       `json:"name"`
	Description string       `json:"description"`
	Options     []optionSpec `json:"options"`
}

type optionSpec struct {
	Type         int          `json:"type"`
	Name         string       `json:"name"`
	Description  string       `json:"description"`
	Required     bool         `json:"required"`
	Autocomplete bool         `json:"autocomplete"`
	Choices      []Choice     `json:"choices"`
	Options      []optionSpec `json:"options"`
	MaxLength    *int         `json:"max_length"`
}

// commands checks a bulk overwrite.
func (ck *checker) commands(body []byte) {
	var list []commandSpec
	if err := json.Unmarshal(body, &list); err != nil {
		ck.say("unreadable: %v", err)
		return
	}
	kinds, names := map[int]int{}, map[string]bool{}
	for _, c := range list {
		if c.Type == 0 {
			c.Type = 1
		}
		kinds[c.Type]++
		key := string(rune('0'+c.Type)) + c.Name
		if names[key] {
			ck.say("command %q twice", c.Name)
		}
		names[key] = true
		ck.command(c)
	}
	ck.count("slash commands", kinds[1], 0, 100)
	ck.count("user commands", kinds[2], 0, 15)
	ck.count("message commands", kinds[3], 0, 15)
}

func (ck *checker) command(c commandSpec) {
	if c.Type != 1 {
		ck.text("name", c.Name, 1, 32)
		if c.Description != "" || len(c.Options) > 0 {
			ck.say("%q: only slash commands have a description and options", c.Name)
		}
		return
	}
	ck.named(c.Name, c.Description)
	total := size(c.Name) + size(c.Description) + ck.options(c.Name, c.Options, 0)
	ck.count("characters in all of /"+c.Name, total, 1, 8000)
}

func (ck *checker) named(name, description string) {
	if !chatName.MatchString(name) || strings.ToLower(name) != name {
		ck.say("name %q", name)
	}
	ck.text("description of "+name, description, 1, 100)
}

// options checks the options of a command or subcommand and returns how many
// characters they count for.
func (ck *checker) options(of string, list []optionSpec, depth int) int {
	ck.count("options of "+of, len(list), 0, 25)
	total, optional, names := 0, false, map[string]bool{}
	for _, o := range list {
		ck.named(o.Name, o.Description)
		if names[o.Name] {
			ck.say("option %q of %s twice", o.Name, of)
		}
		names[o.Name] = true
		if o.Required && optional {
			ck.say("option %q of %s is required but follows optional ones", o.Name, of)
		}
		optional = optional || !o.Required
		ck.count("choices of "+o.Name, len(o.Choices), 0, 25)
		if o.Autocomplete && (len(o.Choices) > 0 || o.Type != 3 && o.Type != 4 && o.Type != 10) {
			ck.say("option %q can't autocomplete", o.Name)
		}
		if (o.Type == 1 || o.Type == 2) && depth+o.Type > 2 || o.Type < 1 || o.Type > 11 {
			ck.say("option %q of type %d at depth %d", o.Name, o.Type, depth)
		}
		if o.MaxLength != nil {
			ck.count("max_length of "+o.Name, *o.MaxLength, 1, 6000)
		}
		total += size(o.Name) + size(o.Description) + ck.options(o.Name, o.Options, depth+1)
		for _, ch := range o.Choices {
			ck.text("choice", ch.Name, 1, 100)
			total += size(ch.Name)
		}
	}
	return total
}
