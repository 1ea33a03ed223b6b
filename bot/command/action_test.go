package command_test

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"example.org/attache/bot/command"
	"example.org/attache/bot/state"
	"example.org/attache/index"
)

const treaty = `A report from Lisbon

The envoys arrived by ship.

The envoys signed the fishing   treaty in Lisbon on Monday. It ends a long dispute.

They left at night.
`

func file(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }

func askTreaty(t *testing.T, b *command.Bot) command.Reply {
	t.Helper()
	r := b.Do(t.Context(), "ask", call("question", "Where did the envoys sign the fishing treaty?"))
	if r.Failed || !strings.HasPrefix(quotes(r), "> The envoys signed") {
		t.Fatalf("%+v", r)
	}
	return r
}

// quoted returns the quotes of a reply.
func quoted(r command.Reply) (all []command.Quote) {
	for _, s := range r.Sections {
		all = append(all, s.Quotes...)
	}
	return all
}

// pressOn does the action of the first quote with the given label.
func pressOn(t *testing.T, b *command.Bot, r command.Reply, label string) command.Reply {
	t.Helper()
	for _, q := range quoted(r) {
		if len(q.Actions) > 0 {
			return press(t, b, command.Reply{Subject: r.Subject, Actions: q.Actions}, label)
		}
	}
	t.Fatal("no quote has actions")
	return command.Reply{}
}

func TestContextShowsTheParagraphsAround(t *testing.T) {
	long := "a/" + strings.Repeat("very ", 30) + "long name.txt"
	for _, name := range []string{"treaty.txt", long} {
		b := newBot(t, fstest.MapFS{name: file(treaty), "other.txt": file("Nothing to see here.")})
		r := pressOn(t, b, askTreaty(t, b), "Context")
		if want := "> The envoys arrived by ship.\n> The envoys signed the fishing treaty in Lisbon on Monday. It ends a long dispute.\n> They left at night.\n"; quotes(r) != want {
			t.Errorf("%s: got\n%s%s", name, quotes(r), said(r))
		}
		q := r.Sections[0].Quotes[1]
		if len(q.Bold) != 1 || q.Text[q.Bold[0].Start:q.Bold[0].End] != "The envoys signed the fishing treaty in Lisbon on Monday." || !r.Private {
			t.Errorf("marked %v", q.Bold)
		}
	}
}

func TestAButtonOutlivesItsDocument(t *testing.T) {
	docs := fstest.MapFS{"treaty.txt": file(treaty), "other.txt": file("Nothing to see here.")}
	dir := t.TempDir()
	b := botIn(t, dir, docs)
	old := askTreaty(t, b)

	rebuild := func() {
		t.Helper()
		if _, err := index.Build(t.Context(), dir, docs, index.Options{}); err != nil {
			t.Fatal(err)
		}
		if err := b.Index().Refresh(); err != nil {
			t.Fatal(err)
		}
	}
	docs["treaty.txt"] = file("A new heading\n\n" + treaty)
	rebuild()
	if r := pressOn(t, b, old, "Context"); !r.Failed || !strings.Contains(said(r), "has changed since") {
		t.Errorf("said %q", said(r))
	}
	if r := pressOn(t, b, old, "Cite"); r.Failed {
		t.Errorf("said %q", said(r))
	}
	delete(docs, "treaty.txt")
	rebuild()
	for _, label := range []string{"Context", "Cite"} {
		if r := pressOn(t, b, old, label); !r.Failed || !strings.Contains(said(r), "no longer among") {
			t.Errorf("%s: said %q", label, said(r))
		}
	}
}

func TestVotesAndQuestionsAreKept(t *testing.T) {
	b := newBot(t, fstest.MapFS{"treaty.txt": file(treaty)})
	if r := askTreaty(t, b); strings.Contains(strings.Join(labels(r), " "), "👍") {
		t.Error("votes are asked for, and not kept")
	}
	var err error
	if b.State, err = state.Open(t.TempDir(), time.Hour); err != nil {
		t.Fatal(err)
	}
	r := askTreaty(t, b)
	press(t, b, r, "👎")
	if r := press(t, b, r, "👍"); r.Failed || !strings.Contains(said(r), "Thank you") {
		t.Errorf("said %q", said(r))
	}
	for _, user := range []string{"ana", "ben", ""} { // the last is the operator
		c := call("question", "Who is the queen of Norland?")
		c.User = user
		asked := b.Do(t.Context(), "ask", c)
		for _, id := range []string{"back:0", "share:0"} { // show it again
			b.Press(t.Context(), id, &command.Call{User: user, Subject: asked.Subject})
		}
	}
	b.Wait()
	admin := &command.Call{Admin: true}
	for name, want := range map[string]string{
		"admin feedback":   "👍 1 👎 0: Where did the envoys sign the fishing treaty?",
		"admin unanswered": "2 times: Who is the queen of Norland?",
	} {
		if r := b.Do(t.Context(), name, admin); r.Failed || !strings.Contains(said(r), want) || !r.Private {
			t.Errorf("%s: said %q", name, said(r))
		}
		if r := b.Press(t.Context(), "more:0", &command.Call{Subject: command.Subject{Command: name}}); !r.Failed {
			t.Errorf("%s: a button shows everybody %q", name, said(r))
		}
	}
	b.Do(t.Context(), "admin clear", admin)
	if r := b.Do(t.Context(), "admin unanswered", admin); !strings.Contains(said(r), "There is none") {
		t.Errorf("said %q", said(r))
	}
}

func labels(r command.Reply) (all []string) {
	for _, a := range actions(r) {
		all = append(all, a.Label)
	}
	return all
}

func TestActionsFitIntoAButton(t *testing.T) {
	docs := fstest.MapFS{}
	for _, name := range []string{"a.txt", strings.Repeat("長い", 60) + ".txt", strings.Repeat("x/", 90) + "y.txt", "#odd:name.txt"} {
		docs[name] = file(treaty + "\n" + name)
	}
	b := newBot(t, docs)
	r := b.Do(t.Context(), "ask", call("question", "Where did the envoys sign the fishing treaty?", "private", "true"))
	all := r.Actions
	for _, q := range quoted(r) {
		all = append(all, q.Actions...)
	}
	for _, a := range all {
		if len(a.ID) > 90 || a.Label == "" || len([]rune(a.Label)) > 80 {
			t.Errorf("%q is labelled %q", a.ID, a.Label)
		}
		if r := b.Press(t.Context(), a.ID, &command.Call{Subject: r.Subject}); r.Failed {
			t.Errorf("%q: %s", a.ID, said(r))
		}
	}
}

func TestSources(t *testing.T) {
	b := newBot(t, many())
	r := b.Do(t.Context(), "sources", call("query", "report"))
	if !strings.Contains(said(r), "7 documents") || len(r.Sections[0].Sources) != 4 || r.Sections[0].Sources[0].Title != "A report from Dakar" || strings.Join(labels(r), " ") != "◀ 1/2 ▶" {
		t.Errorf("said %q, %+v, %v", said(r), r.Sections, r.Actions)
	}
	if r.Actions[0].ID != "" || r.Actions[1].ID != "" {
		t.Errorf("before the first page leads %+v", r.Actions)
	}
	last := press(t, b, r, "▶")
	if len(last.Sections[0].Sources) != 3 || strings.Join(labels(last), " ") != "◀ 2/2 ▶" || last.Actions[2].ID != "" || !last.Replace {
		t.Errorf("%+v", last)
	}
	if first := press(t, b, last, "◀"); first.Sections[0].Sources[0].Document != "Dakar.txt" {
		t.Errorf("%+v", first)
	}
	all := call()
	all.Limit = 100
	if r := b.Do(t.Context(), "sources", all); len(r.Records) < 7 || len(r.Actions) != 0 {
		t.Errorf("%d records, %v", len(r.Records), r.Actions)
	}
	if r := b.Do(t.Context(), "sources", call("query", "zzz")); r.Failed || !strings.Contains(said(r), "No document") {
		t.Errorf("said %q", said(r))
	}
	if got := b.Complete(t.Context(), "sources", "query", "mad", &command.Call{}); len(got) != 1 || got[0] != "A report from Madrid" {
		t.Errorf("completes to %q", got)
	}
}
