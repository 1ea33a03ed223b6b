package command_test

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"example.org/attache/bot/command"
	"example.org/attache/bot/command/words"
	"example.org/attache/bot/feed"
)

func TestHowFeedsDo(t *testing.T) {
	ago := func(d time.Duration) time.Time { return newBot(t, embassy).Now().Add(-d) }
	for _, c := range []struct {
		feed feed.Status
		want string
	}{
		{feed.Status{Address: "https://a.example/"}, "https://a.example/ | not read yet | 0 documents from it"},
		{feed.Status{Success: ago(2 * time.Hour), Documents: 7, New: 2, Came: ago(48 * time.Hour), Unread: 1, Gone: 3},
			" | last read: 2 hours ago | 7 documents from it | 2 came last, 2 days ago | 1 entry can't be read | 3 documents are gone at the source"},
		{feed.Status{Failing: true, Failed: ago(time.Hour), Failure: "404 Not Found"}, " | can't be read: 404 Not Found | 0 documents from it"},
		{feed.Status{Success: ago(3 * time.Hour), Failing: true, Failed: ago(time.Hour), Failure: "404 Not Found", Documents: 1},
			" | can't be read: 404 Not Found; last read: 3 hours ago | 1 document from it"},
		{feed.Status{Success: ago(time.Hour), Failed: ago(3 * time.Hour), Failure: "404 Not Found", Documents: 1},
			" | last read: 1 hour ago | could not be read 3 hours ago: 404 Not Found | 1 document from it"},
	} {
		b := newBot(t, embassy)
		b.Feeds = func() ([]feed.Status, error) { return []feed.Status{c.feed}, nil }
		r := b.Do(t.Context(), "admin feeds", &command.Call{Admin: true})
		if got := strings.Join(r.Sections[0].Lines, " | "); got != c.want {
			t.Errorf("%+v: %s", c.feed, got)
		}
	}
}

// A quote of a document that its source has no more says so.
func TestWhatIsGoneAtItsSourceIsMarked(t *testing.T) {
	b := newBot(t, fstest.MapFS{
		"bridge.txt":           file("The bridge\n\nForeign Minister Maria Lindqvist said: “The bridge will be built of steel.”\n"),
		"bridge.txt.meta.toml": file("tags = [\"steel\", \"gone at its source since 2024-05-07\"]\n"),
	})
	r := b.Do(t.Context(), "said", call("speaker", "Maria Lindqvist"))
	if got := command.Caveats(words.Catalogue{}, r.Sections[0].Quotes[0].Source); len(got) != 1 || got[0] != "gone at its source since 2024-05-07" {
		t.Errorf("got %q", got)
	}
}
