package command

import (
	"context"
	"slices"
	"strings"

	"example.org/attache/bot/command/words"
	"example.org/attache/corpus"
	"example.org/attache/index"
)

// who shows what the documents say of a person.
func who(ctx context.Context, b *Bot, c *Call) (Reply, error) {
	ix, err := b.ready()
	if err != nil {
		return Reply{}, err
	}
	name := c.Options["name"]
	found, err := ix.Who(ctx, name, c.filter(), c.Limit)
	if err != nil {
		return Reply{}, err
	}
	cmd, _ := Find("who")
	r := Reply{Tone: Listing, Title: name, Private: c.Options["private"] == "true"}
	for _, p := range found.Profiles {
		r.Records = append(r.Records, b.profileRecord(p))
	}
	if len(found.Profiles) == 0 {
		r.Sections = []Section{{Lines: []string{c.Words.Say("who.none", words.M{"Name": name})}}}
		r.Notes = []string{c.Words.Say("who.try")}
		return r, nil
	}
	if found.Meant < 0 {
		r.ask(c.Words, name, found)
		return r, nil
	}
	person := found.Profiles[found.Meant]
	others := slices.Delete(slices.Clone(found.Profiles), found.Meant, found.Meant+1)
	switch {
	case found.Near:
		r.Sections = []Section{{Lines: []string{c.Words.Say("who.near", words.M{"Name": name, "Near": person.Name})}}}
	case found.Letters:
		r.Sections = []Section{{Lines: []string{c.Words.Say("who.letters", words.M{"Name": name, "Written": person.Name})}}}
	}
	shown := person.Name
	if strings.Contains(name, ", ") && !found.Near {
		shown = name // its title tells namesakes apart
	}
	r.Title, r.Subject = shown, subject(cmd, c).with("name", shown)
	r.Sections = append(r.Sections, overview(c.Words, person, c.Limit)...)
	r.Notes = facts(c.Words, person)
	r.Menus = []Menu{views(c.Words, person, shown, viewOverview)}
	if len(others) > 0 {
		r.Notes = append(r.Notes, c.Words.Say("who.others", words.M{"Names": c.Words.List(namesOf(others))}))
		r.Menus = append(r.Menus, Menu{Label: c.Words.Say("who.choose.others"), Actions: choices(c.Words, others)})
	}
	r.offerExport(c)
	r.offerShare(c)
	r.offerFollow(b, c)
	return r, nil
}

// called is the name of a person, with a title where namesakes are among those
// found: "John Smith, mayor of Springfield".
func called(p index.Profile, found []index.Profile) string {
	namesake := func(o index.Profile) bool { return o.Name == p.Name }
	if len(p.Titles) > 0 && len(slices.DeleteFunc(slices.Clone(found), namesake)) < len(found)-1 {
		return p.Name + ", " + p.Titles[0].Title
	}
	return p.Name
}

// ask asks which of those is meant whom a name may mean.
func (r *Reply) ask(w words.Catalogue, name string, found index.People) {
	key := "who.which"
	if found.Near {
		key = "who.which.near"
	}
	r.Sections = []Section{{Lines: []string{w.Say(key, words.M{"Name": name})}}}
	r.Menus = []Menu{{Label: w.Say("who.choose", words.M{"Name": name}), Actions: choices(w, found.Profiles), Asks: true}}
	if found.More > 0 {
		r.Notes = []string{w.Say("list.more", words.M{"Count": found.More})}
	}
}

// choices returns an action for each person, with what distinguishes them.
func choices(w words.Catalogue, people []index.Profile) []Action {
	var actions []Action
	for _, p := range people {
		a := action(w, "who", called(p, people))
		if len(a.ID) > maxID {
			continue
		}
		title := ""
		if len(p.Titles) > 0 {
			title = p.Titles[0].Title
		}
		a.Label = p.Name
		a.Detail = w.Say("who.namesake", words.M{"Title": title, "Count": p.Documents, "Period": period(p.First, p.Last)})
		actions = append(actions, a)
	}
	return actions
}

// chosen shows the person of an action.
func chosen(ctx context.Context, b *Bot, c *Call, name string) (Reply, error) {
	return b.instead(ctx, c, "who", map[string]string{"name": name})
}

// sayings shows the quotations by the person of an action.
func sayings(ctx context.Context, b *Bot, c *Call, speaker string) (Reply, error) {
	return b.instead(ctx, c, "said", map[string]string{"speaker": speaker})
}

// instead runs a command that an action below a reply of who leads to, with
// the dates that narrowed it.
func (b *Bot) instead(ctx context.Context, c *Call, name string, options map[string]string) (Reply, error) {
	_, narrowed, err := b.answered(c, "who")
	if err != nil {
		return Reply{}, err
	}
	options["since"], options["until"] = narrowed["since"], narrowed["until"]
	return b.lead(ctx, c, name, options)
}

// period writes from when to when, as far as known: "2023-11-02 – 2024-08".
func period(first, last corpus.Date) string {
	switch {
	case first == last || last.IsZero():
		return first.String()
	case first.IsZero():
		return last.String()
	}
	return first.String() + " – " + last.String()
}

func namesOf(people []index.Profile) (all []string) {
	for _, p := range people {
		all = append(all, p.Name)
	}
	return all
}

// short cuts s to n characters.
func short(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}

func completeName(ctx context.Context, b *Bot, typed string) []string {
	found, err := b.Index().Suggest(ctx, typed, 25)
	if err != nil {
		return nil
	}
	return found
}

func completeSpeaker(ctx context.Context, b *Bot, typed string) []string {
	found, err := b.Index().Speakers(ctx, typed, 25)
	if err != nil {
		return nil
	}
	return found
}
