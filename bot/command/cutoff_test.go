package command_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"example.org/attache/bot/etcd"
	"example.org/attache/bot/state"
	"example.org/attache/corpus"
)

// A node that can't reach the others answers, and says what it can't do.
func TestWhoIsCutOffAnswersAndSaysWhatItCanNotDo(t *testing.T) {
	b := newBot(t, corpus.Builtin())
	space, err := etcd.Open(etcd.Config{Endpoints: []string{"http://127.0.0.1:1"}, Prefix: "/test/"})
	if err != nil {
		t.Fatal(err)
	}
	defer space.Close()
	b.State = state.NewEtcd(space, time.Hour)
	if r := b.Do(t.Context(), "ask", call("question", "When will Blinken be in India?")); r.Failed || len(r.Sections) == 0 {
		t.Errorf("it answers %q", said(r))
	}
	admin := call()
	admin.Admin = true
	if r := b.Do(t.Context(), "admin feedback", admin); !r.Failed || !strings.Contains(said(r), "cut off") {
		t.Errorf("an admin is told %q", said(r))
	}

	b.Stale = func() error { return errors.New("for long") }
	for _, command := range []string{"ask", "admin feedback"} {
		c := call("question", "When will Blinken be in India?")
		if c.Admin = command != "ask"; c.Admin {
			c = admin
		}
		if r := b.Do(t.Context(), command, c); !r.Failed || !strings.Contains(said(r), "were removed meanwhile") {
			t.Errorf("cut off for long, /%s says %q", command, said(r))
		}
	}
	if got := b.Complete(t.Context(), "who", "name", "Bli", call()); len(got) > 0 {
		t.Errorf("it completes %q", got)
	}
	if r := b.Do(t.Context(), "help", call()); r.Failed {
		t.Errorf("help says %q", said(r))
	}
}
