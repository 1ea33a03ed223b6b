package command

import (
	"context"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"example.org/attache/bot/command/words"
	"example.org/attache/bot/export"
	"example.org/attache/bot/feed"
	"example.org/attache/index"
)

// sources lists what the bot has read, newest first.
func sources(ctx context.Context, b *Bot, c *Call) (Reply, error) {
	ix, err := b.ready()
	if err != nil {
		return Reply{}, err
	}
	found, err := ix.Sources(ctx, c.Options["query"])
	if err != nil {
		return Reply{}, err
	}
	slices.SortStableFunc(found, func(a, b index.Source) int { return b.Published.Compare(a.Published) })
	size := sourcesPage
	if c.Limit > 0 {
		size = c.Limit
	}
	shown, _ := part(c, size, found)
	r := Reply{Tone: Listing, Title: c.Words.Say("sources.title"), Actions: pages(c.Words, c.offset, size, len(found))}
	for _, s := range shown {
		r.Records = append(r.Records, s)
	}
	switch {
	case len(found) == 0 && c.Options["query"] == "":
		r.Notes = []string{c.Words.Say("reindex.empty")}
	case len(found) == 0:
		r.Notes = []string{c.Words.Say("sources.none")}
	}
	r.Notes = append([]string{c.Words.Say("count.documents", words.M{"Count": len(found)})}, r.Notes...)
	r.Sections = []Section{{Sources: slices.Clone(shown)}}
	return r, nil
}

// sourcesPage is how many documents a reply lists.
const sourcesPage = 4

// pages leads through a long list: ◀ 2/85 ▶. There is nothing to lead through
// where all of it is on one page.
func pages(w words.Catalogue, offset, size, all int) []Action {
	if all <= size {
		return nil
	}
	back, next := Action{Label: w.Say("page.back")}, Action{Label: w.Say("page.next")}
	if offset > 0 {
		back.ID = action(w, "back", max(offset-size, 0)).ID
	}
	if offset+size < all {
		next.ID = action(w, "more", offset+size).ID
	}
	at := Action{Label: w.Say("page.at", words.M{"Page": offset/size + 1, "Pages": (all + size - 1) / size})}
	return []Action{back, at, next}
}

// sourceLine describes a document: "Title (Publisher, 2024-08-28), 512 words: a.txt".
func sourceLine(w words.Catalogue, s index.Source) string {
	line := w.Isolate(export.Title(s))
	if facts := nonEmpty([]string{w.Isolate(s.Publisher), w.Isolate(s.Published.String())}, ", "); facts != "" {
		line += " (" + facts + ")"
	}
	line += ", " + w.Say("count.words", words.M{"Count": s.Words})
	if s.Title != "" {
		line += ": " + w.Isolate(s.Document)
	}
	return line
}

// Modified is when the file of a document changed last, of one in an archive or a
// table that of all of it; zero where there is none.
func (b *Bot) Modified(document string) time.Time {
	if b.Corpus == "" {
		return time.Time{}
	}
	for name := document; filepath.IsLocal(name); name = name[:max(0, strings.LastIndexAny(name, "/#"))] {
		info, err := os.Stat(filepath.Join(b.Corpus, filepath.FromSlash(name)))
		if err == nil && info.Mode().IsRegular() {
			return info.ModTime()
		}
	}
	return time.Time{}
}

// Caveats are what a reader of a quote should know of its document: that a program
// recognised the text, or since when it is gone at its source.
func Caveats(w words.Catalogue, s index.Source) (all []string) {
	if s.Recognised {
		all = append(all, w.Say("cited.recognised"))
	}
	if day := feed.GoneSince(s.Tags); day != "" {
		all = append(all, w.Say("cited.gone", words.M{"Date": day}))
	}
	return all
}

// completeSource suggests publishers and titles with a word that begins as
// typed.
func completeSource(ctx context.Context, b *Bot, typed string) []string {
	found, err := b.Index().Titles(ctx, typed, 100)
	if err != nil {
		return nil
	}
	return found
}

func allSources(ctx context.Context, b *Bot) []string {
	found, err := b.Index().Titles(ctx, "", math.MaxInt)
	if err != nil {
		return nil
	}
	return found
}

// nonEmpty joins the parts that say something.
func nonEmpty(parts []string, sep string) string {
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), sep)
}
