package language

import (
	"io/fs"
	"path"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// Every file of every folder is on a topic and can be read.
func TestFilesAreRead(t *testing.T) {
	names, err := fs.Glob(files, "*/*.txt")
	if err != nil || len(names) == 0 {
		t.Fatalf("no files: %v", err)
	}
	for _, name := range names {
		code, file := path.Split(name)
		topic := Topic(strings.TrimSuffix(file, ".txt"))
		if !slices.Contains(Topics, topic) {
			t.Errorf("%s is on none of the topics %v", name, Topics)
			continue
		}
		w, err := Parse(string(source(path.Clean(code), topic)), topic)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for _, s := range w {
			if len(s.Lines) == 0 {
				t.Errorf("%s: [%s] holds nothing", name, s.Name)
			}
		}
	}
}

// A language is known by its script, whatever else is known of it.
func TestScripts(t *testing.T) {
	for _, code := range With(Writing) {
		scripts := Of(code, Writing).Entries("script")
		if len(scripts) == 0 {
			t.Errorf("%s/writing.txt names no [script]", code)
		}
		for _, s := range scripts {
			if unicode.Scripts[s] == nil {
				t.Errorf("%s/writing.txt: Unicode has no script %q", code, s)
			}
		}
	}
}

func TestParse(t *testing.T) {
	w, err := Parse(`# comment
[asks person]
who, which person,  whose # ^ is for the beginning
"no, one", #1

[synonyms]
treaty, pact
talks, negotiations
[asks person]
whom
`, Questions)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := w.Entries("asks person"), []string{"who", "which person", "whose", "no, one", "whom"}; !slices.Equal(got, want) {
		t.Errorf("asks person: %q, want %q", got, want)
	}
	if lines := w.Lines("synonyms"); len(lines) != 2 || !slices.Equal(lines[1], []string{"talks", "negotiations"}) {
		t.Errorf("synonyms: %q, want a set a line", lines)
	}
	if len(w) != 3 || !w.Says("synonyms") || w.Says("forms") || !w.Set("asks person")["whom"] {
		t.Errorf("sections: %+v", w)
	}
}

func TestParseErrors(t *testing.T) {
	for source, want := range map[string]string{
		"who":                                "line 1: \"who\" stands before the first section",
		"[forms]\nmay, might\n[froms]\njune": "line 3: [froms] is no section of questions",
		"[months\nmay":                       "line 1: [months is no section",
		"[stop]\n\"a, b":                     "line 2: a quotation mark is not closed",
		"[stop]\n\"a\" b":                    "line 2: no comma between \"a\" and \"b\"",
	} {
		if _, err := Parse(source, Questions); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want %s", source, err, want)
		}
	}
}

// FuzzParse: whatever is written in a file, every entry is a trimmed part of it.
func FuzzParse(f *testing.F) {
	f.Add("[stop]\na, \"b, c\" # d\n[forms]\nmay")
	f.Add("[asks person]\n\"\n,,,\"\"")
	f.Fuzz(func(t *testing.T, source string) {
		w, err := Parse(source, Questions)
		if err != nil {
			return
		}
		for _, s := range w {
			if !Questions.has(s.Name) {
				t.Errorf("section %q of %q", s.Name, source)
			}
			for _, e := range s.Entries() {
				if e == "" || !strings.Contains(source, e) {
					t.Errorf("entry %q of %q", e, source)
				}
			}
		}
	})
}
