package extract_test

import (
	"slices"
	"testing"

	"example.org/attache/corpus/identity"
	"example.org/attache/corpus/speech/extract"
)

// Quotations in other languages than English: who says each, "" where it is
// left open.
func TestSpeakersInOtherLanguages(t *testing.T) {
	tests := []struct {
		language, body string
		want           []string
	}{
		{"fr", "« Nous signerons le traité cette semaine », a déclaré Lena Ortmann.", []string{"Lena Ortmann"}},
		{"fr", "Le ministre des Affaires étrangères, Gérard Haldane, a déclaré lundi : « Le traité est prêt. »", []string{"Gérard Haldane"}},
		{"fr", "La chancelière Lena Ortmann est arrivée lundi. « Nous signerons le traité », a-t-elle ajouté.", []string{"Lena Ortmann"}},
		{"fr", "Lena Ortmann est arrivée. « Nous signerons le traité », explique-t-elle.", []string{"Lena Ortmann"}},
		{"fr", "Lena Ortmann a reçu Claire Dubois. « Nous signerons le traité », a-t-elle ajouté.", []string{""}},
		{"fr", "Selon Gérard Haldane, le traité est « un pas en avant » pour la région.", []string{"Gérard Haldane"}},
		{"fr", "D’après le président François Morel, « la paix est proche ».", []string{"François Morel"}},
		{"fr", "« La paix est proche », selon le porte-parole du gouvernement.", []string{""}},
		{"fr", "« La paix est proche », a dit le porte-parole du président François Morel.", []string{""}},
		{"fr", "« La paix », a estimé Gérard Haldane, « est proche. »", []string{"Gérard Haldane", "Gérard Haldane"}},
		{"fr", "“La paix est proche”, souligne la ministre Claire Dubois, selon une dépêche.", []string{"Claire Dubois"}},
		{"de", "„Wir werden den Vertrag unterzeichnen“, sagte Bundeskanzlerin Lena Ortmann am Montag.", []string{"Lena Ortmann"}},
		{"de", "Außenminister Gerhard Haldane sagte: „Der Vertrag ist fertig.“", []string{"Gerhard Haldane"}},
		{"de", "Am Montag sagte Gerhard Haldane: „Der Vertrag ist fertig.“", []string{"Gerhard Haldane"}},
		{"de", "„Der Vertrag ist fertig“, so Haldane. Gerhard Haldane reiste ab.", []string{"Gerhard Haldane"}},
		{"de", "Nach Angaben von Gerhard Haldane ist der Vertrag „so gut wie unterzeichnet“.", []string{"Gerhard Haldane"}},
		{"de", "Gerhard Haldane kam. „Der Vertrag ist fertig“, sagte er. „Er wird heute unterzeichnet.“", []string{"Gerhard Haldane", "Gerhard Haldane"}},
		{"de", "»Der Vertrag ist fertig«, erklärte ein Sprecher von Gerhard Haldane.", []string{""}},
		{"de", "„Der Vertrag ist fertig“, sagte der Minister, der Gerhard Haldane traf.", []string{""}},
		{"fr", "Selon le ministre qui a vu Claire Dubois, « la paix est proche ».", []string{""}},
		{"es", "“El tratado está listo”, dijo el ministro que recibió a Elena Ortiz.", []string{""}},
		{"de", "Der Vertrag sei „eine Katastrophe“, kritisierte Peter Lund.", []string{"Peter Lund"}},
		{"es", "«Vamos a firmar el tratado», dijo el ministro Gerardo Haldane.", []string{"Gerardo Haldane"}},
		{"it", "Il portavoce della ministra Anna Moretti ha detto: “Il porto resta aperto”.", []string{""}},
		{"it", "“Il porto resta aperto”, ha detto il portavoce dell'ambasciatrice Anna Moretti.", []string{""}},
		{"it", "“Il porto resta aperto”, ha detto il ministro dell'interno Anna Moretti.", []string{"Anna Moretti"}},
		{"es", "A Elena Ortiz le dijo: “El tratado está listo”.", []string{""}},
		{"es", "«Vamos a firmar el tratado», dijo el portavoz del ministro Gerardo Haldane.", []string{""}},
		{"es", "El presidente Andrés Molina afirmó: “El tratado está listo”.", []string{"Andrés Molina"}},
		{"es", "Según Andrés Molina, el tratado es “un paso adelante”.", []string{"Andrés Molina"}},
		{"es", "“El tratado está listo”, añadió la canciller, Elena Ortiz.", []string{"Elena Ortiz"}},
		{"es", "Gerardo Haldane llegó ayer. «Vamos a firmar el tratado», aseguró.", []string{"Gerardo Haldane"}},
		{"ru", "«Мы подпишем договор», — сказал министр иностранных дел Сергей Павлов.", []string{"Сергей Павлов"}},
		{"ru", "Сергей Павлов прибыл в среду. «Мы подпишем договор», — заявил он.", []string{"Сергей Павлов"}},
		{"ru", "Сергей Павлов прибыл. По словам Павлова, договор — «шаг вперёд».", []string{"Сергей Павлов"}},
		{"ru", "Представитель МИД Мария Иванова сообщила, что стороны «готовы к диалогу».", []string{"Мария Иванова"}},
		{"ar", "وقال وزير الخارجية الأمريكي كارل هالدين: “الاتفاق جاهز للتوقيع هذا الأسبوع”. وأضاف هالدين: “لن ننتظر طويلا”.", []string{"كارل هالدين", "كارل هالدين"}},
		{"ar", "“الاتفاق جاهز للتوقيع”، قال الرئيس سمير الحداد خلال مؤتمر صحفي.", []string{"سمير الحداد"}},
		{"ar", "أكدت المتحدثة باسم الخارجية نورة سالم أن بلادها “لن تقبل بذلك”.", []string{"نورة سالم"}},
		{"ar", "وأعلن رئيس الوزراء عبد الرحمن الحداد أن الاتفاق “جاهز”.", []string{"عبد الرحمن الحداد"}},
		{"ar", "قالت الوزارة إن الاتفاق “جاهز للتوقيع”.", []string{""}},
		{"ja", "岸本文雄首相は10日、記者団に対し「条約に署名する準備ができた」と述べた。岸本首相は「歴史的な一歩だ」と強調した。", []string{"岸本文雄", "岸本文雄"}},
		{"ja", "ハルデン国務長官は「条約は準備できている」と語った。これに対し、林田外相は「歓迎する」と応じた。", []string{"ハルデン", "林田"}},
		{"ja", "外務省の小山正人報道官は会見で「遺憾だ」と批判した。「今後も対話を続ける」とも述べた。", []string{"小山正人", "小山正人"}},
		{"ja", "アントン・ハルデン国務長官が到着した。ハルデン氏は『歴史的だ』と評価した。", []string{"アントン・ハルデン"}},
		{"ja", "政府高官は「協議は難しい」と話した。中国外務省の報道官は「断固反対する」と述べた。", []string{"", ""}},
		{"ja", "会場には「歓迎」の文字があった。", []string{""}},
		{"zh", "外交部长王明毅表示，“我们今天签署协议。”", []string{"王明毅"}},
		{"zh", "外交部长王明毅先生说：“我们今天签署协议。”", []string{"王明毅"}},
		{"zh", "中国外交部发言人林涛在例行记者会上说：“我们反对这种做法。”他强调，“对话是唯一出路。”", []string{"林涛", "林涛"}},
		{"zh", "“协议已经准备好了，”美国国务卿哈尔登说。", []string{"哈尔登"}},
		{"zh", "王明毅外长同哈尔登国务卿会谈时指出，“双方应当合作”。", []string{"王明毅"}},
		{"zh", "王明毅外长同美国国务卿哈尔登会谈时指出，“双方应当合作”。", []string{"王明毅"}},
		{"zh", "安东·哈尔登国务卿抵达北京。哈尔登说：“协议很好。”", []string{"安东·哈尔登"}},
		{"zh", "国务院发言人表示，“谈判仍在继续”。总统办公室表示，“谈判很难”。", []string{"", ""}},
		{"ko", "박민수 외교부 장관은 10일 기자회견에서 “조약에 서명할 준비가 됐다”고 말했다. 박 장관은 “역사적인 일”이라고 강조했다.", []string{"박민수", "박민수"}},
		{"ko", "도널드 핼든 미국 국무장관은 “조약은 준비됐다”고 밝혔다. 핼든 장관은 “환영한다”고 덧붙였다.", []string{"도널드 핼든", "도널드 핼든"}},
		{"ko", "정부 고위 관계자는 “협의가 어렵다”고 전했다. 백악관 대변인은 “대화를 계속할 것”이라고 말했다.", []string{"", ""}},
		{"ko", "박진우 장관과 김하늘 차관이 만났다. 그는 “잘 됐다”고 말했다.", []string{""}},
		{"nl", "“Het verdrag is klaar”, zei Peter Lund.", []string{"Peter Lund"}},
		{"pl", "„Traktat jest gotowy”, powiedział Peter Lund. „To dobry dzień”, dodał.", []string{"Peter Lund", "Peter Lund"}},
		{"uk", "«Договір готовий», — сказав міністр Андрій Коваль. «Це добрий день», — додав він.", []string{"Андрій Коваль", "Андрій Коваль"}},
		{"fi", "”Sopimus on valmis”, sanoi Peter Lund.", []string{"Peter Lund"}},
		{"id", "“Perjanjian ini sudah siap,” kata Peter Lund. “Hari yang baik,” ujarnya.", []string{"Peter Lund", ""}},
		{"da", "“Aftalen er klar”, sagde Peter Lund.", []string{""}},
	}
	for _, tt := range tests {
		x := textOf(tt.body)
		x.Language = tt.language
		quotes, people := extract.From(x)
		quotes = quotationsOf(quotes)
		var got []string
		for _, q := range quotes {
			got = append(got, q.Speaker(people))
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %s\n\tby %q, want %q", tt.language, tt.body, got, tt.want)
		}
	}
}

func TestWrittenInOtherLanguages(t *testing.T) {
	tests := []struct{ language, body, written, cue string }{
		{"fr", "« La paix est proche », souligne la ministre Claire Dubois.", "ministre Claire Dubois", "souligne"},
		{"fr", "Selon Claire Dubois, « la paix est proche ».", "Claire Dubois", "Selon"},
		{"de", "»Der Vertrag ist fertig«, erklärte ein Sprecher des Ministeriums.", "ein Sprecher", "erklärte"},
		{"de", "Gerhard Haldane kam. „Der Vertrag ist fertig“, sagte er.", "er", "sagte"},
		{"ar", "وقال وزير الخارجية كارل هالدين: “نعم”.", "وزير الخارجية كارل هالدين", "وقال"},
		{"ja", "岸本首相は「歴史的だ」と強調した。", "岸本首相", "強調し"},
		{"fr", "« Non », a dit la ministre des Affaires étrangères Claire Dubois.", "ministre des Affaires étrangères Claire Dubois", "dit"},
		{"zh", "中国外交部发言人林涛说，“是的”。", "中国外交部发言人林涛", "说"},
		{"zh", "外交部长王明毅表示，“是的”。", "外交部长王明毅", "表示"},
		{"ko", "박민수 외교부 장관은 “좋다”고 말했다.", "박민수 외교부 장관", "말했"},
	}
	for _, tt := range tests {
		x := textOf(tt.body)
		x.Language = tt.language
		quotes, _ := extract.From(x)
		quotes = quotationsOf(quotes)
		if w, c := quotes[0].Written.In(tt.body), quotes[0].Cue.In(tt.body); w != tt.written || c != tt.cue {
			t.Errorf("%s: written %q by %q, want %q by %q", tt.body, w, c, tt.written, tt.cue)
		}
	}
}

func TestPeopleInOtherScripts(t *testing.T) {
	tests := []struct {
		language, body string
		want           []string
	}{
		{"ko", "박진(Park Jin) 장관과 이란 대통령, 국방부 장관, 고위 관계자가 만났다.", []string{"박진"}},
		{"ko", "윤석호 전 대통령과 서울시 시장, 이번 대표, 노동당 총비서.", []string{"윤석호"}},
		{"ja", "米大統領と林田外相、前首相、ロシア大統領、中国外相、両首脳。", []string{"林田"}},
		{"zh", "马里总统和法国总统会见中国驻法大使、副部长李文博等人。", []string{"李文博"}},
		{"zh", "汉斯·哈尔登总理", []string{"汉斯·哈尔登"}},
		{"ar", "التقى الرئيس التنفيذي للشركة نائب المدير في رئيس الوزراء.", nil},
	}
	for _, tt := range tests {
		x := textOf(tt.body)
		x.Language = tt.language
		_, people := extract.From(x)
		var got []string
		for _, p := range people {
			got = append(got, p.Name)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, want %q", tt.body, got, tt.want)
		}
	}
}

// Somebody whom one document names in two scripts is one person in both.
func TestNamesMeetAcrossScripts(t *testing.T) {
	const english, korean = "Foreign Minister Park Jin (박진) came to Bonn.", "박진 장관은 “좋다”고 말했다."
	var d identity.Directory
	_, people := extract.From(textOf(english))
	d.Add("a", "", people)
	x := textOf(korean)
	x.Language = "ko"
	_, people = extract.From(x)
	d.Add("b", "", people)
	if all := d.People(); len(all) != 1 || all[0].Name != "Park Jin" || len(all[0].Appearances) != 2 || !slices.Contains(all[0].Aliases, "박진") {
		t.Errorf("%+v, want Park Jin in both", all)
	}
}
