package main

import (
	"bytes"
	"cmp"
	"io/fs"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"example.org/attache/bot/command"
	"example.org/attache/corpus"
)

func TestTheReadmeNamesEveryCommand(t *testing.T) {
	data, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range command.Table() {
		group, sub, nested := strings.Cut(c.Name, " ")
		switch {
		case c.Message:
			if !strings.Contains(string(data), c.Name) {
				t.Errorf("README.md lacks %s", c.Name)
			}
		case nested && !wordsAfter(data, "/"+group)[sub], !nested && !wordsAfter(data, "/")[group]:
			t.Errorf("README.md lacks /%s", c.Name)
		}
	}
	run := wordsAfter(data, "attache")
	for f := range reflect.TypeFor[cli]().Fields() {
		name := cmp.Or(f.Tag.Get("name"), strings.ToLower(f.Name))
		if _, hidden := f.Tag.Lookup("hidden"); f.Type.Kind() == reflect.Struct && !hidden && !run[name] {
			t.Errorf("README.md lacks attache %s", name)
		}
	}
}

// The conversation in the README: each answer begins with the quote that the
// program gives first, and every quote is text of a built-in document.
func TestTheReadmeShowsWhatTheProgramAnswers(t *testing.T) {
	data, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	var documents strings.Builder
	for _, name := range []string{"blinken-heads-to-japan-south-korea-india.txt", "korean-envoy-on-the-quad-and-india.txt", "us-korea-science-and-technology-agreement.txt"} {
		text, err := fs.ReadFile(corpus.Builtin(), name)
		if err != nil {
			t.Fatal(err)
		}
		documents.Write(text)
	}
	whole := strings.Join(strings.Fields(documents.String()), " ")
	shown := strings.Split(strings.SplitN(string(data), "```", 3)[1], "attaché> ")[1:]
	for _, turn := range shown {
		typed, answer, _ := strings.Cut(turn, "\n")
		var out bytes.Buffer
		if code := run(t.Context(), nil, noEnv, strings.NewReader(typed), &out, &out); code != done {
			t.Fatalf("%s: status %d\n%s", typed, code, out.String())
		}
		want, got := quotesIn(answer), quotesIn(out.String())
		if len(got) == 0 || len(want) == 0 || got[0] != want[0] {
			t.Errorf("%s\nthe program quotes %q\nthe README %q", typed, got, want)
		}
		for _, q := range want {
			if !strings.Contains(whole, q) {
				t.Errorf("no document has %q", q)
			}
		}
	}
	if len(shown) < 3 {
		t.Errorf("the README has %d questions", len(shown))
	}
}

// quotesIn returns the quotes that the terminal shows, each on one line.
func quotesIn(shown string) (quotes []string) {
	quoting := false
	for line := range strings.Lines(shown) {
		text, ok := strings.CutPrefix(strings.TrimSpace(line), "> ")
		switch {
		case ok && quoting:
			quotes[len(quotes)-1] += " " + text
		case ok:
			quotes = append(quotes, text)
		}
		quoting = ok
	}
	return quotes
}

// wordsAfter returns the words that are listed after lead: "add" and "remove"
// of "attache add FILE, remove DOCUMENT".
func wordsAfter(text []byte, lead string) map[string]bool {
	found := map[string]bool{}
	lists := regexp.MustCompile("(?m)(?:^|[ `(])"+regexp.QuoteMeta(lead)+" ?([^`#\n]*)").FindAllSubmatch(text, -1)
	for _, list := range lists {
		for item := range strings.SplitSeq(string(list[1]), ",") {
			word, _, _ := strings.Cut(strings.TrimSpace(item), " ")
			found[word] = true
		}
	}
	return found
}
