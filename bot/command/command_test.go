package command_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"example.org/attache/bot/command"
	"example.org/attache/bot/state"
	"example.org/attache/corpus"
	"example.org/attache/index"
)

// newBot returns a bot over the documents of fsys.
func newBot(t testing.TB, fsys fs.FS) *command.Bot {
	t.Helper()
	return botIn(t, t.TempDir(), fsys)
}

// botIn returns a bot whose index is in dir.
func botIn(t testing.TB, dir string, fsys fs.FS) *command.Bot {
	t.Helper()
	if _, err := index.Build(t.Context(), dir, fsys, index.Options{}); err != nil {
		t.Fatal(err)
	}
	ix, err := index.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ix.Close() })
	return &command.Bot{
		Index: func() *index.Index { return ix },
		Log:   slog.New(slog.DiscardHandler),
		Now:   func() time.Time { return time.Date(2024, 9, 12, 12, 0, 0, 0, time.UTC) },
	}
}

// said returns every word of a reply that is the bot's own.
func said(r command.Reply) string {
	lines := []string{r.Title}
	for _, s := range r.Sections {
		lines = append(append(lines, s.Heading), s.Lines...)
	}
	return strings.Join(append(lines, r.Notes...), "\n")
}

func call(options ...string) *command.Call {
	c := &command.Call{Options: map[string]string{}}
	for i := 0; i < len(options); i += 2 {
		c.Options[options[i]] = options[i+1]
	}
	return c
}

func TestWhatCannotBeDoneIsSaid(t *testing.T) {
	b := newBot(t, corpus.Builtin())
	for name, c := range map[string]struct {
		command string
		call    *command.Call
		want    string
	}{
		"no command":        {"", call(), "Which command?"},
		"long command":      {strings.Repeat("x", 40), call(), "“" + strings.Repeat("x", 32) + "…”"},
		"unknown command":   {"dance", call(), "no command “dance”"},
		"slip of the hand":  {"aks", call(), "Did you mean /ask?"},
		"only the group":    {"admin", call(), "one of: reindex, status,"},
		"missing option":    {"ask", call(), "Usage: /ask question"},
		"only white space":  {"ask", call("question", " \x00\u200b "), "option question is missing"},
		"too long":          {"ask", call("question", strings.Repeat("é", 501)), "may have 500 characters, and this has 501"},
		"no date":           {"ask", call("question", "Why?", "since", "banana"), "“banana” is not a date"},
		"since after until": {"ask", call("question", "Why?", "since", "2025", "until", "March 2020"), "since 2025 is after until 2020-03"},
		"no bool":           {"ask", call("question", "Why?", "private", "perhaps"), "neither true nor false"},
		"not an admin":      {"admin reindex", call(), "Manage Server"},
	} {
		t.Run(name, func(t *testing.T) {
			r := b.Do(t.Context(), c.command, c.call)
			if !r.Failed || !strings.Contains(said(r), c.want) {
				t.Errorf("failed %v, said %q; want %q", r.Failed, said(r), c.want)
			}
		})
	}
}

func TestHelpSaysHowLongThingsAreKeptAndHowOptionsAreTyped(t *testing.T) {
	b := newBot(t, corpus.Builtin())
	for keep, want := range map[time.Duration]string{90 * 24 * time.Hour: "Kept for 90 days:", 36 * time.Hour: "Kept for 36 hours:", time.Hour: "Kept for 1 hour:", 90 * time.Minute: "Kept for 90 minutes:"} {
		var err error
		if b.State, err = state.Open(t.TempDir(), keep); err != nil {
			t.Fatal(err)
		}
		alone, member := call(), call()
		member.User = "5"
		if got := said(b.Do(t.Context(), "help", alone)); !strings.Contains(got, want) || !strings.Contains(got, "--since 2023") {
			t.Errorf("%v: at the terminal %q", keep, got)
		}
		if got := said(b.Do(t.Context(), "help", member)); !strings.Contains(got, want) || strings.Contains(got, "--") {
			t.Errorf("%v: on Discord %q", keep, got)
		}
	}
}

func TestPeriodsMayEndWhereTheyBegin(t *testing.T) {
	b := newBot(t, corpus.Builtin())
	for _, p := range [][2]string{{"2024-03-05", "2024-03"}, {"May 2024", "2024"}, {"2024", "2024"}, {"2024-03-05", "2024-03-05"}, {"2024", ""}, {"", "2024"}} {
		if r := b.Do(t.Context(), "ask", call("question", "Why?", "since", p[0], "until", p[1])); r.Failed {
			t.Errorf("%q: %s", p, said(r))
		}
	}
}

func TestWithoutDocumentsTheReasonIsSaid(t *testing.T) {
	b := newBot(t, fstest.MapFS{})
	for name, c := range map[string]*command.Call{"ask": call("question", "Who came?"), "who": call("name", "Park"), "said": call("speaker", "Park"),
		"timeline": call("topic", "trade"), "compare": call("topic", "trade", "speaker_a", "A", "speaker_b", "B"), "sources": call()} {
		if r := b.Do(t.Context(), name, c); r.Failed || !strings.Contains(said(r), "no documents to answer from") {
			t.Errorf("%s: %s", name, said(r))
		}
	}
}

func TestAFailureCostsNobodyElse(t *testing.T) {
	b := newBot(t, corpus.Builtin())
	b.Reindex = func(context.Context, func(index.Progress)) (*index.Report, error) { panic("disk on fire") }
	admin := &command.Call{Admin: true}
	if r := b.Do(t.Context(), "admin reindex", admin); !r.Failed || strings.Contains(said(r), "fire") || r.Err == nil || !strings.Contains(r.Err.Error(), "fire") {
		t.Errorf("said %q", said(r))
	}
	b.Reindex = func(context.Context, func(index.Progress)) (*index.Report, error) {
		return nil, errors.New("disk full")
	}
	if r := b.Do(t.Context(), "admin reindex", admin); !r.Failed || !strings.Contains(said(r), "disk full. The index from before") {
		t.Errorf("said %q", said(r))
	}
	b.Index().Close()
	if r := b.Do(t.Context(), "ask", call("question", "Why?")); !r.Failed || r.Err == nil || strings.Contains(said(r), r.Err.Error()) {
		t.Errorf("said %q", said(r))
	}
}

func TestReindexShowsHowFarItIsAndWhatItDid(t *testing.T) {
	b := newBot(t, corpus.Builtin())
	b.Reindex = func(_ context.Context, show func(index.Progress)) (*index.Report, error) {
		show(index.Progress{Done: 20, Total: 60, Started: b.Now().Add(-10 * time.Second)})
		return &index.Report{Entries: []index.Entry{{Document: "a.txt", Status: index.Added}, {Document: "b.txt", Status: index.Failed, Err: io.ErrUnexpectedEOF}}}, nil
	}
	var shown []command.Reply
	r := b.Do(t.Context(), "admin reindex", &command.Call{Admin: true, Progress: func(r command.Reply) { shown = append(shown, r) }})
	if r.Failed || !strings.Contains(said(r), "1 document added") || !strings.Contains(said(r), "b.txt: unexpected EOF") {
		t.Errorf("said %q", said(r))
	}
	if len(shown) != 1 || *shown[0].Progress != (command.Progress{Done: 20, Total: 60}) || !strings.Contains(said(shown[0]), "2 documents a second\nLess than a minute left") {
		t.Errorf("progress %+v", shown)
	}
	b.Reindex = func(context.Context, func(index.Progress)) (*index.Report, error) { return nil, index.ErrBusy }
	if r := b.Do(t.Context(), "admin reindex", &command.Call{Admin: true}); !r.Failed || !strings.Contains(said(r), "already") {
		t.Errorf("said %q", said(r))
	}
}

func TestHelpShowsQuestionsThatTheDocumentsAnswer(t *testing.T) {
	b := newBot(t, corpus.Builtin())
	member := call()
	member.User = "5"
	member.Mention = func(name string) string { return "7" + name }
	r := b.Do(t.Context(), "help", member)
	if len(r.Actions) != 2 {
		t.Fatalf("%+v", r.Actions)
	}
	for _, a := range r.Actions {
		if got := b.Press(t.Context(), a.ID, &command.Call{}); got.Tone != command.Answer || got.Title != a.Label || quotes(got) == "" {
			t.Errorf("%s: %+v", a.Label, got)
		}
	}
	if u := r.Sections[1].Usages[0]; u.Name != "ask" || u.ID != "7ask" {
		t.Errorf("%+v", u)
	}
	if alone := b.Do(t.Context(), "help", call()); len(alone.Actions) != 0 {
		t.Errorf("%+v", alone.Actions)
	}
}

// many is a corpus with more answers than a reply shows.
func many() fs.FS {
	docs := fstest.MapFS{}
	for _, place := range []string{"Lisbon", "Madrid", "Vienna", "Ottawa", "Nairobi", "Lima", "Dakar"} {
		docs[place+".txt"] = &fstest.MapFile{Data: []byte("A report from " + place + "\n\nThe envoys signed the fishing treaty in " + place + " on Monday.\n")}
	}
	return docs
}

func TestMoreGoesThereAndBack(t *testing.T) {
	docs := fstest.MapFS{}
	for n, fish := range []string{"cod", "herring", "salmon", "plaice", "mackerel", "haddock", "sprat", "eels", "tuna", "halibut", "pollock", "trout", "sardines"} {
		docs[fish+".txt"] = &fstest.MapFile{Data: fmt.Appendf(nil, "Talks on %s\n\n“We caught %d boats of %s this year and will say so,” Minister Maria Lindqvist said.\n", fish, 20+n, fish)}
	}
	b := newBot(t, docs)
	first := b.Do(t.Context(), "said", call("speaker", "Maria Lindqvist", "private", "true"))
	second := press(t, b, first, "More")
	back := press(t, b, second, "Back")
	if quotes(second) == quotes(first) || quotes(back) != quotes(first) {
		t.Errorf("first %s\nsecond %s\nback %s", quotes(first), quotes(second), quotes(back))
	}
	if !second.Replace || !second.Private || second.Title != first.Title {
		t.Errorf("second page %+v", second)
	}
	if shared := press(t, b, first, "Share"); shared.Private || quotes(shared) != quotes(first) {
		t.Errorf("shared %+v", shared)
	}
}

// press does the action of r with the given label.
func press(t *testing.T, b *command.Bot, r command.Reply, label string) command.Reply {
	t.Helper()
	for _, a := range actions(r) {
		if a.Label == label {
			return b.Press(t.Context(), a.ID, &command.Call{Subject: r.Subject})
		}
	}
	t.Fatalf("no %s among %v", label, actions(r))
	return command.Reply{}
}

// actions are what can be done with a reply as a whole, its menus opened.
func actions(r command.Reply) []command.Action {
	all := slices.Clone(r.Actions)
	for _, m := range r.Menus {
		all = append(all, m.Actions...)
	}
	return all
}

func quotes(r command.Reply) string {
	var s string
	for _, section := range r.Sections {
		for _, q := range section.Quotes {
			s += "> " + q.Text + "\n"
		}
	}
	return s
}

func TestForgedActions(t *testing.T) {
	b := newBot(t, corpus.Builtin())
	for _, id := range []string{"", "more", "more:", "more:-1", "more:99999999999999999999", "more:9999", "drop table", "share:x", "more:0", "more:ask:0", "more:help:0",
		"more:dance:0", "more:ask:-3", "share:ask:9999", "more:admin unanswered:0", "context", "context:1:2:abc", "context:-1:2:abc:x.txt",
		"context:9:2:abc:x.txt", "context:0:99999999:abc:talks.txt", "cite:1:2:abc:../../etc/passwd", "cite:::#", "good", "bad:1:2:3:4", "good:" + strings.Repeat("x", 200)} {
		if r := b.Press(t.Context(), id, &command.Call{}); !r.Failed || said(r) == "" {
			t.Errorf("Press(%q) = %+v", id, r)
		}
	}
}
