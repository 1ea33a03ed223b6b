package command

import (
	"context"
	"regexp"
	"strings"
	"unicode/utf8"

	"example.org/attache/bot/command/words"
	"example.org/attache/index"
)

// suggest offers, below a question without an answer, what may lead to one; a
// hint in words only where there is nothing to offer.
func (r *Reply) suggest(ctx context.Context, ix *index.Index, asked string, c *Call) error {
	for _, m := range misspelt(ctx, ix, asked) {
		r.offer(action(c.Words, "mean", m.near), c.Words.Say("ask.try.name", words.M{"Near": m.near}))
	}
	about, err := ix.About(ctx, asked)
	if err != nil {
		return err
	}
	for _, topic := range []string{about.Topic, ""} {
		if about.Speaker == "" {
			break
		}
		found, err := ix.Said(ctx, about.Speaker, topic, c.filter(), 1)
		if err != nil {
			return err
		}
		if len(found.Quotes) > 0 {
			label := c.Words.Say("ask.try.said", words.M{"Name": about.Speaker, "Topic": short(topic, 30)})
			r.offer(action(c.Words, "statements", about.Speaker+"|"+topic), label)
			break
		}
	}
	if c.filter() != (index.Filter{}) {
		r.offer(action(c.Words, "widen"), c.Words.Say("ask.try.filters"))
	}
	r.Notes = append(r.Notes, unquotedSpeaker(ctx, ix, c)...)
	if len(r.Actions) == 0 && len(r.Notes) == 0 {
		r.Notes = []string{c.Words.Say("ask.try")}
	}
	return nil
}

// offer adds an action under a label of its own, where its ID has room.
func (r *Reply) offer(a Action, label string) {
	if len(a.ID) <= maxID && utf8.ValidString(a.ID) {
		a.Label = short(label, 80)
		r.Actions = append(r.Actions, a)
	}
}

// names are what may be misspelt in a question: words in capitals, one after
// another.
var names = regexp.MustCompile(`\p{Lu}[\p{L}’'-]+(?: \p{Lu}[\p{L}’'-]+)+`)

// misspelling is a name as it was typed, and the one that is spelled nearly so.
type misspelling struct{ typed, near string }

// misspelt finds the names in a question that the documents don't know but
// nearly.
func misspelt(ctx context.Context, ix *index.Index, asked string) (all []misspelling) {
	for _, name := range names.FindAllString(asked, 2) {
		found, err := ix.Who(ctx, name, index.Filter{}, 0)
		if err == nil && found.Near && len(found.Profiles) > 0 {
			all = append(all, misspelling{name, found.Profiles[0].Name})
		}
	}
	return all
}

// meanAnother asks the question again with a name that it nearly has.
func meanAnother(ctx context.Context, b *Bot, c *Call, near string) (Reply, error) {
	ix, err := b.ready()
	if err != nil {
		return Reply{}, err
	}
	_, options, err := b.answered(c, "ask")
	if err != nil {
		return Reply{}, err
	}
	for _, m := range misspelt(ctx, ix, options["question"]) {
		if m.near == near {
			options["question"] = strings.Replace(options["question"], m.typed, near, 1)
			return b.lead(ctx, c, "ask", options)
		}
	}
	return Reply{}, tell("action.unknown")
}

// statementsOn shows what somebody says on a topic, with the filters of the
// question that it is suggested for.
func statementsOn(ctx context.Context, b *Bot, c *Call, args string) (Reply, error) {
	speaker, topic, ok := strings.Cut(args, "|")
	_, options, err := b.answered(c, "ask")
	if err != nil {
		return Reply{}, err
	}
	if !ok {
		return Reply{}, tell("action.unknown")
	}
	delete(options, "question")
	options["speaker"], options["topic"] = speaker, topic
	return b.lead(ctx, c, "said", options)
}

// widen asks the question again without its filters.
func widen(ctx context.Context, b *Bot, c *Call, args string) (Reply, error) {
	_, options, err := b.answered(c, "ask")
	if err != nil {
		return Reply{}, err
	}
	if args != "" {
		return Reply{}, tell("action.unknown")
	}
	return b.lead(ctx, c, "ask", map[string]string{"question": options["question"]})
}

// lead runs a command that an action leads to.
func (b *Bot) lead(ctx context.Context, c *Call, name string, options map[string]string) (Reply, error) {
	cmd, _ := Find(name)
	options, err := b.check(cmd, options, c.Own)
	if err != nil {
		return Reply{}, tell("action.unknown")
	}
	return b.run(ctx, cmd, &Call{Options: options, Admin: c.Admin, User: c.User, Words: c.Words, Own: c.Own})
}
