package command

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"example.org/attache/bot/command/words"
	"example.org/attache/index"
)

// What a reply shows of a person.
const (
	saysShown = 2 // quotations in the overview; mentions where there are none
	viewPage  = 3 // quotes of a view
	withShown = 5 // people named together with
)

// The views of a person.
const (
	viewOverview = "overview"
	viewTitles   = "titles"
	viewMentions = "mentions"
	viewTimeline = "timeline"
)

// overview is the newest title of a person, and what the person says, or where
// nothing is known of that, what is said of them. Of each a limit shows more.
func overview(w words.Catalogue, p index.Profile, limit int) (sections []Section) {
	if shown := p.Titles[:min(len(p.Titles), max(limit, 1))]; len(shown) > 0 {
		sections = append(sections, Section{Quotes: titleQuotes(w, shown)})
	}
	says := Section{Heading: w.Say("who.says"), Quotes: quotesOf(w, p.Quotes[:min(len(p.Quotes), max(limit, saysShown))])}
	said := Section{Heading: w.Say("who.said"), Quotes: quotesOf(w, p.Mentions[:min(len(p.Mentions), max(limit, saysShown))])}
	if len(says.Quotes) > 0 {
		sections = append(sections, says)
	}
	if len(said.Quotes) > 0 && (len(says.Quotes) == 0 || limit > 0) {
		sections = append(sections, said)
	}
	return sections
}

// facts is what is known of a person without a quote for it.
func facts(w words.Catalogue, p index.Profile) []string {
	all := []string{w.Say("who.documents", words.M{"Count": p.Documents, "Period": period(p.First, p.Last)})}
	if len(p.Aliases) > 0 {
		all = append(all, w.Say("who.aliases", words.M{"Names": w.List(p.Aliases)}))
	}
	if len(p.With) > 0 {
		all = append(all, w.Say("who.with", words.M{"Names": w.List(p.With[:min(len(p.With), withShown)])}))
	}
	return all
}

// views leads from one view of a person, who is called so, to the others, and
// to all that the person says.
func views(w words.Catalogue, p index.Profile, called, from string) Menu {
	m := Menu{Label: w.Say("who.more", words.M{"Name": p.Name})}
	if all := action(w, "said", called); len(p.Quotes) > 0 && len(all.ID) <= maxID {
		m.Actions = []Action{all}
	}
	for _, v := range []string{viewOverview, viewTitles, viewMentions, viewTimeline} {
		n := len(viewed(w, p, v))
		if v == from || n == 0 && v != viewOverview {
			continue
		}
		a := action(w, "view", v, 0)
		a.Label = w.Say("who.view." + v)
		if v != viewOverview {
			a.Detail = w.Say("count.quotes", words.M{"Count": n})
		}
		m.Actions = append(m.Actions, a)
	}
	return m
}

// viewed are the quotes of a view.
func viewed(w words.Catalogue, p index.Profile, view string) []Quote {
	switch view {
	case viewTitles:
		return titleQuotes(w, p.Titles)
	case viewMentions:
		return quotesOf(w, p.Mentions)
	case viewTimeline:
		all := slices.Concat(quotesOf(w, p.Quotes), quotesOf(w, p.Mentions))
		all = slices.DeleteFunc(all, func(q Quote) bool { return q.Source.Published.IsZero() })
		slices.SortStableFunc(all, func(a, b Quote) int {
			return cmp.Or(a.Source.Published.Compare(b.Source.Published), cmp.Compare(a.Source.Document, b.Source.Document))
		})
		return all
	}
	return nil
}

// titleQuotes shows titles, each with the sentence that gives it.
func titleQuotes(w words.Catalogue, titles []index.Title) (quotes []Quote) {
	for _, t := range titles {
		q := quote(w, t.Quote)
		q.Label = t.Title
		if t.First != t.Last { // else the quote's date tells it
			q.Label += " (" + period(t.First, t.Last) + ")"
		}
		quotes = append(quotes, q)
	}
	return quotes
}

// view shows one view of the person whom the reply of an action is about, in
// its place: "titles:3" is the titles from the fourth on.
func view(ctx context.Context, b *Bot, c *Call, args string) (Reply, error) {
	name, from, _ := strings.Cut(args, ":")
	offset, err := strconv.Atoi(from)
	if err != nil || offset < 0 {
		return Reply{}, tell("action.unknown")
	}
	cmd, options, err := b.answered(c, "who")
	if err != nil {
		return Reply{}, err
	}
	if name == viewOverview {
		return b.lead(ctx, c, "who", options)
	}
	ix, err := b.ready()
	if err != nil {
		return Reply{}, err
	}
	call := &Call{Options: options, offset: offset, Words: c.Words, Own: c.Own}
	found, err := ix.Who(ctx, options["name"], call.filter(), 0)
	if err != nil {
		return Reply{}, err
	}
	if len(found.Profiles) == 0 || found.Meant < 0 {
		return Reply{}, tell("action.question")
	}
	meant := found.Profiles[found.Meant]
	all := viewed(c.Words, meant, name)
	if offset >= len(all) {
		return Reply{}, tell("action.unknown")
	}
	shown, further := part(call, viewPage, all)
	person := options["name"]
	r := Reply{Tone: Listing, Title: person, Subject: subject(cmd, call), Menus: []Menu{views(c.Words, meant, person, name)}}
	heading := c.Words.Say("who.view." + name)
	if len(shown) < len(all) {
		heading = c.Words.Say("who.view.of", words.M{"View": heading, "From": offset + 1, "To": offset + len(shown), "All": len(all)})
	}
	r.Sections = []Section{{Heading: heading, Quotes: shown}}
	if offset > 0 {
		r.Actions = append(r.Actions, relabelled(c.Words, action(c.Words, "view", name, max(offset-viewPage, 0)), "action.back"))
	}
	if further {
		r.Actions = append(r.Actions, relabelled(c.Words, action(c.Words, "view", name, offset+viewPage), "action.more"))
	}
	return r, nil
}

// relabelled is an action with the message named key as its label.
func relabelled(w words.Catalogue, a Action, key string) Action {
	a.Label = w.Say(key)
	return a
}
