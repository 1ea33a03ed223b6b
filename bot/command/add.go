package command

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"
	"time"
	"unicode"

	"example.org/attache/bot/command/words"
	"example.org/attache/bot/fetch"
	"example.org/attache/corpus"
	"example.org/attache/index"
)

const (
	addedFolder = "added"     // below the corpus: where added documents are saved
	maxAdded    = 50 << 20    // bytes of an added document
	maxName     = 80          // runes of its name
	addTime     = time.Minute // for getting it
)

// Remote is where the documents are kept besides the folder of the corpus, which is
// a copy of it.
type Remote interface {
	// Add keeps a document under a name; fresh is false where another has it.
	Add(ctx context.Context, name string, data []byte) (fresh bool, err error)
	Remove(ctx context.Context, name string) error
}

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
	root, err := os.OpenRoot(b.Corpus)
	if err != nil {
		return Reply{}, fmt.Errorf("opening the corpus folder: %w", err)
	}
	defer root.Close()
	name, fresh, err := b.save(ctx, root, file)
	if err != nil {
		return Reply{}, err
	}
	if b.State != nil {
		if err := b.State.Restore(name); err != nil { // it may have been removed under this name
			return Reply{}, err
		}
	}
	report, err := b.takeUp(ctx, c)
	if err != nil {
		return Reply{}, err
	}
	r, refusal := added(c.Words, name, report)
	if refusal == nil || !fresh {
		return r, refusal
	}
	if b.Remote != nil {
		err = b.Remote.Remove(ctx, name)
	}
	if err = errors.Join(err, root.Remove(name)); err != nil {
		return Reply{}, fmt.Errorf("taking away a document that can't be read: %w", err)
	}
	if name != described(name) { // its document can be read again
		if _, err := b.takeUp(ctx, c); err != nil {
			return Reply{}, err
		}
	}
	return Reply{}, refusal
}

// obtain gets the document that a call adds.
func (b *Bot) obtain(ctx context.Context, c *Call) (fetch.File, error) {
	name, address := c.Options["file"], c.Options["address"]
	switch {
	case (name == "") == (address == ""):
		return fetch.File{}, tell("add.which")
	case address != "":
		f, err := b.Web.Get(ctx, address)
		if err != nil {
			return f, tell("add.fetch", words.M{"Error": err.Error()})
		}
		return f, nil
	case c.Open == nil:
		return fetch.File{}, tell("add.which")
	}
	ctx, cancel := context.WithTimeout(ctx, addTime)
	defer cancel()
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

// save writes a file below the corpus under a name that is free, and returns
// that name. A file of the same content is left as it is, and not fresh.
func (b *Bot) save(ctx context.Context, root *os.Root, f fetch.File) (name string, fresh bool, err error) {
	if err := root.Mkdir(addedFolder, 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
		return "", false, fmt.Errorf("making the folder for added documents: %w", err)
	}
	partial, err := writePartial(root, f.Data)
	if err != nil {
		return "", false, fmt.Errorf("saving %s: %w", f.Name, err)
	}
	defer root.Remove(partial)
	base := fileName(f.Name)
	for n := 1; n < 1000; n++ {
		name := path.Join(addedFolder, base)
		if n > 1 {
			ext := path.Ext(base)
			name = path.Join(addedFolder, fmt.Sprintf("%s-%d%s", strings.TrimSuffix(base, ext), n, ext))
		}
		if have, err := root.ReadFile(name); err == nil {
			if bytes.Equal(have, f.Data) {
				return name, false, nil
			}
			continue
		}
		if b.Remote != nil {
			fresh, err := b.Remote.Add(ctx, name, f.Data)
			if err != nil {
				b.Log.Error("a document could not be added", "error", err)
				return "", false, tell("add.fetch", words.M{"Error": err.Error()})
			}
			if !fresh {
				continue
			}
		}
		switch err := place(root, partial, name); {
		case err == nil:
			return name, true, nil
		case !errors.Is(err, fs.ErrExist):
			return "", false, fmt.Errorf("saving %s: %w", name, err)
		}
		if have, err := root.ReadFile(name); err == nil && bytes.Equal(have, f.Data) {
			return name, b.Remote != nil, nil // it may have come back from there already
		}
	}
	return "", false, tell("add.names", words.M{"Name": base})
}

// place gives a saved file its name, unless another file has it.
func place(root *os.Root, partial, name string) error {
	err := root.Link(partial, name)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	if _, err := root.Lstat(name); err == nil {
		return fs.ErrExist
	}
	return root.Rename(partial, name) // on a disk without links
}

// writePartial writes a file under a hidden name, which the corpus passes over
// and which no other call uses.
func writePartial(root *os.Root, data []byte) (name string, err error) {
	name = path.Join(addedFolder, "."+rand.Text()+".partial")
	f, err := root.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err != nil {
		return "", err
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		root.Remove(name)
	}
	return name, err
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

// described is the document that a file is, or that it describes.
func described(name string) string { return strings.TrimSuffix(name, corpus.SidecarSuffix) }

// added says what a reading made of a file that was added: an error where
// nothing in it could be read.
func added(w words.Catalogue, name string, report *index.Report) (Reply, error) {
	r := Reply{Title: w.Say("add.done", words.M{"Document": name}), Private: true}
	document := described(name)
	var mine index.Report
	for _, e := range report.Entries {
		if e.Document == name || e.Document == document || strings.HasPrefix(e.Document, document+"/") || strings.HasPrefix(e.Document, document+"#") {
			mine.Entries = append(mine.Entries, e)
			r.Records = append(r.Records, entryRecord(e))
		}
	}
	failed := mine.Count(index.Failed)
	read := len(mine.Entries) - mine.Count(index.Removed) - failed
	switch {
	case len(mine.Entries) == 0:
		return Reply{}, tell("add.unread", words.M{"Document": name})
	case read == 0 && failed > 0:
		return Reply{}, tell("add.unreadable", words.M{"Error": strings.Join(failures(w, &mine).Lines, "; ")})
	}
	r.Sections = []Section{{Lines: []string{w.Say("count.documents", words.M{"Count": read})}}}
	if failed > 0 {
		r.Sections = append(r.Sections, failures(w, &mine))
	}
	return r, nil
}
