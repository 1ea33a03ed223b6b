package discord

import (
	"strings"
	"unicode/utf8"

	"attache/bot/command"
	"attache/bot/command/words"
	"attache/corpus/text"
	"attache/index"
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
func passage(s command.Section) string {
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
	return strings.Join(bars, "\n\n") + "\n" + citation(cited)
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

// quoted draws a quote, or a beginning of it, with its source: its label, the
// text behind a bar, and who said it where.
func quoted(q command.Quote, beginning string) string {
	shown := behindBar(q, beginning)
	if shown == "" {
		return ""
	}
	var lines []string
	if q.Label != "" {
		lines = append(lines, "*"+within(q.Label, 300, escape)+"*")
	}
	lines = append(lines, shown, citation(q))
	if len(q.Also) > 0 {
		also := strings.Join(q.Also, "; ")
		lines = append(lines, "-# "+within(words.Say("discord.also", words.M{"Titles": also}), 300, escape))
	}
	return strings.Join(lines, "\n")
}

// citation names the source of a quote, with a link to that very text.
func citation(q command.Quote) string {
	var facts []string
	add := func(s string, n int) {
		if s = within(s, n, escape); strings.TrimSpace(s) != "" {
			facts = append(facts, s)
		}
	}
	add(q.Speaker, 120)
	if len(facts) > 0 {
		facts[0] = "**" + facts[0] + "**"
	}
	title := within(nameOf(q.Source), 300, escape)
	if link := linkTo(q.Source.URL, q.Text); link != "" && title != "" {
		title = "[" + title + "](" + link + ")"
	}
	if title != "" {
		facts = append(facts, title)
	}
	add(q.Source.Publisher, 120)
	add(q.Source.Published.String(), 20)
	if q.Page > 0 {
		add(words.Say("cited.page", words.M{"Page": q.Page}), 20)
	}
	return "— " + strings.Join(facts, " · ")
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
func shortened(q command.Quote, room int) string {
	for end := len(q.Text); end > 0; {
		end = sentenceEnd(q.Text[:end])
		if end == 0 {
			break
		}
		if s := quoted(q, q.Text[:end]); size(s) <= room {
			return s
		}
		_, n := utf8.DecodeLastRuneInString(q.Text[:end])
		end -= n
	}
	for end := strings.LastIndexByte(q.Text, ' '); end > 0; end = strings.LastIndexByte(q.Text[:end*3/4], ' ') {
		if s := quoted(q, q.Text[:end]); size(s) <= room {
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
