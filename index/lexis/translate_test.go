package lexis_test

import (
	"strings"
	"testing"

	"example.org/attache/corpus/language"
	"example.org/attache/index/lexis"
)

// A question is put into another language by the words of the field and by names. What
// is in no vocabulary stays as it was.
func TestTranslate(t *testing.T) {
	people := map[string]string{"서하준": "Seo Ha-jun", "Морозов": "Sergey Morozov", "李文博": "Li Wenbo", "キシノ": "Fumiko Kishino", "Seo Ha-jun": "서하준"}
	for _, c := range []struct{ question, from, to, want string }{
		{"외교부 장관은 누구인가?", "ko", "en", "who is foreign minister"},
		{"서하준은 제재에 대해 뭐라고 말했나요?", "ko", "en", "what did Seo Ha-jun say about sanction"},
		{"서하준 외교부 장관은 누구입니까?", "ko", "en", "who is Seo Ha-jun foreign minister"},
		{"한국과 일본의 정상회담은 언제 열립니까?", "ko", "en", "when was South Korea Japan summit 열립니까"},
		{"韩国外交部长是谁？", "zh", "en", "who is South Korea foreign minister"},
		{"韓國外交部長是誰？", "zh", "en", "who is South Korea foreign minister"},
		{"李文博对关税说了什么？", "zh", "en", "what did Li Wenbo say about tariff"},
		{"キシノ外相はいつインドを訪問しますか？", "ja", "en", "when was Fumiko Kishino foreign minister India visit"},
		{"Кто министр иностранных дел Южной Кореи?", "ru", "en", "who is foreign minister South Korea"},
		{"Wer ist der Außenminister von Japan?", "de", "en", "who is foreign minister Japan"},
		{"¿Quién firmó el tratado con Brasil?", "es", "de", "wer ist unterzeichnen Vertrag Brasilien"},
		{"What did Seo Ha-jun say about sanctions?", "en", "ko", "서하준은 제재에 대해 뭐라고 말했습니까"},
		{"When will the ceasefire talks begin in Geneva?", "en", "zh", "停火谈判开始日内瓦什么时候"},
		{"How many missiles did North Korea launch in 2022?", "en", "ja", "ミサイル北朝鮮発射2022はいくつですか"},
		{"Who is Han Do-yun?", "en", "de", ""}, // a name that is written alike needs no other language
		{"안녕하세요", "ko", "en", ""},
		{"외교부 장관은 누구인가?", "ko", "th", ""}, // no column
		{"외교부 장관은 누구인가?", "ko", "ko", ""},
		{"", "ko", "en", ""},
	} {
		got, ok := lexis.Translate(c.question, c.from, c.to, func(name string) string { return people[name] })
		if ok != (c.want != "") || ok && got.Text != c.want {
			t.Errorf("%s in %s: %q, %v; want %q", c.question, c.to, got.Text, ok, c.want)
		}
	}
}

func TestAskedIn(t *testing.T) {
	for question, want := range map[string]string{
		"외교부 장관은 누구인가?":                        "ko",
		"韩国外交部长是谁？":                            "zh",
		"Wer ist der Außenminister von Japan?": "de",
		"Siapa menteri luar negeri Korea?":     "id",
		"Who is the foreign minister of Peru?": "en",
		"NATO":                                 "en",
		"Lind on tariffs":                      "en",
		"":                                     "en",
	} {
		if got := lexis.AskedIn(question, []string{"en"}); got != want {
			t.Errorf("%q is asked in %s, want %s", question, got, want)
		}
	}
}

// Every line of the vocabulary has a column for each language, and no word is empty.
func TestVocabularyIsWhole(t *testing.T) {
	w := language.Of(language.Shared, language.Vocabulary)
	columns := w.Entries("columns")
	for _, s := range w {
		for _, line := range s.Lines {
			if len(line) != len(columns) {
				t.Errorf("[%s] %s has %d columns, want %d", s.Name, line[0], len(line), len(columns))
				continue
			}
			for i, words := range line {
				for word := range strings.SplitSeq(words, "|") {
					if strings.TrimSpace(word) == "" {
						t.Errorf("[%s] %s: an empty word in %s", s.Name, line[0], columns[i])
					}
				}
				if strings.HasPrefix(s.Name, "ask ") && !strings.Contains(words, "*") {
					t.Errorf("[%s]: %q has no place for what is asked about", s.Name, words)
				}
			}
		}
	}
}

func FuzzTranslate(f *testing.F) {
	f.Add("서하준은 제재에 대해 뭐라고 말했나요?", "ko", "en")
	f.Add("韓國外交部長是誰？", "zh", "ja")
	f.Fuzz(func(t *testing.T, question, from, to string) {
		lexis.Translate(question, from, to, func(string) string { return "" })
	})
}

// A Korean compound that the documents never use is cut into words that they do, and
// two words can be meant as one.
func TestKoreanCompounds(t *testing.T) {
	ko := lexis.For("ko")
	known := map[string]int{"해양보호": 4, "해양": 1, "보호단체": 2, "단체": 9}
	frequency := func(term string) int { return known[term] }
	for question, want := range map[string]string{
		"해양보호단체는 어디인가?": "해양보호 단체 어디", // not 해양 보호단체, of which one is rarer
		"해양보호는 무엇인가?":   "해양보호 무엇",
		"항공모함은 무엇인가?":   "항공모함 무엇",
	} {
		var terms []string
		for _, token := range ko.Split(ko.Question(question), frequency) {
			terms = append(terms, token.Term)
		}
		if got := strings.Join(terms, " "); got != want {
			t.Errorf("%s: %s, want %s", question, got, want)
		}
	}
	tokens := ko.Question("타이타닉 호의 선장")
	if got := ko.Joined(tokens[0], tokens[1]); got != "타이타닉호" {
		t.Errorf("타이타닉 호 joined is %q", got)
	}
	en := lexis.For("en")
	if tokens := en.Question("ice cream"); en.Joined(tokens[0], tokens[1]) != "" || len(en.Split(tokens, frequency)) != 2 {
		t.Error("English words are joined or cut")
	}
}
