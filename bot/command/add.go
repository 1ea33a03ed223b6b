package command

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"
	"unicode"

	"attache/bot/command/words"
	"attache/bot/fetch"
	"attache/index"
)

const (
	addedFolder = "added"  // below the corpus: where added documents are saved
	maxAdded    = 50 << 20 // bytes of an added document
	maxName     = 80       // runes of its name
)

// add saves an attachment, or the document at an address, under the corpus,
// and reads it.
func add(ctx context.Context, b *Bot, c *Call) (Reply, error) {
	if b.Corpus == "" {
		return Reply{}, tell("corpus.none")
	}
	file, err := b.obtain(ctx, c)
	if err != nil {
		return Reply{}, err
	}
	name, err := save(b.Corpus, file)
	if err != nil {
		return Reply{}, err
	}
	if b.State != nil {
		if err := b.State.Restore(name); err != nil { // it may have been removed under this name
			return Reply{}, err
		}
	}
	report, err := b.Update(ctx, progressTo(b, c))
	switch {
	case errors.Is(err, index.ErrBusy):
		return Reply{Notes: []string{words.Say("add.later", words.M{"Document": name})}, Private: true}, nil
	case err != nil:
		return Reply{}, err
	}
	return added(b.Corpus, name, report)
}

// obtain gets the document that a call adds.
func (b *Bot) obtain(ctx context.Context, c *Call) (fetch.File, error) {
	name, address := c.Options["file"], c.Options["address"]
	switch {
	case (name == "") == (address == ""):
		return fetch.File{}, tell("add.which")
	case address != "":
		f, err := fetch.New(b.Addresses).Get(ctx, address)
		if err != nil {
			return f, tell("add.fetch", words.M{"Error": err.Error()})
		}
		return f, nil
	case c.Open == nil:
		return fetch.File{}, tell("add.which")
	}
	r, err := c.Open(ctx)
	if err != nil {
		return fetch.File{}, tell("add.fetch", words.M{"Error": err.Error()})
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, maxAdded+1))
	switch {
	case err != nil:
		return fetch.File{}, tell("add.fetch", words.M{"Error": err.Error()})
	case len(data) > maxAdded:
		return fetch.File{}, tell("add.large", words.M{"Count": maxAdded >> 20})
	}
	return fetch.File{Name: name, Data: data}, nil
}

// save writes a file below the folder corpus under a name that is free, and
// returns that name. A file of the same content is left as it is.
func save(corpus string, f fetch.File) (string, error) {
	root, err := os.OpenRoot(corpus)
	if err != nil {
		return "", fmt.Errorf("opening the corpus folder: %w", err)
	}
	defer root.Close()
	if err := root.Mkdir(addedFolder, 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
		return "", fmt.Errorf("making the folder for added documents: %w", err)
	}
	base := fileName(f.Name)
	for n := 1; n < 1000; n++ {
		name := path.Join(addedFolder, base)
		if n > 1 {
			ext := path.Ext(base)
			name = path.Join(addedFolder, fmt.Sprintf("%s-%d%s", strings.TrimSuffix(base, ext), n, ext))
		}
		have, err := root.ReadFile(name)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return name, writeFile(root, name, f.Data)
		case err == nil && bytes.Equal(have, f.Data):
			return name, nil
		}
	}
	return "", tell("add.names", words.M{"Name": base})
}

// writeFile writes a file in full or not at all: it has a hidden name, which
// the corpus passes over, until it is complete.
func writeFile(root *os.Root, name string, data []byte) error {
	partial := path.Join(addedFolder, "."+path.Base(name)+".partial")
	f, err := root.Create(partial)
	if err != nil {
		return fmt.Errorf("saving %s: %w", name, err)
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = root.Rename(partial, name)
	}
	if err != nil {
		root.Remove(partial)
		return fmt.Errorf("saving %s: %w", name, err)
	}
	return nil
}

// fileName makes a file's name of what somebody calls it: without folders,
// control characters or a dot in front.
func fileName(s string) string {
	s = clean(path.Base(strings.ReplaceAll(s, `\`, "/")))
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsLetter(r), unicode.IsNumber(r), unicode.IsMark(r), strings.ContainsRune("-_.()", r):
			return r
		}
		return '-'
	}, s)
	ext := path.Ext(s)
	if len(ext) > 16 || ext == "." { // it is no kind of file
		ext = ""
	}
	stem := []rune(strings.Trim(strings.TrimSuffix(s, ext), "-."))
	if len(stem) == 0 {
		stem = []rune("document")
	}
	return string(stem[:min(len(stem), maxName)]) + ext
}

// added says what became of a document that was added. One that can't be read
// is taken away again.
func added(corpus, name string, report *index.Report) (Reply, error) {
	r := Reply{Title: words.Say("add.done", words.M{"Document": name}), Private: true}
	var failure error
	read := 0
	for _, e := range report.Entries {
		if e.Document != name && !strings.HasPrefix(e.Document, name+"/") && !strings.HasPrefix(e.Document, name+"#") {
			continue
		}
		r.Records = append(r.Records, entryRecord(e))
		if e.Status == index.Failed {
			failure = e.Err
		} else {
			read++
		}
	}
	if read > 0 || failure == nil {
		r.Sections = []Section{{Lines: []string{words.Say("count.documents", words.M{"Count": max(read, 1)})}}}
		return r, nil
	}
	root, err := os.OpenRoot(corpus)
	if err != nil {
		return Reply{}, fmt.Errorf("opening the corpus folder: %w", err)
	}
	defer root.Close()
	if err := root.Remove(name); err != nil {
		return Reply{}, fmt.Errorf("taking away a document that can't be read: %w", err)
	}
	return Reply{}, tell("add.unreadable", words.M{"Error": failure.Error()})
}
