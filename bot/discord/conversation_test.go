package discord_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode"

	"example.org/attache/bot/command"
	"example.org/attache/bot/command/words"
	"example.org/attache/bot/discord"
	"example.org/attache/bot/discord/discordtest"
	"example.org/attache/bot/state"
	"example.org/attache/index"
)

// built is what tells the size and the time of an index.
var built = regexp.MustCompile(`The index takes .* UTC`)

// conversation is what is asked and answered over a small corpus.
var conversation = []struct {
	name  string
	reply func(talker) command.Reply
}{
	{"ask", func(b talker) command.Reply {
		return b.do("ask", "question", "How long does the lease of the harbour run?")
	}},
	{"unanswered", func(b talker) command.Reply {
		return b.do("ask", "question", "Who is the king of Suder?", "since", "2024-04")
	}},
	{"private", func(b talker) command.Reply {
		return b.do("ask", "question", "When did the pilots stop work?", "private", "true")
	}},
	{"nothing", func(b talker) command.Reply { return b.do("ask", "question", "Zebras?") }},
	{"who", func(b talker) command.Reply { return b.do("who", "name", "Ada Quist") }},
	{"near", func(b talker) command.Reply { return b.do("who", "name", "Ada Qvist") }},
	{"which", func(b talker) command.Reply { return b.do("who", "name", "Brandt") }},
	{"nobody", func(b talker) command.Reply { return b.do("who", "name", "Wolfgang Petermann") }},
	{"said", func(b talker) command.Reply { return b.do("said", "speaker", "Tomas Brandt") }},
	{"topic", func(b talker) command.Reply { return b.do("said", "speaker", "Brandt", "topic", "pilots") }},
	{"timeline", func(b talker) command.Reply { return b.do("timeline", "topic", "the harbour at Vessby") }},
	{"compare", func(b talker) command.Reply {
		return b.do("compare", "topic", "the lease", "speaker_a", "Ada Quist", "speaker_b", "Tomas Brandt")
	}},
	{"sources", func(b talker) command.Reply { return b.do("sources") }},
	{"find", func(b talker) command.Reply {
		return b.do("Find sources", "message", "They say that the lease runs for twelve years and may be prolonged once. And I like cheese.")
	}},
	{"help", func(b talker) command.Reply { return b.do("help") }},
	{"status", func(b talker) command.Reply { return b.do("admin status") }},
	{"context", func(b talker) command.Reply { return b.press(b.do("said", "speaker", "Tomas Brandt"), "Context") }},
	{"cite", func(b talker) command.Reply { return b.in2024().press(b.do("said", "speaker", "Ada Quist"), "Cite") }},
	{"export", func(b talker) command.Reply { return b.press(b.do("said", "speaker", "Tomas Brandt"), "Export") }},
	{"excerpt", func(b talker) command.Reply {
		return b.press(b.press(b.do("said", "speaker", "Tomas Brandt"), "Context"), "Export")
	}},
	{"gaps", func(b talker) command.Reply { return b.do("admin unanswered") }},
	{"date", func(b talker) command.Reply { return b.do("ask", "question", "When?", "since", "soon") }},
}

// A conversation over a small corpus, as members see it.
func TestAConversationLooksAsRecorded(t *testing.T) {
	b := harbourBot(t)
	for _, use := range conversation {
		t.Run(use.name, func(t *testing.T) {
			r := use.reply(b)
			got := built.ReplaceAllString(sketch(draw(t, r)), "The index takes SIZE, and was made at TIME")
			if r.Private {
				got = "(only you see this)\n\n" + got
			}
			golden(t, "talk-"+use.name, got)
		})
	}
}

// in2024 is the bot on a day of the time of its documents.
func (b talker) in2024() talker {
	return talker{&command.Bot{Index: b.Index, Log: b.Log, Now: func() time.Time { return time.Date(2024, 9, 12, 12, 0, 0, 0, time.UTC) }}, b.t, b.own}
}

type talker struct {
	*command.Bot
	t   testing.TB
	own words.Catalogue // of who talks with it
}

func harbourBot(t *testing.T) talker { return botOver(t, os.DirFS("testdata/documents")) }

// botOver is a bot over documents.
func botOver(t *testing.T, docs fs.FS) talker {
	t.Helper()
	dir := t.TempDir()
	if _, err := index.Build(t.Context(), dir, docs, index.Options{}); err != nil {
		t.Fatal(err)
	}
	ix, err := index.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ix.Close() })
	stats, err := ix.Stats()
	if err != nil {
		t.Fatal(err)
	}
	kept, err := state.Open(t.TempDir(), 90*24*time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if err := kept.AddUnanswered("Who *owns* the lighthouse?"); err != nil {
			t.Fatal(err)
		}
	}
	return talker{&command.Bot{
		Index:   func() *index.Index { return ix },
		Reindex: func(context.Context, func(index.Progress)) (*index.Report, error) { return &index.Report{}, nil },
		Failures: func() ([]index.Entry, error) {
			return []index.Entry{{Document: "scan_of_1987.pdf", Status: index.Failed, Err: errors.New("it holds no text: its pages are pictures")}}, nil
		},
		State: kept,
		Log:   slog.New(slog.DiscardHandler),
		Now:   func() time.Time { return stats.Built.Add(3 * time.Hour) },
	}, t, words.Catalogue{}}
}

func (b talker) do(name string, options ...string) command.Reply {
	c := &command.Call{Options: map[string]string{}, Admin: strings.HasPrefix(name, "admin"), Words: b.own, Own: b.own}
	if name == "ask" {
		c.Limit = 1 // the first is the first, however the others are ranked
	}
	if name == "help" {
		c.User = asker.ID // without a person, what is asked is not kept
	}
	for i := 0; i < len(options); i += 2 {
		c.Options[options[i]] = options[i+1]
	}
	return b.Do(b.t.Context(), name, c)
}

// One of several people of a name is chosen from a menu, by the asker and by
// another.
func TestOneOfSeveralPeopleIsChosen(t *testing.T) {
	t.Parallel()
	b := harbourBot(t)
	r := start(t, func(r *rig, c *discord.Config) { r.bot = b.Bot })
	r.awaitCommands(home.Server)
	m := r.Slash(asker, home, "who", option("name", "Brandt")).Reply()
	if len(m.Lines()) != 2 {
		t.Fatalf("%v", m)
	}
	for _, line := range m.Lines() {
		for _, person := range []discordtest.Person{other, asker} {
			in := r.Choose(person, home, m, line)
			if got := in.Reply(); in.Updated() || !got.Private() || !strings.HasPrefix(got.Text(), "### "+line.Label) {
				t.Errorf("%s: %v", line.Label, got)
			}
		}
	}
}

// press does the first action with a label, which is given in English.
func (b talker) press(r command.Reply, label string) command.Reply {
	all := r.Actions
	for _, s := range r.Sections {
		for _, q := range s.Quotes {
			all = append(all, q.Actions...)
		}
	}
	for _, a := range all {
		if a.Label == b.own.Say("action."+strings.ToLower(label)) {
			return b.Press(b.t.Context(), a.ID, &command.Call{Subject: r.Subject, User: asker.ID, Words: b.own, Own: b.own})
		}
	}
	b.t.Errorf("no %s in %v", label, fmt.Sprint(all))
	return command.Reply{}
}

// On a phone of 390 pixels a card has 282 for its buttons: each takes 26 beside its
// words, and 8 lie between two. A letter takes so many tenths of a pixel.
func TestFiveButtonsAreOneRowOnAPhone(t *testing.T) {
	b := harbourBot(t)
	for _, language := range words.Languages {
		b.own = words.In(language)
		m := draw(t, b.do("ask", "question", "How long does the lease of the harbour run?"))
		buttons, width := m.Buttons(), -80
		for _, b := range buttons {
			width += 80 + 260
			for _, r := range b.Label {
				switch {
				case unicode.IsSymbol(r):
					width += 170
				case r > 0x1100: // a script of square signs
					width += 140
				case unicode.Is(unicode.Arabic, r):
					width += 60
				default:
					width += 76
				}
			}
		}
		if len(buttons) != 5 || width > 2820 {
			t.Errorf("%s: %d buttons are %d pixels wide: %v", language, len(buttons), width/10, m)
		}
	}
}
