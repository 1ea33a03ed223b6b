package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"example.org/attache/bot/command"
	"example.org/attache/bot/command/words"
	"example.org/attache/bot/terminal"
	"example.org/attache/corpus"
	"example.org/attache/index"
)

// explain shows how a file is understood, wherever it lies: each document in it
// with what it says about itself, who speaks, how it begins, and what was left
// out.
func (p *program) explain(ctx context.Context, file string) error {
	if err := p.configure(); err != nil {
		return err
	}
	info, err := os.Stat(file)
	switch {
	case err != nil:
		return misused{fmt.Errorf("opening the file to show: %w", err)}
	case !info.Mode().IsRegular():
		return misused{fmt.Errorf("%s is not a regular file; name one document", file)}
	}
	shown, failed := 0, false
	folder, name := filepath.Split(file)
	if folder == "" {
		folder = "."
	}
	for r := range corpus.Explain(ctx, os.DirFS(folder), p.reading, name) {
		if r.Err != nil {
			fmt.Fprintln(p.errs, terminal.Plain("attache: "+r.Err.Error()))
			failed = true
			continue
		}
		if shown++; shown > 1 && !p.cli.JSON {
			fmt.Fprintln(p.out)
		}
		if err := p.show(explanation(p.words, r.Document)); err != nil {
			return err
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if failed {
		return errReported
	}
	return nil
}

// explainedJSON is what check --show --json prints of a document.
type explainedJSON struct {
	Document   string        `json:"document"`
	Title      string        `json:"title"`
	Publisher  string        `json:"publisher"`
	Author     string        `json:"author"`
	Published  string        `json:"published"`
	URL        string        `json:"url"`
	Language   string        `json:"language"`
	Tags       []string      `json:"tags,omitempty"`
	Words      int           `json:"words"`
	Paragraphs int           `json:"paragraphs"`
	Headings   int           `json:"headings"`
	Speakers   []speakerJSON `json:"speakers"`
	Begins     []string      `json:"begins"`
	Left       []leftJSON    `json:"left"`
}

type speakerJSON struct {
	Name       string `json:"name"`
	Statements int    `json:"statements"`
}

type leftJSON struct {
	Text string `json:"text"`
	Why  string `json:"why"`
}

// Bounds of what is shown of a document.
const (
	mostShown   = 5   // paragraphs that it begins with
	mostLeft    = 30  // pieces of text that were left out
	longestLeft = 160 // characters of such a piece
)

// explanation is how a document was understood.
func explanation(w words.Catalogue, d *corpus.Document) command.Reply {
	j := explained(d)
	r := command.Reply{Words: w, Tone: command.Admin, Title: j.Document, Records: []any{j}}
	facts := command.Section{}
	for _, field := range [][2]string{{"title", j.Title}, {"author", j.Author}, {"publisher", j.Publisher}, {"published", j.Published},
		{"url", j.URL}, {"language", j.Language}, {"tags", strings.Join(j.Tags, w.Say("list.comma"))}} {
		value := field[1]
		if value == "" {
			value = w.Say("show.unknown")
		}
		if field[1] != "" || field[0] != "tags" {
			facts.Lines = append(facts.Lines, w.Say("show."+field[0], words.M{"Value": value}))
		}
	}
	facts.Lines = append(facts.Lines, w.Say("show.size", words.M{"Words": w.Say("count.words", words.M{"Count": j.Words}), "Paragraphs": j.Paragraphs, "Headings": j.Headings}))
	r.Sections = append(r.Sections, facts)
	speakers := command.Section{Heading: w.Say("show.speakers"), List: true}
	for _, s := range j.Speakers {
		speakers.Lines = append(speakers.Lines, w.Say("show.speaker", words.M{"Name": s.Name, "Statements": s.Statements}))
	}
	if len(speakers.Lines) == 0 {
		speakers.Lines = []string{w.Say("show.nobody")}
	}
	r.Sections = append(r.Sections, speakers)
	source := index.Source{Document: j.Document}
	begins := command.Section{Heading: w.Say("show.begins"), Passage: true}
	for _, t := range j.Begins {
		begins.Quotes = append(begins.Quotes, command.Quote{Text: t, Source: source})
	}
	r.Sections = append(r.Sections, begins)
	for _, why := range reasons(j.Left) {
		left := command.Section{Heading: w.Say("show.left." + why), Passage: true}
		for _, l := range j.Left {
			if l.Why == why && len(left.Quotes) < mostLeft {
				left.Quotes = append(left.Quotes, command.Quote{Text: l.Text, Source: source})
			}
		}
		r.Sections = append(r.Sections, left)
	}
	return r
}

// reasons returns why texts were left out, each reason once.
func reasons(left []leftJSON) (why []string) {
	for _, l := range left {
		if !slices.Contains(why, l.Why) {
			why = append(why, l.Why)
		}
	}
	return why
}

func explained(d *corpus.Document) explainedJSON {
	j := explainedJSON{Document: d.ID, Title: d.Title, Publisher: d.Publisher, Author: d.Author, Published: d.Published.String(), URL: d.URL,
		Language: d.Language, Tags: d.Tags, Words: len(strings.Fields(d.Text)), Speakers: []speakerJSON{}, Begins: []string{}, Left: []leftJSON{}}
	for _, p := range d.Paragraphs {
		switch {
		case p.Kind != corpus.Body:
			j.Headings++
		default:
			if j.Paragraphs++; len(j.Begins) < mostShown {
				j.Begins = append(j.Begins, p.In(d.Text))
			}
		}
	}
	j.Speakers = speakersOf(d)
	for _, l := range d.Left {
		t := []rune(l.Text)
		if len(t) > longestLeft {
			t = append(t[:longestLeft:longestLeft], '…')
		}
		j.Left = append(j.Left, leftJSON{string(t), string(l.Why)})
	}
	return j
}

// speakersOf counts what each speaker says, in the order that they come up.
func speakersOf(d *corpus.Document) []speakerJSON {
	speakers := []speakerJSON{}
	at := map[string]int{}
	for i := range d.Statements {
		name := d.Statements[i].Speaker(d.People)
		if name == "" {
			continue
		}
		if _, ok := at[name]; !ok {
			at[name] = len(speakers)
			speakers = append(speakers, speakerJSON{Name: name})
		}
		speakers[at[name]].Statements++
	}
	return speakers
}
