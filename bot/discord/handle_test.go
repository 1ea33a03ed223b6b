package discord_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"example.org/attache/bot/discord"
	"example.org/attache/bot/discord/discordtest"
	"example.org/attache/bot/state"
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
		if m := r.OnMessage(asker, home, "Find sources", text).Reply(); strings.TrimSpace(m.Text()) == "" || harm(m) != "" {
			t.Errorf("%s: %v", name, m)
		}
	}
}

func TestPrivateRepliesAreForTheAskerAlone(t *testing.T) {
	r := start(t, nil)
	if m := r.ask("When will Blinken be in India?", discordtest.Option{Name: "private", Value: true}).Reply(); !m.Private() {
		t.Error("everyone sees a private reply")
	}
	r.Await("the commands and their IDs", 30*time.Second, func() bool { return strings.Contains(r.Out.String(), "registered the commands") })
	if m := r.Slash(asker, home, "help").Reply(); !strings.Contains(m.Text(), "</ask:") {
		t.Errorf("help: %v", m)
	}
}

func TestMentionsAreAnswered(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	t.Parallel()
	r := start(t, nil)
	r.Await("the commands and their IDs", 30*time.Second, func() bool { return strings.Contains(r.Out.String(), "registered the commands") })
	me := "<@" + r.UserID + ">"
	posted := func(channel string, n int) []discordtest.Message {
		t.Helper()
		r.Await("a message", 30*time.Second, func() bool { return len(r.Posted(channel)) >= n })
		return r.Posted(channel)
	}
	id := r.Say(asker, home, me+" When will Blinken be in India?")
	m := posted(home.Channel, 1)[0]
	if !strings.Contains(m.Text(), "> ") || m.Reference != id {
		t.Errorf("reference %s, want %s: %v", m.Reference, id, &m)
	}
	r.Say(asker, home, me)
	if m := posted(home.Channel, 2)[1]; !strings.Contains(m.Text(), "</ask:") {
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
	answers := "POST /channels/" + direct.Channel + "/messages"
	tried := len(r.Requests(answers))
	r.Fault(discordtest.Fault{Match: answers, Times: 2, Reset: true, After: true})
	r.Say(asker, direct, "When will Blinken be in India?")
	r.Await("the try that succeeds", 30*time.Second, func() bool { return len(r.Requests(answers)) == tried+3 })
	if n := len(posted(direct.Channel, 3)); n != 3 {
		t.Errorf("%d messages, want 3: an answer whose receipt was lost came twice", n)
	}
	r.Fault(discordtest.Fault{Match: answers, Times: 1, Status: 400})
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
	r.Say(asker, home, "<@"+r.UserID+"> When will Blinken be in India?")
	r.Await("a direct message", 30*time.Second, func() bool { return len(r.Whispered(asker)) > 0 })
	if m := r.Whispered(asker)[0]; !strings.Contains(m.Text(), "> ") || !strings.Contains(m.Text(), "not allowed to write") || m.Reference != "" {
		t.Errorf("reference %q: %v", m.Reference, &m)
	}
	r.Fault(discordtest.Fault{Match: "POST /users/@me/channels", Status: 403})
	r.Say(other, home, "<@"+r.UserID+"> When will Blinken be in India?")
	r.Await("the end of it", 30*time.Second, func() bool { return strings.Contains(r.Out.String(), "a mention was not answered") })
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
	if testing.Short() {
		t.Skip("takes seconds")
	}
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
	r.Await("the end", 30*time.Second, func() bool {
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
