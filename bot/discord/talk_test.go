package discord_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"example.org/attache/bot/command/words"
	"example.org/attache/bot/discord"
	"example.org/attache/bot/discord/discordtest"
)

// posts waits for so many messages of the bot in a channel.
func (r *rig) posts(channel string, n int) []discordtest.Message {
	r.t.Helper()
	r.Await(fmt.Sprintf("%d messages", n), 30*time.Second, func() bool { return len(r.Posted(channel)) >= n })
	return r.Posted(channel)
}

// asked is the first line of a message: the question as it was understood.
func asked(m *discordtest.Message) string {
	line, _, _ := strings.Cut(m.Text(), "\n")
	return strings.TrimPrefix(discord.Unescape(line), "### ")
}

func TestAReplyToAnAnswerIsAFollowUp(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	t.Parallel()
	r := start(t, nil)
	thread := discordtest.Place{Server: home.Server, Channel: "600000000000000077"}
	r.Threads = []string{thread.Channel}
	me := "<@" + r.UserID + "> "
	r.Say(asker, home, me+"When will Blinken be in India?")
	answer := r.posts(home.Channel, 1)[0]
	n := map[string]int{home.Channel: 1}
	is := func(at discordtest.Place, want string) *discordtest.Message {
		t.Helper()
		n[at.Channel]++
		m := r.posts(at.Channel, n[at.Channel])[n[at.Channel]-1]
		if got := asked(&m); got != want {
			t.Errorf("understood as %q, want %q", got, want)
		}
		return &m
	}
	r.ReplyTo(other, home, &answer, "and in Japan?", false)
	second := is(home, "When will Blinken be in Japan?")
	r.ReplyTo(asker, home, second, "why?", false)
	is(home, "Why will Blinken be in Japan?")
	r.ReplyTo(asker, home, second, "Who is Park Jin?", false)
	is(home, "Who is Park Jin?")
	if got := r.Requests("GET /channels"); len(got) > 0 {
		t.Errorf("it looked up %v, though all stands in the replies", got)
	}

	// by a mention: after one's own question, in a thread after anybody's
	r.Say(other, home, me+"and in France?")
	is(home, "When will Blinken be in France?") // other's last question was on Japan
	r.Say(discordtest.Person{ID: "400000000000000088"}, home, me+"and in France?")
	is(home, "and in France?")
	r.Say(asker, thread, me+"When will Blinken be in India?")
	is(thread, "When will Blinken be in India?")
	r.Say(other, thread, me+"and in Japan?")
	is(thread, "When will Blinken be in Japan?")
	r.Say(asker, direct, "When will Blinken be in India? And who is Park Jin?")
	is(direct, "When will Blinken be in India?")
	is(direct, "Who is Park Jin?")
	r.Say(asker, direct, "and Donald Lu?")
	is(direct, "Who is Donald Lu?")
}

// Where Discord leaves out the message that is replied to, it is asked for; the
// answers of commands are followed up as well.
func TestTheQuestionBeforeIsFoundWhereverItStands(t *testing.T) {
	t.Parallel()
	r := start(t, nil)
	first := r.ask("When will Blinken be in India?", option("since", "2020")).Reply()
	id := r.SayWith(asker, home, "<@"+r.UserID+"> and in Japan?", func(m map[string]any) {
		m["type"], m["message_reference"] = 19, map[string]any{"message_id": first.ID, "channel_id": home.Channel}
	})
	m := r.posts(home.Channel, 1)[0]
	if got := asked(&m); got != "When will Blinken be in Japan?" || m.Reference != id || !strings.Contains(m.Text(), "2020") {
		t.Errorf("understood as %q: %v", got, &m)
	}
	r.awaitCommands(home.Server)
	who := r.Slash(asker, home, "who", option("name", "Park Jin")).Reply()
	r.ReplyTo(asker, home, who, "and Donald Lu?", false)
	if m := r.posts(home.Channel, 2)[1]; !strings.HasPrefix(asked(&m), "Donald Lu") {
		t.Errorf("after /who: %v", &m)
	}
	r.Fault(discordtest.Fault{Match: "GET /channels", Status: 403, Code: 50001})
	r.Say(asker, home, "<@"+r.UserID+"> and in Japan?")
	if m := r.posts(home.Channel, 3)[2]; asked(&m) != "and in Japan?" {
		t.Errorf("where the past can't be read: %v", &m)
	}
}

// A command's question may be two as well: the second is answered below the first,
// as privately, and its buttons are its own.
func TestTwoQuestionsOfACommandAreAnsweredOneAfterTheOther(t *testing.T) {
	t.Parallel()
	r := start(t, nil)
	for _, private := range []bool{false, true} {
		in := r.ask("When will Blinken be in Japan? And in India? Why?", option("private", private))
		r.Await("two answers", 30*time.Second, func() bool { return len(in.Replies()) == 2 })
		var got []string
		for _, m := range in.Replies() {
			got = append(got, asked(&m))
			if m.Private() != private {
				t.Errorf("private: %v, want %v: %v", m.Private(), private, &m)
			}
		}
		if want := []string{"When will Blinken be in Japan?", "When will Blinken be in India?"}; !slices.Equal(got, want) {
			t.Errorf("understood as %q, want %q", got, want)
		}
		first, second := in.Replies()[0], in.Replies()[1]
		if further := words.Say("follow.further"); strings.Contains(first.Text(), further) || !strings.Contains(second.Text(), further) {
			t.Errorf("the third question: %v %v", &first, &second)
		}
		if near := r.Press(asker, home, &second, second.Button(words.Say("action.context"))).Reply(); !strings.Contains(near.Text(), "November 10") {
			t.Errorf("the context of the second answer is %v", near)
		}
	}
	if one := r.ask("Who is Park Jin?"); asked(one.Reply()) != "Who is Park Jin?" || len(one.Replies()) != 1 {
		t.Errorf("one question got %v", one.Replies())
	}
}

// Whatever is said in whatever order, Discord takes what the bot answers: the
// local Discord refuses all else, and fails the test.
func TestAHundredRandomConversationsKeepEveryLimit(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	t.Parallel()
	r := start(t, func(r *rig, c *discord.Config) { r.Threads = []string{"600000000000000077"} })
	rnd := rand.New(rand.NewPCG(15, 7))
	pick := func(list ...string) string { return list[rnd.IntN(len(list))] }
	openings := []string{"When will Blinken be in India?", "Who is Park Jin? And why?", "What did Donald Lu say about India?", "zebras", "hello", "what can you do?",
		strings.Repeat("Who? ", 300), strings.Repeat("語", 1900), "**who** is <@1> ||Chang||?", "> quoted\nWhere?", "a\u202Eb ](https://x.example) @everyone", "블링컨은 언제 인도에 가나?"}
	turns := []string{"and in Japan?", "when?", "why", "who said that?", "and Donald Lu?", "what about <#1> Taiwan?", "그럼 일본은?", "그는 왜?", "and in 2022?", "", "thanks",
		"What did he say there?", "and " + strings.Repeat("x", 1500), strings.Repeat("and? ", 200), "`and` **Austin**?", "<:a:1>", "Who is Chang Jae-Bok?", "and the \u0000 quad?"}
	for n := range 100 {
		at := []discordtest.Place{home, direct, {Server: home.Server, Channel: "600000000000000077"}}[n%3]
		at.Channel = at.Channel[:15] + fmt.Sprintf("%03d", n) // so that no channel's limit slows the test
		if n%3 == 2 {
			r.SetThread(at.Channel)
		}
		person := discordtest.Person{ID: fmt.Sprint(400000000000000300 + n)}
		said := 0
		for turn := range 3 {
			text := pick(turns...)
			if turn == 0 {
				text = pick(openings...)
			}
			all := r.Posted(at.Channel)
			if len(all) > 0 && rnd.IntN(2) == 0 {
				r.ReplyTo(person, at, &all[len(all)-1], text, false)
			} else {
				r.Say(person, at, "<@"+r.UserID+"> "+text)
			}
			said++
			all = r.posts(at.Channel, said)
			said = len(all)
			last := all[len(all)-1]
			if buttons := last.Buttons(); len(buttons) > 0 && rnd.IntN(3) == 0 {
				r.Press(person, at, &last, buttons[rnd.IntN(len(buttons))].CustomID).Reply()
			}
		}
	}
}
