package discord

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"example.org/attache/bot/command"
	"example.org/attache/bot/command/words"
	"example.org/attache/bot/export"
	"example.org/attache/corpus"
	"example.org/attache/corpus/speech"
	"example.org/attache/corpus/text"
	"example.org/attache/index"
)

// code draws lines for copying, as they are but for what would end the block or
// look like a quotation.
func code(lines []string) string {
	var b strings.Builder
	b.WriteString("```\n")
	for _, l := range lines {
		l = strings.ReplaceAll(visible(l), "`", "'")
		if strings.HasPrefix(l, ">") {
			b.WriteByte(' ')
		}
		b.WriteString(l + "\n")
	}
	return b.String() + "```"
}

// passage draws the quotes of a section as one, cited once: by the one that
// has words in bold. It is empty where they are not one passage.
func passage(w words.Catalogue, s command.Section) string {
	if !s.Passage || len(s.Quotes) == 0 {
		return ""
	}
	cited := s.Quotes[0]
	var bars []string
	for _, q := range s.Quotes {
		if len(q.Bold) > 0 {
			cited = q
		}
		if shown := behindBar(q, q.Text); shown != "" {
			bars = append(bars, shown)
		}
	}
	return strings.Join(bars, "\n\n") + "\n" + citation(w, cited)
}

// central returns of a passage that is too long the part with words in bold,
// from a sentence shortly before them.
func central(list []command.Quote) []command.Quote {
	const before = 300 // bytes
	for _, q := range list {
		if len(q.Bold) == 0 {
			continue
		}
		from := 0
		if start := q.Bold[0].Start; start > before {
			from = sentenceEnd(q.Text[:start-before])
		}
		from += len(q.Text[from:]) - len(strings.TrimLeft(q.Text[from:], " "))
		q.Text = q.Text[from:]
		var bold []text.Span
		for _, s := range q.Bold {
			bold = append(bold, text.Span{Start: s.Start - from, End: s.End - from})
		}
		q.Bold = bold
		return []command.Quote{q}
	}
	return list
}

// behindBar draws the text of a quote, or a beginning of it.
func behindBar(q command.Quote, beginning string) string {
	var spans []text.Span
	for _, s := range q.Bold {
		if s.End <= len(beginning) {
			spans = append(spans, s)
		}
	}
	if shown := strings.TrimSpace(escapeBold(beginning, spans)); shown != "" {
		return "> " + shown
	}
	return ""
}

// placing is how a quote stands to the one before it in its section.
type placing struct {
	follows bool // that is of the same document, which is cited already
	first   bool // and is the one that is cited
}

func placed(quotes []command.Quote, i int) (at placing) {
	follows := func(i int) bool { return i > 0 && quotes[i].Follows(quotes[i-1]) }
	at.follows = follows(i)
	at.first = at.follows && !follows(i-1)
	return at
}

// quoted draws a quote, or a beginning of it, with its source: its label, the
// text behind a bar, and who said it where.
func quoted(w words.Catalogue, q command.Quote, at placing, beginning string) string {
	shown := behindBar(q, beginning)
	if shown == "" {
		return ""
	}
	var lines []string
	if at.first {
		lines = append(lines, small+escape(w.Say("cited.same")))
	}
	if label := within(q.Label, 300, escape); strings.TrimSpace(label) != "" {
		lines = append(lines, "**"+label+"**")
	}
	lines = append(lines, shown)
	switch {
	case !at.follows:
		lines = append(lines, citation(w, q))
	case spokenBy(w, q) != "":
		lines = append(lines, small+spokenBy(w, q))
	}
	if also := alsoIn(w, q); also != "" {
		lines = append(lines, small+within(w.Say("discord.also", words.M{"Titles": also}), 300, escape))
	}
	return strings.Join(lines, "\n")
}

// alsoIn names the other documents that print a quote: each by its title or, where
// that is the one already cited, by its outlet.
func alsoIn(w words.Catalogue, q command.Quote) string {
	var names []string
	for _, other := range q.Also {
		name := nameOf(other)
		if other.Title == q.Source.Title {
			name = cmp.Or(other.Publisher, other.Document)
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	if q.Further > 0 {
		names = append(names, w.Say("cited.more", words.M{"Count": q.Further}))
	}
	return strings.Join(names, "; ")
}

// spokenBy names the speaker of a quote, and says where the document only
// reports the words; empty where nobody is known to say them.
func spokenBy(w words.Catalogue, q command.Quote) string {
	name := within(w.Isolate(q.Speaker), 120, escape)
	if strings.TrimSpace(name) == "" {
		return ""
	}
	if q.Kind == speech.Reported.String() {
		return "**" + name + "** " + escape(w.Say("cited.reported"))
	}
	return "**" + name + "**"
}

// citation names the source of a quote, with a link to that very text.
func citation(w words.Catalogue, q command.Quote) string {
	var facts []string
	if by := spokenBy(w, q); by != "" {
		facts = append(facts, by)
	}
	link := linkTo(q.Source.URL, q.Text)
	if link == "" {
		link = address(q.Link)
	}
	facts = append(facts, cited(w, q.Source, link)...)
	if at := export.Clock(q.Second); at != "" {
		facts = append(facts, at)
	}
	if q.Page > 0 {
		facts = append(facts, escape(w.Say("cited.page", words.M{"Page": q.Page})))
	}
	for _, c := range command.Caveats(w, q.Source) {
		facts = append(facts, escape(c))
	}
	return small + strings.Join(facts, " · ")
}

// cited are the title of a document, its outlet and its date, with a link on
// the first of them that Discord can draw as one.
func cited(w words.Catalogue, s index.Source, link string) (facts []string) {
	for _, part := range []struct {
		text string
		most int
	}{{w.Isolate(nameOf(s)), 300}, {w.Isolate(s.Publisher), 120}} {
		shown := within(part.text, part.most, escape)
		if strings.TrimSpace(shown) == "" {
			continue
		}
		if label, ok := linkText(shorten(part.text, part.most)); ok && link != "" {
			shown, link = "["+label+"]("+link+")", ""
		}
		facts = append(facts, shown)
	}
	if date := dated(w, s.Published); date != "" {
		facts = append(facts, date)
	}
	if link != "" {
		facts = append(facts, "["+escape(w.Say("discord.link"))+"]("+link+")")
	}
	return facts
}

// dated writes a date as each reader's own Discord writes dates; one without a
// day as it is known.
func dated(w words.Catalogue, d corpus.Date) string {
	if d.Day == 0 || d.Month == 0 {
		return escape(w.Isolate(d.String()))
	}
	return fmt.Sprintf("<t:%d:D>", time.Date(d.Year, time.Month(d.Month), d.Day, 12, 0, 0, 0, time.UTC).Unix())
}

// usage draws a command of a list, so that it can be pressed where its ID is
// known. Discord itself shows the options of one that begins with a slash.
func usage(u command.Usage) string {
	form := "**" + escape(u.Form) + "**"
	if strings.HasPrefix(u.Form, "/") {
		form = "**/" + escape(u.Title) + "**"
	}
	if u.ID != "" {
		form = "</" + u.Name + ":" + u.ID + ">"
	}
	return form + " " + escape(u.Help)
}

// listed draws a document of a list: its title, and below it the outlet, the
// date and the length.
func listed(w words.Catalogue, s index.Source) string {
	facts := cited(w, s, address(s.URL))
	if len(facts) == 0 {
		return ""
	}
	lines := "**" + facts[0] + "**"
	about := append(facts[1:], escape(w.Say("count.words", words.M{"Count": s.Words})))
	for _, c := range command.Caveats(w, s) {
		about = append(about, escape(c))
	}
	return lines + "\n" + small + strings.Join(about, " · ")
}

// nameOf is the title of a document, or its name where it has none to show.
func nameOf(s index.Source) string {
	if strings.TrimSpace(escape(s.Title)) == "" {
		return s.Document
	}
	return s.Title
}

// shortened draws as many sentences of a quote as have room; of one that is too
// long by itself, as many words.
func shortened(w words.Catalogue, q command.Quote, at placing, room int) string {
	for end := len(q.Text); end > 0; {
		end = sentenceEnd(q.Text[:end])
		if end == 0 {
			break
		}
		if s := quoted(w, q, at, q.Text[:end]); size(s) <= room {
			return s
		}
		_, n := utf8.DecodeLastRuneInString(q.Text[:end])
		end -= n
	}
	for end := strings.LastIndexByte(q.Text, ' '); end > 0; end = strings.LastIndexByte(q.Text[:end*3/4], ' ') {
		if s := quoted(w, q, at, q.Text[:end]); size(s) <= room {
			return s
		}
	}
	return ""
}

// sentenceEnd returns the end of the last sentence that s holds to its end
// mark, or 0.
func sentenceEnd(s string) int {
	i := strings.LastIndexAny(s, ".!?。！？")
	if i < 0 {
		return 0
	}
	_, n := utf8.DecodeRuneInString(s[i:])
	end := i + n
	for _, closing := range []string{"”", "’", "\"", "'", "»", ")"} {
		if strings.HasPrefix(s[end:], closing) {
			return end + len(closing)
		}
	}
	return end
}
