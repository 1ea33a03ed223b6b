package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"example.org/attache/corpus/identity"
	"example.org/attache/corpus/speech"
	"example.org/attache/corpus/speech/extract"
	"example.org/attache/corpus/speech/internal/attribute"
	"example.org/attache/corpus/text"
)

// document is a text with its marked quotations and reported speech.
type document struct {
	Document string   `json:"document"`
	Gold     []unit   `json:"gold"`
	Ignore   []string `json:"ignore"`
	reported *reported
}

type unit struct {
	At       [2]int   `json:"at"`
	SourceAt [2]int   `json:"source_at"`
	Class    string   `json:"class"`
	Name     string   `json:"name"`
	Heads    []string `json:"heads"`
}

// readLines reads a file of JSON objects, one a line.
func readLines[T any](file string) ([]T, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var out []T
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var v T
		if err := json.Unmarshal(lines.Bytes(), &v); err != nil {
			return nil, fmt.Errorf("%s, line %d: %w", file, len(out)+1, err)
		}
		out = append(out, v)
	}
	return out, lines.Err()
}

// readGold reads the marked quotations and, where the second file is named, the
// reported speech of the same documents.
func readGold(file, reportedFile string) ([]document, error) {
	out, err := readLines[document](file)
	if err != nil || reportedFile == "" {
		return out, err
	}
	all, err := readLines[reported](reportedFile)
	if err != nil {
		return nil, err
	}
	of := map[string]*reported{}
	for i := range all {
		of[all[i].Document] = &all[i]
	}
	for i := range out {
		out[i].reported = of[out[i].Document]
	}
	return out, nil
}

// examples adds the choices of one text, with the right speaker in the place
// of each, so that later choices are learned from right ones.
func (d *document) examples(folder string, to map[string][]example) error {
	b, err := os.ReadFile(filepath.Join(folder, d.Document))
	if err != nil {
		return err
	}
	t := speech.Text{Body: string(b), Language: "en", Paragraphs: text.Paragraphs(string(b))}
	for _, p := range t.Paragraphs {
		t.Sentences = append(t.Sentences, text.Sentences(t.Body, p, t.Language)...)
	}
	offsets := byteOffsets(t.Body)
	taken := map[*unit]bool{}
	name := "" // of who says what was chosen last
	extract.Choices(t, func(c attribute.Choice) int {
		var scorer string
		var right []bool
		switch {
		case c.Pronoun:
			scorer, right = "pronoun", meant(name, c)
		case c.Reported:
			scorer = "reported"
			name, right = d.reported.judge(c, t.Body)
		default:
			scorer = "speaker"
			u := d.unitOf(c.Text, offsets, taken)
			if name = ""; u != nil {
				taken[u] = true
				name = u.Name
			}
			right = d.rightOnes(u, c, t.Body, offsets)
		}
		at := slices.Index(right, true)
		if at >= 0 {
			to[scorer] = append(to[scorer], exampleOf(c, right))
		}
		return at
	})
	return nil
}

// unitOf is the marked quotation over which s lies; nil for none.
func (d *document) unitOf(s text.Span, offsets []int, taken map[*unit]bool) *unit {
	for i := range d.Gold {
		u := &d.Gold[i]
		if at := spanOf(u.At, offsets); at.Start < s.End && s.Start < at.End && !taken[u] {
			return u
		}
	}
	return nil
}

// rightOnes marks the options that name the source of a unit. What is no unit
// has no speaker, unless it is to be ignored or too short to judge.
func (d *document) rightOnes(u *unit, c attribute.Choice, body string, offsets []int) []bool {
	right := make([]bool, len(c.Options))
	nobody := len(c.Options) - 1
	if u == nil {
		words := strings.Fields(c.Text.In(body))
		ignored := slices.ContainsFunc(d.Ignore, func(w string) bool { return slices.Equal(strings.Fields(w), words) })
		right[nobody] = len(words) > 2 && !ignored
		return right
	}
	if u.Class == "secondhand" {
		return right
	}
	source := spanOf(u.SourceAt, offsets)
	for i, o := range c.Options[:nobody] {
		if o.Span.Start >= source.End || source.Start >= o.Span.End {
			continue
		}
		right[i] = slices.ContainsFunc(strings.FieldsFunc(text.Fold(o.Span.In(body)), parts), func(w string) bool { return slices.Contains(u.Heads, w) })
	}
	return right
}

// parts reports whether a rune parts the words of a name.
func parts(r rune) bool { return strings.ContainsRune(" .,-", r) }

// meant marks the options for a pronoun that are who speaks.
func meant(name string, c attribute.Choice) []bool {
	right := make([]bool, len(c.Options))
	if name == "" {
		return right
	}
	for i, o := range c.Options {
		right[i] = sameName(o.Name, name)
	}
	return right
}

// sameName reports whether a name can be the person's with the full name full:
// the family name alone, or another spelling.
func sameName(name, full string) bool {
	keys := identity.Keys(name)
	if len(keys) == 1 {
		return slices.Contains(identity.Keys(full), keys[0])
	}
	var d identity.Directory
	d.Add("a", "", []speech.Person{{Name: name}})
	d.Add("b", "", []speech.Person{{Name: full}})
	return len(d.People()) == 1
}

func spanOf(runes [2]int, offsets []int) text.Span {
	last := len(offsets) - 1
	return text.Span{Start: offsets[min(runes[0], last)], End: offsets[min(runes[1], last)]}
}

// byteOffsets are the offsets of the runes of s, and of its end.
func byteOffsets(s string) []int {
	var out []int
	for i := range s {
		out = append(out, i)
	}
	return append(out, len(s))
}
