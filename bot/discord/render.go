package discord

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/bwmarrin/discordgo"

	"example.org/attache/bot/command"
	"example.org/attache/bot/command/words"
)

// A reply is one container of Components V2: a bar in the colour of its tone,
// the head, the quotes with what is cited below them in small, and one row of
// buttons. Twice the text of a plain message fits, and links grow no previews.

// Discord's limits on a message of components, and the bot's own shares of
// them.
const (
	mostText       = 4000 // UTF-16 units over all texts
	mostComponents = 40   // those within others included
	mostTitle      = 1800
	mostNotes      = 900
	mostInRow      = 5
	mostRows       = 2 // of buttons
	mostID         = 100
	mostLabel      = 80
)

// colours are the accents of the tones, of Discord's own palette.
var colours = map[command.Tone]int{
	command.Answer:  0x23A55A, // green
	command.Nearest: 0xF0B232, // amber
	command.Listing: 0x5865F2, // blurple
	command.Admin:   0x80848E, // grey
}

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
	files       []command.Attachment             // that go with it, in the order of Attachments
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
	p := page{text: mostText, room: mostComponents - 1, ids: map[string]bool{}, subject: r.Subject, words: r.Words}
	var pinged []discordgo.MessageComponent
	if r.Ping != "" {
		pinged = p.add("<@&" + r.Ping + ">")
	}
	head := p.head(r)
	notes := p.notes(r)
	gallery := p.gallery(r.Picture)
	files := p.files(r.Files)
	menus := p.menus(r)
	rows := p.rows(actionsOf(r))
	trim := small + escape(r.Words.Say("discord.trimmed"))
	p.text -= size(trim)
	p.room--
	parts := slices.Concat(head, gallery)
	quoted := false
	for i, s := range r.Sections {
		// Of answers the first is set off, and what is from one document.
		if quoted && len(s.Quotes) > 0 && (!p.lined || len(r.Sections[i-1].Quotes) > 1 || r.Tone != command.Answer && r.Tone != command.Nearest) {
			parts = append(parts, p.line()...)
		}
		quoted = quoted || len(s.Quotes) > 0
		drawn, whole := p.section(s)
		parts = append(parts, drawn...)
		if !whole {
			parts = append(parts, discordgo.TextDisplay{Content: trim})
			break
		}
	}
	parts = slices.Concat(parts, files, notes, menus, rows)
	if len(parts) == 0 {
		parts = []discordgo.MessageComponent{discordgo.TextDisplay{Content: escape(r.Words.Say("discord.empty"))}}
	}
	card := discordgo.Container{Components: parts}
	if colour, ok := colours[r.Tone]; ok {
		card.AccentColor = &colour
	}
	b := body{Flags: discordgo.MessageFlagsIsComponentsV2, Components: append(pinged, card),
		Mentions: discordgo.MessageAllowedMentions{Parse: []discordgo.AllowedMentionType{}}, Attachments: []attachment{}}
	if len(gallery) > 0 {
		b.attach(command.Attachment{Name: pictureName, Type: "image/png", Data: r.Picture.PNG}, shorten(r.Picture.Alt, 1000))
	}
	for _, file := range r.Files {
		b.attach(file, "")
	}
	if r.Ping != "" {
		b.Mentions.Roles = []string{r.Ping}
	}
	return b
}

// attach adds a file, which the components name by its name.
func (b *body) attach(file command.Attachment, description string) {
	b.Attachments = append(b.Attachments, attachment{ID: strconv.Itoa(len(b.files)), Filename: file.Name, Description: description})
	b.files = append(b.files, file)
}

// page keeps count of what still fits on a message: UTF-16 units of text, and
// components.
type page struct {
	text, room int
	ids        map[string]bool // custom_ids in use
	subject    command.Subject
	words      words.Catalogue
	lined      bool // there is a line across the card
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

// line is a line across the card, where there is room for one and a text below.
func (p *page) line() []discordgo.MessageComponent {
	if p.room < 2 {
		return nil
	}
	p.room--
	p.lined = true
	yes, spacing := true, discordgo.SeparatorSpacingSizeSmall
	return []discordgo.MessageComponent{discordgo.Separator{Divider: &yes, Spacing: &spacing}}
}

func (p *page) head(r command.Reply) []discordgo.MessageComponent {
	lines := drawHead(r)
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
	mark := ""
	if len(r.Sections) > 0 || r.Title != "" {
		mark = small
	}
	var lines []string
	left := mostNotes
	for _, n := range r.Notes {
		line := mark + within(n, left-len(mark), escape)
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

// visible takes out of a text what can't be seen, for where Discord does not
// format it.
func visible(s string) string {
	balanced := words.Balanced(s)
	return strings.Map(func(r rune) rune {
		if isolates(r) && balanced {
			return r
		}
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

// files draws files that a reader may keep, one below the other.
func (p *page) files(all []command.Attachment) (parts []discordgo.MessageComponent) {
	for _, f := range all {
		p.room--
		parts = append(parts, discordgo.FileComponent{File: discordgo.UnfurledMediaItem{URL: "attachment://" + f.Name}})
	}
	return parts
}

// section draws a section: a text for each quote, as far as there is room for so
// many. whole is false when something was left out.
func (p *page) section(s command.Section) (parts []discordgo.MessageComponent, whole bool) {
	if p.room < 1 {
		return nil, false
	}
	f := filler{words: p.words, left: p.text, whole: true}
	next := func() {
		if p.room > 1 && f.whole {
			parts = append(parts, p.add(f.text())...)
			f = filler{words: p.words, left: p.text, whole: true}
		}
	}
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
	for i, source := range s.Sources {
		if i > 0 || len(s.Lines) > 0 {
			next()
		}
		f.fit(listed(p.words, source))
	}
	for _, u := range s.Usages {
		f.fit(usage(u))
	}
	quotes, whole := s.Quotes, true
	switch block := passage(p.words, s); {
	case block == "":
	case size(block) < f.left:
		f.fit(block)
		quotes = nil
	default:
		quotes, whole = central(s.Quotes), false
	}
	for i, q := range quotes {
		at := placed(quotes, i)
		if i > 0 {
			next()
		}
		if at.first && !p.lined {
			parts = append(parts, p.line()...)
		}
		f.quote(q, at)
	}
	return append(parts, p.add(f.text())...), whole && f.whole
}

// filler takes blocks of text in order, until one has no room.
type filler struct {
	words  words.Catalogue
	left   int
	blocks []string
	whole  bool // everything had room so far
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

// quote takes a quote; of one that has no room, the sentences that do.
func (f *filler) quote(q command.Quote, at placing) {
	if !f.whole {
		return
	}
	if f.fit(quoted(f.words, q, at, q.Text)); !f.whole {
		if cut := shortened(f.words, q, at, f.left-2); cut != "" {
			f.blocks = append(f.blocks, cut)
		}
	}
}

// text is all that was taken.
func (f *filler) text() string { return strings.Join(f.blocks, "\n") }
