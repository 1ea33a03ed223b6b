package discord_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"example.org/attache/bot/discord"
	"example.org/attache/bot/discord/discordtest"
)

func TestQuestionIsAnsweredWithQuotes(t *testing.T) {
	r := start(t, nil)
	in := r.ask("When will Blinken be in India?")
	m := in.Reply()
	if !strings.Contains(m.Text(), "November 10") && !strings.Contains(m.Text(), "Nov") {
		t.Errorf("no answer in %v", m)
	}
	quoted := false
	for line := range strings.Lines(m.Text()) {
		quoted = quoted || strings.HasPrefix(line, "> ")
	}
	if !quoted {
		t.Errorf("no quotation in %v", m)
	}
	if m.Private() || in.Deferred() {
		t.Errorf("private %v, deferred %v", m.Private(), in.Deferred())
	}
}

func TestCommandsAreRegisteredOnceForAll(t *testing.T) {
	for name, guilds := range map[string][]string{"globally": nil, "in two servers, one of them named twice": {home.Server, foreign.Server, home.Server}} {
		t.Run(name, func(t *testing.T) {
			change := func(r *rig, c *discord.Config) { c.Guilds = guilds }
			r := start(t, change)
			scopes := []string{""}
			if guilds != nil {
				scopes = guilds[:2]
			}
			for _, s := range scopes {
				r.awaitCommands(s)
			}
			r.Await("the registrations", time.Second, func() bool { return len(r.Requests("PUT ")) == len(scopes) })
			r.Stop()
			again := prepare(t, func(s *rig, c *discord.Config) {
				change(s, c)
				s.Server, c.APIURL, c.Token = r.Server, r.URL, r.Token
			})
			again.AwaitOnline(1, 30*time.Second)
			again.Await("the look at what is registered", 30*time.Second, func() bool {
				return len(again.Requests("GET /applications/"+r.AppID)) == 2*len(scopes)
			})
			again.Stop()
			if n := len(r.Requests("PUT ")); n != len(scopes) {
				t.Errorf("%d PUTs after a second start, want no more than %d", n, len(scopes))
			}
		})
	}
}

func TestCommandsSayWhereAndForWhomTheyAre(t *testing.T) {
	t.Parallel()
	r := start(t, func(r *rig, c *discord.Config) { c.Guilds = nil })
	r.awaitCommands("")
	for _, c := range r.Commands("") {
		name, admin := c["name"], c["name"] == "admin"
		if got := c["default_member_permissions"] == "32"; got != admin {
			t.Errorf("%v: default_member_permissions %v", name, c["default_member_permissions"])
		}
		wantContexts, wantInstalls := "[0 1 2]", "[0 1]"
		if admin {
			wantContexts, wantInstalls = "[0 1]", "[0]"
		}
		if got := fmt.Sprint(c["contexts"]); got != wantContexts {
			t.Errorf("%v: contexts %s, want %s", name, got, wantContexts)
		}
		if got := fmt.Sprint(c["integration_types"]); got != wantInstalls {
			t.Errorf("%v: integration_types %s, want %s", name, got, wantInstalls)
		}
		if message := name == "Find sources"; (fmt.Sprint(c["type"]) == "3") != message {
			t.Errorf("%v: type %v", name, c["type"])
		}
	}
}

func TestInviteIsPrinted(t *testing.T) {
	r := start(t, nil)
	if want := "https://discord.com/oauth2/authorize?client_id=" + r.AppID; !strings.Contains(r.Out.String(), want) {
		t.Errorf("no %s in %s", want, r.Out)
	}
}

func TestWrongTokenEndsTheProgramWithAdvice(t *testing.T) {
	r := prepare(t, func(r *rig, c *discord.Config) { c.Token = "not-the-token" })
	err := r.Wait()
	if err == nil || !strings.Contains(err.Error(), "DISCORD_TOKEN") || strings.Contains(err.Error(), "not-the-token") {
		t.Errorf("got %v", err)
	}
}

func TestAdminCommandsAreForThoseTheConfigurationNames(t *testing.T) {
	r := start(t, func(r *rig, c *discord.Config) { c.Guilds = nil; c.AdminGuilds = []string{home.Server} })
	r.awaitCommands("")
	manager := discordtest.Person{ID: asker.ID, Permissions: discordtest.ManageServer}
	for name, tt := range map[string]struct {
		who     discordtest.Person
		at      discordtest.Place
		allowed bool
	}{
		"anyone":                            {asker, home, false},
		"admin user":                        {operator, foreign, true},
		"admin user in a direct message":    {operator, direct, true},
		"admin role":                        {discordtest.Person{ID: asker.ID, Roles: []string{"1", "700000000000000001"}}, foreign, true},
		"other role":                        {discordtest.Person{ID: asker.ID, Roles: []string{"1"}}, home, false},
		"Manage Server at home":             {manager, home, true},
		"Manage Server in a foreign server": {manager, foreign, false},
		"other permissions":                 {discordtest.Person{ID: asker.ID, Permissions: 1 << 11}, home, false},
		"Administrator in a foreign server": {discordtest.Person{ID: asker.ID, Permissions: 1 << 3}, foreign, false},
		"someone else in a direct message":  {asker, direct, false},
	} {
		t.Run(name, func(t *testing.T) {
			m := r.Slash(tt.who, tt.at, "admin reindex").Reply()
			refused := strings.Contains(m.Text(), "admin_users")
			if refused == tt.allowed {
				t.Errorf("allowed %v, want %v: %v", !refused, tt.allowed, m)
			}
			if !m.Private() {
				t.Error("everyone sees it")
			}
		})
	}
}
