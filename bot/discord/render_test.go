package discord_test

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"example.org/attache/bot/command"
	"example.org/attache/bot/discord"
	"example.org/attache/bot/discord/discordtest"
	"example.org/attache/corpus"
	"example.org/attache/corpus/text"
	"example.org/attache/index"
)

var update = flag.Bool("update", false, "write the golden files anew")

// draw renders a reply, checks it against Discord's limits and returns what
// members see.
func draw(t testing.TB, r command.Reply) *discordtest.Message {
	t.Helper()
	raw, err := json.Marshal(discord.Render(r))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range discordtest.CheckMessage(raw) {
		t.Errorf("%s: %.300s", p, raw)
	}
	m, err := discordtest.ReadMessage(raw)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// sketch writes a message as members see it: its text, lines across, buttons
// in rows, and menus opened, in a card of some colour.
func sketch(m *discordtest.Message) string {
	var b strings.Builder
	sketchAll(&b, m.Components)
	return b.String()
}

// colours are the accents that cards have.
var colours = map[int]string{0x23A55A: "green", 0xF0B232: "amber", 0x5865F2: "blurple", 0x80848E: "grey"}

func sketchAll(b *strings.Builder, list []discordtest.Component) {
	for _, c := range list {
		switch c.Type {
		case 17:
			colour := "plain"
			if c.Accent != nil {
				colour = colours[*c.Accent]
			}
			fmt.Fprintf(b, "(%s)\n\n", colour)
			sketchAll(b, c.Components)
			continue
		case 14:
			b.WriteString("———\n\n")
		case 1:
			for i, in := range c.Components {
				if i > 0 {
					b.WriteString(" ")
				}
				switch {
				case in.Type == 3:
					fmt.Fprintf(b, "[%s ▾]", in.Placeholder)
					for _, o := range in.Options {
						fmt.Fprintf(b, "\n  ▸ %s\n    %s", o.Label, o.Description)
					}
				case in.Disabled:
					b.WriteString(in.Label)
				default:
					fmt.Fprintf(b, "[%s]", in.Label)
				}
			}
			b.WriteString("\n\n")
		case 12:
			b.WriteString("(picture)\n\n")
		case 13:
			fmt.Fprintf(b, "(file %s)\n\n", strings.TrimPrefix(c.File.URL, "attachment://"))
		default:
			b.WriteString(c.Content + "\n\n")
		}
	}
}

var harbour = index.Source{Document: "harbour.txt", Title: "Harbour talks [draft]", Publisher: "The *Coast* Post",
	Published: corpus.Date{Year: 2024, Month: 3, Day: 9}, URL: "https://example.org/a_(b)/harbour?x=1&y=2"}

func TestRepliesLookAsRecorded(t *testing.T) {
	for name, r := range map[string]command.Reply{
		"answer": {
			Title: "What did *she* say about the port? · since: 2024",
			Sections: []command.Section{{
				Quotes: []command.Quote{{Text: "“The port stays open,” she said, “whatever [others] decide.”", Bold: []text.Span{{Start: 3, End: 12}},
					Speaker: "Ada Quist", Source: harbour, Page: 12, Also: []index.Source{{Document: "summary.txt", Title: "Harbour talks, a summary"}, {Document: "again.txt", Title: harbour.Title, Publisher: "Norland Radio"}},
					Actions: []command.Action{{ID: "context:1", Label: "Context"}, {ID: "cite:1", Label: "Cite"}}}},
			}, {
				Quotes: []command.Quote{{Text: "# 1. Not a heading, and no link: https://evil.example", Source: index.Source{Document: "notes_of_may.txt"}}},
			}},
			Notes:   []string{"Found in 2 documents."},
			Actions: []command.Action{{ID: "more:ask:3", Label: "More"}, {ID: "good:1", Label: "👍"}},
		},
		"context": {Title: "Harbour talks", Sections: []command.Section{{Lines: []string{"In context:"}, Passage: true, Quotes: []command.Quote{
			{Text: "Before it.", Source: harbour}, {Text: "The port stays open.", Bold: []text.Span{{Start: 0, End: 20}}, Source: harbour}, {Text: "After it, at 18:55:01.", Source: harbour}}}}},
		"nothing":  {Title: "Who?", Sections: []command.Section{{Lines: []string{"Found nothing."}}}, Notes: []string{"Try other words.", "See /sources."}},
		"refusal":  {Notes: []string{"Only members with Manage Server may do that."}, Private: true, Failed: true},
		"progress": {Title: "Reading …", Progress: &command.Progress{Done: 12, Total: 40}, Notes: []string{"30 a second"}},
		"list": {Title: "Sources", Sections: []command.Section{{Heading: "March 2024", Lines: []string{"> not a quotation", "- not a list", "1. nor this",
			"two\nlines", "a_name.txt", "@everyone"}}}},
		"code":    {Title: "Cite", Sections: []command.Section{{Heading: "BibTeX", Code: true, Lines: []string{"@misc{a,", "  title = {A `b`},", "> x", "}"}}}},
		"profile": {Title: "Ada Quist", Sections: []command.Section{{Quotes: []command.Quote{{Label: "Harbour *Minister*", Text: "Harbour Minister Ada Quist spoke.", Source: harbour}}}}},
		"recognised": {Title: "Who signed?", Sections: []command.Section{{Quotes: []command.Quote{{Text: "The harbour rnaster signed.", Page: 3,
			Source: index.Source{Document: "scan.pdf", Title: "The harbour pact", Recognised: true}}}}}},
		"picture": {Title: "Mentions", Picture: &command.Picture{Name: "c.png", Alt: "a chart", PNG: []byte{1}}},
		"empty":   {},
	} {
		t.Run(name, func(t *testing.T) {
			golden(t, name, sketch(draw(t, r)))
		})
	}
}

// golden compares a text with the one on record.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestLongRepliesAreCutWhereTheyMayBe(t *testing.T) {
	sentence := "The delegation met again in the evening and went through the list of open questions. "
	r := command.Reply{Title: "Long", Sections: []command.Section{{Quotes: []command.Quote{{Text: strings.TrimSpace(strings.Repeat(sentence, 80)), Source: harbour}}}, {Lines: []string{"never shown"}}}}
	m := draw(t, r)
	shown := m.Text()
	if !strings.Contains(shown, "left out") || strings.Contains(shown, "never shown") {
		t.Errorf("got %v", m)
	}
	for line := range strings.Lines(shown) {
		if quote, ok := strings.CutPrefix(strings.TrimSpace(line), "> "); ok && !strings.HasSuffix(quote, "questions.") {
			t.Errorf("cut within a sentence: …%s", quote[max(0, len(quote)-60):])
		}
	}
	endless := command.Reply{Sections: []command.Section{{Quotes: []command.Quote{{Text: strings.TrimSpace(strings.Repeat("word and ", 700)), Source: harbour}}}}}
	if m := draw(t, endless); !strings.Contains(m.Text(), "> word and word") || !strings.Contains(m.Text(), "left out") {
		t.Errorf("a sentence too long for a message: %v", m)
	}
	long := strings.Repeat(sentence, 40)
	around := command.Reply{Sections: []command.Section{{Passage: true, Quotes: []command.Quote{{Text: long, Source: harbour},
		{Text: long + "The port stays open. " + long, Bold: []text.Span{{Start: len(long), End: len(long) + 20}}, Source: harbour}, {Text: long, Source: harbour}}}}}
	if m := draw(t, around); !strings.Contains(m.Text(), "**The port stays open.**") || !strings.Contains(m.Text(), "left out") {
		t.Errorf("a long passage without its middle: %v", m)
	}
	var many []string
	for i := range 400 {
		many = append(many, fmt.Sprintf("Document %d with a title", i))
	}
	if m := draw(t, command.Reply{Title: "Many", Sections: []command.Section{{Lines: many}}}); !strings.Contains(m.Text(), "left out") {
		t.Errorf("got %v", m)
	}
}

// shown reads a rendered text as Discord does: escapes and bold marks are gone.
func shown(s string) string {
	var b strings.Builder
	for len(s) > 0 {
		if rest, ok := strings.CutPrefix(s, "**"); ok {
			s = rest
			continue
		}
		if rest, ok := strings.CutPrefix(s, `\`); ok && rest != "" {
			s = rest
		}
		_, n := utf8.DecodeRuneInString(s)
		b.WriteString(s[:n])
		s = s[n:]
	}
	return b.String()
}

// codes are texts for copying, in which Discord draws nothing.
var codes = regexp.MustCompile("(?s)```\n.*?\n```")

// What the bot itself writes: the addresses of sources, and their dates.
var (
	links = regexp.MustCompile(`\]\(https?://[^)]*\)`)
	dates = regexp.MustCompile(`(-#|\*\*|·) <t:-?\d+:D>`)
)

// harm is something harmful that a message holds, or "".
func harm(m *discordtest.Message) string {
	others := links.ReplaceAllString(codes.ReplaceAllString(m.Text(), ""), "]")
	return harmful.FindString(dates.ReplaceAllString(others, "$1"))
}

// keeps checks what a rendered reply promises: within the limits, and only
// document text behind a bar.
func keeps(t *testing.T, r command.Reply) {
	t.Helper()
	m := draw(t, r)
	var documents []string
	for _, s := range r.Sections {
		for _, q := range s.Quotes {
			documents = append(documents, bare(q.Text))
		}
	}
	for line := range strings.Lines(m.Text()) {
		line = strings.TrimSuffix(line, "\n")
		if !strings.HasPrefix(line, ">") {
			continue
		}
		shown := bare(shown(strings.TrimPrefix(line, "> ")))
		found := false
		for _, d := range documents {
			found = found || strings.Contains(d, shown)
		}
		if !found {
			t.Errorf("behind a bar stands %q, which no document has", shown)
		}
	}
	if bad := harm(m); bad != "" {
		t.Errorf("%q in %q", bad, m.Text())
	}
	if t.Failed() {
		t.Logf("%#v", r)
	}
}

// bare drops white space and what is never shown, so that texts compare.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if discord.Shown(r) {
			return r
		}
		return -1
	}, s)
}

func TestAnyReplyKeepsToTheLimits(t *testing.T) {
	for seed := range uint64(120) {
		rnd := rand.New(rand.NewPCG(seed, 1))
		keeps(t, anyReply(rnd))
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

var scraps = []string{"word", "Łódź", "漢字", "\n", "\n> ", "# ", "- ", "1. ", "**", "__", "~~", "||", "`", "```", "](https://evil.example)", "[x]", "@everyone", "<@1>", "<#2>",
	":smile:", "https://evil.example", "\\", "\u202E", "\u200B", "\u200D", "👩‍👩‍👧", "\x00", "\xff", " ", ". ", "? ", "”", "e\u0301", strings.Repeat("long", 100)}

func anyText(rnd *rand.Rand, most int) string {
	var b strings.Builder
	for range rnd.IntN(most + 1) {
		b.WriteString(scraps[rnd.IntN(len(scraps))])
		if rnd.IntN(2) == 0 {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

func anyActions(rnd *rand.Rand) (list []command.Action) {
	for range rnd.IntN(15) {
		list = append(list, command.Action{ID: fmt.Sprint(anyText(rnd, 2), rnd.IntN(8)), Label: anyText(rnd, 6)})
	}
	return list
}

func anyReply(rnd *rand.Rand) command.Reply {
	r := command.Reply{Title: anyText(rnd, 60), Actions: anyActions(rnd)}
	for range rnd.IntN(8) {
		r.Notes = append(r.Notes, anyText(rnd, 30))
	}
	for range rnd.IntN(20) {
		s := command.Section{Heading: anyText(rnd, 9), List: rnd.IntN(4) == 0, Code: rnd.IntN(9) == 0, Passage: rnd.IntN(4) == 0}
		for range rnd.IntN(9) {
			s.Lines = append(s.Lines, anyText(rnd, 30))
		}
		for range rnd.IntN(5) {
			q := command.Quote{Text: anyText(rnd, 120), Label: anyText(rnd, 5), Speaker: anyText(rnd, 5), Also: []index.Source{{Document: anyText(rnd, 2), Title: anyText(rnd, 20)}}, Actions: anyActions(rnd),
				Source: index.Source{Document: anyText(rnd, 3), Title: anyText(rnd, 40), Publisher: anyText(rnd, 20), URL: "https://example.org/" + anyText(rnd, 20)}}
			for at := 0; at < len(q.Text); at += 1 + rnd.IntN(40) {
				q.Bold = append(q.Bold, text.Span{Start: at, End: at + 1 + rnd.IntN(20)})
			}
			s.Quotes = append(s.Quotes, q)
		}
		r.Sections = append(r.Sections, s)
	}
	if rnd.IntN(5) == 0 {
		r.Picture = &command.Picture{Name: anyText(rnd, 3), Alt: anyText(rnd, 300), PNG: []byte{1}}
	}
	if rnd.IntN(5) == 0 {
		r.Progress = &command.Progress{Done: rnd.IntN(50) - 5, Total: rnd.IntN(30) - 5}
	}
	return r
}

func FuzzRender(f *testing.F) {
	f.Add("title", "a line", "A *quote* with https://evil.example in it.", "speaker", "https://example.org/x", 2, 7)
	f.Add("> t", "\n> l", "```\n# q\u202E\x00", "**", "javascript:alert(1)", -1, 100)
	f.Fuzz(func(t *testing.T, title, line, quote, speaker, url string, start, end int) {
		keeps(t, command.Reply{Title: title, Notes: []string{line}, Sections: []command.Section{{Heading: line, Lines: []string{line},
			Quotes: []command.Quote{{Text: quote, Bold: []text.Span{{Start: start, End: end}}, Speaker: speaker, Label: speaker, Source: index.Source{Title: title, Document: line, URL: url},
				Actions: []command.Action{{ID: line, Label: title}}}}}}})
	})
}

func FuzzEscape(f *testing.F) {
	f.Add("a_b *c* [d](e) 1. > # \\ :x: https://f")
	f.Fuzz(func(t *testing.T, s string) {
		out := discord.Escape(s)
		if !utf8.ValidString(out) || strings.ContainsAny(out, "\n\r") {
			t.Errorf("%q became %q", s, out)
		}
		if got, want := bare(discord.Unescape(out)), bare(s); got != want {
			t.Errorf("%q became %q, which reads %q", s, out, got)
		}
	})
}

func TestLinksLeadToTheVeryText(t *testing.T) {
	for _, tt := range []struct{ page, passage, want string }{
		{"https://example.org/a", "Short text, with-dash & more.", "https://example.org/a#:~:text=Short%20text%2C%20with%2Ddash%20%26%20more."},
		{"https://example.org/a#part", "Short.", "https://example.org/a#part:~:text=Short."},
		{"https://example.org/a#:~:text=old", "Short.", "https://example.org/a#:~:text=Short."},
		{"https://example.org/(a) b", "Short.", "https://example.org/%28a%29%20b#:~:text=Short."},
		{"https://example.org/é", "Short.", "https://example.org/%C3%A9#:~:text=Short."},
		{"https://example.org/", "one two three four five six seven eight nine ten eleven twelve", "https://example.org/#:~:text=one%20two%20three%20four%20five,eight%20nine%20ten%20eleven%20twelve"},
		{"https://example.org/" + strings.Repeat("a", 660), "A passage of some words.", "https://example.org/" + strings.Repeat("a", 660)},
		{"https://example.org/" + strings.Repeat("a", 900), "A passage.", ""},
		{"javascript:alert(1)", "A passage.", ""},
		{"https://user:pass@example.org/", "A passage.", ""},
		{"not an address", "A passage.", ""},
		{"", "A passage.", ""},
	} {
		if got := discord.LinkTo(tt.page, tt.passage); got != tt.want {
			t.Errorf("%.60q, %.30q:\n got %s\nwant %s", tt.page, tt.passage, got, tt.want)
		}
	}
}

func TestTokensAreTakenOut(t *testing.T) {
	for in, want := range map[string]string{
		"Post \"https://discord.com/api/v10/interactions/12/aW50abc/callback\": EOF": "Post \"https://discord.com/api/v10/interactions/12/[token]/callback\": EOF",
		"/webhooks/12/aW50abc/messages/@original":                                    "/webhooks/12/[token]/messages/@original",
		"Bot s3cret refused": "Bot [token] refused",
	} {
		if got := discord.Redact(in, "s3cret"); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestNoTokenReachesTheLog(t *testing.T) {
	var out strings.Builder
	log := slog.New(discord.Redacting(slog.NewTextHandler(&out, nil), "s3cret"))
	log.With("with", "s3cret").WithGroup("g").Error("said s3cret", "text", "s3cret", "error", errors.New("with s3cret"),
		slog.Group("inner", "deep", "s3cret", slog.Group("more", "deeper", []string{"s3cret"})))
	if s := out.String(); strings.Contains(s, "s3cret") || strings.Count(s, "[token]") != 6 {
		t.Error(s)
	}
}
