package discord_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"example.org/attache/bot/discord/discordtest"
)

func TestStrangeInteractionsAreAnswered(t *testing.T) {
	r := start(t, nil)
	r.awaitCommands(home.Server)
	message := r.ask("When will Blinken be in India?").Reply()
	press := func(data map[string]any) *discordtest.Interaction {
		in := r.MakePress(asker, home, message, "x")
		in.Replace("data", data)
		return in
	}
	long := strings.Repeat("x", 6000)
	for name, in := range map[string]*discordtest.Interaction{
		"unknown command":      r.Make(asker, home, 2, map[string]any{"id": "1", "name": "frobnicate", "type": 1}),
		"unknown subcommand":   r.Make(asker, home, 2, map[string]any{"id": "1", "name": "admin", "type": 1, "options": []any{map[string]any{"type": 1, "name": "explode"}}}),
		"user command":         r.Make(asker, home, 2, map[string]any{"id": "1", "name": "Who is this", "type": 2, "target_id": "1"}),
		"message command":      r.Make(asker, home, 2, map[string]any{"id": "1", "name": "Find nothing", "type": 3, "target_id": "1"}),
		"no options":           r.Make(asker, home, 2, map[string]any{"id": "1", "name": "ask", "type": 1}),
		"no data":              r.Make(asker, home, 2, nil),
		"data of another kind": r.Make(asker, home, 2, "ask"),
		"list for an option":   r.Make(asker, home, 2, map[string]any{"id": "1", "name": "ask", "type": 1, "options": []any{map[string]any{"type": 3, "name": "question", "value": []any{1, 2}}}}),
		"modal":                r.Make(asker, home, 5, map[string]any{"custom_id": "x", "components": []any{}}),
		"unknown type":         r.Make(asker, home, 99, nil),
		"old button":           press(map[string]any{"custom_id": "v0/answer/17", "component_type": 2}),
		"forged button":        press(map[string]any{"custom_id": "a:context:-1:99999999999:zzz:../../etc/passwd", "component_type": 2}),
		"forged page":          press(map[string]any{"custom_id": "a:more:admin reindex:0", "component_type": 2}),
		"long custom_id":       press(map[string]any{"custom_id": long, "component_type": 2}),
		"no custom_id":         press(map[string]any{"component_type": 2}),
		"unknown component":    press(map[string]any{"custom_id": "a:x", "component_type": 77, "values": []any{map[string]any{"a": 1}}}),
		"menu":                 press(map[string]any{"custom_id": "a:x", "component_type": 3, "values": []any{"a:context:x"}}),
	} {
		t.Run(name, func(t *testing.T) {
			r.Send(in)
			m := in.Reply()
			if strings.TrimSpace(m.Text()) == "" || !m.Private() || strings.Contains(m.Text(), "> ") {
				t.Errorf("private %v: %v", m.Private(), m)
			}
		})
	}
	r.answers()
}

func TestMessagesWithNewComponentsDoNotStopButtons(t *testing.T) {
	r := start(t, nil)
	m := r.ask("When will Blinken be in India?").Reply()
	in := r.MakePress(asker, home, m, m.Button("Context"))
	in.Change("message", func(msg map[string]any) {
		msg["components"] = []any{map[string]any{"type": 77, "content": 5, "mystery": map[string]any{}}, map[string]any{"type": 10, "content": "### When?"}}
	})
	if got := r.Send(in).Reply(); !strings.Contains(got.Text(), "> ") {
		t.Errorf("got %v", got)
	}
}

// harmful is what no text of others may come to: marks that are not escaped,
// addresses that become links, what can't be seen.
var harmful = regexp.MustCompile("(?:^|[^\\\\])(?:@everyone|@here|<[@#:/at]|\\]\\(|\\|\\||~~)|https?://evil|[\u202A-\u202E\u2066-\u2069\u200B\u2060\uFEFF\x00]")

func TestHostileQuestionsAreAnsweredHarmlessly(t *testing.T) {
	r := start(t, nil)
	r.awaitCommands(home.Server)
	for name, text := range map[string]string{
		"long":           strings.Repeat("when will he come ", 340),
		"everyone":       "@everyone @here <@&1> <@2> <#3> who?",
		"backticks":      "```js\n`who`\n```",
		"markdown":       "**who** __is__ ~~he~~ ||there|| # x\n> quoted\n- list",
		"links":          "[click](https://evil.example/x) <https://evil.example> https://evil.example",
		"query syntax":   `+title:"x"~2 -y (a OR b) /[a-z]+/ field:* ^10 \`,
		"right to left":  "\u202Ewho\u202C \u2066is\u2069 he?",
		"null bytes":     "who\x00is\x01he",
		"zero width":     "w\u200Bh\u200Co\u2060 is he\uFEFF?",
		"broken UTF-8":   "who \xff\xfe is he?",
		"emoji":          strings.Repeat("👩‍👩‍👧‍👦", 60),
		"stacked marks":  "w" + strings.Repeat("\u0301", 400),
		"only spaces":    "   \t\n ",
		"only invisible": "\u200B\u2060\uFEFF",
		"timestamps":     "<t:1> <:x:1> <a:x:1> </ask:1> <id:guide>",
	} {
		t.Run(name, func(t *testing.T) {
			harmless := func(how string, m *discordtest.Message) {
				t.Helper()
				if strings.TrimSpace(m.Text()) == "" {
					t.Errorf("%s: an empty reply", how)
				}
				if bad := harm(m); bad != "" {
					t.Errorf("%s: %q in %q", how, bad, m.Text())
				}
			}
			harmless("ask", r.ask(text).Reply())
			harmless("filters", r.ask("Who?", option("speaker", text), option("source", text), option("since", text)).Reply())
			for use, o := range map[string]string{"who": "name", "said": "speaker", "timeline": "topic", "sources": "query"} {
				harmless(use, r.Slash(asker, home, use, option(o, text)).Reply())
			}
			harmless("compare", r.Slash(asker, home, "compare", option("topic", text), option("speaker_a", text), option("speaker_b", text)).Reply())
			harmless("Find sources", r.OnMessage(asker, home, "Find sources", text).Reply())
			r.Complete(asker, home, "said", "speaker", option("speaker", text)).Choices()
			r.Complete(asker, home, "ask", "source", option("source", text)).Choices()
			at := discordtest.Place{Channel: r.Say(asker, foreign, "an ID of its own")}
			r.Say(asker, at, text)
			r.Await("an answer to a direct message", 30*time.Second, func() bool { return len(r.Posted(at.Channel)) > 0 })
			harmless("direct message", &r.Posted(at.Channel)[0])
		})
	}
	r.answers()
}

func TestStrangeCompletionsAreAnswered(t *testing.T) {
	r := start(t, nil)
	r.awaitCommands(home.Server)
	const autocomplete = 4
	focused := func(name string, value any) map[string]any {
		return map[string]any{"type": 3, "name": name, "value": value, "focused": true}
	}
	for name, data := range map[string]any{
		"unknown command":  map[string]any{"id": "1", "name": "dance", "type": 1, "options": []any{focused("step", "a")}},
		"unknown option":   map[string]any{"id": "1", "name": "ask", "type": 1, "options": []any{focused("colour", "a")}},
		"nothing focused":  map[string]any{"id": "1", "name": "who", "type": 1},
		"a list as value":  map[string]any{"id": "1", "name": "who", "type": 1, "options": []any{focused("name", []any{1})}},
		"no data":          nil,
		"another's remove": map[string]any{"id": "1", "name": "admin", "type": 1, "options": []any{map[string]any{"type": 1, "name": "restore", "options": []any{focused("document", "")}}}},
	} {
		if got := r.Send(r.Make(asker, home, autocomplete, data)).Choices(); len(got) > 25 || name == "unknown command" && len(got) > 0 {
			t.Errorf("%s: %v", name, got)
		}
	}
	r.answers()
}
