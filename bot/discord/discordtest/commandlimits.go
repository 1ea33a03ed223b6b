package discordtest

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// chatName is what the name of a slash command or an option may be made of.
var chatName = regexp.MustCompile(`^[-_'\p{L}\p{N}\p{Devanagari}\p{Thai}]{1,32}$`)

// localized are the names and descriptions in other languages of a command, an
// option or a choice, by locales.
type localized struct {
	Names        map[string]string `json:"name_localizations"`
	Descriptions map[string]string `json:"description_localizations"`
}

// longest is the greatest number of characters that a name and a description count
// for: Discord takes the longest of all languages.
func (l localized) longest(name, description string) int {
	most := func(s string, in map[string]string) int {
		n := size(s)
		for _, v := range in {
			n = max(n, size(v))
		}
		return n
	}
	return most(name, l.Names) + most(description, l.Descriptions)
}

// locales are those that Discord's clients have.
var locales = strings.Fields("ar bg cs da de el en-GB en-US es-419 es-ES fi fr he hi hr hu id it ja ko lt nl no pl pt-BR ro ru sv-SE th tr uk vi zh-CN zh-TW")

// localized checks names and descriptions in other languages as those in English
// are.
func (ck *checker) localized(name string, l localized) {
	for _, in := range []map[string]string{l.Names, l.Descriptions} {
		for locale := range in {
			if !slices.Contains(locales, locale) {
				ck.say("%q has the locale %q", name, locale)
			}
		}
	}
	for locale, own := range l.Names {
		if !chatName.MatchString(own) || strings.ToLower(own) != own {
			ck.say("name %q of %s in %s", own, name, locale)
		}
	}
	for locale, own := range l.Descriptions {
		ck.text("description of "+name+" in "+locale, own, 1, 100)
	}
}

// differ checks that names in one list differ in each
// language.
func (ck *checker) differ(of string, names map[string]string, seen map[string]bool) {
	for locale, name := range names {
		if seen[locale+" "+name] {
			ck.say("%q twice in %s of %s", name, locale, of)
		}
		seen[locale+" "+name] = true
	}
}

type commandSpec struct {
	localized
	Type        int          `json:"type"`
	Name        string       `json:"name"`
	Description string       `json:"description"`
	Options     []optionSpec `json:"options"`
}

type optionSpec struct {
	localized
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
	translated := map[int]map[string]bool{1: {}, 2: {}, 3: {}}
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
		ck.differ("commands", c.Names, translated[c.Type])
		ck.command(c)
	}
	ck.count("slash commands", kinds[1], 0, 100)
	ck.count("user commands", kinds[2], 0, 15)
	ck.count("message commands", kinds[3], 0, 15)
}

func (ck *checker) command(c commandSpec) {
	if c.Type != 1 {
		ck.text("name", c.Name, 1, 32)
		for locale, own := range c.Names {
			ck.text("name in "+locale, own, 1, 32)
		}
		if c.Description != "" || len(c.Options) > 0 {
			ck.say("%q: only slash commands have a description and options", c.Name)
		}
		return
	}
	ck.named(c.Name, c.Description)
	ck.localized(c.Name, c.localized)
	total := c.longest(c.Name, c.Description) + ck.options(c.Name, c.Options, 0)
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
	total, optional, names, translated := 0, false, map[string]bool{}, map[string]bool{}
	for _, o := range list {
		ck.named(o.Name, o.Description)
		ck.localized(o.Name, o.localized)
		ck.differ("options of "+of, o.Names, translated)
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
		total += o.longest(o.Name, o.Description) + ck.options(o.Name, o.Options, depth+1)
		for _, ch := range o.Choices {
			ck.text("choice", ch.Name, 1, 100)
			for locale, own := range ch.Names {
				ck.text("choice in "+locale, own, 1, 100)
			}
			total += max(size(ch.Name), ch.longest(ch.Name, "")) + size(fmt.Sprint(ch.Value))
		}
	}
	return total
}
