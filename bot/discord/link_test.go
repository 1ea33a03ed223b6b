package discord_test

import (
	"strings"
	"testing"

	"example.org/attache/bot/command"
	"example.org/attache/index"
)

// Discord shows a link raw whose text has escapes, emoji or an address: then the
// link stands on the outlet, or on a word of the bot's.
func TestLinksAreNeverShownRaw(t *testing.T) {
	const url = "https://gazette.example/1"
	for title, want := range map[string]string{
		"Harbour talks":              "[Harbour talks](",
		"2024. What happened?":       "[2024. What happened?](",
		"# 1 in Vessby":              "[# 1 in Vessby](",
		"Port (north), a_name":       "[Port (north), a_name](",
		"Harbour talks [draft]":      "[The Gazette](",
		"Ships 🚢 arrive":             "[The Gazette](",
		"Ports ™ and flags 🇳🇴":       "[The Gazette](",
		"A | B":                      "[The Gazette](",
		`A \ B`:                      "[The Gazette](",
		"Run `make`":                 "[The Gazette](",
		"See https://evil.example/x": "[The Gazette](",
		"On www.evil.example":        "[The Gazette](",
		"*Stars*":                    "[The Gazette](",
	} {
		r := command.Reply{Sections: []command.Section{{Quotes: []command.Quote{{Text: "The port is open.",
			Source: index.Source{Document: "a.txt", Title: title, Publisher: "The Gazette", URL: url}}}}}}
		if got := draw(t, r).Text(); strings.Count(got, "](") != 1 || !strings.Contains(got, want+url) {
			t.Errorf("%q: %s", title, got)
		}
		r.Sections[0].Quotes[0].Source.Publisher = "🗞 News"
		if got := draw(t, r).Text(); strings.Count(got, "](") != 1 || !strings.HasPrefix(want, "[The Gazette") && !strings.Contains(got, want+url) || strings.HasPrefix(want, "[The Gazette") && !strings.Contains(got, "[open]("+url) {
			t.Errorf("%q, without a plain outlet: %s", title, got)
		}
	}
}
