package command

import (
	"context"

	"example.org/attache/bot/command/smalltalk"
	"example.org/attache/bot/command/words"
	"example.org/attache/index"
)

// smallTalk answers what asks nothing of the documents: a word of the bot's own,
// what it can do, and questions that the documents answer. ok is false for all
// else, and where somebody in the documents is called so.
func (b *Bot) smallTalk(ctx context.Context, said string, c *Call) (r Reply, ok bool) {
	kind, language, ok := smalltalk.Read(said)
	if !ok || c.filter() != (index.Filter{}) || b.Index() != nil && b.Index().Knows(said) {
		return Reply{}, false
	}
	own, _ := c.Words.Talk(language)
	// Commands are called as they are where this is said, not as in its language.
	called := words.M{"Help": titleOf(c.Words, "help"), "Sources": titleOf(c.Words, "sources"), "Add": titleOf(c.Words, "admin add")}
	lines := []string{own.Say("talk."+string(kind), called)}
	if stats, err := b.stats(); err == nil && stats.Documents > 0 {
		lines = append(lines, own.Say("talk.can", words.M{"Count": stats.Documents, "Help": called["Help"]}))
	}
	r = Reply{Sections: []Section{{Lines: lines}}, Private: c.Options["private"] == "true",
		Records: []any{b.answersRecord(said, false, nil, 0)}}
	if asked := b.samples(ctx); len(asked) > 0 {
		r.Sections = append(r.Sections, Section{Heading: own.Say("talk.try"), Lines: asked, List: true})
	}
	return r, true
}

func titleOf(w words.Catalogue, name string) string {
	cmd, _ := Find(name)
	return cmd.Title(w)
}

func (b *Bot) stats() (index.Stats, error) {
	if ix := b.Index(); ix != nil {
		return ix.Stats()
	}
	return index.Stats{}, nil
}
