package discord_test

import (
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"example.org/attache/bot/discord"
	"example.org/attache/bot/discord/discordtest"
	"example.org/attache/bot/state"
	"example.org/attache/index"
)

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
			seen[line.Label]++
			for _, person := range []discordtest.Person{other, asker} {
				in := r.Choose(person, home, m, line)
				got := in.Reply()
				if in.Updated() && person.ID == other.ID || !in.Updated() && !got.Private() || !strings.Contains(got.Text(), "> ") {
					t.Errorf("%q of a menu: %v", line.Label, got)
				}
				if person.ID == asker.ID {
					press(got, depth+1)
				}
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
	for _, label := range []string{"More", "Back", "Share", "Context", "Cite", "👍", "👎", "All that they say", "Titles", "Mentions", "In short", "Remove", "menu"} {
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
	if testing.Short() {
		t.Skip("takes seconds")
	}
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
	first := r.Slash(asker, home, "said", discordtest.Option{Name: "speaker", Value: "Chang Jae-Bok"}).Reply()
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
	in = r.Press(asker, home, next, "a:more:ask:3") // as an older version wrote it
	if told := in.Reply(); told.ID == first.ID || !told.Private() || told.Text() == "" {
		t.Errorf("a press that fails: %v", told)
	}
	// It fails after the deferral.
	forged := r.MakePress(asker, home, next, "q:6:more:3ask|When?|since=soon")
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
	again.Await("the bot back", 30*time.Second, func() bool { return r.Online() == 1 && len(r.Identifies()) > 1 })
	id := m.Button("Context")
	if id == "" {
		t.Fatalf("no button for the context in %v", m)
	}
	if got := again.Press(asker, home, m, id).Reply(); !strings.Contains(got.Text(), "> ") {
		t.Errorf("got %v", got)
	}
}
