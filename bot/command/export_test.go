package command_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"example.org/attache/bot/command"
	"example.org/attache/bot/export"
)

// Export has more than the reply shows, up to a number that it names.
func TestExportHasAllThatWasFoundUpToANumber(t *testing.T) {
	for said, want := range map[int]struct{ in, note string }{
		7:   {"7 quotes", ""},
		310: {"300 quotes", "Only the first 300 quotes are here."},
	} {
		var text strings.Builder
		text.WriteString("The long hearing\n\n")
		for n := range said {
			fmt.Fprintf(&text, "“The boat with number %d is ours,” said Foreign Minister Maria Lindqvist.\n\n", n)
		}
		b := newBot(t, fstest.MapFS{"hearing.txt": file(text.String())})
		r := press(t, b, b.Do(t.Context(), "said", call("speaker", "Maria Lindqvist")), "Export")
		if !strings.HasPrefix(r.Sections[0].Lines[0], want.in) || !strings.HasPrefix(strings.Join(r.Notes, " "), want.note) || want.note == "" && len(r.Notes) > 0 {
			t.Errorf("of %d: %q %q", said, r.Sections[0].Lines, r.Notes)
		}
		if len(r.Files) != 3 || !r.Private {
			t.Errorf("%d files, private %v", len(r.Files), r.Private)
		}
	}
}

// What is known of a person goes out as files too. An answer keeps to one row of
// buttons; its surroundings are exported from its context.
func TestPeopleAreExported(t *testing.T) {
	b := newBot(t, embassy)
	for _, c := range []struct {
		command string
		call    *command.Call
		offered bool
	}{
		{"ask", call("question", "When will the embassy in Tallinn reopen?"), false},
		{"who", call("name", "Maria Lindqvist"), true},
		{"ask", call("question", "Who is the queen of Ruritania?"), false},
	} {
		r := b.Do(t.Context(), c.command, c.call)
		if offered := slices.Contains(labels(r), "Export"); offered != c.offered {
			t.Errorf("%s %v leads to %v", c.command, c.call.Options, labels(r))
		} else if offered {
			if files := press(t, b, r, "Export"); len(files.Files) != 3 || files.Failed {
				t.Errorf("%s %v: %+v", c.command, c.call.Options, files)
			}
		}
	}
}

// What can't be exported is said, also where a button is forged.
func TestThereIsNotAlwaysSomethingToExport(t *testing.T) {
	b := newBot(t, embassy)
	none := b.Do(t.Context(), "said", call("speaker", "Zebulon Crake"))
	for _, a := range none.Actions {
		if a.Label == "Export" {
			t.Error("nothing is offered as files")
		}
	}
	for id, s := range map[string]command.Subject{
		"export":                   none.Subject,
		"export:":                  {Command: "sources"},
		"export:x":                 {Command: "admin feedback"},
		"excerpt:0:9:abcdef:gone":  {},
		"excerpt:-1:9:abcdef:a":    {},
		"excerpt:0:9::embassy.txt": {},
		"excerpt:0:9:" + strings.Repeat("a", 60) + ":embassy.txt": {},
		"context:0:9::embassy.txt":                                {},
		"excerpt":                                                 {},
	} {
		if r := b.Press(t.Context(), id, &command.Call{Subject: s}); !r.Failed || len(r.Files) > 0 || len(r.Notes) == 0 {
			t.Errorf("%s of %q: %+v", id, s.Command, r)
		}
	}
}

// A dossier has what narrowed the question, and the quotes with their sources.
func TestADossierOfAReply(t *testing.T) {
	b := newBot(t, embassy)
	b.PublicURL = "https://quotes.example"
	d := b.Dossier(b.Do(t.Context(), "timeline", call("topic", "embassy", "since", "2023-05")))
	if d.Title != "embassy" || d.Narrowed != "since 2023-05" || len(d.Groups) != 1 || d.Groups[0].Heading != "May 2023" || d.Quotes() == 0 {
		t.Fatalf("%+v", d)
	}
	q := d.Groups[0].Quotes[0]
	if q.Source.Document != "visit.txt" || q.Span.Len() == 0 || !strings.HasPrefix(q.Link, "https://quotes.example/q/visit.txt/") || q.Accessed.Format("2006-01-02") != "2024-09-12" {
		t.Errorf("%+v", q)
	}
	var out strings.Builder
	if err := d.Write(&out, export.Markdown); err != nil || !strings.Contains(out.String(), "\n> ") {
		t.Errorf("%v: %s", err, out.String())
	}
}
