package command_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"example.org/attache/bot/command"
	"example.org/attache/corpus"
)

// FuzzEveryPressIsAnswered: whatever a forged button and the message it hangs
// on say, the answer is a reply that can be shown.
func FuzzEveryPressIsAnswered(f *testing.F) {
	b := newBot(f, corpus.Builtin())
	r := b.Do(f.Context(), "ask", call("question", "When will Blinken be in India?"))
	for _, q := range quoted(r) {
		for _, a := range q.Actions {
			f.Add(a.ID, "ask", "question", r.Title)
		}
	}
	f.Add("more:3", "ask", "question", "Who came?")
	f.Add("back:0", "said", "speaker", "Park Jin")
	f.Add("share:6", "timeline", "topic", "\x00")
	f.Add("more:0", "admin unanswered", "", "")
	f.Add("who:Park Jin", "who", "since", "soon")
	f.Add("said:\x00", "who", "name", "Park Jin")
	f.Add("good", "ask", "question", "")
	f.Add("remove:#AAAA", "", "", "")
	f.Add("context:::", "dance", "with", "me")
	f.Fuzz(func(t *testing.T, id, name, option, value string) {
		subject := command.Subject{Command: name, Options: map[string]string{option: value}}
		showable(t, b.Press(t.Context(), id, &command.Call{Subject: subject}))
	})
}

// FuzzEveryQuestionIsAnswered: so is whatever somebody types.
func FuzzEveryQuestionIsAnswered(f *testing.F) {
	b := newBot(f, corpus.Builtin())
	f.Add("ask", "When will Blinken be in India?", "Donald Lu", "last week")
	f.Add("said", "\u202e\x00@everyone", "*", "9999-99-99")
	f.Add("who", strings.Repeat("ب", 100), "\"", "February 30")
	f.Add("timeline", "+title:* ~2 (a AND NOT b)^9", "", "0001")
	f.Fuzz(func(t *testing.T, name, text, speaker, date string) {
		c := call("since", date)
		cmd, _ := command.Find(name)
		for i, o := range cmd.Options {
			if i == 0 {
				c.Options[o.Name] = text
			} else if o.Type == command.String {
				c.Options[o.Name] = speaker
			}
		}
		showable(t, b.Do(t.Context(), name, c))
		for _, choice := range b.Complete(t.Context(), name, "speaker", speaker, &command.Call{}) {
			if n := utf8.RuneCountInString(choice); n < 1 {
				t.Errorf("completes to %q", choice)
			}
		}
	})
}

// showable fails the test for a reply that a front could not show.
func showable(t *testing.T, r command.Reply) {
	t.Helper()
	if r.Failed && (len(r.Notes) == 0 || r.Err != nil) {
		t.Errorf("it failed with %v, %v", r.Notes, r.Err)
	}
	if said(r) == "" && quotes(r) == "" {
		t.Error("the reply is empty")
	}
	actions := r.Actions
	for _, s := range r.Sections {
		for _, q := range s.Quotes {
			actions = append(actions, q.Actions...)
			for _, b := range q.Bold {
				if b.Start < 0 || b.End > len(q.Text) || !utf8.ValidString(q.Text[b.Start:b.End]) {
					t.Errorf("bold %v of %q", b, q.Text)
				}
			}
		}
	}
	for _, a := range actions {
		if len(a.ID) > 90 || !utf8.ValidString(a.ID) || a.Label == "" {
			t.Errorf("action %+v", a)
		}
	}
}
