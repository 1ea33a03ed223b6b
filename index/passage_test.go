package index

import (
	"strings"
	"testing"
	"unicode/utf8"

	"example.org/attache/corpus/text"
)

// Sentences that never end are cut to pieces of which none is too long; none of
// their text is lost and no word is cut where there are spaces.
func TestEndlessSentencesAreCut(t *testing.T) {
	for name, s := range map[string]string{
		"a list":    strings.Repeat("Ada Quist of Norway, ", 1000) + "and others",
		"words":     strings.Repeat("harbour ", 3000) + "end",
		"no spaces": strings.Repeat("港口的船", 3000),
		"one word":  strings.Repeat("ä", 9001),
		"short":     "Norway signed.",
	} {
		all := divided(s, []text.Span{{End: len(s)}})
		rest := s
		for _, p := range all {
			piece := p.In(s)
			if len(piece) > longestSentence || !utf8.ValidString(piece) || strings.TrimSpace(piece) != piece {
				t.Errorf("%s: the piece %.40q has %d bytes", name, piece, len(piece))
			}
			var ok bool
			if rest, ok = strings.CutPrefix(strings.TrimLeft(rest, " "), piece); !ok {
				t.Fatalf("%s: text is lost before %.40q", name, piece)
			}
			if strings.Contains(s, " ") && rest != "" && rest[0] != ' ' {
				t.Errorf("%s: a word is cut before %.20q", name, rest)
			}
		}
		if rest != "" || len(s) > longestSentence && len(all) < 2 {
			t.Errorf("%s: %d pieces, and %.40q is left", name, len(all), rest)
		}
	}
}

func TestWordsAreCounted(t *testing.T) {
	for text, want := range map[string]int{"The harbour – is open.": 4, "港口，开放了。": 5, "EU の 30 か国": 5, "": 0, "a\nb": 2, "Mr. O'Neil's": 2} {
		if got := countWords(text); got != want {
			t.Errorf("%q has %d words, want %d", text, got, want)
		}
	}
}
