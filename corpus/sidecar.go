package corpus

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"github.com/pelletier/go-toml/v2"

	"example.org/attache/corpus/date"
	"example.org/attache/corpus/format"
)

// SidecarSuffix ends the name of a sidecar: a file NAME.meta.toml beside NAME
// says what NAME itself does not. What it sets goes before what the file
// says.
const SidecarSuffix = format.SidecarSuffix

type sidecar struct {
	Title     string   `toml:"title"`
	Publisher string   `toml:"publisher"`
	Author    string   `toml:"author"`
	URL       string   `toml:"url"`
	Date      any      `toml:"date"` // a TOML date, or a string such as "August 2024"
	Language  string   `toml:"language"`
	Tags      []string `toml:"tags"`
	published date.Date
}

// readSidecar reads the sidecar of a file; without one both results are nil.
func readSidecar(fsys fs.FS, name string) (*sidecar, []byte, error) {
	data, err := sidecarData(fsys, name+SidecarSuffix)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil, nil
	case err != nil:
		return nil, nil, fmt.Errorf("its description %s%s can't be read: %w", name, SidecarSuffix, plainError(err))
	}
	s, err := parseSidecar(name+SidecarSuffix, data)
	return s, data, err
}

// parseSidecar reads what a sidecar says.
func parseSidecar(name string, data []byte) (*sidecar, error) {
	s := &sidecar{}
	if err := toml.NewDecoder(bytes.NewReader(data)).DisallowUnknownFields().Decode(s); err != nil {
		return nil, fmt.Errorf("its description %s: %s", name, explain(err))
	}
	var err error
	if s.published, err = dateOf(s.Date); err != nil {
		return nil, fmt.Errorf("its description %s: %w", name, err)
	}
	code := format.LanguageCode(s.Language)
	if s.Language != "" && code == "" {
		return nil, fmt.Errorf("its description %s: language = %q is no language; write its code of two letters, like en", name, s.Language)
	}
	s.Language = code
	return s, nil
}

// applySidecars lets the sidecars that lie in an archive beside d, and then the
// one of its file, say what they have to say.
func applySidecars(d *format.Document, file *sidecar) error {
	for _, inner := range d.Sidecars {
		s, err := parseSidecar(inner.Name, inner.Data)
		if err != nil {
			return err
		}
		s.apply(d, inner.Part)
	}
	file.apply(d, d.Part != "")
	return nil
}

// sidecarData reads a description, unless it is something else.
func sidecarData(fsys fs.FS, name string) ([]byte, error) {
	const most = format.MaxSidecar
	info, err := fs.Stat(fsys, name)
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, errIrregular
	case info.Size() > most:
		return nil, fmt.Errorf("%w: %d kB, and at most %d are read", format.ErrTooBig, info.Size()>>10, most>>10)
	}
	return fs.ReadFile(fsys, name)
}

// explain puts an error of the TOML library in one line that names the key.
func explain(err error) string {
	var unknown *toml.StrictMissingError
	if errors.As(err, &unknown) && len(unknown.Errors) > 0 {
		e := unknown.Errors[0]
		line, _ := e.Position()
		return fmt.Sprintf("line %d: there is no key %s; known are title, publisher, author, url, date, language, tags", line, strings.Join(e.Key(), "."))
	}
	var wrong *toml.DecodeError
	if errors.As(err, &wrong) {
		line, _ := wrong.Position()
		return fmt.Sprintf("line %d: %v; write it as key = \"value\"", line, wrong)
	}
	return err.Error()
}

func dateOf(v any) (date.Date, error) {
	var s string
	switch v := v.(type) {
	case nil:
		return date.Date{}, nil
	case time.Time:
		return date.Of(v), nil
	case int64:
		s = fmt.Sprint(v)
	default:
		s = fmt.Sprint(v)
	}
	d := date.Parse(s)
	if d.IsZero() {
		return d, fmt.Errorf("date = %q is no date; write it like 2024-08-28, 2024-08 or 2024", s)
	}
	return d, nil
}

// apply lets what the sidecar sets go before what d says. Of a file of several
// documents, of which d is a part, it says what they themselves do not.
func (s *sidecar) apply(d *format.Document, part bool) {
	if s == nil {
		return
	}
	set := func(field *string, value string) {
		if value != "" && (!part || *field == "") {
			*field = value
		}
	}
	set(&d.Title, s.Title)
	set(&d.Publisher, s.Publisher)
	set(&d.Author, s.Author)
	set(&d.URL, s.URL)
	set(&d.Language, s.Language)
	if !s.published.IsZero() && (!part || d.Published.IsZero()) {
		d.Published = s.published
	}
	if s.Tags != nil && (!part || d.Tags == nil) {
		d.Tags = s.Tags
	}
}
