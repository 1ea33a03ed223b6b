package discord_test

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"example.org/attache/bot/discord"
	"example.org/attache/bot/discord/discordtest"
)

// Export gives what a command finds as files that only the one who asked sees:
// all of it, also what the reply doesn't show.
func TestExportAttachesFilesThatOnlyTheAskerSees(t *testing.T) {
	t.Parallel()
	b := harbourBot(t)
	r := start(t, func(r *rig, c *discord.Config) { r.bot = b.Bot })
	r.awaitCommands(home.Server)
	shown := r.Slash(asker, home, "said", option("speaker", "Tomas Brandt")).Reply()
	quotes := strings.Count(shown.Text(), "\n> ")
	m := r.Press(asker, home, shown, shown.Button("Export")).Reply()
	if !m.Private() || len(m.Files) != 3 {
		t.Fatalf("%v with %v", m, m.Files)
	}
	for _, ext := range []string{".docx", ".md", ".csv"} {
		if name := "said-tomas-brandt" + ext; len(m.Contents[name]) == 0 {
			t.Errorf("no %s among %v", name, m.Files)
		}
	}
	if rows := table(t, m); len(rows)-1 <= quotes {
		t.Errorf("%d rows, where the reply shows %d quotes", len(rows)-1, quotes)
	}
	docx := m.Contents["said-tomas-brandt.docx"]
	if _, err := zip.NewReader(bytes.NewReader(docx), int64(len(docx))); err != nil {
		t.Errorf("the document for Word: %v", err)
	}
	context := r.Press(asker, home, shown, shown.Lines()[0].Value).Reply()
	excerpt := r.Press(other, home, context, context.Button("Export")).Reply()
	if !excerpt.Private() || len(excerpt.Files) != 3 {
		t.Errorf("%v with %v", excerpt, excerpt.Files)
	}
}

// table reads the table among the files of a message.
func table(t *testing.T, m *discordtest.Message) [][]string {
	t.Helper()
	for name, data := range m.Contents {
		if strings.HasSuffix(name, ".csv") {
			rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff")))).ReadAll()
			if err != nil {
				t.Fatal(err)
			}
			return rows
		}
	}
	t.Fatalf("no table among %v", m.Files)
	return nil
}

// Every command that offers Export keeps to it, also where what was asked is too
// long for a button.
func TestExportOfLongQuestions(t *testing.T) {
	t.Parallel()
	b := harbourBot(t)
	r := start(t, func(r *rig, c *discord.Config) { r.bot = b.Bot })
	r.awaitCommands(home.Server)
	topic := "the lease of the deep harbour at Vessby, the new lease of the harbour"
	for _, m := range []*discordtest.Message{
		r.Slash(asker, home, "compare", option("topic", topic), option("speaker_a", "Ada Quist"), option("speaker_b", "Tomas Brandt")).Reply(),
		r.Slash(asker, home, "timeline", option("topic", topic), option("source", "The Coast Post"), option("since", "2024-01-01"), option("until", "2024-12-31")).Reply(),
	} {
		got := r.Press(other, home, m, m.Button("Export")).Reply()
		if len(got.Files) != 3 || len(table(t, got)) < 2 {
			t.Errorf("%v with %v", got, got.Files)
		}
	}
}

// Files that Discord refuses are no reason for silence.
func TestFilesThatDiscordRefusesAreSaid(t *testing.T) {
	t.Parallel()
	b := harbourBot(t)
	r := start(t, func(r *rig, c *discord.Config) {
		r.bot = b.Bot
		r.Fault(discordtest.Fault{Match: "PATCH /webhooks", Holding: "attachment://said", Status: 413})
	})
	r.awaitCommands(home.Server)
	shown := r.Slash(asker, home, "said", option("speaker", "Tomas Brandt")).Reply()
	m := r.Press(asker, home, shown, shown.Button("Export")).Reply()
	if len(m.Files) != 0 || !strings.Contains(m.Text(), "did not take the files") || !m.Private() {
		t.Errorf("%v with %v", m, m.Files)
	}
}

// Quotes of documents without an address of their own are linked to the page
// that shows them, where such pages are public.
func TestQuotesWithoutAnAddressAreLinkedToTheirPage(t *testing.T) {
	t.Parallel()
	b := harbourBot(t)
	b.PublicURL = "https://quotes.example"
	r := start(t, func(r *rig, c *discord.Config) { r.bot = b.Bot })
	r.awaitCommands(home.Server)
	text := r.Slash(asker, home, "said", option("speaker", "Tomas Brandt")).Reply().Text()
	if !strings.Contains(text, "[Pilots stop work at Vessby](https://quotes.example/q/pilots-strike.md/") || strings.Contains(text, "[Vessby lease signed](https://quotes.example") {
		t.Error(text)
	}
}
