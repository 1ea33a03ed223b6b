package discord_test

import (
	"regexp"
	"strings"
	"testing"

	"example.org/attache/bot/discord"
)

func TestMarkupIsTakenOutOfWhatPeopleType(t *testing.T) {
	for _, c := range []struct{ typed, want string }{
		{"<:pepe:123456789012345678> When will Blinken be in India?", "When will Blinken be in India?"},
		{"<a:party:123456789012345678>When?", "When?"},
		{":tada: When? :smile:", "When?"},
		{"<@123456789012345678> <@!123456789012345678> <@&123456789012345678> <#123456789012345678> who?", "who?"},
		{"</ask:123456789012345678> When will they meet?", "When will they meet?"},
		{"</admin reindex:123456789012345678> now", "now"},
		{"What was signed on <t:1699574400:D>?", "What was signed on 10 November 2023?"},
		{"<t:1699574400> and <t:-86400:R>", "10 November 2023 and 31 December 1969"},
		{"<t:99999999999999:R> a", "<t:99999999999999:R> a"},
		{"<id:customize> <id:linked-roles:123> hi", "hi"},
		{"<sound:0:123456789012345678> hi", "hi"},
		{"see https://discord.com/channels/1/2/3 for it", "see   for it"},
		{"@everyone what is the Quad?", "what is the Quad?"},
		{"**When** will *Blinken* be in __India__?", "When will Blinken be in India?"},
		{"***When*** ~~will~~ ||Blinken|| _go_?", "When will Blinken go?"},
		{"__**Who** signed__ it?", "Who signed it?"},
		{"snake_case_name and 2 * 3 * 4 stay", "snake_case_name and 2 * 3 * 4 stay"},
		{"`code` and ``a ` b``", "code and a ` b"},
		{"```go\nWho is `x`?\n```", "Who is `x`?"},
		{"> quoted\n>>> more", "quoted\nmore"},
		{"# Title\n-# small\n- one\n2. two", "Title\nsmall\none\ntwo"},
		{"[the treaty](https://mfa.example/a_b) says what?", "the treaty says what?"},
		{"<https://mfa.example/a_b_c> says what?", "https://mfa.example/a_b_c says what?"},
		{"write to <press@mfa.example> or <+4912345678>", "write to press@mfa.example or +4912345678"},
		{`\*not italic\* \<@1\> \_`, "*not italic*   _"},
		{"`<@123456789012345678>` who?", "who?"},
		{"at 10:30:15 what happened?", "at 10:30:15 what happened?"},
		{"is a < b > c?", "is a < b > c?"},
		{"한국과 <@123456789012345678> 일본은?", "한국과   일본은?"},
		{"", ""},
	} {
		if got := discord.Unmark(c.typed); got != c.want {
			t.Errorf("%q is read as %q, want %q", c.typed, got, c.want)
		}
	}
}

// rawID is what shows the ID of somebody or something.
var rawID = regexp.MustCompile(`<@[!&]?\d+>|<#\d+>|<a?:\w+:\d+>`)

func FuzzUnmark(f *testing.F) {
	for _, s := range []string{"<@1> **a** `b` ||c||", "```x\n<:a:1>```", "\\<@1>", "<<@1>@2>", "[a](https://b) <t:1>"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := discord.Unmark(s)
		if len(got) > 20+4*len(s) || strings.TrimSpace(got) != got {
			t.Errorf("%q is read as %q", s, got)
		}
		if rawID.MatchString(got) {
			t.Errorf("%q keeps an ID: %q", s, got)
		}
	})
}
