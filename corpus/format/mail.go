package format

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/mail"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/jhillyerd/enmime/v2"
	"github.com/jhillyerd/enmime/v2/mediatype"

	"example.org/attache/corpus/date"
	"example.org/attache/corpus/text"
)

// readMail reads an e-mail, the mails that are attached to it or passed on in
// it, and the attachments that are of a known kind. A mail that it answers is
// left out.
func readMail(ctx context.Context, f File) iter.Seq2[Document, error] {
	return func(yield func(Document, error) bool) {
		env, err := takeApart(ctx, f.Data)
		if err != nil {
			yield(Document{}, fmt.Errorf("taking the mail apart: %w; save it again from the mail program", err))
			return
		}
		d, forwarded, err := mailDocument(ctx, env, f.Explain)
		attached := attachments(env)
		if (err != nil || d.hasText() || len(attached) == 0 && forwarded == nil) && !yield(d, err) {
			return
		}
		if forwarded != nil && !yield(forwarded.document(), nil) {
			return
		}
		for _, a := range attached {
			if _, err := readerOf(a); errors.Is(err, ErrUnknown) || f.depth >= maxDepth {
				continue
			}
			if !readInner(ctx, f, a.Path, a.Data, nil, yield) {
				return
			}
		}
	}
}

// attachments returns the files that come with a mail. Mails among them need no
// name: Outlook gives none.
func attachments(env *enmime.Envelope) (files []File) {
	unnamed := 0
	mails := map[*enmime.Part]bool{}
	for _, p := range env.Root.DepthMatchAll(func(p *enmime.Part) bool { return p.ContentType == "message/rfc822" && p != env.Root }) {
		mails[p] = true
		name := innerName(p.FileName)
		switch {
		case name == "":
			unnamed++
			name = fmt.Sprintf("attached-%d.eml", unnamed)
		case !strings.HasSuffix(strings.ToLower(name), ".eml"):
			name += ".eml"
		}
		files = append(files, File{Path: name, Data: p.Content})
	}
	for _, p := range env.Attachments {
		if !mails[p] {
			files = append(files, File{Path: innerName(p.FileName), Data: p.Content})
		}
	}
	return files
}

// Bounds of a mail's parts. When one breaks off, the parser looks for the end
// twice as often with every level that parts lie in parts.
const (
	maxMultiparts = 200
	maxParts      = 10_000
	maxEnds       = 1 << 14
)

var errManyParts = fmt.Errorf("%w: it has more than %s parts; save what it holds by itself", ErrTooBig, thousands(maxParts))

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
	undeclared := "" // the encoding of parts that declare none; empty: it is detected
	if utf8.Valid(data) && (slices.ContainsFunc(data, func(b byte) bool { return b >= utf8.RuneSelf }) || isPlainASCII(data)) {
		undeclared = "utf-8"
	}
	multiparts, parts := map[string]bool{}, 0
	typeOf := func(value string) (string, map[string]string, []string, error) {
		if parts++; parts > maxParts {
			panic(brokenOff{errManyParts})
		}
		name, params, invalid, err := mediatype.Parse(value)
		if charset := params["charset"]; params != nil && (charset == "" || strings.EqualFold(charset, "us-ascii")) {
			params["charset"] = undeclared // programs say ASCII of anything
		}
		if multiparts[params["boundary"]] = true; len(multiparts) > maxMultiparts {
			err = errNested
		}
		return name, params, invalid, err
	}
	parser := enmime.NewParser(enmime.DisableTextConversion(true), enmime.DisableCharacterDetection(true), enmime.SetCustomParseMediaType(typeOf))
	return parser.ReadEnvelope(&mailReader{ctx: ctx, data: data})
}

// isPlainASCII reports whether ASCII is all that the parts of a mail of ASCII can
// have: none is in a transfer encoding, which may hide other bytes, nor in an
// encoding that switches character sets by escapes.
func isPlainASCII(data []byte) bool {
	return !bytes.ContainsRune(data, '\x1b') && !transferEncoding.Match(data)
}

var transferEncoding = regexp.MustCompile(`(?i)base64|quoted-printable|uuencode`)

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

// mailDocument reads what the sender of a mail wrote, and the mail that is
// passed on below it, nil when there is none.
func mailDocument(ctx context.Context, env *enmime.Envelope, explain bool) (d Document, forwarded *quotedMail, err error) {
	d.Title, d.Explain = env.GetHeader("Subject"), explain
	if from, err := mail.ParseAddress(env.GetHeader("From")); err == nil {
		d.Author = from.Name
	}
	if sent, err := mail.ParseDate(env.GetHeader("Date")); err == nil {
		d.Published = date.Of(sent)
	}
	var lines []string
	var blocks []Block
	switch address, page := savedPage(env); {
	case page:
		d, err := readHTML(ctx, File{Data: []byte(env.HTML), Explain: explain})
		d.URL = cmp.Or(d.URL, address)
		d.Title = cmp.Or(d.Title, env.GetHeader("Subject"))
		return d, nil, err
	case env.HTML != "" && strings.TrimSpace(env.Text) == "":
		root, err := parsePage(ctx, env.HTML)
		if err != nil {
			return d, nil, err
		}
		lines, blocks = htmlLines(root, env.GetHeader("List-Unsubscribe") != "")
	default:
		lines = strings.Split(mailText(env), "\n")
	}
	own, quoted := splitMail(lines)
	if blocks != nil {
		d.Blocks = picked(blocks, own)
	} else {
		d.Blocks = plainBlocks(strings.Join(picked(lines, own), "\n"))
	}
	if quoted != nil && (quoted.forwarded || passesOn(d.Title)) && len(quoted.lines) > 0 {
		return d, quoted, nil
	}
	for i, next := 0, 0; explain && i < len(lines); i++ {
		if next < len(own) && own[next] == i {
			next++
			continue
		}
		d.Leave(lines[i], Answered)
	}
	return d, nil, nil
}

// mailText returns the text of a mail, its lines joined where they are flowed.
func mailText(env *enmime.Envelope) string {
	t := env.Text
	if decoded, err := text.Decode([]byte(t), ""); err == nil && !utf8.ValidString(t) {
		t = decoded
	}
	t = strings.ReplaceAll(t, "\r", "")
	p := env.Root.DepthMatchFirst(func(p *enmime.Part) bool { return p.ContentType == "text/plain" })
	if p == nil {
		return t
	}
	_, params, _, err := mediatype.Parse(p.Header.Get("Content-Type"))
	if err == nil && strings.EqualFold(params["format"], "flowed") {
		t = unflow(t, strings.EqualFold(params["delsp"], "yes"))
	}
	return t
}

// savedPage reports whether a message is a page that a browser saved (MHTML),
// and the page's address.
func savedPage(env *enmime.Envelope) (address string, page bool) {
	if env.HTML == "" {
		return "", false
	}
	address = env.GetHeader("Snapshot-Content-Location")
	if address != "" || strings.Contains(env.GetHeader("From"), "Saved by") {
		p := env.Root.DepthMatchFirst(func(p *enmime.Part) bool { return p.ContentType == "text/html" })
		if p != nil && address == "" && strings.HasPrefix(p.Header.Get("Content-Location"), "http") {
			address = p.Header.Get("Content-Location")
		}
		return address, true
	}
	return "", false
}
