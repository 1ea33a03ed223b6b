package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"example.org/attache/corpus/speech/internal/attribute"
	"example.org/attache/corpus/text"
)

// mark is a text with one quotation, and who says it.
func mark(body, quotation, source, name string) (string, unit) {
	at := func(s string) [2]int {
		from := utf8.RuneCountInString(body[:strings.Index(body, s)])
		return [2]int{from, from + utf8.RuneCountInString(s)}
	}
	heads := strings.Fields(strings.ToLower(source))
	return body, unit{At: at(quotation), SourceAt: at(source), Class: "named", Name: name, Heads: heads}
}

// From marked texts come weights that choose as they are marked.
func TestRun(t *testing.T) {
	texts, out := t.TempDir(), t.TempDir()
	gold, err := os.Create(filepath.Join(texts, "gold.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	for i := range 40 {
		body, u := mark("Lena Ortmann met Peter Lund. “The treaty is ready to be signed,” Ortmann told Lund.", "The treaty is ready to be signed,", "Ortmann told", "Lena Ortmann")
		name := fmt.Sprintf("%d.txt", i)
		if err := os.WriteFile(filepath.Join(texts, name), []byte(body), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := json.NewEncoder(gold).Encode(document{Document: name, Gold: []unit{u}}); err != nil {
			t.Fatal(err)
		}
	}
	if err := gold.Close(); err != nil {
		t.Fatal(err)
	}
	if err := run(gold.Name(), "", texts, out); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(filepath.Join(out, "speaker.weights"))
	if err != nil {
		t.Fatal(err)
	}
	weight := map[string]string{}
	for line := range strings.Lines(string(b)) {
		fact, w, _ := strings.Cut(strings.TrimSpace(line), "\t")
		weight[fact] = w
	}
	if w := weight["after speaks after"]; w == "" || strings.HasPrefix(w, "-") {
		t.Errorf("the subject of a cue behind the quotation weighs %q, want more than nothing", w)
	}
	if w := weight["after told"]; !strings.HasPrefix(w, "-") {
		t.Errorf("who is told weighs %q, want less than nothing", w)
	}
}

// A sentence reports speech where the marks say so of the phrase, and none where
// they say it of another, or not at all.
func TestJudge(t *testing.T) {
	const body = "Ortmann said that the treaty was ready. Lund believes that it will fail soon. The talks went on, Lund told nobody at all."
	r := &reported{
		Units: []sentence{
			{Sentence: "Ortmann said that the treaty was ready.", Name: "Lena Ortmann", Heads: []string{"ortmann"}, Speech: true},
			{Sentence: "Lund believes that it will fail soon.", Name: "Peter Lund", Heads: []string{"lund"}},
		},
		Ignore: []string{"A sentence of another kind altogether."},
	}
	span := func(s string) text.Span {
		at := strings.Index(body, s)
		return text.Span{Start: at, End: at + len(s)}
	}
	for _, tt := range []struct {
		sentence, phrase, name string
		right                  []bool
	}{
		{"Ortmann said that the treaty was ready.", "Ortmann", "Lena Ortmann", []bool{true, false}},
		{"Ortmann said that the treaty was ready.", "the treaty", "", []bool{false, true}},
		{"Lund believes that it will fail soon.", "Lund", "", []bool{false, false}},
		{"The talks went on, Lund told nobody at all.", "Lund", "", []bool{false, true}},
	} {
		c := attribute.Choice{Text: span(tt.sentence), Reported: true, Options: []attribute.Option{{Span: span(tt.phrase)}, {}}}
		if name, right := r.judge(c, body); name != tt.name || !slices.Equal(right, tt.right) {
			t.Errorf("%q in %q: %q, %v, want %q, %v", tt.phrase, tt.sentence, name, right, tt.name, tt.right)
		}
	}
}

func TestRunErrors(t *testing.T) {
	broken := filepath.Join(t.TempDir(), "gold.jsonl")
	if err := os.WriteFile(broken, []byte("{}\n{\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := run(broken, "", ".", ""); err == nil || !strings.Contains(err.Error(), "line 2") {
		t.Errorf("got %v, want the line", err)
	}
	if err := run(broken+".none", "", ".", ""); err == nil {
		t.Error("a missing file is no error")
	}
}

func TestSameName(t *testing.T) {
	for name, want := range map[string]bool{"Ortmann": true, "Lena K. Ortmann": true, "L. Ortmann": true, "Lena Ortmann": true, "Lund": false, "Nora Ortmann": false, "Lena": false} {
		if got := sameName(name, "Lena Ortmann"); got != want {
			t.Errorf("%q: %v, want %v", name, got, want)
		}
	}
}
