// Attaché answers foreign-policy questions only with cited quotes.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"attache/corpus"
	"attache/index"
)

func main() {
	if err := run(context.Background(), os.Args[1:], os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "attache:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, in io.Reader, out io.Writer) error {
	flags := flag.NewFlagSet("attache", flag.ContinueOnError)
	folder := flags.String("corpus", "", "folder of documents")
	flags.Bool("json", true, "JSON")
	if len(args) == 0 {
		args = []string{"ask"}
	}
	if err := flags.Parse(args[1:]); err != nil {
		return err
	}
	var docs fs.FS = corpus.Builtin()
	if *folder != "" {
		docs = os.DirFS(*folder)
	}
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	switch args[0] {
	case "people":
		for r := range corpus.Read(ctx, docs) {
			for _, p := range r.Document.People {
				enc.Encode(map[string]any{"name": p.Name, "documents": 1})
			}
		}
		return nil
	case "quotes":
		for r := range corpus.Read(ctx, docs) {
			d := r.Document
			for _, q := range d.Quotations {
				enc.Encode(map[string]any{"document": d.ID, "quote": q.Span.In(d.Text), "speaker": q.Speaker,
					"speaker_as_written": q.Written.In(d.Text), "cue": q.Cue.In(d.Text), "start": q.Span.Start, "end": q.Span.End})
			}
		}
		return nil
	}
	dir, err := os.MkdirTemp("", "attache")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if _, err := index.Build(ctx, dir, docs); err != nil {
		return err
	}
	ix, err := index.Open(dir)
	if err != nil {
		return err
	}
	defer ix.Close()
	lines := bufio.NewScanner(in)
	for lines.Scan() {
		start := time.Now()
		a, err := ix.Ask(ctx, index.Question{Text: lines.Text()})
		if err != nil {
			return err
		}
		answers := []map[string]any{}
		for _, q := range a.Quotes {
			answers = append(answers, map[string]any{"quote": q.Text, "document": q.Source.Document, "start": q.Span.Start, "end": q.Span.End, "score": q.Score})
		}
		enc.Encode(map[string]any{"question": lines.Text(), "answered": a.Answered, "answers": answers, "took_ms": float64(time.Since(start).Microseconds()) / 1000})
	}
	return lines.Err()
}
