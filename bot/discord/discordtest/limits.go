package discordtest

import (
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"unicode/utf16"
)

// size counts a text as strictly as any of Discord's counts does: in UTF-16
// units.
func size(s string) int { return len(utf16.Encode([]rune(s))) }

// checkLimits returns how a request body breaks Discord's hard limits, or
// the promise of this bot that its messages ping nobody.
func checkLimits(pattern string, c *call) []string {
	var ck checker
	switch {
	case strings.HasSuffix(pattern, "/commands"):
		ck.commands(c.body)
	case strings.HasSuffix(pattern, "/callback"):
		ck.callback(c)
	case strings.HasSuffix(pattern, "/@me/channels"):
	default:
		ck.message(c.body, c.files, c.method == "PATCH")
	}
	return ck.found
}

// plainName is what Discord leaves a file's name as.
var plainName = regexp.MustCompile(`^[A-Za-z0-9._-]+$`)

// checker gathers what is wrong.
type checker struct{ found []string }

func (ck *checker) say(format string, args ...any) {
	ck.found = append(ck.found, fmt.Sprintf(format, args...))
}

// text checks the length of one text.
func (ck *checker) text(what, s string, least, most int) {
	if n := size(s); n < least || n > most {
		ck.say("%s has %d characters, want %d to %d", what, n, least, most)
	}
}

// count checks the number of some things.
func (ck *checker) count(what string, n, least, most int) {
	if n < least || n > most {
		ck.say("%d %s, want %d to %d", n, what, least, most)
	}
}

func (ck *checker) callback(c *call) {
	var cb struct {
		Type int             `json:"type"`
		Data json.RawMessage `json:"data"`
	}
	if err := json.Unmarshal(c.body, &cb); err != nil {
		ck.say("unreadable: %v", err)
		return
	}
	switch cb.Type {
	case 1:
	case callbackMessage, callbackUpdate:
		ck.message(cb.Data, c.files, cb.Type == callbackUpdate)
	case callbackDefer, callbackDeferUpdate:
		var d struct {
			Flags int `json:"flags"`
		}
		if json.Unmarshal(cb.Data, &d); d.Flags&^flagEphemeral != 0 {
			ck.say("a deferral allows no flag but EPHEMERAL, got %d", d.Flags)
		}
	case callbackChoices:
		var d struct{ Choices *[]Choice }
		if json.Unmarshal(cb.Data, &d) != nil || d.Choices == nil {
			ck.say("no choices")
			return
		}
		ck.count("choices", len(*d.Choices), 0, 25)
		for _, ch := range *d.Choices {
			ck.text("choice name", ch.Name, 1, 100)
			if v, ok := ch.Value.(string); ok {
				ck.text("choice value", v, 1, 100)
			}
		}
	default:
		ck.say("callback type %d", cb.Type)
	}
}

func (ck *checker) message(body []byte, files map[string][]byte, edit bool) {
	var p payload
	if err := json.Unmarshal(body, &p); err != nil {
		ck.say("unreadable: %v", err)
		return
	}
	var content string
	if p.Content != nil {
		content = *p.Content
	}
	ck.text("content", content, 0, 2000)
	var components []Component
	if p.Components != nil {
		components = *p.Components
	}
	flags := 0
	if p.Flags != nil {
		flags = *p.Flags
	}
	v2 := flags&flagV2 != 0
	if v2 && (content != "" || p.Embeds != nil && len(*p.Embeds) > 0) {
		ck.say("content or embeds beside components of version 2")
	}
	if p.Embeds != nil {
		ck.embeds(*p.Embeds)
	}
	if !edit && strings.TrimSpace(content) == "" && len(components) == 0 && (p.Embeds == nil || len(*p.Embeds) == 0) && len(files) == 0 {
		ck.say("an empty message")
	}
	ck.components(components, v2)
	attached := map[string]bool{}
	if p.Attachments != nil {
		ck.count("attachments", len(*p.Attachments), 0, 10)
		for _, a := range *p.Attachments {
			attached["attachment://"+a.Filename] = true
			if !plainName.MatchString(a.Filename) {
				ck.say("an attachment called %q, which Discord renames", a.Filename)
			}
		}
	}
	walk(components, func(c *Component) {
		if c.Type == 13 && (c.File == nil || !attached[c.File.URL]) {
			ck.say("a file component without its attachment")
		}
	})
	for name, f := range files {
		ck.count("bytes of "+name, len(f), 1, 10<<20)
	}
	am := p.AllowedMentions
	if am == nil || am.Parse == nil || len(*am.Parse)+len(am.Users) > 0 {
		ck.say(`allowed_mentions must be there with "parse":[] and name no person`)
	}
	if pinged := p.pinged(); am != nil && len(pinged) != len(am.Roles) {
		ck.say("allowed_mentions names the roles %q, and the message mentions %q of them", am.Roles, pinged)
	}
}

func (ck *checker) embeds(list []Embed) {
	ck.count("embeds", len(list), 0, 10)
	total := 0
	add := func(what, s string, least, most int) {
		ck.text(what, s, least, most)
		total += size(s)
	}
	for _, e := range list {
		add("embed title", e.Title, 0, 256)
		add("embed description", e.Description, 0, 4096)
		ck.count("embed fields", len(e.Fields), 0, 25)
		for _, f := range e.Fields {
			add("field name", f.Name, 1, 256)
			add("field value", f.Value, 1, 1024)
		}
		if e.Footer != nil {
			add("footer", e.Footer.Text, 1, 2048)
		}
		if e.Author != nil {
			add("author", e.Author.Name, 1, 256)
		}
		if e.URL != "" {
			ck.url("embed url", e.URL, 2048)
		}
	}
	ck.count("characters in embeds", total, 0, 6000)
}

func (ck *checker) url(what, s string, most int) {
	ck.text(what, s, 1, most)
	if u, err := url.Parse(s); err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		ck.say("%s %.100q is no web address", what, s)
	}
}

// components checks the components of a message, top level first.
func (ck *checker) components(list []Component, v2 bool) {
	total, text, ids := 0, 0, map[string]bool{}
	walk(list, func(c *Component) {
		total++
		if c.Type == 10 {
			text += size(c.Content)
		}
		if c.CustomID != "" && ids[c.CustomID] {
			ck.say("custom_id %q twice", c.CustomID)
		}
		ids[c.CustomID] = true
	})
	if v2 {
		ck.count("components in all", total, 1, 40)
		ck.count("characters in components", text, 0, 4000)
	} else {
		ck.count("rows", len(list), 0, 5)
	}
	for _, c := range list {
		if !v2 && c.Type != 1 {
			ck.say("component type %d at the top of a message without the flag of version 2", c.Type)
		}
		ck.component(c, true)
	}
}

// component checks one component and what is in it.
func (ck *checker) component(c Component, top bool) {
	switch c.Type {
	case 1:
		ck.row(c)
	case 9:
		ck.count("texts of a section", len(c.Components), 1, 3)
		for _, in := range c.Components {
			if in.Type != 10 {
				ck.say("component type %d in a section", in.Type)
			}
			ck.component(in, false)
		}
		if c.Accessory == nil {
			ck.say("a section without accessory")
		} else if c.Accessory.Type == 2 {
			ck.button(*c.Accessory)
		}
	case 10:
		ck.text("text display", c.Content, 1, 4000)
		if strings.TrimSpace(c.Content) == "" {
			ck.say("a text display without text")
		}
	case 12:
		ck.count("items of a gallery", len(c.Items), 1, 10)
	case 13, 14:
	case 17:
		if !top {
			ck.say("a container in a container")
		}
		ck.count("components of a container", len(c.Components), 1, 40)
		for _, in := range c.Components {
			ck.component(in, false)
		}
	default:
		ck.say("component type %d out of place", c.Type)
	}
}

func (ck *checker) row(c Component) {
	if len(c.Components) == 1 && c.Components[0].Type == typeMenu {
		menu := c.Components[0]
		ck.text("custom_id", menu.CustomID, 1, 100)
		ck.text("placeholder", menu.Placeholder, 0, 150)
		ck.count("options of a menu", len(menu.Options), 1, 25)
		values := map[string]bool{}
		for _, o := range menu.Options {
			if values[o.Value] {
				ck.say("menu value %q twice", o.Value)
			}
			values[o.Value] = true
			ck.text("menu label", o.Label, 1, 100)
			ck.text("menu value", o.Value, 1, 100)
			ck.text("menu description", o.Description, 0, 100)
		}
		return
	}
	ck.count("buttons of a row", len(c.Components), 1, 5)
	for _, b := range c.Components {
		ck.button(b)
	}
}

func (ck *checker) button(b Component) {
	ck.text("label", b.Label, 0, 80)
	switch {
	case b.Type != typeButton:
		ck.say("component type %d where a button belongs", b.Type)
	case b.Style < 1 || b.Style > 5:
		ck.say("button style %d", b.Style)
	case b.Label == "" && len(b.Emoji) == 0:
		ck.say("a button without label")
	case b.Style == 5 && b.CustomID != "":
		ck.say("a link button with custom_id")
	case b.Style == 5:
		ck.url("button url", b.URL, 512)
	case b.URL != "":
		ck.say("a button with url that is no link")
	default:
		ck.text("custom_id", b.CustomID, 1, 100)
	}
}

// CheckMessage returns how the body of a new message breaks Discord's limits
// or differs from what Discord describes.
func CheckMessage(body []byte) []string {
	const pattern = "/channels/{channel_id}/messages"
	var ck checker
	ck.message(body, nil, false)
	return append(ck.found, checkSchema("POST", pattern, body)...)
}

// ReadMessage makes the body of a new message what members see.
func ReadMessage(body []byte) (*Message, error) {
	var p payload
	if err := json.Unmarshal(body, &p); err != nil {
		return nil, err
	}
	m := &Message{}
	p.apply(m)
	return m, nil
}
