package command

import (
	"context"
	"slices"

	"example.org/attache/bot/command/words"
	"example.org/attache/corpus/text"
	"example.org/attache/index"
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
	claims := text.Sentences(message, text.Span{End: len(message)}, text.Language(message))
	f := finding{words: c.Words, places: map[string]int{}}
	for _, claim := range claims[:min(len(claims), maxClaims)] {
		found, err := ix.Ask(ctx, index.Question{Text: claim.In(message), Limit: 2})
		if err != nil {
			return Reply{}, err
		}
		f.take(claim.In(message), found)
	}
	r := Reply{Tone: Listing, Title: c.Words.Say("find.title"), Private: true, Sections: f.sections}
	switch {
	case len(f.sections) == 0:
		if err := r.unanswered(ix, f.nearest, c); err != nil {
			return Reply{}, err
		}
		r.Notes = []string{c.Words.Say("ask.try")}
	case f.without > 0:
		r.Notes = []string{c.Words.Say("find.without", words.M{"Count": f.without})}
	}
	if len(claims) > maxClaims {
		r.Notes = append(r.Notes, c.Words.Say("find.first", words.M{"Count": maxClaims}))
	}
	return r, nil
}

// finding is what was found for the sentences of a message.
type finding struct {
	words    words.Catalogue
	sections []Section
	nearest  []index.Quote
	places   map[string]int // the section of each quote that bears on something
	without  int            // sentences that nothing bears on
}

// take adds what was found for one sentence. Sentences on which the same quote
// bears share it.
func (f *finding) take(claim string, found index.Answers) {
	if !found.Answered {
		f.without++
		for _, q := range found.Quotes {
			if !slices.ContainsFunc(f.nearest, func(n index.Quote) bool { return reference(n) == reference(q) }) {
				f.nearest = append(f.nearest, q)
			}
		}
		return
	}
	heading := f.words.Say("find.claim", words.M{"Claim": short(claim, 150)})
	ref := reference(found.Quotes[0])
	n, again := f.places[ref]
	if !again {
		n = len(f.sections)
		f.places[ref] = n
		f.sections = append(f.sections, Section{Quotes: quotesOf(f.words, found.Quotes[:1])})
	}
	f.sections[n].Lines = append(f.sections[n].Lines, heading)
}
