package discord_test

import (
	"fmt"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"attache/bot/discord"
	"attache/bot/discord/discordtest"
	"attache/bot/state"
	"attache/index"
)

func option(name string, value any) discordtest.Option {
	return discordtest.Option{Name: name, Value: value}
}

func TestOptionsComplete(t *testing.T) {
	r := start(t, nil)
	r.awaitCommands(home.Server)
	for _, tt := range []struct{ command, option, typed, want string }{
		{"who", "name", "park", "Park Jin"},
		{"said", "speaker", "blin", "Antony Blinken"},
		{"sources", "query", "kor", ""},
		{"who", "name", "", ""},
		{"who", "name", "zzzzqq", "none"},
	} {
		choices := r.Complete(asker, home, tt.command, tt.option, option(tt.option, tt.typed)).Choices()
		found := tt.want == ""
		for _, c := range choices {
			found = found || c.Value == tt.want
		}
		if tt.want == "none" {
			found = len(choices) == 0
		}
		if !found || tt.want == "" && len(choices) == 0 {
			t.Errorf("/%s %s: %q gives %v", tt.command, tt.option, tt.typed, choices)
		}
	}
}

func TestMessageCommandFindsSources(t *testing.T) {
	r := start(t, nil)
	r.awaitCommands(home.Server)
	m := r.OnMessage(asker, home, "Find sources", "They say that Blinken will be in India on November 10.").Reply()
	if !strings.Contains(m.Text(), "> ") || !strings.Contains(m.Text(), "November 10") {
		t.Errorf("got %v", m)
	}
	for name, text := range map[string]string{"empty": "", "long": strings.Repeat("Blinken met him. ", 240), "hostile": "@everyone <@1> ](https://evil.example) \u202E"} {
		if m := r.OnMessage(asker, home, "Find sources", text).Reply(); strings.TrimSpace(m.Text()) == "" || harmful.MatchString(m.Text()) {
			t.Errorf("%s: %v", name, m)
		}
	}
}

func TestPrivateRepliesAreForTheAskerAlone(t *testing.T) {
	r := start(t, nil)
	if m := r.ask("When will Blinken be in India?", discordtest.Option{Name: "private", Value: true}).Reply(); !m.Private() {
		t.Error("everyone sees a private reply")
	}
	r.awaitCommands(home.Server)
	if m := r.Slash(asker, home, "help").Reply(); !strings.Contains(m.Text(), "/ask") {
		t.Errorf("help: %v", m)
	}
}

// Every button of every reply is pressed and every line of its menus chosen, by
// the asker and by someone else, and so on with what comes.
func TestEveryButtonAndMenuAnswers(t *testing.T) {
	kept, err := state.Open(t.TempDir(), time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	r := start(t, func(r *rig, c *discord.Config) { r.bot.State, r.bot.Corpus = kept, t.TempDir() })
	r.awaitCommands(home.Server)
	seen := map[string]int{}
	var press func(m *discordtest.Message, depth int)
	press = func(m *discordtest.Message, depth int) {
		for _, b := range m.Buttons() {
			if seen[b.Label] > 2 || depth > 3 {
				continue
			}
			seen[b.Label]++
			in := r.Press(other, home, m, b.CustomID)
			theirs := in.Reply()
			if in.Updated() {
				t.Errorf("%s: someone else's press changed the message", b.Label)
			}
			if b.Label != "Share" && !theirs.Private() {
				t.Errorf("%s: everyone sees someone else's press: %v", b.Label, theirs)
			}
			if theirs.Text() == "" {
				t.Errorf("%s: an empty reply", b.Label)
			}
			own := r.Press(asker, home, m, b.CustomID).Reply()
			press(own, depth+1)
		}
		for _, line := range m.Lines() {
			if depth > 1 {
				break
			}
			seen["menu"]++
			for _, person := range []discordtest.Person{other, asker} {
				in := r.Choose(person, home, m, line)
				got := in.Reply()
				if in.Updated() || !got.Private() || !strings.Contains(got.Text(), "> ") {
					t.Errorf("%q of a menu: %v", line.Label, got)
				}
				press(got, depth+1)
			}
		}
	}
	for _, in := range []*discordtest.Interaction{
		r.ask("What did Blinken say?"),
		r.ask("What did Blinken say?", discordtest.Option{Name: "private", Value: true}),
		r.ask("Who is the president of Brazil?"),
		r.Slash(asker, home, "who", option("name", "Park Jin")),
		r.Slash(asker, home, "who", option("name", "Chang Jae-Bok")),
		r.Slash(asker, home, "said", option("speaker", "Antony Blinken")),
		r.Slash(asker, home, "timeline", option("topic", "Korea")),
		r.Slash(asker, home, "compare", option("topic", "missiles"), option("speaker_a", "Antony Blinken"), option("speaker_b", "Chang Jae-Bok")),
		r.Slash(asker, home, "sources"),
		r.Slash(asker, home, "help"),
		r.OnMessage(asker, home, "Find sources", "They say that Blinken will be in India on November 10."),
		r.Slash(operator, home, "admin reindex"),
		r.Slash(operator, home, "admin status"),
		r.Slash(operator, home, "admin unanswered"),
		r.Slash(operator, home, "admin feedback"),
		r.Slash(operator, home, "admin remove", option("document", "korean-envoy-on-the-quad-and-india.txt")),
	} {
		m := in.Reply()
		if m.Text() == "" {
			t.Errorf("an empty reply to %v", in.ID)
		}
		press(m, 0)
	}
	for _, label := range []string{"More", "Back", "Share", "Context", "Cite", "👍", "👎", "All quotations", "Remove", "menu"} {
		if seen[label] == 0 {
			t.Errorf("%s was never pressed, only %v", label, seen)
		}
	}
	votes, err := kept.Votes()
	if err != nil || len(votes) == 0 {
		t.Errorf("votes %v, %v", votes, err)
	}
	if m := r.Slash(operator, home, "admin unanswered").Reply(); !strings.Contains(m.Text(), "Brazil") {
		t.Errorf("the question without an answer is not listed: %v", m)
	}
}

// A press that takes a while leaves no second message: More changes the asker's
// own reply, whoever else presses gets one of their own.
func TestSlowPressesChangeOnlyTheAskersOwnMessage(t *testing.T) {
	t.Parallel()
	ix := documents(t)
	var slow atomic.Bool
	r := start(t, func(r *rig, c *discord.Config) {
		r.bot.Index = func() *index.Index {
			if slow.Load() {
				time.Sleep(time.Second)
			}
			return ix
		}
	})
	first := r.ask("What did Blinken say?").Reply()
	slow.Store(true)
	in := r.Press(other, home, first, first.Button("More"))
	if theirs := in.Reply(); in.Updated() || !in.Deferred() || !theirs.Private() || theirs.Text() == first.Text() {
		t.Errorf("someone else's press: updated %v, deferred %v: %v", in.Updated(), in.Deferred(), theirs)
	}
	in = r.Press(asker, home, first, first.Button("More"))
	next := in.Reply()
	if !in.Updated() || !in.Deferred() || next.ID != first.ID || next.Text() == first.Text() {
		t.Errorf("the asker's press: updated %v, deferred %v: %v", in.Updated(), in.Deferred(), next)
	}
	in = r.Press(asker, home, next, "a:more:ask:x")
	if told := in.Reply(); told.ID == first.ID || !told.Private() || told.Text() == "" {
		t.Errorf("a press that fails: %v", told)
	}
	// It fails after the deferral.
	forged := r.MakePress(asker, home, next, "a:more:ask:3")
	forged.Change("message", func(m map[string]any) {
		m["components"] = []any{map[string]any{"type": 10, "content": "### When? · since: soon"}}
	})
	r.bot.Now = func() time.Time { time.Sleep(time.Second); return time.Now() }
	if told := r.Send(forged).Reply(); told.ID == first.ID || !told.Private() || told.Text() == "" {
		t.Errorf("a press that fails late: %v", told)
	}
	if again := r.Press(asker, home, next, next.Button("Back")).Reply(); again.ID != first.ID || again.Text() != first.Text() {
		t.Errorf("back at %v, want %v", again, first)
	}
}

func TestButtonsWorkAfterARestart(t *testing.T) {
	t.Parallel()
	r := start(t, nil)
	m := r.ask("When will Blinken be in India?").Reply()
	r.Stop()
	again := prepare(t, func(s *rig, c *discord.Config) { s.Server, c.APIURL, c.Token = r.Server, r.URL, r.Token })
	again.Await("the bot back", 10*time.Second, func() bool { return r.Online() == 1 && len(r.Identifies()) > 1 })
	id := m.Button("Context")
	if id == "" {
		t.Fatalf("no button for the context in %v", m)
	}
	if got := again.Press(asker, home, m, id).Reply(); !strings.Contains(got.Text(), "> ") {
		t.Errorf("got %v", got)
	}
}

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
				if bad := harmful.FindString(m.Text()); bad != "" {
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
			r.Await("an answer to a direct message", 10*time.Second, func() bool { return len(r.Posted(at.Channel)) > 0 })
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

func TestMentionsAreAnswered(t *testing.T) {
	t.Parallel()
	r := start(t, nil)
	me := "<@" + r.AppID + ">"
	posted := func(channel string, n int) []discordtest.Message {
		t.Helper()
		r.Await("a message", 5*time.Second, func() bool { return len(r.Posted(channel)) >= n })
		return r.Posted(channel)
	}
	id := r.Say(asker, home, me+" When will Blinken be in India?")
	m := posted(home.Channel, 1)[0]
	if !strings.Contains(m.Text(), "> ") || m.Reference != id {
		t.Errorf("reference %s, want %s: %v", m.Reference, id, &m)
	}
	r.Say(asker, home, me)
	if m := posted(home.Channel, 2)[1]; !strings.Contains(m.Text(), "/ask") {
		t.Errorf("a bare mention: %v", &m)
	}
	r.ReplyToBot(asker, home, "When will Blinken be in India?")
	if m := posted(home.Channel, 3)[2]; !strings.Contains(m.Text(), "> ") {
		t.Errorf("a reply to the bot: %v", &m)
	}
	r.Say(asker, direct, "When will Blinken be in India?")
	if m := posted(direct.Channel, 1)[0]; !strings.Contains(m.Text(), "> ") {
		t.Errorf("a direct message: %v", &m)
	}
	r.Say(asker, direct, "") // a picture, say
	if m := posted(direct.Channel, 2)[1]; !strings.Contains(m.Text(), "/ask") {
		t.Errorf("a direct message without text: %v", &m)
	}
	r.Say(asker, home, "nothing for the bot")
	r.Say(asker, home, "@everyone look")
	time.Sleep(300 * time.Millisecond)
	if n := len(r.Posted(home.Channel)); n != 3 {
		t.Errorf("%d messages, want 3: it must be silent unless addressed", n)
	}
	r.Fault(discordtest.Fault{Match: "POST /channels/" + direct.Channel, Times: 2, Reset: true, After: true})
	r.Say(asker, direct, "When will Blinken be in India?")
	posted(direct.Channel, 3)
	time.Sleep(300 * time.Millisecond)
	if n := len(posted(direct.Channel, 3)); n != 3 {
		t.Errorf("%d messages, want 3: an answer whose receipt was lost came twice", n)
	}
	r.Fault(discordtest.Fault{Match: "POST /channels/" + direct.Channel, Times: 1, Status: 400})
	r.Say(asker, direct, "When will Blinken be in India?")
	if m := posted(direct.Channel, 4)[3]; !strings.Contains(m.Text(), "Sorry") {
		t.Errorf("after a refused answer: %v", &m)
	}
	own := r.Press(asker, home, &m, m.Button("Context"))
	if got := own.Reply(); !strings.Contains(got.Text(), "> ") {
		t.Errorf("a button below a mention's answer: %v", got)
	}
}

func TestAMentionWhereTheBotMayNotWriteIsAnsweredDirectly(t *testing.T) {
	t.Parallel()
	r := start(t, nil)
	r.Fault(discordtest.Fault{Match: "POST /channels/" + home.Channel + "/messages", Status: 403})
	r.Say(asker, home, "<@"+r.AppID+"> When will Blinken be in India?")
	r.Await("a direct message", 5*time.Second, func() bool { return len(r.Whispered(asker)) > 0 })
	if m := r.Whispered(asker)[0]; !strings.Contains(m.Text(), "> ") || !strings.Contains(m.Text(), "not allowed to write") || m.Reference != "" {
		t.Errorf("reference %q: %v", m.Reference, &m)
	}
	r.Fault(discordtest.Fault{Match: "POST /users/@me/channels", Status: 403})
	r.Say(other, home, "<@"+r.AppID+"> When will Blinken be in India?")
	r.Await("the end of it", 5*time.Second, func() bool { return strings.Contains(r.Out.String(), "a mention was not answered") })
}

func TestWhoComesTooOftenIsToldWhenToComeBack(t *testing.T) {
	t.Parallel()
	r := start(t, func(r *rig, c *discord.Config) { c.UserPerMinute, c.ServerPerMinute = 3, 5 })
	refused := func(m *discordtest.Message) bool {
		return strings.Contains(m.Text(), "come back in") && m.Private()
	}
	for i := range 5 {
		if m := r.ask("When will Blinken be in India?").Reply(); refused(m) != (i >= 3) {
			t.Errorf("use %d: %v", i+1, m)
		}
	}
	r.awaitCommands(home.Server)
	for i := range 4 {
		who := discordtest.Person{ID: fmt.Sprint(400000000000000200 + i)}
		if m := r.Slash(who, home, "help").Reply(); refused(m) != (i >= 2) {
			t.Errorf("person %d: %v", i+1, m)
		}
	}
}

func TestRemoveTakesAsLongAsItNeeds(t *testing.T) {
	t.Parallel()
	kept, err := state.Open(t.TempDir(), time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	r := start(t, func(r *rig, c *discord.Config) {
		r.bot.State, r.bot.Corpus, r.bot.Reindex = kept, t.TempDir(), readings()
		*c = discord.WithHandle(*c, 300*time.Millisecond)
	})
	r.awaitCommands(home.Server)
	const document = "korean-envoy-on-the-quad-and-india.txt"
	m := r.Slash(operator, home, "admin remove", option("document", document)).Reply()
	if refused := r.Press(asker, home, m, m.Button("Remove")).Reply(); !strings.Contains(refused.Text(), "Only those who run this bot") {
		t.Errorf("a member presses Remove: %v", refused)
	}
	if removed, err := kept.Removed(); len(removed) != 0 || err != nil {
		t.Errorf("removed %v, %v", removed, err)
	}
	in := r.Press(operator, home, m, m.Button("Remove"))
	r.Await("the end", 10*time.Second, func() bool {
		return in.Answered() && strings.Contains(in.Reply().Text(), document+" has been taken out")
	})
}

func TestStrangersSeeNoNamesOfRemovedDocuments(t *testing.T) {
	t.Parallel()
	kept, err := state.Open(t.TempDir(), time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	if err := kept.Remove("cable.txt"); err != nil {
		t.Fatal(err)
	}
	r := start(t, func(r *rig, c *discord.Config) { r.bot.State = kept })
	r.awaitCommands(home.Server)
	for want, person := range []discordtest.Person{asker, operator} {
		if got := r.Complete(person, home, "admin restore", "document", option("document", "ca")).Choices(); len(got) != want {
			t.Errorf("%s is shown %v", person.ID, got)
		}
	}
}
