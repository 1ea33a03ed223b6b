package command

import (
	"cmp"
	"context"
	"errors"
	"strings"

	"example.org/attache/bot/command/words"
	"example.org/attache/bot/export"
)

// cite shows how to cite a quote. Where its document no longer has it, it still
// shows how to cite the document.
func cite(ctx context.Context, b *Bot, _ *Call, args string) (Reply, error) {
	ix, err := b.ready()
	if err != nil {
		return Reply{}, err
	}
	parts := strings.SplitN(args, ":", 4)
	if len(parts) != 4 {
		return Reply{}, tell("action.unknown")
	}
	s, err := source(ctx, ix, parts[3])
	if err != nil {
		return Reply{}, err
	}
	s.Title = cmp.Or(s.Title, b.opening(s.Document))
	c := export.Citation{Source: s, Accessed: b.now()}
	switch r, err := b.follow(ctx, args); {
	case err == nil:
		c.Page, c.Second, c.Link = r.quote.Page, r.quote.Second, b.link(r.quote)
	case !errors.Is(err, ErrChanged):
		return Reply{}, err
	}
	return Reply{Tone: Listing, Title: words.Say("cite.title"), Sections: []Section{
		{Heading: words.Say("cite.chicago"), Lines: []string{c.Chicago()}, Code: true},
		{Heading: words.Say("cite.apa"), Lines: []string{c.APA()}, Code: true},
		{Heading: words.Say("cite.bibtex"), Lines: c.BibTeX(), Code: true},
		{Heading: words.Say("cite.ris"), Lines: c.RIS(), Code: true},
		{Heading: words.Say("cite.csl"), Lines: c.CSL(), Code: true},
	}}, nil
}
