package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/term"

	"example.org/attache/bot/command"
	"example.org/attache/bot/command/words"
	"example.org/attache/bot/export"
)

// exportFlags say that quotes are to be written in a format of files.
type exportFlags struct {
	Format string `help:"Write the quotes as csv, md, docx or json (a list of what --json prints), or their sources as ris or csl." placeholder:"FORMAT"`
	Output string `short:"o" help:"Write into this file; its name tells the format where --format doesn't." placeholder:"FILE"`
}

// formats are those of --format.
var formats = []string{"csv", "md", "docx", "json", "ris", "csl"}

// wanted reports whether anything is to be written, and whether it can be.
func (f *exportFlags) wanted(p *program) (bool, error) {
	if f.Format == "" && f.Output == "" {
		return false, nil
	}
	if f.Format == "" {
		f.Format = strings.TrimPrefix(strings.ToLower(filepath.Ext(f.Output)), ".")
		if strings.HasSuffix(strings.ToLower(f.Output), export.CSL.Extension()) {
			f.Format = string(export.CSL)
		}
		if !slices.Contains(formats, f.Format) {
			return false, misused{fmt.Errorf("the name %s tells no format: add --format, one of %s", f.Output, strings.Join(formats, ", "))}
		}
	}
	switch {
	case p.cli.JSON:
		return false, misused{errors.New("--json and --format exclude each other; --format json writes one list")}
	case !slices.Contains(formats, f.Format):
		return false, misused{fmt.Errorf("--format is %q: it must be one of %s", f.Format, strings.Join(formats, ", "))}
	case f.Format == string(export.Word) && f.Output == "" && p.toTerminal():
		return false, misused{errors.New("a Word document can't be shown in a terminal: name a file with --output")}
	}
	return true, nil
}

// toTerminal reports whether results go to a terminal.
func (p *program) toTerminal() bool {
	f, ok := p.out.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// do runs a command and writes its reply.
func (f *exportFlags) do(ctx context.Context, p *program, name string, c *command.Call) error {
	wanted, err := f.wanted(p)
	if err != nil {
		return err
	}
	if !wanted {
		return p.do(ctx, name, c)
	}
	c.Words, c.Own = p.words, p.words
	r := p.bot.Do(ctx, name, c)
	if r.Failed {
		return p.show(r)
	}
	return f.write(p, r)
}

// write writes what replies quote, as one file.
func (f *exportFlags) write(p *program, replies ...command.Reply) error {
	var data bytes.Buffer
	if f.Format == "json" {
		records := []any{}
		for _, r := range replies {
			records = append(records, r.Records...)
		}
		enc := json.NewEncoder(&data)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		if err := enc.Encode(records); err != nil {
			return fmt.Errorf("writing the results as JSON: %w", err)
		}
	} else if err := p.dossier(replies).Write(&data, export.Format(f.Format)); err != nil {
		return err
	}
	if f.Output != "" {
		if err := os.WriteFile(f.Output, data.Bytes(), 0o644); err != nil {
			return fmt.Errorf("writing the results: %w", err)
		}
		return nil
	}
	if _, err := p.out.Write(data.Bytes()); err != nil {
		return fmt.Errorf("writing the results: %w", err)
	}
	return nil
}

// dossier is what replies quote; of several, each under its title.
func (p *program) dossier(replies []command.Reply) export.Dossier {
	if len(replies) == 1 {
		return p.bot.Dossier(replies[0])
	}
	all := p.bot.Dossier(command.Reply{Words: p.words, Title: p.words.Say("export.several", words.M{"Count": len(replies)})})
	for _, r := range replies {
		groups := p.bot.Dossier(r).Groups
		if len(groups) > 0 {
			groups[0].Heading = r.Title
		}
		all.Groups = append(all.Groups, groups...)
	}
	return all
}
