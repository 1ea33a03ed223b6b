package extract_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"example.org/attache/corpus/speech/extract"
)

// Plain sentences of news in languages without capitals, as they are usually written:
// who says what. The lines of testdata/plain are the speaker and the text, "-" for
// somebody whom the text doesn't name. A line with a question mark before it is one
// that isn't read yet: nobody, and no wrong name, is given.
func TestPlainSentences(t *testing.T) {
	for _, language := range []string{"ko", "ja", "zh"} {
		data, err := os.ReadFile("testdata/plain/" + language + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(data)) {
			speaker, body, ok := strings.Cut(strings.TrimSpace(line), "|")
			if !ok || strings.HasPrefix(line, "#") {
				continue
			}
			speaker, unread := strings.CutPrefix(speaker, "?")
			x := textOf(body)
			x.Language = language
			said, people := extract.From(x)
			var names []string
			for _, s := range said {
				if name := s.Speaker(people); name != "" && !slices.Contains(names, name) {
					names = append(names, name)
				}
			}
			got := strings.Join(names, ", ")
			if unread || speaker == "-" {
				speaker = ""
			}
			if got != speaker {
				t.Errorf("%s: %q is said by %q, want %q", language, body, got, speaker)
			}
		}
	}
}
