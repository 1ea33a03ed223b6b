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

// mostFiles is how large the files of an export are at most, together, in bytes:
// what every server on Discord takes, with room for what goes with it.
const mostFiles = 9 << 20

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
func (r *Reply) offerExport(c *Call) {
	if slices.ContainsFunc(r.Sections, func(s Section) bool { return len(s.Quotes) > 0 }) {
		r.Actions = append(r.Actions, action(c.Words, "export"))
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
	call.Options, call.Limit, call.again = options, deep, true
	if cmd.Name == "timeline" {
		call.Limit = timelineQuotes
	}
	found, err := b.run(ctx, cmd, &call)
	if err != nil {
		return Reply{}, err
	}
	found.Words = c.Words
	d := b.Dossier(found)
	if n := d.Quotes(); n >= call.Limit {
		d.Remarks = []string{c.Words.Say("export.first", words.M{"Count": n})}
	}
	return files(c.Words, d, cmd.Name)
}

// exportPassage makes files of a quote in its context.
func exportPassage(ctx context.Context, b *Bot, c *Call, ref string) (Reply, error) {
	found, err := showContext(ctx, b, c, ref)
	if err != nil {
		return Reply{}, err
	}
	b.entitle(&found)
	found.Words = c.Words
	return files(c.Words, b.Dossier(found), "")
}

// files is a reply with a dossier as files.
func files(w words.Catalogue, d export.Dossier, name string) (Reply, error) {
	if d.Quotes() == 0 {
		return Reply{}, tell("export.none")
	}
	name = export.FileName(name, d.Title)
	r := Reply{Tone: Listing, Title: d.Title}
	for {
		size := 0
		r.Files = nil
		for _, e := range exported {
			var data bytes.Buffer
			if err := d.Write(&data, e.format); err != nil {
				return Reply{}, err
			}
			size += data.Len()
			r.Files = append(r.Files, Attachment{name + e.format.Extension(), e.kind, data.Bytes()})
		}
		if size <= mostFiles {
			break
		}
		if d.Quotes() == 1 {
			return Reply{}, tell("export.large")
		}
		all := d.Quotes()
		d = d.First(all / 2)
		d.Remarks = []string{w.Say("export.first", words.M{"Count": d.Quotes()})}
	}
	r.Sections = []Section{{Lines: []string{w.Say("export.done", words.M{"Count": d.Quotes()})}}}
	r.Notes = d.Remarks
	return r, nil
}

// Dossier is what a reply quotes, for export.
func (b *Bot) Dossier(r Reply) export.Dossier {
	d := export.Dossier{Title: r.Title, Made: b.now(), Words: r.Words}
	var narrowed []string
	for o, v := range r.Narrowed() {
		narrowed = append(narrowed, o.Label(r.Words)+" "+r.Words.Isolate(v))
	}
	d.Narrowed = strings.Join(narrowed, " · ")
	for _, s := range r.Sections {
		g := export.Group{Heading: s.Heading, Remarks: s.Lines, Passage: s.Passage}
		for _, q := range s.Quotes {
			g.Quotes = append(g.Quotes, export.Quote{Text: q.Text, Label: q.Label, Speaker: q.Speaker, Kind: q.Kind,
				Reported: q.Kind == speech.Reported.String(), Span: q.Span, Also: q.AlsoIn(r.Words),
				Citation: export.Citation{Source: q.Source, Page: q.Page, Second: q.Second, Link: q.Link, Accessed: d.Made}})
			if s.Passage {
				g.Quotes[len(g.Quotes)-1].Marked = q.Bold
			}
		}
		if len(g.Quotes) > 0 || g.Heading != "" || len(g.Remarks) > 0 {
			d.Groups = append(d.Groups, g)
		}
	}
	return d
}
