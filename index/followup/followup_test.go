package followup_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"example.org/attache/index/followup"
)

// known are those whom the documents of these tests know.
func known(name string) bool {
	return slices.Contains([]string{"blinken", "antony blinken", "austin", "lloyd austin", "park jin", "kishida", "블링컨", "오스틴", "岸田", "布林肯", "奥斯汀", "блинкен", "остин", "بلينكن"}, strings.ToLower(name))
}

func TestAFollowUpIsReadWithTheQuestionBeforeIt(t *testing.T) {
	const taiwan, india = "What did Blinken say about Taiwan?", "When will Blinken be in India?"
	for _, c := range []struct{ language, before, said, want string }{
		// a person, a state, a time, a topic take the places of their kinds
		{"en", taiwan, "what about Japan?", "What did Blinken say about Japan?"},
		{"en", taiwan, "And about Japan?", "What did Blinken say about Japan?"},
		{"en", taiwan, "and Austin?", "What did Austin say about Taiwan?"},
		{"en", taiwan, "and Lloyd Austin", "What did Lloyd Austin say about Taiwan?"},
		{"en", taiwan, "how about the war in Ukraine?", "What did Blinken say about the war in Ukraine?"},
		{"en", taiwan, "and climate change?", "What did Blinken say about climate change?"},
		{"en", taiwan, "Japan?", "What did Blinken say about Japan?"},
		{"en", taiwan, "and in 2022?", "What did Blinken say about Taiwan in 2022?"},
		{"en", taiwan, "and last year?", "What did Blinken say about Taiwan last year?"},
		{"en", taiwan, "and in India?", "What did Blinken say about Taiwan in India?"},
		{"en", "What did Blinken say about Taiwan in 2022?", "and Austin?", "What did Austin say about Taiwan in 2022?"},
		{"en", "What did Blinken say about Taiwan in 2022?", "and last year?", "What did Blinken say about Taiwan last year?"},
		{"en", "What did Blinken say about Taiwan in 2022?", "what about South Korea?", "What did Blinken say about South Korea in 2022?"},
		{"en", "What did Blinken say?", "about Taiwan?", "What did Blinken say about Taiwan?"},
		{"en", "What did China say about Taiwan?", "and Japan?", "What did Japan say about Taiwan?"},
		{"en", "What did China say about Taiwan?", "what about Japan?", "What did China say about Japan?"},
		{"en", india, "and in Japan?", "When will Blinken be in Japan?"},
		{"en", india, "and Austin?", "When will Austin be in India?"},
		{"en", "who is the president of Brazil?", "and of France?", "who is the president of France?"},
		{"en", "Who is the president of Brazil?", "and the prime minister?", "Who is the prime minister of Brazil?"},
		{"en", "what did blinken say about taiwan", "and austin?", "what did austin say about taiwan"},
		{"en", "What is Blinken's view of Taiwan?", "and Austin?", "What is Austin's view of Taiwan?"},
		// what asks alone asks of the whole question
		{"en", taiwan, "when?", "When? (What did Blinken say about Taiwan?)"},
		{"en", taiwan, "Why", "Why? (What did Blinken say about Taiwan?)"},
		{"en", taiwan, "who said that?", "Who said that? (What did Blinken say about Taiwan?)"},
		{"en", taiwan, "why is that?", "Why is that? (What did Blinken say about Taiwan?)"},
		{"en", india, "why?", "Why will Blinken be in India?"},
		{"en", india, "and where?", "Where will Blinken be in India?"},
		{"en", "Which countries signed the treaty?", "how many people?", "How many people? (Which countries signed the treaty?)"},
		// and what it asks of can be changed again
		{"en", "When? (What did Blinken say about Taiwan?)", "and Japan?", "When? (What did Blinken say about Japan?)"},
		{"en", "When? (What did Blinken say about Taiwan?)", "why?", "Why? (What did Blinken say about Taiwan?)"},
		{"en", "Why will Blinken be in India?", "and in Japan?", "Why will Blinken be in Japan?"},
		{"en", taiwan, "and when about Japan?", "When about Japan? (What did Blinken say about Japan?)"},
		// pronouns
		{"en", taiwan, "What did he say about Japan?", "What did Blinken say about Japan?"},
		{"en", india, "What will he say there?", "What will Blinken say in India?"},
		{"en", taiwan, "and when did he become secretary?", "When did Blinken become secretary?"},
		{"en", taiwan, "what is his title?", "What is Blinken's title?"},
		{"en", taiwan, "What did Austin say about it?", "What did Austin say about Taiwan?"},
		{"en", taiwan, "And what did Austin say?", "What did Austin say about Taiwan?"},
		// other languages
		{"de", "Was sagte Blinken über Taiwan?", "und was ist mit Japan?", "Was sagte Blinken über Japan?"},
		{"de", "Was sagte Blinken über Taiwan?", "Und Austin?", "Was sagte Austin über Taiwan?"},
		{"de", "Wann reist Blinken nach Indien?", "und nach Japan?", "Wann reist Blinken nach Japan?"},
		{"de", "Wann reist Blinken nach Indien?", "warum?", "Warum reist Blinken nach Indien?"},
		{"fr", "Quand Blinken sera-t-il en Inde ?", "et au Japon ?", "Quand Blinken sera-t-il au Japon ?"},
		{"fr", "Qu'a dit Blinken sur la Chine ?", "et sur le Japon ?", "Qu'a dit Blinken sur le Japon ?"},
		{"fr", "Qu'a dit Blinken sur la Chine ?", "et Austin ?", "Qu'a dit Austin sur la Chine ?"},
		{"es", "¿Qué dijo Blinken sobre Taiwán?", "¿y sobre Japón?", "¿Qué dijo Blinken sobre Japón?"},
		{"es", "¿Qué dijo Blinken sobre Taiwán?", "¿Y Austin?", "¿Qué dijo Austin sobre Taiwán?"},
		{"es", "¿Cuándo viaja Blinken a la India?", "¿por qué?", "¿Por qué viaja Blinken a la India?"},
		{"pt", "O que Blinken disse sobre Taiwan?", "e sobre o Japão?", "O que Blinken disse sobre o Japão?"},
		{"it", "Che cosa ha detto Blinken su Taiwan?", "e Austin?", "Che cosa ha detto Austin su Taiwan?"},
		{"ru", "Что Блинкен сказал о Тайване?", "а Остин?", "Что Остин сказал о Тайване?"},
		{"ru", "Когда Блинкен будет в Индии?", "а в Японии?", "Когда Блинкен будет в Японии?"},
		{"ar", "متى يزور بلينكن الهند؟", "وماذا عن اليابان؟", "متى يزور بلينكن اليابان؟"},
		{"ko", "블링컨은 대만에 대해 뭐라고 했나?", "일본은?", "블링컨은 일본에 대해 뭐라고 했나?"},
		{"ko", "블링컨은 대만에 대해 뭐라고 했나?", "그럼 일본에 대해서는요?", "블링컨은 일본에 대해 뭐라고 했나?"},
		{"ko", "블링컨은 언제 인도에 가나?", "왜?", "블링컨은 왜 인도에 가나?"},
		{"ja", "岸田は台湾について何と言いましたか？", "では日本は？", "岸田は日本について何と言いましたか？"},
		{"zh", "布林肯对台湾说了什么？", "那日本呢？", "布林肯对日本说了什么？"},
		{"zh", "布林肯对台湾说了什么？", "奥斯汀呢？", "奥斯汀对台湾说了什么？"},
		{"zh", "布林肯什么时候去日本？", "那印度呢？", "布林肯什么时候去印度？"},
		{"zh", "布林肯什么时候去日本？", "为什么？", "布林肯为什么去日本？"},
		{"zh", "布林肯什么时候去日本？", "他在那里说了什么？", "布林肯在日本说了什么？"},
		{"zh", "布林肯对台湾说了什么？", "他的职务是什么？", "布林肯的职务是什么？"},
		{"zh", "布林肯对台湾说了什么？", "2022年呢？", "2022年布林肯对台湾说了什么？"},
		{"zh", "布林肯对台湾说了什么？", "其他国家说了什么？", "其他国家说了什么？ (布林肯对台湾说了什么？)"}, // no pronoun in it
		{"ja", "岸田は台湾について何と言いましたか？", "いつ？", "いつ？ (岸田は台湾について何と言いましたか？)"},
		{"ja", "岸田はいつインドに行きますか？", "なぜ？", "岸田はなぜインドに行きますか？"},
		{"ja", "岸田はいつインドに行きますか？", "彼はそこで何と言いましたか？", "岸田はインドで何と言いましたか？"},
		{"ja", "岸田は台湾について何と言いましたか？", "では去年は？", "去年岸田は台湾について何と言いましたか？"},
		{"ko", "블링컨은 대만에 대해 뭐라고 했나?", "2022년은?", "2022년 블링컨은 대만에 대해 뭐라고 했나?"},
	} {
		q, ok := followup.Read(c.before, c.said, c.language, known)
		if got := q.Text; got != c.want || !ok {
			t.Errorf("%s: after %q, %q asks %q (%v), want %q", c.language, c.before, c.said, got, ok, c.want)
		}
	}
}

func TestAQuestionOfItsOwnIsNoFollowUp(t *testing.T) {
	const before = "What did Blinken say about Taiwan?"
	for _, said := range []string{
		"Who is Park Jin?", "When will Austin be in Seoul?", "When did Blinken say he would visit India?",
		"Which countries signed the treaty of Tarn in 1998?", "What is inflation?", "Who is the prime minister of Japan?",
		"North Korea missile tests", "How many ships were built in Busan?",
		"thank you", "", "?", "and", "...", "Sandy beaches in Andorra", "What is NATO?", "Why is Taiwan important?",
	} {
		if got, ok := followup.Read(before, said, "en", known); ok || got.Text != said {
			t.Errorf("%q is read as %q", said, got.Text)
		}
	}
	if got, ok := followup.Read(before, "And when will Austin be in Seoul?", "en", known); ok || got.Text != "When will Austin be in Seoul?" {
		t.Errorf("a question of its own with an \"and\" is read as %+v", got)
	}
	for said, language := range map[string]string{"奥斯汀是谁？": "zh", "岸田とは誰ですか？": "ja"} {
		if got, _ := followup.Read("布林肯对台湾说了什么？", said, language, known); got.Text != said {
			t.Errorf("%q is read as %q", said, got.Text)
		}
	}
	for _, before := range []string{"", " ", "?", "()"} {
		if got, ok := followup.Read(before, "and Japan?", "en", known); ok {
			t.Errorf("after %q: %q", before, got.Text)
		}
	}
}

func TestWhatAFollowUpNames(t *testing.T) {
	for said, want := range map[string]followup.Question{
		"and Lloyd Austin?": {Text: "What did Lloyd Austin say about Taiwan?", Person: "Lloyd Austin"},
		"and in May 2023?":  {Text: "What did Blinken say about Taiwan in May 2023?", Timed: true},
		"when?":             {Text: "When? (What did Blinken say about Taiwan?)", Asks: true},
	} {
		if got, _ := followup.Read("What did Blinken say about Taiwan?", said, "en", known); got != want {
			t.Errorf("%q is %+v, want %+v", said, got, want)
		}
	}
}

func TestEveryLanguageReads(t *testing.T) {
	all := followup.Languages()
	if len(all) < 11 || all[0] != "en" {
		t.Errorf("languages %v", all)
	}
	for _, l := range all {
		followup.Read("Blinken 2023?", "Taiwan?", l, known) // panics where its words can't be read
	}
}

func FuzzRead(f *testing.F) {
	for _, lang := range []string{"en", "ko", "zh", "ar", "xx"} {
		f.Add("What did Blinken say about Taiwan?", "and he in Japan (why)?", lang)
		f.Add("When? (블링컨은 대만에 대해 뭐라고 했나?)", "그럼 일본은?", lang)
		f.Add("布林肯对台湾说了什么？", "那日本呢", lang)
	}
	f.Fuzz(func(t *testing.T, before, said, lang string) {
		q, ok := followup.Read(before, said, lang, known)
		got := q.Text
		switch {
		case !ok && len(got) > len(said)+4: // a capital may be longer
			t.Errorf("no follow-up, yet %q became %q", said, got)
		case ok && strings.TrimSpace(got) == "":
			t.Errorf("%q after %q asks nothing", said, before)
		case ok && utf8.ValidString(before) && utf8.ValidString(said) && !utf8.ValidString(got):
			t.Errorf("%q after %q is cut within a character: %q", said, before, got)
		case len(got) > 3*(len(before)+len(said))+20:
			t.Errorf("%q after %q grows to %q", said, before, got)
		}
		if again, _ := followup.Read(before, said, lang, known); again != q {
			t.Errorf("read as %+v and as %+v", q, again)
		}
	})
}
