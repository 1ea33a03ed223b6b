package command

import (
	"bytes"
	"context"
	"slices"
	"strings"

	"example.org/attache/bot/command/words"
	"example.org/attache/bot/export"
	"example.org/attache/corpus/speech"
)

// mostFile is how large a file of an export is at most, in bytes: what every
// server takes, with room for what goes with it.
const mostFile = 9 << 20

// exported are the formats of an export, with their media types.
var exported = []struct {
	format export.Format
	kind   string
}{
	{export.Word, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
	{export.Markdown, "text/markdown; charset=utf-8"},
	{export.CSV, "text/csv; charset=utf-8"},
}

// offerExport lets a reply that quotes something be had as files.
func (r *Reply) offerExport() {
	if slices.ContainsFunc(r.Sections, func(s Section) bool { return len(s.Quotes) > 0 }) {
		r.Actions = append(r.Actions, action("export"))
	}
}

// exportAll makes files of what the command of a reply finds: of all of it, not
// only of what the reply shows.
func exportAll(ctx context.Context, b *Bot, c *Call, _ string) (Reply, error) {
	cmd, options, err := b.answered(c, "")
	if err != nil {
		return Reply{}, err
	}
	call := *c
	call.Options, call.Limit = options, deep
	found, err := b.run(ctx, cmd, &call)
	if err != nil {
		return Reply{}, err
	}
	return b.files(found, cmd.Name)
}

// exportPassage makes files of a quote in its context.
func exportPassage(ctx context.Context, b *Bot, c *Call, ref string) (Reply, error) {
	found, err := showContext(ctx, b, c, ref)
	if err != nil {
		return Reply{}, err
	}
	b.entitle(&found)
	return b.files(found, "")
}

// files is a reply with what another one quotes as files.
func (b *Bot) files(found Reply, name string) (Reply, error) {
	d := b.Dossier(found)
	if d.Quotes() == 0 {
		return Reply{}, tell("export.none")
	}
	name = export.FileName(name, found.Title)
	r := Reply{Tone: Listing, Title: found.Title}
	for {
		small := true
		r.Files = nil
		for _, e := range exported {
			var data bytes.Buffer
			if err := d.Write(&data, e.format); err != nil {
				return Reply{}, err
			}
			small = small && data.Len() <= mostFile
			r.Files = append(r.Files, Attachment{name + e.format.Extension(), e.kind, data.Bytes()})
		}
		if small {
			break
		}
		if d.Quotes() == 1 {
			return Reply{}, tell("export.large")
		}
		all := d.Quotes()
		d = d.First(all / 2)
		d.Remarks = []string{words.Say("export.first", words.M{"Count": d.Quotes()})}
	}
	r.Sections = []Section{{Lines: []string{words.Say("export.done", words.M{"Count": d.Quotes()})}}}
	r.Notes = d.Remarks
	return r, nil
}

// Dossier is what a reply quotes, for export.
func (b *Bot) Dossier(r Reply) export.Dossier {
	d := export.Dossier{Title: r.Title, Made: b.now()}
	var narrowed []string
	for o, v := range r.Narrowed() {
		narrowed = append(narrowed, o.Label+" "+v)
	}
	d.Narrowed = strings.Join(narrowed, " · ")
	for _, s := range r.Sections {
		g := export.Group{Heading: s.Heading, Remarks: s.Lines, Passage: s.Passage}
		for _, q := range s.Quotes {
			g.Quotes = append(g.Quotes, export.Quote{Text: q.Text, Label: q.Label, Speaker: q.Speaker, Kind: q.Kind,
				Reported: q.Kind == speech.Reported.String(), Span: q.Span, Also: q.Also,
				Citation: export.Citation{Source: q.Source, Page: q.Page, Second: q.Second, Link: q.Link, Accessed: d.Made}})
			if s.Passage {
				g.Quotes[len(g.Quotes)-1].Marked = q.Bold
			}
		}
		if len(g.Quotes) > 0 || g.Heading != "" || len(g.Remarks) > 0 {
			d.Groups = append(d.Groups, g)
		}
	}
	if d.Quotes() >= deep {
		d.Remarks = append(d.Remarks, words.Say("export.first", words.M{"Count": d.Quotes()}))
	}
	return d
}
