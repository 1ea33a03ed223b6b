package command

import (
	"context"

	"attache/bot/command/words"
	"attache/corpus/text"
	"attache/index"
)

const (
	maxClaims      = 5    // sentences of a message that are looked up
	longestMessage = 4000 // runes of a message that are read: more than so many sentences have
)

// findSources shows the quotes that bear on what a message claims, sentence by
// sentence.
func findSources(ctx context.Context, b *Bot, c *Call) (Reply, error) {
	ix, err := b.ready()
	if err != nil {
		return Reply{}, err
	}
	message := c.Options["message"]
	if message == "" {
		return Reply{}, tell("find.empty")
	}
	r := Reply{Title: words.Say("find.title"), Private: true}
	var nearest []index.Quote
	answers := map[string]int{} // the section of each quote
	claims := text.Sentences(message, text.Span{End: len(message)}, text.Language(message))
	for _, claim := range claims[:min(len(claims), maxClaims)] {
		found, err := ix.Ask(ctx, index.Question{Text: claim.In(message), Limit: 2})
		if err != nil {
			return Reply{}, err
		}
		if !found.Answered {
			nearest = append(nearest, found.Quotes...)
			continue
		}
		heading := words.Say("find.claim", words.M{"Claim": short(claim.In(message), 150)})
		ref := reference(found.Quotes[0])
		if n, again := answers[ref]; again {
			r.Sections[n].Lines = append(r.Sections[n].Lines, heading)
			continue
		}
		answers[ref] = len(r.Sections)
		r.Sections = append(r.Sections, Section{Lines: []string{heading}, Quotes: quotesOf(found.Quotes[:1])})
	}
	if len(r.Sections) == 0 {
		r.unanswered(nearest[:min(len(nearest), page)], c)
		r.Sections = append(r.Sections, quoteSections(nearest[:min(len(nearest), page)])...)
	}
	if len(claims) > maxClaims {
		r.Notes = append(r.Notes, words.Say("find.first", words.M{"Count": maxClaims}))
	}
	return r, nil
}
