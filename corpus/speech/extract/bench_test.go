package extract_test

import (
	"strings"
	"testing"

	"example.org/attache/corpus/speech/extract"
)

// BenchmarkRead reads texts that are hard in different ways; time a byte must
// not depend on their length.
func BenchmarkRead(b *testing.B) {
	story := "Chancellor Lena Ortmann met Foreign Minister Gerald Haldane. “The treaty is ready,” she said. He disagreed: “It is not.”\n"
	texts := map[string]string{
		"story":     story,
		"marks":     "“ ” \" '' « ” „ ",
		"names":     "Lena Ortmann, Gerald Haldane and Peter Lund, ",
		"capitals":  "Xanor Quelb Ann ",
		"pronouns":  "he said “no” and she said “yes” ",
		"strangers": "Xanor Quelb said “no” to Vexil Drom. He ",
		"asides":    "Ortmann, who ( — , \"x\" ",
		"reports":   "Ortmann said Haldane told Lund and added, he noted, that she agreed, warning ",
		"hyphens":   "a-b-c-d'e-f.g.",
	}
	for name, s := range texts {
		for _, size := range []int{10_000, 300_000} {
			label := name + "/short"
			if size > 10_000 {
				label = name + "/long"
			}
			benchmark(b, label, strings.Repeat(s, size/len(s)))
		}
	}
	foreign := map[string]string{
		"fr": "« Oui », a déclaré Jean Morel. Selon la ministre Claire Dubois, « non ». ",
		"ru": "«Да», — сказал Сергей Павлов. По словам Павлова, «нет». ",
		"ar": "وقال وزير الخارجية كارل هالدين: “نعم”. وأضاف هالدين: “لا”. ",
		"zh": "外交部长王明毅表示，“是”。哈尔登说“不",
		"ja": "岸本文雄首相は「はい」と述べた。「いいえ」と語り",
		"ko": "박민수 장관은 “네”라고 말했다. 핼든 대통령은 ",
	}
	for language, s := range foreign {
		benchmarkIn(b, language, language+"/short", strings.Repeat(s, 10_000/len(s)))
		benchmarkIn(b, language, language+"/long", strings.Repeat(s, 300_000/len(s)))
	}
	benchmark(b, "delegates/short", delegates(500))
	benchmark(b, "delegates/long", delegates(15_000))
}

func benchmark(b *testing.B, label, body string) { benchmarkIn(b, "en", label, body) }

func benchmarkIn(b *testing.B, language, label, body string) {
	t := textOf(body)
	t.Language = language
	b.Run(label, func(b *testing.B) {
		b.SetBytes(int64(len(t.Body)))
		for b.Loop() {
			extract.From(t)
		}
	})
}

// delegates is a list of n people, each of another name.
func delegates(n int) string {
	var s strings.Builder
	for i := range n {
		family := "Q"
		for ; i > 0; i /= 10 {
			family += []string{"an", "bo", "ce", "du", "em", "fi", "go", "hu", "il", "ko"}[i%10]
		}
		s.WriteString("Mr. Peter " + family + "s of Bonn, ")
	}
	return s.String()
}
