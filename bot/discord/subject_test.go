package discord_test

import (
	"encoding/json"
	"maps"
	"reflect"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"example.org/attache/bot/command"
	"example.org/attache/bot/discord"
)

// pressed draws a reply of which an action leads on, and returns what the bot
// reads when that is pressed.
func pressed(t *testing.T, title string, s command.Subject) (custom, id string, read command.Subject) {
	t.Helper()
	m := draw(t, command.Reply{Title: title, Subject: s, Actions: []command.Action{{ID: "more:3", Label: "More"}}})
	raw, err := json.Marshal(map[string]any{"components": m.Components})
	if err != nil {
		t.Fatal(err)
	}
	custom = m.Button("More")
	id, read = discord.ReadCustomID(custom, raw)
	return custom, id, read
}

func TestButtonsKnowWhatTheirReplyIsAbout(t *testing.T) {
	long := strings.Repeat("Who was it that said so? ", 19) + "Who?"
	for name, c := range map[string]struct {
		title   string
		subject command.Subject
		inHead  bool
	}{
		"a question":        {"Who came?", command.Subject{Command: "ask", Options: map[string]string{"question": "Who came?"}}, false},
		"filters":           {"Who came?", command.Subject{Command: "ask", Options: map[string]string{"question": "Who came?", "speaker": "Park Jin", "since": "2023-11", "until": "2024"}}, false},
		"looks like both":   {"0 · · speaker: 0", command.Subject{Command: "ask", Options: map[string]string{"question": "0 · · speaker: 0"}}, false},
		"bars":              {`a|speaker=b \| c\`, command.Subject{Command: "ask", Options: map[string]string{"question": `a|speaker=b \| c\`, "source": `|`}}, false},
		"a list":            {"Sources", command.Subject{Command: "sources", Options: map[string]string{}}, false},
		"a narrowed list":   {"Sources", command.Subject{Command: "sources", Options: map[string]string{"query": "korea"}}, false},
		"an admin's list":   {"Votes", command.Subject{Command: "admin feedback", Options: map[string]string{}}, false},
		"a long question":   {long, command.Subject{Command: "ask", Options: map[string]string{"question": long}}, true},
		"and filters":       {long, command.Subject{Command: "ask", Options: map[string]string{"question": long, "source": "The *Coast* **Post** · since", "speaker": `Ada \ Quist`, "since": "2023"}}, true},
		"a long list":       {"Sources", command.Subject{Command: "sources", Options: map[string]string{"query": strings.Repeat("korea ", 16) + "day"}}, true},
		"two long speakers": {"the lease", command.Subject{Command: "compare", Options: map[string]string{"topic": "the lease", "speaker_a": strings.Repeat("Ada ", 20) + "Quist", "speaker_b": strings.Repeat("Tomas ", 10) + "Brandt"}}, true},
		"marks":             {strings.Repeat("**a** ~~b~~ __c__ ", 20) + "?", command.Subject{Command: "ask", Options: map[string]string{"question": strings.Repeat("**a** ~~b~~ __c__ ", 20) + "?"}}, true},
	} {
		t.Run(name, func(t *testing.T) {
			custom, id, read := pressed(t, c.title, c.subject)
			if id != "more:3" || !reflect.DeepEqual(read, c.subject) {
				t.Errorf("%q is read as %q, %+v", custom, id, read)
			}
			if inHead := strings.HasPrefix(custom, "h:"); inHead != c.inHead {
				t.Errorf("%q", custom)
			}
		})
	}
}

// What does not fit a message says nothing, rather than something else.
func TestASubjectIsNeverAnotherOne(t *testing.T) {
	long := strings.Repeat("Who was it that said so? ", 10) + "Who?"
	custom, _, _ := pressed(t, long, command.Subject{Command: "ask", Options: map[string]string{"question": long}})
	for name, raw := range map[string]string{
		"another head": `{"components":[{"type":17,"components":[{"type":10,"content":"### Who else?"}]}]}`,
		"no head":      `{"components":[]}`,
		"an old one":   `{"components":[{"type":10,"content":"### ` + long + ` · since: 2023"}]}`,
	} {
		if id, s := discord.ReadCustomID(custom, []byte(raw)); id != "more:3" || s.Command != "" {
			t.Errorf("%s: %q, %+v", name, id, s)
		}
	}
	for _, forged := range []string{"q:6:more:3", "q:6:more:3dance|x", "q:6:more:3ask|x|colour=red", "q:6:more:3ask|x|red", "q:99:more:3ask|x", "q:-1:more:3", "q:x", "h:6:more:3ask", "h:6:more:3ask^", "q:", "h:", "", "more:3"} {
		if id, s := discord.ReadCustomID(forged, []byte(`{}`)); s.Command != "" {
			t.Errorf("%q: %q, %+v", forged, id, s)
		}
	}
}

func FuzzSubjectIsReadBack(f *testing.F) {
	f.Add("What did he say?", "Park Jin", "2023-11")
	f.Add("0 · · speaker: 0", "", "x · y")
	f.Add("a|since=b", `\|`, "**")
	f.Add(strings.Repeat("**long** ", 40), "said by **x**", "\\*")
	f.Fuzz(func(t *testing.T, asked, speaker, since string) {
		options := map[string]string{"question": asked, "speaker": speaker, "since": since}
		maps.DeleteFunc(options, func(_, v string) bool { return v == "" })
		hidden := false
		for _, v := range options {
			if !utf8.ValidString(v) || v != strings.Join(strings.Fields(v), " ") || utf8.RuneCountInString(v) > 500 {
				return // options are cleaned and checked before a reply has them
			}
			hidden = hidden || strings.ContainsFunc(v, func(r rune) bool { return !discord.Shown(r) && r != ' ' || unicode.IsControl(r) })
		}
		if asked == "" {
			return
		}
		s := command.Subject{Command: "ask", Options: options}
		custom, id, read := pressed(t, asked, s)
		same := reflect.DeepEqual(read, s)
		if id != "more:3" || !same && (read.Command != "" || !hidden) {
			t.Errorf("%q is read as %q, %+v", custom, id, read)
		}
	})
}
