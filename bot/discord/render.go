package discord

import (
	"fmt"
	"slices"
	"strings"

	"github.com/bwmarrin/discordgo"

	"attache/bot/command"
	"attache/bot/command/words"
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
	Attachments []attachment                     `json:"attachments"` // an empty list takes off those of a message that is changed
	Reference   *reference                       `json:"message_reference,omitempty"`
	Nonce       string                           `json:"nonce,omitempty"` // with Once, Discord takes the message a single time
	Once        bool                             `json:"enforce_nonce,omitempty"`
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
	p.reserveMenus(r)
	trim := "-# " + escape(words.Say("discord.trimmed"))
	p.text -= size(trim)
	p.room--
	parts := slices.Concat(title, gallery)
	for _, s := range r.Sections {
		drawn, whole := p.section(s)
		parts = append(parts, drawn...)
		if !whole {
			parts = append(parts, discordgo.TextDisplay{Content: trim})
			break
		}
	}
	parts = slices.Concat(parts, notes, p.menus(), rows)
	if len(parts) == 0 {
		parts = []discordgo.MessageComponent{discordgo.TextDisplay{Content: escape(words.Say("discord.empty"))}}
	}
	b := body{Flags: discordgo.MessageFlagsIsComponentsV2, Components: parts,
		Mentions: discordgo.MessageAllowedMentions{Parse: []discordgo.AllowedMentionType{}}, Attachments: []attachment{}}
	if len(gallery) > 0 {
		b.picture = r.Picture
		b.Attachments = []attachment{{ID: "0", Filename: pictureName, Description: shorten(r.Picture.Alt, 1000)}}
	}
	return b
}

// page keeps count of what still fits on a message: UTF-16 units of text, and
// components.
type page struct {
	text, room int
	ids        map[string]bool // custom_ids in use

	listed bool // quotes are offered in menus, not with buttons each
	offers []discordgo.SelectMenuOption
	prompt string // what a choice among the offers does
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

// section draws a section as texts, with the buttons of a quote below it. whole
// is false when something was left out.
func (p *page) section(s command.Section) (parts []discordgo.MessageComponent, whole bool) {
	if p.room < 1 {
		return nil, false
	}
	f := filler{left: p.text, whole: true}
	if s.Heading != "" {
		f.fit("**" + within(s.Heading, 300, escape) + "**")
	}
	if s.Code {
		f.fit(code(s.Lines))
	} else {
		bullet := ""
		if s.List {
			bullet = "- "
		}
		for _, l := range s.Lines {
			if l = within(l, 1000, escape); strings.TrimSpace(l) != "" {
				f.fit(bullet + l)
			}
		}
	}
	quotes, whole := s.Quotes, true
	switch block := passage(s); {
	case block == "":
	case size(block) < f.left:
		f.fit(block)
		quotes = nil
	default:
		quotes, whole = central(s.Quotes), false
	}
	for _, q := range quotes {
		switch shown := f.quote(q); {
		case !shown:
		case p.listed:
			p.offer(q)
		case p.room > 1+min(len(q.Actions), mostInRow) && len(q.Actions) > 0:
			parts = slices.Concat(parts, p.add(f.flush()), p.rows(q.Actions, 1))
			f.left = p.text
		}
	}
	return append(parts, p.add(f.flush())...), whole && f.whole
}

// filler takes blocks of text in order, until one has no room.
type filler struct {
	left   int
	blocks []string
	whole  bool // everything had room so far
	quoted bool // the last block is a quote
}

func (f *filler) fit(block string) {
	switch n := size(block) + 1; {
	case block == "" || !f.whole:
	case n > f.left:
		f.whole = false
	default:
		f.left -= n
		f.blocks = append(f.blocks, block)
	}
}

// quote takes a quote, after an empty line where another stands before it; of
// one that has no room, the sentences that do. It reports whether any of it had.
func (f *filler) quote(q command.Quote) bool {
	if !f.whole {
		return false
	}
	block := quoted(q, q.Text)
	if block == "" {
		return false
	}
	if f.quoted {
		block = "\n" + block
	}
	if f.fit(block); f.whole {
		f.quoted = true
		return true
	}
	cut := shortened(q, f.left-2)
	if cut != "" {
		f.blocks = append(f.blocks, cut)
	}
	return cut != ""
}

// flush returns what was taken as one text, and begins another.
func (f *filler) flush() string {
	text := strings.Join(f.blocks, "\n")
	f.blocks, f.quoted = nil, false
	return text
}
