package discord_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"example.org/attache/bot/discord"
	"example.org/attache/bot/discord/discordtest"
	"example.org/attache/bot/state"
	"example.org/attache/index"
)

// A reply that Discord does not take as it is arrives in another way.
func TestAFinalReplyThatIsRefusedArrivesInAnotherWay(t *testing.T) {
	const edit, followup = "PATCH /webhooks", "POST /webhooks"
	for name, tt := range map[string]struct {
		faults  []discordtest.Fault
		picture bool // the reply still has it
		plain   bool // only plain words arrive
	}{
		"without Attach Files":        {faults: []discordtest.Fault{{Match: edit, Holding: "attachment://", Status: 403, Code: 50013}}},
		"the picture is too large":    {faults: []discordtest.Fault{{Match: edit, Holding: "attachment://", Status: 413}}},
		"the picture breaks it":       {faults: []discordtest.Fault{{Match: edit, Holding: "attachment://", Status: 500}}},
		"down for a second":           {faults: []discordtest.Fault{{Match: edit, Times: 2, Status: 503}}, picture: true},
		"no text passes":              {faults: []discordtest.Fault{{Match: edit, Holding: "harbour", Status: 400, Code: 50035}}, plain: true},
		"editing is broken":           {faults: []discordtest.Fault{{Match: edit, Status: 500}}},
		"editing is forbidden":        {faults: []discordtest.Fault{{Match: edit, Status: 403}}},
		"nothing passes for a while":  {faults: []discordtest.Fault{{Match: edit, Times: 6, Status: 403}, {Match: followup, Times: 4, Status: 403}}, picture: true},
		"limited for a moment":        {faults: []discordtest.Fault{{Match: edit, Times: 1, Status: 429, Retry: 3 * time.Second}}, picture: true},
		"Cloudflare wants no more":    {faults: []discordtest.Fault{{Match: edit, Times: 1, Status: 429, Raw: "<html>1015</html>", Headers: http.Header{"Retry-After": {"2"}}}}, picture: true},
		"a proxy says nothing of how": {faults: []discordtest.Fault{{Match: edit, Times: 1, Status: 429, Raw: "slow down", Headers: http.Header{"X-None": {""}}}}, picture: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ix := dated(t)
			r := start(t, func(r *rig, c *discord.Config) { r.bot.Index = func() *index.Index { return ix } })
			r.awaitCommands(home.Server)
			for _, f := range tt.faults {
				r.Fault(f)
			}
			in := r.Slash(asker, home, "timeline", option("topic", "harbour treaty"))
			r.Await("a word", 30*time.Second, in.Answered)
			m := in.Reply()
			if plain := !strings.Contains(m.Text(), "> "); plain != tt.plain || plain && !strings.Contains(m.Text(), "Sorry") {
				t.Errorf("plain %v, want %v: %v", plain, tt.plain, m)
			}
			if got := len(m.Files) == 1; got != tt.picture {
				t.Errorf("with a picture: %v, want %v", got, tt.picture)
			}
		})
	}
}

// What should be seen by the asker alone never shows where all see it, even when
// the public first answer can't be taken back.
func TestAPrivateReplyStaysPrivateWhenTheFirstAnswerCantBeTakenBack(t *testing.T) {
	t.Parallel()
	r := start(t, func(r *rig, c *discord.Config) {
		now := r.bot.Now
		r.bot.Now = func() time.Time { time.Sleep(time.Second); return now() }
	})
	r.awaitCommands(home.Server)
	r.Fault(discordtest.Fault{Match: "DELETE /webhooks", Status: 403})
	m := r.ask("Who?", option("since", "soon")).Reply()
	if strings.Contains(m.Text(), "soon") || !strings.Contains(m.Text(), "Sorry") || m.Private() {
		t.Errorf("got %v", m)
	}
}

func TestADeletedReplyIsNotPostedAnew(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	t.Parallel()
	r := start(t, func(r *rig, c *discord.Config) { r.slow(time.Second) })
	r.awaitCommands(home.Server)
	r.Fault(discordtest.Fault{Match: "PATCH /webhooks", Status: 404, Code: 10008})
	in := r.ask("When will Blinken be in India?")
	r.Await("the end of it", 30*time.Second, func() bool { return strings.Contains(r.Out.String(), "gone before it was answered") })
	if in.Followups() > 0 || len(r.Requests("POST /webhooks")) > 0 {
		t.Error("posted anew")
	}
}

// What a channel does not allow changes how the bot answers there, before it
// answers elsewhere.
func TestWhatAChannelForbidsChangesTheAnswer(t *testing.T) {
	post := "POST /channels/" + home.Channel + "/messages"
	for name, tt := range map[string]struct {
		fault     discordtest.Fault
		direct    string // what a direct message says of it; empty: it is answered in the channel
		reference bool
	}{
		"no reading of the past":   {discordtest.Fault{Match: post, Holding: "message_reference", Status: 400, Code: 160002}, "", false},
		"no replies":               {discordtest.Fault{Match: post, Holding: "message_reference", Status: 403, Code: 50013}, "", false},
		"no writing":               {discordtest.Fault{Match: post, Status: 403, Code: 50013}, "not allowed to write", false},
		"a thread that was locked": {discordtest.Fault{Match: post, Status: 400, Code: 160005}, "could not answer in the channel", false},
		"down for a second":        {discordtest.Fault{Match: post, Times: 3, Status: 502}, "", true},
		"slowed for seconds":       {discordtest.Fault{Match: post, Times: 1, Status: 429, Retry: 3 * time.Second, Scope: "shared"}, "", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := start(t, nil)
			r.Fault(tt.fault)
			r.Say(asker, home, "<@"+r.UserID+"> When will Blinken be in India?")
			seen := func() []discordtest.Message {
				if tt.direct != "" {
					return r.Whispered(asker)
				}
				return r.Posted(home.Channel)
			}
			r.Await("the answer", 30*time.Second, func() bool { return len(seen()) > 0 })
			m := seen()[0]
			if !strings.Contains(m.Text(), "> ") || !strings.Contains(m.Text(), tt.direct) || (m.Reference != "") != tt.reference {
				t.Errorf("reference %q: %v", m.Reference, &m)
			}
			if tt.direct == "" && len(r.Whispered(asker)) > 0 {
				t.Error("answered in a direct message too")
			}
		})
	}
}

func TestLimitsAreObeyedForTheirScope(t *testing.T) {
	here, there := "POST /channels/"+home.Channel+"/messages", "POST /channels/"+foreign.Channel+"/messages"
	for name, tt := range map[string]struct {
		fault discordtest.Fault
		both  bool // the other channel waits too
		slash bool // and an interaction
		logs  string
	}{
		"one channel":        {discordtest.Fault{Scope: "shared"}, false, false, "this kind of request"},
		"one user's":         {discordtest.Fault{Scope: "user"}, false, false, "this kind of request"},
		"all of the bot":     {discordtest.Fault{Global: true, Scope: "global"}, true, false, "all requests of the bot"},
		"all of the address": {discordtest.Fault{Raw: "<html>banned</html>", Headers: http.Header{"Retry-After": {"2"}}}, true, true, "all requests from this address"},
		"until a date":       {discordtest.Fault{Raw: "banned", Headers: http.Header{"Retry-After": {time.Now().Add(20 * time.Second).UTC().Format(http.TimeFormat)}}}, true, true, "all requests from this address"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := start(t, nil)
			r.awaitCommands(home.Server)
			f := tt.fault
			f.Match, f.Times, f.Status, f.Retry = here, 1, 429, 2*time.Second
			if name == "until a date" {
				f.Headers = http.Header{"Retry-After": {time.Now().Add(10 * time.Second).UTC().Format(http.TimeFormat)}}
			}
			r.Fault(f)
			r.Say(asker, home, "<@"+r.UserID+"> When will Blinken be in India?")
			r.Await("the refusal", 30*time.Second, func() bool { return len(r.Requests(here)) == 1 })
			refused := r.Requests(here)[0].At
			time.Sleep(100 * time.Millisecond)
			r.Say(asker, foreign, "<@"+r.UserID+"> When will Blinken be in India?")
			in := r.ask("When will Blinken be in India?")
			r.Await("the answers", 30*time.Second, func() bool {
				return len(r.Posted(home.Channel)) == 1 && len(r.Posted(foreign.Channel)) == 1 && in.Answered()
			})
			waited := func(prefix string) time.Duration {
				all := r.Requests(prefix)
				return all[len(all)-1].At.Sub(refused)
			}
			const least = 1900 * time.Millisecond
			if got := waited(here); got < least || len(r.Requests(here)) != 2 {
				t.Errorf("tried again after %v, %d requests", got, len(r.Requests(here)))
			}
			if got := waited(there); (got >= least) != tt.both {
				t.Errorf("the other channel was written to after %v", got)
			}
			if got := waited("POST /interactions"); (got >= least) != tt.slash {
				t.Errorf("the interaction was answered after %v", got)
			}
			if !strings.Contains(r.Out.String(), tt.logs) {
				t.Error("the log does not say what is limited")
			}
		})
	}
}

func TestAnEntryPointIsCarriedAlong(t *testing.T) {
	t.Parallel()
	const launch, of = 4, "launch"
	r := start(t, func(r *rig, c *discord.Config) {
		c.Guilds = nil
		r.AddCommand("", launch, of)
		r.AddCommand("", 1, "an-old-one")
	})
	has := func(name string) bool {
		for _, c := range r.Commands("") {
			if c["name"] == name {
				return true
			}
		}
		return false
	}
	r.Await("the commands", 30*time.Second, func() bool { return has("ask") })
	if !has(of) || has("an-old-one") {
		t.Errorf("registered are %v", r.Commands(""))
	}
	if err := r.front.Unregister(t.Context(), nil); err != nil || !has(of) || has("ask") {
		t.Errorf("%v; still registered are %v", err, r.Commands(""))
	}
}

func TestCommandsThatShowTwiceAreToldOf(t *testing.T) {
	for name, tt := range map[string]struct {
		guilds []string
		other  string // the scope that has commands already
		want   string
	}{
		"everywhere, and once in a server":   {nil, home.Server, "attache unregister " + home.Server},
		"in a server, and once everywhere":   {[]string{home.Server}, "", "attache unregister\""},
		"everywhere, and others in a server": {nil, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := start(t, func(r *rig, c *discord.Config) {
				c.Guilds = tt.guilds
				r.AddCommand(tt.other, 1, "ask")
				r.AddCommand(home.Server, 2, "of-others")
			})
			if tt.want == "" {
				time.Sleep(500 * time.Millisecond)
				if strings.Contains(r.Out.String(), "unregister") {
					t.Error("told of none")
				}
				return
			}
			r.Await("the warning", 30*time.Second, func() bool { return strings.Contains(r.Out.String(), tt.want) })
		})
	}
}

func TestWhoeverAddressesTheBotGetsAWord(t *testing.T) {
	t.Parallel()
	r := start(t, nil)
	me := "<@" + r.UserID + "> "
	n := map[string]int{}
	next := func(channel, what, want string) *discordtest.Message {
		t.Helper()
		n[channel]++
		r.Await(what, 30*time.Second, func() bool { return len(r.Posted(channel)) >= n[channel] })
		m := r.Posted(channel)[n[channel]-1]
		if !strings.Contains(m.Text(), want) {
			t.Errorf("%s: %v", what, &m)
		}
		return &m
	}
	r.Say(asker, home, me+"When will Blinken be in India?")
	answer := next(home.Channel, "a mention", "> ")
	r.ReplyTo(asker, home, answer, "Who said that?", true)
	next(home.Channel, "a reply that does not mention it", "turn that on")
	r.ReplyTo(asker, home, answer, "Hello?", true)
	r.Say(other, home, "<@&"+r.BotRole(home.Server)+"> When will Blinken be in India?")
	next(home.Channel, "a mention of its role", "Mention me myself")
	r.Say(other, home, "<@&800000000000000077> hello")
	r.Forward(asker, direct, "When will Blinken be in India?")
	next(direct.Channel, "a forwarded message", "> ")
	r.Say(asker, direct, "<:pepe:123456789012345678>")
	if m := next(direct.Channel, "an emoji alone", "/ask"); strings.Count(m.Text(), "\n") > 0 {
		t.Errorf("more than a line: %v", m)
	}
	r.Say(asker, direct, "<:pepe:123456789012345678> When will Blinken be in India?")
	if m := next(direct.Channel, "a question with an emoji", "> "); strings.Contains(m.Text(), "pepe") {
		t.Errorf("shown with its emoji: %v", m)
	}
	r.SayWith(asker, home, me+"When will Blinken be in India?", func(m map[string]any) {
		m["type"], m["mentions"], m["embeds"], m["flags"], m["author"].(map[string]any)["bot"] = 0, "many", map[string]any{}, "none", nil
		m["mention_roles"], m["poll"], m["message_snapshots"], m["components"] = 7, []any{}, "x", []any{map[string]any{"components": 1}}
	})
	next(home.Channel, "a message with fields of other types", "> ")
	if got := len(r.Posted(home.Channel)); got != n[home.Channel] {
		t.Errorf("%d messages, want %d", got, n[home.Channel])
	}
}

func TestTooManyMentionsGetOneWord(t *testing.T) {
	t.Parallel()
	r := start(t, func(r *rig, c *discord.Config) { c.UserPerMinute = 3 })
	for range 30 {
		r.Say(asker, home, "<@"+r.UserID+"> When will Blinken be in India?")
	}
	r.Say(other, home, "<@"+r.UserID+"> When will Blinken be in India?")
	r.Await("the answers", 30*time.Second, func() bool { return len(r.Posted(home.Channel)) >= 5 })
	time.Sleep(300 * time.Millisecond)
	words := 0
	for _, m := range r.Posted(home.Channel) {
		if strings.Contains(m.Text(), "come back in") {
			words++
		}
	}
	if all := len(r.Posted(home.Channel)); words != 1 || all != 5 {
		t.Errorf("%d words of %d messages", words, all)
	}
}

func TestIDsOfMembersAreNotKept(t *testing.T) {
	t.Parallel()
	kept, err := state.Open(t.TempDir(), time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	r := start(t, func(r *rig, c *discord.Config) { r.bot.State = kept })
	r.Say(asker, home, "<@"+r.UserID+"> what does <@"+other.ID+"> think of zebras in <#"+home.Channel+"> <:zebra:123456789012345678>?")
	r.ask("zebras and <@" + other.ID + ">?").Reply()
	r.Await("the answer", 30*time.Second, func() bool { return len(r.Posted(home.Channel)) == 1 })
	r.Await("what is kept", 30*time.Second, func() bool { q, err := kept.Unanswered(); return err == nil && len(q) == 2 })
	questions, _ := kept.Unanswered()
	for _, q := range questions {
		if strings.ContainsAny(q.Text, "<0123456789") {
			t.Errorf("kept: %s", q.Text)
		}
	}
}

func TestAPingOverTheGatewayIsAPong(t *testing.T) {
	t.Parallel()
	r := start(t, nil)
	in := r.Send(r.Make(asker, home, 1, nil))
	r.Await("the pong", 30*time.Second, func() bool { return in.Latency() > 0 })
}

// A question that comes while the index is being opened waits for it.
func TestQuestionsWaitForTheIndexToOpen(t *testing.T) {
	t.Parallel()
	opened := make(chan struct{})
	r := start(t, func(r *rig, c *discord.Config) { opening(r, opened) })
	var all []*discordtest.Interaction
	for range 10 {
		all = append(all, r.ask("When will Blinken be in India?"))
	}
	r.Await("the deferrals", 30*time.Second, func() bool { return all[0].Deferred() && all[9].Deferred() })
	close(opened)
	for _, in := range all {
		if m := in.Reply(); !strings.Contains(m.Text(), "> ") {
			t.Errorf("got %v", m)
		}
	}
}
