package words_test

import (
	"testing"

	"attache/bot/command/words"
)

func TestSay(t *testing.T) {
	for _, c := range []struct {
		key  string
		m    words.M
		want string
	}{
		{"action.more", nil, "More"},
		{"count.documents", words.M{"Count": 1}, "1 document"},
		{"count.documents", words.M{"Count": 3}, "3 documents"},
		{"option.integer", words.M{"Value": "<b>", "Option": "limit"}, "“<b>” is not a whole number above 0 (option limit)."},
		{"no.such.key", nil, "[no.such.key]"},
	} {
		if got := words.Say(c.key, c.m); got != c.want {
			t.Errorf("Say(%q, %v) = %q, want %q", c.key, c.m, got, c.want)
		}
	}
}
