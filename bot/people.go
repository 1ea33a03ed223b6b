package main

import (
	"context"
	"fmt"

	"example.org/attache/bot/command"
	"example.org/attache/bot/command/words"
	"example.org/attache/corpus/speech"
	"example.org/attache/index"
)

// The commands about people and what they say.
type (
	whoCmd struct {
		Name  []string `arg:"" help:"${who_name}."`
		Since string   `help:"${ask_since}." placeholder:"DATE"`
		Until string   `help:"${ask_until}." placeholder:"DATE"`
		exportFlags
	}
	peopleCmd     struct{ filterFlags }
	quotesCmd     struct{ filterFlags }
	statementsCmd struct{ filterFlags }
	saidCmd       struct {
		Speaker string   `help:"${said_speaker}." placeholder:"NAME" required:""`
		Topic   []string `arg:"" optional:"" help:"${said_topic}."`
		Limit   int      `help:"At most so many quotations." default:"10" placeholder:"N"`
		filterFlags
		exportFlags
	}
	timelineCmd struct {
		Topic []string `arg:"" help:"${said_topic}."`
		Limit int      `help:"At most so many quotes." default:"10" placeholder:"N"`
		filterFlags
		exportFlags
	}
	compareCmd struct {
		Topic    string `arg:"" help:"${said_topic}."`
		SpeakerA string `arg:"" help:"${compare_speaker_a}."`
		SpeakerB string `arg:"" help:"${compare_speaker_b}."`
		Limit    int    `help:"At most so many quotations of each." default:"3" placeholder:"N"`
		Since    string `help:"${ask_since}." placeholder:"DATE"`
		Until    string `help:"${ask_until}." placeholder:"DATE"`
		exportFlags
	}
)

// Run shows a person.
func (w *whoCmd) Run(ctx context.Context, p *program) error {
	options := map[string]string{"name": joined(w.Name), "since": w.Since, "until": w.Until}
	return p.answer(ctx, "who", everything, options, &w.exportFlags)
}

// Run quotes a speaker.
func (s *saidCmd) Run(ctx context.Context, p *program) error {
	return p.answer(ctx, "said", s.Limit, s.options("speaker", s.Speaker, "topic", joined(s.Topic)), &s.exportFlags)
}

// Run quotes in the order of time.
func (t *timelineCmd) Run(ctx context.Context, p *program) error {
	return p.answer(ctx, "timeline", t.Limit, t.options("topic", joined(t.Topic)), &t.exportFlags)
}

// Run quotes two speakers.
func (c *compareCmd) Run(ctx context.Context, p *program) error {
	return p.answer(ctx, "compare", c.Limit, map[string]string{
		"topic": c.Topic, "speaker_a": c.SpeakerA, "speaker_b": c.SpeakerB, "since": c.Since, "until": c.Until}, &c.exportFlags)
}

// answer opens the index and does one command.
func (p *program) answer(ctx context.Context, name string, limit int, options map[string]string, f *exportFlags) error {
	if err := checkLimit(limit); err != nil {
		return err
	}
	if _, err := f.wanted(p); err != nil {
		return err
	}
	if err := p.openIndex(ctx); err != nil {
		return err
	}
	return f.do(ctx, p, name, &command.Call{Options: options, Limit: limit, Admin: true})
}

func checkLimit(n int) error {
	if n < 1 {
		return misused{fmt.Errorf("--limit is %d: it must be 1 or more", n)}
	}
	if n > everything {
		return misused{fmt.Errorf("--limit is %d: it must be %d or less", n, everything)}
	}
	return nil
}

// Run lists everybody.
func (l *peopleCmd) Run(ctx context.Context, p *program) error {
	if err := p.openIndex(ctx); err != nil {
		return err
	}
	filter, err := p.bot.Filter(l.options(), p.words)
	if err != nil {
		return misused{err}
	}
	for person, err := range p.library.index().Everybody(ctx, filter) {
		if err != nil {
			return err
		}
		if err := p.list(command.PersonRecord(person), personReply(p.words, person)); err != nil {
			return err
		}
	}
	return nil
}

// list prints one of many things.
func (p *program) list(record any, r command.Reply) error {
	if p.cli.JSON {
		return p.encode(record)
	}
	return p.printer().Print(r)
}

// personReply describes a person in one line.
func personReply(w words.Catalogue, person index.Profile) command.Reply {
	line := person.Name
	if len(person.Titles) > 0 {
		line += ", " + person.Titles[0].Title
	}
	return command.Reply{Words: w, Notes: []string{line + ": " + w.Say("count.documents", words.M{"Count": person.Documents})}}
}

// Run lists the direct quotations.
func (q *quotesCmd) Run(ctx context.Context, p *program) error {
	return p.statements(ctx, q.filterFlags, func(s index.Statement) any {
		if s.Kind != speech.Quotation.String() {
			return nil
		}
		return command.QuotationRecord(s)
	})
}

// Run lists the statements of every kind.
func (s *statementsCmd) Run(ctx context.Context, p *program) error {
	return p.statements(ctx, s.filterFlags, command.StatementRecord)
}

// statements lists the statements that record makes a record of.
func (p *program) statements(ctx context.Context, f filterFlags, record func(index.Statement) any) error {
	if err := p.openIndex(ctx); err != nil {
		return err
	}
	filter, err := p.bot.Filter(f.options(), p.words)
	if err != nil {
		return misused{err}
	}
	for found, err := range p.library.index().Statements(ctx, filter) {
		if err != nil {
			return err
		}
		r := record(found)
		if r == nil {
			continue
		}
		shown := command.Quote{Text: found.Text, Speaker: found.Speaker, Kind: found.Kind, Source: found.Source, Page: found.Page}
		if err := p.list(r, command.Reply{Words: p.words, Sections: []command.Section{{Quotes: []command.Quote{shown}}}}); err != nil {
			return err
		}
		if !p.cli.JSON {
			fmt.Fprintln(p.out)
		}
	}
	return nil
}
