package discord_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"example.org/attache/bot/discord"
	"example.org/attache/bot/discord/discordtest"
	"example.org/attache/bot/follow"
	"example.org/attache/bot/state"
	"example.org/attache/index"
)

// withFollows lets the bot keep follows.
func withFollows(t *testing.T) func(*rig, *discord.Config) {
	return func(r *rig, _ *discord.Config) {
		s, err := state.Open(t.TempDir(), time.Hour)
		if err != nil {
			t.Fatal(err)
		}
		r.bot.State = s
		r.bot.Follows = follow.NewBook(s, follow.Limits{Person: 3, Server: 3, All: 10})
	}
}

// notice is what there is to tell of a follow.
func notice(t *testing.T, id string, f follow.Follow) follow.Notice {
	t.Helper()
	found, err := documents(t).Said(t.Context(), "Donald Lu", "", index.Filter{}, 1)
	if err != nil || len(found.Quotes) == 0 {
		t.Fatalf("got %+v, %v", found, err)
	}
	return follow.Notice{ID: id, Follow: f, Quotes: found.Quotes, More: 12}
}

// button returns the ID of the button with a label.
func button(m *discordtest.Message, label string) string {
	id := ""
	var find func([]discordtest.Component)
	find = func(list []discordtest.Component) {
		for _, c := range list {
			if c.Label == label {
				id = c.CustomID
			}
			find(c.Components)
		}
	}
	find(m.Components)
	return id
}

func TestFollowingOnDiscord(t *testing.T) {
	t.Parallel()
	r := start(t, withFollows(t))
	r.awaitCommands(home.Server)
	moderator := asker
	moderator.Permissions = 1 << 13
	name := option("name", "Donald Lu")

	if said := r.Slash(asker, home, "follow who", name).Reply().Text(); !strings.Contains(said, "Manage Messages") {
		t.Errorf("who may not is told %s", said)
	}
	in := r.Slash(moderator, home, "follow who", name, option("every", "daily"), option("hour", "8"), option("zone", "Europe/Berlin"))
	if said := in.Reply().Text(); !strings.Contains(said, "what is said by Donald Lu, daily at 8:00 Europe/Berlin, in a channel") {
		t.Errorf("the reply is %s", said)
	}
	for _, wrong := range []discordtest.Option{option("every", "hourly"), option("hour", "25"), option("hour", "noon"), option("zone", "Mars")} {
		if m := r.Slash(moderator, home, "follow topic", option("words", "trade"), wrong).Reply(); !strings.Contains(m.Text(), "hour") && !strings.Contains(m.Text(), "zone") {
			t.Errorf("%v: %s", wrong, m.Text())
		}
	}

	// The button below a person follows for who presses it alone.
	who := r.Slash(other, home, "who", name).Reply()
	if said := r.Press(other, home, who, button(who, "Follow")).Reply(); !strings.Contains(said.Text(), "by direct message") {
		t.Errorf("the button says %s", said.Text())
	}
	none := r.Slash(other, home, "ask", option("question", "Who is the queen of Ruritania?")).Reply()
	if said := r.Press(other, home, none, button(none, "Follow")).Reply().Text(); !strings.Contains(said, "an answer to Who is the queen of Ruritania?") {
		t.Errorf("the button below a question without an answer says %s", said)
	}

	// Everybody sees and stops what is theirs.
	if said := r.Slash(asker, home, "follow list").Reply().Text(); !strings.Contains(said, "daily at 8:00") || strings.Contains(said, "Ruritania") {
		t.Errorf("the list is %s", said)
	}
	choices := r.Complete(other, home, "follow stop", "follow", option("follow", "rurit")).Choices()
	if len(choices) != 1 || !strings.Contains(choices[0].Name, "Ruritania") {
		t.Fatalf("completes to %v", choices)
	}
	if said := r.Slash(asker, home, "follow stop", option("follow", choices[0].Value.(string))).Reply().Text(); !strings.Contains(said, "follow nothing like that") {
		t.Errorf("somebody else is told %s", said)
	}
	if said := r.Slash(other, home, "follow stop", option("follow", choices[0].Value.(string))).Reply().Text(); !strings.Contains(said, "Followed no more") {
		t.Errorf("stopping says %s", said)
	}
	if said := r.Slash(operator, home, "admin follows").Reply().Text(); !strings.Contains(said, "2 follows") || !strings.Contains(said, other.ID) {
		t.Errorf("the operator sees %s", said)
	}
	if said := r.Slash(asker, home, "help").Reply().Text(); !strings.Contains(said, "What you follow is kept") {
		t.Errorf("help says %s", said)
	}
}

func TestWhoHasTheBotAloneCanOnlyBeToldAlone(t *testing.T) {
	t.Parallel()
	r := start(t, withFollows(t))
	r.awaitCommands(home.Server)
	moderator := asker
	moderator.Permissions = 1 << 13
	in := r.Make(moderator, home, 2, r.SlashData(home, "follow topic", option("words", "trade")))
	in.Replace("authorizing_integration_owners", map[string]string{"1": asker.ID})
	if said := r.Send(in).Reply().Text(); !strings.Contains(said, "With private: true I tell you by direct message") {
		t.Errorf("it says %s", said)
	}
}

// A role is mentioned only by who may mention it, and nobody else is.
func TestAFollowThatMentionsARole(t *testing.T) {
	t.Parallel()
	r := start(t, withFollows(t))
	r.awaitCommands(home.Server)
	const mentionsAll = 1 << 17
	moderator, above := asker, asker
	moderator.Permissions, above.Permissions = 1<<13, 1<<13|mentionsAll
	open, closed := discordtest.Role{ID: "501", Mentionable: true}, discordtest.Role{ID: "502"}
	for i, c := range []struct {
		who  discordtest.Person
		role discordtest.Role
		bot  int64
		more []discordtest.Option
		want string
	}{
		{moderator, open, 0, nil, "mentioning a role"},
		{moderator, closed, mentionsAll, nil, "You may not mention that role"},
		{above, closed, 0, nil, "I may not mention that role"},
		{above, closed, mentionsAll, nil, "mentioning a role"},
		{above, discordtest.Role{ID: home.Server}, mentionsAll, nil, "a role of this server other than"},
		{moderator, open, 0, []discordtest.Option{option("private", true)}, "mention no role"},
	} {
		in := r.Make(c.who, home, 2, r.SlashData(home, "follow topic", append(c.more, option("words", fmt.Sprint("trade ", i)), option("ping", c.role))...))
		in.Replace("app_permissions", fmt.Sprint(1<<11|c.bot))
		if said := r.Send(in).Reply().Text(); !strings.Contains(said, c.want) {
			t.Errorf("%+v: %s", c, said)
		}
	}
	all, err := r.bot.Follows.All()
	slices.SortFunc(all, func(a, b follow.Follow) int { return strings.Compare(a.Subject, b.Subject) })
	if err != nil || len(all) != 2 || all[0].Ping != open.ID || all[1].Ping != closed.ID {
		t.Fatalf("there are %+v, %v", all, err)
	}
	n := notice(t, "aaaaaaaaaa", all[0])
	n.Quotes[0].Text = strings.Replace(n.Quotes[0].Text, " ", " <@&502> @everyone <@7> ", 1) // a document may try
	if err := r.front.Notify(t.Context(), n); err != nil {
		t.Fatal(err)
	}
	if told := r.Posted(home.Channel); len(told) != 1 || !slices.Equal(told[0].Pinged, []string{open.ID}) {
		t.Errorf("told %v, which notifies %v", told, told[0].Pinged)
	}
	r.DeleteRole(home.Server, open.ID)
	r.Await("a follow without its role", 10*time.Second, func() bool {
		now, err := r.bot.Follows.All()
		return err == nil && !slices.ContainsFunc(now, func(f follow.Follow) bool { return f.Ping == open.ID })
	})
	n.ID, n.Follow.Ping = "bbbbbbbbbb", ""
	if err := r.front.Notify(t.Context(), n); err != nil || len(r.Posted(home.Channel)[1].Pinged) != 0 {
		t.Errorf("without a role it notifies %v, %v", r.Posted(home.Channel)[1].Pinged, err)
	}
}

func TestFollowsEndWithTheirPlace(t *testing.T) {
	t.Parallel()
	r := start(t, withFollows(t))
	r.awaitCommands(home.Server)
	r.AwaitOnline(1, 10*time.Second)
	add := func(subject string, at follow.Place) follow.Follow {
		f, err := r.bot.Follows.Add(follow.Follow{Kind: follow.Topic, Subject: subject, Owner: subject, Place: at}, time.Now())
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	here := add("here", follow.Place{Server: home.Server, Channel: home.Channel})
	beside := add("beside", follow.Place{Server: home.Server, Channel: "77"})
	add("elsewhere", follow.Place{Server: foreign.Server, Channel: foreign.Channel})
	add("alone", follow.Place{})
	left := func() (names []string) {
		all, err := r.bot.Follows.All()
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range all {
			names = append(names, f.Subject)
		}
		return names
	}
	await := func(what string, want ...string) {
		t.Helper()
		r.Await(what, 10*time.Second, func() bool { return slices.Equal(left(), want) })
	}
	r.Leave(home.Server, true) // an outage, after which it is there again
	r.DeleteChannel(discordtest.Place{Server: home.Server, Channel: home.Channel})
	await("a deleted channel", "beside", "elsewhere", "alone")
	r.Leave(home.Server, false)
	await("a server that was left", "elsewhere", "alone")
	for id, why := range map[string]string{here.ID: "its channel was deleted", beside.ID: "not in its server any more"} {
		said := func() int { return strings.Count(r.Out.String(), why+`" follow=`+id) }
		r.Await("a line in the log", 10*time.Second, func() bool { return said() > 0 })
		if said() != 1 {
			t.Errorf("the log says more than once that %s: %s", why, r.Out)
		}
	}
}

func TestNotices(t *testing.T) {
	t.Parallel()
	r := start(t, withFollows(t))
	place := follow.Place{Server: home.Server, Channel: home.Channel}
	n := notice(t, "aaaaaaaaaa", follow.Follow{ID: "f1", Kind: follow.Person, Subject: "Donald Lu", Owner: asker.ID, Place: place})
	if err := r.front.Notify(t.Context(), n); err != nil {
		t.Fatal(err)
	}
	told := r.Posted(home.Channel)
	if len(told) != 1 || !strings.Contains(told[0].Text(), "New from Donald Lu") || !strings.Contains(told[0].Text(), "12 more: /said Donald Lu") {
		t.Fatalf("told %v", told)
	}
	// After a crash it may have been sent, longer ago than Discord knows its nonce.
	n.Begun = true
	if err := r.front.Notify(t.Context(), n); err != nil || len(r.Posted(home.Channel)) != 1 || len(r.Requests("POST /channels/"+home.Channel+"/messages")) != 1 {
		t.Errorf("sent again, %v", err)
	}
	n.ID = "bbbbbbbbbb"
	if err := r.front.Notify(t.Context(), n); err != nil || len(r.Posted(home.Channel)) != 2 {
		t.Errorf("one that was not sent before the crash is not sent, %v", err)
	}
	n.ID, n.Begun, n.Follow.Place = "cccccccccc", false, follow.Place{}
	if err := r.front.Notify(t.Context(), n); err != nil || len(r.Whispered(asker)) != 1 {
		t.Errorf("no direct message, %v", err)
	}
	for _, c := range []struct {
		fault discordtest.Fault
		want  error
	}{
		{discordtest.Fault{Match: "POST /channels", Times: 1, Status: 403, Code: 50007}, follow.ErrRefused},
		{discordtest.Fault{Match: "POST /users/@me/channels", Times: 1, Status: 400, Code: 50033}, follow.ErrRefused},
		{discordtest.Fault{Match: "POST /channels", Times: 1, Status: 404, Code: 10003}, follow.ErrOver},
		{discordtest.Fault{Match: "POST /channels", Times: 1, Status: 403, Code: 50013}, follow.ErrOver},
	} {
		r.Fault(c.fault)
		n.ID += "d"
		if err := r.front.Notify(t.Context(), n); !errors.Is(err, c.want) {
			t.Errorf("%+v: got %v", c.fault, err)
		}
	}
	// What passes is neither, nor is what a proxy says without a code of Discord's.
	for i, fault := range []discordtest.Fault{{Status: 400, Code: 50035}, {Status: 403, Raw: "<html>blocked</html>"}} {
		fault.Match, fault.Times = "POST /channels", 1
		r.Fault(fault)
		n.ID = strings.Repeat("ef"[i:i+1], 10)
		if err := r.front.Notify(t.Context(), n); err == nil || errors.Is(err, follow.ErrOver) || errors.Is(err, follow.ErrRefused) {
			t.Errorf("%+v: got %v", fault, err)
		}
	}
}
