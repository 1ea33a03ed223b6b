package command_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"example.org/attache/bot/command"
)

// A document without a title is called by what its text begins with, cut at a
// word, and never by the name of its file; programs are told that it has none.
func TestDocumentsAreNotCalledByTheirFiles(t *testing.T) {
	b := newBot(t, fstest.MapFS{
		"x1.txt": file("The envoys of four states met in the town hall of Bergen on Monday to speak of herring, salmon and cod, and they stayed for three days. They signed the fishing treaty.\n"),
	})
	r := b.Do(t.Context(), "ask", call("question", "Where did the envoys meet?"))
	shown := quoted(r)[0].Source.Title
	if !strings.HasPrefix(shown, "The envoys of four states met in the town hall of Bergen") || !strings.HasSuffix(shown, "…") || len(shown) > 90 {
		t.Errorf("it is called %q", shown)
	}
	listed := b.Do(t.Context(), "sources", call())
	if got := listed.Sections[0].Sources[0].Title; got != shown {
		t.Errorf("in the list it is called %q", got)
	}
	if got := pressOn(t, b, r, "Context").Title; got != shown {
		t.Errorf("in context it is called %q", got)
	}
	cited := pressOn(t, b, r, "Cite")
	if lines := cited.Sections[0].Lines[0]; !strings.Contains(lines, "The envoys of four states") || strings.Contains(lines, "x1.txt") {
		t.Errorf("it is cited as %q", lines)
	}
	if r := b.Do(t.Context(), "who", &command.Call{Options: map[string]string{"name": "Nobody"}}); r.Failed {
		t.Errorf("%+v", r)
	}
}
