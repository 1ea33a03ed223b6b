package format

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"iter"
	"strconv"
	"strings"

	"github.com/mmcdole/gofeed"

	"example.org/attache/corpus/date"
)

// readFeed reads a feed in RSS or Atom: each entry is a document. An export of
// WordPress is a feed too; its drafts and menus are none.
func readFeed(ctx context.Context, f File) iter.Seq2[Document, error] {
	return func(yield func(Document, error) bool) {
		if err := checkNesting(ctx, f.Data); err != nil {
			yield(Document{}, err)
			return
		}
		if n := bytes.Count(f.Data, []byte("<item")) + bytes.Count(f.Data, []byte("<entry")); n > maxItems {
			yield(Document{}, fmt.Errorf("%w: it has %s entries, and at most %s are read; split it", ErrTooBig, thousands(n), thousands(maxItems)))
			return
		}
		feed, err := gofeed.NewParser().Parse(asking{ctx, bytes.NewReader(f.Data)})
		if err != nil {
			yield(Document{}, fmt.Errorf("taking the feed apart: %w; save it again", err))
			return
		}
		for i, item := range feed.Items {
			if ctx.Err() != nil {
				return
			}
			if !isPublished(item) {
				continue
			}
			d := feedDocument(feed, item)
			d.Part = "#" + strconv.Itoa(i+1)
			if !yield(d, nil) {
				return
			}
		}
	}
}

func feedDocument(feed *gofeed.Feed, item *gofeed.Item) Document {
	d := Document{
		Title:     cellText(item.Title),
		Publisher: cellText(feed.Title),
		URL:       item.Link,
		Language:  LanguageCode(feed.Language),
		Tags:      item.Categories,
	}
	var authors []string
	for _, a := range item.Authors {
		if name := personIn(cellText(a.Name)); name != "" {
			authors = append(authors, name)
		}
	}
	d.Author = strings.Join(authors, ", ")
	switch {
	case item.PublishedParsed != nil:
		d.Published = date.Of(*item.PublishedParsed)
	case item.Published == "" && item.UpdatedParsed != nil:
		d.Published = date.Of(*item.UpdatedParsed)
	default:
		d.Published = date.ParseIn(item.Published, feed.Language)
	}
	d.Blocks = cellBlocks(cmp.Or(strings.TrimSpace(item.Content), item.Description))
	return d
}

// isPublished reports whether an entry is one that the site shows, as exports of
// WordPress tell.
func isPublished(item *gofeed.Item) bool {
	told := func(name string) string {
		for _, e := range item.Extensions["wp"][name] {
			return e.Value
		}
		return ""
	}
	status, kind := told("status"), told("post_type")
	return (status == "" || status == "publish" || status == "inherit") && (kind == "" || kind == "post" || kind == "page" || !strings.Contains("attachment nav_menu_item revision custom_css", kind))
}
