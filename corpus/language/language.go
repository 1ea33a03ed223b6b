// Package language holds the words of the languages that documents and
// questions are written in: a folder a language, named by its ISO 639-1 code,
// and the folder shared for words that belong to none. Adding a language is
// adding a folder.
//
// Every file has one grammar:
//
//	# A comment begins a line, or follows a blank.
//	[section name]
//	entry, entry of two words
//	"entry, with a comma", entry
//
// Entries are between commas and line ends. In some sections a line is a set
// of its own, such as the names of a month. What the sections of a file are is
// said in Topics; a section that is not named there is an error.
package language

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
)

//go:embed */*.txt
var files embed.FS

// Shared is the folder of words that belong to no language.
const Shared = "shared"

// Codes returns the languages that there is a folder of, in order.
var Codes = sync.OnceValue(func() []string {
	entries, err := files.ReadDir(".")
	if err != nil {
		panic(err) // the folders are part of the build
	}
	var all []string
	for _, e := range entries {
		if e.IsDir() && e.Name() != Shared {
			all = append(all, e.Name())
		}
	}
	return all
})

// With returns the languages that have a file on a topic, in order.
func With(topic Topic) []string {
	return slices.DeleteFunc(slices.Clone(Codes()), func(code string) bool { return !Has(code, topic) })
}

// Has reports whether a language has a file on a topic.
func Has(code string, topic Topic) bool {
	_, err := fs.Stat(files, file(code, topic))
	return err == nil
}

// source returns the file of a language on a topic, empty where there is none.
func source(code string, topic Topic) []byte {
	b, _ := files.ReadFile(file(code, topic))
	return b
}

func file(code string, topic Topic) string { return path.Join(code, string(topic)+".txt") }

// Words is one file: its sections in the order of the file.
type Words []Section

// Section is a list of entries under one name. A name can stand several times.
type Section struct {
	Name  string
	Lines [][]string // the entries of each line
}

// Entries are those of all lines.
func (s Section) Entries() []string { return slices.Concat(s.Lines...) }

// Of returns the words of a language on a topic, none where it has no file. The
// file is parsed at each call: callers keep what they make of it.
func Of(code string, topic Topic) Words {
	w, err := Parse(string(source(code, topic)), topic)
	if err != nil {
		panic(fmt.Sprintf("corpus/language/%s: %v", file(code, topic), err)) // part of the build; a test reads every file
	}
	return w
}

// Everywhere returns the words of all languages on a topic, and of the shared
// folder, for what is looked for in a text of any language.
func Everywhere(topic Topic) (all Words) {
	for _, code := range With(topic) {
		all = append(all, Of(code, topic)...)
	}
	return append(all, Of(Shared, topic)...)
}

// Lines are the lines of all sections of a name.
func (w Words) Lines(name string) (all [][]string) {
	for _, s := range w {
		if s.Name == name {
			all = append(all, s.Lines...)
		}
	}
	return all
}

// Entries are those of all sections of a name.
func (w Words) Entries(name string) []string { return slices.Concat(w.Lines(name)...) }

// Set holds the entries of all sections of a name.
func (w Words) Set(name string) map[string]bool {
	set := map[string]bool{}
	for _, e := range w.Entries(name) {
		set[e] = true
	}
	return set
}

// Says reports whether a section, which holds a yes and nothing else, is there.
func (w Words) Says(name string) bool { return len(w.Lines(name)) > 0 }

// Parse reads a file on a topic. An error names the line.
func Parse(source string, topic Topic) (Words, error) {
	var w Words
	n := 0
	for line := range strings.Lines(source) {
		n++
		switch line = strings.TrimSpace(uncommented(line)); {
		case line == "":
		case strings.HasPrefix(line, "["):
			name, ok := strings.CutSuffix(line[1:], "]")
			if !ok || !topic.has(name) {
				return nil, fmt.Errorf("line %d: %s is no section of %s", n, line, topic)
			}
			w = append(w, Section{Name: name})
		case len(w) == 0:
			return nil, fmt.Errorf("line %d: %q stands before the first section", n, line)
		default:
			entries, err := split(line)
			if err != nil {
				return nil, fmt.Errorf("line %d: %w", n, err)
			}
			last := &w[len(w)-1]
			last.Lines = append(last.Lines, entries)
		}
	}
	return w, nil
}

// uncommented is a line without its comment.
func uncommented(line string) string {
	if strings.HasPrefix(line, "#") {
		return ""
	}
	if at := strings.Index(line, " #"); at >= 0 {
		return line[:at]
	}
	return line
}

// split cuts a line at the commas outside of quotation marks.
func split(line string) (entries []string, err error) {
	for line != "" {
		var e string
		if rest, quoted := strings.CutPrefix(line, `"`); quoted {
			var closed bool
			if e, line, closed = strings.Cut(rest, `"`); !closed {
				return nil, fmt.Errorf("a quotation mark is not closed in %q", line)
			}
			if line = strings.TrimSpace(line); line != "" && line[0] != ',' {
				return nil, fmt.Errorf("no comma between %q and %q", e, line)
			}
			line = strings.TrimPrefix(line, ",")
		} else {
			e, line, _ = strings.Cut(line, ",")
			e = strings.TrimSpace(e)
		}
		if e != "" {
			entries = append(entries, e)
		}
		line = strings.TrimSpace(line)
	}
	return entries, nil
}
