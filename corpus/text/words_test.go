package text_test

import (
	"testing"
	"unicode"

	"example.org/attache/corpus/text"
)

func TestWords(t *testing.T) {
	for s, want := range map[string]int{
		"": 0, " \n": 0, "The road is open.": 5, "Jae-Bok": 3, "12,5 %": 4, "...": 3, "\u00e9t\u00e9 \u00e0": 2, "a\u0301b": 1, "\u201cNo,\u201d": 4, "\xff": 1, "\uac00\ub098 \ub2e4": 2,
	} {
		if got := text.Words(s); got != want {
			t.Errorf("%q has %d words and signs, want %d", s, got, want)
		}
	}
}

// FuzzSentencesOfScripts: in whatever scripts a text mixes, sentences are
// ordered slices of it, and none of its letters is lost.
func FuzzSentencesOfScripts(f *testing.F) {
	f.Add(uint64(1), "en")
	f.Add(uint64(77), "zh")
	f.Add(uint64(4242), "ar")
	alphabet := []rune("aZé ß.!?…。！？،؟۔।॥։።᠃\"“”«»„()（）「」'’\n\t0٣३あ漢한กאبжΩ\u0301\u200b\u200d\u202e\ufeff🙂")
	f.Fuzz(func(t *testing.T, seed uint64, language string) {
		var runes []rune
		for x := seed; len(runes) < 200; x = x*6364136223846793005 + 1442695040888963407 {
			runes = append(runes, alphabet[(x>>33)%uint64(len(alphabet))])
		}
		body := string(runes)
		end, kept := 0, 0
		for _, s := range text.Sentences(body, text.Span{End: len(body)}, language) {
			if s.Start < end || s.End > len(body) || s.Len() == 0 {
				t.Fatalf("%v is no sentence of %q behind %d", s, body, end)
			}
			end = s.End
			kept += letters(s.In(body))
		}
		if all := letters(body); kept != all {
			t.Errorf("%d of %d letters of %q are in its sentences", kept, all, body)
		}
	})
}

func letters(s string) (n int) {
	for _, r := range s {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"Škoda": "skoda", "’Élan": "'elan", "ＡＢＣ": "abc", "臺灣": "台湾", "台湾": "台湾", "林義守": "林义守",
		"が": "が", "パリ": "パリ", "हिन्दी": "हिन्दी", "مُحَمَّد": "محمد", "각": "각",
	} {
		if got := text.Fold(in); got != want {
			t.Errorf("%s is folded to %s, want %s", in, got, want)
		}
	}
}

// Signs keep their places, so that what is found in simplified signs is quoted as it
// is written.
func TestSimplifiedKeepsPlaces(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "Taiwan 台湾": "Taiwan 台湾", "臺灣外交部發言人說": "台湾外交部发言人说", "「國」，한국": "「国」，한국",
	} {
		if got := text.Simplified(in); got != want || len(got) != len(in) {
			t.Errorf("%s in simplified signs is %s, want %s in as many bytes", in, got, want)
		}
	}
}
