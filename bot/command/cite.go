package command

import (
	"cmp"
	"context"
	"errors"
	"strings"

	"example.org/attache/bot/export"
)

// cite shows how to cite a quote. Where its document no longer has it, it still
// shows how to cite the document.
func cite(ctx context.Context, b *Bot, c *Call, args string) (Reply, error) {
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
	of := export.Citation{Source: s, Accessed: b.now()}
	switch r, err := b.follow(ctx, args); {
	case err == nil:
		of.Page, of.Second, of.Link = r.quote.Page, r.quote.Second, b.link(r.quote)
	case !errors.Is(err, ErrChanged):
		return Reply{}, err
	}
	return Reply{Tone: Listing, Title: c.Words.Say("cite.title"), Sections: []Section{
		{Heading: c.Words.Say("cite.chicago"), Lines: []string{of.Chicago()}, Code: true},
		{Heading: c.Words.Say("cite.apa"), Lines: []string{of.APA()}, Code: true},
		{Heading: c.Words.Say("cite.bibtex"), Lines: of.BibTeX(), Code: true},
		{Heading: c.Words.Say("cite.ris"), Lines: of.RIS(), Code: true},
		{Heading: c.Words.Say("cite.csl"), Lines: of.CSL(), Code: true},
	}}, nil
}
