package index_test

import (
	"slices"
	"testing"

	"example.org/attache/index"
)

// A name is found in whatever letters it is typed and written.
func TestWhoFindsNamesInOtherLetters(t *testing.T) {
	ix := indexed(t, folder(map[string]string{
		"talks.txt": "Moelund meets her colleagues\n\nForeign Minister Seo Ha-jun met Defence Minister Fumiko Kishino and Prime Minister Li Wenbo in Tolland. President Sergey Morozov did not come, and neither did Secretary Anton Blinkov.\n\nForeign Minister Kang Min left early. Ambassador Kang Min-ho stayed.\n\nDefence Minister Jung Woo said nothing. Mayor Chung Woo said less. Ambassador Song Ji-ho listened.\n",
		"ko.txt":    "회담\n\n한도윤(Han Do-yun) 외교부 장관은 오늘 회담을 마쳤다. 한도윤 장관은 “회담은 유익했다”고 말했다. 송지호 대사는 돌아갔다. 이어 오세린 대변인은 “더 드릴 말씀이 없다”고 말했다.\n",
		"ja.txt":    "会談\n\n林田芳樹（はやしだ・よしき）外相は「会談は有益だった」と述べた。\n",
		"zh.txt":    "會談\n\n外交部長賴文清表示，「會談是有益的」。賴文清還說，「我們將繼續對話」。\n",
	}))
	for _, c := range []struct {
		typed   string
		want    []string
		near    bool
		letters bool
	}{
		{"서하준", []string{"Seo Ha-jun"}, false, true},
		{"서하준 외교부 장관", []string{"Seo Ha-jun"}, false, true},
		{"강민", []string{"Kang Min"}, false, true},
		{"정우", []string{"Jung Woo", "Chung Woo"}, true, false}, // either
		{"李文博", []string{"Li Wenbo"}, false, true},
		{"きしの ふみこ", []string{"Fumiko Kishino"}, false, true},
		{"Сергей Морозов", []string{"Sergey Morozov"}, false, true},
		{"블링코프", []string{"Anton Blinkov"}, true, false}, // by ear
		{"Han Do-yun", []string{"한도윤"}, false, false},    // the document has both
		{"한도윤", []string{"한도윤"}, false, false},
		{"송지호", []string{"Song Ji-ho", "송지호"}, false, false}, // in both, and nothing says that they are one
		{"Oh Se-rin", []string{"오세린"}, false, true},
		{"はやしだ・よしき", []string{"林田芳樹"}, false, false},
		{"赖文清", []string{"賴文清"}, false, false},
		{"Lai Wen-ching", []string{"賴文清"}, false, true},
		{"박하늘", nil, true, false},
	} {
		got, err := ix.Who(t.Context(), c.typed, index.Filter{}, 0)
		if err != nil {
			t.Fatal(err)
		}
		n := names(got)
		slices.Sort(n)
		slices.Sort(c.want)
		if !slices.Equal(n, c.want) || got.Near != c.near && len(n) > 0 || got.Letters != c.letters {
			t.Errorf("%s: %q, near %v, in other letters %v; want %q, %v, %v", c.typed, n, got.Near, got.Letters, c.want, c.near, c.letters)
		}
	}
}

// What is written in traditional signs is found by simplified ones, and the reverse.
func TestAskInEitherChineseSigns(t *testing.T) {
	ix := indexed(t, folder(map[string]string{
		"trad.txt": "臺灣海峽\n\n臺灣海峽的航運協議於三月五日簽署。港口費用將降低兩成。\n",
		"simp.txt": "渔业谈判\n\n渔业谈判在六月十二日结束。双方没有签署协议。\n",
	}))
	for question, want := range map[string]string{
		"台湾海峡的航运协议何时签署？": "臺灣海峽的航運協議於三月五日簽署。",
		"漁業談判何時結束？":      "渔业谈判在六月十二日结束。",
	} {
		got, err := ix.Ask(t.Context(), index.Question{Text: question})
		if err != nil || len(got.Quotes) == 0 || got.Quotes[0].Text != want {
			t.Errorf("%s: %+v, %v; want %s", question, got.Quotes, err, want)
		}
	}
}

// A question in one language is answered from documents in another, by the words of
// the field and the names that cross; the quote stays as it is.
func TestAskInAnotherLanguage(t *testing.T) {
	ix := indexed(t, folder(map[string]string{
		"talks.txt":   "Moelund meets her colleagues\n\nNorth Korean Foreign Minister Seo Ha-jun met Defence Minister Fumiko Kishino in Geneva on Tuesday. They spoke of the wheat harvest.\n\nSeo said the sanctions on grain would end in March.\n",
		"harvest.txt": "The harvest\n\nThe harvest was good this year, and the price of wheat fell. Farmers were glad, and their children had ice cream.\n",
		"ko.txt":      "수확\n\n올해 수확은 좋았고 밀 가격은 내렸다. 농민들은 기뻐했다.\n",
	}))
	const met = "North Korean Foreign Minister Seo Ha-jun met Defence Minister Fumiko Kishino in Geneva on Tuesday."
	for _, c := range []struct{ question, language, want string }{
		{"북한 외교부 장관은 누구인가?", "ko", met},
		{"朝鲜外交部长是谁？", "zh", met},
		{"北朝鮮の外相は誰ですか？", "ja", met},
		{"Кто министр иностранных дел Северной Кореи?", "ru", met},
		{"¿Quién es el ministro de Exteriores de Corea del Norte?", "es", met},
		{"서하준은 제재에 대해 뭐라고 말했나요?", "ko", "Seo said the sanctions on grain would end in March."},
		{"올해 밀 가격은?", "ko", "올해 수확은 좋았고 밀 가격은 내렸다."}, // its own language first
	} {
		got, err := ix.Ask(t.Context(), index.Question{Text: c.question})
		if err != nil || len(got.Quotes) == 0 || got.Quotes[0].Text != c.want || got.Language != c.language {
			t.Errorf("%s: %+v, in %s, %v; want %s", c.question, got.Quotes, got.Language, err, c.want)
		}
	}
}
