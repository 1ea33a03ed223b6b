package feed

import (
	"bytes"
	"cmp"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"
	"time"

	"github.com/pelletier/go-toml/v2"

	"example.org/attache/bot/command/words"
	"example.org/attache/corpus"
)

// sidecar is what stands beside a document, see [corpus.SidecarSuffix].
type sidecar struct {
	Title     string   `toml:"title,omitempty"`
	Publisher string   `toml:"publisher,omitempty"`
	Author    string   `toml:"author,omitempty"`
	Date      any      `toml:"date,omitempty"`
	URL       string   `toml:"url,omitempty"`
	Language  string   `toml:"language,omitempty"`
	Tags      []string `toml:"tags,omitempty"`
}

// errSidecar is that a sidecar, which a person may have changed, is damaged. It
// concerns its own document alone.
var errSidecar = errors.New("it is no valid TOML")

// files are the documents below the corpus.
type files struct{ root *os.Root }

// write writes a document with its sidecar, which comes first: a document without
// it would be read as something else.
func (f files) write(name string, data []byte, s sidecar) error {
	described, err := toml.Marshal(s)
	if err != nil {
		return fmt.Errorf("describing %s: %w", name, err)
	}
	if err := f.root.MkdirAll(path.Dir(name), 0o755); err != nil {
		return fmt.Errorf("making the folder of %s: %w", name, err)
	}
	if err := f.replace(name+corpus.SidecarSuffix, described); err != nil {
		return err
	}
	return f.replace(name, data)
}

// replace gives a file new content, all of it or, where the program ends, none.
func (f files) replace(name string, data []byte) error {
	if f.holds(name, data) {
		return nil
	}
	partial := path.Join(path.Dir(name), "."+rand.Text()+".partial") // which the corpus passes over
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
		if err := f.root.Remove(n); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("removing %s: %w", n, err)
		}
	}
	return nil
}

// describe changes the sidecar of a document, if it is still there.
func (f files) describe(name string, change func(*sidecar)) error {
	if _, err := f.root.Stat(name); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	s, err := f.described(name)
	if err != nil {
		return err
	}
	change(&s)
	data, err := toml.Marshal(s)
	if err != nil {
		return fmt.Errorf("describing %s: %w", name, err)
	}
	return f.replace(name+corpus.SidecarSuffix, data)
}

// described reads a sidecar; one that isn't there says nothing.
func (f files) described(name string) (s sidecar, err error) {
	data, err := f.root.ReadFile(name + corpus.SidecarSuffix)
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	if err == nil {
		if err := toml.Unmarshal(data, &s); err != nil {
			return s, fmt.Errorf("reading %s: %w: %w; correct or remove it", name+corpus.SidecarSuffix, errSidecar, err)
		}
	}
	if err != nil {
		return s, fmt.Errorf("reading %s: %w", name+corpus.SidecarSuffix, err)
	}
	return s, nil
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
	s, err := f.described(name)
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
