package command

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"attache/bot/command/words"
	"attache/index"
)

// remove asks whether to take a document out.
func remove(ctx context.Context, b *Bot, c *Call) (Reply, error) {
	s, err := b.removable(ctx, c.Options["document"])
	if err != nil {
		return Reply{}, err
	}
	name := s.Document
	if len("remove:"+name) > maxID || strings.HasPrefix(name, "#") {
		name = "#" + digest(name, 16)
	}
	return Reply{
		Title:    words.Say("remove.ask"),
		Sections: []Section{{Lines: []string{sourceLine(s), words.Say("remove.stays")}}},
		Actions:  []Action{action("remove", name)},
		Private:  true,
	}, nil
}

// removable finds the document to take out of a corpus that can be changed.
func (b *Bot) removable(ctx context.Context, document string) (index.Source, error) {
	ix, err := b.ready()
	switch {
	case err != nil:
		return index.Source{}, err
	case b.Corpus == "":
		return index.Source{}, tell("corpus.none")
	case b.State == nil:
		return index.Source{}, tell("state.none")
	}
	s, err := ix.Source(document)
	if errors.Is(err, index.ErrNoDocument) {
		return s, tell("remove.unknown", words.M{"Document": document})
	}
	return s, err
}

// confirmRemove takes a document out of the index and keeps it out; its file
// stays.
func confirmRemove(ctx context.Context, b *Bot, c *Call, args string) (Reply, error) {
	ix, err := b.ready()
	if err != nil {
		return Reply{}, err
	}
	s, err := source(ctx, ix, args)
	if err != nil {
		return Reply{}, err
	}
	if s, err = b.removable(ctx, s.Document); err != nil {
		return Reply{}, err
	}
	if err := b.State.Remove(s.Document); err != nil {
		return Reply{}, err
	}
	if _, err := b.takeUp(ctx, c); err != nil {
		return Reply{}, err
	}
	return Reply{Notes: []string{words.Say("remove.done", words.M{"Document": s.Document})},
		Records: []any{entryJSON{Document: s.Document, Status: index.Removed}}}, nil
}

// restore takes back the removal of a document.
func restore(ctx context.Context, b *Bot, c *Call) (Reply, error) {
	if b.State == nil {
		return Reply{}, tell("state.none")
	}
	name := c.Options["document"]
	removed, err := b.State.Removed()
	if err != nil {
		return Reply{}, err
	}
	if !slices.Contains(removed, name) {
		return Reply{}, tell("restore.unknown", words.M{"Document": name})
	}
	if err := b.State.Restore(name); err != nil {
		return Reply{}, err
	}
	if _, err := b.takeUp(ctx, c); err != nil {
		return Reply{}, err
	}
	done, status := "restore.done", index.Added
	switch _, err := b.Index().Source(name); {
	case errors.Is(err, index.ErrNoDocument):
		done, status = "restore.missing", index.Failed
	case err != nil:
		return Reply{}, err
	}
	return Reply{Notes: []string{words.Say(done, words.M{"Document": name})}, Private: true,
		Records: []any{entryJSON{Document: name, Status: status}}}, nil
}

// takeUp brings the index up to date with what a call changed. A reading that
// is under way may have passed that already, so another one follows it.
func (b *Bot) takeUp(ctx context.Context, c *Call) (*index.Report, error) {
	for {
		report, err := b.Reindex(ctx, progressTo(b, c))
		switch {
		case err == nil:
			return report, nil
		case ctx.Err() != nil:
			return nil, tell("reindex.stopped")
		case !errors.Is(err, index.ErrBusy):
			b.Log.Error("a change was kept, and the documents could not be read", "error", err)
			return nil, tell("reindex.kept", words.M{"Error": err.Error()})
		}
		if c.Progress != nil {
			c.Progress(Reply{Notes: []string{words.Say("reindex.next")}, Private: true})
		}
		select {
		case <-ctx.Done():
		case <-time.After(200 * time.Millisecond):
		}
	}
}

func completeDocument(ctx context.Context, b *Bot, typed string) []string {
	found, err := b.Index().Sources(ctx, typed)
	if err != nil {
		return nil
	}
	var names []string
	for _, s := range found[:min(len(found), 100)] {
		names = append(names, s.Document)
	}
	return names
}

func completeRemoved(_ context.Context, b *Bot, typed string) []string {
	if b.State == nil {
		return nil
	}
	removed, err := b.State.Removed()
	if err != nil {
		return nil
	}
	var names []string
	for _, d := range removed {
		if strings.Contains(d, typed) {
			names = append(names, d)
		}
	}
	return names
}
