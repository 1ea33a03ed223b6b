package command

import (
	"context"
	"regexp"
	"strings"
	"time"

	"attache/bot/command/words"
	"attache/index"
)

// help says what can be asked, and what is kept of those who do.
func help(ctx context.Context, b *Bot, c *Call) (Reply, error) {
	var usages []Usage
	var records []any
	for _, cmd := range Table() {
		switch {
		case cmd.Admin && !c.Admin:
		case cmd.Message && c.User == "": // who is alone has nobody's messages
		case cmd.Message:
			usages = append(usages, Usage{Name: cmd.Name, Form: words.Say("help.message", words.M{"Name": cmd.Name}), Help: cmd.Help})
		default:
			u := Usage{Name: cmd.Name, Form: usage(cmd), Help: cmd.Help}
			if c.Mention != nil {
				u.ID = c.Mention(cmd.Name)
			}
			usages = append(usages, u)
			records = append(records, commandJSON{cmd.Name, usage(cmd), cmd.Help})
		}
	}
	kept := words.Say("help.kept.none")
	if b.State != nil {
		kept = words.Say("help.kept", words.M{"Time": span(b.State.Keep())})
	}
	what, private := []string{words.Say("help.what")}, []string{kept}
	if c.User != "" {
		what = append(what, words.Say("help.mention"))
	} else {
		what, private = append(what, words.Say("help.options")), append(private, words.Say("help.history"))
	}
	r := Reply{
		Tone:  Listing,
		Title: words.Say("help.title"),
		Sections: []Section{
			{Lines: what},
			{Heading: words.Say("help.commands"), Usages: usages},
		},
		Notes:   private,
		Private: true,
		Records: records,
	}
	if c.User != "" {
		for _, asked := range b.samples(ctx) {
			r.offer(action("try", asked), asked)
		}
	}
	return r, nil
}

const (
	samplesShown = 2
	samplesTried = 12 // people of whom questions are tried
)

// samples are questions that the documents answer: on what somebody says of
// somebody else, and on who people are, of those whom most documents name.
func (b *Bot) samples(ctx context.Context) (asked []string) {
	ix := b.Index()
	if ix == nil {
		return nil
	}
	people, err := ix.Suggest(ctx, "", samplesTried)
	if err != nil {
		return nil
	}
	take := func(most int, ask func(name string) string) {
		for _, name := range people {
			if len(asked) >= most {
				return
			}
			if q := ask(name); q != "" {
				if found, err := ix.Ask(ctx, index.Question{Text: q, Limit: 1}); err == nil && found.Answered {
					asked = append(asked, q)
				}
			}
		}
	}
	take(1, askWhatSaid(ctx, ix))
	take(samplesShown, askWho)
	return asked
}

func askWho(name string) string { return words.Say("help.sample.who", words.M{"Name": name}) }

// askWhatSaid asks what a person says about another whom the person names.
func askWhatSaid(ctx context.Context, ix *index.Index) func(name string) string {
	return func(name string) string {
		found, err := ix.Said(ctx, name, "", index.Filter{}, 10)
		if err != nil {
			return ""
		}
		for _, q := range found.Quotes {
			if topic := inner.FindStringSubmatch(q.Text); topic != nil && !strings.Contains(name, topic[1]) {
				return words.Say("help.sample.said", words.M{"Name": name, "Topic": topic[1]})
			}
		}
		return ""
	}
}

// inner finds a name within a sentence: words in capitals behind one that is in
// small letters.
var inner = regexp.MustCompile(`\p{Ll} (\p{Lu}[\p{L}-]{2,}(?: \p{Lu}[\p{L}-]+)*)`)

// try asks one of the questions that help shows.
func try(ctx context.Context, b *Bot, c *Call, asked string) (Reply, error) {
	return b.lead(ctx, c, "ask", map[string]string{"question": asked})
}

// span writes a span of time in the largest unit that tells it exactly.
func span(d time.Duration) string {
	key, unit := "count.minutes", time.Minute
	switch {
	case d%(24*time.Hour) == 0:
		key, unit = "count.days", 24*time.Hour
	case d%time.Hour == 0:
		key, unit = "count.hours", time.Hour
	}
	return words.Say(key, words.M{"Count": int(d / unit)})
}
