package discord

import (
	"fmt"
	"slices"
	"strings"

	"github.com/bwmarrin/discordgo"

	"example.org/attache/bot/command"
	"example.org/attache/bot/command/words"
)

const (
	mostInMenu = 25
	mostMenus  = 3
	mostOption = 100 // characters of a line of a menu, and of what stands below it
)

// actionsOf returns the actions that become buttons: those of the first quote,
// where all quotes are of one document, and those of the reply. The quotes of
// several documents share a menu.
func actionsOf(r command.Reply) []command.Action {
	quotes := offered(r)
	if len(quotes) == 0 || several(quotes) {
		return r.Actions
	}
	return slices.Concat(quotes[0].Actions, r.Actions)
}

// offered are the quotes of a reply with which something can be done.
func offered(r command.Reply) (quotes []command.Quote) {
	for _, s := range r.Sections {
		for _, q := range s.Quotes {
			if len(q.Actions) > 0 && strings.TrimSpace(visible(q.Text)) != "" {
				quotes = append(quotes, q)
			}
		}
	}
	return quotes
}

// several reports whether quotes are of several documents.
func several(quotes []command.Quote) bool {
	return slices.ContainsFunc(quotes, func(q command.Quote) bool { return q.Source.Document != quotes[0].Source.Document })
}

// rows draws actions as buttons, five in a row. An action that only tells
// something is a button that can't be pressed. On a phone a row of five words
// would be two: there the first that has a sign has that alone.
func (p *page) rows(actions []command.Action) []discordgo.MessageComponent {
	var rows []discordgo.MessageComponent
	var row []discordgo.MessageComponent
	signed := slices.IndexFunc(actions, func(a command.Action) bool { return a.Sign != "" })
	for i, a := range actions {
		if i == signed && len(actions) >= mostInRow {
			a.Label = a.Sign
		}
		id, ok := customID(a, p.subject)
		if a.ID == "" {
			id, ok = fmt.Sprint("tells:", len(p.ids)), true
		}
		label := within(strings.TrimSpace(a.Label), mostLabel, visible)
		if !ok || strings.TrimSpace(label) == "" || p.ids[id] {
			continue
		}
		if len(row) == mostInRow {
			if len(rows)+1 == mostRows {
				break
			}
			rows, row = append(rows, discordgo.ActionsRow{Components: row}), nil
		}
		p.ids[id] = true
		row = append(row, discordgo.Button{Label: label, Style: discordgo.SecondaryButton, CustomID: id, Disabled: a.ID == ""})
		p.room--
	}
	if len(row) > 0 {
		rows = append(rows, discordgo.ActionsRow{Components: row})
	}
	p.room -= len(rows)
	return rows
}

// menus draws what one of several things is chosen from: the menus of the
// reply, and one of its quotes where they are of several documents. A quote of
// the menu does the first of its actions.
func (p *page) menus(r command.Reply) (rows []discordgo.MessageComponent) {
	all := r.Menus
	if quotes := offered(r); several(quotes) {
		m := command.Menu{Label: p.words.Say("discord.menu")}
		for _, q := range quotes {
			a := q.Actions[0]
			a.Label, a.Detail = q.Text, sourceInBrief(p.words, q)
			m.Actions = append(m.Actions, a)
		}
		all = append([]command.Menu{m}, all...)
	}
	for _, m := range all[:min(len(all), mostMenus)] {
		var lines []discordgo.SelectMenuOption
		for _, a := range m.Actions {
			id, ok := customID(a, p.subject)
			label := within(strings.TrimSpace(a.Label), mostOption, visible)
			if !ok || strings.TrimSpace(label) == "" || p.ids[id] || len(lines) == mostInMenu {
				continue
			}
			p.ids[id] = true
			lines = append(lines, discordgo.SelectMenuOption{Label: label, Value: id,
				Description: within(strings.TrimSpace(a.Detail), mostOption, visible)})
		}
		if len(lines) == 0 {
			continue
		}
		p.room -= 2
		rows = append(rows, discordgo.ActionsRow{Components: []discordgo.MessageComponent{discordgo.SelectMenu{
			MenuType: discordgo.StringSelectMenu, CustomID: fmt.Sprint("menu:", len(rows)), // what is chosen says what to do
			Placeholder: within(m.Label, mostOption, visible), Options: lines}}})
	}
	return rows
}

// choice is a value that an option is completed to. Of a long one the middle is
// left out of what is shown, and a handle is what Discord gives back.
func choice(value string) (c discordgo.ApplicationCommandOptionChoice, ok bool) {
	name := strings.TrimSpace(visible(value))
	if r := []rune(name); size(name) > mostOption {
		end := len(r) - 1
		for size(string(r[end-1:])) < mostOption*2/5 {
			end--
		}
		start := 0
		for size(string(r[:start+1]))+size(string(r[end:])) < mostOption {
			start++
		}
		name = string(r[:start]) + "…" + string(r[end:])
	}
	c.Name, c.Value = name, value
	if size(value) > mostOption {
		c.Value = command.Handle(value)
	}
	return c, name != ""
}

// sourceInBrief is who says a quote, and where.
func sourceInBrief(w words.Catalogue, q command.Quote) string {
	var facts []string
	for _, fact := range []string{q.Speaker, nameOf(q.Source), q.Source.Published.String()} {
		if fact = strings.TrimSpace(visible(w.Isolate(fact))); fact != "" {
			facts = append(facts, fact)
		}
	}
	return strings.Join(facts, " · ")
}
