package discord_test

import (
	"context"
	"strings"
	"testing"
	"testing/fstest"
	"time"
	"unicode/utf8"

	"example.org/attache/bot/discord"
	"example.org/attache/bot/state"
	"example.org/attache/index"
)

// Names that are longer than a choice may be are completed all the same, and
// what Discord gives back stands for the whole name.
func TestLongNamesAreCompleted(t *testing.T) {
	t.Parallel()
	name := strings.Repeat("minutes-of-the-harbour-board/", 5) + "may.md"
	title := strings.TrimSpace(strings.Repeat("Minutes of the harbour board ", 5))
	dir := t.TempDir()
	docs := fstest.MapFS{name: {Data: []byte("---\ntitle: " + title + "\n---\n\nThe harbour board met on Tuesday.\n")},
		"other.md": {Data: []byte("---\ntitle: Other talks\n---\n\nThe harbour board met on Friday.\n")}}
	if _, err := index.Build(t.Context(), dir, docs, index.Options{}); err != nil {
		t.Fatal(err)
	}
	ix, err := index.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ix.Close() })
	kept, err := state.Open(t.TempDir(), time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	r := start(t, func(r *rig, c *discord.Config) {
		r.bot.Index, r.bot.State, r.bot.Corpus = func() *index.Index { return ix }, kept, t.TempDir()
		r.bot.Reindex = func(context.Context, func(index.Progress)) (*index.Report, error) { return &index.Report{}, nil }
	})
	r.awaitCommands(home.Server)
	complete := func(command, option_ string) string {
		t.Helper()
		for _, c := range r.Complete(operator, home, command, option_, option(option_, "minutes")).Choices() {
			if value, _ := c.Value.(string); strings.HasPrefix(value, "#") {
				if n := utf8.RuneCountInString(c.Name); n > 100 || !strings.Contains(c.Name, "…") {
					t.Errorf("%s is completed by %q", command, c.Name)
				}
				return value
			}
		}
		t.Fatalf("/%s completes no long %s", command, option_)
		return ""
	}
	m := r.Slash(operator, home, "admin remove", option("document", complete("admin remove", "document"))).Reply()
	if m.Button("Remove") == "" || !strings.Contains(m.Text(), "Take this document out?") {
		t.Fatalf("remove: %v", m)
	}
	r.Press(operator, home, m, m.Button("Remove")).Reply()
	if removed, err := kept.Removed(); err != nil || len(removed) != 1 || removed[0] != name {
		t.Fatalf("removed %v, %v", removed, err)
	}
	r.Slash(operator, home, "admin restore", option("document", complete("admin restore", "document"))).Reply()
	if removed, err := kept.Removed(); err != nil || len(removed) != 0 {
		t.Errorf("still removed: %v, %v", removed, err)
	}
	asked := r.ask("When did the harbour board meet?", option("source", complete("ask", "source"))).Reply()
	if text := asked.Text(); !strings.Contains(text, "met on **Tuesday**") && !strings.Contains(text, "met on Tuesday") || strings.Contains(text, "Friday") {
		t.Errorf("narrowed to a source: %v", asked)
	}
}
