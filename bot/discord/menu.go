package discord

import (
	"fmt"
	"slices"
	"strings"

	"github.com/bwmarrin/discordgo"

	"attache/bot/command"
	"attache/bot/command/words"
)

// A reply of many quotes would be a wall of buttons. Its quotes share a menu
// instead, which names each by its text and does the first of its actions.
const (
	mostButtoned = 5 // quotes that have buttons of their own
	mostInMenu   = 25
	mostMenus    = 2
	mostOption   = 100 // characters of a line of a menu, and of what stands below it
)

// reserveMenus decides whether the quotes of a reply are offered in menus, and
// keeps room for these.
func (p *page) reserveMenus(r command.Reply) {
	n := 0
	for _, s := range r.Sections {
		for _, q := range s.Quotes {
			if len(q.Actions) > 0 {
				n++
			}
		}
	}
	if p.listed = n > mostButtoned; p.listed {
		p.room -= 2 * min((n+mostInMenu-1)/mostInMenu, mostMenus)
	}
}

// offer puts a quote that is shown into the menu.
func (p *page) offer(q command.Quote) {
	if len(q.Actions) == 0 || len(p.offers) == mostInMenu*mostMenus {
		return
	}
	id := pressed + q.Actions[0].ID
	label := within(strings.TrimSpace(q.Text), mostOption, visible)
	if len(id) > mostID || p.ids[id] || strings.TrimSpace(label) == "" {
		return
	}
	p.ids[id] = true
	var facts []string
	for _, fact := range []string{q.Speaker, nameOf(q.Source), q.Source.Published.String()} {
		if fact = strings.TrimSpace(visible(fact)); fact != "" {
			facts = append(facts, fact)
		}
	}
	p.offers = append(p.offers, discordgo.SelectMenuOption{Label: label, Value: id,
		Description: within(strings.Join(facts, " · "), mostOption, visible)})
	p.prompt = q.Actions[0].Label
}

// menus draws the quotes that were offered.
func (p *page) menus() (rows []discordgo.MessageComponent) {
	prompt := within(words.Say("discord.menu", words.M{"Action": p.prompt}), mostOption, visible)
	for some := range slices.Chunk(p.offers, mostInMenu) {
		id := fmt.Sprint(pressed, "menu:", len(rows)) // what is chosen says what to do
		rows = append(rows, discordgo.ActionsRow{Components: []discordgo.MessageComponent{
			discordgo.SelectMenu{MenuType: discordgo.StringSelectMenu, CustomID: id, Placeholder: prompt, Options: some}}})
	}
	return rows
}
