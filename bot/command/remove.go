package command

import (
	"context"
	"errors"
	"path"
	"slices"
	"strings"
	"time"

	"example.org/attache/bot/command/words"
	"example.org/attache/bot/state"
	"example.org/attache/index"
)

// remove asks whether to take a document out, or all that an archive, a table
// or a folder holds.
func remove(ctx context.Context, b *Bot, c *Call) (Reply, error) {
	name := c.Options["document"]
	found, err := b.removable(ctx, func(document string) string { return heldBy(document, name) })
	if err != nil {
		return Reply{}, err
	}
	if len(found.documents) == 0 {
		return Reply{}, tell("remove.unknown", words.M{"Document": name})
	}
	r := Reply{Title: c.Words.Say("remove.ask"), Private: true}
	if n := len(found.documents); found.several() {
		r.Title = c.Words.Say("remove.ask.all", words.M{"Count": n, "Document": name})
	}
	var lines []string
	for _, s := range found.documents[:min(len(found.documents), shownRemoved)] {
		lines = append(lines, sourceLine(c.Words, s))
	}
	if more := len(found.documents) - len(lines); more > 0 {
		lines = append(lines, c.Words.Say("list.more", words.M{"Count": more}))
	}
	r.Sections = []Section{{Lines: append(lines, c.Words.Say("remove.stays"))}}
	if len("remove:"+name) > maxID || strings.HasPrefix(name, "#") {
		name = "#" + digest(name, 16)
	}
	r.Actions = []Action{action(c.Words, "remove", name)}
	return r, nil
}

// shownRemoved is how many documents are named before all in an archive are
// taken out.
const shownRemoved = 5

// removal is what one removal takes out.
type removal struct {
	name      string // of a document, or of what holds all of them
	documents []index.Source
}

func (r removal) several() bool { return len(r.documents) != 1 || r.documents[0].Document != r.name }

// heldBy returns name when a document is called so or lies in what is.
func heldBy(document, name string) string {
	if state.Under(document, name) {
		return name
	}
	return ""
}

// removable finds the documents to take out of a corpus that can be changed:
// those of which named returns the name that is to be removed.
func (b *Bot) removable(ctx context.Context, named func(document string) string) (found removal, err error) {
	ix, err := b.ready()
	switch {
	case err != nil:
		return found, err
	case b.Corpus == "":
		return found, tell("corpus.none")
	case b.State == nil:
		return found, tell("state.none")
	}
	all, err := ix.Sources(ctx, "")
	for _, s := range all {
		if name := named(s.Document); name != "" {
			found.name = name
			found.documents = append(found.documents, s)
		}
	}
	return found, err
}

// byDigest returns a function that finds the name with a digest: a document's,
// or that of what it lies in.
func byDigest(hash string) func(document string) string {
	return func(document string) string {
		for i, c := range []byte(document + "/") {
			if (c == '/' || c == '#') && digest(document[:i], 16) == hash {
				return document[:i]
			}
		}
		return ""
	}
}

// confirmRemove takes documents out of the index and keeps them out; their
// files stay.
func confirmRemove(ctx context.Context, b *Bot, c *Call, args string) (Reply, error) {
	named := func(document string) string { return heldBy(document, args) }
	if hash, ok := strings.CutPrefix(args, "#"); ok {
		named = byDigest(hash)
	}
	found, err := b.removable(ctx, named)
	if err != nil {
		return Reply{}, err
	}
	if len(found.documents) == 0 {
		return Reply{}, tell("action.gone")
	}
	if err := b.State.Remove(found.name); err != nil {
		return Reply{}, err
	}
	if _, err := b.takeUp(ctx, c); err != nil {
		return Reply{}, err
	}
	r := Reply{Notes: []string{c.Words.Say("remove.done", words.M{"Document": found.name})}}
	if found.several() {
		r.Notes = []string{c.Words.Say("remove.done.all", words.M{"Count": len(found.documents), "Document": found.name})}
	}
	for _, s := range found.documents {
		r.Records = append(r.Records, entryJSON{Document: s.Document, Status: index.Removed})
	}
	return r, nil
}

// restore takes back the removal of a document, or of all in an archive.
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
		if i := slices.IndexFunc(removed, func(r string) bool { return state.Under(name, r) }); i >= 0 {
			return Reply{}, tell("restore.within", words.M{"Document": name, "Removed": removed[i]})
		}
		return Reply{}, tell("restore.unknown", words.M{"Document": name})
	}
	if err := b.State.Restore(name); err != nil {
		return Reply{}, err
	}
	if _, err := b.takeUp(ctx, c); err != nil {
		return Reply{}, err
	}
	back, err := b.removable(ctx, func(document string) string { return heldBy(document, name) })
	if err != nil {
		return Reply{}, err
	}
	r := Reply{Notes: []string{c.Words.Say("restore.done", words.M{"Document": name})}, Private: true}
	for _, s := range back.documents {
		r.Records = append(r.Records, entryJSON{Document: s.Document, Status: index.Added})
	}
	if len(back.documents) == 0 {
		r.Notes = []string{c.Words.Say("restore.missing", words.M{"Document": name})}
		r.Records = []any{entryJSON{Document: name, Status: index.Failed}}
	}
	return r, nil
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
			c.Progress(Reply{Notes: []string{c.Words.Say("reindex.next")}, Private: true, Words: c.Words})
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
	return documentNames(found[:min(len(found), 100)])
}

func allDocuments(ctx context.Context, b *Bot) []string {
	found, err := b.Index().Sources(ctx, "")
	if err != nil {
		return nil
	}
	return documentNames(found)
}

// documentNames are the names of documents, each archive and table before what
// lies in it.
func documentNames(found []index.Source) (names []string) {
	before := ""
	for _, s := range found {
		if of := holder(s.Document); of != "" && of != before {
			names = append(names, of)
			before = of
		}
		names = append(names, s.Document)
	}
	return names
}

// holder returns the archive or the table that a document lies in; empty when
// it is a file of its own.
func holder(document string) string {
	for i, c := range []byte(document) {
		if c == '#' || c == '/' && strings.Contains(path.Base(document[:i]), ".") {
			return document[:i]
		}
	}
	return ""
}

func completeRemoved(ctx context.Context, b *Bot, typed string) []string {
	return slices.DeleteFunc(allRemoved(ctx, b), func(d string) bool { return !strings.Contains(d, typed) })
}

func allRemoved(_ context.Context, b *Bot) []string {
	if b.State == nil {
		return nil
	}
	removed, err := b.State.Removed()
	if err != nil {
		return nil
	}
	return slices.Clone(removed)
}
