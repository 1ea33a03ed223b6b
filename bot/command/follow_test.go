package command_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"example.org/attache/bot/command"
	"example.org/attache/bot/command/words"
	"example.org/attache/bot/follow"
	"example.org/attache/bot/state"
	"example.org/attache/corpus"
	"example.org/attache/index"
)

func TestWhoMayFollowWhatWhere(t *testing.T) {
	b := newBot(t, corpus.Builtin())
	none := b.Do(t.Context(), "follow list", &command.Call{User: "1", Place: &command.Place{}})
	if !none.Failed {
		t.Errorf("where nothing is kept: %s", said(none))
	}
	kept, err := state.Open(t.TempDir(), time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	b.State, b.Follows = kept, follow.NewBook(kept, follow.Limits{Person: 4, Server: 10, All: 10})
	channel := &command.Place{Server: "s", Channel: "c", Writes: true}
	managed := &command.Place{Server: "s", Channel: "c", Writes: true, Manages: true}
	for _, c := range []struct {
		name    string
		user    string
		place   *command.Place
		options map[string]string
		want    string
	}{
		{"who", "", nil, map[string]string{"name": "Park Jin"}, "Following is for Discord"},
		{"who", "1", channel, map[string]string{"name": "Park Jin"}, "Manage Messages"},
		{"who", "1", &command.Place{Server: "s", Channel: "c", Manages: true}, map[string]string{"name": "Park Jin"}, "I may not write in this channel"},
		{"who", "1", managed, map[string]string{"name": "Donald Lu"}, "what is said by Donald Lu, in a channel"},
		{"who", "2", managed, map[string]string{"name": "donald lu"}, "followed already"},
		{"who", "1", channel, map[string]string{"name": "Donald Lu", "private": "true"}, "by direct message"},
		{"who", "1", managed, map[string]string{"name": "Uwe Unknown"}, "quote nobody called Uwe Unknown yet"},
		{"topic", "1", managed, map[string]string{"words": "trade", "every": "Weekly", "hour": "7:00", "zone": "Asia/Seoul"}, "weekly at 7:00 Asia/Seoul"},
		{"topic", "1", managed, map[string]string{"words": "ice"}, "one more than may be followed"},
		{"topic", "2", managed, map[string]string{"words": "ice", "hour": "noon"}, "noon is no hour"},
		{"topic", "2", managed, map[string]string{"words": "ice", "zone": "Mars"}, "is no time zone"},
	} {
		r := b.Do(t.Context(), "follow "+c.name, &command.Call{User: c.user, Place: c.place, Options: c.options})
		if got := said(r); !strings.Contains(got, c.want) {
			t.Errorf("/follow %s %v: %s", c.name, c.options, got)
		}
	}
	all, err := b.Follows.All()
	if err != nil || len(all) != 4 {
		t.Fatalf("there are %v, %v", all, err)
	}
	slices.SortStableFunc(all, func(a, b follow.Follow) int { return strings.Compare(b.Place.Channel, a.Place.Channel) }) // the channel's first
	// Who follows, who manages the channel and who runs the bot may stop it.
	for _, c := range []struct {
		call command.Call
		want string
	}{
		{command.Call{User: "2", Place: channel}, "for who follows it"},
		{command.Call{User: "2", Place: managed}, "Followed no more"},
		{command.Call{User: "1", Place: managed}, "not followed any more"},
	} {
		if got := said(b.Press(t.Context(), "stop:"+all[0].ID+":notice", &c.call)); !strings.Contains(got, c.want) {
			t.Errorf("stopping says %s", got)
		}
	}
	if got := said(b.Do(t.Context(), "admin follows", &command.Call{Admin: true, Options: map[string]string{"stop": all[1].ID}})); !strings.Contains(got, "Followed no more") {
		t.Errorf("the operator is told %s", got)
	}
	if got := said(b.Do(t.Context(), "admin follows", &command.Call{Admin: true, Options: map[string]string{"stop": "nothing"}})); !strings.Contains(got, "No follow has the ID") {
		t.Errorf("the operator is told %s", got)
	}
}

// A follow's notices are in the language of the place where it was made, and what only its
// maker sees in their own.
func TestAFollowHasALanguage(t *testing.T) {
	b := newBot(t, corpus.Builtin())
	var err error
	if b.State, err = state.Open(t.TempDir(), time.Hour); err != nil {
		t.Fatal(err)
	}
	b.Follows = follow.NewBook(b.State, follow.Limits{Person: 9, Server: 9, All: 9})
	for private, want := range map[string]string{"true": "ko", "false": "fr"} {
		c := &command.Call{Options: map[string]string{"words": "ice " + private, "private": private}, User: "u", Words: words.In("fr"), Own: words.In("ko"),
			Place: &command.Place{Server: "s", Channel: "c", Manages: true, Writes: true}}
		if r := b.Do(t.Context(), "follow topic", c); r.Failed || r.Words.Language() != want {
			t.Errorf("private %s: %+v", private, r)
		}
	}
	all, err := b.Follows.All()
	if err != nil || len(all) != 2 {
		t.Fatal(all, err)
	}
	for _, f := range all {
		want := map[string]string{"": "ko", "c": "fr"}[f.Place.Channel]
		if f.Language != want {
			t.Errorf("%+v is told in %s, want %s", f.Place, f.Language, want)
		}
		if got := b.Notice(follow.Notice{Follow: f}, "de").Words.Language(); got != "de" {
			t.Errorf("the configured language is passed over: %s", got)
		}
	}
}

func TestNoticesSayWhatIsNew(t *testing.T) {
	b := newBot(t, corpus.Builtin())
	quote := index.Quote{Text: "The ice came early.", Source: index.Source{Document: "a.txt", Title: "Ice"}}
	for kind, want := range map[follow.Kind]string{follow.Person: "New from Ice", follow.Topic: "New on Ice", follow.Source: "New documents of Ice", follow.Question: "this ends it"} {
		r := b.Notice(follow.Notice{ID: "n", Follow: follow.Follow{ID: "f", Kind: kind, Subject: "Ice"}, Quotes: []index.Quote{quote}, Sources: []index.Source{quote.Source}, More: 2}, "")
		if got := said(r); !strings.Contains(got, want) || !strings.Contains(got, "2 more: /") {
			t.Errorf("%s: %s", kind, got)
		}
		if at := len(r.Actions) - 1; at < 0 || r.Actions[at].ID != "stop:f:n" {
			t.Errorf("%s: %v", kind, r.Actions)
		}
	}
}
