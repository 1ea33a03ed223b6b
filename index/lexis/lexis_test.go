package lexis_test

import (
	"slices"
	"strings"
	"testing"

	"example.org/attache/index/lexis"
)

// terms writes the terms of s that carry meaning, and in brackets the concepts
// that begin with them.
func terms(language, s string) string {
	var all []string
	for _, t := range lexis.For(language).Tokens(nil, s) {
		switch {
		case t.Concept != "":
			all = append(all, t.Term+"["+t.Concept+"]")
		case !t.Is(lexis.Stop):
			all = append(all, t.Term)
		}
	}
	return strings.Join(all, " ")
}

func TestTerms(t *testing.T) {
	for _, c := range []struct{ language, text, want string }{
		{"en", "She was visiting the visited visitors", "visit visit visitor"},
		{"en", "The treaty's signers", "treati signer"},
		{"en", "U.S. and US, but not us", "us[=united states] us[=united states]"},
		{"en", "The U.S.-led talks", "us[=united states] lead talk"},
		{"en", "UN, U.N. and the United Nations", "un[=united nations] un[=united nations] unit[=united nations] nation"},
		{"en", "WHO said who", "who[=world health organization] say"},
		{"en", "$1,200.50 in the 1990s", "1200.50 1990"},
		{"en", "the 2+2 Dialogue", "2+2 dialogu"},
		{"en", "ROK, Republic of Korea, South Korean", "rok[=south korea] republ[=south korea] korea south[=south korea] korean"},
		{"en", "Turkey eats turkey", "turkey[=turkey] eat turkey"},
		{"en", "won, begun, taken", "win begin take"},
		{"en", "presidents, presidencies, intl importance", "presid presidency international important"},
		{"de", "Die Häuser der Städte", "haus stadt"},
		{"de", "Russlands Krieg", "russland[=russia] krieg"},
		{"ru", "Договор с Россией", "договор росс[=russia]"},
		{"es", "las negociaciones", "negoci"},
		{"ko", "박진은 서울에서", "박진 서울"},
		{"nb", "båtene på havna", "bat havn"},
		{"zh", "中国外长", "中国[=china] 国外 外长"},
		{"ja", "タワーの", "タワ ワー ーの"},
		{"ja", "ﾀﾜｰ", "タワ ワー"},
		{"xx", "Ægir's café", "ægir cafe"},
		{"ar", "عام ٢٠٢٣", "عام 2023"},
		{"ar", "رئيساً طنًا", "رييس طن"},
	} {
		if got := terms(c.language, c.text); got != c.want {
			t.Errorf("%s: %q has the terms %q, want %q", c.language, c.text, got, c.want)
		}
	}
}

// Every language of the table can be analysed, and every file of words be
// read: otherwise For panics.
func TestLanguages(t *testing.T) {
	for _, l := range lexis.Languages() {
		if got := lexis.For(l).Tokens(nil, "NATO 2024"); len(got) != 2 {
			t.Errorf("%s: %d tokens, want 2", l, len(got))
		}
	}
}

func TestGuess(t *testing.T) {
	all := lexis.Languages()
	for question, want := range map[string]string{
		"When will the ministers meet?":        "en",
		"Wann treffen sich die Minister?":      "de",
		"¿Cuándo se reunirán los ministros?":   "es",
		"Когда встретятся министры?":           "ru",
		"部长们什么时候开会？":                           "zh",
		"متى سيجتمع الوزراء؟":                  "ar",
		"Quand les ministres se réuniront-ils": "fr",
		"장관들은 언제 만나나요?":                        "ko",
		"o que disse Tavenas sobre o cais":     "pt", // all but the verb is Spanish too
		"qué dijo Tavenas sobre el muelle":     "es",
	} {
		if got := lexis.Guess(question, all); got != want {
			t.Errorf("%q: %s, want %s", question, got, want)
		}
	}
	if got := lexis.Guess("Quand?", []string{"en"}); got != "en" {
		t.Errorf("where all is English, a question is %s", got)
	}
}

func TestAsked(t *testing.T) {
	for _, c := range []struct {
		language, question string
		want               lexis.Kind
	}{
		{"en", "Who signed it?", lexis.Person},
		{"en", "In what year did it begin?", lexis.Time},
		{"en", "How long did it last?", lexis.Duration},
		{"en", "How many ministers came?", lexis.Number},
		{"en", "Why did they leave?", lexis.Reason},
		{"en", "where will they gather", lexis.Place},
		{"en", "What is the name of the agreement?", lexis.Name},
		{"en", "blinken talks", lexis.Unasked},
		{"en", "What Swiss painters worked there?", lexis.Person},
		{"en", "What treaty ended it?", lexis.Name},
		{"en", "What river floods the town?", lexis.Place},
		{"en", "What did the painter sell?", lexis.Speech},
		{"de", "Was unterzeichnete Präsident Solveig?", lexis.Thing},
		{"de", "Welche Schweizer Präsidentin unterzeichnete?", lexis.Person},
		{"de", "Welchen Entwurf unterzeichnete Präsident Solveig?", lexis.Thing},
		{"de", "Welche Folgen hatte die Reise?", lexis.Thing},
		{"fi", "Mikä on Norvikin pääkaupunki?", lexis.Place},
		{"fi", "Montako siltaa joen yli kulkee?", lexis.Number},
		{"fi", "Kenen kanssa ministeri neuvotteli?", lexis.Person},
		{"id", "Siapakah yang menandatangani perjanjian itu?", lexis.Person},
		{"id", "Di kota mana mereka bertemu?", lexis.Place},
		{"id", "Berapa lama perundingan berlangsung?", lexis.Duration},
		{"tr", "Antlaşma nerede imzalandı?", lexis.Place},
		{"uk", "У якому році підписали договір?", lexis.Time},
		{"pl", "Ilu posłów przyjechało?", lexis.Number},
		{"nl", "Waarom werd het verdrag getekend?", lexis.Reason},
		{"sv", "Vad är landets huvudstad?", lexis.Place},
		{"fa", "چه کسی پیمان را امضا کرد؟", lexis.Person},
		{"hi", "संधि पर हस्ताक्षर कब हुए?", lexis.Time},
		{"vi", "Hiệp ước được ký ở đâu?", lexis.Place},
		{"el", "Πόσοι υπουργοί ήρθαν;", lexis.Number},
		{"he", "מדוע נחתם ההסכם?", lexis.Reason},
		{"zh", "谁签署了协议？", lexis.Person},
		{"zh", "签署协议的是谁？", lexis.Person},
		{"zh", "签署协议的是谁，中国还是美国？", lexis.Person}, // no pair begins with what asks
		{"zh", "那种协议是谁签署的？", lexis.Person},
		{"zh", "他们在哪一年会面？", lexis.Time},
		{"zh", "访问了哪座城市？", lexis.Place},
		{"zh", "哪支球队获胜？", lexis.Name},
		{"zh", "来了几支代表团？", lexis.Number},
		{"zh", "举行了几轮会谈？", lexis.Number},
		{"zh", "谈判进行了几年？", lexis.Duration},
		{"zh", "王毅说了什么？", lexis.Speech},
		{"ja", "外相は何と述べたか", lexis.Speech},
		{"ja", "協定に署名したのは誰ですか。", lexis.Person},
		{"ja", "会談は何年に始まったか", lexis.Time},
		{"ja", "どの都市で会談したか", lexis.Place},
		{"ja", "何カ国が署名したか", lexis.Number},
		{"ja", "ミサイルを何発発射したか", lexis.Number},
		{"en", "is it open", lexis.Whether},
		{"en", "can you tell me who signed it", lexis.Person},
		{"en", "hey is it open", lexis.Whether},
		{"en", "Did they sign when they met?", lexis.Whether},
		{"en", "What is the population of the valley?", lexis.Number},
		{"en", "What was the highest mountain in the valley?", lexis.Place},
		{"en", "What is a state?", lexis.Definition},
		{"en", "What's the capital of the valley?", lexis.Place},
		{"ko", "도시의 인구는 무엇인가요?", lexis.Number},
		{"ko", "그 나라의 수도는?", lexis.Place},
		{"ko", "대표는 몇명인가요?", lexis.Number},
		{"ko", "언제부터인가요?", lexis.Time},
		{"ko", "왜구는 어디를 침략했는가?", lexis.Place}, // only a pair is read by its characters
		{"ar", "من وقع الاتفاق؟", lexis.Person},
		{"ar", "بعد الحرب، من وقع الاتفاق؟", lexis.Person},
		{"ar", "ما هو الهدف من الاتفاق؟", lexis.Reason},
		{"ar", "خرج الوفد من القاعة، أين ذهب؟", lexis.Place},
		{"ar", "ما المدينة التي زارها الوزير؟", lexis.Place},
		{"ar", "ما لون المدينة؟", lexis.Thing}, // the noun asked for is the next, not that one's
	} {
		a := lexis.For(c.language)
		if _, _, got := a.Asked(a.Question(c.question)); got != c.want {
			t.Errorf("%q asks for %v, want %v", c.question, got, c.want)
		}
	}
}

// What is written in one and read as several words tells too.
func TestPhrasesTell(t *testing.T) {
	for _, c := range []struct {
		language, text string
		want           lexis.Kind
	}{
		{"en", "so that", lexis.Reason},
		{"ru", "из-за", lexis.Reason},
		{"pt", "segunda-feira", lexis.Time},
		{"ja", "により", lexis.Reason},
		{"zh", "意味着", lexis.Definition},
	} {
		if got := lexis.For(c.language).Tokens(nil, c.text)[0].Tells; !got.Has(c.want) {
			t.Errorf("%s: %s does not tell %v", c.language, c.text, c.want)
		}
	}
}

// A pair of characters says what either of them does.
func TestPairsTell(t *testing.T) {
	for text, want := range map[string]lexis.Kind{"两国": lexis.Number, "省长": lexis.Place, "总统": lexis.Person, "次年": lexis.Time} {
		if got := lexis.For("zh").Tokens(nil, text)[0].Tells; !got.Has(want) {
			t.Errorf("%s does not tell %v", text, want)
		}
	}
}

// Korean words come without their particles, and verbs that are made of a noun
// as the noun. A word of one syllable keeps what a noun may end in.
func TestKoreanEndings(t *testing.T) {
	for written, want := range map[string]string{
		"도시에서는": "도시", "도시들이": "도시", "섬으로": "섬", "섬까지": "섬", "대사였다": "대사", "장관인가요": "장관",
		"체결되었다": "체결", "체결했는가": "체결", "체결하였으며": "체결", "체결시킨": "체결", "체결된": "체결", "체결합니까": "체결",
		"북한": "북한", "회의": "회의", "마을": "마을",
	} {
		if got := lexis.For("ko").Tokens(nil, written); len(got) != 1 || got[0].Term != want {
			t.Errorf("%s: %+v, want %s", written, got, want)
		}
	}
	got := lexis.For("ko").Tokens(nil, "1889년에 3월")
	var words []string
	for _, token := range got {
		words = append(words, token.Word)
	}
	if want := []string{"1889", "년에", "3", "월"}; !slices.Equal(words, want) {
		t.Errorf("a date is %q, want %q", words, want)
	}
	if m := lexis.For("ko").Month(got[2:]); m != 3 {
		t.Errorf("3월 is month %d", m)
	}
}

// A name in capitals is found however it is typed, and a word that only looks
// like one stays a word.
func TestTypedNames(t *testing.T) {
	a := lexis.For("en")
	for _, c := range []struct{ question, word, want string }{
		{"Is Norway in nato?", "nato", "=north atlantic treaty organization"},
		{"what did Lind say about north korea", "north", "=north korea"},
		{"what did Lind say about the korean peninsula", "korean", "+korean peninsula"},
		{"what does the dprk want from Norway", "dprk", "=north korea"},
		{"Who came by car from Norway?", "car", ""},
		{"Who came to Norway?", "who", ""},
	} {
		tokens := a.Question(c.question)
		i := slices.IndexFunc(tokens, func(t lexis.Token) bool { return t.Word == c.word })
		if got := tokens[i].Concept; got != c.want {
			t.Errorf("%s: %s is %q, want %q", c.question, c.word, got, c.want)
		}
	}
	if got := a.Recased(&a.Tokens(nil, "isis")[0]); !slices.Contains(got, "isis") {
		t.Errorf("ISIS is not found by isis: %q", got)
	}
}

func TestNewest(t *testing.T) {
	for _, c := range []struct {
		language, question string
		want               int
	}{
		{"en", "the latest on the strike", 3},
		{"en", "what's new", 2},
		{"en", "the strike", 0},
		{"de", "diese Woche", 2},
	} {
		a := lexis.For(c.language)
		if got := a.Newest(a.Question(c.question)); got != c.want {
			t.Errorf("%q: %d words ask for the newest, want %d", c.question, got, c.want)
		}
	}
}

// Arabic words change from within, and take small words in front of them.
// Words that are built of one stem are one term, where no stemmer knows the
// language.
func TestPlainAffixes(t *testing.T) {
	for language, words := range map[string][]string{
		"id": {"penulis", "menulis", "ditulis", "tulisan", "tulis"},
		"uk": {"угода", "угоди", "угодою"}, "el": {"υπουργός", "υπουργού", "υπουργοί"},
	} {
		a := lexis.For(language)
		for _, w := range words[1:] {
			if got, want := a.Tokens(nil, w)[0].Term, a.Tokens(nil, words[0])[0].Term; got != want {
				t.Errorf("%s: the term of %s is %s, of %s %s", language, w, got, words[0], want)
			}
		}
	}
}

func TestSkeleton(t *testing.T) {
	for _, c := range []struct {
		language, a, b string
		same           bool
	}{
		{"ar", "مدرسة", "مدارس", true},
		{"ar", "كتاب", "كتب", true},
		{"ar", "معلمات", "معلم", true},
		{"ar", "بمدرسة", "مدرسة", true},
		{"ar", "كتاب", "مدرسة", false},
		{"ar", "باب", "نور", false},
		{"en", "school", "school", false},
	} {
		a := lexis.For(c.language)
		first, second := a.Skeleton(&a.Tokens(nil, c.a)[0]), a.Skeleton(&a.Tokens(nil, c.b)[0])
		if same := first != "" && first == second; same != c.same {
			t.Errorf("%s: the skeletons of %q and %q are %q and %q", c.language, c.a, c.b, first, second)
		}
	}
}

// Chinese writes foreign names with characters that seldom are together
// elsewhere.
func TestForeignNames(t *testing.T) {
	for pair, want := range map[string]bool{"约翰": true, "罗斯": true, "克里": true, "拜登": true, "普京": true, "尔茨": true, "北京": false, "中国": false, "翰在": false, "在翰": false, "翰": false, "会议": false, "许多": false, "许诺": false, "契约": false} {
		if got := lexis.For("zh").Tokens(nil, pair)[0].Is(lexis.Capital); got != want {
			t.Errorf("%s is written as a name: %v, want %v", pair, got, want)
		}
	}
}

// Tokens are slices of the text, in order and without overlap, except that
// neighbouring pairs of characters share one.
func FuzzTokens(f *testing.F) {
	for _, s := range []string{"U.S. troops", "1,000.5", "中国a.b", "a\xff.b.", "o'Neil’s", "x.y.z.", "é́"} {
		f.Add("en", s)
		f.Add("zh", s)
	}
	f.Fuzz(func(t *testing.T, language, s string) {
		last := int32(-1)
		for _, tok := range lexis.For(language).Tokens(nil, s) {
			if tok.Start <= last || tok.End <= tok.Start || int(tok.End) > len(s) || tok.Term == "" {
				t.Fatalf("%q: token %+v after one at %d", s, tok, last)
			}
			last = tok.Start
		}
	})
}

// nounsAsk are the languages in which a noun before the question word is what is asked
// for, of whatever kind.
var nounsAsk = map[string]bool{"fa": true, "hi": true, "ja": true, "ko": true, "tr": true}

// What asks is among the words of a question, whatever those are.
func FuzzAsked(f *testing.F) {
	for _, s := range []string{"谁签署了协议？", "签署的是谁", "何", "什么NATO城市", "Was forderte Präsident Solveig?", "بعد الحرب، من وقع", "ｰ㌔㌔何"} {
		f.Add("zh", s)
		f.Add("ja", s)
		f.Add("de", s)
		f.Add("ar", s)
		f.Add("tr", s+" ay")
	}
	f.Fuzz(func(t *testing.T, language, s string) {
		a := lexis.For(language)
		question := a.Question(s)
		if at, n, k := a.Asked(question); at+n > len(question) || n > 0 && k == lexis.Unasked && !nounsAsk[language] {
			t.Fatalf("%q: %v is asked for by %d of %d words from %d on", s, k, n, len(question), at)
		}
		for i := range question {
			a.Name(question, i)
		}
	})
}

func TestClitics(t *testing.T) {
	for _, c := range []struct {
		language, word string
		with, without  string // one of each, empty for none at all
	}{
		{"ar", "ميلبورن", "بميلبورن", ""},
		{"ar", "بميلبورن", "فبميلبورن", "ميلبورن"},
		{"ar", "بهذا", "ببهذا", ""},
		{"ar", "كلمات", "بكلم", ""},
		{"ar", "2022", "", ""},
		{"ar", "NATO", "", ""},
		{"en", "school", "", ""},
	} {
		a := lexis.For(c.language)
		with, without := a.Clitics(a.Tokens(nil, c.word)[0])
		if c.with == "" && len(with) > 0 || c.with != "" && !slices.Contains(with, c.with) || c.without == "" && len(without) > 0 || c.without != "" && !slices.Contains(without, c.without) {
			t.Errorf("%s: %q is found as %q and %q, want %q and %q among them", c.language, c.word, with, without, c.with, c.without)
		}
	}
}
