package format

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"mime"
	"net/http"
	"net/textproto"
	"path"
	"strconv"
	"strings"
)

// errWARC says what is wrong with an archive of web pages.
func errWARC(err error) error {
	return fmt.Errorf("it is damaged, or no archive of web pages (WARC): %w; make it again", err)
}

// readWARC reads the pages and files of a web archive, each by its own reader,
// with the address that it was taken from. When it was taken is not when it was
// published.
func readWARC(ctx context.Context, f File) iter.Seq2[Document, error] {
	return func(yield func(Document, error) bool) {
		r := bufio.NewReader(bytes.NewReader(f.Data))
		known := map[string]bool{}
		for n := 1; ctx.Err() == nil; {
			record, err := nextRecord(r)
			if err == io.EOF {
				return
			}
			if err != nil {
				yield(Document{Part: "#" + strconv.Itoa(n)}, errWARC(err))
				return
			}
			page, ok := record.page()
			if !ok || known[record.address] || f.depth >= maxDepth {
				continue
			}
			known[record.address] = true
			if !record.read(ctx, f, page, n, yield) {
				return
			}
			n++
		}
	}
}

// record is a record of a web archive.
type record struct {
	kind    string // "response", "resource" and others
	address string
	media   string
	content []byte
}

// nextRecord reads a record; the error is io.EOF behind the last one.
func nextRecord(r *bufio.Reader) (record, error) {
	for {
		line, err := r.ReadString('\n')
		if err != nil && strings.TrimSpace(line) == "" {
			return record{}, io.EOF
		}
		if strings.HasPrefix(line, "WARC/") {
			break
		}
		if strings.TrimSpace(line) != "" {
			return record{}, errors.New("a record does not begin with WARC")
		}
	}
	head, err := textproto.NewReader(r).ReadMIMEHeader()
	if err != nil {
		return record{}, err
	}
	size, err := strconv.ParseInt(strings.TrimSpace(head.Get("Content-Length")), 10, 64)
	if err != nil || size < 0 || size > maxMany {
		return record{}, errors.New("a record does not tell its length")
	}
	content, err := io.ReadAll(io.LimitReader(r, size))
	if err == nil && int64(len(content)) < size {
		err = io.ErrUnexpectedEOF
	}
	return record{
		kind:    head.Get("WARC-Type"),
		address: strings.Trim(head.Get("WARC-Target-URI"), "<> "),
		media:   head.Get("Content-Type"),
		content: content,
	}, err
}

// page returns the file that a record holds, as its server sent it: ok is false
// for requests, redirections, pictures and the like.
func (r *record) page() (data []byte, ok bool) {
	switch {
	case !strings.HasPrefix(r.address, "http"):
		return nil, false
	case r.kind == "resource" || r.kind == "conversion":
		return r.content, isDocument(r.media)
	case r.kind != "response":
		return nil, false
	}
	response, err := http.ReadResponse(bufio.NewReader(bytes.NewReader(r.content)), nil)
	if err != nil {
		return nil, false
	}
	defer response.Body.Close()
	r.media = response.Header.Get("Content-Type")
	if response.StatusCode != http.StatusOK || !isDocument(r.media) {
		return nil, false
	}
	var body io.Reader = response.Body
	if strings.EqualFold(response.Header.Get("Content-Encoding"), "gzip") {
		z, err := gzip.NewReader(response.Body)
		if err != nil {
			return nil, false
		}
		body = z
	}
	data, err = readAtMost(body, min(maxEntry, max(smallBomb, int64(len(r.content))*maxRatio)))
	return data, err == nil && len(data) > 0
}

// mediaEndings are the endings of the files that have these media types.
var mediaEndings = map[string]string{
	"text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt", "application/pdf": ".pdf", "text/markdown": ".md",
	"application/rss+xml": ".xml", "application/atom+xml": ".xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
	"application/vnd.oasis.opendocument.text": ".odt",
}

func isDocument(media string) bool { return endingOf(media) != "" }

func endingOf(media string) string {
	kind, _, err := mime.ParseMediaType(media)
	if err != nil {
		kind, _, _ = strings.Cut(media, ";")
	}
	return mediaEndings[strings.ToLower(strings.TrimSpace(kind))]
}

// read reads the file of a record and reports whether to go on. A page that has
// no text is none of the archive's faults.
func (r *record) read(ctx context.Context, f File, data []byte, n int, yield func(Document, error) bool) bool {
	inner := File{Path: path.Join(f.Path, strconv.Itoa(n)+endingOf(r.media)), Data: data, Explain: f.Explain, charset: charsetOf(r.media), depth: f.depth + 1}
	for d, err := range Read(ctx, inner) {
		if errors.Is(err, ErrEmpty) {
			continue
		}
		if d.URL == "" {
			d.URL = r.address
		}
		d.Part = "#" + strconv.Itoa(n) + d.Part
		if !yield(d, err) {
			return false
		}
	}
	return true
}

func charsetOf(media string) string {
	_, params, _ := mime.ParseMediaType(media)
	return params["charset"]
}
