package extract_test

import (
	"slices"
	"strings"
	"testing"

	"example.org/attache/corpus/speech"
	"example.org/attache/corpus/speech/extract"
)

// reportedIn are the reported statements of a text, each as its speaker and
// its words.
func reportedIn(body, language string) (got []string) {
	x := textOf(body)
	x.Language = language
	all, people := extract.From(x)
	for _, s := range all {
		if s.Kind == speech.Reported {
			got = append(got, s.Speaker(people)+": "+s.Span.In(body))
		}
	}
	return got
}

func TestReported(t *testing.T) {
	const intro = "Chancellor Lena Ortmann met Foreign Minister Gerald Haldane and the opposition leader Peter Lund in Bonn.\n"
	tests := map[string]struct {
		body string
		want []string
	}{
		"said that":                {"Ortmann said that the treaty would be signed on Friday.", []string{"Lena Ortmann: Ortmann said that the treaty would be signed on Friday."}},
		"without that":             {"On Monday, Mr. Haldane said the border would stay open all winter.", []string{"Gerald Haldane: On Monday, Mr. Haldane said the border would stay open all winter."}},
		"at the end":               {"The border will stay open all winter, Haldane said.", []string{"Gerald Haldane: The border will stay open all winter, Haldane said."}},
		"verb first":               {"The border will stay open all winter, said Haldane.", []string{"Gerald Haldane: The border will stay open all winter, said Haldane."}},
		"according to":             {"The border will stay open all winter, according to Haldane.", []string{"Gerald Haldane: The border will stay open all winter, according to Haldane."}},
		"told reporters":           {"Ortmann told reporters on Monday that the treaty was ready for its signatures.", []string{"Lena Ortmann: Ortmann told reporters on Monday that the treaty was ready for its signatures."}},
		"who called for":           {"Lund, who called for an end of the talks, left Bonn in the evening.", []string{"Peter Lund: Lund, who called for an end of the talks"}},
		"two verbs":                {"Ortmann welcomed the treaty and urged both parliaments to approve it by June.", []string{"Lena Ortmann: Ortmann welcomed the treaty and urged both parliaments to approve it by June."}},
		"she":                      {"Ortmann turned to the treaty. She said that it would be signed on Friday.", []string{"Lena Ortmann: She said that it would be signed on Friday."}},
		"the chancellor":           {"The chancellor said that the treaty would be signed on Friday.", []string{"Lena Ortmann: The chancellor said that the treaty would be signed on Friday."}},
		"passed on":                {"The Herald reported that Haldane said the border would stay open all winter.", []string{"Gerald Haldane: The Herald reported that Haldane said the border would stay open all winter."}},
		"country":                  {"India said on Monday that it would send two ships to the strait.", []string{"India: India said on Monday that it would send two ships to the strait."}},
		"unnamed":                  {"Border officials said that the border would stay open all winter.", []string{": Border officials said that the border would stay open all winter."}},
		"several":                  {"Haldane and Lund said that the border would stay open all winter.", []string{": Haldane and Lund said that the border would stay open all winter."}},
		"scrap of quotation":       {"Ortmann called the treaty a “turning point” for both countries and their people.", []string{"Lena Ortmann: Ortmann called the treaty a “turning point” for both countries and their people."}},
		"behind a quotation":       {"“The treaty that we have worked on for nine years is ready at last,” Ortmann said, but Lund told reporters that nobody in parliament had read it.", []string{"Peter Lund: Lund told reporters that nobody in parliament had read it."}},
		"two speakers":             {"Ortmann said that the treaty was ready to be signed, while Lund said that nobody had read it.", []string{"Lena Ortmann: Ortmann said that the treaty was ready to be signed", "Peter Lund: Lund said that nobody had read it."}},
		"only a quotation":         {"“The treaty is ready to be signed this week,” Ortmann said on Monday.", nil},
		"wish":                     {"Ortmann wants the treaty to be signed on Friday.", nil},
		"plan":                     {"Haldane plans to travel to the border on Friday.", nil},
		"belief":                   {"Lund believes that the treaty will fail in parliament.", nil},
		"occasion":                 {"Ortmann spoke for an hour before the guests in Bonn.", nil},
		"no answer":                {"Lund had no answer for the reporters in Bonn.", nil},
		"a quotation left open":    {"The border will stay open all winter” Haldane said on Monday evening.", nil},
		"noun of the same letters": {"The charges against the company of Haldane were dropped on Friday.", nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := reportedIn(intro+tt.body, "en"); !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// Reported speech in other languages than English: the plain cases, and what
// is none.
func TestReportedInOtherLanguages(t *testing.T) {
	tests := []struct {
		language, body, want string // the speaker, empty where nothing is reported
	}{
		{"fr", "La chancelière Lena Ortmann a déclaré lundi que le traité serait signé vendredi.", "Lena Ortmann"},
		{"fr", "Selon Gérard Haldane, le traité sera signé avant la fin de la semaine.", "Gérard Haldane"},
		{"fr", "Le traité sera signé avant la fin de la semaine, a affirmé Gérard Haldane.", "Gérard Haldane"},
		{"fr", "Gérard Haldane a expliqué qu'il attendrait la fin des pourparlers.", "Gérard Haldane"},
		{"fr", "Le traité que Gérard Haldane a signé vendredi entre en vigueur demain.", ""},
		{"de", "Bundeskanzlerin Lena Ortmann sagte, der Vertrag werde am Freitag unterzeichnet.", "Lena Ortmann"},
		{"de", "Gerhard Haldane erklärte am Montag, dass die Grenze den Winter über offen bleibe.", "Gerhard Haldane"},
		{"de", "Die Grenze bleibe den ganzen Winter über offen, sagte Gerhard Haldane.", "Gerhard Haldane"},
		{"de", "Nach Angaben von Gerhard Haldane bleibt die Grenze den ganzen Winter über offen.", "Gerhard Haldane"},
		{"de", "Gerhard Haldane will die Grenze den ganzen Winter über offen halten.", ""},
		{"es", "El presidente Andrés Molina afirmó que el tratado será firmado el viernes.", "Andrés Molina"},
		{"es", "Según Andrés Molina, el tratado será firmado antes del viernes.", "Andrés Molina"},
		{"es", "Para Andrés Molina fue un día muy largo en la capital.", ""},
		{"it", "La ministra Anna Moretti ha detto che il porto resta aperto fino a venerdì.", "Anna Moretti"},
		{"pt", "O presidente Carlos Moreira afirmou que o tratado será assinado na sexta-feira.", "Carlos Moreira"},
		{"ru", "Министр иностранных дел Сергей Павлов заявил, что договор будет подписан в пятницу.", "Сергей Павлов"},
		{"ru", "Сергей Павлов прибыл. По словам Павлова, договор будет подписан уже в пятницу.", "Сергей Павлов"},
		{"ar", "وقال وزير الخارجية كارل هالدين إن الاتفاق سيوقع يوم الجمعة في العاصمة.", "كارل هالدين"},
		{"zh", "外交部长王明毅表示，双方将在本周五签署这项协议。", "王明毅"},
		{"zh", "外交部长王明毅本周五将前往北京签署这项协议。", ""},
		{"ja", "岸本文雄首相は記者団に対し、条約に署名する準備ができたと述べた。", "岸本文雄"},
		{"ja", "岸本文雄首相は来週、北京を訪れて条約に署名する。", ""},
		{"ko", "박민수 외교부 장관은 조약에 서명할 준비가 됐다고 말했다.", "박민수"},
		{"ko", "박민수 외교부 장관은 다음 주 조약에 서명한다.", ""},
		{"nl", "Peter Lund zei dat het verdrag vrijdag wordt getekend.", "Peter Lund"},
		{"pl", "Peter Lund powiedział, że traktat zostanie podpisany w piątek.", "Peter Lund"},
		{"uk", "Міністр Андрій Коваль сказав, що договір підпишуть у березні.", "Андрій Коваль"},
		{"fi", "Peter Lund sanoi, että sopimus allekirjoitetaan perjantaina.", "Peter Lund"},
		{"id", "Peter Lund mengatakan bahwa perjanjian itu akan ditandatangani pada hari Jumat.", "Peter Lund"},
		{"fa", "وزیر خارجه کارل هالدین گفت که پیمان روز جمعه در پایتخت امضا خواهد شد.", "کارل هالدین"},
		{"fa", "سخنگوی وزارت خارجه ناصر کریمی افزود که مذاکرات هفته آینده ادامه خواهد یافت.", "ناصر کریمی"},
		{"fa", "وزیر خارجه کارل هالدین روز جمعه به پایتخت سفر خواهد کرد.", ""},
		{"he", "שר החוץ קרל הלדין אמר כי ההסכם ייחתם ביום שישי בבירה.", "קרל הלדין"},
		{"he", "דוברת משרד החוץ נועה כהן הוסיפה כי השיחות יימשכו בשבוע הבא.", "נועה כהן"},
		{"he", "שר החוץ קרל הלדין ייסע לבירה ביום שישי.", ""},
		{"hi", "विदेश मंत्री राम शर्मा ने कहा कि संधि पर शुक्रवार को राजधानी में हस्ताक्षर होंगे।", "राम शर्मा"},
		{"hi", "विदेश मंत्री राम शर्मा शुक्रवार को राजधानी जाएंगे।", ""},
		{"da", "Peter Lund sagde, at aftalen bliver underskrevet fredag.", ""},
	}
	for _, tt := range tests {
		var want []string
		if tt.want != "" {
			sentence := tt.body
			if _, last, ok := strings.Cut(tt.body, "прибыл. "); ok {
				sentence = last
			}
			want = []string{tt.want + ": " + sentence}
		}
		if got := reportedIn(tt.body, tt.language); !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", tt.language, got, want)
		}
	}
}
