package format

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"net/mail"
	"strings"

	"github.com/jhillyerd/enmime/v2"

	"attache/corpus/date"
)

// readMail reads an e-mail, and the attachments that are of a known kind. The
// lines of other mails that it answers are left out.
func readMail(ctx context.Context, f File) iter.Seq2[Document, error] {
	return func(yield func(Document, error) bool) {
		env, err := enmime.ReadEnvelope(bytes.NewReader(f.Data))
		if err != nil {
			yield(Document{}, fmt.Errorf("taking the mail apart: %w; save it again from the mail program", err))
			return
		}
		d, err := mailDocument(ctx, env)
		if (err != nil || d.hasText() || len(env.Attachments) == 0) && !yield(d, err) {
			return
		}
		for _, a := range env.Attachments {
			name := innerName(a.FileName)
			if _, err := readerOf(File{Path: name, Data: a.Content}); errors.Is(err, ErrUnknown) || f.depth >= maxDepth {
				continue
			}
			if !readInner(ctx, f, name, a.Content, yield) {
				return
			}
		}
	}
}

func mailDocument(ctx context.Context, env *enmime.Envelope) (Document, error) {
	d := Document{Title: env.GetHeader("Subject")}
	if from, err := mail.ParseAddress(env.GetHeader("From")); err == nil {
		d.Author = from.Name
	}
	if sent, err := mail.ParseDate(env.GetHeader("Date")); err == nil {
		d.Published = date.Of(sent)
	}
	switch {
	case env.HTML != "" && isPage(env):
		page, err := readHTML(ctx, File{Data: []byte(env.HTML)})
		page.URL = cmp.Or(page.URL, env.GetHeader("Snapshot-Content-Location"))
		page.Title = cmp.Or(page.Title, d.Title)
		return page, err
	case env.HTML != "" && strings.TrimSpace(env.Text) == "":
		root, err := parseHTML(env.HTML)
		if err != nil {
			return d, err
		}
		d.Blocks = walkHTML(root).out
		return d, nil
	}
	var own []string
	for line := range strings.SplitSeq(strings.ReplaceAll(env.Text, "\r", ""), "\n") {
		if line == "-- " {
			break
		}
		if !strings.HasPrefix(line, ">") {
			own = append(own, line)
		}
	}
	d.Blocks = plainBlocks(strings.Join(own, "\n"))
	return d, nil
}

// isPage reports whether the message is a page that a browser saved (MHTML).
func isPage(env *enmime.Envelope) bool {
	return env.GetHeader("Snapshot-Content-Location") != "" || strings.Contains(env.GetHeader("From"), "Saved by")
}
