package discord

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/bwmarrin/discordgo"

	"attache/bot/command"
	"attache/bot/command/words"
	"attache/corpus/text"
)

// Replies are drawn with Components V2, not as content or embeds: twice the
// text of content fits, the buttons of a quote stand right below it, links
// don't grow previews, and on a phone it reads like any message, without the
// narrow column of an embed.

// Discord's limits on a message of components, and the bot's own shares of
// them.
const (
	mostText       = 4000 // UTF-16 units over all texts
	mostComponents = 40   // those within others included
	mostTitle      = 1800
	mostNotes      = 900
	mostInRow      = 5
	mostRows       = 2 // of buttons for the whole reply
	mostID         = 100
	mostLabel      = 80
	headline       = "### " // what a title begins with
	pressed        = "a:"   // what the custom_id of an action begins with
)

// body is a message as it is sent. Its empty list of mentions pings nobody;
// left out it would ping all.
type body struct {
	Flags       discordgo.MessageFlags           `json:"flags,omitempty"`
	Components  []discordgo.MessageComponent     `json:"components"`
	Mentions    discordgo.MessageAllowedMentions `json:"allowed_mentions"`
	Attachments []attachment                     `json:"attachments,omitempty"`
	Reference   *reference                       `json:"message_reference,omitempty"`
	picture     *command.Picture
}

type attachment struct {
	ID          string `json:"id"` // as Discord's description of its API wants it
	Filename    string `json:"filename"`
	Description string `json:"description,omitempty"`
}

type reference struct {
	MessageID       string `json:"message_id"`
	FailIfNotExists bool   `json:"fail_if_not_exists"`
}

// render draws a reply within all of Discord's limits. What does not fit is
// left out at the end of a sentence, a quote or a line, and a note says so.
func render(r command.Reply) body {
	p := page{text: mostText, room: mostComponents, ids: map[string]bool{}}
	title := p.title(r)
	notes := p.notes(r)
	rows := p.rows(r.Actions, mostRows)
	gallery := p.gallery(r.Picture)
	trim := "-# " + escape(words.Say("discord.trimmed"))
	p.text -= size(trim)
	p.room--
	parts := title
	for i, s := range r.Sections {
		drawn, whole := p.section(s)
		parts = append(parts, drawn...)
		if !whole || p.full && i < len(r.Sections)-1 {
			parts = append(parts, discordgo.TextDisplay{Content: trim})
			break
		}
	}
	parts = append(append(append(parts, gallery...), notes...), rows...)
	if len(parts) == 0 {
		parts = []discordgo.MessageComponent{discordgo.TextDisplay{Content: escape(words.Say("discord.empty"))}}
	}
	b := body{Flags: discordgo.MessageFlagsIsComponentsV2, Components: parts,
		Mentions: discordgo.MessageAllowedMentions{Parse: []discordgo.AllowedMentionType{}}}
	if len(gallery) > 0 {
		b.picture = r.Picture
		b.Attachments = []attachment{{ID: "0", Filename: pictureName, Description: shorten(r.Picture.Alt, 1000)}}
	}
	return b
}

// page keeps count of what still fits on a message.
type page struct {
	text, room int
	ids        map[string]bool // custom_ids in use
	full       bool
}

// add counts a text and returns it as components: none when it is empty.
func (p *page) add(s string) []discordgo.MessageComponent {
	if strings.TrimSpace(s) == "" {
		return nil
	}
	p.text -= size(s)
	p.room--
	return []discordgo.MessageComponent{discordgo.TextDisplay{Content: s}}
}

func (p *page) title(r command.Reply) []discordgo.MessageComponent {
	var lines []string
	if s := escape(r.Title); strings.TrimSpace(s) != "" {
		lines = append(lines, headline+within(r.Title, mostTitle, escape))
	}
	if r.Progress != nil {
		lines = append(lines, bar(*r.Progress))
	}
	return p.add(strings.Join(lines, "\n"))
}

// bar draws how far a command is.
func bar(p command.Progress) string {
	if p.Total <= 0 {
		return fmt.Sprint(p.Done)
	}
	done := min(max(p.Done, 0), p.Total)
	full := done * 10 / p.Total
	return fmt.Sprintf("%s%s %d / %d", strings.Repeat("▰", full), strings.Repeat("▱", 10-full), done, p.Total)
}

// notes draws the bot's remarks: small below something else, plain alone.
func (p *page) notes(r command.Reply) []discordgo.MessageComponent {
	small := ""
	if len(r.Sections) > 0 || r.Title != "" {
		small = "-# "
	}
	var lines []string
	left := mostNotes
	for _, n := range r.Notes {
		line := small + within(n, left-len(small), escape)
		if left -= size(line) + 1; left < 20 {
			break
		}
		lines = append(lines, line)
	}
	return p.add(strings.Join(lines, "\n"))
}

// within escapes a text and cuts it so that the result has at most n units.
func within(s string, n int, write func(string) string) string {
	for runes := n; runes > 0; runes = runes * 3 / 4 {
		if out := write(shorten(s, runes)); size(out) <= n {
			return out
		}
	}
	return ""
}

// rows draws actions as buttons, five in a row.
func (p *page) rows(actions []command.Action, most int) []discordgo.MessageComponent {
	var rows []discordgo.MessageComponent
	var row []discordgo.MessageComponent
	for _, a := range actions {
		id := pressed + a.ID
		label := within(strings.TrimSpace(a.Label), mostLabel, visible)
		if len(id) > mostID || strings.TrimSpace(label) == "" || p.ids[id] {
			continue
		}
		if len(row) == mostInRow {
			if len(rows)+1 == most {
				break
			}
			rows, row = append(rows, discordgo.ActionsRow{Components: row}), nil
		}
		p.ids[id] = true
		row = append(row, discordgo.Button{Label: label, Style: discordgo.SecondaryButton, CustomID: id})
		p.room--
	}
	if len(row) > 0 {
		rows = append(rows, discordgo.ActionsRow{Components: row})
	}
	p.room -= len(rows)
	return rows
}

// visible takes out of a text what can't be seen, for where Discord does not
// format it.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		if hidden(r) {
			return -1
		}
		if blank(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, ""))
}

// pictureName is what a picture is called: the address of a gallery's item
// takes only plain names.
const pictureName = "picture.png"

func (p *page) gallery(pic *command.Picture) []discordgo.MessageComponent {
	if pic == nil || len(pic.PNG) == 0 {
		return nil
	}
	alt := shorten(visible(pic.Alt), 1000)
	p.room -= 2
	return []discordgo.MessageComponent{discordgo.MediaGallery{Items: []discordgo.MediaGalleryItem{
		{Media: discordgo.UnfurledMediaItem{URL: "attachment://" + pictureName}, Description: &alt}}}}
}

// section draws a section as one text with its buttons below. whole is false
// when something was left out.
func (p *page) section(s command.Section) (parts []discordgo.MessageComponent, whole bool) {
	if p.room < 1 {
		p.full = true
		return nil, false
	}
	var blocks []string
	left := p.text
	whole = true
	fit := func(block string) bool {
		if size(block)+1 > left {
			whole = false
			return false
		}
		left -= size(block) + 1
		blocks = append(blocks, block)
		return true
	}
	if s.Heading != "" {
		fit("**" + within(s.Heading, 300, escape) + "**")
	}
	if s.Code {
		fit(code(s.Lines))
	} else {
		for _, l := range s.Lines {
			if l = within(l, 1000, escape); l != "" && !fit(l) {
				break
			}
		}
	}
	if block := passage(s); block != "" && size(block) < left {
		fit(block)
		s.Quotes = nil
	}
	for i, q := range s.Quotes {
		if !whole {
			break
		}
		block := quoted(q, q.Text)
		if i > 0 && block != "" {
			block = "\n" + block
		}
		if block != "" && !fit(block) {
			if cut := shortened(q, left-1); cut != "" {
				blocks = append(blocks, cut)
			}
		}
	}
	parts = p.add(strings.Join(blocks, "\n"))
	p.full = !whole
	if len(parts) > 0 && len(s.Actions) > 0 && p.room > min(len(s.Actions), mostInRow) {
		parts = append(parts, p.rows(s.Actions, 1)...)
	}
	return parts, whole
}

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
		lines = append(lines, "**"+within(q.Label, 300, escape)+"**")
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
	name := q.Source.Title
	if strings.TrimSpace(escape(name)) == "" {
		name = q.Source.Document
	}
	title := within(name, 300, escape)
	if link := linkTo(q.Source.URL, q.Text); link != "" && title != "" {
		title = "[" + title + "](" + link + ")"
	}
	if title != "" {
		facts = append(facts, title)
	}
	add(q.Source.Publisher, 120)
	add(q.Source.Published.String(), 20)
	return "— " + strings.Join(facts, " · ")
}

// shortened draws as many sentences of a quote as have room, or "".
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
