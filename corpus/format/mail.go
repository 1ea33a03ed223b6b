package format

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/mail"
	"strings"

	"github.com/jhillyerd/enmime/v2"
	"github.com/jhillyerd/enmime/v2/mediatype"

	"attache/corpus/date"
)

// readMail reads an e-mail, and the attachments that are of a known kind. The
// lines of other mails that it answers are left out.
func readMail(ctx context.Context, f File) iter.Seq2[Document, error] {
	return func(yield func(Document, error) bool) {
		env, err := takeApart(ctx, f.Data)
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
			if !readInner(ctx, f, name, a.Content, nil, yield) {
				return
			}
		}
	}
}

// Bounds of a mail's parts. When one breaks off, the parser looks for the end
// twice as often with every level that parts lie in parts.
const (
	maxMultiparts = 200
	maxEnds       = 1 << 14
)

var errNested = fmt.Errorf("%w: its parts lie in parts too deep", ErrTooBig)

// takeApart parses a mail. Of one that has HTML only no text is made: it is
// read like a page.
func takeApart(ctx context.Context, data []byte) (env *enmime.Envelope, err error) {
	defer func() {
		p := recover()
		if off, ok := p.(brokenOff); ok {
			err = off.error
		} else if p != nil {
			panic(p)
		}
	}()
	multiparts := map[string]bool{}
	typeOf := func(value string) (string, map[string]string, []string, error) {
		name, params, invalid, err := mediatype.Parse(value)
		if multiparts[params["boundary"]] = true; len(multiparts) > maxMultiparts {
			err = errNested
		}
		return name, params, invalid, err
	}
	parser := enmime.NewParser(enmime.DisableTextConversion(true), enmime.SetCustomParseMediaType(typeOf))
	return parser.ReadEnvelope(&mailReader{ctx: ctx, data: data})
}

// brokenOff is what reading a mail panics with: the parser would try again and
// again after an error.
type brokenOff struct{ error }

// mailReader reads a mail until that takes too long.
type mailReader struct {
	ctx  context.Context
	data []byte
	ends int // how often the end was read
}

func (r *mailReader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		panic(brokenOff{err})
	}
	if len(r.data) > 0 {
		n := copy(p, r.data)
		r.data = r.data[n:]
		return n, nil
	}
	if r.ends++; r.ends > maxEnds {
		panic(brokenOff{errNested})
	}
	return 0, io.EOF
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
		d.Blocks = walkHTML(root, 0).out
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
