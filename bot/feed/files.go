package feed

import (
	"bytes"
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/pelletier/go-toml/v2"

	"example.org/attache/bot/command/words"
	"example.org/attache/corpus"
)

// sidecar is what is beside a document, see [corpus.SidecarSuffix].
type sidecar struct {
	Title     string   `toml:"title,omitempty" json:"title,omitempty"`
	Publisher string   `toml:"publisher,omitempty" json:"publisher,omitempty"`
	Author    string   `toml:"author,omitempty" json:"author,omitempty"`
	Date      any      `toml:"date,omitempty" json:"date,omitempty"` // a string, where a feed wrote it
	URL       string   `toml:"url,omitempty" json:"url,omitempty"`
	Language  string   `toml:"language,omitempty" json:"language,omitempty"`
	Tags      []string `toml:"tags,omitempty" json:"tags,omitempty"`
}

// equal reports whether two sidecars say the same.
func (s sidecar) equal(o sidecar) bool {
	return s.Title == o.Title && s.Publisher == o.Publisher && s.Author == o.Author && sameDate(s.Date, o.Date) &&
		s.URL == o.URL && s.Language == o.Language && slices.Equal(s.Tags, o.Tags)
}

// sameDate reports whether two dates of sidecars are one, be they written as a
// string or as TOML has them.
func sameDate(a, b any) bool { return fmt.Sprint(a) == fmt.Sprint(b) }

// edited is what a sidecar should say by now where a person may have changed it:
// have is what it says, wrote what a feed wrote there last, and fresh what the feed
// says today. What the person changed stays as they left it.
func edited(have sidecar, wrote []sidecar, fresh sidecar) sidecar {
	if len(wrote) == 0 { // nobody knows what is the person's
		return fresh
	}
	keeps := func(same func(sidecar) bool) bool { return !slices.ContainsFunc(wrote, same) }
	for _, field := range []func(*sidecar) *string{
		func(s *sidecar) *string { return &s.Title }, func(s *sidecar) *string { return &s.Publisher }, func(s *sidecar) *string { return &s.Author },
		func(s *sidecar) *string { return &s.URL }, func(s *sidecar) *string { return &s.Language },
	} {
		if keeps(func(w sidecar) bool { return *field(&w) == *field(&have) }) {
			*field(&fresh) = *field(&have)
		}
	}
	if keeps(func(w sidecar) bool { return sameDate(w.Date, have.Date) }) {
		fresh.Date = have.Date
	}
	if keeps(func(w sidecar) bool { return slices.Equal(w.Tags, have.Tags) }) {
		before := wrote[len(wrote)-1].Tags
		added := func(t string) bool { return !slices.Contains(before, t) && !slices.Contains(fresh.Tags, t) }
		dropped := func(t string) bool { return slices.Contains(before, t) && !slices.Contains(have.Tags, t) }
		tags := slices.DeleteFunc(slices.Clone(fresh.Tags), dropped)
		for _, t := range have.Tags {
			if added(t) {
				tags = append(tags, t)
			}
		}
		fresh.Tags = tags
	}
	return fresh
}

// errSidecar is that a sidecar, which a person may have changed, is damaged. It
// concerns its own document alone.
var errSidecar = errors.New("it is no valid TOML")

// Remote is where the documents are kept besides the folder of the corpus, which is
// a copy of it.
type Remote interface {
	Refresh(ctx context.Context) error // makes the folder the same as what is there
	Put(ctx context.Context, name string, data []byte) error
	Remove(ctx context.Context, name string) error
}

// files are the documents below the corpus. What changes is changed at the remote
// place first, where there is one: what isn't there is no document.
type files struct {
	root   *os.Root
	put    func(name string, data []byte) error
	delete func(name string) error
}

// newFiles returns the documents below root; remote may be nil.
func newFiles(ctx context.Context, root *os.Root, remote Remote) files {
	if remote == nil {
		return files{root, func(string, []byte) error { return nil }, func(string) error { return nil }}
	}
	return files{root, func(name string, data []byte) error { return remote.Put(ctx, name, data) },
		func(name string) error { return remote.Remove(ctx, name) }}
}

// write writes a document with its sidecar, which comes first: a document without
// it would be read as something else.
func (f files) write(name string, data []byte, s sidecar) error {
	if err := f.root.MkdirAll(path.Dir(name), 0o755); err != nil {
		return fmt.Errorf("making the folder of %s: %w", name, err)
	}
	if err := f.describe(name, s); err != nil {
		return err
	}
	return f.replace(name, data)
}

// describe writes the sidecar of a document, unless it says the same already: a
// person may have written it, with comments.
func (f files) describe(name string, s sidecar) error {
	if have, there, err := f.described(name); err == nil && there && have.equal(s) {
		return nil
	}
	data, err := toml.Marshal(s)
	if err != nil {
		return fmt.Errorf("describing %s: %w", name, err)
	}
	return f.replace(name+corpus.SidecarSuffix, data)
}

// replace gives a file new content, all of it or, where the program ends, none.
func (f files) replace(name string, data []byte) error {
	if f.holds(name, data) {
		return nil
	}
	if err := f.put(name, data); err != nil {
		return err
	}
	partial := path.Join(path.Dir(name), "."+rand.Text()+partialSuffix) // which the corpus passes over
	file, err := f.root.OpenFile(partial, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err == nil {
		_, err = file.Write(data)
		err = errors.Join(err, file.Sync(), file.Close())
	}
	if err == nil {
		err = f.root.Rename(partial, name)
	}
	if err != nil {
		f.root.Remove(partial)
		return fmt.Errorf("writing %s: %w; see that the disk has room and the folder can be written", name, err)
	}
	return nil
}

// holds reports whether a document is there with this content.
func (f files) holds(name string, data []byte) bool {
	have, err := f.root.ReadFile(name)
	return err == nil && bytes.Equal(have, data)
}

// remove removes a document with its sidecar.
func (f files) remove(name string) error {
	for _, n := range []string{name, name + corpus.SidecarSuffix} {
		if err := f.delete(n); err != nil {
			return err
		}
		if err := f.root.Remove(n); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("removing %s: %w", n, err)
		}
	}
	return nil
}

// there reports whether a document has not been taken away.
func (f files) there(name string) bool {
	_, err := f.root.Stat(name)
	return !errors.Is(err, fs.ErrNotExist)
}

// described reads a sidecar; there is false where there is none.
func (f files) described(name string) (s sidecar, there bool, err error) {
	data, err := f.root.ReadFile(name + corpus.SidecarSuffix)
	if errors.Is(err, fs.ErrNotExist) {
		return s, false, nil
	}
	if err == nil {
		if err := toml.Unmarshal(data, &s); err != nil {
			return s, true, fmt.Errorf("reading %s: %w: %w; correct or remove it", name+corpus.SidecarSuffix, errSidecar, err)
		}
	}
	if err != nil {
		return s, true, fmt.Errorf("reading %s: %w", name+corpus.SidecarSuffix, err)
	}
	return s, true, nil
}

// partialSuffix ends the names of files that are being written.
const partialSuffix = ".partial"

// sweep removes what a crash left of files that were being written in a folder.
func (f files) sweep(dir string) error {
	left, err := fs.Glob(f.root.FS(), path.Join(dir, ".*"+partialSuffix))
	if err != nil {
		return fmt.Errorf("looking for unfinished files in %s: %w", dir, err)
	}
	for _, name := range left {
		if err := f.root.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("removing the unfinished %s: %w", name, err)
		}
	}
	return nil
}

// putAside copies a document as an earlier version of itself, and returns the
// name of the copy; it is empty where the document is not there any more.
func (f files) putAside(name string, now time.Time) (aside string, err error) {
	data, err := f.root.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("reading what %s said before: %w", name, err)
	}
	s, _, err := f.described(name)
	if err != nil {
		return "", err
	}
	ext := path.Ext(name)
	stem := strings.TrimSuffix(path.Base(name), ext)
	s.Title = words.Say("feed.earlier", words.M{"Title": cmp.Or(s.Title, stem), "Date": now.UTC().Format("2 January 2006, 15:04 MST")})
	s.Tags = append(s.Tags, words.Say("feed.earlier.tag"))
	aside = path.Join(path.Dir(name), earlier, stem+"."+digest(8, string(data))+ext)
	return aside, f.write(aside, data, s)
}

// fileName is where an entry of a feed is kept: its date and its title tell a
// person what it is, the digest tells it from others.
func (f Feed) fileName(e entry, ext string) string {
	name := ""
	if !e.published.IsZero() {
		name = e.published.UTC().Format("2006-01-02-")
	}
	title := e.title
	if title == "" {
		title = strings.TrimSuffix(path.Base(e.link), path.Ext(e.link))
	}
	if t := cut(slug(title), 60); t != "" {
		name += t + "-"
	}
	return path.Join(f.Dir(), name+digest(8, e.key)+ext)
}
